"""What the page asks: a scenario, two arms as ``arms=`` writes them, luck, days and groups; a link holds all of it."""

from __future__ import annotations

import hashlib
import shlex
from collections.abc import Mapping
from dataclasses import dataclass, fields
from typing import TYPE_CHECKING, Any, Self
from urllib.parse import urlencode

from scenarios.config import catalog
from scenarios.config.arms import arms_of
from scenarios.errors import UserError, shown
from scenarios.web.arm import Arm
from sim.engine.knobs import did_you_mean

if TYPE_CHECKING:
    from scenarios.scenario import Scenario  # it takes Mesa a second, which only workers need

__all__ = ["LIMITS", "Question", "number_of"]

LIMITS = {"seed": (0, 2**31 - 1), "days": (7, 730), "groups": (1, 200), "communities": (1, 100)}
MOST = 500_000
"""Days of groups in one answer: some seconds on one core."""


@dataclass(frozen=True)
class Question:
    """One picture of the page. ``first`` and ``second`` are arms: ``nothing``, ``group_cap.limit=100+advert_ban``."""

    scenario: str = "pet_owners"
    first: str = "nothing"
    second: str = "group_cap"
    seed: int = 7
    days: int = 180
    groups: int = 50
    communities: int = 1

    @classmethod
    def read(cls, query: Mapping[str, str]) -> Self:
        """The question of a link; what it does not say is as usual, what it says besides is passed over.

        Raises
        ------
        UserError
            A number that is none or out of range, a scenario or strategy that is not there, more arms than two.
        """
        said: dict[str, Any] = {one.name: query[one.name] for one in fields(cls) if one.name in query}
        said |= {name: number_of(said, name, high, low) for name, (low, high) in LIMITS.items() if name in said}
        question = cls(**said)
        if question.scenario not in catalog.options("scenario"):
            known = catalog.options("scenario")
            near = did_you_mean(question.scenario, known)
            raise UserError(f"there is no scenario '{shown(question.scenario)}'{near}")
        if (size := question.days * question.groups * question.communities) > MOST:
            raise UserError(f"{size} days of groups are too many for the page: at most {MOST}; take fewer groups, "
                            "days or communities, or play it by `shequn run`")  # fmt: skip
        arms_of(question.line)  # which names an arm that is wrong by its number
        Arm.read(question.first), Arm.read(question.second)
        return question

    @property
    def line(self) -> str:
        """Both arms as ``arms=`` takes them; the same arm twice is one."""
        return self.first if self.first == self.second else f"{self.first}; {self.second}"

    @property
    def overrides(self) -> list[str]:
        """What `shequn run` is told besides the arms."""
        return [f"scenario={self.scenario}", f"population.groups={self.groups}", f"days={self.days}",
                f"replicates={self.communities}", f"seed={self.seed}"]  # fmt: skip

    @property
    def command(self) -> str:
        """What plays the same from the command line, with the same digest."""
        return f"shequn run {' '.join(self.overrides)} arms={shlex.quote(self.line)}"

    @property
    def said(self) -> dict[str, Any]:
        """What a link says, by name."""
        return {one.name: getattr(self, one.name) for one in fields(self)}

    @property
    def link(self) -> str:
        """The part of an address that restores the question."""
        return urlencode(self.said)

    @property
    def key(self) -> str:
        """Two questions of one key have one answer."""
        return hashlib.sha256(self.command.encode()).hexdigest()

    def composed(self) -> list[Scenario]:
        """The scenarios to be played, validated.

        Raises
        ------
        ConfigError
            Naming the arm, what is wrong in it, and the cure.
        """
        from scenarios.cli.sweep import compose_sweep

        return compose_sweep([*self.overrides, "threads=1"], self.line, is_sweep=False)[0]


def number_of(query: Mapping[str, str], name: str, most: int, least: int = 1) -> int:
    """A whole number of a link.

    Raises
    ------
    UserError
        It is none, or out of range.
    """
    text = query.get(name, "")
    try:
        value = int(text)
    except ValueError:
        raise UserError(f"{name}={shown(text)} is no whole number") from None
    if not least <= value <= most:
        raise UserError(f"{name}={shown(value)} is out of range: it goes from {least} to {most}")
    return value

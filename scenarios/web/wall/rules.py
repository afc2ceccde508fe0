"""What a class plays by: one world, one group each, one budget, the same luck for everybody; and what can be chosen."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import Any, Self

from scenarios.config import catalog
from scenarios.errors import UserError, shown
from scenarios.experiments.advise.menu import MOST_MOVES, STAGES
from scenarios.experiments.advise.situation import Situation
from sim.engine.knobs import Value

__all__ = ["DOSES", "MOST_MOVES", "WHENS", "Choice", "Rules", "chosen", "overrides", "written"]

DOSES = ("usual", "weak", "strong")
"""What a phone can choose: a strategy as its file has it, at the weakest or at the strongest dose declared for it."""
WHENS = ("always", *STAGES)
"""All the time, or at one of the stages that advice knows."""


@dataclass(frozen=True)
class Rules:
    """World and budget of a class.

    ``hours`` a day and ``yuan`` a month are what the host of each group has, and may be spent together with what the
    group brings in; what costs more than is left does not happen. ``communities`` are played of each plan once the bell
    has rung.
    """

    scenario: str = "pet_owners"
    seats: int = 200
    days: int = 180
    hours: float = 1.0
    yuan: float = 200.0
    communities: int = 40
    seed: int = 7

    @property
    def world(self) -> tuple[str, ...]:
        """As overrides."""
        asked = Situation(self.scenario, groups=1, hours=self.hours, yuan=self.yuan, days=self.days)
        return (*asked.world, f"population.seats={self.seats}", f"days={self.days}", f"seed={self.seed}")

    @property
    def said(self) -> dict[str, Any]:
        """By name, as it is kept."""
        return asdict(self)

    @classmethod
    def read(cls, said: Mapping[str, Any]) -> Self:
        """What was kept.

        Raises
        ------
        TypeError
            Something has another type than it should.
        """
        made = cls(**said)
        for name, usual in asdict(cls()).items():
            if type(getattr(made, name)) is not type(usual):
                raise TypeError(f"{name} is no {type(usual).__name__}")
        return made


@dataclass(frozen=True)
class Choice:
    """A strategy, one of :data:`DOSES` and one of :data:`WHENS`."""

    strategy: str
    dose: str = "usual"
    when: str = "always"

    @property
    def settings(self) -> dict[str, Value]:
        """The numbers of the strategy that are not as in its file."""
        declared = catalog.strategies()[self.strategy].doses
        found: dict[str, Value] = {}
        if declared and self.dose != "usual":
            found |= declared[0 if self.dose == "weak" else -1]
        name, _, value = self.when.partition("=")
        return found | ({name: int(value) if value.isdecimal() else value} if value else {})


def chosen(said: Iterable[tuple[str, str, str]]) -> tuple[Choice, ...]:
    """The plan that the rows of a form say; empty rows say nothing.

    Raises
    ------
    UserError
        Something that is not offered, or a strategy twice.
    """
    found: list[Choice] = []
    for strategy, dose, when in said:
        if not strategy:
            continue
        for value, known in ((strategy, offered()), (dose, DOSES), (when, WHENS)):
            if value not in known:
                raise UserError(f"'{shown(value)}' is not offered here; choose from the lists of the page")
        if strategy in (one.strategy for one in found):
            raise UserError(f"{strategy} is chosen twice; choose it once, or another one beside it")
        found.append(Choice(strategy, dose, when))
    if len(found) > MOST_MOVES:
        raise UserError(f"{len(found)} strategies are too many at once: at most {MOST_MOVES}")
    return tuple(found)


def offered() -> Sequence[str]:
    """Every strategy; "nothing" is to choose none."""
    return [name for name in catalog.strategies() if name != "nothing"]


def overrides(plan: Sequence[Choice]) -> tuple[str, ...]:
    """A plan as an arm says it."""
    names = ",".join(one.strategy for one in plan) or "nothing"
    return (f"strategy=[{names}]", *(f"strategies.{one.strategy}.{knob}={_text(value)}"
                                     for one in plan for knob, value in one.settings.items()))  # fmt: skip


def written(plan: Sequence[Choice]) -> dict[str, dict[str, Value]]:
    """A plan as the strategies of a team's file."""
    return {one.strategy: {"use": one.strategy, **one.settings} for one in plan}


def _text(value: Value) -> str:
    return str(value).lower() if isinstance(value, bool) else str(value)

"""Presets: questions of which one arm breaks its groups, to be guessed first. Each was played: what it asks, comes."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Literal

from scenarios.web.question import Question

__all__ = ["PRESETS", "Preset", "preset_of"]


@dataclass(frozen=True)
class Preset:
    """A question, and the arm that has fewer members left in the end. Its name and what to watch for are texts."""

    scenario: str
    first: str
    second: str
    broken: Literal["first", "second"]

    @property
    def question(self) -> Question:
        """So many communities that the guess is scored by an interval, and so few groups that it is there at once."""
        return Question(self.scenario, self.first, self.second, days=180, groups=10, communities=8)


#: By name, in the order in which they are offered. The doses are those at which it shows in the model.
PRESETS: Mapping[str, Preset] = {
    "silence": Preset("pet_owners", "fixed_time+advert_ban", "fixed_time.until_day=30+advert_ban.until_day=30",
                      "second"),
    "offers": Preset("pet_owners", "hard_adverts.per_day=5", "nothing", "first"),
    "welfare": Preset("deals", "welfare.per_month=8", "welfare.per_month=8,until_day=60", "second"),
    "padding": Preset("study_group", "advert_ban", "advert_ban+padding.fakes=180", "second"),
    "fine": Preset("study_group", "nothing", "checkin.penalty=20", "second"),
    "dues": Preset("study_group", "membership.days=30,dues=999", "membership.days=30,dues=9", "first"),
}  # fmt: skip


def preset_of(question: Question) -> str:
    """The preset that a question is, by whatever luck; "" where it is none, or no longer."""
    same = (name for name, one in PRESETS.items() if replace(question, seed=one.question.seed) == one.question)
    return next(same, "")

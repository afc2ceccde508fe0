"""What a lesson is: what is played, the facts worked out from it, and exercises that ask for some of them.

Nothing in a lesson is a result: right answers and the answers that typical mistakes lead to are facts, which
:attr:`Lesson.facts` works out from the run at hand, whatever its seed.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from scenarios.config.compose import compose
from scenarios.execution.play import all_cores, play
from sim.data.results import Results

__all__ = ["Exercise", "Fact", "Facts", "Lesson", "play_arms"]

Fact = float | str
Facts = Mapping[str, Fact]


@dataclass(frozen=True)
class Exercise:
    """A question with one right answer, and what one answers by a typical mistake.

    ``right`` is the name of a fact. ``mistakes`` has, by the name of the mistake (a text ``mistake.NAME`` of the
    catalogue), the name of the fact that one gets by it, or the letter that one chooses. A number counts as a fact
    where it lies ``within`` so much of it; without, the answer is one of the letters ``choices``.
    """

    id: str
    right: str
    mistakes: Mapping[str, str]
    within: float = 0.0
    choices: str = ""

    def answers(self, facts: Facts) -> dict[str, Fact]:
        """The right answer (under ``right``) and that of each mistake."""
        return {"right": facts[self.right], **{name: facts.get(fact, fact) for name, fact in self.mistakes.items()}}


@dataclass(frozen=True)
class Lesson:
    """A lesson of the course: its number, how many minutes a class needs, and what is played and asked.

    ``shared`` are overrides of every arm, ``arms`` those of each by its label. ``played`` plays them under a seed.
    """

    number: str
    minutes: int
    shared: Sequence[str]
    arms: Mapping[str, Sequence[str]]
    facts: Callable[[Any], Facts]
    exercises: Sequence[Exercise]
    played: Callable[[Lesson, int], Any]

    def overrides(self, arm: str, seed: int) -> list[str]:
        """What is composed for an arm: the words of the command line."""
        return [*self.shared, *self.arms[arm], f"arm={arm}", f"seed={seed}"]

    def exercise(self, exercise: str) -> Exercise | None:
        """The exercise of this number, if there is one."""
        return next((one for one in self.exercises if one.id == exercise), None)


def play_arms(lesson: Lesson, seed: int) -> Results:
    """Every arm of a lesson under common luck, in one table."""
    composed = [compose(all_cores(lesson.overrides(arm, seed))) for arm in lesson.arms]
    return play(composed, lambda arm, share: None)

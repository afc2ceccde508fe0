"""The lesson a notebook is in: what was played, predicted and answered, until it is handed in."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import Any

from scenarios.course.handin import Handed, Try, write
from scenarios.course.lesson import Facts, Lesson
from scenarios.course.lessons import lesson_of
from scenarios.course.verdicts import OPEN, UNREAD, Verdict, judged, number_of, sentence
from scenarios.course.words import FOLDER, tell
from scenarios.errors import UserError, shown
from sim.locale.catalogue import is_text, languages
from sim.locale.words import arm_label
from sim.plots.style import house_style

__all__ = ["Session", "begin", "check", "hand_in", "predict"]

_LONGEST = 200  # letters of a prediction in words


@dataclass
class Session:
    """A lesson under way, in a language and under a seed."""

    lesson: Lesson
    lang: str
    seed: int
    tries: list[Try] = field(default_factory=list)
    prediction: float | str | None = None
    file: Path | None = None

    def __str__(self) -> str:
        """What is played, arm by arm, as on the command line."""
        return "\n".join(f"{arm}: {' '.join(self.overrides(arm))}" for arm in self.lesson.arms)

    def overrides(self, arm: str) -> list[str]:
        """What is composed for an arm, to be changed and played further."""
        return self.lesson.overrides(arm, self.seed)

    def play(self) -> Any:
        """Everything the lesson plays; played once, however often it is asked for."""
        return self._played

    def text(self, key: str) -> str:
        """A word on a picture, in the notebook's language."""
        return tell(f"picture.{key}", self.lang)

    def name(self, arm: str) -> str:
        """What an arm is called, in the notebook's language."""
        return self.text(arm) if is_text(f"picture.{arm}", FOLDER) else arm_label(arm, self.lang)

    def judged(self, exercise: str, answer: object) -> Verdict:
        """The verdict on an answer, kept for the hand-in where the answer could be read."""
        found = self.lesson.exercise(exercise) if isinstance(exercise, str) else None
        if found is None:
            known = ", ".join(one.id for one in self.lesson.exercises)
            raise UserError(f"lesson {self.lesson.number} has no exercise '{shown(exercise)}'; there is {known}")
        verdict = judged(found, answer, {} if answer is ... else self.facts)
        if verdict.name not in (OPEN, UNREAD):
            self.tries.append(Try(found.id, verdict.answer, verdict.name))
        return verdict

    @cached_property
    def facts(self) -> Facts:
        """The facts of what was played, from which right and typical wrong answers follow."""
        return self.lesson.facts(self._played)

    @cached_property
    def _played(self) -> Any:
        return self.lesson.played(self.lesson, self.seed)


_NOW: list[Session] = []


def begin(number: str, lang: str = "en", seed: int = 1) -> Session:
    """Begin a lesson: pictures in the house style, texts in a language, luck by a seed.

    Raises
    ------
    UserError
        There is no such lesson or language, or the seed is no whole number from 0 to 2³¹ − 1.
    """
    lesson = lesson_of(number)
    if lang not in languages():
        raise UserError(f"there is no language '{shown(lang)}'; there is {', '.join(languages())}")
    if not isinstance(seed, int) or isinstance(seed, bool) or not 0 <= seed < 2**31:
        raise UserError(f"seed={shown(seed)}: a whole number from 0 to {2**31 - 1}")
    house_style()
    _NOW[:] = [Session(lesson, lang, seed)]
    return _NOW[0]


def predict(guess: object) -> float | str | None:
    """Note what you expect before you run; ``...`` notes nothing. The guess is given back, to be drawn."""
    now = _now()
    if guess is ...:
        print(tell("predict.open", now.lang))
        return None
    kept = guess.strip()[:_LONGEST] if isinstance(guess, str) else number_of(guess)
    if kept is None or kept == "":
        print(tell("predict.unread", now.lang))
        return None
    now.prediction = kept
    print(tell("predict.noted", now.lang, guess=kept))
    return kept


def check(exercise: str, answer: object) -> None:
    """Is the answer right? Prints why it is, or the name of the mistake and what to look at next."""
    now = _now()
    verdict = now.judged(exercise, answer)
    print(sentence(verdict, now.lang, now.facts if verdict.answer is not None else {}))


def hand_in(name: str) -> None:
    """Write one small file with what you answered, for the teacher; the name may be a nickname."""
    now = _now()
    if name is ... or not isinstance(name, str) or not name.strip():
        print(tell("hand_in.open", now.lang))
        return
    handed = Handed(now.lesson.number, now.seed, now.lang, name.strip(), now.prediction, tuple(now.tries))
    now.file = write(handed, now.file)
    last = {one.exercise: one.verdict for one in now.tries}
    right = sum(verdict == "right" for verdict in last.values())
    print(tell("hand_in.written", now.lang, file=now.file, right=right, n=len(now.lesson.exercises)))


def _now() -> Session:
    if not _NOW:
        raise UserError("no lesson was begun; run the first cell of the notebook")
    return _NOW[0]

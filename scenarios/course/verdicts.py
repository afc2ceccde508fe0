"""What is an answer? Right, a mistake that has a name, another number or letter, or none that can be read."""

from __future__ import annotations

import math
from dataclasses import dataclass

from scenarios.course.lesson import Exercise, Facts
from scenarios.course.words import tell

__all__ = ["OPEN", "OTHER", "PERCENT", "RIGHT", "SIGN", "UNREAD", "Verdict", "judged", "number_of",
           "sentence"]  # fmt: skip

RIGHT, OTHER, OPEN, UNREAD = "right", "other", "open", "unread"
PERCENT, SIGN = "percent", "sign"  # mistakes that any number may have


@dataclass(frozen=True)
class Verdict:
    """An answer as it was read (None where it cannot be), and ``right``, the name of a mistake, ``other``, ``open``
    (the three dots are still there) or ``unread``."""

    exercise: Exercise
    answer: float | str | None
    name: str


def judged(exercise: Exercise, answer: object, facts: Facts) -> Verdict:
    """The verdict on an answer. The right one is tried first; then the nearest of the mistakes."""
    if answer is ...:
        return Verdict(exercise, None, OPEN)
    if exercise.choices:
        return _letter(exercise, answer, facts)
    value = number_of(answer)
    if value is None:
        return Verdict(exercise, None, UNREAD)
    return Verdict(exercise, value, _of_number(exercise, value, facts))


def _letter(exercise: Exercise, answer: object, facts: Facts) -> Verdict:
    letter = answer.strip().strip("()（）").lower() if isinstance(answer, str) else ""
    if len(letter) != 1 or letter not in exercise.choices:
        return Verdict(exercise, None, UNREAD)
    return Verdict(exercise, letter, next((name for name, value in exercise.answers(facts).items() if value == letter),
                                          OTHER))  # fmt: skip


def number_of(answer: object) -> float | None:
    """A finite number, NumPy's among them; a truth value is none."""
    if isinstance(answer, str | bytes | bool) or not hasattr(answer, "__float__"):
        return None
    try:
        value = float(answer)
    except (TypeError, ValueError, OverflowError):
        return None
    return value if math.isfinite(value) else None


def _of_number(exercise: Exercise, value: float, facts: Facts) -> str:
    far = {name: abs(value - float(fact)) for name, fact in exercise.answers(facts).items()}
    if far.pop(RIGHT) <= exercise.within:
        return RIGHT
    nearest = min(far, key=lambda name: far[name])
    if far[nearest] <= exercise.within:
        return nearest
    right = float(facts[exercise.right])
    if abs(right) <= 1 and value != 0 and abs(value / 100 - right) <= exercise.within / 5:
        return PERCENT
    return SIGN if abs(value + right) <= exercise.within else OTHER


def sentence(verdict: Verdict, lang: str, facts: Facts) -> str:
    """What the student is told: the mistake and where to look next, never the answer; or why it is right."""
    one, name = verdict.exercise, verdict.name
    if name in (OPEN, UNREAD):
        kind = "letter" if one.choices else "number"
        return tell(f"check.{name}_{kind}", lang, id=one.id, letters=", ".join(one.choices))
    if name == RIGHT:
        return tell("check.right", lang, id=one.id, why=tell(f"{one.id}.right", lang, facts))
    if name == OTHER:
        return tell("check.other", lang, id=one.id, look=tell(f"{one.id}.other", lang))
    look = tell(f"any.{name}" if name in (PERCENT, SIGN) else f"{one.id}.{name}", lang)
    return tell("check.mistake", lang, id=one.id, mistake=tell(f"mistake.{name}", lang), look=look)

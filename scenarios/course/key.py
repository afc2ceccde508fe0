"""The key, for teachers: right answers with reasons, and what each typical mistake answers, worked out on the spot."""

from __future__ import annotations

from collections.abc import Iterator

from scenarios.course.lesson import Exercise, Facts, Lesson
from scenarios.course.verdicts import RIGHT
from scenarios.course.words import shown, tell
from sim.locale.words import folded

__all__ = ["key_of"]

_WIDTH = 118


def key_of(lesson: Lesson, seed: int, lang: str) -> Iterator[str]:
    """Lines of the key of a lesson: it is played for it."""
    yield tell("key.lesson", lang, lesson=lesson.number, title=tell(f"{lesson.number}.title", lang), seed=seed,
               minutes=lesson.minutes)  # fmt: skip
    facts = lesson.facts(lesson.played(lesson, seed))
    for exercise in lesson.exercises:
        yield ""
        yield from _exercise(exercise, facts, lang)


def _exercise(exercise: Exercise, facts: Facts, lang: str) -> Iterator[str]:
    answers = exercise.answers(facts)
    within = "" if exercise.choices else f" ± {exercise.within:g}"
    yield f"{exercise.id}  {shown(answers[RIGHT])}{within}"
    yield from _indented(tell(f"{exercise.id}.right", lang, facts))
    for name in exercise.mistakes:
        yield f"  {shown(answers[name])}  {tell(f'mistake.{name}', lang)}"
        yield from _indented(tell(f"{exercise.id}.{name}", lang))


def _indented(text: str) -> Iterator[str]:
    yield from (f"      {line}" for line in folded(text, _WIDTH - 6))

"""The facts of each lesson under the seed of its notebook, played once for all tests that ask for them."""

from __future__ import annotations

from functools import cache

from scenarios.course.lesson import Facts
from scenarios.course.lessons import lesson_of

__all__ = ["facts_of"]


@cache
def facts_of(number: str) -> Facts:
    """What the lesson's run tells."""
    lesson = lesson_of(number)
    return lesson.facts(lesson.played(lesson, 1))

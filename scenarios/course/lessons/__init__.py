"""The lessons, one file each, by number; imported when one is asked for."""

from __future__ import annotations

from importlib import import_module

from scenarios.course.lesson import Lesson
from scenarios.errors import UserError, shown
from sim.engine.knobs import did_you_mean

__all__ = ["LESSONS", "lesson_of"]

LESSONS = {
    "01": "one_member",
    "02": "one_group",
    "03": "size_and_noise",
    "04": "gates_and_adverts",
    "05": "packets_and_ritual",
    "06": "your_own_strategy",
    "07": "same_luck",
    "08": "lifetimes_and_conversion",
    "09": "a_study",
}


def lesson_of(number: str) -> Lesson:
    """The lesson of a number.

    Raises
    ------
    UserError
        There is none.
    """
    if number not in LESSONS:
        raise UserError(f"there is no lesson '{shown(number)}'{did_you_mean(str(number), LESSONS)}")
    found: Lesson = import_module(f"scenarios.course.lessons.{LESSONS[number]}").LESSON
    return found

"""What a class handed in, as one table: a row for every hand-in and exercise, verdicts worked out anew.

The facts of a lesson are played once for each seed that was handed in. What a file says of its own answers is compared,
not believed.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path

import pandas as pd

from scenarios.course.handin import Handed, program_version, read
from scenarios.course.lesson import Facts
from scenarios.course.lessons import LESSONS, lesson_of
from scenarios.course.verdicts import OPEN, RIGHT, judged
from scenarios.errors import UserError, shown

__all__ = ["COLUMNS", "Collected", "Counted", "collect", "summary"]

COLUMNS = ("file", "name", "lesson", "seed", "program", "lang", "prediction", "exercise", "answer", "verdict",
           "first_verdict", "verdicts", "tries")  # fmt: skip
Progress = Callable[[str, float], None]


@dataclass(frozen=True)
class Collected:
    """The table (:data:`COLUMNS`), by file why some were left out, and what else is to be said of others: the key of a
    text of the course, and its slots."""

    table: pd.DataFrame
    left_out: Sequence[tuple[str, str]]
    remarks: Sequence[tuple[str, Mapping[str, str]]]


def collect(folder: Path, progress: Progress = lambda name, more: None) -> Collected:
    """Read every ``.json`` below a folder. What is no hand-in is left out and named.

    Raises
    ------
    UserError
        There is no such folder, or no hand-in in it.
    """
    if not folder.is_dir():
        raise UserError(f"{shown(folder)} is no folder; name the one that the hand-ins lie in")
    good, left_out = _read_all(folder)
    if not good:
        why = f": {left_out[0][0]} {left_out[0][1]}" if left_out else ""
        raise UserError(f"there is no hand-in in {shown(folder)}{why}; hand-ins are files that end in .json")
    rows: list[dict[str, object]] = []
    remarks: list[tuple[str, Mapping[str, str]]] = []
    facts_of = cache(_facts)
    for file, handed in good.items():
        facts = facts_of(handed.lesson, handed.seed)
        anew = _anew(handed, facts)
        rows += _rows(file, anew)
        remarks += _remarks(file, handed, anew)
        progress(file, 1)
    return Collected(pd.DataFrame(rows, columns=[*COLUMNS]), left_out, remarks)


def _read_all(folder: Path) -> tuple[dict[str, Handed], list[tuple[str, str]]]:
    """Hand-ins by the file they are in, and the files that are none, with the reason."""
    good: dict[str, Handed] = {}
    left_out: list[tuple[str, str]] = []
    for path in sorted(path for path in folder.rglob("*.json") if not path.is_dir()):
        file = str(path.relative_to(folder))
        try:
            handed = _known(read(path))
            twin = next((name for name, other in good.items() if other == handed), None)
            if twin is not None:
                raise UserError(f"is the same as {twin}")
            good[file] = handed
        except UserError as error:
            left_out.append((file, str(error)))
    return good, left_out


def _known(handed: Handed) -> Handed:
    """A hand-in, if its lesson and exercises are of this course."""
    if handed.lesson not in LESSONS:
        raise UserError(f"is of a lesson '{shown(handed.lesson)}' that this course has not")
    lesson = lesson_of(handed.lesson)
    odd = next((one.exercise for one in handed.tries if lesson.exercise(one.exercise) is None), None)
    if odd is not None:
        raise UserError(f"answers an exercise '{shown(odd)}' that lesson {lesson.number} has not")
    return handed


def _facts(number: str, seed: int) -> Facts:
    lesson = lesson_of(number)
    return lesson.facts(lesson.played(lesson, seed))


def _anew(handed: Handed, facts: Facts) -> Handed:
    """The same with verdicts of our own."""
    lesson = lesson_of(handed.lesson)
    tries = []
    for one in handed.tries:
        exercise = lesson.exercise(one.exercise)
        assert exercise is not None
        tries.append(replace(one, verdict=judged(exercise, one.answer, facts).name))
    return replace(handed, tries=tuple(tries))


def _rows(file: str, handed: Handed) -> Iterator[dict[str, object]]:
    for exercise in lesson_of(handed.lesson).exercises:
        mine = [one for one in handed.tries if one.exercise == exercise.id]
        verdicts = [one.verdict for one in mine] or [OPEN]
        yield {"file": file, "name": handed.name, "lesson": handed.lesson, "seed": handed.seed,
               "program": handed.program, "lang": handed.lang, "prediction": handed.prediction,
               "exercise": exercise.id, "answer": mine[-1].answer if mine else None, "verdict": verdicts[-1],
               "first_verdict": verdicts[0], "verdicts": " ".join(verdicts), "tries": len(mine)}  # fmt: skip


def _remarks(file: str, handed: Handed, anew: Handed) -> Iterator[tuple[str, Mapping[str, str]]]:
    if handed.program != program_version():
        yield "collect.version", {"file": file, "theirs": handed.program, "ours": program_version()}
    other = [one.exercise for one, ours in zip(handed.tries, anew.tries, strict=True) if one.verdict != ours.verdict]
    if other:
        yield "collect.otherwise", {"file": file, "exercises": ", ".join(dict.fromkeys(other))}


@dataclass(frozen=True)
class Counted:
    """An exercise over a class: of ``n`` hand-ins so many answered, were right in the end, and at once; and how many
    made each mistake at any time, the commonest first."""

    exercise: str
    n: int
    answered: int
    right: int
    at_once: int
    mistakes: tuple[tuple[str, int], ...]


def summary(table: pd.DataFrame) -> Iterator[Counted]:
    """Every exercise in the table, counted over the hand-ins of its lesson."""
    for exercise, rows in table.groupby("exercise", sort=True):
        ever = Counter(name for verdicts in rows["verdicts"] for name in set(verdicts.split()) - {RIGHT, OPEN})
        yield Counted(str(exercise), len(rows), int((rows["tries"] > 0).sum()), int((rows["verdict"] == RIGHT).sum()),
                      int((rows["first_verdict"] == RIGHT).sum()),
                      tuple(sorted(ever.items(), key=lambda pair: (-pair[1], pair[0]))))  # fmt: skip

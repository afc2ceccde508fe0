"""For teachers. Students work in the notebooks (`make notebook`) and hand in a small file with each lesson.

  shequn course                               the lessons, with minutes
  shequn course key 07                        right answers with the reason, and what typical mistakes answer: worked
                                              out on the spot; without a number, all lessons; seed=1
  shequn course collect FOLDER                what a class handed in: who was right, and who fell for which mistake;
                                              verdicts are worked out anew; out=outputs/course/collected.csv

A lesson is played once for each seed that was handed in, which takes some seconds.
"""

from __future__ import annotations

import argparse
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from scenarios.errors import UserError, brief, shown
from sim.locale.speaking import spoken

if TYPE_CHECKING:
    from scenarios.course.collect import Collected

__all__ = ["arguments", "run"]

_PARTS = ("key", "collect")


def arguments(parser: argparse.ArgumentParser) -> None:
    """What is asked for, and of which lesson or folder."""
    parser.add_argument("words", nargs="*", metavar="word", help="key, or collect and a folder; seed=, out=")


def run(options: argparse.Namespace) -> int:
    """List the lessons, tell the key, or collect."""
    part, *words = options.words or [""]
    if not part:
        return _list()
    if part not in _PARTS:
        from sim.engine.knobs import did_you_mean

        raise UserError(f"shequn course has no '{shown(part)}'{did_you_mean(part, _PARTS)}")
    names = [word for word in words if "=" not in word]
    settings = [word for word in words if "=" in word]
    return _key(names, settings) if part == "key" else _collect(names, settings)


def _list() -> int:
    from scenarios.course.lessons import LESSONS, lesson_of
    from scenarios.course.words import tell

    for number in LESSONS:
        print(tell("list.lesson", spoken(), lesson=number, title=tell(f"{number}.title", spoken()),
                   minutes=lesson_of(number).minutes, n=len(lesson_of(number).exercises)))  # fmt: skip
    return 0


def _key(names: list[str], settings: list[str]) -> int:
    from scenarios.cli.words import between, settings_of
    from scenarios.course.key import key_of
    from scenarios.course.lessons import LESSONS, lesson_of

    seed = settings_of("course key", settings, {"seed": between(0, 2**31 - 1)}).get("seed", 1)
    for place, lesson in enumerate([lesson_of(name) for name in names or LESSONS]):
        if place:
            print()
        for line in key_of(lesson, seed, spoken()):
            print(line, flush=True)
    return 0


def _collect(names: list[str], settings: list[str]) -> int:
    from scenarios.cli.words import settings_of
    from scenarios.course.collect import collect
    from scenarios.execution.folders import check_writable
    from scenarios.terminal import progress_bar

    if len(names) != 1:
        raise UserError("shequn course collect wants one folder; write it like shequn course collect handed_in")
    said = settings_of("course collect", settings, {"out": _csv})
    target = Path(said.get("out", "outputs/course/collected.csv"))
    check_writable(target.parent)
    folder = Path(names[0])
    n = sum(1 for _ in folder.rglob("*.json")) if folder.is_dir() else 0
    with progress_bar(n) as progress:
        found = collect(folder, progress)
    _write(found, target)
    _show(found, target)
    return 0


def _csv(key: str, value: str) -> str:
    if not value.endswith(".csv") or Path(value).is_dir() or not value.isprintable():
        raise UserError(f"{key}={shown(value)} is no table; write it like {key}=class.csv")
    return value


def _write(found: Collected, target: Path) -> None:
    from sim.data.spreadsheet import to_csv

    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(b"\xef\xbb\xbf" + to_csv(found.table).encode())  # the mark by which spreadsheets know UTF-8
    except OSError as error:
        raise UserError(f"out={target}: {error.strerror or error}; name a file that can be written") from error


def _show(found: Collected, target: Path) -> None:
    """For each exercise how many were right, and which mistakes were made; then what was left out, and why."""
    from scenarios.course.collect import summary
    from scenarios.course.words import tell
    from sim.locale.messages import message
    from sim.locale.words import commas

    lang = spoken()
    print(tell("collect.head", lang, files=found.table["file"].nunique(), table=target))
    for one in summary(found.table):
        print(tell("collect.exercise", lang, exercise=one.exercise, n=one.n, answered=one.answered, right=one.right,
                   at_once=one.at_once))  # fmt: skip
        if one.mistakes:
            parts = [tell("collect.mistake", lang, mistake=tell(f"mistake.{name}", lang), k=k, n=one.n)
                     for name, k in one.mistakes]  # fmt: skip
            print("      " + commas(parts, lang))
    for file, text in found.left_out:
        print(brief(tell("collect.left_out", lang, file=file, why=message(text)), 1), file=sys.stderr)
    for key, slots in found.remarks:
        print(brief(tell(key, lang, **slots), 1), file=sys.stderr)

"""The course's own catalogue: every text has a use, every use a text, in both languages."""

from __future__ import annotations

import ast
import re
from pathlib import Path

import polib

from docs.notebooks import originals, prose
from scenarios.course.lessons import LESSONS, lesson_of
from scenarios.course.verdicts import PERCENT, SIGN
from scenarios.course.words import FOLDER

ROOT = Path(__file__).resolve().parents[2]
TEXTS = {entry.msgctxt: entry.msgid for entry in polib.pofile(str(FOLDER / "course.pot"))
         if entry.msgctxt != "declared"}  # fmt: skip
CHINESE = polib.pofile(str(FOLDER / "zh.po"))


def wanted() -> set[str]:
    """Keys that lessons, exercises and code ask for."""
    keys = {"mistake.other", "mistake.unread"}
    for name in (PERCENT, SIGN):
        keys |= {f"mistake.{name}", f"any.{name}"}
    for lesson in map(lesson_of, LESSONS):
        keys.add(f"{lesson.number}.title")
        for one in lesson.exercises:
            keys |= {f"{one.id}.{name}" for name in ("right", "other", *one.mistakes)}
            keys |= {f"mistake.{name}" for name in one.mistakes}
    return keys


def test_every_text_of_an_exercise_is_there_and_none_is_left_over() -> None:
    said = {key for key in TEXTS if re.match(r"\d\d\.|mistake\.|any\.", key)}
    assert said == wanted()


def test_every_other_text_is_asked_for() -> None:
    words = set()
    for path in (*(ROOT / "scenarios" / "course").rglob("*.py"), ROOT / "scenarios" / "cli" / "course.py"):
        words |= {node.value for node in ast.walk(ast.parse(path.read_text("utf-8"))) if isinstance(node, ast.Constant)}
    books = "".join(path.read_text("utf-8") for path in originals())
    words |= {f"picture.{name}" for name in re.findall(r'\\"(\w+)\\"', books)}
    words |= {f"picture.{arm}" for number in LESSONS for arm in lesson_of(number).arms}
    words |= {f"check.{name}_{kind}" for name in ("open", "unread") for kind in ("letter", "number")}
    assert [key for key in TEXTS if key not in wanted() | words] == []


def test_pictures_have_their_words() -> None:
    for path in originals():
        asked = re.findall(r'lesson\.text\(\\"(\w+)\\"\)', path.read_text("utf-8"))
        assert asked
        assert [word for word in asked if f"picture.{word}" not in TEXTS] == []


def test_chinese_is_whole_and_made_from_todays_english() -> None:
    keyed = {entry.msgctxt: entry for entry in CHINESE if entry.msgctxt != "declared"}
    assert {key: entry.msgid for key, entry in keyed.items()} == TEXTS
    told = {entry.msgid for entry in CHINESE if entry.msgctxt == "declared"}
    assert told == {text for path in originals() for text in prose(path)}
    bare = [entry.msgid for entry in CHINESE if not re.search(r"[\u4e00-\u9fff，：。]", entry.msgstr) or entry.fuzzy]
    assert bare == []


def test_slots_are_facts_of_the_lesson() -> None:
    """Every reason why an answer is right tells an interval or how many it rests on."""
    for number in LESSONS:
        for one in lesson_of(number).exercises:
            slots = set(re.findall(r"\{(\w+)\}", TEXTS[f"{one.id}.right"]))
            assert slots & {"n", "people", "groups", "few", "communities"}, one.id

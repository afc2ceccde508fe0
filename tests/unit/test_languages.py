"""Languages are files: every text has one key, every key a use, every translation the parts of the English one."""

from __future__ import annotations

import ast
import re
import shutil
import string
import subprocess
import sys
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path

import polib
import pytest

from scenarios.errors import UserError
from scenarios.reports import log_report
from scenarios.reports.page import asked_languages
from scenarios.reports.run_report import write_report
from scenarios.reports.study_report import write_study_report
from sim.analysis.logs.reading import read_messages
from sim.analysis.logs.summary import summarise
from sim.analysis.outcomes import OUTCOMES
from sim.locale import catalogue
from sim.locale.catalogue import BY_ENGLISH, LocaleError, html_code, languages, paragraphs
from sim.locale.words import arm_label, beside, declared, join, say, sentences, unit_label
from tests.fakes import fake_results
from tests.studies import fake_study

ROOT = Path(__file__).resolve().parents[2]
LOCALE = ROOT / "sim" / "locale"
TEXTS = {entry.msgctxt: entry.msgid for entry in polib.pofile(str(LOCALE / "shequn.pot"))
         if entry.msgctxt not in BY_ENGLISH}  # fmt: skip
SAYING = {"say": "", "log_say": "log."}
METHODS = ("study", "search", "sensitivity", "effects", "pairs", "claims", "cases", "advise", "tournament")
NOT_IN_CODE = ("arm.", "money.", "unit.", "player.", "people.", *(f"{name}_methods." for name in METHODS))


def trees() -> Iterator[ast.Module]:
    """The sources that may speak."""
    for folder in ("sim", "scenarios"):
        for path in sorted((ROOT / folder).rglob("*.py")):
            yield ast.parse(path.read_text("utf-8"))


def pattern(made: ast.JoinedStr) -> str:
    """An f-string as a regular expression; what is filled in are its groups."""
    return "".join(re.escape(str(part.value)) if isinstance(part, ast.Constant) else "(.+)" for part in made.values)


def said(node: ast.AST) -> Iterator[tuple[str, ast.expr]]:
    """The key a call of say or log_say begins with, as it is written, and what stands before it."""
    if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in SAYING:
        given = [node.args[0].body, node.args[0].orelse] if isinstance(node.args[0], ast.IfExp) else [node.args[0]]
        yield from ((SAYING[node.func.id], key) for key in given)


def in_templates() -> set[str]:
    """The keys that templates ask for by name: every word in quotes of a call of say."""
    templates = (ROOT / "scenarios").glob("*/templates/*.html")
    calls = [call for path in templates for call in re.findall(r"say\(([^)]*)\)", path.read_text("utf-8"))]
    return {word for call in calls for word in re.findall(r'"(\w+)"', call)}


def test_every_text_that_is_asked_for_is_there() -> None:
    asked, made = in_templates(), set()
    assert len(asked) > 8
    for tree in trees():
        for node in ast.walk(tree):
            for before, key in said(node):
                if isinstance(key, ast.Constant):
                    asked.add(before + str(key.value))
                elif isinstance(key, ast.JoinedStr):
                    made.add(re.escape(before) + pattern(key))
    assert len(asked) > 80
    assert asked - set(TEXTS) == set()
    assert len(made) > 10
    assert [one for one in made if not any(re.fullmatch(one, key) for key in TEXTS)] == []


def test_every_text_is_asked_for() -> None:
    """By its name somewhere in the code, or by an f-string that makes it of words in the code."""
    words, made = in_templates(), set()
    for tree in trees():
        for node in ast.walk(tree):
            if isinstance(node, ast.Constant) and isinstance(node.value, str):
                words.add(node.value)
            elif isinstance(node, ast.JoinedStr) and re.fullmatch(r"(\(\.\+\)|\w|\\?\.)*", found := pattern(node)) \
                    and re.search(r"[a-z]+_|_[a-z]{3}", found):  # fmt: skip
                made.add(found)

    def is_made(key: str) -> bool:
        return any(words.issuperset(hit.groups()) for one in made if (hit := re.fullmatch(one, key)))

    assert not is_made("sens_untold")
    unused = [key for key in TEXTS if not key.startswith(NOT_IN_CODE) and key.removeprefix("log.") not in words
              and not is_made(key.removeprefix("log."))]  # fmt: skip
    assert unused == []
    assert [key for key in TEXTS if key.startswith("short_") and key.removeprefix("short_") not in OUTCOMES] == []


def translations() -> Iterator[tuple[str, polib.POFile]]:
    """Every translation there is."""
    yield from ((path.name, polib.pofile(str(path))) for path in LOCALE.glob("*.po"))


def test_translations_are_made_from_todays_english_and_chinese_is_whole() -> None:
    for name, found in translations():
        kept = [entry for entry in found if entry.msgctxt not in BY_ENGLISH]
        assert [entry.msgctxt for entry in kept if TEXTS.get(entry.msgctxt) != entry.msgid] == [], name
        assert len({entry.msgctxt for entry in kept}) == len(kept), name
    chinese = dict(translations())["zh.po"]
    assert [entry.msgctxt for entry in chinese if entry.msgctxt not in BY_ENGLISH] == [*TEXTS]
    assert [entry.msgctxt for entry in chinese if not entry.msgstr or entry.fuzzy] == []
    assert say("of_n", "zh", n=3) == "每个方案 3 个社群"


def test_translations_have_the_parts_of_the_english() -> None:
    """By another way than the reader's own check; equations stay equations."""
    for name, found in translations():
        for entry in found.translated_entries():
            if entry.msgctxt == "declared":  # shown as it is
                continue
            parts = [{slot for _, slot, _, _ in string.Formatter().parse(text) if slot}
                     for text in (entry.msgid, entry.msgstr)]  # fmt: skip
            assert parts[1] <= parts[0], (name, entry.msgctxt, entry.msgid)
            assert parts[0] == parts[1] or entry.msgctxt == "message", (name, entry.msgctxt)
            assert entry.msgid.startswith("=") == entry.msgstr.startswith("="), (name, entry.msgctxt)


def test_paragraphs_come_in_order() -> None:
    assert paragraphs("study_methods", "en")[0].startswith("Unit.")
    assert paragraphs("study_methods", "zh")[-1].startswith("Holm 1979")
    for group in ("study_methods", "search_methods", "pairs_methods", *(f"sensitivity_methods.{name}" for name in
                                                                        ("morris", "sobol"))):  # fmt: skip
        keys = [key for key in TEXTS if key.startswith(f"{group}.")]
        assert len(keys) > 3
        assert all(int(one[-2:]) + 1 == int(other[-2:]) for one, other in pairwise(keys))
        assert [TEXTS[key] for key in keys] == paragraphs(group, "en")


def test_texts_are_put_together_as_the_language_has_it() -> None:
    assert beside("a", "b", "en") == "a b"
    assert beside("甲", "乙", "zh") == "甲乙"
    assert sentences(["A.", "B.", "C."], "en") == "A. B. C."
    assert (sentences([], "en"), join([], "en")) == ("", "")
    labels = [unit_label("1/day", "en"), unit_label("1/day", "zh"), unit_label("gold", "zh")]
    assert labels == ["a day", "条/天", "gold"]
    with pytest.raises(ValueError, match="no language 'fr'; there is en, zh"):
        say("day", "fr")


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The languages there are, in a folder of the test's own."""
    place = tmp_path / "locale"
    place.mkdir()
    for path in (LOCALE / "shequn.pot", LOCALE / "zh.po"):
        shutil.copy(path, place)
    monkeypatch.setattr(catalogue, "FOLDER", place)
    return place


def marked(folder: Path, code: str = "Language: xx") -> None:
    """A third language, made as the template says: copied, and every entry filled in: English with a mark before it."""
    found = polib.pofile(str(folder / "shequn.pot"))
    for entry in found:
        entry.msgstr = entry.msgid if re.match(r"\W", entry.msgid) else f"¤{entry.msgid}"
    found.save(str(folder / "xx.po"))
    path = folder / "xx.po"
    path.write_text(path.read_text("utf-8").replace("Language: en", code), "utf-8")


def test_a_third_language_is_one_file(folder: Path) -> None:
    assert languages() == ("en", "zh")
    shutil.copy(folder / "zh.po", folder / "xx.po")
    assert languages() == ("en", "xx", "zh")
    assert asked_languages("both") == ["en", "xx", "zh"]
    assert say("decline", "xx") == "衰退"
    assert html_code("xx") == "xx"  # the head of the copy still says Chinese
    marked(folder, "Language: xx_Latn")
    catalogue._read.cache_clear()
    assert say("decline", "xx") == "¤decline"
    assert (html_code("xx"), html_code("zh"), html_code("en")) == ("xx-Latn", "zh-Hans", "en")


def test_declared_names_are_found_in_the_file_of_a_language(folder: Path) -> None:
    marked(folder)
    assert [declared(["trust in the host", "对群主的信任"], lang) for lang in languages()] == [
        "trust in the host", "¤trust in the host", "对群主的信任"]  # fmt: skip
    assert arm_label("red_packet+my_own", "xx") == "¤" + arm_label("red_packet", "en") + " + my own"
    assert declared({"zh": "只有中文"}, "xx") == "只有中文"


@pytest.mark.usefixtures("no_pictures")
def test_pages_are_made_in_three_languages(folder: Path, tmp_path: Path) -> None:
    marked(folder)
    text = write_report(tmp_path, results=fake_results(["nothing", "red_packet"], replicates=3, groups=2, days=40)) \
        .read_text("utf-8")  # fmt: skip
    study, table, lifetimes = fake_study(("nothing", "red_packet"), replicates=4, days=60)
    more = write_study_report(study, table, lifetimes, tmp_path).read_text("utf-8")
    for found in (text, more):
        assert [f'<main data-l="{lang}"' in found for lang in languages()] == [True] * 3
        assert re.findall(r'<button type="button" data-to="(\w+)".*?>(\S+?)</button>', found) == [
            ("en", "English"), ("xx", "¤English"), ("zh", "中文")]  # fmt: skip
        for shown in languages():
            hidden = re.findall(rf'html\[data-lang="{shown}"\] \[data-l="(\w+)"\]', found)
            assert hidden == [lang for lang in languages() if lang != shown]
        assert 'lang === "xx" ? "xx" : lang === "zh" ? "zh-Hans" : "en";' in found
        assert 'aria-label="Language / ¤Language / 语言"' in found
        mine = found.split('<main data-l="xx"')[1].split("</main>")[0]
        assert f"¤{arm_label('red_packet', 'en')}" in mine
        words = re.sub(r"<[^>]*>", " ", mine)
        assert words.count("¤") > 60
        assert not re.search(r"[\u4e00-\u9fff]", words)
        assert "¤Everything" in words
    assert "¤trust in the host" in text  # declared by the outcome


def test_a_real_log_is_read_in_three_languages(folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    marked(folder)
    monkeypatch.setattr(log_report, "PICTURES", {})
    log = summarise(read_messages(ROOT / "tests" / "data" / "rooms_extract.parquet"))
    text = log_report.write_folder(log, tmp_path, rooms_known=False).read_text("utf-8")
    mine = text.split('<main data-l="xx" lang="xx">')[1].split("</main>")[0]
    labels = re.findall(r"<tr><td>([^<]*)</td>(?:<td>([^<]*)</td>)?", mine)
    assert len(labels) > 25
    assert not re.search(r"[\u4e00-\u9fff]", mine)
    assert f"… mean over the first {log.survival[28].horizon:.0f} days" in mine
    assert "¤human messages" in mine
    assert "¤life of a room, median (dead after 28 silent days)" in mine
    assert [line for line in re.findall(r"<h2>([^<]*)</h2>", mine) if not line.startswith("¤")] == []


@pytest.fixture
def no_pictures(monkeypatch: pytest.MonkeyPatch) -> None:
    """The test is about words."""
    monkeypatch.setattr("scenarios.reports.study_report.pictures", lambda *given: [])


def test_nothing_is_read_before_something_is_said() -> None:
    """Neither by the help, nor by what commands import before they speak."""
    code = ("import sys; from scenarios.__main__ import main; main(['--help']); import scenarios.config.catalog; "
            "import sim.plots.run.album; print('polib' in sys.modules); from sim.locale.words import say; "
            "say('day', 'zh'); print('polib' in sys.modules)")  # fmt: skip
    found = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True)
    assert found.stdout.split()[-2:] == ["False", "True"]


def test_what_is_not_translated_is_english(folder: Path) -> None:
    path = folder / "de.po"
    path.write_text(
        'msgid ""\nmsgstr ""\n\nmsgctxt "day"\nmsgid "day"\nmsgstr "Tag"\n\nmsgctxt "days"\nmsgid "days"\nmsgstr ""\n\n'
        '#, fuzzy\nmsgctxt "decline"\nmsgid "decline"\nmsgstr "Fall"\n\n'
        'msgctxt "growth"\nmsgid "rise"\nmsgstr "Aufstieg"\n', "utf-8")  # fmt: skip
    assert [say(key, "de") for key in ("day", "days", "decline", "growth", "dead")] == [
        "Tag", "days", "decline", "growth", "dead"]  # empty, not sure, of an older English, not there  # fmt: skip


@pytest.mark.parametrize(
    ("of_chinese", "wrong", "problem"),
    [
        ('msgstr "天"', 'msgstr "天', "no quotation mark at the end"),
        ('msgstr "天"', 'msgstr "一"天"', "unescaped double quote found"),
        ('msgstr "天"', "\u5929", "not how a .po file is written"),
        ('msgstr "天"', 'msgstr "{n} 天"', "'day': parts in braces must be: none"),
        ('msgstr "天"', 'msgstr "{ 天"', "'day': braces: "),
    ],
)  # fmt: skip
def test_a_broken_file_is_named_with_its_line(folder: Path, of_chinese: str, wrong: str, problem: str) -> None:
    text = (folder / "zh.po").read_text("utf-8")
    head, tail = text.split('msgctxt "day"\nmsgid "day"\n')
    line = head.count("\n") + 3
    (folder / "de.po").write_text(head + 'msgctxt "day"\nmsgid "day"\n' + tail.replace(of_chinese, wrong, 1), "utf-8")
    with pytest.raises(UserError) as caught:
        asked_languages("both")
    if "braces" in problem:
        line -= 2  # where the entry begins
    assert str(caught.value).startswith(f"{folder / 'de.po'}, line {line}: {problem}")
    assert "\n" not in str(caught.value)


def test_letters_that_are_not_utf8_are_named_with_their_line(folder: Path) -> None:
    text = 'msgid ""\nmsgstr ""\n\nmsgctxt "day"\nmsgid "day"\nmsgstr "größer"\n'
    (folder / "de.po").write_bytes(text.encode("latin-1"))
    with pytest.raises(LocaleError, match=r"de\.po, line 6: not UTF-8"):
        say("day", "de")

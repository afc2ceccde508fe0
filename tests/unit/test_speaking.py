"""The command line speaks the language that is asked for: help, lists, explanations, tables, numbers, mistakes."""

from __future__ import annotations

import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import polib
import pytest
from rich.cells import cell_len
from rich.console import Console

from docs.declared import declared_texts
from scenarios import terminal
from scenarios.__main__ import COMMANDS, main
from scenarios.cli.list_ import KINDS
from scenarios.reports.grid import with_unit
from sim.locale.speaking import from_environment, language_of, speaking, spoken, told
from sim.locale.words import columns, folded, number, signed, with_currency
from tests.fakes import fake_results

ROOT = Path(__file__).resolve().parents[2]
CHINESE = re.compile(r"[\u4e00-\u9fff]")
ENVIRONMENT = ("LC_ALL", "LC_MESSAGES", "LANG", "LANGUAGE")


@pytest.fixture(autouse=True)
def no_language(monkeypatch: pytest.MonkeyPatch) -> None:
    """Whatever the environment of whoever runs the tests says."""
    for key in ENVIRONMENT:
        monkeypatch.delenv(key, raising=False)


@pytest.fixture
def chinese() -> Iterator[None]:
    with speaking("zh"):
        yield


@pytest.mark.parametrize(
    ("environment", "lang"),
    [
        ({}, "en"), ({"LANG": "C"}, "en"), ({"LANG": "C.UTF-8"}, "en"), ({"LANG": "POSIX"}, "en"),
        ({"LANG": "en_US.UTF-8"}, "en"), ({"LANG": "fr_FR.UTF-8"}, "en"), ({"LANG": "zh_CN.UTF-8"}, "zh"),
        ({"LANG": "zh_TW"}, "zh"), ({"LANG": "en_US.UTF-8", "LC_ALL": "zh_CN.UTF-8"}, "zh"),
        ({"LANG": "zh_CN.UTF-8", "LC_MESSAGES": "en_GB.UTF-8"}, "en"), ({"LANG": "zh_CN.UTF-8", "LC_ALL": "C"}, "en"),
        ({"LANG": "zh_CN.UTF-8", "LC_ALL": ""}, "zh"), ({"LANG": "en_US.UTF-8", "LANGUAGE": "zh_CN:en"}, "zh"),
        ({"LANG": "zh_CN.UTF-8", "LANGUAGE": "fr:en"}, "en"), ({"LANG": "C", "LANGUAGE": "zh"}, "en"),
    ],
)  # fmt: skip
def test_the_environment_is_read_as_other_programs_read_it(environment: dict[str, str], lang: str) -> None:
    assert from_environment(environment) == lang


def test_a_language_is_known_by_its_locale_too() -> None:
    assert [language_of(tag) for tag in ("zh", "zh_CN.UTF-8", "zh-Hans-CN", "EN_us", "xx", "", "z")] == [
        "zh", "zh", "zh", "en", None, None, None]  # fmt: skip


def test_the_word_beats_the_environment(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    said = {}
    for locale, words in (("", []), ("zh_CN.UTF-8", []), ("", ["lang=zh"]), ("zh_CN.UTF-8", ["lang=en"])):
        monkeypatch.setenv("LANG", locale)
        assert main(["list", *words, "studies"]) == 0
        said[locale, *words] = capsys.readouterr().out
    assert said["",] == said["zh_CN.UTF-8", "lang=en"]
    assert said["zh_CN.UTF-8",] == said["", "lang=zh"]
    assert "先用哪两招：新手群主" in said["", "lang=zh"]
    assert not CHINESE.search(said["",])
    assert spoken() == "en"  # it is spoken no longer than the command takes


@pytest.mark.parametrize("command", [["list"], ["explain", "trust"], ["study", "study=first_pair"], ["run"], []])
def test_a_language_there_is_not_is_one_message(command: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    assert main([*command, "lang=klingon"]) == 2
    assert capsys.readouterr().err == "shequn: lang=klingon: there is no 'klingon'; there is en, zh\n"
    assert main([*command, "lang=zh", "lang=en"]) == 2
    assert capsys.readouterr().err == "shequn: 'lang' is given twice; give it once\n"


@pytest.mark.parametrize("command", [[], *[[name] for name in COMMANDS]], ids=lambda words: " ".join(words) or "alone")
def test_help_is_chinese_but_for_what_is_typed(command: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    assert main([*command, "--help", "lang=zh"]) == 0
    told_ = capsys.readouterr().out
    assert told_.startswith(f"用法：{' '.join(['shequn', *command])}")
    words = re.sub(r"`[^`]*`|\"[^\"]*\"|'[^']*'|\S*[=/_.:|]\S*|\b[A-Z]{2,}\b|[a-z]+（", " ", told_)
    english = set(re.findall(r"[a-z]{3,}", words)) - {*COMMANDS, "shequn", "help", "kind", "key", "value", "the"}
    assert {word for word in english if re.search(rf"\b{word} +[a-z]+ [a-z]+", words)} == set()  # no English sentence
    assert all(cell_len(line) < 130 for line in told_.splitlines())


def test_what_is_declared_is_said_in_chinese(capsys: pytest.CaptureFixture[str]) -> None:
    """Nine of ten texts at least: somebody who adds a knob need not know Chinese."""
    found = polib.pofile(str(ROOT / "sim" / "locale" / "zh.po"))
    known = {entry.msgid for entry in found if entry.msgctxt == "declared"}
    texts = [text for text in declared_texts() if re.search(r"[a-z]{3,} [a-z]{2,}", text)]
    assert len(texts) > 600
    assert len([text for text in texts if text in known]) > 0.9 * len(texts)
    assert main(["list", "lang=zh"]) == 0
    lines = capsys.readouterr().out.splitlines()
    assert len(lines) > 150
    assert len([line for line in lines if CHINESE.search(line)]) > 0.95 * len(lines)


def test_lists_have_even_columns(capsys: pytest.CaptureFixture[str]) -> None:
    for words in (["explain", "daily", "lang=zh"], ["explain", "effects", "lang=zh"]):
        assert main(words) == 0
        rows = [line for line in capsys.readouterr().out.splitlines() if line.startswith("  ")]
        starts = {cell_len(line[: line.rfind("  ") + 2]) for line in rows}
        assert len(rows) > 20
        assert len(starts) == 1, words


@pytest.mark.parametrize(
    ("name", "is_of"),
    [
        ("红包", "策略 red_packet"), ("发红包", "策略 red_packet"), ("付费入群", "策略 paid_entry"),
        ("养宠群", "场景 pet_owners"), ("意见领袖", "角色 KOL"), ("按阶段的打法", "策略 stage_plan"),
        ("对群主的信任", "结果指标 trust"), ("什么都不做", "策略 nothing"), ("先用哪两招", "研究 first_pair"),
        ("复购", "结果指标 repurchase"), ("养宠", "场景 pet_owners"), ("packet_do", "搜索 packet_dose"),
    ],
)  # fmt: skip
def test_names_are_found_by_title_or_a_part_of_one(
    name: str, is_of: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["explain", name, "lang=zh"]) == 0
    assert capsys.readouterr().out.startswith(is_of)


def test_a_part_of_several_names_and_of_none(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["explain", "打卡"]) == 2
    assert "'打卡' is a part of several names; say which: checkin (Homework and check-in)" in capsys.readouterr().err
    assert main(["explain", "打卡", "lang=zh"]) == 2
    assert "请说明是哪一个：checkin（打卡作业）" in capsys.readouterr().err
    assert main(["explain", "红抱", "lang=zh"]) == 2
    assert capsys.readouterr().err == "shequn: 没有名为“红抱”的东西；是不是想写“红包”？\n"


def test_a_list_is_asked_for_in_chinese(capsys: pytest.CaptureFixture[str]) -> None:
    for kind in KINDS[:-1]:
        with speaking("zh"):
            name = told(kind)
        assert main(["list", name, "lang=zh"]) == 0
        assert capsys.readouterr().out.startswith(f"{name}（{kind}）：")


@pytest.mark.usefixtures("chinese")
def test_amounts_of_money_are_told_in_wan() -> None:
    assert [number(x, "CNY") for x in (14_234.0, 142_340.0, -14_234.0, 9_999.4, 9_999.6, 300.0, 0.0)] == [
        "1.42万", "14.2万", "−1.42万", "9,999", "1.00万", "300", "0"]  # fmt: skip
    assert (number(14_234.0), number(14_234.0, "members")) == ("14,234", "14,234")
    assert (signed(14_234.0, "CNY"), signed(-300.0, "CNY"), signed(0.0, "CNY")) == ("+1.42万", "−300", "0")
    assert with_unit(signed(14_234.0, "CNY"), "revenue", "zh") == "+¥1.42万（全程）"
    assert with_unit(number(-300.0, "CNY a month"), "profit_month", "zh") == "−¥300/月"
    cell = {"mean": 14_234.0, "low": 13_700.0, "high": 14_768.0}
    assert terminal.plus_minus(cell, "CNY") == "1.423±0.053万"
    assert terminal.plus_minus(cell) == "14,234±534"


def test_amounts_of_money_stay_as_they_are_in_english() -> None:
    assert (number(14_234.0, "CNY"), signed(-300.0, "CNY")) == ("14,234", "−300")
    assert with_currency("+14,234", "CNY", "en") == "+14,234 CNY"
    assert with_unit("+14,234", "profit_month", "en") == "+14,234 CNY a month"
    assert terminal.plus_minus({"mean": 14_234.0, "low": 13_700.0, "high": 14_768.0}, "CNY") == "14,234±534"


def test_width_is_that_of_the_print() -> None:
    for text in ("abc", "群主", "1.42万", "“红包”", "a…b±c", "e\u0301", "，。", "群 A"):
        assert columns(text) == cell_len(text), text
    assert folded("参数 knob 的取值，超出范围", 10) == ["参数 knob", "的取值，超", "出范围"]
    assert all(columns(line) <= 20 for line in folded("scenarios（场景）、strategies（策略）、studies（研究）" * 3, 20))


@pytest.mark.usefixtures("chinese")
@pytest.mark.parametrize("width", [30, 60, 100])
def test_the_table_of_arms_is_even_in_chinese(
    width: int, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(
        terminal, "Console", lambda **more: Console(force_terminal=True, no_color=True, **{"width": width, **more})
    )
    terminal.show_arms(fake_results(["nothing", "group_cap"]))
    lines = re.sub(r"\x1b\[[\d;]*m", "", capsys.readouterr().out).splitlines()
    assert "什么都不做" in "".join(lines)
    assert "寿命" in lines[0]
    table = [line for line in lines if "±" in line and "95%" not in line]
    ends = [[cell_len(line[: found.end()]) for found in re.finditer(r"±[\d.,]+\*?", line)] for line in table]
    assert ends[0] == ends[1]
    assert max(map(cell_len, lines[: lines.index(table[-1]) + 1])) <= width


def test_listing_and_explaining_import_nothing_heavy() -> None:
    """What takes a second to import is needed by none of them: Mesa, pandas, pictures."""
    heavy = ("mesa", "pandas", "pyarrow", "matplotlib", "networkx", "scipy.stats", "optuna", "SALib", "ray", "duckdb")
    names = ("red_packet", "KOL", "group_size", "trust", "daily", "packets")
    asked = [["list"], *(["explain", name] for name in names), ["list", "lang=zh"]]
    code = (f"import sys; from scenarios.__main__ import main\nfor words in {asked}: assert main(words) == 0\n"
            f"print('heavy:', [name for name in {heavy} if name in sys.modules])")
    done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True)
    assert done.stdout.splitlines()[-1] == "heavy: []"


def test_a_question_to_the_store_imports_no_rules() -> None:
    code = ("import sys; from scenarios.__main__ import main; main(['query', 'select 1', 'store=nowhere']); "
            "print('heavy:', [name for name in ('mesa', 'numba', 'matplotlib', 'scipy') if name in sys.modules])")
    found = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True)
    assert found.stdout.splitlines()[-1] == "heavy: []"

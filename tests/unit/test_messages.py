"""Mistakes are told in the language spoken: recognised by their English, part by part, and never spoilt."""

from __future__ import annotations

import re
import shutil
from collections.abc import Iterator
from pathlib import Path

import polib
import pytest

from docs.messages import found, parts
from scenarios.__main__ import main
from sim.locale import catalogue
from sim.locale.messages import message, parts_of
from sim.locale.speaking import speaking

ROOT = Path(__file__).resolve().parents[2]
ENGLISH = re.compile(r"[a-z]{2,} [a-z]{2,}")


@pytest.fixture(autouse=True)
def chinese() -> Iterator[None]:
    with speaking("zh"):
        yield


@pytest.mark.parametrize(
    ("english", "told"),
    [
        ("there is no command 'lst'; did you mean 'list'?", "没有命令“lst”；是不是想写“list”？"),
        ("scenario=x: there is no scenario 'x'; there is a, b", "scenario=x：没有名为“x”的场景；可用的有 a, b"),
        ("days=0 is out of range: it goes from 1 to 20000 days", "days=0 超出范围：可取 1 至 20000 天"),
        ("wage=-1 is out of range: it goes from 0 to 500 CNY/hour", "wage=-1 超出范围：可取 0 至 500 元/小时"),
        ("days='abc' is not a whole number", "days='abc' 不是整数"),
        ("conf/study/mine.yaml: arms: over: x: low=3 is not below high=2",
         "conf/study/mine.yaml：arms：over：x：low=3 不小于 high=2"),
        ("study mine, world 'a', arm 'b':\nstrategy: 'nothing' cannot be combined; leave it out",
         "研究 mine，世界“a”，方案“b”：\nstrategy：“nothing”不能与别的合用；请去掉"),
        ("out=here: No such file or directory; name another folder", "out=here：没有这个文件或文件夹；请换一个文件夹"),
        ("which study? write study=NAME; there is a, b", "哪一项（研究）？写法为 study=名称；可用的有 a, b"),
        ("talk.tie_gian: there is no such knob; did you mean 'tie_gain'?",  # in one slot nothing is filled in
         "talk.tie_gian：没有这个参数；是不是想写“tie_gain”？"),
        ("log.csv: column author is missing", "log.csv：缺少 author 列"),
        ("arms: arm 2, 'a+b': a has no knob 'x'", "arms：第 2 个方案“a+b”：a 没有参数“x”"),
        ("log.csv, line 8, column reply_to: '99' names no message of this group",
         "log.csv，第 8 行，reply_to 列：“99”不是本群的消息"),
    ],
)  # fmt: skip
def test_messages_are_told_part_by_part(english: str, told: str) -> None:
    assert message(english) == told
    with speaking("en"):
        assert message(english) == english


@pytest.mark.parametrize(
    ("english", "told"),
    [
        ("'study' is given twice; give it once", "“study”给了两次；给一次就够"),  # not the word for a study
        ("there is nothing called 'a; b: c'; see `shequn list`", "没有名为“a; b: c”的东西；见 `shequn list`"),
        ("there is nothing called 'there is no command'; see `shequn list`",
         "没有名为“there is no command”的东西；见 `shequn list`"),
        ("'a{0}b{x}' is no label; give up to 120 printable characters", None),
        ("'it's' is given twice; give it once", "“it's”给了两次；给一次就够"),
        ("something nobody has translated; give it once", "something nobody has translated；给一次就够"),
        ("", ""),
        ("{", "{"),
    ],
)  # fmt: skip
def test_what_users_wrote_stays_as_they_wrote_it(english: str, told: str | None) -> None:
    assert message(english) == told if told is not None else "a{0}b{x}" in message(english)


def test_nearly_every_part_is_translated() -> None:
    """Nine of ten at least: whoever adds a message need not know Chinese. Few parts are kept that nobody says."""
    known = {entry.msgid for entry in polib.pofile(str(ROOT / "sim" / "locale" / "zh.po"))
             if entry.msgctxt == "message" and entry.msgstr}  # fmt: skip
    said = found()
    assert len(said) > 300
    assert len(known & set(said)) > 0.9 * len(said)
    assert len(known - set(said)) < 0.05 * len(known), sorted(known - set(said))


def test_a_message_as_it_is_written_is_recognised_as_a_whole() -> None:
    """Every part, filled in with something, is told without a word of English left."""
    left = []
    for part in found():
        filled = re.sub(r"\{\d\}", "7", part).replace("{{", "{").replace("}}", "}")
        typed = r"'[^']*'|\"[^\"]*\"|`[^`]*`|\[[^]]*\]|\{.*\}|\([^)]*\)|--?\w+|\w+[=/._]\S*"
        words = re.sub(typed, " ", message(filled))
        if ENGLISH.search(words):
            left.append((filled, message(filled)))
    assert len(left) < 0.1 * len(found()), left[:5]


def test_parts_are_found_in_the_code() -> None:
    assert [*parts("{}: there is no '{}'\nname it; or not")] == ["there is no '{1}'", "name it", "or not"]
    assert parts_of("a (b; c); [d; e]; 'f; g'; h") == ["a (b; c)", "[d; e]", "'f; g'", "h"]
    said = found()
    assert "scenarios/__main__.py" in said["there is no command '{1}'"]
    assert {"did you mean '{1}'?", "{1}={2} is not a whole number", "{1} is no time"} <= set(said)


def test_another_language_is_one_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("shequn.pot", "zh.po"):
        shutil.copy(ROOT / "sim" / "locale" / name, tmp_path)
    (tmp_path / "de.po").write_text(
        'msgid ""\nmsgstr ""\n\nmsgctxt "message"\nmsgid "there is no command \'{1}\'"\n'
        'msgstr "den Befehl ‚{1}‘ gibt es nicht"\n', "utf-8")  # fmt: skip
    monkeypatch.setattr(catalogue, "FOLDER", tmp_path)
    with speaking("de"):
        assert message("there is no command 'lst'; did you mean 'list'?") == (
            "den Befehl ‚lst‘ gibt es nicht; did you mean 'list'?")  # fmt: skip


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (["lst"], "没有命令“lst”；是不是想写“list”？"),
        (["list", "--foo"], "不认识的词：--foo\n用 `shequn list --help` 查看用法"),
        (["run", "days=0", "out=outputs/x"], "days=0 超出范围"),
        (["run", "strategy=[red_pakcet]"], "没有策略“red_pakcet”；是不是想写“red_packet”？"),
        (["study", "study=group_siz"], "没有名为“group_siz”的研究；是不是想写“group_size”？"),
        (["report", "nowhere"], "nowhere 不是文件夹：请给出运行所在的文件夹"),
        (["read", "nowhere.csv"], "没有这个文件或文件夹"),
        (["query", "select 1", "store=nowhere"], "store=nowhere 不是存储"),
    ],
)
def test_the_command_line_tells_mistakes_in_chinese(
    words: list[str], told: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main([*words, "lang=zh"]) == 2
    said = capsys.readouterr().err
    assert said.startswith("shequn: ")
    assert told in said
    assert len(said.splitlines()) <= 3

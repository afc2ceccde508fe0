"""Files of the page: a question comes back, tables are those of the command, a stranger's file does no harm."""

from __future__ import annotations

import io
import json
import zipfile
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl

import pytest

from scenarios.errors import UserError
from scenarios.web.files import MOST_BYTES, opened, saved, tables
from scenarios.web.question import Question
from sim.data.results import load
from sim.locale.messages import message
from sim.locale.speaking import speaking

SMALL = Question(second="group_cap.limit=30", groups=2, days=10, communities=3)


def _file(**said: Any) -> bytes:
    return json.dumps({"kind": "shequn question", "version": 1, **said}).encode()


@pytest.mark.parametrize("day", [None, 4])
def test_a_question_comes_back_as_it_was(day: int | None) -> None:
    link = dict(parse_qsl(opened(saved(SMALL, day).encode())))
    assert Question.read(link) == SMALL
    assert link.get("day") == (str(day) if day else None)


def test_what_a_file_does_not_say_is_as_usual() -> None:
    assert Question.read(dict(parse_qsl(opened(b"\xef\xbb\xbf" + _file(days=30))))) == Question(days=30)


@pytest.mark.parametrize(("data", "told", "zh"), [
    (b"\x89PNG\r\n\x1a\n\x00\xff", "no question that this page has saved", "不是本页面保存的问题文件"),
    (b"[" * MOST_BYTES, "no question that this page has saved", "不是本页面保存的问题文件"),
    (b"{" * (MOST_BYTES + 1), "too large for a question: at most 20000 bytes", "文件太大"),
    (b"", "no question", "问题文件"),
    (b"[1, 2]", "no question", "问题文件"),
    (b'{"days": 30}', "no question", "问题文件"),
    (_file(scenario="\ud800"), "no question", "问题文件"),
    (_file(version=2), "of version 2; this page reads version 1", "版本 2"),
    (_file(_target_="os.system"), "says '_target_', which is no part of a question", "没有这一项"),
    (_file(sed=3), "did you mean 'seed'?", "没有这一项"),
    (_file(days="30"), "days=30, which is of another kind", "类型与问题中的不符"),
    (_file(seed=True), "seed=True, which is of another kind", "类型与问题中的不符"),
    (_file(seed=10**4000), "seed=1000", "seed=1000"),
    (_file(days=100000), "days=100000 is out of range", "days=100000"),
    (_file(day=181), "day=181 is out of range", "day=181"),
    (_file(day=[1]), "out of range", "day=[1]"),
    (_file(first="<img src=x onerror=alert(1)>"), "there is no strategy", "策略"),
    (_file(second="group_cap.limit=-1"), "limit", "limit"),
    (_file(scenario="../../etc/passwd"), "there is no scenario", "没有名为"),
])  # fmt: skip
def test_nonsense_is_told_in_one_sentence(data: bytes, told: str, zh: str) -> None:
    with pytest.raises(UserError, match=r"^[^\n]{1,700}$") as caught:
        opened(data)
    assert told in str(caught.value)
    with speaking("zh"):
        assert zh in message(str(caught.value))


def test_tables_are_a_run_of_the_same_digest(tmp_path: Path) -> None:
    from scenarios.execution.play import play

    with zipfile.ZipFile(io.BytesIO(tables(SMALL))) as packed:
        assert all(name.startswith("shequn-run/") for name in packed.namelist())
        packed.extractall(tmp_path)
    found = load(tmp_path / "shequn-run", verify=True)
    assert found.digest == play(SMALL.composed(), lambda arm, share: None).digest
    rows = (tmp_path / "shequn-run" / "outcomes.csv").read_text("utf-8-sig").splitlines()
    assert rows[0].startswith("arm,world,replicate,")
    assert len(rows) == 1 + 2 * 3
    assert (tmp_path / "shequn-run" / "command.sh").read_text("utf-8").strip() == SMALL.command

"""The page for one's own groups: what forms say, how far work is, work in turn, and what becomes of a log."""

from __future__ import annotations

import json
import os
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from scenarios.config import catalog
from scenarios.errors import UserError
from scenarios.experiments.advise.advise import Advise
from scenarios.web.advice.amounts import Amounts
from scenarios.web.advice.case import UPLOAD, Case, Progress, Stage, left_of, note
from scenarios.web.advice.desk import Desk
from scenarios.web.advice.fields import as_typed, fit_of, form_of, log_of, situation_said, situation_usual
from scenarios.web.advice.page import Shown, advice_page, far
from scenarios.web.advice.work import FITTED, FOUND, LOG, read
from scenarios.web.answers import Busy

FORM = (b"kind=deals&groups=3&people=20&hours=0.5&yuan=100&days=30&life=0&talk=1&sales=3"
        b"&without=shills&without=hard_adverts")  # fmt: skip
HOSTILE = "<img src=x onerror=alert(1)>"
CHAT = "\n".join(f"{day:02}/{month:02}/2025, 20:0{k} - Ana Secret: words that nobody shall see" for month in (1, 2)
                 for day in range(1, 13) for k in range(5)) + "\n"  # fmt: skip


def said(text: bytes = FORM, amounts: Amounts | None = None, is_fitted: bool = False) -> dict[str, Any]:
    return situation_said(form_of(text), amounts or Amounts(), is_fitted)


def test_a_form_says_what_advise_is_asked() -> None:
    found = Advise().read("advise", said(), ()).situation
    assert (found.kind, found.groups, found.people, found.days) == ("deals", 3, 20, 30)
    assert (found.hours, found.yuan) == (0.5, 100.0)
    assert found.weights == {"member_messages": 0.25, "revenue": 0.75}
    assert found.without == ("shills", "hard_adverts")


@pytest.mark.parametrize(("old", "new", "why"), [
    (b"kind=deals", b"kind=delas", "did you mean 'deals'"), (b"kind=deals", b"kind=fitted", "there is no 'fitted'"),
    (b"groups=3", b"groups=51", "from 1 to 50"), (b"groups=3", b"groups=2.5", "no whole number"),
    (b"hours=0.5", b"hours=nan", "no number"), (b"hours=0.5", b"hours=-1", "no number from 0"),
    (b"yuan=100", b"yuan=" + b"9" * 400, "no number"), (b"talk=1&sales=3", b"talk=0&sales=0", "something must matter"),
    (b"groups=3", b"groups=50&days=365", "too many for advice on the page"),
    (b"shills", b"shils", "did you mean 'shills'"), (b"days=30", b"days=%3Cimg%3E", "no whole number"),
])  # fmt: skip
def test_a_mistake_in_a_form_is_one_message(old: bytes, new: bytes, why: str) -> None:
    text = FORM.replace(old, new)
    text = text.replace(b"&days=30", b"") if b"days=365" in new else text
    with pytest.raises(UserError, match=why):
        said(text)


def test_all_that_can_be_done_may_not_be_ruled_out() -> None:
    names = "&".join(f"without={name}" for name in catalog.strategies())
    with pytest.raises(UserError, match="every strategy is ruled out"):
        said(FORM + b"&" + names.encode())


def test_other_forms() -> None:
    amounts = Amounts()
    assert said(FORM.replace(b"deals", FITTED.encode()), is_fitted=True)["kind"] == FITTED
    fit = fit_of(form_of(b"kind=learners&members=180&simulations=2000"), amounts)
    assert fit == {"kind": "learners", "members": 180, "simulations": 2000}
    assert log_of({"zone": "Asia/Shanghai", "order": "dmy"}) == ("Asia/Shanghai", "dmy")
    assert log_of({}) == ("UTC", None)
    for query in ({"zone": "../../etc/passwd"}, {"zone": "Mars"}, {"order": "dym"}):
        with pytest.raises(UserError):
            log_of(query)
    for text in (b"simulations=2001&members=0&kind=learners", b"simulations=1&members=0&kind=learners"):
        with pytest.raises(UserError, match="out of range"):
            fit_of(form_of(text), amounts)
    for body in (b"\xff\xfe", b"a=1&" * 1000):
        with pytest.raises(UserError, match="no form of this page"):
            form_of(body)
    assert as_typed(form_of(b"groups=x&talk=y&without=z"), situation_usual())["matters"]["talk"] == "y"


def test_the_time_left_does_not_count_what_was_there_before(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    now = [100.0]
    monkeypatch.setattr("scenarios.web.advice.case.time.time", lambda: now[0])
    case = Case(tmp_path)
    progress = Progress(case.folder, 110)
    now[0] += 5  # compiling
    progress.tell(50)  # and those that a former fit had left
    for _ in range(20):
        now[0] += 1
        progress.tell(1)
    assert left_of(case.progress(), now[0]) == 40.0
    case.stages["fit"].state = "going"
    shown = Shown(case, Amounts())
    assert far(shown, "en", now[0]) == {"text": "70 of about 110 communities, less than a minute left", "done": 70,
                                        "of": 110}  # fmt: skip
    (case.folder / "progress.json").write_text("half a l")
    assert far(shown, "en")["text"].startswith("Getting ready")


def in_folder(folder: Path, data: bytes, zone: str = "UTC", order: str | None = None) -> dict[str, Any]:
    (folder / UPLOAD).write_bytes(data)
    here = Path.cwd()
    try:
        os.chdir(folder)
        return read(zone, order)
    finally:
        os.chdir(here)


def kept(folder: Path) -> bytes:
    return b"".join(path.read_bytes() for path in folder.rglob("*") if path.is_file())


def test_nothing_of_texts_and_names_is_kept(tmp_path: Path) -> None:
    found = in_folder(tmp_path, CHAT.encode(), "Asia/Shanghai", "dmy")
    assert (found["rooms"], found["members"], found["messages"]) == (1, 1, 120)
    assert (found["first"], found["last"], found["order"]) == ("2025-01-01", "2025-02-12", "dmy")
    assert sorted(path.name for path in tmp_path.iterdir()) == [LOG]
    for word in (b"Secret", b"Ana", b"nobody"):
        assert word not in kept(tmp_path)
        assert word.decode() not in json.dumps(found)


def test_dates_that_could_be_two_are_left_to_the_visitor(tmp_path: Path) -> None:
    short = CHAT.encode()[: CHAT.index("01/02/2025")]
    found = in_folder(tmp_path, short)
    assert found["orders"] == ["dmy", "mdy"]
    assert (tmp_path / UPLOAD).is_file()
    case = Case(tmp_path)
    case.stages["log"] = Stage("log", "failed", found=found, mistake=found["mistake"])
    text = advice_page(Shown(case, Amounts()), "en")
    assert 'action="/advice/order"' in text
    assert "month first" in text
    assert "order" in in_folder(tmp_path, short, order="mdy")
    assert not (tmp_path / UPLOAD).exists()


@pytest.mark.parametrize("data", [b"", b"PK\x03\x04" + b"0" * 99, b"\x00\xff" * 500, b"{" * 5000, b"PAR1 and no more"])
def test_a_file_that_is_none_is_gone_at_once(data: bytes, tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="chat"):
        in_folder(tmp_path, data)
    assert list(tmp_path.iterdir()) == []


def quick(number: int) -> dict[str, Any]:
    return {"number": number, "there": Path.cwd().name}


def refused() -> dict[str, Any]:
    raise UserError("so it cannot be")


def slow(seconds: float) -> dict[str, Any]:
    note(Path("progress.json"), {"done": 1, "of": 2})
    time.sleep(seconds)
    return {}


def killed() -> dict[str, Any]:
    os._exit(9)


@pytest.fixture
def desk() -> Iterator[Desk]:
    made = Desk(Amounts(cases=3, seconds=300.0, reading=300.0), 1)
    yield made
    made.close()


def begin(desk: Desk, case: Case, name: str, act: Callable[..., Any], *about: Any) -> Stage:
    stage = case.take(name, {"asked": True})
    desk.begin(case, stage, act, *about)
    return stage


def wait(stage: Stage, *states: str) -> None:
    end = time.monotonic() + 300
    while stage.state not in states and time.monotonic() < end:
        time.sleep(0.02)
    assert stage.state in states


def test_work_is_done_in_turn_and_can_be_stopped(desk: Desk) -> None:
    first, second, third = desk.open(), desk.open(), desk.open()
    going = begin(desk, first, "advice", slow, 600.0)
    wait(going, "going")
    waiting = begin(desk, second, "advice", quick, 7)
    assert desk.before(waiting) == 1
    aside = begin(desk, third, "log", quick, 8)  # nobody waits for a fit to see their log
    wait(aside, "done")
    with pytest.raises(Busy):
        desk.open()
    while not first.progress():
        time.sleep(0.02)
    desk.stop(first)
    assert (going.state, going.mistake) == ("stopped", "")
    wait(waiting, "done")
    assert waiting.found == {"number": 7, "there": second.folder.name}
    desk.forget(first)
    assert not first.folder.exists()
    assert desk.find(first.key) is None
    assert second.key not in str(second.folder)


def test_what_goes_wrong_is_told(desk: Desk) -> None:
    case = desk.open()
    case.upload.write_bytes(b"Ana: hello")
    for name, act, why in (("log", killed, "ended from outside"), ("fit", refused, "so it cannot be")):
        stage = begin(desk, case, name, act)
        wait(stage, "failed")
        assert why in stage.mistake
    assert not case.upload.exists()
    desk.amounts = Amounts(seconds=0.1)
    stage = begin(desk, case, "fit", slow, 600.0)
    wait(stage, "failed")
    assert stage.mistake == "it took longer than a page may"
    assert not (case.folder / FOUND).exists()


def test_a_page_shows_a_strangers_words_as_words(tmp_path: Path) -> None:
    case = Case(tmp_path)
    case.stages["log"].state, case.stages["log"].mistake = "failed", HOSTILE
    typed = as_typed({"groups": [HOSTILE], "kind": [HOSTILE], "without": [HOSTILE], "talk": [HOSTILE]},
                     situation_usual())  # fmt: skip
    for lang in ("en", "zh"):
        text = advice_page(Shown(case, Amounts(), mistakes={"advice": HOSTILE}, typed={"advice": typed}), lang)
        assert "<img" not in text
        assert "&lt;img" in text
        assert "app_advice" not in text

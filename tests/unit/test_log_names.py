"""Names in a log: read as they are, shown where they belong, and hidden everywhere when asked."""

from __future__ import annotations

import io
from pathlib import Path

import pandas as pd
import pytest
from rich.console import Console

from scenarios.__main__ import main
from scenarios.reports.log_report import read_log
from sim.analysis.facts.targets import facts_table
from sim.analysis.logs.people import hidden, labels
from sim.analysis.logs.reading import read_messages, read_rooms

DATA = Path(__file__).parents[1] / "data"
PEOPLE = ("王小明", "Zoë Quixote", "13800138000", "<b>Bobby</b>", "wxid_7f3k2q")


def log(rows: int = 60) -> pd.DataFrame:
    """Five people in a group with a telling number, of whom the third joins by a route that names another."""
    frame = pd.DataFrame({"group": 48_211_907, "id": range(700_000, 700_000 + rows)})
    frame["t"] = pd.date_range("2024-05-01T10:00:00Z", periods=rows, freq="7h").strftime("%Y-%m-%dT%H:%M:%SZ")
    frame["author"] = [PEOPLE[(3 + k) % 5] for k in range(rows)]
    frame["kind"] = "text"
    frame["reply_to"] = pd.array([pd.NA, *range(700_000, 700_000 + rows - 1)], dtype="Int64")
    frame["channel"] = None
    frame.loc[2, ["kind", "reply_to", "channel"]] = ["join", pd.NA, f"asked by {PEOPLE[0]}"]
    frame.loc[3, "reply_to"] = 700_001
    frame["text"] = f"hello @{PEOPLE[1]}"
    return frame


@pytest.fixture
def place(tmp_path: Path) -> Path:
    """A log whose file bears the name of a member."""
    log().to_csv(tmp_path / f"{PEOPLE[0]}.csv", index=False)
    return tmp_path / f"{PEOPLE[0]}.csv"


def shown(path: Path, **settings: object) -> str:
    """What reading prints."""
    console = Console(file=io.StringIO(), width=200, markup=False, emoji=False)
    read_log(path, console=console, **settings)  # type: ignore[arg-type]
    return str(console.file.getvalue())  # type: ignore[attr-defined]


def test_authors_may_be_names(place: Path) -> None:
    messages = read_messages(place)
    assert set(labels(messages).values()) == set(PEOPLE)
    assert messages["author"].nunique() == 5
    assert labels(read_messages(DATA / "rooms_extract.parquet")) == {}


def test_shown_names_stand_on_the_page_as_text(place: Path, tmp_path: Path) -> None:
    printed = shown(place, out=tmp_path / "out")
    page = (tmp_path / "out" / "report.html").read_text("utf-8")
    assert all(name in printed for name in PEOPLE)
    assert "王小明" in page
    assert "&lt;b&gt;Bobby&lt;/b&gt;" in page
    assert "<b>Bobby" not in page
    assert not (tmp_path / "out" / "log.csv").exists()


def test_hidden_names_occur_in_no_file_and_on_no_screen(place: Path, tmp_path: Path,
                                                        monkeypatch: pytest.MonkeyPatch) -> None:  # fmt: skip
    monkeypatch.chdir(tmp_path)
    printed = shown(place, hide=True, lang="zh")
    folder = next((tmp_path / "outputs" / "read").iterdir())
    files = sorted(path for path in folder.rglob("*") if path.is_file())
    assert {path.suffix for path in files} == {".html", ".png", ".csv", ".parquet"}
    telling = [*PEOPLE, "Bobby", "Quixote", "48211907", "700000"]
    for name in telling:
        assert [path.name for path in files if name.encode() in path.read_bytes() or name in str(path.name)] == []
        assert name not in printed + str(folder)
    daily = pd.read_parquet(folder / "daily.parquet")
    assert not daily.astype(str).isin([*telling]).any(axis=None)
    assert "成员 1" in printed
    assert "member 1<" in (folder / "report.html").read_text("utf-8")


def test_members_are_numbered_by_their_first_line_however_long_the_log() -> None:
    whole = log().drop(columns=["text"]).assign(t=lambda frame: pd.to_datetime(frame["t"]))
    whole["author"] = pd.factorize(whole["author"], sort=True)[0]
    short, long = hidden(whole[:20])[0], hidden(whole)[0]
    pd.testing.assert_frame_equal(short, long[:20])
    assert long["author"][:7].tolist() == [1, 2, 3, 4, 5, 1, 2]
    assert long["id"].tolist() == list(range(60))
    assert long["reply_to"][4] == 3
    assert long["group"].eq(0).all()
    assert long["channel"].isna().all()  # the route named somebody
    assert "name" not in long


def test_routes_in_the_projects_words_are_kept() -> None:
    named = log().drop(columns=["text"]).assign(author=1, t=lambda frame: pd.to_datetime(frame["t"]))
    assert hidden(named.assign(channel="qr_code"))[0]["channel"].eq("qr_code").all()
    assert hidden(named.assign(channel="removed"))[0]["channel"].eq("removed").all()


def test_the_hidden_log_is_a_log_with_the_same_facts(tmp_path: Path) -> None:
    source, rooms_file = DATA / "rooms_extract.parquet", DATA / "rooms_extract_rooms.csv"
    messages = read_messages(source)
    rooms = read_rooms(rooms_file, messages)
    other, known = hidden(messages, rooms)
    assert known is not None
    assert len(known) == len(rooms)
    columns = ["id", "statistic", "value", "n"]
    before, after = facts_table(messages, rooms=rooms), facts_table(other, rooms=known)
    pd.testing.assert_frame_equal(before[columns], after[columns])
    assert main(["read", str(source), "names=hidden", f"out={tmp_path}"]) == 0
    same = ["group", "id", "t", "author", "reply_to"]
    pd.testing.assert_frame_equal(read_messages(tmp_path / "log.csv")[same], hidden(messages)[0][same])

"""What is written of a log is read again as the same log: people, times, kinds, replies, comings and goings."""

from __future__ import annotations

import shutil
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sim.analysis.logs.reading import read_messages
from sim.analysis.logs.summary import summarise
from sim.exchange.format import Format
from sim.exchange.reading import Export, read_export
from sim.exchange.registry import writers
from sim.exchange.writing import write_groups

DATA = Path(__file__).parents[1] / "data"
KINDS = ["chat", "question", "answer", "content", "news", "advert", "offer", "red_packet", "text", "image", "bot"]
META = {"start": "2025-03-03", "timezone": "Asia/Shanghai"}
KEYS = {"world": "w", "arm": "a+b=1/2", "replicate": 0}
NO_SPELLS = pd.DataFrame({**{name: [] for name in KEYS}, "group": [], "person": [], "day_joined": [], "day_left": []})


def there_and_back(
    messages: pd.DataFrame, spells: pd.DataFrame, one: Format, folder: Path, lang: str = "en"
) -> list[Export]:
    shutil.rmtree(folder, ignore_errors=True)
    names = write_groups(messages, spells, META, one, folder, lang)
    assert sorted(path.name for path in folder.iterdir()) == sorted(names)
    return [read_export(folder / name, zone=META["timezone"]) for name in names]


lines = st.tuples(st.integers(0, 200_000), st.integers(0, 9), st.sampled_from(KINDS), st.integers(0, 5))
logs = st.lists(lines, min_size=1, max_size=40)


@pytest.mark.parametrize("name", sorted(writers()))
@given(log=logs, lang=st.sampled_from(["en", "zh"]))
@settings(max_examples=25, deadline=None)
def test_lines_come_back(
    name: str, log: list[tuple[int, int, str, int]], lang: str, tmp_path_factory: pytest.TempPathFactory
) -> None:
    if all(kind in ("advert", "offer", "red_packet", "bot") for *_, kind, _ in log):
        log = [*log, (1, 1, "text", 0)]
    seconds = np.cumsum([gap for gap, *_ in log]) + 1_740_931_200
    reply = [at - back if 0 < back <= at else None for at, (*_, back) in enumerate(log)]
    frame = pd.DataFrame({**KEYS, "group": 3, "id": range(len(log)), "author": [who for _, who, *_ in log],
                          "t": pd.to_datetime(seconds, unit="s", utc=True), "kind": [kind for *_, kind, _ in log],
                          "reply_to": pd.array(reply, "Int32")})  # fmt: skip
    one = writers()[name]
    (export,) = there_and_back(frame, NO_SPELLS, one, tmp_path_factory.mktemp("x") / "out", lang)
    found = export.messages
    assert found["t"].tolist() == frame["t"].tolist()
    assert found["kind"].astype(str).tolist() == frame["kind"].tolist()
    assert len(set(zip(found["author"], frame["author"], strict=True))) == frame["author"].nunique()
    if one.has_replies:
        assert found["reply_to"].tolist() == frame["reply_to"].tolist()
    else:
        assert found["reply_to"].isna().all()


@pytest.mark.parametrize("name", sorted(writers()))
def test_joins_and_leaves_come_from_the_spells(name: str, tmp_path: Path) -> None:
    frame = pd.DataFrame({**KEYS, "group": 0, "id": [0, 1], "author": [5, 6], "kind": "quarrel", "reply_to": None,
                          "t": pd.to_datetime(["2025-03-04T01:00:00Z", "2025-03-05T01:00:00Z"])})  # fmt: skip
    frame.loc[1, "kind"] = "chat"
    spells = pd.DataFrame({**KEYS, "group": [0, 0, 0, 1], "person": [5, 6, 7, 8], "day_joined": [0, -3, 1, 0],
                           "day_left": pd.array([None, None, 2, 1], "Int32")})  # fmt: skip
    (export,) = there_and_back(frame, spells, writers()[name], tmp_path / "out")
    told = [(kind, str(t.tz_convert("Asia/Shanghai"))[:16]) for kind, t in
            zip(export.messages["kind"], export.messages["t"], strict=True)]  # fmt: skip
    assert told == [("join", "2025-03-03 00:00"), ("join", "2025-03-04 00:00"), ("notice", "2025-03-04 09:00"),
                    ("chat", "2025-03-05 09:00"), ("leave", "2025-03-05 23:59")]  # fmt: skip
    joined, spoke, left = (export.messages.iloc[at]["author"] for at in (0, 2, 4))
    assert joined == spoke != left


@pytest.mark.parametrize("name", sorted(writers()))
def test_the_measures_are_the_same(name: str, tmp_path: Path) -> None:
    """But for those that rest on replies, of which WhatsApp text tells nothing."""
    log = read_messages(DATA / "rooms_extract.parquet")
    room = log["group"].value_counts().index[3]
    log = log[log["group"] == room].head(4000).assign(t=lambda frame: frame["t"].dt.floor("s"), **KEYS)
    one = writers()[name]
    (export,) = there_and_back(log, NO_SPELLS, one, tmp_path / "out")
    before = summarise(log.drop(columns=list(KEYS)).reset_index(drop=True), None, "a", "Asia/Shanghai")
    after = summarise(export.messages, None, "a", "Asia/Shanghai")
    for table, key in (("facts", "id"), ("numbers", "measure")):
        was, now = (getattr(one, table).set_index(key)["value"] for one in (before, after))
        same = np.isclose(was.to_numpy(float), now.to_numpy(float), rtol=1e-12, equal_nan=True)
        assert one.has_replies is False or same.all(), (was[~same], now[~same])
        assert set(was.index[~same]) <= {"K5", "K6", "K7", "K17"}

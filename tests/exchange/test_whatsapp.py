"""WhatsApp text: day or month first, twelve hours, clocks that go back, names, whoever came and went."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sim.analysis.logs.columns import LogError
from sim.exchange.clock import from_wall
from sim.exchange.date_order import ORDERS, Undecided, order_of
from sim.exchange.reading import read_export
from sim.exchange.whatsapp_words import comings

FIELDS = {"d": lambda day: day.day, "m": lambda day: day.month, "y": lambda day: day.year % 100}


def chat(folder: Path, text: str) -> Path:
    (folder / "chat").write_text(text, "utf-8")
    return folder / "chat"


@given(st.sampled_from(ORDERS), st.dates(date(2010, 1, 1), date(2030, 1, 1)),
       st.lists(st.integers(1, 20), min_size=60, max_size=90))  # fmt: skip
@settings(max_examples=60, deadline=None)
def test_the_order_of_two_months_is_found(order: str, first: date, steps: list[int]) -> None:
    days = [first + timedelta(int(sum(steps[:at]))) for at in range(len(steps))]
    fields = [tuple(FIELDS[letter](day) for letter in order) for day in days]
    assert order_of(fields) == order  # type: ignore[arg-type]


@pytest.mark.parametrize(("dates", "orders"), [
    ([(3, 4, 25), (4, 4, 25)], ["dmy", "mdy"]),
    ([(1, 2, 25)], ["dmy", "mdy"]),
    ([], ["dmy", "mdy"]),
])  # fmt: skip
def test_what_may_be_read_in_two_ways_is_asked(dates: list[tuple[int, int, int]], orders: list[str]) -> None:
    with pytest.raises(Undecided) as caught:
        order_of(dates)
    assert caught.value.orders == orders


@pytest.mark.parametrize(("dates", "order"), [
    ([(5, 5, 25)], "dmy"),  # the same either way
    ([(31, 12, 25)], "dmy"),
    ([(12, 31, 25)], "mdy"),
    ([(2025, 3, 4)], "ymd"),
    ([(3, 4, 2025), (13, 4, 2025)], "dmy"),
    ([(25, 12, 30), (25, 12, 31), (26, 1, 1)], "ymd"),
])  # fmt: skip
def test_what_dates_tell_by_themselves(dates: list[tuple[int, int, int]], order: str) -> None:
    assert order_of(dates) == order


def test_an_ambiguous_file_is_read_as_the_user_says(tmp_path: Path) -> None:
    path = chat(tmp_path, "03/04/25, 20:03 - Ana: hi\n04/04/25, 20:03 - Bo: hi\n")
    with pytest.raises(LogError, match="order=dmy or order=mdy") as caught:
        read_export(path)
    assert "3/4/25" in str(caught.value)
    assert read_export(path, order="dmy").messages["t"].dt.month.tolist() == [4, 4]
    assert read_export(path, order="mdy").messages["t"].dt.month.tolist() == [3, 4]


def test_a_pasted_chat_is_part_of_the_message_it_was_pasted_into(tmp_path: Path) -> None:
    own = [f"{day:02d}/05/25, 20:03 - Ana: hi" for day in range(1, 29)]
    early = [f"{day:02d}/02/25, 20:03 - Zed: hi" for day in range(1, 4)]
    late = ["11/11/25, 20:03 - Yul: hi", "not a line of its own"]
    messages = read_export(chat(tmp_path, "\n".join([*own[:9], *early, *own[9:20], *late, *own[20:]]))).messages
    assert len(messages) == 28
    assert messages["author"].nunique() == 1


@pytest.mark.parametrize("piece", range(1000, 1400, 40))
def test_a_pasted_line_is_known_wherever_the_file_is_cut(
    piece: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    own = [f"13/05/25, {hour:02d}:{minute:02d} - Ana: hi" for hour in range(20, 24) for minute in range(30)]
    path = chat(tmp_path, "\n".join([*own[:40], "11/11/25, 20:03 - Yul: hi", *own[40:]]))
    monkeypatch.setattr("sim.exchange.text._PIECE", piece)
    assert len(read_export(path).messages) == len(own)


def test_a_clock_that_goes_back_keeps_the_order(tmp_path: Path) -> None:
    wall = ["01:50", "02:10", "02:50", "02:05", "02:40", "03:10"]
    text = "".join(f"26/10/2025, {clock} - Ana: hi\n" for clock in wall)
    messages = read_export(chat(tmp_path, text), zone="Europe/Berlin").messages
    assert messages["t"].dt.strftime("%H:%M").tolist() == ["23:50", "00:10", "00:50", "01:05", "01:40", "02:10"]
    assert messages["id"].tolist() == list(range(6))


@given(st.lists(st.integers(0, 3 * 365 * 24 * 3600), min_size=1, max_size=50),
       st.sampled_from(["Europe/Berlin", "America/New_York", "Asia/Shanghai", "Australia/Lord_Howe"]))  # fmt: skip
@settings(max_examples=40, deadline=None)
def test_wall_clocks_come_back_as_they_were(seconds: list[int], zone: str) -> None:
    import pandas as pd

    times = pd.DatetimeIndex(1.7e9 * 1e9 + np.sort(np.array(seconds)) * 1e9, tz="UTC")
    wall = times.tz_convert(zone).tz_localize(None).to_numpy("datetime64[ns]").astype(np.int64) / 1e9
    off = np.abs(from_wall(wall, zone) - times.tz_localize(None).to_numpy("datetime64[ns]").astype(np.int64) / 1e9)
    assert set(off.tolist()) <= {0.0, 1800.0, 3600.0}  # in the hour that comes twice one cannot always tell
    assert np.median(off) == 0 or len(off) < 5


@pytest.mark.parametrize(("sentence", "told"), [
    ("Ana added you", [("system", "", None)]),
    ("Ana changed the group name from “a: b” to “c”", [("system", "", None)]),
    ("Bo, Cem und Dea", [("system", "", None)]),
    ("Ana hat Bo, Cem und Dea hinzugefügt", [("join", name, "invited") for name in ("Bo", "Cem", "Dea")]),
    ("\u200e+49\u00a0170 0000 left", [("leave", "+49 170 0000", None)]),
    ("x" * 100_000, [("system", "", None)]),
])  # fmt: skip
def test_sentences_of_the_program(sentence: str, told: list[tuple[str, str, str | None]]) -> None:
    assert list(comings(sentence)) == told


def test_a_sentence_with_quotes_and_a_colon_makes_no_member(tmp_path: Path) -> None:
    text = ('13/05/25, 20:03 - Ana: hi\n13/05/25, 20:04 - Ana changed the subject from "a: b" to "c"\n'
            "13/05/25, 20:05 - A:B 12:30: hi\n")  # fmt: skip
    messages = read_export(chat(tmp_path, text)).messages
    assert messages["kind"].tolist() == ["text", "system", "text"]
    assert messages["author"].tolist() == [1, 0, 2]

"""Reading a log: what is read comes back the same, and whatever is wrong ends in one clear message."""

from __future__ import annotations

import io
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sim.analysis.logs.reading import LogError, read_messages, read_rooms

DATA = Path(__file__).parents[1] / "data"
COLUMNS = ["group", "id", "t", "author", "kind", "reply_to"]
DICE = np.random.default_rng


def good(rows: int = 12) -> list[list[str]]:
    """A small sound log as text: two rooms, every third message a reply to the one before."""
    out = [COLUMNS]
    for k in range(rows):
        group, i = divmod(k, rows // 2)
        reply = str(i - 1) if i % 3 == 2 else ""
        out.append([str(group), str(i), f"2024-05-0{group + 1}T10:{i:02d}:30Z", str(i % 3), "text", reply])
    return out


def as_csv(rows: list[list[str]]) -> bytes:
    return ("\n".join(",".join(row) for row in rows) + "\n").encode()


def good_frame() -> pd.DataFrame:
    frame = pd.read_csv(io.BytesIO(as_csv(good())))
    return frame.assign(t=pd.to_datetime(frame["t"]), reply_to=frame["reply_to"].astype("Int32"))


def as_parquet(frame: pd.DataFrame) -> bytes:
    sink = io.BytesIO()
    frame.to_parquet(sink, index=False)
    return sink.getvalue()


def refuse(path: Path, data: bytes) -> str:
    path.write_bytes(data)
    with pytest.raises(LogError) as caught:
        read_messages(path)
    message = str(caught.value)
    lines = message.splitlines()
    assert 1 <= len(lines) <= 3
    assert path.name in lines[0]
    assert max(map(len, lines)) < 320
    assert message.isprintable() or all(line.isprintable() for line in lines)
    return message


def test_csv_and_parquet_read_alike(tmp_path: Path) -> None:
    whole = read_messages(DATA / "rooms_extract.parquet")
    whole.to_csv(tmp_path / "log.csv", index=False)
    pd.testing.assert_frame_equal(read_messages(tmp_path / "log.csv"), whole)
    assert whole["group"].nunique() == 22
    assert str(whole["t"].dt.tz) == "UTC"
    assert whole["reply_to"].notna().sum() > 100


def test_order_of_rows_and_columns_does_not_matter(tmp_path: Path) -> None:
    (tmp_path / "a.csv").write_bytes(as_csv(good()))
    frame = pd.read_csv(tmp_path / "a.csv", dtype=str, keep_default_na=False)
    frame.sample(frac=1, random_state=1)[COLUMNS[::-1]].assign(text="kept, out").to_csv(tmp_path / "b.csv", index=False)
    pd.testing.assert_frame_equal(read_messages(tmp_path / "a.csv"), read_messages(tmp_path / "b.csv"))


def test_bom_crlf_and_times_with_a_zone_are_read(tmp_path: Path) -> None:
    rows = good()
    rows[1][2] = "2024-05-01T18:00:30+08:00"
    (tmp_path / "a.csv").write_bytes(b"\xef\xbb\xbf" + as_csv(rows).replace(b"\n", b"\r\n"))
    assert read_messages(tmp_path / "a.csv")["t"][0] == pd.Timestamp("2024-05-01T10:00:30Z")


Rows = list[list[str]]
BAD_CELLS: list[tuple[str, str]] = [
    *[
        (name, value)
        for name in ("group", "id", "author")
        for value in ("x", "-1", "1.5", "", "99999999999", "nan", "inf")
    ],
    *[("reply_to", value) for value in ("x", "-3", "0.5", "777", "5", "1e400", "true")],
    *[("t", value) for value in ("", "yesterday", "1714557600", "2024-13-01", "2024-05-01T25:00:00Z", "1066-10-14")],
    *[("t", value) for value in ("2262-05-01T00:00:00Z", "10:30", "05/01/2024", "2024-05-01T10:00:00Zz")],
    *[("kind", value) for value in ("", "txet", "红包", "TEXT", "text;link", "0")],
]


@pytest.mark.parametrize(("column", "value"), BAD_CELLS)
def test_a_bad_cell_is_named(tmp_path: Path, column: str, value: str) -> None:
    rows = good()
    row = int(DICE(len(column + value)).integers(2, len(rows) - 1))
    if column == "reply_to" and value == "5":
        row = 3  # message 2 of the first room answers a later one
    rows[row][COLUMNS.index(column)] = value
    message = refuse(tmp_path / "log.csv", as_csv(rows))
    assert f"line {row + 1}, column {column}" in message or "no message of this group" in message


def _drop(name: str) -> Callable[[Rows], bytes]:
    at = COLUMNS.index(name)
    return lambda rows: as_csv([row[:at] + row[at + 1 :] for row in rows])


BAD_FILES: dict[str, Callable[[Rows], bytes]] = {
    "nothing": lambda rows: b"",
    "blank": lambda rows: b"\n\n  \n",
    "header only": lambda rows: as_csv(rows[:1]),
    "no header": lambda rows: as_csv(rows[1:]),
    "semicolons": lambda rows: as_csv(rows).replace(b",", b";"),
    "tabs": lambda rows: as_csv(rows).replace(b",", b"\t"),
    "utf-16": lambda rows: as_csv(rows).decode().encode("utf-16"),
    "latin-1": lambda rows: as_csv(rows).replace(b"text", "t\xe9xt".encode("latin-1")),
    "gbk": lambda rows: as_csv(rows).replace(b"text", "红包".encode("gbk")),
    "null character": lambda rows: as_csv(rows).replace(b"text", b"te\0t", 1),
    "zip": lambda rows: b"PK\x03\x04" + bytes(range(256)),
    "parquet called csv": lambda rows: as_parquet(good_frame()),
    "open quote": lambda rows: as_csv(rows).replace(b"text", b'"text', 1),
    "open quote in the header": lambda rows: b'"' + as_csv(rows),
    "a field too many": lambda rows: as_csv([*rows[:5], [*rows[5], "9"], *rows[6:]]),
    "a field too few": lambda rows: as_csv([*rows[:5], rows[5][:-1], *rows[6:]]),
    "a field too many everywhere": lambda rows: as_csv([rows[0], *[[*row, "9"] for row in rows[1:]]]),
    "column twice": lambda rows: as_csv([[*row, row[0]] for row in rows]),
    "id twice": lambda rows: as_csv([*rows, rows[4]]),
    "bots only": lambda rows: as_csv([[cell if cell != "text" else "bot" for cell in row] for row in rows]),
    "html": lambda rows: b"<html><body>404</body></html>",
    **{f"without {name}": _drop(name) for name in COLUMNS},
    **{
        f"{name} renamed": (lambda rows, name=name: as_csv(rows).replace(name.encode(), b"x_y_z", 1))
        for name in COLUMNS
    },
}


@pytest.mark.parametrize("name", BAD_FILES)
def test_a_bad_csv_is_refused(tmp_path: Path, name: str) -> None:
    refuse(tmp_path / "log.csv", BAD_FILES[name](good()))


@pytest.mark.parametrize("seed", range(20))
def test_a_csv_cut_inside_a_row_is_refused(tmp_path: Path, seed: int) -> None:
    data = as_csv(good())
    row = int(DICE(seed).integers(2, 13))
    lines = data.split(b"\n")
    cut = int(DICE(seed + 100).integers(1, lines[row].rindex(b",")))
    refuse(tmp_path / "log.csv", b"\n".join([*lines[:row], lines[row][:cut]]))


BAD_FRAMES: dict[str, Callable[[pd.DataFrame], pd.DataFrame]] = {
    **{f"without {name}": (lambda frame, name=name: frame.drop(columns=name)) for name in COLUMNS},
    "no rows": lambda frame: frame.iloc[:0],
    "lists": lambda frame: frame.assign(author=[[1]] * len(frame)),
    "bytes": lambda frame: frame.assign(kind=[b"\xff\xfe"] * len(frame)),
    "yes and no": lambda frame: frame.assign(author=True),
    "half an author": lambda frame: frame.assign(author=frame["author"] + 0.5),
    "author missing": lambda frame: frame.assign(author=frame["author"].where(frame["id"] > 0)),
    "author by name and by nothing": lambda frame: frame.assign(author=["Ann", None] * (len(frame) // 2)),
    "negative group": lambda frame: frame.assign(group=-frame["group"] - 1),
    "times as numbers": lambda frame: frame.assign(t=frame["t"].astype("int64")),
    "times as words": lambda frame: frame.assign(t="now"),
    "time missing": lambda frame: frame.assign(t=frame["t"].where(frame["id"] > 0)),
    "times of another age": lambda frame: frame.assign(t=pd.Timestamp("1812-06-24", tz="UTC")),
    "kind as numbers": lambda frame: frame.assign(kind=3),
    "kind missing": lambda frame: frame.assign(kind=None),
    "reply to nobody": lambda frame: frame.assign(reply_to=9999),
    "reply to itself": lambda frame: frame.assign(reply_to=frame["id"]),
    "reply as time": lambda frame: frame.assign(reply_to=frame["t"]),
    "same id": lambda frame: frame.assign(id=0, reply_to=pd.NA),
    "on_topic as word": lambda frame: frame.assign(on_topic="perhaps"),
    "negative replicate": lambda frame: frame.assign(replicate=-2),
}


@pytest.mark.parametrize("name", BAD_FRAMES)
def test_a_bad_parquet_is_refused(tmp_path: Path, name: str) -> None:
    refuse(tmp_path / "log.parquet", as_parquet(BAD_FRAMES[name](good_frame())))


@pytest.mark.parametrize("seed", range(20))
def test_a_torn_parquet_is_refused(tmp_path: Path, seed: int) -> None:
    data = as_parquet(good_frame())
    refuse(tmp_path / "log.parquet", data[: int(DICE(seed).integers(1, len(data) - 1))])


@pytest.mark.parametrize("seed", range(40))
def test_a_parquet_with_wrong_bytes_never_ends_in_another_error(tmp_path: Path, seed: int) -> None:
    data = bytearray(as_parquet(good_frame()))
    for place in DICE(seed).integers(0, len(data), 8):
        data[place] ^= int(DICE(seed + place).integers(1, 256))
    (tmp_path / "log.parquet").write_bytes(bytes(data))
    try:
        read_messages(tmp_path / "log.parquet")
    except LogError as error:
        said = str(error)
    else:
        said = ""
    assert len(said.splitlines()) <= 3


@settings(max_examples=60, deadline=None)
@given(data=st.one_of(st.binary(max_size=300), st.text(max_size=200).map(lambda s: s.encode("utf-8", "replace"))))
def test_noise_is_refused(tmp_path_factory: pytest.TempPathFactory, data: bytes) -> None:
    folder = tmp_path_factory.mktemp("noise")
    refuse(folder / "log.csv", data)
    refuse(folder / "log.parquet", data)


def test_columns_of_a_parquet_may_not_stand_twice(tmp_path: Path) -> None:
    table = pa.Table.from_pandas(good_frame())
    twice = pa.table([*table.columns, table["id"]], names=[*table.column_names, "id"])
    pq.write_table(twice, tmp_path / "log.parquet")
    assert "twice" in refuse(tmp_path / "log.parquet", (tmp_path / "log.parquet").read_bytes())


@pytest.mark.parametrize("name", ["nowhere.csv", "nowhere.parquet", "folder.csv", "log.xlsx", "log", "a\0b.csv"])
def test_a_file_that_cannot_be_a_log_is_refused(tmp_path: Path, name: str) -> None:
    (tmp_path / "folder.csv").mkdir()
    with pytest.raises(LogError) as caught:
        read_messages(tmp_path / name)
    assert len(str(caught.value).splitlines()) <= 3


def test_a_near_miss_gets_a_hint(tmp_path: Path) -> None:
    rows = good()
    rows[4][4] = "imag"
    assert "did you mean 'image'?" in refuse(tmp_path / "log.csv", as_csv(rows))


ROOMS = "group,created_utc,obs_end_utc\n0,2024-05-01T00:00:00Z,2024-06-01\n1,,\n"


def test_rooms_are_read(tmp_path: Path) -> None:
    (tmp_path / "log.csv").write_bytes(as_csv(good()))
    (tmp_path / "rooms.csv").write_text(ROOMS, "utf-8")
    rooms = read_rooms(tmp_path / "rooms.csv", read_messages(tmp_path / "log.csv"))
    assert rooms["created"].notna().tolist() == [True, False]
    assert rooms["observed_until"][0] == pd.Timestamp("2024-06-01", tz="UTC")


def test_rooms_of_a_recorded_simulation_are_refused(tmp_path: Path) -> None:
    (tmp_path / "log.csv").write_bytes(as_csv([[*row, "replicate" if k == 0 else "1"] for k, row in enumerate(good())]))
    (tmp_path / "rooms.csv").write_text(ROOMS, "utf-8")
    with pytest.raises(LogError, match=r"by replicate too\nleave out rooms="):
        read_rooms(tmp_path / "rooms.csv", read_messages(tmp_path / "log.csv"))


@pytest.mark.parametrize("column", ["created_utc", "obs_end_utc"])
def test_rooms_may_tell_one_of_the_two_times(tmp_path: Path, column: str) -> None:
    (tmp_path / "rooms.csv").write_text(f"group,{column}\n0,2024-05-01T00:00:00Z\n1,\n", "utf-8")
    rooms = read_rooms(tmp_path / "rooms.csv")
    assert rooms[["created", "observed_until"]].notna().sum().sum() == 1
    assert {str(rooms[name].dtype) for name in ("created", "observed_until")} == {"datetime64[us, UTC]"}


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("group", "room"),
        ("\n1,", "\n0,"),
        ("\n1,,\n", "\n"),
        ("2024-06-01", "2024-04-01"),
        ("2024-06-01", "June"),
        (",created_utc,obs_end_utc", ",a,b"),
        ("\n0,", "\n-1,"),
    ],
)
def test_bad_rooms_are_refused(tmp_path: Path, old: str, new: str) -> None:
    (tmp_path / "log.csv").write_bytes(as_csv(good()))
    (tmp_path / "rooms.csv").write_text(ROOMS.replace(old, new), "utf-8")
    with pytest.raises(LogError) as caught:
        read_rooms(tmp_path / "rooms.csv", read_messages(tmp_path / "log.csv"))
    assert "rooms.csv" in str(caught.value)
    assert len(str(caught.value).splitlines()) <= 3

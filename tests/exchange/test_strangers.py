"""A file that somebody spoilt is read or refused with one message; it never ends in anything else, nor takes long."""

from __future__ import annotations

import contextlib
import time
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sim.analysis.logs.columns import LogError
from sim.exchange.reading import to_table
from tests.exchange.corpus import FILES

PIECES = [b"\x00", b"\xff", b'"', b"{", b"}", b"[", b"]", b",", b"\n", b"null", b"1e999", b"-1", b"\xe2\x80\x8e", b": ",
          b'{"a":', b"99999999999999999999999", b"true", b"NaN", b"12/31/25, 8:03 PM - "]  # fmt: skip
spoilt = st.lists(st.tuples(st.floats(0, 1), st.integers(0, 12), st.sampled_from(PIECES)), min_size=1, max_size=6)


@given(name=st.sampled_from([name for name in FILES if len(FILES[name][2]) < 100_000]), where=spoilt)
@settings(max_examples=150, deadline=None)
def test_spoilt_files_are_read_or_refused(
    name: str, where: list[tuple[float, int, bytes]], tmp_path_factory: pytest.TempPathFactory
) -> None:
    _, encoding, text, _ = FILES[name]
    raw = text.encode(encoding)
    for share, cut, piece in where:
        at = int(share * len(raw))
        raw = raw[:at] + piece + raw[at + cut :]
    folder = tmp_path_factory.mktemp("x")
    (folder / "chat").write_bytes(raw)
    try:
        to_table(folder / "chat", folder / "t.parquet", "Europe/Berlin")
    except LogError as refused:
        assert len(str(refused).splitlines()) <= 3  # noqa: PT017
        assert [one.name for one in folder.iterdir()] == ["chat"]


@pytest.mark.parametrize("line", [
    "12/31/25, 20:03 - " + "a" * 300_000,
    "12/31/25, 20:03 - " + "a:" * 100_000,
    "12/31/25, 20:03 - Ana added " + ", " * 100_000,
    "[12/31/25, 20:03:15] Ana: \u200e" + "通过链接加入" * 50_000,
    "12/31/25, 20:03 - Ana: [" + "[" * 200_000,
    "12/31/25, 20:03 - Ana: " + "<title>" * 50_000 + ")",
])  # fmt: skip
def test_long_lines_take_no_long_time(line: str, tmp_path: Path) -> None:
    (tmp_path / "chat").write_text("12/31/25, 20:02 - Ana: hi\n[12/31/25, 20:02:00] Ana: hi\n" + line, "utf-8")
    began = time.process_time()
    with contextlib.suppress(LogError):
        to_table(tmp_path / "chat", tmp_path / "t.parquet")
    assert time.process_time() - began < 5


def test_names_without_end_are_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sim.exchange.people._MOST", 100)
    (tmp_path / "chat").write_text("".join(f"31/12/2025, 20:03 - M{at}: hi\n" for at in range(200)), "utf-8")
    with pytest.raises(LogError, match="more than 100 authors"):
        to_table(tmp_path / "chat", tmp_path / "t.parquet")

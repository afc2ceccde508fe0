"""Logs that claim too much are refused before they are read; what is written is there whole or not at all."""

from __future__ import annotations

import errno
import os
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from scenarios.__main__ import main
from scenarios.reports import page
from sim.analysis.logs import files
from sim.analysis.logs.reading import LogError, read_messages, read_rooms

HEAD = "group,id,t,author,kind,reply_to\n"
TINY = HEAD + "0,0,2024-05-01T10:00:00Z,1,text,\n"


def refused(path: Path) -> str:
    with pytest.raises(LogError) as caught:
        read_messages(path)
    message = str(caught.value)
    assert path.name in message
    assert len(message.splitlines()) <= 3
    return message


def sparse(path: Path, head: str, size: int) -> Path:
    """A file that begins with some text and is otherwise a hole: it takes no room on the disk."""
    path.write_text(head)
    os.truncate(path, size)
    return path


def constant(path: Path, groups: int, rows: int = 1_000_000, **columns: object) -> Path:
    """A Parquet file of the same row again and again, which takes next to nothing on the disk."""
    row = {"group": 0, "id": 0, "t": "2024-05-01T10:00:00Z", "author": 1, "kind": "text", "reply_to": 0, **columns}
    zeros = pa.repeat(pa.scalar(0, pa.int32()), rows)
    packed = {name: pa.DictionaryArray.from_arrays(zeros, pa.array([one])) for name, one in row.items()}
    numbers = {name: pa.repeat(pa.scalar(one, pa.int32()), rows) for name, one in row.items() if isinstance(one, int)}
    table = pa.table({**packed, **numbers})
    with pq.ParquetWriter(path, table.schema, compression="zstd", store_schema=False) as writer:
        for _ in range(groups):
            writer.write_table(table)
    return path


def test_a_file_too_large_is_not_opened(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(files, "open", lambda *_: pytest.fail("it was opened"), raising=False)
    for name in ("log.csv", "log.parquet"):
        message = refused(sparse(tmp_path / name, HEAD, 5_000_000_000))
        assert "5.0 GB" in message
        assert "up to 1 GB" in message
        assert "split it by month" in message
    with pytest.raises(LogError, match=r"5\.0 GB"):
        read_rooms(tmp_path / "log.csv")


def test_a_hole_in_a_file_is_seen_in_its_first_piece(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(files, "_PIECE", 1000)
    path, read = sparse(tmp_path / "log.csv", TINY, 900_000_000), []
    with open(path, "rb") as file, pytest.raises(LogError, match="line 3 holds a null character"):
        files._check_text(files.Source("log.csv", True), _Counted(file, read))  # type: ignore[arg-type]
    assert sum(read) == 1000


class _Counted:
    """A file that counts what is read of it."""

    def __init__(self, file: object, read: list[int]) -> None:
        self._file, self._read = file, read

    def read(self, size: int) -> bytes:
        data: bytes = self._file.read(size)  # type: ignore[attr-defined]
        self._read.append(len(data))
        return data


def test_a_letter_may_lie_across_two_pieces(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(files, "_PIECE", 61)
    text = HEAD.strip() + ",text\n" + "".join(f"0,{i},2024-05-01T10:{i:02}:00Z,1,text,,群聊\n" for i in range(40))
    (tmp_path / "log.csv").write_text(text, "utf-8")
    with open(tmp_path / "log.csv", "rb") as file:
        files._check_text(files.Source("log.csv", True), file)
    (tmp_path / "bad.csv").write_bytes(text.encode()[:-2])
    assert "line 41 is not UTF-8" in refused(tmp_path / "bad.csv")


def test_rows_that_a_parquet_claims_are_refused_unread(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = constant(tmp_path / "log.parquet", groups=3)
    assert path.stat().st_size < 100_000
    with monkeypatch.context() as patch:
        patch.setattr(files.pq.ParquetFile, "iter_batches", lambda *_, **__: pytest.fail("it was read"))
        message = refused(path)
    assert "more than 2,000,000 rows" in message
    assert "split it by month" in message
    monkeypatch.setattr(files, "_check_claims", lambda *_: None)  # a file that claims less than it holds
    assert "more than 2,000,000 rows" in refused(path)


def test_rows_of_a_csv_are_counted_while_they_are_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(files, "MOST_ROWS", 10)
    (tmp_path / "log.csv").write_text(TINY + "".join(f"0,{i},2024-05-01T10:00:00Z,1,text,\n" for i in range(1, 10)))
    assert len(read_messages(tmp_path / "log.csv")) == 10
    (tmp_path / "log.csv").write_text((tmp_path / "log.csv").read_text() + "0,11,2024-05-01T10:00:00Z,1,text,\n")
    assert "more than 10 rows" in refused(tmp_path / "log.csv")


def test_a_long_text_packed_once_is_not_unpacked(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A letter a byte, it would take a thousand gigabytes."""
    path = constant(tmp_path / "log.parquet", groups=1, kind="x" * 1_000_000)
    assert path.stat().st_size < 100_000
    assert "column kind has a cell of 1,000,000 bytes" in refused(path)
    monkeypatch.setattr(files, "MOST_BYTES", 500_000)
    assert "its columns take 0.0 GB" in refused(path)


@pytest.mark.skipif(os.name == "nt", reason="pipes of this kind are Unix's")
def test_a_pipe_is_not_waited_for(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "log.csv")
    assert "no file" in refused(tmp_path / "log.csv")


@pytest.mark.skipif(os.name == "nt", reason="names there are Unicode")
@pytest.mark.parametrize(
    ("name", "folder"),
    [(b"..csv", "log"), (b"...csv", "log"), (b"..x.csv", "x"),
     (b"\xff\xfe.csv", "log"), (b"a\xff\x1b[1m.csv", "a__[1m"),
     ("四月.csv".encode(), "四月"), (b"[bold]x.csv", "[bold]x"), (b"x" * 251 + b".csv", "x" * 251)],
)  # fmt: skip
def test_any_name_of_a_file_is_read(
    name: bytes, folder: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """It leads to no other folder than one of its own, and its letters neither stop nor colour anything."""
    work = tmp_path / "work"
    work.mkdir()
    monkeypatch.chdir(work)
    monkeypatch.setattr(page, "side_by_side", lambda tasks: [{"pictures": []} for _ in tasks])
    monkeypatch.setattr(page, "rendered", lambda *_: b"page")
    path = os.fsencode(tmp_path) + b"/" + name
    with open(path, "w") as file:
        file.write(TINY)
    assert main(["read", os.fsdecode(path)]) == 0
    assert "\x1b" not in capsys.readouterr().out
    assert [one.parent.relative_to(work).as_posix() for one in work.rglob("report.html")] == [f"outputs/read/{folder}"]


@pytest.mark.parametrize("is_there", [False, True])
def test_a_full_disk_leaves_nothing_half_written(
    is_there: bool, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "log.csv").write_text(TINY)
    folder, drawn = tmp_path / "new" / "out", []
    if is_there:
        folder.mkdir(parents=True)
        for name in ("report.html", "mine.txt"):
            (folder / name).write_text("of 1999")

    def full(*_: object) -> bytes:
        drawn.append(1)
        if len(drawn) > 2:
            raise OSError(errno.ENOSPC, "No space left on device")
        return b"png"

    monkeypatch.setattr(page, "to_png", full)
    assert main(["read", str(tmp_path / "log.csv"), f"out={folder}"]) == 2
    message = capsys.readouterr().err
    assert "No space left" in message
    assert "choose another folder" in message
    assert len(drawn) > 2
    if is_there:
        kept = {path.name: path.read_text() for path in folder.iterdir()}
        assert kept == {"report.html": "of 1999", "mine.txt": "of 1999"}
    else:
        assert [path.name for path in tmp_path.iterdir()] == ["log.csv"]
    monkeypatch.setattr(page, "to_png", lambda *_: b"png")
    assert main(["read", str(tmp_path / "log.csv"), f"out={folder}"]) == 0
    assert not list(folder.glob(".*"))
    assert "of 1999" not in (folder / "report.html").read_text("utf-8")


def test_a_few_lines_that_claim_centuries_are_refused(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    times = ("1990-01-02", "2099-12-30")
    lines = [f"{room},{k},{day}T00:00:00Z,1,text,\n" for room in range(200) for k, day in enumerate(times)]
    (tmp_path / "log.csv").write_text(HEAD + "".join(lines))
    assert main(["read", str(tmp_path / "log.csv"), f"out={tmp_path / 'out'}"]) == 2
    said = capsys.readouterr().err
    assert "200 groups, watched for up to 40,174 days" in said
    assert not (tmp_path / "out").exists()

"""Damaged stores: every damage is a message, or rows left out and said so; nothing goes on as if all were well."""

from __future__ import annotations

import io
import sqlite3
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa
import pytest
from pyarrow import parquet

from scenarios.__main__ import main
from sim.data.store import Store, StoreError
from sim.data.store.files import name_of
from tests.experiments.test_store import chunk

query_module = pytest.importorskip("sim.data.store.query")
query = query_module.query


@pytest.fixture
def store(tmp_path: Path) -> Path:
    """Five chunks of three runs."""
    with Store(tmp_path) as store:
        for first in range(0, 15, 3):
            store.put(chunk(first)[1])
    return tmp_path


def other_content(path: Path) -> None:
    (other,) = sorted(one for one in path.parent.iterdir() if one != path)[:1]
    path.write_bytes(other.read_bytes())


DAMAGES: dict[str, Callable[[Path], Any]] = {
    "another's content": other_content,
    "truncated": lambda path: path.write_bytes(path.read_bytes()[:-30]),
    "empty": lambda path: path.write_bytes(b""),
    "gone": lambda path: path.unlink(),
}


@pytest.mark.parametrize("damage", DAMAGES)
def test_rows_left_out_are_told(store: Path, damage: str, capsys: pytest.CaptureFixture[str]) -> None:
    DAMAGES[damage](sorted((store / "chunks").iterdir())[2])
    heard: list[str] = []
    assert query(store, "select count(*) n from outcomes", heard.append)["n"].tolist() == [12]
    assert len(heard) == 1
    with pytest.warns(UserWarning, match="3 runs are left out"):
        query(store, "select sum(lifetime) n from lifetimes")
    assert main(["query", "select * from outcomes", f"store={store}"]) == 0
    out, err = capsys.readouterr()
    assert "12 rows" in out
    assert "3 runs are left out" in err
    assert "1 of 5 files" in err
    assert "shequn study" in err
    assert len(err.splitlines()) <= 3
    assert main(["query", "select count(*) n from runs", f"store={store}"]) == 0
    out, err = capsys.readouterr()
    assert "15" in out
    assert err == ""


def test_a_whole_store_is_answered_without_a_word(store: Path, recwarn: pytest.WarningsRecorder) -> None:
    assert query(store, "select count(*) n from outcomes")["n"].tolist() == [15]
    assert len(recwarn) == 0


def test_files_that_are_no_chunks_do_not_matter_to_a_question(store: Path) -> None:
    strange(store, pa.table({"lifetime": ["a", "b"]}))
    assert query(store, "select count(*) n from outcomes")["n"].tolist() == [15]


def strange(store: Path, table: pa.Table) -> Path:
    """A Parquet file named by its own hash."""
    sink = io.BytesIO()
    parquet.write_table(table, sink)
    path = store / "chunks" / name_of(sink.getvalue())
    path.write_bytes(sink.getvalue())
    return path


RUNS = {"run": ["x" * 64], "replicate": np.zeros(1, np.int32)}


@pytest.mark.parametrize(
    "table",
    [
        pa.table({"a": [1]}),
        pa.table(RUNS),
        *(pa.table(RUNS).replace_schema_metadata({"shequn chunk": text}) for text in (
            "{}", "nonsense", "[1]", '{"config": 1, "model": "m"}', '{"config": "[]", "model": "m"}',
            '{"config": "{}", "model": "m", "seconds": "long"}', '{"config": "{}", "model": "m", "what": 1}')),
        pa.table({"run": [7], "replicate": ["a"]}).replace_schema_metadata(
            {"shequn chunk": '{"config": "{}", "model": "m"}'}),
    ],
)  # fmt: skip
def test_a_parquet_file_that_is_no_chunk_is_put_aside(store: Path, table: pa.Table) -> None:
    path = strange(store, table)
    with Store(store) as opened:
        assert opened.adopted == 0
        assert opened.ledger.count("done") == 15
    assert not path.exists()
    assert (store / "broken" / path.name).exists()


@pytest.mark.parametrize("damage", ["nonsense", "middle", "empty", "other tables"])
def test_a_damaged_ledger(store: Path, damage: str, capsys: pytest.CaptureFixture[str]) -> None:
    ledger = store / "ledger.sqlite"
    for side in store.glob("ledger.sqlite-*"):
        side.unlink()
    data = bytearray(ledger.read_bytes())
    data[4096 : len(data) // 2] = b"\xaa" * (len(data) // 2 - 4096)
    if damage == "other tables":
        ledger.unlink()
        with sqlite3.connect(ledger) as db:
            db.execute("CREATE TABLE chunks (a)")
    else:
        ledger.write_bytes({"nonsense": b"nonsense" * 999, "middle": bytes(data), "empty": b""}[damage])
    assert main(["query", "select * from runs", f"store={store}"]) == 2
    message = capsys.readouterr().err
    assert "ledger.sqlite" in message
    assert "Traceback" not in message
    assert len(message.splitlines()) <= 3
    if damage == "other tables":
        with pytest.raises(StoreError, match="damaged"):
            Store(store)
        ledger.unlink()
    with Store(store) as opened:
        assert opened.ledger.count("done") == 15
    assert query(store, "select count(*) n from outcomes")["n"].tolist() == [15]


def test_a_store_with_an_odd_name(tmp_path: Path) -> None:
    folder = tmp_path / "what? 100% #1"
    with Store(folder) as opened:
        opened.put(chunk(0)[1])
    assert query(folder, "select count(*) n from outcomes")["n"].tolist() == [3]


def steps(store: Path, monkeypatch: pytest.MonkeyPatch) -> int:
    """Hundreds of steps that SQLite takes to answer."""
    count, connect = [0], sqlite3.connect

    def watched(*arguments: Any, **more: Any) -> sqlite3.Connection:
        db = connect(*arguments, **more)
        db.set_progress_handler(lambda: count.__setitem__(0, count[0] + 1), 100)
        return db

    with monkeypatch.context() as patch:
        patch.setattr(query_module.sqlite3, "connect", watched)
        assert len(query(store, "select run, study from runs")) > 0
    return count[0]


def test_the_work_grows_with_the_runs_not_with_their_square(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Four times the runs: four times the steps, where every run looking through all places takes sixteen."""
    found = []
    for n in (300, 1200):
        with Store(tmp_path / str(n)) as opened:
            opened.put(chunk(0, 1)[1])
            with opened.ledger._change() as db:
                db.executemany("INSERT INTO runs SELECT ?, config, model, ?, status, chunk, 0, 1.0, NULL, NULL, made "
                               "FROM runs WHERE replicate=0", [(f"r{i}", i) for i in range(1, n)])  # fmt: skip
                db.executemany("INSERT INTO members VALUES ('t', 'w', 'a', ?, ?)", [(i, f"r{i}") for i in range(n)])
        found.append(steps(tmp_path / str(n), monkeypatch))
    assert found[0] > 10
    assert found[1] < 6 * found[0]

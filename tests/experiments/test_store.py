"""The store: whole files or none, broken ones noticed, the ledger made again from the files, a full disk."""

from __future__ import annotations

import errno
import os
import sqlite3
import subprocess
import sys
from pathlib import Path

import pytest

from sim.data.store import Store, StoreFull, files
from sim.data.store.chunks import decode, notes_of, unnested
from sim.data.store.files import is_whole
from sim.data.store.identity import bare_source, config_of, imported_files, model_version, run_id
from sim.data.store.ledger import Failure
from tests.experiments.chunks import NOTES, chunk
from tests.experiments.shelves import ROOT, SMALL, count_done, play, tables


def test_a_chunk_comes_back_as_it_was() -> None:
    ids, data = chunk(first=1)
    table = decode(data)
    assert notes_of(table) == NOTES
    assert table.column("run").to_pylist() == ids
    assert table.column("lifetime").to_pylist() == [1.1, 2.1, 3.1]
    sizes, lives = unnested(table, "lifetimes")
    assert sizes.tolist() == [2, 3, 4]
    assert list(lives["cause"]) == [None if g == 0 else "silent" for r in (1, 2, 3) for g in range(r + 1)]
    assert lives["lifetime"].tolist() == [10, 11, 20, 21, 22, 30, 31, 32, 33]
    assert chunk(first=1)[1] == data


def test_put_and_find(tmp_path: Path) -> None:
    ids, data = chunk()
    with Store(tmp_path) as store:
        name = store.put(data)
        assert store.put(data) == name
        assert store.done([*ids, "other"]) == set(ids)
        assert store.ledger.count("done") == 3
        (table,) = store.tables(ids[:1])
        assert table.column("run").to_pylist() == ids[:1]
    with Store(tmp_path) as again:
        assert (again.adopted, again.swept) == (0, 0)
        assert again.done(ids) == set(ids)


def test_a_run_in_two_files_counts_once(tmp_path: Path) -> None:
    with Store(tmp_path) as store:
        store.put(chunk(0, 3)[1])
        ids, data = chunk(1, 4)
        store.put(data)
        found = [run for table in store.tables([*chunk(0, 3)[0], *ids]) for run in table.column("run").to_pylist()]
        assert sorted(found) == sorted(chunk(0, 5)[0])


def test_a_file_without_an_entry_is_taken_up(tmp_path: Path) -> None:
    """The parent was killed between the file and its entry."""
    ids, data = chunk()
    Store(tmp_path).close()
    files.put(tmp_path / "chunks", data)
    with Store(tmp_path) as store:
        assert store.adopted == 1
        assert store.done(ids) == set(ids)


@pytest.mark.parametrize("damage", ["gone", "nonsense", "truncated"])
def test_the_ledger_is_made_again(tmp_path: Path, damage: str) -> None:
    with Store(tmp_path) as store:
        for first in (0, 3):
            store.put(chunk(first)[1])
        before = list(store.ledger._db.execute("SELECT * FROM runs ORDER BY run"))
        members = list(store.ledger._db.execute("SELECT * FROM members"))
    ledger = tmp_path / "ledger.sqlite"
    for side in tmp_path.glob("ledger.sqlite-*"):
        side.unlink()
    if damage == "gone":
        ledger.unlink()
    else:
        ledger.write_bytes(b"nonsense" * 1000 if damage == "nonsense" else ledger.read_bytes()[:5000])
    with Store(tmp_path) as store:
        assert store.adopted == 2
        assert list(store.ledger._db.execute("SELECT * FROM runs ORDER BY run")) == before
        assert list(store.ledger._db.execute("SELECT * FROM members")) == members


@pytest.mark.parametrize("damage", ["one bit", "truncated", "empty", "gone"])
def test_a_broken_file_is_noticed(tmp_path: Path, damage: str) -> None:
    (ids, data), (others, more) = chunk(0), chunk(3)
    with Store(tmp_path) as store:
        path = store.chunks / store.put(data)
        store.put(more)
        broken = bytearray(data)
        broken[len(data) // 2] ^= 1
        if damage == "gone":
            path.unlink()
        else:
            path.write_bytes({"one bit": bytes(broken), "truncated": data[:-20], "empty": b""}[damage])
        assert store.check([*ids, *others]) == 1
        assert store.done([*ids, *others]) == set(others)
        assert (tmp_path / "broken" / path.name).exists() == (damage != "gone")
        store.put(data)
        assert is_whole(path)
        assert store.done(ids) == set(ids)


def test_a_broken_file_without_entry_is_put_aside(tmp_path: Path) -> None:
    Store(tmp_path).close()
    (tmp_path / "chunks" / ("0" * 64 + ".parquet")).write_bytes(chunk()[1])
    with Store(tmp_path) as store:
        assert store.adopted == 0
        assert store.ledger.count("done") == 0


def test_unfinished_files_are_swept(tmp_path: Path) -> None:
    Store(tmp_path).close()
    import socket

    done = subprocess.run([sys.executable, "-c", "import os; print(os.getpid())"], capture_output=True, text=True)
    dead, live = int(done.stdout), os.getpid()
    for process in (dead, live):
        (tmp_path / "chunks" / f".{socket.gethostname()}.{process}.12345678.part").write_bytes(b"half")
    with Store(tmp_path) as store:
        assert store.swept == 1
    assert [str(live) in path.name for path in (tmp_path / "chunks").iterdir()] == [True]


def test_a_failed_run_is_a_row_until_it_is_done(tmp_path: Path) -> None:
    ids, data = chunk()
    with Store(tmp_path) as store:
        store.ledger.fail(NOTES, [Failure(ids[0], 0, "Overflow: too much talk", "Traceback …")])
        assert [failure.error for failure in store.ledger.failures(ids)] == ["Overflow: too much talk"]
        assert store.done(ids) == set()
        store.put(data)
        store.ledger.fail(NOTES, [Failure(ids[0], 0, "late", "")])
        assert store.ledger.failures(ids) == []
        assert store.done(ids) == set(ids)


@pytest.mark.parametrize("call", ["fsync", "write"])
def test_a_full_disk_leaves_nothing_behind(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, call: str) -> None:
    ids, data = chunk()

    def full(*arguments: object) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    with Store(tmp_path) as store:
        store.put(data)
        with monkeypatch.context() as patch:
            patch.setattr(files.os, "fsync", full) if call == "fsync" else patch.setattr(files, "_write", full)
            with pytest.raises(StoreFull, match="same command again"):
                store.put(chunk(3)[1])
        assert [path.name for path in store.chunks.iterdir()] == [files.name_of(data)]
        assert store.done(ids) == set(ids)
        store.put(chunk(3)[1])
        assert store.ledger.count("done") == 6


def test_a_full_ledger_says_the_same(tmp_path: Path) -> None:
    with Store(tmp_path) as store:
        store.ledger._db.execute("PRAGMA max_page_count=1")
        with pytest.raises(StoreFull):
            list(map(store.put, (chunk(first)[1] for first in range(0, 3000, 3))))
    with Store(tmp_path) as store:  # what has its file is not lost
        assert store.adopted >= 1


LIMITED = """
import resource, sys
from scenarios.__main__ import main
resource.setrlimit(resource.RLIMIT_FSIZE, ({limit}, {limit}))
sys.exit(main({words!r}))
"""


@pytest.mark.slow
@pytest.mark.skipif(os.name == "nt", reason="limits are a thing of Unix")
def test_a_study_on_a_full_disk(tmp_path: Path) -> None:
    """Files may not grow beyond some bytes: one message, exit 1; with room again the study completes."""
    words = ["study", *SMALL, "seeds=4", "chunk=1", "runner=serial", f"store={tmp_path / 'store'}"]
    code = LIMITED.format(limit=400_000, words=words)
    done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, timeout=300)
    assert done.returncode == 1, done.stderr
    assert "no room left" in done.stderr
    assert "Traceback" not in done.stderr
    assert len(done.stderr.strip().splitlines()) <= 3
    assert 0 < count_done(tmp_path / "store") < 48
    again = play(tmp_path / "store", "seeds=4", "runner=serial", f"out={tmp_path / 'one'}")
    peace = play(tmp_path / "other", "seeds=4", "runner=serial", f"out={tmp_path / 'two'}")
    assert (again.returncode, peace.returncode) == (0, 0)
    assert tables(tmp_path / "one") == tables(tmp_path / "two")


def test_the_id_knows_what_matters() -> None:
    resolved = {"seed": 1, "arm": "a", "threads": 2, "mind": {"leave": 0.1}}
    config = config_of(resolved)
    assert config == config_of({**resolved, "arm": "b", "threads": 1, "record": "counts"})
    ids = {run_id(config, "m", 0), run_id(config, "m", 1), run_id(config, "n", 0),
           run_id(config_of({**resolved, "seed": 2}), "m", 0),
           run_id(config_of({**resolved, "mind": {"leave": 0.2}}), "m", 0)}  # fmt: skip
    assert len(ids) == 5


def test_the_model_version_ignores_words(tmp_path: Path) -> None:
    file = tmp_path / "rule.py"

    def version(text: str) -> str:
        file.write_text(text, "utf-8")
        return model_version([file])

    rule = "def f(x):\n    'Doc.'\n    return x * RATE\n"
    one = version(f"'Old.'\nRATE = 2  # a share\n'What it is.'\n{rule}")
    assert version("RATE = 2\ndef f(x):\n\n    return x * RATE  # new\n") == one
    assert version("RATE = 3\ndef f(x):\n    return x * RATE\n") != one
    assert bare_source('class A:\n    "Doc."') == "class A:\n    pass"


def test_the_model_version_ignores_types_but_not_columns() -> None:
    old = "from typing import Any\ndef f(me: Any, *more: Any, far: Any = 1) -> Any:\n    x = me.a\n    return x"
    new = (
        "from typing import TYPE_CHECKING\nif TYPE_CHECKING:\n    from sim.model.rows import Member\n"
        "def f(me: Member, *more: int, far: float=1) -> float:\n    y: int\n    x: float = me.a\n    return x"
    )
    assert bare_source(old) == bare_source(new) == "def f(me, *more, far=1):\n    x = me.a\n    return x"
    assert bare_source("class A:\n    n: int") != bare_source("class A:\n    n: float")
    assert bare_source("if TYPE_CHECKING:\n    A = 1\nelse:\n    A = 2") == "A = 2"
    body = "    try:\n        x: int = 1\n    except E:\n        'Why.'\n"
    assert bare_source(f"def f():\n{body}") == "def f():\n    try:\n        x = 1\n    except E:\n        pass"


def test_the_outcomes_belong_to_the_model() -> None:
    names = {path.name for path in imported_files(ROOT, "sim.analysis.outcomes", "sim.analysis")}
    assert {"outcomes.py", "lifetimes.py", "panel.py", "kaplan_meier.py"} <= names


def test_two_processes_at_one_store(tmp_path: Path) -> None:
    code = (
        "import sys; from tests.experiments.test_store import chunk; from sim.data.store import Store\n"
        "store = Store(sys.argv[1])\n"
        "for first in range(0, 90, 3): store.put(chunk(first)[1])"
    )
    running = [subprocess.Popen([sys.executable, "-c", code, str(tmp_path)], cwd=ROOT) for _ in range(2)]
    assert [process.wait(timeout=120) for process in running] == [0, 0]
    with Store(tmp_path) as store:
        assert store.ledger.count("done") == 90
        assert len(list(store.chunks.iterdir())) == 30
    with sqlite3.connect(tmp_path / "ledger.sqlite") as db:
        assert db.execute("PRAGMA integrity_check").fetchone() == ("ok",)

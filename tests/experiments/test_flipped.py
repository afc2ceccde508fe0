"""A ledger in which a byte has changed: it is not asked, it says so, and the next study makes it again."""

from __future__ import annotations

import random
import sqlite3
from pathlib import Path

import pytest

from scenarios.__main__ import main
from sim.data.store import Store, StoreError
from tests.experiments.test_store import chunk

query_module = pytest.importorskip("sim.data.store.query")
FLIPS = 600


@pytest.fixture
def ledger(tmp_path: Path) -> Path:
    """Twelve runs in four files."""
    with Store(tmp_path) as store:
        for first in range(0, 12, 3):
            store.put(chunk(first)[1])
    return tmp_path / "ledger.sqlite"


def flip(ledger: Path, data: bytes, at: int, bit: int = 0) -> None:
    """Put the ledger back as it was, but for one bit."""
    changed = bytearray(data)
    changed[at] ^= 1 << bit
    for side in ledger.parent.glob("ledger.sqlite-*"):
        side.unlink()
    ledger.write_bytes(bytes(changed))


def test_no_flipped_bit_changes_an_answer_in_silence(ledger: Path) -> None:
    data, truth, dice = ledger.read_bytes(), query_module._ledger(ledger), random.Random(1)
    used = [at for at in range(len(data)) if data[at]]  # most of a page is empty
    noticed = 0
    for _ in range(FLIPS):
        flip(ledger, data, dice.choice(used), dice.randrange(8))
        try:
            assert query_module._ledger(ledger) == truth
        except StoreError:
            noticed += 1
    assert noticed > FLIPS / 2


@pytest.mark.parametrize(("lost", "table"), [(b"done", "runs"), (b"sw", "members")])
def test_the_damaged_table_and_the_cure_are_told(
    ledger: Path, lost: bytes, table: str, capsys: pytest.CaptureFixture[str]
) -> None:
    """``done`` that became ``dnne`` made eleven of twelve."""
    data = ledger.read_bytes()
    places = [at for at in range(len(data)) if data.startswith(lost, at)]
    for at in places:
        flip(ledger, data, at + 1)
        assert main(["query", "select count(*) from runs where status='done'", f"store={ledger.parent}"]) == 2
        out, err = capsys.readouterr()
        assert out == ""
        assert len(err.splitlines()) <= 3
        assert "ledger.sqlite is damaged" in err
        assert "shequn study" in err
        assert f"table {table}" in err
    assert len(places) >= 4


def test_the_next_study_makes_it_again(ledger: Path) -> None:
    data = ledger.read_bytes()
    flip(ledger, data, data.rindex(b"done"))
    with Store(ledger.parent) as store:
        assert store.ledger.count("done") == 12
        assert ["put aside as ledger.sqlite.broken" in said for said in store.told] == [True]
    assert len(query_module.query(ledger.parent, "select * from outcomes")) == 12
    with Store(ledger.parent) as again:
        assert again.told == []


def test_a_ledger_of_a_newer_version(ledger: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """It is left as it is, and the cure is told: once it was, only after everything had been played."""
    with sqlite3.connect(ledger) as db:
        db.execute("ALTER TABLE runs ADD COLUMN mood TEXT")
    with pytest.raises(StoreError, match="newer version: its table runs has a column 'mood'"):
        Store(ledger.parent)
    for words in (["query", "select 1"], ["study", "study=group_size"], ["run", "days=2"]):
        assert main([*words, f"store={ledger.parent}"]) == 2
        err = capsys.readouterr().err
        assert "'mood'" in err
        assert "newer version" in err.splitlines()[1]
    assert not list(ledger.parent.glob("*.broken"))

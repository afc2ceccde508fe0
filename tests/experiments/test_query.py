"""SQL over the store: it answers, and reaches nothing but the store."""

from __future__ import annotations

from pathlib import Path

import pytest

from scenarios.__main__ import main
from sim.data.store import Store, StoreError
from sim.data.store.ledger import Failure
from tests.experiments.test_store import NOTES, chunk

query_module = pytest.importorskip("sim.data.store.query")
query = query_module.query


@pytest.fixture
def store(tmp_path: Path) -> Path:
    with Store(tmp_path) as store:
        store.put(chunk(0)[1])
        store.put(chunk(2)[1])  # replicate 2 lies in both
        store.ledger.fail(NOTES, [Failure("f" * 64, 9, "Overflow: talk", "Traceback …")])
    return tmp_path


def there(store: Path) -> list[Path]:
    """Every file; a reader of the ledger leaves marks of its own beside it."""
    return sorted(path for path in store.rglob("*") if not path.name.startswith("ledger.sqlite-"))


def test_views(store: Path) -> None:
    assert query(store, "select count(*) n from outcomes")["n"].tolist() == [5]
    assert query(store, "select status, count(*) n from runs group by 1 order by 1")["n"].tolist() == [5, 1]
    assert query(store, "select error from runs where status='failed'")["error"].tolist() == ["Overflow: talk"]
    found = query(store, "select replicate, count(*) n, sum(lifetime) s from lifetimes group by 1 order by 1")
    assert found["n"].tolist() == [1, 2, 3, 4, 5]
    assert found["s"].tolist() == [0, 21, 63, 126, 210]
    assert set(query(store, "select study, world, arm from outcomes").iloc[0]) == {"s", "w", "a"}


@pytest.mark.parametrize(
    "sql",
    [
        "select * from read_csv('/etc/passwd')", "select * from read_text('/etc/hostname')", "select * from glob('/*')",
        "copy (select 1) to '{place}/x.csv'", "attach '{place}/x.db'", "install httpfs", "load httpfs",
        "set enable_external_access=true", "import database '{place}'", "export database '{place}/y'",
        "select * from 'ledger.sqlite'", "select * from place", "selec 1",
    ],
)  # fmt: skip
def test_nothing_but_the_store(store: Path, sql: str) -> None:
    before = there(store)
    with pytest.raises(StoreError):
        query(store, sql.format(place=store))
    assert there(store) == before


def test_the_command(store: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["query", "select arm, avg(lifetime) x from outcomes group by 1", f"store={store}"]) == 0
    assert "1 rows" in capsys.readouterr().out
    assert main(["query", "select * from outcomes", f"store={store}", f"csv={store / 'o.csv'}"]) == 0
    assert (store / "o.csv").read_text().count("\n") == 6
    capsys.readouterr()
    for words in (["selec 1", f"store={store}"], ["select 1", "store=nowhere/at/all"], ["select 1", "select 2"]):
        assert main(["query", *words]) == 2
        message = capsys.readouterr().err
        assert message.startswith("shequn: ")
        assert len(message.splitlines()) <= 3

"""SQL over the store: it answers, and reaches nothing but the store."""

from __future__ import annotations

import dataclasses
import re
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from scenarios.__main__ import main
from scenarios.cli import query as command
from sim.data.store import Store, StoreError
from sim.data.store.chunks import encode
from sim.data.store.identity import canonical, run_id
from sim.data.store.ledger import Failure
from tests.experiments.shelves import ROOT
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
    assert "\n1 row\n" in capsys.readouterr().out
    assert main(["query", "select * from outcomes", f"store={store}", f"csv={store / 'o.csv'}"]) == 0
    assert (store / "o.csv").read_text().count("\n") == 6
    capsys.readouterr()
    for words in (["selec 1", f"store={store}"], ["select 1", "store=nowhere/at/all"], ["select 1", "select 2"]):
        assert main(["query", *words]) == 2
        message = capsys.readouterr().err
        assert message.startswith("shequn: ")
        assert len(message.splitlines()) <= 3


def test_a_terminal_obeys_nothing_that_is_told(store: Path, capsys: pytest.CaptureFixture[str]) -> None:
    sql = "select chr(27) || '[2Jred' a, '群\u3000名' b, chr(8238) c"
    assert main(["query", sql, f"store={store}"]) == 0
    said = capsys.readouterr().out
    assert "\\x1b[2Jred" in said
    assert "群\u3000名" in said
    assert "\\u202e" in said
    assert "\x1b" not in said


def in_another_world(store: Path, n: int) -> None:
    """Runs of the same study and arm in a second world, whose groups live a hundred times as long."""
    notes = dataclasses.replace(NOTES, config=canonical({"seed": 1, "days": 30, "mind": {}}),
                                labels={**NOTES.labels, "world": "v"})  # fmt: skip
    outcomes = pd.DataFrame({"replicate": range(n), "lifetime": np.arange(n) * 100.0})
    lives = pd.DataFrame({"replicate": range(n), "group": 0, "lifetime": 1, "censored": True, "cause": None})
    with Store(store) as opened:
        opened.put(encode([run_id(notes.config, notes.model, r) for r in range(n)], outcomes, lives, notes))


def documented() -> list[str]:
    """Every question in SQL that the pages and the command's own help show."""
    pages = [*ROOT.glob("README*.md"), *(ROOT / "docs").rglob("*.md")]
    texts = [str(command.__doc__), *(page.read_text("utf-8") for page in pages)]
    return [" ".join(sql.split()) for text in texts for sql in re.findall(r'shequn query "(.*?)"', text, re.DOTALL)]


def test_no_documented_question_pools_worlds(store: Path) -> None:
    in_another_world(store, 4)
    questions = [re.sub(r"study='\w+'", "study='s'", sql) for sql in documented()]
    assert len(questions) >= 4
    means = 0
    for sql in questions:
        found = query(store, sql)
        if "avg(" in sql:
            means += 1
            assert found["world"].tolist() == ["w", "v"] or found["world"].tolist() == ["v", "w"]
            assert sorted(found["count_star()"]) == [4, 5]
            assert any("stddev" in name for name in found.columns)
    assert means >= 2


@pytest.mark.parametrize(
    ("table", "said"),
    [
        ("daily", "record=counts"), ("spells", "FOLDER/spells.parquet"), ("MESSAGES", "FOLDER/messages.parquet"),
        ("outcome", "did you mean 'outcomes'"), ("nonsense_xyz", "there is lifetimes, outcomes, runs"),
    ],
)  # fmt: skip
def test_a_table_that_is_not_there_is_told_where_to_be_had(
    store: Path, table: str, said: str, capsys: pytest.CaptureFixture[str]
) -> None:
    for sql in (f"select count(*) from runs r join {table} t using (run)", f"select * from {table}"):
        assert main(["query", sql, f"store={store}"]) == 2
        message = capsys.readouterr().err
        assert said in message
        assert "pg_" not in message
        assert len(message.splitlines()) <= 3


def test_a_store_without_runs_says_so(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    Store(tmp_path).close()
    assert main(["query", "select * from lifetimes", f"store={tmp_path}"]) == 2
    assert "no finished run" in capsys.readouterr().err

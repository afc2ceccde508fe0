"""What is not the store's own, and stores that are none: left alone, and told."""

from __future__ import annotations

import os
import time
from pathlib import Path

import pytest

from scenarios.__main__ import main
from scenarios.experiments.session import with_store
from sim.data.store import Store
from tests.experiments.test_store import chunk

OWN = ("notes.parquet", "thesis.txt", ".draft.part", ".a.b.part", "A" * 64 + ".parquet")


def test_files_of_ones_own_are_left_alone_and_told_once(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    with Store(tmp_path) as store:
        store.put(chunk()[1])
    for name in OWN:
        (tmp_path / "chunks" / name).write_text("three years")
        os.utime(tmp_path / "chunks" / name, (0, time.time() - 1e6))
    assert with_store(str(tmp_path), lambda store: store.ledger.count("done")) == 3
    said = capsys.readouterr().err
    assert said.count("\n") == 1
    assert "'AAAA" in said
    assert "left alone" in said
    assert [(tmp_path / "chunks" / name).read_text() for name in OWN] == ["three years"] * len(OWN)
    assert not (tmp_path / "broken").exists()


STORES = ["a_file", "a_file/inside", "x" * 300, "a\0b", "群" * 100, "readonly/store"]


@pytest.mark.parametrize("store", STORES, ids=lambda store: store[:10].replace("\0", "0"))
@pytest.mark.parametrize("words", [["study", "study=group_size"], ["run", "days=2"], ["query", "select 1"]])
def test_a_bad_store_is_the_users_mistake(
    words: list[str], store: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "a_file").write_text("mine")
    (tmp_path / "readonly").mkdir(mode=0o555)
    if store == "readonly/store" and os.access(tmp_path / "readonly", os.W_OK):
        pytest.skip("this user may write anywhere")
    assert main([*words, f"store={tmp_path / store}"]) == 2
    _, err = capsys.readouterr()
    assert err.startswith("shequn: ")
    assert len(err.splitlines()) <= 3
    assert len(err) < 700
    assert "store=" in err
    assert {path.name for path in tmp_path.iterdir()} == {"a_file", "readonly"}

"""JSON of any size is walked value by value, wherever the pieces of the file are cut."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sim.analysis.logs.columns import LogError
from sim.exchange.json_stream import ITEM, values
from sim.exchange.text import Text

ENTERED = frozenset([(), ("a",), ("b",), ("b", ITEM), ("b", ITEM, "a")])
numbers = st.integers(-(10**9), 10**9) | st.floats(allow_nan=False, allow_infinity=False)
alone = st.none() | st.booleans() | numbers | st.text(max_size=8)
plain = st.recursive(alone, lambda one: st.lists(one, max_size=3)
                     | st.dictionaries(st.sampled_from("abc"), one, max_size=3), max_leaves=12)  # fmt: skip


def expected(value: Any, path: tuple[str, ...] = ()) -> list[tuple[tuple[str, ...], Any]]:
    if path in ENTERED and isinstance(value, dict | list):
        inner = value.items() if isinstance(value, dict) else ((ITEM, one) for one in value)
        return [found for name, one in inner for found in expected(one, (*path, name))]
    return [(path, value)]


@pytest.mark.parametrize("piece", [1, 3, 64])
@pytest.mark.parametrize("indent", [None, 2])
@given(value=plain)
@settings(max_examples=40, deadline=None)
def test_values_are_found(
    piece: int, indent: int | None, value: Any, tmp_path_factory: pytest.TempPathFactory
) -> None:
    path = tmp_path_factory.mktemp("x") / "x.json"
    path.write_text(json.dumps(value, ensure_ascii=False, indent=indent), "utf-8")
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("sim.exchange.text._PIECE", piece)
        assert list(values(Text(path), ENTERED)) == expected(value)


@pytest.mark.parametrize(("text", "what"), [
    ('{"a": 1} {"b": 2}', "more follows"), ('{"a": 1,, "b": 2}', "name is missing"), ('{"a" 1}', "':' is missing"),
    ('{"a": 1 "b": 2}', "comma is missing"), ('{"a": [1, 2', "cut off"), ('{"a": tru', "cut off"), ("[1, 2", "cut off"),
    ('{"c": ' + "[" * 100_000, "nested too deeply|cut off"),
])  # fmt: skip
def test_what_is_no_json_is_said(text: str, what: str, tmp_path: Path) -> None:
    (tmp_path / "x.json").write_text(text, "utf-8")
    with pytest.raises(LogError, match=what):
        list(values(Text(tmp_path / "x.json"), ENTERED))

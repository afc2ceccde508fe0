"""Simulated talk in the formats of other programs: one file a group, made-up texts, joins and leaves from spells."""

from __future__ import annotations

import re
import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd

from sim.analysis.logs.comings import COMINGS, coming_lines
from sim.exchange.format import Format
from sim.exchange.tokens import placeholder
from sim.exchange.written import Line

__all__ = ["lines_of", "write_groups"]

_KEYS = ["world", "arm", "replicate", "group"]
_ORDER = dict(zip(COMINGS, (0, 2), strict=True))  # of lines at the same second, joins come first, leaves last


def write_groups(
    messages: pd.DataFrame, spells: pd.DataFrame, meta: dict[str, Any], one: Format, folder: Path, lang: str
) -> list[str]:
    """Write the talk of every group into ``folder``, all files or none; return their names.

    ``messages`` and ``spells`` are those of a recorded run, or of a part of it.
    """
    folder.parent.mkdir(parents=True, exist_ok=True)
    names = []
    with tempfile.TemporaryDirectory(dir=folder.parent) as place:
        stage = Path(place) / "groups"
        stage.mkdir()
        for key, talk in messages.groupby(_KEYS, observed=True, sort=True):
            same = [spells[name] == value for name, value in zip(_KEYS, key, strict=True)]
            here = spells[np.logical_and.reduce(same)]
            name = re.sub(r"[^\w.+=-]", "_", "_".join(str(value) for value in key))[:100] + one.writes
            title = {"en": f"Group {key[-1]}", "zh": f"群 {key[-1]}"}[lang]
            with open(stage / name, "w", encoding="utf-8", newline="\n") as file:
                file.writelines(one.write(title, lines_of(talk, here, meta, lang), lang))
            names.append(name)
        folder.mkdir(exist_ok=True)
        for name in names:
            shutil.move(stage / name, folder / name)
    return names


def lines_of(talk: pd.DataFrame, spells: pd.DataFrame, meta: dict[str, Any], lang: str) -> Iterator[Line]:
    """The lines of one group in time, those of joining and leaving among them."""
    zone = str(meta.get("timezone", "UTC"))
    said = pd.DataFrame({"t": talk["t"].dt.floor("s"), "who": talk["author"], "kind": talk["kind"].astype(str),
                         "own": talk["id"], "asked": talk["reply_to"]})  # fmt: skip
    start = pd.Timestamp(meta["start"], tz=zone)
    came = (coming_lines(spells, start, kind).rename(columns={"author": "who"}) for kind in COMINGS)
    lines = pd.concat([said, *(one.assign(own=0, asked=_nothing(len(one))) for one in came)], ignore_index=True)
    lines["first"] = lines["kind"].map(_ORDER).fillna(1)
    lines = lines.sort_values(["t", "first", "own"], kind="stable")
    wall = lines["t"].dt.tz_convert(zone).dt.tz_localize(None)
    when = lines["t"].dt.tz_localize(None)
    columns = zip(when.astype("datetime64[s]").astype("int64"), wall.astype("datetime64[s]").astype("int64"),
                  lines["who"], lines["kind"], lines["own"], lines["asked"], strict=True)  # fmt: skip
    numbers: dict[int, int] = {}
    for number, (moment, shown, who, kind, own, asked) in enumerate(columns, 1):
        if kind not in _ORDER:
            numbers[int(own)] = number
        reply = None if pd.isna(asked) else numbers.get(int(asked))
        yield Line(number, int(moment), int(shown), int(who), kind, placeholder(kind, lang), reply)


def _nothing(n: int) -> Any:
    return pd.array([pd.NA] * n, "Int32")

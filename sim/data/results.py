"""What a run leaves behind: a handful of frames and the notes on how they came about; written whole or not at all.

A run folder holds one Parquet file a table and ``meta.json``. ``meta.json`` is put in place last: a folder without it
is no run.
"""

from __future__ import annotations

import json
import os
import re
import shutil
import uuid
from collections.abc import Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import pyarrow
from pandas.api.types import union_categoricals
from pyarrow import parquet

from sim.data.digest import digest_of
from sim.data.frames import DTYPES, frame_of
from sim.data.mechanism_tables import PREFIX

__all__ = ["Results", "ResultsError", "concat", "load"]

FORMAT = "shequn run"
VERSION = 1
ALWAYS = ("daily", "spells", "groups")
_OF_MECHANISM = re.compile(re.escape(PREFIX) + r"\w+")


class ResultsError(Exception):
    """A folder that is no run of ours, or no longer a whole one. The message says which file and what to do."""


@dataclass(frozen=True, eq=False)
class Results:
    """The tables of one run (many replicates, one or several arms and worlds).

    Every frame begins with the categorical columns ``arm`` and ``world``; then come the columns of
    :mod:`sim.data.tables` with names in place of codes. ``None`` means: not recorded. ``mechanisms`` holds a frame for
    each mechanism in play, with a row for each group and day on which it counted anything.

    ``meta`` holds ``seed``, ``days``, ``start``, ``timezone``, ``roles``, ``strategies``, ``lane``, ``versions``,
    ``timings``, and ``arms``: a dict from arm (``world/arm`` where two worlds share the arm) to what differs by arm.
    """

    daily: pd.DataFrame
    spells: pd.DataFrame
    groups: pd.DataFrame
    messages: pd.DataFrame | None = None
    purchases: pd.DataFrame | None = None
    ledger: pd.DataFrame | None = None
    pairs: pd.DataFrame | None = None
    starts: pd.DataFrame | None = None
    others: pd.DataFrame | None = None
    mechanisms: dict[str, pd.DataFrame] = field(default_factory=dict)
    meta: dict[str, Any] = field(default_factory=dict)

    @classmethod
    def from_arrays(cls, arm: str, world: str, arrays: Mapping[str, np.ndarray], meta: Mapping[str, Any]) -> Results:
        """Results of one arm in one world from the engine's structured arrays (:mod:`sim.data.tables`), by table name.

        What ``meta["config"]`` holds is kept under ``meta["arms"][arm]``.
        """
        unknown = sorted(name for name in set(arrays) - set(DTYPES) if not name.startswith(PREFIX))
        if unknown:
            raise ResultsError(f"no table is called '{unknown[0]}'; there is {', '.join(DTYPES)}")
        arrays = {"spells": np.zeros(0, DTYPES["spells"]), **arrays}
        frames = {name: frame_of(name, arm, world, array, meta) for name, array in arrays.items()}
        if "groups" not in frames:
            from sim.analysis.lifetimes import groups_table

            frames["groups"] = groups_table(frames["daily"])
        shared = {key: value for key, value in meta.items() if key != "config"}
        shared["arms"] = {arm: {"world": world, **dict(meta.get("config") or {})}}
        return cls(**_fields(frames), meta=shared)

    @property
    def tables(self) -> dict[str, pd.DataFrame]:
        """The recorded tables by name."""
        own = {name: getattr(self, name) for name in DTYPES if getattr(self, name) is not None}
        return own | {PREFIX + name: frame for name, frame in self.mechanisms.items()}

    @property
    def arms(self) -> list[str]:
        """Labels of the arms in order of appearance."""
        return list(self.daily["arm"].cat.categories)

    @cached_property
    def digest(self) -> str:
        """SHA-256 over everything simulated (every table, no meta): see :func:`sim.data.digest.digest_of`."""
        return digest_of(self.tables)

    @cached_property
    def summary(self) -> dict[str, dict[str, dict[str, float]]]:
        """arm → outcome → ``{mean, low, high, n}``: 95 % t interval over communities; see :mod:`sim.analysis.outcomes`.

        With several worlds the key is ``world/arm``.
        """
        from sim.analysis.outcomes import outcomes, summarise

        return summarise(outcomes(self))

    def write(self, folder: str | Path, replace: bool = False) -> Path:
        """Write the run whole or not at all, and return its folder.

        A folder that does not exist yet appears complete. In one that exists (a place for logs or pictures, say)
        other files stay; an earlier run in it is refused unless ``replace`` is set.
        """
        target = Path(folder)
        if (target / "meta.json").exists() and not replace:
            raise ResultsError(f"{target} already holds a run: name another folder, or allow it to be replaced")
        if target.exists() and not target.is_dir():
            raise ResultsError(f"{target} is a file: a run needs a folder")
        target.parent.mkdir(parents=True, exist_ok=True)
        stage = target.parent / f".{target.name}.{uuid.uuid4().hex[:8]}.part"
        try:
            stage.mkdir()
            self._fill(stage)
            _put_in_place(stage, target)
        finally:
            shutil.rmtree(stage, ignore_errors=True)
        return target

    def _fill(self, stage: Path) -> None:
        with ThreadPoolExecutor(1) as aside:  # hashing and writing leave Python alone: they go side by side
            digest = aside.submit(lambda: self.digest)
            for name, frame in self.tables.items():
                _write_table(frame, stage / f"{name}.parquet")
        rows = {name: len(frame) for name, frame in self.tables.items()}
        meta = {**self.meta, "format": FORMAT, "version": VERSION, "rows": rows, "digest": digest.result()}
        text = json.dumps(meta, indent=1, ensure_ascii=False, default=_plain)
        (stage / "meta.json").write_text(text + "\n", encoding="utf-8")


def _fields(frames: dict[str, pd.DataFrame]) -> dict[str, Any]:
    """Frames as fields of :class:`Results`: those of mechanisms together."""
    own = {name: frame for name, frame in frames.items() if not name.startswith(PREFIX)}
    return {**own, "mechanisms": {name.removeprefix(PREFIX): f for name, f in frames.items() if name not in own}}


def _write_table(frame: pd.DataFrame, path: Path) -> None:
    """Names as dictionaries, numbers as they are, LZ4: three times as fast to write and read as the defaults."""
    names = [name for name in frame.columns if isinstance(frame[name].dtype, pd.CategoricalDtype)]
    table = pyarrow.Table.from_pandas(frame, preserve_index=False)
    parquet.write_table(table, path, compression="lz4", use_dictionary=names, write_page_checksum=True)


def _plain(value: object) -> object:
    """JSON for NumPy's numbers and arrays, and the text of anything else."""
    if isinstance(value, np.generic | np.ndarray):
        return value.tolist()
    return str(value)


def _put_in_place(stage: Path, target: Path) -> None:
    """Move a finished stage to its target; meta.json leaves first and comes last, so half a move is never a run."""
    if not target.exists():
        os.rename(stage, target)
        return
    (target / "meta.json").unlink(missing_ok=True)
    for name in {*DTYPES, *(path.stem for path in target.glob(f"{PREFIX}*.parquet"))}:
        if not (stage / f"{name}.parquet").exists():
            (target / f"{name}.parquet").unlink(missing_ok=True)
    for path in sorted(stage.iterdir(), key=lambda path: path.name == "meta.json"):
        os.replace(path, target / path.name)


def load(folder: str | Path, verify: bool = False) -> Results:
    """Read a run folder; :class:`ResultsError` says what is missing, truncated or foreign.

    ``verify`` also recomputes the digest and compares it with the one written down.
    """
    place = Path(folder)
    meta = _load_meta(place)
    frames = {name: _load_table(place, name, rows) for name, rows in meta["rows"].items()}
    results = Results(**_fields(frames), meta=meta)
    if verify and results.digest != meta.get("digest"):
        raise ResultsError(f"{place}: the tables do not match the digest in meta.json: something was changed by hand")
    return results


def _load_meta(place: Path) -> dict[str, Any]:
    if not os.path.isdir(place):  # a name too long for a folder is none, either
        raise ResultsError(f"{place} is not a folder: give the folder of a run (it holds meta.json)")
    path = place / "meta.json"
    if not path.is_file():
        raise ResultsError(f"{place} holds no meta.json: not a run, or one that was broken off; run it again")
    try:
        meta = json.loads(path.read_text(encoding="utf-8"))
    except (ValueError, OSError) as error:
        raise ResultsError(f"{path} cannot be read ({error}): run it again") from None
    rows = meta.get("rows") if isinstance(meta, dict) and meta.get("format") == FORMAT else None
    known = {*DTYPES, *(name for name in rows or () if _OF_MECHANISM.fullmatch(str(name)))}
    if not isinstance(rows, dict) or not set(ALWAYS) <= set(rows) <= known or not _is_told(meta):
        raise ResultsError(f"{path} is not the meta.json of a run of this laboratory")
    if meta.get("version") != VERSION:
        raise ResultsError(f"{path} is of version {meta.get('version')}, this laboratory reads version {VERSION}")
    return meta


_SHAPES = {"arms": dict, "versions": dict, "timings": dict, "roles": list, "strategies": list, "kinds": list,
           "start": str, "timezone": str, "reference": str, "lane": str, "note": str}  # fmt: skip
"""What notes may hold beside numbers."""


def _is_told(meta: Mapping[str, Any]) -> bool:
    """Are the notes of the shape that their readers count on: days, seed, names, and of each arm the numbers of its
    world?
    """
    if not all(isinstance(meta.get(key, shape()), shape) for key, shape in _SHAPES.items()):
        return False
    notes = list(meta.get("arms", {}).values())
    sections = [one.get(name, {}) for one in notes if isinstance(one, dict) for name in ("operator", "population")]
    numbers = [value for one in sections if isinstance(one, dict) for value in one.values()]
    numbers += [meta.get("days", 0), meta.get("seed", 0)]
    worlds = [one.get("world", "") for one in notes if isinstance(one, dict)]
    names = [name for key in ("roles", "strategies", "kinds") for name in meta.get(key, [])]
    are_dicts = all(isinstance(one, dict) for one in notes + sections)
    are_numbers = all(isinstance(one, int | float) and abs(one) < 1e300 for one in numbers)
    return are_dicts and are_numbers and all(isinstance(one, str) for one in worlds + names)


def _load_table(place: Path, name: str, rows: int) -> pd.DataFrame:
    path = place / f"{name}.parquet"
    if not path.exists():
        raise ResultsError(f"{path} is missing: the run is incomplete; run it again")
    try:
        table = parquet.read_table(path, page_checksum_verification=True)
        frame = table.to_pandas(split_blocks=True, self_destruct=True)
    except Exception as error:
        reason = str(error).splitlines()[0]
        raise ResultsError(f"{path} is broken or truncated ({reason}): run it again") from None
    wanted = {"arm", "world", *(DTYPES[name].names or () if name in DTYPES else ())} - {"minute"}
    missing = sorted(wanted - set(frame.columns))
    if missing:
        raise ResultsError(f"{path} has no column '{missing[0]}': it is not the {name} table of a run")
    if len(frame) != rows:
        raise ResultsError(f"{path} has {len(frame)} rows where meta.json says {rows}: run it again")
    return frame


def concat(runs: Sequence[Results]) -> Results:
    """One Results of many: tables stacked in order; meta keeps what all agree on, the rest goes to ``meta["arms"]``.

    A table is kept only where every run recorded it; those of mechanisms, of groups that were there before day 0, and
    of groups of another owner, where any did.
    """
    if not runs:
        raise ResultsError("nothing to put together: no run was given")
    names = [name for name in DTYPES if all(name in run.tables for run in runs)]
    frames = {name: _stack([run.tables[name] for run in runs]) for name in names}
    for name in ("starts", "others"):
        if found := [getattr(run, name) for run in runs if name in run.tables]:
            frames[name] = _stack(found)
    for name in sorted({name for run in runs for name in run.mechanisms}):  # who had it not in play counted nothing
        frames[PREFIX + name] = _stack([run.mechanisms[name] for run in runs if name in run.mechanisms])
    return Results(**_fields(frames), meta=_merge_meta([run.meta for run in runs]))


def _stack(frames: list[pd.DataFrame]) -> pd.DataFrame:
    columns: dict[str, Any] = {}
    for name in frames[0].columns:
        parts = [frame[name] for frame in frames]
        if isinstance(parts[0].dtype, pd.CategoricalDtype):
            columns[name] = union_categoricals(parts)
        elif isinstance(parts[0].dtype, np.dtype):
            columns[name] = np.concatenate([part.to_numpy() for part in parts])
        else:
            columns[name] = pd.concat(parts, ignore_index=True)
    return pd.DataFrame(columns, copy=False)


def _merge_meta(metas: list[dict[str, Any]]) -> dict[str, Any]:
    keys = [key for key in metas[0] if key != "arms"]
    shared = {key: metas[0][key] for key in keys if all(meta.get(key) == metas[0][key] for meta in metas)}
    arms: dict[str, Any] = {}
    for meta in metas:
        own = {key: value for key, value in meta.items() if key not in shared and key != "arms"}
        for arm, notes in meta.get("arms", {}).items():
            label = arm if arm not in arms else f"{notes.get('world')}/{arm}"
            arms[label] = {**own, **notes}
    return {**shared, "arms": arms}

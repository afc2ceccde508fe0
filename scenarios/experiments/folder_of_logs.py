"""A log, or all logs of a folder as one: their rooms are numbered on."""

from __future__ import annotations

from pathlib import Path

import pandas as pd

from sim.analysis.logs.columns import LogError
from sim.analysis.logs.reading import read_messages

__all__ = ["real_messages"]

_COLUMNS = ["group", "id", "t", "author", "kind", "reply_to", "channel"]


def real_messages(data: str, rooms: str | None = None) -> pd.DataFrame:
    """The messages of a real log, or of all logs (.csv, .parquet) of a folder.

    Raises
    ------
    LogError
        A log cannot be read or is simulated, the folder has none, or ``rooms`` is said of a folder.
    """
    place = Path(data)
    paths = sorted(p for p in place.iterdir() if p.suffix in (".csv", ".parquet")) if place.is_dir() else [place]
    if not paths:
        raise LogError(f"{data}: there is no .csv and no .parquet in it")
    if rooms is not None and place.is_dir():
        raise LogError("rooms= is for one log; data= is a folder")
    first, read = 0, []
    for path in paths:
        frame = _numbered(read_messages(path), path)
        frame["group"] += first
        first = int(frame["group"].max()) + 1
        read.append(frame)
    return pd.concat(read, ignore_index=True)


def _numbered(messages: pd.DataFrame, path: Path) -> pd.DataFrame:
    """The columns of a real log alone: rooms of a simulated one would be several of one number."""
    if "replicate" in messages:
        raise LogError(f"{path}: it is a simulated log (it has replicates); data= takes real ones")
    return messages[[name for name in _COLUMNS if name in messages]].copy()

"""Rows of any format as our table on disk: a batch at a time, authors as numbers, replies as ids of our own.

Neither texts nor names get here. Messages are numbered from 0 in their group, in the order of the file. A message that
stands twice (the same id of the format in one group) is kept once; a reply to a message that is not there, or is later,
answers nothing.
"""

from __future__ import annotations

import gc
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from hashlib import blake2b
from itertools import batched
from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq
from numpy.typing import NDArray

from sim.analysis.logs.columns import Source
from sim.analysis.logs.talk import HUMAN
from sim.exchange.clock import Seconds, from_wall
from sim.exchange.format import CREATED, Row, Tally
from sim.exchange.people import People

__all__ = ["Gathered", "Window", "gather", "resolve"]

Ints = NDArray[np.int64]
_BATCH = 1 << 15
_NONE = -(1 << 63)
_EARLIEST, _LATEST = 631_152_000, 4_102_444_800  # 1990, 2100
_SCHEMA = pa.schema([
    ("group", pa.int32()), ("id", pa.int32()), ("t", pa.timestamp("us", "UTC")), ("author", pa.int32()),
    ("kind", pa.string()), ("reply_to", pa.int32()), ("channel", pa.string()),
])  # fmt: skip
_OWN = pa.schema([*_SCHEMA, ("native", pa.int64()), ("asked", pa.int64())])


@dataclass(frozen=True)
class Window:
    """Messages of a time are kept: from ``since``, before ``until`` (seconds since 1970)."""

    since: float = -np.inf
    until: float = np.inf


@dataclass
class Gathered:
    """What was gathered: rows, human messages, groups and their births, the last time; whether times tell seconds."""

    rows: int = 0
    human: int = 0
    groups: dict[str | None, int] = field(default_factory=dict)
    born: dict[int, float] = field(default_factory=dict)
    last: float = -np.inf
    has_native: bool = False
    has_seconds: bool = False
    has_zone: bool = True


def gather(
    rows: Iterable[Row], path: Path, source: Source, tally: Tally, zone: str | None, window: Window | None = None,
    has_ids: bool = True,
) -> Gathered:  # fmt: skip
    """Write ``rows`` to a Parquet file; ``zone`` is that of the wall clock they were written by, or None.

    Where rows may have ids, two columns of them are kept for :func:`resolve`.
    """
    found = Gathered()
    people, given = People(source), dict[int, int]()
    schema = _OWN if has_ids else _SCHEMA
    with _uncollected(), pq.ParquetWriter(path, schema, compression="snappy") as writer:
        for batch in batched(rows, _BATCH):
            if (made := _batch(batch, found, people, given, tally, zone, window or Window())) is not None:
                writer.write_batch(made.select(schema.names))
    return found


@contextmanager
def _uncollected() -> Iterator[None]:
    """Without looking for circles of references, which rows do not make: a quarter of the time would go there."""
    was = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was:
            gc.enable()


def _batch(
    rows: tuple[Row, ...], found: Gathered, people: People, given: dict[int, int], tally: Tally,
    zone: str | None, window: Window,
) -> pa.RecordBatch | None:  # fmt: skip
    when, who, kind, group, name, native, asked, channel = zip(*rows, strict=True)
    t = np.array(when, np.float64)
    strange = ~((t >= _EARLIEST) & (t < _LATEST))
    for place in np.flatnonzero(strange).tolist():
        tally.miss(tally.seen - len(rows) + place + 1)
    t = from_wall(np.where(strange, _EARLIEST, t), zone) if zone and not tally.has_zone else t
    keep = ~strange & (t >= window.since) & (t < window.until)
    pairs = list(zip(who, name, strict=True))
    author = _coded(pairs, {pair: people.number(*pair) for pair in dict.fromkeys(pairs)})
    room = _coded(group, {one: found.groups.setdefault(one, len(found.groups)) for one in dict.fromkeys(group)})
    words = sorted(set(kind))
    code = _coded(kind, {word: at for at, word in enumerate(words)})
    if CREATED in words:
        for place in np.flatnonzero(code == words.index(CREATED)).tolist():
            found.born.setdefault(int(room[place]), float(t[place]))
    if not keep.any():
        return None
    own = [_natives(ids)[keep] for ids in (native, asked)]
    found.rows += int(keep.sum())
    found.human += int(np.isin(code[keep], [at for at, word in enumerate(words) if word in HUMAN]).sum())
    found.last = max(found.last, float(t[keep].max()))
    found.has_seconds |= bool((t[keep] % 60 != 0).any())
    found.has_native |= bool((own[0] != _NONE).any())
    return _columns(room[keep], _numbered(room[keep], given), t[keep], author[keep], code[keep], words,
                    pa.array(channel, pa.string()).filter(pa.array(keep)), *own)  # fmt: skip


def _columns(
    room: Ints, number: NDArray[np.int32], t: Seconds, author: Ints, code: Ints, words: list[str], channel: pa.Array,
    native: Ints, asked: Ints,
) -> pa.RecordBatch:  # fmt: skip
    known = pa.array(["system" if word == CREATED else word for word in words])
    columns = [
        pa.array(room.astype(np.int32)),
        pa.array(number),
        pa.array(np.round(t * 1e6).astype("datetime64[us]"), pa.timestamp("us", "UTC")),
        pa.array(author.astype(np.int32)),
        pa.DictionaryArray.from_arrays(pa.array(code.astype(np.int32)), known).cast(pa.string()),
        pa.nulls(len(t), pa.int32()),
        channel,
        pa.array(native),
        pa.array(asked),
    ]
    return pa.RecordBatch.from_arrays(columns, schema=_OWN)


def _coded[T](values: Sequence[T], codes: dict[T, int]) -> Ints:
    """Values as their codes."""
    if len(codes) == 1:
        return np.full(len(values), next(iter(codes.values())), np.int64)
    return np.fromiter(map(codes.__getitem__, values), np.int64, len(values))


def _natives(ids: Sequence[int | str | None]) -> Ints:
    if ids.count(None) == len(ids):
        return np.full(len(ids), _NONE)
    return np.fromiter(map(_native, ids), np.int64, len(ids))


def _native(one: int | str | None) -> int:
    """An id as a whole number; of a text a hash (two texts in a log of millions will not share one of 64 bits)."""
    if one is None:
        return _NONE
    if isinstance(one, int) and abs(one) < 1 << 62:
        return one
    return int.from_bytes(blake2b(str(one).encode("utf-8", "replace"), digest_size=8).digest(), "little", signed=True)


def _numbered(room: Ints, given: dict[int, int]) -> NDArray[np.int32]:
    """Numbers from 0 within each room, going on from batch to batch."""
    found = np.zeros(len(room), np.int32)
    for one in np.unique(room).tolist():
        here = np.flatnonzero(room == one)
        first = given.get(one, 0)
        found[here] = np.arange(first, first + len(here))
        given[one] = first + len(here)
    return found


def resolve(path: Path, target: Path, found: Gathered) -> None:
    """The table with ``reply_to`` told by our ids, and messages that stand twice kept once."""
    with pq.ParquetFile(path) as table, pq.ParquetWriter(target, _SCHEMA, compression="snappy") as writer:
        links = _Links(table) if found.has_native else None
        start = 0
        for batch in table.iter_batches(_BATCH, columns=_SCHEMA.names):
            part = slice(start, start + batch.num_rows)
            start = part.stop
            if links is not None:
                reply = links.reply[part]
                batch = batch.set_column(5, "reply_to", pa.array(reply, pa.int32(), mask=reply < 0))
                batch = batch.filter(pa.array(links.first[part]))
            writer.write_batch(batch)
    if links is not None:
        found.rows = int(links.first.sum())


class _Links:
    """Of every row, which message it answers (id within the group, -1 for none), and whether it stands there first."""

    def __init__(self, table: pq.ParquetFile) -> None:
        columns = table.read(["group", "id", "t", "native", "asked"])
        group, own, native, asked = (columns[name].to_numpy() for name in ("group", "id", "native", "asked"))
        t: Ints = columns["t"].cast(pa.int64()).to_numpy()
        key = _keys(group, native)
        order = np.argsort(key, kind="stable")
        self.first = np.ones(len(group), bool)
        self.first[order[1:][(np.diff(key[order]) == 0) & (native[order][1:] != _NONE)]] = False
        near = order[np.minimum(np.searchsorted(key, _keys(group, asked), sorter=order), len(order) - 1)]
        good = (asked != _NONE) & (native[near] == asked) & (group[near] == group)
        good &= (t[near] <= t) & (near != np.arange(len(near))) & self.first[near]
        self.reply = np.where(good, own[near], -1).astype(np.int32)


def _keys(group: Ints, native: Ints) -> NDArray[np.uint64]:
    """One number for group and id: they are told apart where it matters (two keys alike would be of one in 10^19)."""
    with np.errstate(over="ignore"):
        return native.astype(np.uint64) + group.astype(np.uint64) * np.uint64(0x9E3779B97F4A7C15)

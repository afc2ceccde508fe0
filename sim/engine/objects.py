"""Tables as plain objects, for the Mesa lane: what a rule reads and writes there is an ordinary attribute.

Reading one number out of a NumPy record costs a microsecond, out of a plain object some ten nanoseconds; and a debugger
shows what a plain object holds. So in the Mesa lane the objects are the state while the rules run, the tables are
closed to writing, and what has changed goes back into them once a day (:meth:`Objects.store`).

>>> table = np.zeros(2, [("lives", "i2"), ("mood", "f8")])
>>> cats = Sheet("cats", table)
>>> cats[1].lives += 9
>>> cats.store()
>>> table["lives"].tolist()
[0, 9]
>>> cats[1].lives = 8.5
>>> cats.store()
Traceback (most recent call last):
    ...
sim.engine.columns.ColumnError: cats[1].lives = 8.5: its column (int16) would change it
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from operator import attrgetter, is_not, itemgetter
from typing import Any

import numpy as np

from sim.engine.columns import fitted, plain_values

__all__ = ["Numbers", "Objects", "Sheet", "laid_out", "values_by_name"]

Make = Callable[[dict[str, Any]], Any]


class Record:
    """A row as a plain object: one slot a column, read as an attribute or by name in brackets."""

    __slots__: tuple[str, ...] = ()

    def __getitem__(self, name: str) -> Any:
        return getattr(self, name)

    def __setitem__(self, name: str, value: Any) -> None:
        setattr(self, name, value)

    def __repr__(self) -> str:
        shown = ", ".join(f"{name}={getattr(self, name)!r}" for name in self.__slots__)
        return f"{type(self).__name__}({shown})"


def record_class(name: str, dtype: np.dtype) -> type[Record]:
    """A class of records with one slot for each column of a row type."""
    return type(name.capitalize(), (Record,), {"__slots__": tuple(dtype.names or ())})


def _record_maker(klass: type[Record]) -> Make:
    def make(values: dict[str, Any]) -> Any:
        made = klass()
        for name, value in values.items():
            setattr(made, name, value)
        return made

    return make


def values_by_name(row: np.void) -> dict[str, Any]:
    """A row's columns as plain numbers and lists."""
    return dict(zip(row.dtype.names or (), plain_values(row), strict=True))


class Numbers(list[Any]):
    """A list of numbers that knows its size as an array does."""

    @property
    def size(self) -> int:
        """How many there are."""
        return len(self)


class Sheet(dict[Any, Any]):
    """The rows of one table as objects, each made when it is first asked for; plain numbers where the table has no
    columns. What differs from what was last read or written is written by :meth:`store`.
    """

    def __init__(self, name: str, table: np.ndarray, make: Make | None = None) -> None:
        super().__init__()
        self.name, self.table, self.size, self.shape = name, table, table.size, table.shape
        self._names = tuple(table.dtype.names or ())
        self._lists = tuple(name for name in self._names if table.dtype[name].shape)
        self._flat = tuple(name for name in self._names if name not in self._lists)
        self._known: dict[Any, Any] = {}
        self._make = make or _record_maker(record_class(name, table.dtype))
        self._has_dict = make is not None
        self._take = _taker(self._flat, self._has_dict)
        self._take_lists = _taker(self._lists, self._has_dict)

    def __missing__(self, at: Any) -> Any:
        if (min(at) if isinstance(at, tuple) else at) < 0:
            raise IndexError(f"{self.name}[{at}]: rows count from 0")
        row = self.table[at]
        made = self._make(values_by_name(row)) if self._names else row.item()
        self[at] = made
        self._known[at] = self._seen(made)
        return made

    def _seen(self, one: Any) -> Any:
        """What an object holds now: its numbers, and copies of its lists."""
        if not self._names:
            return one
        return self._take(one), [list(values) for values in self._take_lists(one)]

    def _differ(self, seen: Any, known: Any) -> bool:
        if not self._names:
            return seen is not known
        return any(map(is_not, seen[0], known[0])) or any(map(_unlike, seen[1], known[1]))

    def reload(self) -> None:
        """Read the rows in use again: somebody else has written into the table."""
        for at, one in self.items():
            for name, value in values_by_name(self.table[at]).items():
                setattr(one, name, value)
            self._known[at] = self._seen(one)

    def values_at(self, at: Any) -> dict[str, Any]:
        """What a row holds now, by column."""
        numbers, lists = self._seen(self[at])
        return dict(zip(self._flat, numbers, strict=True)) | dict(zip(self._lists, lists, strict=True))

    def replace(self, at: Any) -> None:
        """Put another object with the same values in the place of one that goes its own way."""
        self[at] = self._make(self.values_at(at))

    def duplicate(self, source: Any, target: Any) -> None:
        """Make one row equal to another."""
        values, new = self.values_at(source), self[target]
        if self._has_dict:
            vars(new).update(values)
        else:
            for name, value in values.items():
                setattr(new, name, value)

    def written(self, n: int) -> np.ndarray:
        """The first ``n`` rows, written into the table."""
        rows = range(n)
        for name in self._names if n else ():
            values = [getattr(self[row], name) for row in rows]
            self.table[name][:n] = fitted(self.name, name, self.table.dtype[name], values, list(rows))
        return self.table[:n]

    def forget(self) -> None:
        """Let go of all objects; what is asked for again is read again."""
        self.clear()
        self._known.clear()

    def store(self) -> None:
        """Write what has changed into the table; a value that its column would change is refused."""
        places, before, after = [], [], []
        for at, one in self.items():
            seen, known = self._seen(one), self._known.get(at)
            if known is None or self._differ(seen, known):
                places.append(at)
                before.append(known)
                after.append(seen)
        if not places:
            return
        index = tuple(map(list, zip(*places, strict=True))) if isinstance(places[0], tuple) else places
        if not self._names:
            self.table[index] = fitted(self.name, "", self.table.dtype, after, places)
        else:
            self._write(index, places, before, after)
        self._known.update(zip(places, after, strict=True))

    def _write(self, index: Any, places: list[Any], before: list[Any], after: list[Any]) -> None:
        """Column by column, those in which anything has changed."""
        is_known = None not in before
        for part, (names, unlike) in enumerate(((self._flat, is_not), (self._lists, _unlike))):
            now = list(zip(*(seen[part] for seen in after), strict=True))
            was = list(zip(*(seen[part] for seen in before), strict=True)) if is_known else now
            for name, old, new in zip(names, was, now, strict=True):
                if not is_known or any(map(unlike, old, new)):
                    values = fitted(self.name, name, self.table.dtype[name], list(new), places)
                    self.table[name][index] = values


def _unlike(one: list[Any], other: list[Any]) -> bool:
    """Has a list been written to? Asked of identity, since 0.0 equals −0.0 and they are different bytes."""
    return len(one) != len(other) or any(map(is_not, one, other))


def _taker(names: tuple[str, ...], has_dict: bool) -> Callable[[Any], tuple[Any, ...]]:
    """A function that takes some values out of an object, as fast as it goes."""
    if not names:
        return lambda one: ()
    if has_dict:
        take = itemgetter(*names)
        return (lambda one: take(vars(one))) if len(names) > 1 else (lambda one: (take(vars(one)),))
    get = attrgetter(*names)
    return get if len(names) > 1 else (lambda one: (get(one),))


def laid_out(desk: Any) -> Any:
    """A named tuple of arrays that need not be written back as one of lists and sheets."""
    made = {name: Sheet(name, table) if table.dtype.names else Numbers(table.tolist())
            for name, table in desk._asdict().items()}  # fmt: skip
    return desk._replace(**made)


class Objects:
    """A named tuple of tables as a named tuple of sheets, and the way back.

    Tables of one dimension are things that last (members, groups, worlds) and keep their objects; of the others what
    was touched is let go each time it has been stored.
    """

    def __init__(self, tables: Any, make: dict[str, Make]) -> None:
        self._tables = tables
        self._sheets = {name: Sheet(name, table, make.get(name)) for name, table in tables._asdict().items()}
        self.state = tables._replace(**self._sheets)
        self._is_open = True

    def close(self) -> None:
        """From now on nobody writes into the tables but through :meth:`open`."""
        self._is_open = False
        self._flag(False)

    def _flag(self, writeable: bool) -> None:
        for table in self._tables:
            table.flags.writeable = writeable

    @contextmanager
    def open(self) -> Iterator[None]:
        """The tables may be written here."""
        self._flag(True)
        try:
            yield
        finally:
            self._flag(self._is_open)

    def reload(self, *names: str) -> None:
        """Take over what others have written into these tables."""
        for name in names:
            self._sheets[name].reload()

    def forget(self) -> None:
        """Take over whatever has been written into any table: all objects are made again."""
        for sheet in self._sheets.values():
            sheet.forget()

    def store(self, *but: str) -> None:
        """Write what has changed into every table (but some)."""
        with self.open():
            for name, sheet in self._sheets.items():
                if name not in but:
                    sheet.store()
                    if sheet.table.ndim > 1:
                        sheet.forget()

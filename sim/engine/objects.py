"""Tables as plain objects, for the Mesa lane: what a rule reads and writes there is an ordinary attribute.

Reading one number out of a NumPy record costs a microsecond, out of a plain object some ten nanoseconds; and a debugger
shows what a plain object holds. So in the Mesa lane the objects are the state while the rules run, the tables are
closed to writing, and what the objects hold goes back into them once a day (:meth:`Objects.store`).

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
sim.engine.columns.ColumnError: cats[1].lives = 8.5 does not fit its column int16: required argument is not an integer
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from operator import attrgetter, itemgetter
from typing import Any

import numpy as np

from sim.engine.columns import Packing
from sim.engine.shown import called, described

__all__ = ["Numbers", "Objects", "Record", "Sheet", "laid_out"]

Make = Callable[[dict[str, Any]], Any]


class Record:
    """A row as a plain object: one slot a column, read as an attribute or by name in brackets."""

    __slots__: tuple[str, ...] = ()

    def __getitem__(self, name: str) -> Any:
        return getattr(self, name)

    def __setitem__(self, name: str, value: Any) -> None:
        setattr(self, name, value)

    def __repr__(self) -> str:
        return described(type(self).__name__, {name: getattr(self, name, None) for name in self.__slots__})


def _record_maker(name: str, columns: tuple[str, ...]) -> Make:
    """What makes records with one slot for each column, or plain numbers where there are no columns."""
    if columns == ("",):
        return itemgetter("")
    klass = type(called(name), (Record,), {"__slots__": columns})

    def make(values: dict[str, Any]) -> Any:
        made = klass()
        for column, value in values.items():
            setattr(made, column, value)
        return made

    return make


class Numbers(list[Any]):
    """A list of numbers that knows its size as an array does."""

    @property
    def size(self) -> int:
        """How many there are."""
        return len(self)


class Sheet(dict[Any, Any]):
    """The rows of one table as objects, each made when it is first asked for; plain numbers where the table has no
    columns. ``make`` makes an object with a dictionary of its own out of the columns; without it records are made.
    """

    def __init__(self, name: str, table: np.ndarray, make: Make | None = None) -> None:
        super().__init__()
        self.name, self.table, self.size, self.shape = name, table, table.size, table.shape
        self._packing = Packing(name, table)
        self._has_dict = make is not None
        self._make = make or _record_maker(name, (*self._packing.flat, *self._packing.lists))
        self._flat = _taker(self._packing.flat, self._has_dict)
        self._lists = _taker(self._packing.lists, self._has_dict)

    def __missing__(self, at: Any) -> Any:
        values = self._packing.read(self._row(at))
        made = self[at] = self._make(values)
        return made

    def _row(self, at: Any) -> int:
        """A place as a number of rows from the beginning."""
        places = at if isinstance(at, tuple) else (at,)
        row = 0
        for place, size in zip(places, self.shape, strict=True):
            if not 0 <= place < size:
                raise IndexError(f"{self.name}{list(places)}: the table is {' × '.join(map(str, self.shape))} rows")
            row = row * size + place
        return row

    def values_at(self, at: Any) -> dict[str, Any]:
        """What an object holds now, by column; its lists are copied."""
        one, packing = self[at], self._packing
        values = dict(zip(packing.flat, self._flat(one), strict=True))
        return values | {name: list(held) for name, held in zip(packing.lists, self._lists(one), strict=True)}

    def replace(self, at: Any) -> None:
        """Put another object with the same values in the place of one that goes its own way."""
        self[at] = self._make(self.values_at(at))

    def duplicate(self, source: Any, target: Any) -> None:
        """Make one row equal to another."""
        self._set(self[target], self.values_at(source))

    def _set(self, one: Any, values: dict[str, Any]) -> None:
        if self._has_dict:
            vars(one).update(values)
            return
        for name, value in values.items():
            setattr(one, name, value)

    def reload(self) -> None:
        """Read the rows in use again: somebody else has written into the table."""
        for at, one in self.items():
            self._set(one, self._packing.read(self._row(at)))

    def store(self) -> None:
        """Write the rows in use into the table; a value that its column would change is refused."""
        write, flat, lists = self._packing.write, self._flat, self._lists
        is_single = len(self.shape) == 1
        for at, one in self.items():
            row = at if is_single else self._row(at)
            write(row, flat(one), lists(one), at)

    def blank(self) -> None:
        """All rows in use are as the table has them."""
        self.clear()

    def written(self, n: int) -> np.ndarray:
        """The first ``n`` rows, written into the table."""
        for row in range(n):
            one = self[row]
            self._packing.write(row, self._flat(one), self._lists(one), row)
        return self.table[:n]


def _taker(names: tuple[str, ...], has_dict: bool) -> Callable[[Any], tuple[Any, ...]]:
    """A function that takes some values out of an object, as fast as it goes."""
    if not names:
        return lambda one: ()
    if names == ("",):
        return lambda one: (one,)
    if has_dict:
        item = itemgetter(*names)
        return (lambda one: item(vars(one))) if len(names) > 1 else (lambda one: (item(vars(one)),))
    get = attrgetter(*names)
    return get if len(names) > 1 else (lambda one: (get(one),))


def laid_out(desk: Any) -> Any:
    """A named tuple of arrays that need not be written back, as one of lists and sheets."""
    made = {name: Sheet(name, table) if table.dtype.names else Numbers(table.tolist())
            for name, table in desk._asdict().items()}  # fmt: skip
    return desk._replace(**made)


class Objects:
    """A named tuple of tables as a named tuple of sheets, and the way back.

    Tables of one dimension are things that last (members, groups, worlds) and keep their objects; of the others what
    was touched is let go each time it has been stored.
    """

    def __init__(self, tables: Any, make: dict[str, Make]) -> None:
        arrays = {name: table for name, table in tables._asdict().items() if isinstance(table, np.ndarray)}
        self._sheets = {name: Sheet(name, table, make.get(name)) for name, table in arrays.items()}
        self.state = tables._replace(**self._sheets)
        self._is_open = True

    def close(self) -> None:
        """From now on nobody else writes into the tables but where they are opened."""
        self._is_open = False
        self._flag()

    def _flag(self, is_open: bool = False) -> None:
        for table in (sheet.table for sheet in self._sheets.values()):
            table.flags.writeable = is_open

    @contextmanager
    def open(self, *names: str) -> Iterator[None]:
        """The tables may be written here; what is written into the named ones is taken over by their objects."""
        for name in names:
            self._sheets[name].store()
        self._flag(True)
        try:
            yield
        finally:
            self._flag(self._is_open)
        for name in names:
            self._sheets[name].reload()

    def exchange(self, name: str, table: np.ndarray) -> None:
        """Put another table in the place of one; nothing of the old one is taken over."""
        self._sheets[name] = Sheet(name, table)
        self.state = self.state._replace(**{name: self._sheets[name]})

    def forget(self) -> None:
        """Take over whatever has been written into any table: all objects are made again."""
        for sheet in self._sheets.values():
            sheet.clear()

    def store(self, *but: str) -> None:
        """Write what the objects hold into every table (but some)."""
        for name, sheet in self._sheets.items():
            if name not in but:
                sheet.store()
                if len(sheet.shape) > 1:
                    sheet.clear()

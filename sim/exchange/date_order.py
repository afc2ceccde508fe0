"""Day or month first? Told by what the dates of a file can mean and whether they then run on in time."""

from __future__ import annotations

from collections.abc import Iterable

from sim.exchange.clock import day_start

__all__ = ["ORDERS", "Undecided", "day_of", "order_of"]

ORDERS = ("dmy", "mdy", "ymd")
Fields = tuple[int, int, int]
_ENOUGH = 400  # dates, after which a reading is settled though the file goes on
_NONE, _HARD = 20, 5  # points against an order of a date that does not exist, and of one that is too early


class Undecided(Exception):
    """More than one reading fits; ``fields`` is a date that they read differently, ``orders`` are the readings."""

    def __init__(self, fields: Fields, orders: list[str]) -> None:
        super().__init__(f"{fields}: {orders}")
        self.fields, self.orders = fields, orders


def day_of(fields: Fields, order: str) -> int | None:
    """Seconds from 1970 to the day that three numbers mean; None if there is none.

    >>> day_of((31, 12, 25), "dmy") == day_of((2025, 12, 31), "ymd"), day_of((31, 12, 25), "mdy")
    (True, None)
    """
    where = {letter: fields[at] for at, letter in enumerate(order)}
    year = where["y"] + 2000 if where["y"] < 100 else where["y"]
    return day_start(year, where["m"], where["d"]) if 1990 <= year < 2100 else None


def order_of(dates: Iterable[Fields]) -> str:
    """The order in which the dates exist and run on in time.

    A date that does not exist speaks against an order with twenty points, one that is earlier than another before it
    with five, a silence of more than 200 days with one (days taken for years leap so). A file may hold some dates that
    are none of its own (lines pasted from elsewhere). A year of two figures in front is not thought of while another
    order does as well.

    Raises
    ------
    Undecided
        If several orders fit (or none).
    """
    points, last, seen = dict.fromkeys(ORDERS, 0), dict.fromkeys(ORDERS, 0), 0
    apart: Fields | None = None
    for fields in dates:
        days = {order: day_of(fields, order) for order in ORDERS}
        if all(day is None for day in days.values()):
            continue
        seen += 1
        for order, day in days.items():
            points[order] += _against(day, last[order])
            last[order] = max(last[order], day or 0)
        if days["dmy"] != days["mdy"]:
            apart = apart or fields
        if seen == _ENOUGH and (found := _clear(points, seen)):
            return found
    fits = [order for order in ORDERS if points[order] < min(points.values()) + _HARD]
    fits = [order for order in fits if order != "ymd"] or fits
    if apart is None and seen and "dmy" in fits:
        fits = ["dmy"]  # every date reads alike with the month in front
    if len(fits) != 1 or not seen:
        raise Undecided(apart or (1, 2, 3), fits)
    return fits[0]


def _against(day: int | None, last: int) -> int:
    if day is None:
        return _NONE
    if day < last:
        return _HARD
    return int(bool(last) and day > last + 200 * 86_400)


def _clear(points: dict[str, int], seen: int) -> str | None:
    """The order with fewest points, if they are few and every other has many more."""
    best, second, _ = sorted(ORDERS, key=lambda one: points[one])
    return best if points[best] <= max(2, seen // 10) and points[second] > 3 * points[best] else None

"""The recorder: copies each day's counts, and the rows of those who left, into the tables of a run."""

from __future__ import annotations

from typing import Any

import numpy as np

from sim.data import tables
from sim.data.day_rows import write_days
from sim.data.earlier import Earlier
from sim.data.mechanism_tables import MechanismTables
from sim.data.owners import is_operators, of_others, rows_of_operators
from sim.engine.levers import Levers
from sim.model.entities import BUYING, CLOSING, COUNTED, LEAVING, State
from sim.model.past_search import Past, Standing
from sim.model.submodels.conversation_log import NOTE, OUT, Desk

__all__ = ["BLOCK", "Recorder"]

# Kinds of cost: group's columns of yuan and minutes, by what a lever can bear (see sim.engine.levers).
_COSTS = {
    "content": ("", "minutes_content"), "expert": ("yuan_fee", ""), "welcome": ("", "minutes_welcome"),
    "answers": ("", "minutes_answers"),
}  # fmt: skip
# Days on which a member did something first, -1 if never; in the tables: since the membership begins there.
_FIRST = ("day_first_post", "day_trusting", "day_first_invitation")
DISSOLVED = tables.REASONS.index("dissolved")
_BOOKED = 7  # days between bookings in the ledger
_GROUPS = 128  # groups written into the daily table at a time: a month of them is a megabyte
BLOCK = 32  # days kept as they are before they are written into the daily table, which is a quarter smaller


class Recorder:
    """Tables of a run in the making. ``record`` is counts, spells or messages, each holding the ones before."""

    def __init__(
        self, state: State, days: int, record: str, first: int, strategies: list[str], counted: MechanismTables
    ) -> None:
        self.state, self.record, self.first, self.counted = state, record, first, counted
        self.strategies = [*strategies, "host"]
        self._levers = counted.levers
        self._per = int(state.worlds["n_groups"][0])
        self._spells: list[np.ndarray] = []
        self._purchases: list[np.ndarray] = []
        self._messages: list[np.ndarray] = []
        self._ledger: list[np.ndarray] = []
        self._costs: dict[tuple[str, str], np.ndarray] = {}
        self._closed: list[np.ndarray] = []  # strong pairs of groups that were dissolved
        self._earlier = Earlier()
        self._age, self._first_ids = 0, np.zeros(state.groups.size, np.int64)  # days and messages before day 0
        self._starts: list[np.ndarray] = []
        self._days = days
        kept = state.groups[list(COUNTED)].dtype
        places = [kept.fields[name][1] for name in COUNTED]  # type: ignore[index]
        size = places[-1] + kept[COUNTED[-1]].itemsize
        self._packed = np.dtype(
            {"names": list(COUNTED), "formats": [kept[n] for n in COUNTED], "offsets": places, "itemsize": size}
        )
        # the same bytes without their names: copied in one piece instead of column by column
        self._counts = np.ndarray(state.groups.shape, f"V{size}", state.groups.data, strides=state.groups.strides)
        self._raw = np.zeros((BLOCK, state.groups.size), f"V{size}")
        self._daily: list[np.ndarray] = []
        self._n_days = 0

    def begin(self, age: int, founded: np.ndarray, past: Past, stands: Standing) -> None:
        """Day 0 of a running start, ``age`` days after the founding of the groups in the rows ``founded``: memberships
        and messages begin here in the tables.
        """
        groups, members, rows = self.state.groups, self.state.members, self.seated()
        for name in _FIRST:
            members[name][rows] = -1
        self._earlier.note(rows, members)
        self._age, self._first_ids = age, groups["n_total"].copy()
        table = np.zeros(stands.members.size, tables.STARTS)
        self._place(table, founded)
        table["age"], table["n_members"], table["n_messages"] = age, stands.members.ravel(), stands.messages.ravel()
        table["n_brought_to"], table["reply"] = past.kept.ravel(), np.repeat(past.reply, stands.members.shape[1])
        self._starts.append(table)

    def record_day(self, day: int, levers: Levers) -> None:
        """Copy the counts of the day; with spells, also who left and who bought."""
        groups = self.state.groups
        self.counted.record(day, self.first + groups["community"], groups["index"], is_operators(self.state))
        self._raw[self._n_days % BLOCK] = self._counts
        self._n_days += 1
        if self._n_days % BLOCK == 0:
            self._daily.append(self._days_of(self._n_days - BLOCK, self._n_days))
        if self.record != "counts":
            self._take_listed(day)
        self._book(day, levers)

    def _place(self, table: np.ndarray, group: np.ndarray) -> None:
        table["replicate"] = self.first + self.state.groups["community"][group]
        table["group"] = self.state.groups["index"][group]

    def _day_tables(self) -> dict[str, np.ndarray]:
        """The daily table: one row per group of the operator's and day while the group exists, in the order of groups,
        then days; and that of the groups of others, if there are any.
        """
        done = len(self._daily) * BLOCK
        rest = [self._days_of(done, self._n_days)] if self._n_days > done else []
        table = np.concatenate([np.zeros((self.state.groups.size, 0), tables.DAILY), *self._daily, *rest], axis=1)
        ours = is_operators(self.state)
        others = {} if ours.all() else {"others": of_others(self.state, table)}
        table = (table if ours.all() else table[ours]).reshape(-1)
        born = table["day"] >= 0
        return {"daily": table if born.all() else table[born], **others}

    def _days_of(self, first: int, last: int) -> np.ndarray:
        """Rows (groups, days) of the daily table from the copies of some days; day is -1 before a group is born.

        It goes by blocks of groups that fit the cache: a column reads and writes a little of every row, so one column
        after another would bring both tables from memory once a column.
        """
        groups = self.state.groups
        table = np.zeros((groups.size, last - first), dtype=tables.DAILY)
        table["replicate"], table["group"] = (self.first + groups["community"])[:, None], groups["index"][:, None]
        for start in range(0, groups.size, _GROUPS):
            part = slice(start, start + _GROUPS)
            counts = self._raw[: last - first, part].T.copy().view(self._packed)
            write_days(counts, np.arange(first, last), table[part])
        self.counted.write_days(table, last - first)
        return table

    def _take_listed(self, day: int) -> None:
        """Rows of those who left and of those who bought, in the order of communities and seats."""
        is_open = (self.state.groups["is_open"] == 1) & is_operators(self.state)  # lists of closed ones are of long ago
        for name, which, kept in (("n_leaving", LEAVING, self._spells), ("n_buying", BUYING, self._purchases)):
            rows = self.state.rows_listed(np.where(is_open, self.state.groups[name], 0), which)
            if rows.size:
                kept.append(self._spell_rows(rows, day) if which == LEAVING else self._purchase_rows(rows, day))
        closing = (self.state.groups["fate"] == CLOSING) & is_operators(self.state)
        if closing.any():
            rows = self.state.rows_listed(np.where(closing, self.state.groups["n_leaving"], 0), LEAVING)
            self._closed.append(self._pairs(rows[self.state.members["reason"][rows] == DISSOLVED]))

    def note_moved(self) -> None:
        """Who was moved today begins another membership: what they did and paid before was counted in the last one."""
        if self.record == "counts":
            return
        rows = self.state.seated_today()
        self._earlier.note(rows[self.state.members["moving"][rows] > 0], self.state.members)

    def _spell_rows(self, rows: np.ndarray, day: int) -> np.ndarray:
        members = self.state.members[rows]
        table = np.zeros(rows.size, dtype=tables.SPELLS)
        self._place(table, rows // (self.state.groups["seats"][0] + 1))
        for name in tables.SPELLS.names or ():
            if name in (self.state.members.dtype.names or ()):
                table[name] = members[name]
        person = members["person"]
        table["person"] = np.where(person < 0, -1 - person, person)
        table["day_joined"] = members["day_seated"] - self._age
        for name in _FIRST:
            table[name][table[name] >= 0] -= self._age
        self._earlier.subtract(rows, members, table)
        table["day_left"] = np.where(members["reason"] > 0, day, -1)
        table["muted"] = members["is_muted"]
        return table

    def _purchase_rows(self, rows: np.ndarray, day: int) -> np.ndarray:
        members = self.state.members[rows]
        table = np.zeros(rows.size, dtype=tables.PURCHASES)
        group = rows // (self.state.groups["seats"][0] + 1)
        self._place(table, group)
        person = members["person"]
        table["person"], table["day"] = np.where(person < 0, -1 - person, person), day
        table["price"], table["rung"] = self.state.groups["price_today"][group], self.state.groups["rung_today"][group]
        return table

    def _book(self, day: int, levers: Levers) -> None:
        """Every cost to the strategies whose levers asked for it, by share, else to the host; booked weekly.

        What others spend on their groups is no cost of the operator's.
        """
        groups = self.state.groups
        for kind, (yuan, minutes) in _COSTS.items():
            bearing = [lever.name for lever in self._levers if lever.bears == kind]
            for what, column in (("CNY", yuan), ("host_minutes", minutes)):
                if column:
                    self._charge(what, groups[column], levers, bearing)
        for what, paid, bearing in self.counted.booked():
            self._charge(what, paid, levers, bearing)
        if day % _BOOKED == _BOOKED - 1 or day == self._days - 1:
            for code, name in enumerate(self.strategies):
                self._book_one(day, code, name)
            self._costs.clear()

    def _charge(self, what: str, paid: np.ndarray, levers: Levers, bearing: list[str]) -> None:
        """What was paid in each group, to those who bear it (:meth:`sim.engine.levers.Levers.borne`)."""
        paid = np.where(is_operators(self.state), paid, 0.0) if paid.any() else paid
        for holder, part in levers.borne(paid, bearing) if paid.any() else ():
            total = self._costs.setdefault((holder, what), np.zeros(paid.size))
            total += part

    def _book_one(self, day: int, code: int, name: str) -> None:
        zero = np.zeros(self.state.groups.size)
        yuan, minutes = self._costs.get((name, "CNY"), zero), self._costs.get((name, "host_minutes"), zero)
        spent = np.flatnonzero((yuan != 0.0) | (minutes != 0.0))
        table = np.zeros(spent.size, dtype=tables.LEDGER)
        self._place(table, spent)
        table["day"], table["strategy"], table["CNY"], table["host_minutes"] = day, code, yuan[spent], minutes[spent]
        self._ledger.append(table)

    def take_messages(self, desk: Desk) -> np.ndarray:
        """Empty a desk's outbox."""
        n = int(desk.n[OUT])
        return (desk.out[:n] if isinstance(desk.out, np.ndarray) else desk.out.written(n)).copy()

    def add_messages(self, outs: list[Any]) -> None:
        """Keep the messages of a day, in the order of groups."""
        self._messages.extend(outs)

    def _message_table(self) -> np.ndarray:
        notes = np.concatenate([np.zeros(0, NOTE), *self._messages])
        notes = notes[is_operators(self.state)[notes["group"]]]
        table = np.zeros(notes.size, dtype=tables.MESSAGES)
        self._place(table, notes["group"])
        for name in ("id", "author", "kind", "reply_to", "on_topic"):
            table[name] = notes[name]
        before = self._first_ids[notes["group"]]
        table["id"] -= before.astype(np.int32)
        table["reply_to"] = np.maximum(notes["reply_to"] - before, -1)  # what was said before day 0 is not there
        table["minute"] = notes["t"] - 1440.0 * self._age
        return table

    def _pairs(self, rows: np.ndarray) -> np.ndarray:
        """Strong pairs at the end of a run or of a group, each once."""
        members, found = self.state.members[rows], []
        person = np.where(members["person"] < 0, -1 - members["person"], members["person"])
        groups = rows // (self.state.groups["seats"][0] + 1)
        strong = self.state.worlds["tie_strong"][self.state.groups["community"][groups]]
        for k in range(members["tie_person"].shape[1]):
            held = (members["n_ties"] > k) & (members["tie_strength"][:, k] > strong)
            held &= members["tie_person"][:, k] > person
            table = np.zeros(int(held.sum()), dtype=tables.PAIRS)
            self._place(table, groups[held])
            table["person"], table["other"] = person[held], members["tie_person"][held, k]
            table["strength"] = members["tie_strength"][held, k]
            found.append(table)
        return np.concatenate(found)

    def tables(self) -> dict[str, np.ndarray]:
        """All tables of the run so far, in the order of communities, so that it does not matter in what portions they
        were played. Memberships still open are added with no day of leaving.
        """
        return self._day_tables() | self._lists()

    def finish(self) -> dict[str, np.ndarray]:
        """:meth:`tables` for the last time: the members are let go before the largest table is made."""
        lists = self._lists()
        self.state = self.state._replace(members=None)  # type: ignore[arg-type]
        return self._day_tables() | lists

    def _lists(self) -> dict[str, np.ndarray]:
        """Every table but ``daily``."""
        made = {"ledger": _stacked(self._ledger, tables.LEDGER), **self.counted.tables()}
        if self._starts:
            made["starts"] = _stacked(self._starts, tables.STARTS)
        if self.record != "counts":
            rows = rows_of_operators(self.state, self.seated())
            made["spells"] = _stacked([*self._spells, self._spell_rows(rows, -1)], tables.SPELLS)
            made["purchases"] = _stacked(self._purchases, tables.PURCHASES)
            made["pairs"] = _stacked([*self._closed, self._pairs(rows)], tables.PAIRS)
        if self.record == "messages":
            made["messages"] = _stacked([self._message_table()], tables.MESSAGES)
        return made

    def seated(self) -> np.ndarray:
        """Rows of seats that are taken."""
        groups = self.state.groups
        taken = [np.arange(f, f + n) for f, n in zip(groups["first"], groups["n_slots"], strict=True)]
        rows = np.concatenate(taken) if taken else np.zeros(0, dtype=np.int64)
        return rows[self.state.members["person"][rows] >= 0]


def _stacked(parts: list[np.ndarray], row: np.dtype) -> np.ndarray:
    """One table of its parts, in the order of communities; rows of one community as they came."""
    table = np.concatenate([np.zeros(0, row), *parts])
    replicate = np.ascontiguousarray(table["replicate"])
    if (np.diff(replicate) >= 0).all():
        return table
    return table[np.argsort(replicate, kind="stable")]

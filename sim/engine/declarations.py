"""What can be declared in a mechanism: columns, counts of the day, hooks and their places."""

from __future__ import annotations

import dis
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from typing import Any

from sim.engine.levers import Lever

__all__ = [
    "BETWEEN", "CUTS", "HOOKS", "INSIDE", "ORDERING", "PARAMETERS", "Column", "Hook", "Rule", "carried", "daily",
    "lever", "lost",
]  # fmt: skip

Rule = Callable[..., Any]


@dataclass(frozen=True)
class Column:
    """One column of a mechanism's table.

    ``fate`` says what becomes of it: ``carried`` and ``lost`` at a transfer to another group, ``daily`` each morning
    (it begins again at zero and is recorded), ``kept`` otherwise.
    """

    fate: str = "kept"
    en: str = ""
    zh: str = ""
    unit: str = ""
    share_of: str = ""  # a column of the daily table: the outcome is the sum as a share of that column's sum
    better: bool | None = None
    into: str = ""  # a column of the daily table that it fills
    is_booked: bool = False  # whole fen or minutes that the operator pays, borne by who turned the lever
    pooled: int = 0  # whole fen that went into the group's pool (1) or out of it (−1)
    earned: str = ""  # whole fen that the operator took in: from a "member" or from the "outside"
    brings: str = ""  # whole fen or minutes spent to bring people in: by this channel, or "door": by any


def lever(
    law: str, unit: str, doc: str, neutral: float | None = None, bears: str = "", felt: bool = False
) -> Any:
    """A lever that the mechanism feels (:class:`sim.engine.levers.Lever`); its rules read it as a group's column.

    With ``felt`` the rules of roles may read it too, in the group's main row.
    """
    return Lever(law, unit, doc, neutral, bears, felt)


def carried() -> Any:
    """A column of a member that goes along when they are transferred to another group."""
    return Column("carried")


def lost() -> Any:
    """A column of a member that begins anew after a transfer."""
    return Column("lost")


def daily(
    en: str,
    zh: str,
    unit: str = "",
    share_of: str = "",
    better: bool | None = None,
    into: str = "",
    booked: bool = False,
    pooled: int = 0,
    earned: str = "",
    brings: str = "",
) -> Any:
    """A count of the day of a group: zero each morning, recorded, and an outcome named in both languages.

    Parameters
    ----------
    en, zh
        What it is called.
    unit
        ``"CNY"`` for a column of whole fen that is shown in CNY, ``"minutes"`` for minutes of staff; a count otherwise.
    share_of
        A column of the daily table; the outcome is then the share of it (``"n_members"``: of member-days).
    better
        Is more of it better? ``None``: neither.
    into
        A column of the daily table which it fills, instead of standing in the mechanism's own table.
    booked
        Is it money (whole fen) or minutes that the operator pays? The ledger then bears it to whoever turned the lever.
    pooled
        Is it money (whole fen) that went into the group's pool (1), or out of it (−1)? Pools hold what these columns
        add up to, and nothing else.
    earned
        Is it money (whole fen) that the operator took in, beside entries and purchases, from a ``"member"`` or from the
        ``"outside"``? Revenue is entries, purchases and what these columns add up to.
    brings
        Is it money, or minutes of staff, spent to bring people in? The channel by which they are to come
        (``"invited"`` …), or ``"door"`` for whoever comes in by a door.
    """
    return Column("daily", en, zh, unit, share_of, better, into, booked, pooled, earned, brings)


@dataclass(frozen=True)
class Hook:
    """One rule of a mechanism, where in the day it acts, and in which groups.

    ``when`` names levers: the rule acts in groups in which any of them is turned today. ``since`` names levers: it acts
    from the first day on which any was turned in the group, so that what has been stirred up can fade. Neither: always.
    """

    kind: str
    place: str
    rule: Rule
    when: tuple[str, ...] = ()
    since: tuple[str, ...] = ()
    gate: str = ""  # a column of the group: the rule is called only where it is not 0

    @property
    def name(self) -> str:
        """The name of the rule's function."""
        return self.rule.__name__

    @property
    def keeps_of_members(self) -> bool:
        """Can it write into rows that a mechanism keeps of members? It is handed one, or uses the tables it has."""
        return "mine" in PARAMETERS[self.kind] or _uses_tables(self.rule)


@cache  # reading a rule's code takes a tenth of a millisecond, and is asked for whenever a lever moves
def _uses_tables(rule: Rule) -> bool:
    return any(step.argval == "own" for step in dis.get_instructions(rule))


# Kind of hook → the places of the day at which it may stand, first the one taken when nothing is said.
HOOKS: dict[str, tuple[str, ...]] = {
    "each_member": ("before visit", "before talk", "after talk"),
    "each_visitor": ("after talk", "before talk"),
    "each_group": ("before visit", "before talk", "after talk"),
    "each_line": ("after talk",),
    "at_look": ("before reply", "before all", "before post", "after reply", "after read"),
    "at_reply": ("at reply",),
    "at_plan": ("plan",),
    "each_knock": ("before wish", "after wish"),
    "on_seat": ("seat",),
    "on_leave": ("leave",),
    "on_buy": ("buy",),
    "between_days": ("between days", "after seat", "after leave"),
    "each_evening": ("between days",),
}
CUTS = ("before visit", "before talk", "after talk")
"""Places in the day of a group at which hooks act: before its morning, before and after its talk."""
BETWEEN = HOOKS["between_days"]
"""Places between the days at which rules act once a community."""
INSIDE = (*HOOKS["at_look"], *HOOKS["at_reply"], *CUTS)
"""Places inside the day of a group, by their numbers: rules are called there by address (:mod:`sim.engine.calls`)."""
ORDERING = ("between_days", "each_evening")
"""Kinds of rules that may give orders, and are handed all tables instead of rows."""
PARAMETERS: dict[str, tuple[str, ...]] = {
    "each_member": ("me", "mine", "group", "ours", "today", "knobs", "world"),
    "each_visitor": ("me", "mine", "group", "ours", "today", "knobs", "world"),
    "each_group": ("group", "ours", "knobs", "world", "desk"),
    "each_line": ("line", "answered", "me", "mine", "group", "ours", "knobs", "world"),
    "at_look": ("me", "mine", "group", "ours", "today", "knobs", "world", "look"),
    "at_reply": ("line", "answered", "me", "mine", "group", "ours", "today", "knobs", "world"),
    "at_plan": ("group", "ours", "knobs", "world"),
    "each_knock": ("me", "theirs", "group", "ours", "knock", "knobs", "world"),
    "on_seat": ("me", "mine", "group", "ours", "knobs", "world"),
    "on_leave": ("me", "mine", "group", "ours", "knobs", "world"),
    "on_buy": ("me", "mine", "group", "ours", "knobs", "world"),
    "between_days": ("state", "own", "c", "knobs", "world"),
    "each_evening": ("state", "own", "g", "group", "ours", "knobs", "world"),
}
"""What the rule of each kind of hook is handed, in this order."""

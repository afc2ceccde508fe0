"""Who came into a room and who left it, where a log has lines of that; simulated logs get such lines from their spells.

A log tells *joins* (or *leaves*) if it has enough lines of them. What a chat program calls joining may also be a
connection that is made anew each morning, as in IRC; such a log tells nobody's coming and going. There are programs
that tell of removals alone: they tell no leaves. Where leaves are told, who was removed is gone as others are.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from sim.analysis.logs.marking import room_keys

__all__ = ["COMINGS", "LEAST", "REMOVED", "Members", "coming_lines", "members_of", "only_told", "tells", "with_comings"]

Ints = NDArray[np.int64]
Floats = NDArray[np.float64]

COMINGS = ("join", "leave")
REMOVED = "removed"
"""What stands as ``channel`` of a leave line where somebody was put out."""
_DAY = 86400.0
LEAST = 10  # lines
_CONNECTIONS = 2.0  # join lines of one person in one room, on average, from which they are no memberships


@dataclass(frozen=True)
class Members:
    """Memberships of which a log tells the beginning, sorted by time: number of the room, author, when they came and
    when they left (seconds; infinite where no line says so). Days count and no hours, since simulated people join as a
    day begins and leave as it ends.
    """

    room: Ints
    who: Ints
    came: Floats
    left: Floats


def tells(messages: pd.DataFrame) -> tuple[bool, bool]:
    """Whether a log tells joins, and leaves."""
    joins, leaves = (messages[messages["kind"].isin([kind])] for kind in COMINGS)
    people = len(joins.drop_duplicates([*room_keys(joins), "author"]))
    if len(joins) < LEAST or len(joins) > _CONNECTIONS * people:
        return False, False
    if "channel" in leaves:
        leaves = leaves[leaves["channel"].astype("string").fillna("").ne(REMOVED).to_numpy(bool)]
    return True, len(leaves) >= LEAST


def coming_lines(spells: pd.DataFrame, start: pd.Timestamp, kind: str) -> pd.DataFrame:
    """Lines of joining or leaving (t, author, kind) of some memberships, with the index of ``spells``.

    Who joined on a day joined as it began, who left on a day left as it ended; members there before the first day have
    no line of joining. ``start`` is midnight before day 0, in the zone of the community.
    """
    days = spells["day_joined" if kind == "join" else "day_left"]
    there = (days.notna() & (days >= 0)).to_numpy(bool)
    day = pd.to_timedelta(days[there].astype("int64") + (kind == "leave"), unit="D")
    wall = start.tz_localize(None) + day
    t = wall.dt.tz_localize(start.tz, ambiguous=True, nonexistent="shift_forward").dt.tz_convert("UTC")
    t = t - pd.to_timedelta(int(kind == "leave"), unit="s")
    found = {"t": t.astype("datetime64[us, UTC]"), "author": spells.loc[there, "person"], "kind": kind}
    return pd.DataFrame(found)


def only_told(messages: pd.DataFrame, joins: bool, leaves: bool) -> pd.DataFrame:
    """The messages with lines of joining and leaving made notices where the log does not tell them as a whole; when the
    log ends, and which rooms there are, does not change by that.
    """
    untold = [kind for kind, is_told in zip(COMINGS, (joins, joins and leaves), strict=True) if not is_told]
    kind = messages["kind"].astype(object)
    return messages.assign(kind=kind.mask(kind.isin(untold), "system")) if untold else messages


def with_comings(
    messages: pd.DataFrame, spells: pd.DataFrame, start: str, zone: str, leaves: bool = True
) -> pd.DataFrame:
    """Simulated messages with the lines of joining (and leaving) that a log of such a community would have; their ids
    come after all others.
    """
    keys, midnight = room_keys(messages), pd.Timestamp(start, tz=zone)
    lines = pd.concat([coming_lines(spells, midnight, kind) for kind in COMINGS[: 1 + leaves]])
    lines[keys] = spells.loc[lines.index, keys]
    first = int(messages["id"].max()) + 1 if len(messages) else 0
    lines = lines.assign(id=first + np.arange(len(lines)), reply_to=pd.array([pd.NA] * len(lines), "Int32"))
    return pd.concat([messages, lines.reset_index(drop=True)], ignore_index=True)


def members_of(lines: pd.DataFrame, room: Ints, seconds: Floats, shift: float = 0.0) -> Members:
    """Memberships from lines of joining and leaving, with the number of the room and the time of each; of lines of one
    moment the order counts. ``shift`` is how far (seconds) the log's clock is ahead of UTC.

    A membership goes from a join line to the first leave line of the same person there after it; a second join line
    before that begins no second one. A leave line without a join line is of somebody who came before the log began.
    """
    table = pd.DataFrame({"room": room, "who": lines["author"].to_numpy(np.int64), "t": seconds,
                          "joins": lines["kind"].astype(str).to_numpy() == "join"})  # fmt: skip
    table = table[np.isfinite(table["t"])].sort_values("t", kind="stable")
    people = [table["room"], table["who"]]
    first = table["joins"] & ~table["joins"].groupby(people, sort=False).shift(fill_value=False).astype(bool)
    leaves = table["t"].where(~table["joins"])
    left = leaves.groupby(people, sort=False).bfill()
    found = table[first].assign(left=left[first].fillna(np.inf))
    came, gone = (_midnight(found[name].to_numpy(np.float64), shift) for name in ("t", "left"))
    order = np.argsort(came, kind="stable")
    room, who = (found[name].to_numpy(np.int64)[order] for name in ("room", "who"))
    return Members(room, who, came[order], gone[order] + _DAY - 1)


def _midnight(seconds: Floats, shift: float) -> Floats:
    """As the local day began."""
    return np.floor((seconds + shift) / _DAY) * _DAY - shift

"""Reading a log of real groups: a table of messages (CSV or Parquet) and, if there is one, a table of its rooms.

A log has the columns group, id, t, author (numbers or names), kind, reply_to, in any order; channel is optional (of leave lines: ``removed``; of join
lines: the way somebody came), so is on_topic, as are arm, world and replicate, which a recorded simulation has. Other
columns (texts) are not even read. What is wrong with a file is said once, by a
:class:`~sim.analysis.logs.columns.LogError` of at most three lines.
"""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pandas as pd

from sim.analysis.logs import columns as logcheck
from sim.analysis.logs.columns import LogError, Source
from sim.analysis.logs.files import read_table
from sim.analysis.logs.people import authors
from sim.analysis.logs.talk import HUMAN, OTHER, room_keys

__all__ = ["LogError", "read_messages", "read_rooms"]

NEEDED = ("group", "id", "t", "author", "kind", "reply_to")
OPTIONAL = ("on_topic", "channel", "arm", "world", "replicate")
ROOM_COLUMNS = ("created_utc", "obs_end_utc")


def read_messages(path: str | Path) -> pd.DataFrame:
    """The messages of the log at ``path``, checked, sorted by room, time and id.

    Raises
    ------
    LogError
        If the file is missing, torn, empty or not such a table; if a cell holds no value of its column's type; if an
        id stands twice in a room; if a ``reply_to`` names no earlier message of the same room; if nobody speaks.
    """
    source, raw = read_table(Path(path), NEEDED, OPTIONAL)
    frame = pd.DataFrame()
    for name in ("arm", "world"):
        if name in raw:
            frame[name] = raw[name].astype("string").fillna("").astype(object).astype("category")
    if "replicate" in raw:
        frame["replicate"] = logcheck.whole_numbers(source, raw, "replicate")
    for name in ("group", "id"):
        frame[name] = logcheck.whole_numbers(source, raw, name)
    frame["t"] = logcheck.times(source, raw, "t")
    frame["author"], names = authors(source, raw)
    if names is not None:
        frame["name"] = names
    frame["kind"] = logcheck.kinds(source, raw, "kind", HUMAN | OTHER)
    frame["reply_to"] = logcheck.whole_numbers(source, raw, "reply_to", nullable=True)
    if "on_topic" in raw:
        frame["on_topic"] = logcheck.yes_no(source, raw, "on_topic")
    if "channel" in raw:
        frame["channel"] = raw["channel"].astype("string").str.strip().replace("", pd.NA)
    _check_ids(source, frame)
    if not frame["kind"].isin(list(HUMAN)).any():
        raise source.error("nobody speaks in it", f"human kinds are {', '.join(sorted(HUMAN))}")
    return frame.sort_values([*room_keys(frame), "t", "id"], kind="stable").reset_index(drop=True)


def read_rooms(path: str | Path, messages: pd.DataFrame | None = None) -> pd.DataFrame:
    """The rooms of a log: group, ``created`` and ``observed_until`` (UTC, null where not known).

    The file has the columns group and ``created_utc`` or ``obs_end_utc`` or both. With ``messages`` given, every group
    of theirs must be among the rooms; rooms without a message stay in: nobody ever spoke there.
    """
    source, raw = read_table(Path(path), ("group",), ROOM_COLUMNS)
    if not any(name in raw for name in ROOM_COLUMNS):
        raise source.error(
            "it has neither created_utc nor obs_end_utc", "give one of these columns, or leave out rooms="
        )
    rooms = pd.DataFrame({"group": logcheck.whole_numbers(source, raw, "group")})
    for column, name in zip(ROOM_COLUMNS, ("created", "observed_until"), strict=True):
        known = column in raw
        untold = pd.Series(pd.NaT, rooms.index, dtype="datetime64[us, UTC]")
        rooms[name] = logcheck.times(source, raw, column, nullable=True) if known else untold
    twice = rooms["group"].duplicated().to_numpy()
    if twice.any():
        row = int(np.argmax(twice))
        raise source.at(row, "group", f"group {rooms['group'][row]} stands twice", "keep one line a group")
    backwards = (rooms["observed_until"] <= rooms["created"]).to_numpy(bool)
    if backwards.any():
        raise source.at(
            int(np.argmax(backwards)), "obs_end_utc", "the room ends before it begins", "mend one of the two"
        )
    if messages is not None:
        more = [name for name in room_keys(messages) if name != "group"]
        if more:
            raise source.error(f"the log tells groups apart by {', '.join(more)} too", "leave out rooms=")
        lost = sorted(set(messages["group"].unique()) - set(rooms["group"]))
        if lost:
            raise source.error(f"group {lost[0]} of the log is not in it", "add a line for every group of the log")
    return rooms


def _check_ids(source: Source, frame: pd.DataFrame) -> None:
    """Ids are unique in their room, and a reply names an earlier (or equally late) message of the same room."""
    keys = room_keys(frame)
    twice = frame.duplicated([*keys, "id"]).to_numpy()
    if twice.any():
        row = int(np.argmax(twice))
        raise source.at(row, "id", f"id {frame['id'][row]} stands twice in group {frame['group'][row]}", "number anew")
    replies = frame[frame["reply_to"].notna()]
    targets = frame[[*keys, "id", "t"]].rename(columns={"id": "reply_to", "t": "_asked"})
    found = replies.assign(_row=replies.index, reply_to=replies["reply_to"].astype(np.int32))
    found = found.merge(targets, on=[*keys, "reply_to"], how="left")
    for bad, what, cure in (
        (found["_asked"].isna(), "names no message of this group", "give the id of the message answered, or nothing"),
        (found["_asked"] > found["t"], "names a later message", "give the id of an earlier one; see to the clock"),
        (found["reply_to"] == found["id"], "names the message itself", "give the id of an earlier one, or nothing"),
    ):
        if bad.any():
            hit = found[bad.to_numpy(bool)].iloc[0]
            raise source.at(int(hit["_row"]), "reply_to", f"'{hit['reply_to']}' {what}", cure)

"""Who is who in a log: authors may be numbers or names, and names can be hidden behind pseudonyms.

Names become numbers when a log is read, so that no analysis sees one; the column ``name`` keeps them for the pages.
"""

from __future__ import annotations

import re

import numpy as np
import pandas as pd

from sim.analysis.logs.columns import Source, short, whole_numbers
from sim.analysis.logs.comings import REMOVED
from sim.analysis.logs.talk import room_keys
from sim.model.vocabulary import CHANNELS

__all__ = ["ROUTES", "authors", "hidden", "labels"]

#: Words for the route of a join line that pages know; a log may use others.
ROUTES = (*CHANNELS, "link", "qr_code")

_WIDEST = 24  # characters of a name that are shown
_KEPT = ("replicate", "group", "id", "t", "author", "kind", "reply_to", "on_topic", "channel")


def authors(source: Source, raw: pd.DataFrame) -> tuple[pd.Series, pd.Series | None]:
    """The column ``author`` as whole numbers, and the names where it holds names: where fewer than half are numbers.

    Names are numbered in the order of their letters; two that differ in spaces around them only are one.
    """
    column = raw["author"]
    if pd.api.types.is_numeric_dtype(column) or pd.api.types.is_datetime64_any_dtype(column):
        return whole_numbers(source, raw, "author"), None
    text = column.astype("string").str.strip()
    known = text.dropna().unique()
    if 2 * sum(bool(re.fullmatch(r"[-+.\deE]*|nan|inf", str(name))) for name in known) >= len(known):
        return whole_numbers(source, raw, "author"), None
    empty = (text.isna() | (text == "")).to_numpy(bool)
    if empty.any():
        raise source.at(int(np.argmax(empty)), "author", "there is nothing", "give every message an author")
    names = text.astype(object).astype("category")
    return pd.Series(names.cat.codes.to_numpy(np.int32)), names.reset_index(drop=True)


def labels(messages: pd.DataFrame) -> dict[int, str]:
    """The names by author's number, fit to be shown: one line, not too long; empty where the log has numbers only."""
    if "name" not in messages:
        return {}
    pairs = messages[["author", "name"]].drop_duplicates("author")
    return {int(author): short(str(name), _WIDEST) for author, name in pairs.itertuples(index=False)}


def hidden(messages: pd.DataFrame, rooms: pd.DataFrame | None = None) -> tuple[pd.DataFrame, pd.DataFrame | None]:
    """The same log without anything that names somebody, and its rooms: to be analysed, written and shared.

    Members are numbered from 1 by their first line (time, then group and id), rooms from 0 by theirs, messages from 0
    within their room. So a longer export of the same log gives the same numbers to those who were in the shorter. Names
    and labels (arm, world) are dropped; routes too, unless they are the project's own words. Times stay as they are: whoever
    holds the original finds everybody again.
    """
    keys = room_keys(messages)
    order = messages.sort_values(["t", *keys, "id"], kind="stable")
    found = order.assign(author=pd.factorize(order["author"])[0].astype(np.int32) + 1)
    table = order[keys].drop_duplicates()
    if rooms is not None:
        table = pd.concat([table, rooms[keys]]).drop_duplicates()
    table = table.assign(_room=np.arange(len(table), dtype=np.int32))
    found = found.merge(table, on=keys, how="left")
    found["_id"] = found.groupby("_room").cumcount().astype(np.int32)
    asked = found[["_room", "id", "_id"]].rename(columns={"id": "reply_to", "_id": "_reply"}).astype({"reply_to": "Int32"})
    found = found.merge(asked, on=["_room", "reply_to"], how="left")
    found["reply_to"] = found["_reply"].astype("Int32")
    if "channel" in found:
        found["channel"] = found["channel"].where(found["channel"].isin([*ROUTES, REMOVED]), None)
    new = found.assign(group=found["_room"], id=found["_id"])
    columns = [name for name in _KEPT if name in found]
    if rooms is not None:
        mapped = rooms.merge(table, on=keys, how="left")
        rooms = mapped.assign(group=mapped["_room"])[["group", "created", "observed_until"]]
    return new[columns].sort_values(["group", "t", "id"], kind="stable").reset_index(drop=True), rooms

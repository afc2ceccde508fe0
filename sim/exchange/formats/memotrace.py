"""CSV of MemoTrace (留痕), for those who still have such files: one or many chats of WeChat.

``CreateTime`` is in seconds; every ``TalkerId`` is taken for a group. WeChat tells of nobody that they left of their
own accord.
"""

from __future__ import annotations

from collections.abc import Iterator

from sim.exchange.fields import header_of, number, table
from sim.exchange.format import Asked, Format, Row, Tally
from sim.exchange.text import Head, Text
from sim.exchange.wechat import rows_of

__all__ = ["MemoTrace"]

_COLUMNS = {"localId", "TalkerId", "Type", "SubType", "IsSender", "CreateTime", "StrContent"}


class MemoTrace(Format):
    """A table of messages as MemoTrace wrote it."""

    name = "memotrace"
    title = ("MemoTrace CSV", "留痕 CSV")
    has_comings = True

    def sniff(self, head: Head) -> bool:
        return set(header_of(head)) >= _COLUMNS

    def rows(self, text: Text, asked: Asked, tally: Tally) -> Iterator[Row]:
        for place, cells in table(text):
            tally.seen += 1
            when, type_ = number(cells.get("CreateTime")), number(cells.get("Type"))
            if when != when or type_ != type_:
                tally.miss(place)
                continue
            who = cells.get("Sender", "") or ("self" if cells.get("IsSender") == "1" else cells.get("NickName", ""))
            name = cells.get("Remark", "") or cells.get("NickName", "")
            sub = number(cells.get("SubType"))
            kind = (int(type_) if abs(type_) < 1e9 else 0, int(sub) if abs(sub) < 1e9 else 0)
            yield from rows_of(when, who, name, kind, cells.get("StrContent", ""), cells.get("TalkerId"))

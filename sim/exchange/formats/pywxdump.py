"""CSV of PyWxDump, for those who still have such files: its newer shape (``msg``) and its older (JSON in ``content``).

``CreateTime`` is a number of seconds, or a time by the clock of the phone.
"""

from __future__ import annotations

from collections.abc import Iterator

from sim.exchange.clock import epoch_seconds
from sim.exchange.fields import header_of, number, record, table, text_of
from sim.exchange.format import Asked, Format, Row, Tally
from sim.exchange.json_stream import parsed
from sim.exchange.text import Head, Text
from sim.exchange.wechat import kind_named, rows_of

__all__ = ["PyWxDump"]

_COLUMNS = {"id", "MsgSvrID", "type_name", "is_sender", "talker", "CreateTime"}


class PyWxDump(Format):
    """A table of messages as PyWxDump wrote it."""

    name = "pywxdump"
    title = ("PyWxDump CSV", "PyWxDump CSV")
    has_zone = False
    has_comings = True

    def sniff(self, head: Head) -> bool:
        return set(header_of(head)) >= _COLUMNS

    def rows(self, text: Text, asked: Asked, tally: Tally) -> Iterator[Row]:
        for place, cells in table(text):
            tally.seen += 1
            stamp = cells.get("CreateTime", "")
            when = number(stamp)
            if tally.has_zone is None:
                tally.has_zone = when == when
            if not tally.has_zone:
                when = epoch_seconds(stamp) or float("nan")
            if when != when:
                tally.miss(place)
                continue
            body = cells.get("msg", "")
            if "content" in cells:
                body = text_of(record(parsed(cells["content"])).get("msg"))
            who = "self" if cells.get("is_sender") == "1" else cells.get("talker", "")
            kind = kind_named(cells.get("type_name", ""))
            own = cells.get("MsgSvrID") if cells.get("MsgSvrID", "0") not in ("0", "") else None
            yield from rows_of(when, who, "", kind, body, cells.get("room_name") or None, own)

"""The session archive of WeCom (企业微信): decrypted lines as the official interface gives them, one JSON a line.

Each has ``msgid``, ``action``, ``from``, ``roomid``, ``msgtime`` (milliseconds) and ``msgtype``; of an empty ``roomid``
the talk is of two and is left out. Who joins and leaves is not in it, nor is what is a reply.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from sim.exchange.fields import number, record, text_of
from sim.exchange.format import Asked, Format, Row, Tally
from sim.exchange.json_stream import parsed
from sim.exchange.text import Head, Text
from sim.exchange.tokens import kind_of_text

__all__ = ["WeCom"]

_KINDS = {
    "text": "text", "image": "image", "voice": "voice", "video": "video", "emotion": "sticker", "file": "file",
    "link": "link", "weapp": "link", "sphfeed": "link", "news": "link", "card": "file", "location": "file",
    "docmsg": "file", "redpacket": "red_packet", "external_redpacket": "red_packet", "revoke": "notice",
    "agree": "system", "disagree": "system", "meeting": "notice", "todo": "notice", "vote": "text", "collect": "text",
    "calendar": "notice", "markdown": "text", "mixed": "text", "chatrecord": "text", "voip_doc_share": "file",
    "meeting_voice_call": "notice",
}  # fmt: skip
_KEYS = re.compile(r'"msgid"\s*:|"msgtype"\s*:|"msgtime"\s*:|"action"\s*:')


class WeCom(Format):
    """Lines of the session archive."""

    name = "wecom"
    title = ("WeCom session archive", "企业微信会话存档")

    def sniff(self, head: Head) -> bool:
        first = next(iter(head.lines), "")
        return first.lstrip().startswith("{") and len(set(_KEYS.findall(first))) >= 3

    def rows(self, text: Text, asked: Asked, tally: Tally) -> Iterator[Row]:
        for place, line in text.lines():
            if not line.strip():
                continue
            tally.seen += 1
            said = parsed(line)
            if not isinstance(said, dict) or "msgid" not in said or "action" not in said:
                tally.miss(place)
                continue
            if said["action"] == "switch" or not text_of(said.get("roomid")):
                continue
            row = _row(said)
            if row is None:
                tally.miss(place)
            else:
                yield row


def _row(said: dict[str, Any]) -> Row | None:
    when, who = number(said.get("msgtime")) / 1000, text_of(said.get("from"))
    kind = _KINDS.get(text_of(said.get("msgtype")), "text")
    if when != when or not who:
        return None
    if kind == "text":
        kind = kind_of_text(text_of(record(said.get("text")).get("content")))
    if said["action"] == "recall":
        kind = "notice"
    return Row(when, "" if kind == "system" else who, kind, text_of(said["roomid"]), id=text_of(said["msgid"]))

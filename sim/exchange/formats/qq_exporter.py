"""JSON of qq-chat-exporter (NTQQ), in its two shapes; milliseconds, or ISO times.

Messages have ids; a reply names the message answered in an element of type ``reply`` (or ``content.reply``). Lines of
the program tell who came and went.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from sim.exchange.clock import epoch_seconds
from sim.exchange.fields import number, record, records, text_of
from sim.exchange.format import Asked, Format, Row, Tally
from sim.exchange.json_stream import ITEM, values
from sim.exchange.notices import told
from sim.exchange.text import Head, Text
from sim.exchange.tokens import kind_of_text

__all__ = ["QQExporter"]

_ENTERED = frozenset([(), ("messages",)])
_KINDS = {"image": "image", "audio": "voice", "video": "video", "file": "file", "market_face": "sticker",
          "wallet": "red_packet", "json": "link", "location": "file", "forward": "text"}  # fmt: skip
_REPLIED = ("referencedMessageId", "replyMessageId", "messageId", "msgId")


class QQExporter(Format):
    """A chat as qq-chat-exporter writes it."""

    name = "qq_exporter"
    title = ("qq-chat-exporter JSON", "qq-chat-exporter JSON")
    has_replies = True
    has_comings = True

    def sniff(self, head: Head) -> bool:
        starts = re.match(r"\s*\{", head.text) is not None
        return starts and "QQChatExporter" in head.text[:4000] and '"chatInfo"' in head.text

    def rows(self, text: Text, asked: Asked, tally: Tally) -> Iterator[Row]:
        tally.unit = "message"
        for path, value in values(text, _ENTERED):
            if path == ("messages", ITEM):
                tally.seen += 1
                said = record(value)
                when = _when(said)
                if when is None:
                    tally.miss(tally.seen)
                else:
                    yield from _rows(said, when)


def _when(said: dict[str, Any]) -> float | None:
    stamp = number(said.get("timestamp"))
    if stamp == stamp:
        return stamp / 1000
    return epoch_seconds(text_of(said.get("timestamp") or said.get("time")))


def _rows(said: dict[str, Any], when: float) -> Iterator[Row]:
    content, sender = record(said.get("content")), record(said.get("sender"))
    own = text_of(said.get("id") or said.get("messageId")) or None
    body = text_of(content.get("text"))
    if said.get("system") or said.get("isSystemMessage"):
        for kind, other, channel in told(body):
            yield Row(when, "", kind, None, other, None if other else own, channel=channel)
        return
    who = text_of(sender.get("uid")) or text_of(sender.get("uin"))
    name = text_of(sender.get("groupCard")) or text_of(sender.get("name")) or text_of(sender.get("nickname"))
    elements = records(content.get("elements"))
    types = [text_of(part.get("type")) for part in elements]
    kind = next((_KINDS[one] for one in types if one in _KINDS), kind_of_text(body))
    if said.get("recalled") or said.get("isRecalled"):
        kind = "notice"
    yield Row(when, who or name or "?", kind, None, name, own, _reply(content, elements))


def _reply(content: dict[str, Any], elements: list[dict[str, Any]]) -> str | None:
    inside = (record(part.get("data")) for part in elements if part.get("type") == "reply")
    places = [record(content.get("reply")), *inside]
    return next((text_of(one[key]) for one in places for key in _REPLIED if text_of(one.get(key))), None)

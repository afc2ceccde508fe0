"""The interchange format of ChatLab, JSON and JSONL, which many exporters in China write.

Times are seconds. The format itself has neither ids nor replies; some writers add ``platformMessageId`` and
``replyToMessageId``, which are taken where they are. Joins and leaves are sentences of lines of type 80.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from typing import Any

from sim.exchange.fields import number, record, text_of
from sim.exchange.format import Asked, Format, Row, Tally
from sim.exchange.json_stream import ITEM, parsed, values
from sim.exchange.notices import told
from sim.exchange.text import Head, Text
from sim.exchange.tokens import kind_of_text
from sim.exchange.written import Line

__all__ = ["ChatLab"]

_ENTERED = frozenset([(), ("messages",), ("members",)])
_KINDS = {1: "image", 2: "voice", 3: "video", 4: "file", 5: "sticker", 7: "link", 8: "file", 20: "red_packet",
          21: "notice", 22: "action", 23: "notice", 24: "link", 26: "text", 27: "file", 81: "notice"}  # fmt: skip
_SYSTEM = 80
_VERBS = {("join", "en"): " joined the group", ("join", "zh"): "加入了群聊",
          ("leave", "en"): " left the group", ("leave", "zh"): "退出了群聊"}  # fmt: skip
_WRITTEN = {"image": 1, "voice": 2, "video": 3, "file": 4, "sticker": 5, "link": 7, "red_packet": 20, "system": 80}


class ChatLab(Format):
    """ChatLab's standard, version 0.0.1 and later."""

    name = "chatlab"
    title = ("ChatLab JSON or JSONL", "ChatLab JSON 或 JSONL")
    has_replies = True
    has_comings = True
    writes = ".json"

    def sniff(self, head: Head) -> bool:
        if _by_line(head):
            return True
        return bool(re.match(r"\s*\{", head.text) and re.search(r'"chatlab"\s*:\s*\{', head.text))

    def rows(self, text: Text, asked: Asked, tally: Tally) -> Iterator[Row]:
        tally.unit = "message"
        for kind, value in _of_lines(text, tally) if _by_line(text.head) else _of_whole(text):
            if kind == "head":
                until = number(record(value).get("exportedAt"))
                tally.until = until if until == until else None
                continue
            tally.seen += 1
            said = record(value)
            when, type_ = number(said.get("timestamp")), number(said.get("type"))
            if when != when or type_ != type_:
                tally.miss(tally.seen)
                continue
            yield from _rows(said, when, int(type_) if abs(type_) < 1000 else 99)

    def write(self, title: str, lines: Iterator[Line], lang: str) -> Iterator[str]:
        messages: list[str] = []
        people: dict[int, None] = {}
        last = 0
        for line in lines:
            people.setdefault(line.who)
            last = max(last, line.when)
            messages.append(json.dumps(_message(line, lang), ensure_ascii=False))
        head = {"chatlab": {"version": "0.0.1", "exportedAt": last, "generator": "shequn"},
                "meta": {"name": title, "platform": "shequn", "type": "group"},
                "members": [{"platformId": str(who), "accountName": _named(who, lang)} for who in people]}  # fmt: skip
        yield json.dumps(head, ensure_ascii=False)[:-1] + ', "messages": [\n'
        yield ",\n".join(messages)
        yield "\n]}\n"


def _by_line(head: Head) -> bool:
    """Is it JSONL: its first line that is no comment is a header, or a member?"""
    first = next((line for line in head.lines if not line.lstrip().startswith("#")), "")
    return bool(re.match(r'\s*\{\s*"_type"\s*:\s*"(?:header|member|message)"', first)) or (
        '"_type"' in first[:10_000] and '"chatlab"' in first and isinstance(parsed(first), dict))  # fmt: skip


def _of_whole(text: Text) -> Iterator[tuple[str, Any]]:
    for path, value in values(text, _ENTERED):
        if path == ("messages", ITEM):
            yield "message", value
        elif path == ("chatlab",):
            yield "head", value


def _of_lines(text: Text, tally: Tally) -> Iterator[tuple[str, Any]]:
    for _, line in text.lines():
        if not line.strip() or line.lstrip().startswith("#"):
            continue
        said = record(parsed(line))
        kind = said.get("_type")
        if kind == "header":
            yield "head", said.get("chatlab")
        elif kind == "message":
            yield "message", said
        elif kind != "member":
            tally.seen += 1
            tally.miss(tally.seen)


def _rows(said: dict[str, Any], when: float, type_: int) -> Iterator[Row]:
    content = text_of(said.get("content"))
    own, reply = (_id(said.get(key)) for key in ("platformMessageId", "replyToMessageId"))
    who, name = text_of(said.get("sender")), text_of(said.get("accountName"))
    if type_ == _SYSTEM:
        for kind, other, channel in told(content):
            same = bool(other) and other == name  # whoever came or went is often given as the sender of the line
            yield Row(when, who if same else "", kind, None, other, own if not other else None, channel=channel)
        return
    kind = _KINDS.get(type_) or kind_of_text(content)
    yield Row(when, who or "?", kind, None, name, own, reply)


def _id(value: Any) -> str | None:
    return text_of(value) or None


def _named(who: int, lang: str) -> str:
    return {"en": "Member", "zh": "成员"}[lang] + f" {who}"


def _message(line: Line, lang: str) -> dict[str, Any]:
    name = _named(line.who, lang)
    said: dict[str, Any] = {"sender": str(line.who), "accountName": name, "timestamp": line.when}
    if line.kind in ("join", "leave"):
        return said | {"type": _SYSTEM, "content": f"{name}{_VERBS[line.kind, lang]}"}
    said |= {"type": _WRITTEN.get(line.kind, 0), "content": line.text, "platformMessageId": str(line.id)}
    return said if line.reply is None else said | {"replyToMessageId": str(line.reply)}

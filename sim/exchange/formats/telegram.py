"""Telegram Desktop's ``result.json``: one chat, or a whole account, of which the groups are read.

``date_unixtime`` tells the time with its zone. Somebody left where a service line removes the one who wrote it. Those
who were added or removed are told by name alone.
"""

from __future__ import annotations

import json
import re
import time
from collections.abc import Iterator
from typing import Any

from sim.analysis.logs.comings import REMOVED
from sim.exchange.clock import epoch_seconds
from sim.exchange.fields import number, record, text_of
from sim.exchange.format import CREATED, Asked, Format, Row, Tally
from sim.exchange.json_stream import ITEM, Path, values
from sim.exchange.text import Head, Text
from sim.exchange.tokens import kind_of_text
from sim.exchange.written import Line

__all__ = ["Telegram"]

_LISTS = [("chats", "list"), ("left_chats", "list")]
_CHATS: list[Path] = [(), *((*one, ITEM) for one in _LISTS)]
_ENTERED = frozenset([("chats",), ("left_chats",), *_LISTS, *_CHATS, *((*one, "messages") for one in _CHATS)])
_GROUPS = ("private_group", "private_supergroup", "public_supergroup")
_OPENS = re.compile(r'\s*\{\s*"(?:name|about|type|id|personal_information)"\s*:')
_MEDIA = {"sticker": "sticker", "video_message": "video", "voice_message": "voice", "animation": "video",
          "video_file": "video", "audio_file": "voice"}  # fmt: skip
_MADE = ("create_group", "create_channel")
_BY_LINK = ("join_group_by_link", "join_group_by_request")


class Telegram(Format):
    """What Telegram Desktop exports as machine-readable JSON."""

    name = "telegram"
    title = ("Telegram JSON", "Telegram JSON")
    has_replies = True
    has_comings = True
    writes = ".json"

    def sniff(self, head: Head) -> bool:
        if not _OPENS.match(head.text):
            return False
        one_chat = re.search(r'"type"\s*:\s*"[a-z_]+",\s*"id"\s*:\s*\d+,\s*"messages"\s*:\s*\[', head.text[:4000])
        return bool(one_chat or re.search(r'"(?:chats|left_chats|personal_information)"\s*:\s*\{', head.text))

    def rows(self, text: Text, asked: Asked, tally: Tally) -> Iterator[Row]:
        tally.unit = "message"
        about: dict[str, Any] = {}
        chat, kept = 0, True
        for path, value in values(text, _ENTERED):
            if path[-1:] == (ITEM,) and path[-2:-1] == ("messages",):
                if not kept:
                    continue
                tally.seen += 1
                try:
                    yield from _rows(record(value), about.get("group"))
                except _NotOne:
                    tally.miss(tally.seen)
            elif path[-1:] == ("name",):  # the first that is told of a chat
                chat, about = chat + 1, {}
            elif path[-1:] == ("type",):
                kept = len(path) == 1 or value in _GROUPS
            elif path[-1:] == ("id",):
                about["group"] = f"{chat}:{text_of(value)}"

    def write(self, title: str, lines: Iterator[Line], lang: str) -> Iterator[str]:
        head = {"name": title, "type": "private_supergroup", "id": 1}
        yield json.dumps(head, ensure_ascii=False, indent=1)[:-2] + ',\n "messages": ['
        comma = "\n"
        for line in lines:
            yield f"{comma}  {json.dumps(_message(line, lang), ensure_ascii=False)}"
            comma = ",\n"
        yield "\n ]\n}\n"


class _NotOne(Exception):
    """A record that is no message."""


def _rows(said: dict[str, Any], group: str | None) -> Iterator[Row]:
    when = number(said.get("date_unixtime"))
    if when != when:
        found = epoch_seconds(text_of(said.get("date")))
        if found is None:
            raise _NotOne
        when = found
    if said.get("type") == "service":
        yield from _service(said, group, when)
    elif said.get("type") == "message":
        who, name = _person(said.get("from_id"), said.get("from"))
        kind = "bot" if said.get("via_bot") else _kind(said)
        reply = said.get("reply_to_message_id")
        yield Row(when, who, kind, group, name, _id(said.get("id")), _id(reply))
    else:
        raise _NotOne


def _id(value: Any) -> int | str | None:
    return value if isinstance(value, int | str) and not isinstance(value, bool) else None


def _person(key: Any, name: Any) -> tuple[str, str]:
    """Key and name; of an account that was deleted the key alone, of a message without either a stranger."""
    return text_of(key) or ("" if text_of(name) else "?"), text_of(name)


def _service(said: dict[str, Any], group: str | None, when: float) -> Iterator[Row]:
    action = said.get("action")
    who, name = _person(said.get("actor_id"), said.get("actor"))
    members = said.get("members")
    others = [text_of(one) for one in members if text_of(one)] if isinstance(members, list) else []
    if action in _MADE:
        yield Row(when, "", CREATED, group, id=_id(said.get("id")))
        yield from (Row(when, who if one == name else "", "join", group, one, channel="invited") for one in others)
    elif action in _BY_LINK:
        yield Row(when, who, "join", group, name, channel="link")
    elif action in ("invite_members", "remove_members"):
        for other in others:
            own = other == name
            joins = action == "invite_members"
            channel = ("search" if own else "invited") if joins else None if own else REMOVED
            yield Row(when, who if own else "", "join" if joins else "leave", group, other, channel=channel)
    else:
        yield Row(when, "", "system", group, id=_id(said.get("id")))


def _kind(said: dict[str, Any]) -> str:
    media = _MEDIA.get(text_of(said.get("media_type")))
    if media is not None:
        return media
    if said.get("photo"):
        return "image"
    if said.get("file") or said.get("contact_information"):
        return "file"
    text = said.get("text")
    if isinstance(text, str):
        return kind_of_text(text)
    parts = text if isinstance(text, list) else []
    links = any(record(part).get("type") in ("link", "text_link") for part in parts)
    code = any(record(part).get("type") == "pre" for part in parts)
    return "link" if links else "code" if code else "text"


def _message(line: Line, lang: str) -> dict[str, Any]:
    name = {"en": "Member", "zh": "成员"}[lang] + f" {line.who}"
    key = f"user{line.who}"
    date = time.strftime("%Y-%m-%dT%H:%M:%S", time.gmtime(line.wall))
    said: dict[str, Any] = {"id": line.id, "type": "message", "date": date, "date_unixtime": str(line.when)}
    if line.kind in ("join", "leave"):
        said |= {"type": "service", "actor": name, "actor_id": key}
        joined = {"action": "join_group_by_link"}
        said |= joined if line.kind == "join" else {"action": "remove_members", "members": [name]}
        return said | {"text": "", "text_entities": []}
    said |= {"from": name, "from_id": key}
    if line.reply is not None:
        said["reply_to_message_id"] = line.reply
    return said | {"text": line.text, "text_entities": [{"type": "plain", "text": line.text}]}

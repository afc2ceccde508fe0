"""Text that QQ for PC exports (消息管理器): UTF-8 or UTF-16, perhaps several chats in one file.

Each chat begins with ``消息对象:NAME``; a message is a line ``2026-03-01 20:15:00 【管理员】老王(10001)`` (or with the
address in ``<…>``, or a name alone) and the lines below it. Whoever has a number in brackets is told by that number.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from sim.exchange.clock import epoch_seconds
from sim.exchange.format import Asked, Format, Row, Tally
from sim.exchange.notices import told
from sim.exchange.text import Head, Text
from sim.exchange.tokens import kind_of_text

__all__ = ["QQText"]

_HEAD = "消息记录（此消息记录为文本格式"
_CHAT = re.compile(r"消息对象[:：](.*)")
_LINE = re.compile(r"(\d{4}[-/]\d{1,2}[-/]\d{1,2}) (\d{1,2}:\d\d:\d\d) ?(.*)")
_TITLE = re.compile(r"^【[^【】]{1,20}】")
_NUMBER = re.compile(r"[(（](\d{5,12})[)）]$|<([^<>\s]+@[^<>\s]+)>$")
_PROGRAM = ("系统消息(10000)", "系统消息", "群通知", "系统提示")


class QQText(Format):
    """Message history of QQ for PC as text."""

    name = "qq_text"
    title = ("QQ text", "QQ 文本")
    has_zone = False
    has_ids = False
    has_comings = True

    def sniff(self, head: Head) -> bool:
        first = "\n".join(head.lines[:12])
        return _HEAD in first or (_CHAT.search(first) is not None and "====" in first)

    def rows(self, text: Text, asked: Asked, tally: Tally) -> Iterator[Row]:
        chat, order = "", 0
        held: tuple[float, str] | None = None
        said: list[str] = []
        for place, line in text.lines():
            begun = _LINE.fullmatch(line.rstrip()) if line[:1].isdigit() else None
            named = None if begun else _CHAT.fullmatch(line.rstrip())
            if not (begun or named):
                if len(said) < 3:  # what kind a message is, its first lines tell
                    said.append(line)
                continue
            if held:
                yield from _rows(*held, said, chat)
            held, said = None, []
            if named:
                order += 1
                chat = f"{order}:{named[1]}"
            elif begun:
                tally.seen += 1
                when = epoch_seconds(_padded(begun[1], begun[2]))
                if when is None:
                    tally.miss(place)
                else:
                    held = when, begun[3].strip()
        if held:
            yield from _rows(*held, said, chat)


def _padded(day: str, clock: str) -> str:
    """Date and time with two figures each, as ISO has them: an hour may have one."""
    parts = [*re.split("[-/]", day), *clock.split(":")]
    year, month, date, hour, minute, second = (part.zfill(2) for part in parts)
    return f"{year}-{month}-{date} {hour}:{minute}:{second}"


def _rows(when: float, author: str, said: list[str], chat: str) -> Iterator[Row]:
    body = "\n".join(said).strip()
    if author in _PROGRAM:
        for kind, other, channel in told(body):
            yield Row(when, "", kind, chat, other, channel=channel)
        return
    plain = _TITLE.sub("", author).strip()
    number = _NUMBER.search(plain)
    who = (number[1] or number[2]) if number else plain
    name = plain[: number.start()].strip() if number else plain
    yield Row(when, who or "?", kind_of_text(body), chat, name)

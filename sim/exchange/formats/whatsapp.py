"""WhatsApp's *export chat*, Android and iPhone, in the languages of :mod:`sim.exchange.whatsapp_words`.

Android writes ``31/12/25, 20:03 - Ana: hi``, the iPhone ``[31/12/25, 20:03:15] Ana: hi``; a line of the program has no
author on Android and begins with U+200E on the iPhone. Lines without such a beginning go on with the message above. A
beginning that lies more than a day before what was said is of a chat pasted into a message, and so is one that lies
after most of what follows.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from statistics import median

from sim.exchange.date_order import Undecided, day_of, order_of
from sim.exchange.format import Asked, Format, Row, Tally
from sim.exchange.text import Head, Text
from sim.exchange.tokens import kind_of_text
from sim.exchange.whatsapp_words import GONE, comings, media, plain
from sim.exchange.written import Line

__all__ = ["WhatsApp"]

_DATE = r"\d{1,4}[./-] ?\d{1,2}[./-] ?\d{1,4}\.?"
_HALF = r"(?:[ \u202f\u00a0]?[AaPp]\.?[ \u202f\u00a0]?[Mm]\.?)?"
_CLOCK = rf"(?:(?:上午|下午|凌晨|早上|中午|晚上) ?)?\d{{1,2}}[:.]\d\d(?:[:.]\d\d)?{_HALF}"
_AUTHOR = r"([^:\n]+(?::[^:\n ][^:\n]*)*):(?: |$)"
# Every line matches: date, clock, author, the rest; or what looks like a beginning and is none; or nothing.
_ODD = r"(\u200e?\[?\d{1,4}[./-]\d{1,2}[./-]\d{1,4}.{1,4}\d{1,2}[:.]\d\d(?: |\]|:\d\d).*)"
_ANDROID = re.compile(rf"^(?:({_DATE}),? ({_CLOCK}) - (?:{_AUTHOR})?(.*)|{_ODD}|.*)$", re.M)
_IPHONE = re.compile(rf"^(?:\u200e?\[({_DATE}),? ({_CLOCK})\] (?:{_AUTHOR})?(.*)|{_ODD}|.*)$", re.M)
_BEGINS = re.compile(rf"\u200e?(\[)?{_DATE},? {_CLOCK}(?(1)\] | - )")
_NUMBERS = re.compile(r"\d+")
_DAY, _AHEAD = 86_400, 100
_MARKED = frozenset("<>)[【 ")  # at an end of what may be more than plain text
_QUOTES = frozenset('"“”„«»「」')
Part = tuple[str, str, str, str, str]


class WhatsApp(Format):
    """A chat as WhatsApp exports it as text."""

    name = "whatsapp"
    title = ("WhatsApp text", "WhatsApp 文本")
    has_zone = False
    has_ids = False
    has_comings = True
    writes = ".txt"

    def sniff(self, head: Head) -> bool:
        return any(_BEGINS.match(line) for line in head.lines[:20])

    def rows(self, text: Text, asked: Asked, tally: Tally) -> Iterator[Row]:
        first = next((line for line in text.head.lines if _BEGINS.match(line)), "")
        pattern = _IPHONE if first.lstrip("\u200e").startswith("[") else _ANDROID
        order = asked.order or self._order(text, pattern)
        reading, parts = _Reading(order, tally), list[Part]()
        for block in text.blocks():
            following = pattern.findall(block)
            yield from reading.block(parts, following[:_AHEAD])
            parts = following
        yield from reading.block(parts, [])

    def _order(self, text: Text, pattern: re.Pattern[str]) -> str:
        def dates() -> Iterator[tuple[int, int, int]]:
            last = ""
            for block in text.blocks():
                for part in pattern.findall(block):
                    if part[0] and part[0] != last:
                        last = part[0]
                        yield _fields(last)

        try:
            return order_of(dates())
        except Undecided as failure:
            orders = failure.orders if len(failure.orders) > 1 else ["dmy", "mdy", "ymd"]
            shown = "/".join(str(one) for one in failure.fields)
            what = f"a date like {shown} may be read in more than one way ({', '.join(orders)})"
            cure = f"say which: order={' or order='.join(orders)} (d day, m month, y year)"
            raise text.source.error(what, cure) from None

    def write(self, title: str, lines: Iterator[Line], lang: str) -> Iterator[str]:
        """As an iPhone does, with the date as year, month, day, which can be read in one way only."""
        import time

        for line in lines:
            moment = time.gmtime(line.wall)
            who = {"en": "Member", "zh": "成员"}[lang] + f" {line.who}"
            said = {"join": f"\u200e{who} joined using this group's invite link", "leave": f"\u200e{who} left"}
            if lang == "zh":
                said = {"join": f"\u200e{who}通过本群邀请链接加入", "leave": f"\u200e{who}退出了"}
            body = said.get(line.kind, line.text)
            yield f"{time.strftime('[%Y-%m-%d, %H:%M:%S]', moment)} {who}: {body}\n"


def _fields(date: str) -> tuple[int, int, int]:
    one, two, three = map(int, _NUMBERS.findall(date))
    return one, two, three


def _seconds(clock: str) -> int | None:
    """Seconds since midnight of ``20:03``, ``8:03:15 p. m.`` or ``下午8:03``; None if there is no such time.

    >>> _seconds("8:03\\u202fPM"), _seconds("下午8:03") == _seconds("20:03"), _seconds("12:05 a. m."), _seconds("25:00")
    (72180, True, 300, None)
    """
    hour, minute, *rest = map(int, _NUMBERS.findall(clock))
    half = next((one for one in clock.lower() if one in "ap上下凌早中晚"), "")
    if half and hour > 12:
        return None
    if half in ("p", "下", "晚") or (half == "中" and hour < 11):
        hour = hour % 12 + 12
    elif half in ("a", "上", "凌", "早"):
        hour %= 12
    good = hour < 24 and minute < 60 and (not rest or rest[0] < 60)
    return hour * 3600 + minute * 60 + (rest[0] if rest else 0) if good else None


class _Reading:
    """The state of reading one file: what the clock shows, and what dates, times and names were met."""

    def __init__(self, order: str, tally: Tally) -> None:
        self._order, self._tally = order, tally
        self._days: dict[str, int | None] = {}
        self._clocks: dict[str, int | None] = {}
        self._names: dict[str, str] = {}
        self._latest = 0
        self._line = 0

    def block(self, parts: list[Part], following: list[Part]) -> Iterator[Row]:
        """The rows of a piece of the file, a part for each of its lines; some of the next piece are looked at."""
        names, tally, start, days, clocks = self._names, self._tally, self._line, self._days, self._clocks
        row = tuple.__new__  # what Row(…) does, in a third of the time: this is done for every line
        for at, (date, clock, author, body, odd) in enumerate(parts):
            if not date:
                if odd:
                    tally.seen += 1
                    tally.miss(start + at + 1)
                continue
            tally.seen += 1
            day, seconds = days.get(date), clocks.get(clock)
            when = self._when(date, clock) if day is None or seconds is None else day + seconds
            if when is None:
                tally.miss(start + at + 1)
                continue
            if not -_DAY <= when - self._latest <= _DAY and self._is_pasted(when, parts, at, following):
                tally.aside += 1
                continue
            if when > self._latest:
                self._latest = when
            if author and body[:1] != "\u200e":
                who = names.get(author) or self._met(author)
                if who:
                    yield row(Row, (when, who, _kind(body), None, who, None, None, None))
                    continue
                body = f"{author}: {body}"
            yield from self._program(when, author, body)
        self._line += len(parts)

    def _when(self, date: str, clock: str) -> int | None:
        days, clocks = self._days, self._clocks
        if date not in days:
            days[date] = day_of(_fields(date), self._order)
        if clock not in clocks:
            clocks[clock] = _seconds(clock)
        day, seconds = days[date], clocks[clock]
        return None if day is None or seconds is None else day + seconds

    def _met(self, author: str) -> str:
        """The name of an author seen for the first time; nothing where it is the beginning of a sentence in quotes."""
        self._names[author] = "" if _QUOTES & set(author) else plain(author)
        return self._names[author]

    def _is_pasted(self, when: int, parts: list[Part], at: int, following: list[Part]) -> bool:
        """Does a beginning more than a day off lie before what was said, or after most of what follows?"""
        if when < self._latest:
            return True
        ahead = [*parts[at + 1 : at + _AHEAD], *following][:_AHEAD]
        coming = (self._when(date, clock) for date, clock, *_ in ahead if date)
        later = [one for one in coming if one is not None]
        return len(later) > 2 and median(later) < when - _DAY

    def _program(self, when: int, author: str, body: str) -> Iterator[Row]:
        """A line of the program: a picture left out, somebody who came or went, a notice."""
        kind = media(body) if author else None
        if kind is not None:
            who = self._names.get(author) or self._met(author)
            yield Row(when, who, kind, None, who)
        elif author and body in GONE:
            yield Row(when, plain(author), "notice", None, plain(author))
        else:
            for what, name, channel in comings(body):
                yield Row(when, name, what, None, name, channel=channel)


def _kind(body: str) -> str:
    """The kind of what a member wrote: pictures left out, what was taken back, links, words in brackets, text."""
    if body[:1] in _MARKED or body[-1:] in _MARKED:
        return media(body) or kind_of_text(body)
    if body in GONE:
        return "notice"
    return "link" if "http" in body and kind_of_text(body) == "link" else "text"

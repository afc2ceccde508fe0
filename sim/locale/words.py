"""Every word of pictures and pages, in each language there is: one lookup (see :mod:`sim.locale.catalogue`).

Arms that bear a strategy's name are translated, its doses (``group_cap.limit=50``) stay; ``a+b`` is the combination of
``a`` and ``b``; any other name stands as the user wrote it. Titles carry slots in braces, filled from what the data show.
"""

from __future__ import annotations

import re
import string
import unicodedata
from collections.abc import Sequence
from functools import reduce

from sim.locale.catalogue import SOURCE, is_text, languages, text
from sim.locale.names import ARMS, WORLDS, declared, given_name, name_arms, name_worlds
from sim.locale.speaking import spoken

__all__ = [
    "arm_label", "beside", "bracket", "columns", "commas", "declared", "filled", "folded", "is_money", "join", "languages",
    "large_money", "log_say", "name_arms", "name_worlds", "number", "quoted", "say", "semicolons", "sentences", "signed",
    "unit_label", "with_currency", "world_label",
]  # fmt: skip


class _Counted(string.Formatter):
    """``{n:community|communities}`` is "1 community" or "12 communities"."""

    def format_field(self, value: object, format_spec: str) -> str:
        if "|" not in format_spec:
            return str(super().format_field(value, format_spec))
        one, many = format_spec.split("|")
        return f"{value:,} {one if value == 1 else many}" if isinstance(value, int) else (
            f"{value} {one if value == '1' else many}")  # fmt: skip


_COUNTED = _Counted()
_AT_THE_END = "，。、；：？！）”》…"  # never begin a line
_DOSED = re.compile(r"(\w+)[. ](\w+=.*)")  # as arms= writes it, or the label of a sweep


def say(key: str, lang: str, **values: object) -> str:
    """The word or sentence ``key`` in ``lang``, its slots filled; ``{n:day|days}`` minds one and many."""
    return filled(text(key, lang), **values)


def filled(words: str, **values: object) -> str:
    """A text with its slots filled; ``{n:day|days}`` minds one and many."""
    return _COUNTED.format(words, **values)


def log_say(key: str, lang: str, **values: object) -> str:
    """The same of the page of a real log, whose keys begin with ``log.``."""
    return say(f"log.{key}", lang, **values)


def arm_label(arm: str, lang: str) -> str:
    """The arm's name as a reader would say it."""
    given = given_name(arm, lang)
    if given:
        return given
    if arm in ARMS:
        return declared(ARMS[arm], lang)
    if is_text(f"arm.{arm}"):
        return say(f"arm.{arm}", lang)
    if "+" in arm:
        return " + ".join(arm_label(part.strip(), lang) for part in arm.split("+"))
    dosed = _DOSED.fullmatch(arm)
    if dosed and dosed[1] in ARMS:
        return f"{declared(ARMS[dosed[1]], lang)} {dosed[2]}"
    return declared([arm.replace("_", " ")], lang)


def world_label(world: str, lang: str) -> str:
    """The world's name as a reader would say it."""
    return given_name(world, lang) or declared(WORLDS.get(world, [world.replace("_", " ")]), lang)


def unit_label(unit: str, lang: str, difference: bool = False) -> str:
    """The unit in words; the difference of two shares is in percentage points."""
    if unit == "share":
        return say("unit.points", lang) if difference else ""
    if unit == "0 to 1" and difference:
        return ""
    return say(f"unit.{unit}", lang) if is_text(f"unit.{unit}") else declared([unit], lang)


def bracket(text: str, lang: str) -> str:
    """``text`` in brackets after a word; nothing if there is no text."""
    return say("brackets", lang, text=text) if text else ""


def quoted(text: str, lang: str) -> str:
    """``text`` in quotation marks."""
    return say("quoted", lang, text=text)


def beside(first: str, second: str, lang: str) -> str:
    """Two texts one after the other, with a gap where the language has gaps."""
    return say("beside", lang, first=first, second=second)


def sentences(parts: Sequence[str], lang: str) -> str:
    """One sentence after the other."""
    return reduce(lambda said, more: beside(said, more, lang), parts) if parts else ""


def commas(parts: Sequence[str], lang: str) -> str:
    """Remarks with commas between them."""
    return say("commas", lang).join(parts)


def semicolons(parts: Sequence[str], lang: str) -> str:
    """Longer remarks, which may have commas of their own, with semicolons between them."""
    return say("semicolons", lang).join(parts)


def join(parts: Sequence[str], lang: str, last: str = "list_last") -> str:
    """A list in words: ``a, b and c``; ``a、b和c``; with ``last="list_or"`` or stands for and."""
    if len(parts) < 2:
        return "".join(parts)
    return say("list_comma", lang).join(parts[:-1]) + say(last, lang) + parts[-1]


def columns(text: str) -> int:
    """Width of a text in columns of print: a Chinese character takes two, an accent on the letter before it none."""
    wide = sum(unicodedata.east_asian_width(letter) in "WF" for letter in text)
    return len(text) + wide - sum(unicodedata.combining(letter) > 0 for letter in text)


def folded(text: str, width: int) -> list[str]:
    """A text in lines of at most ``width`` columns of print, broken at spaces and beside Chinese characters."""
    lines = [""]
    for word in re.findall(r"[\u3000-\u9fff\uff00-\uffef]|[^\s\u3000-\u9fff\uff00-\uffef]+|\s+", " ".join(text.split())):
        if columns(lines[-1] + word) > width and lines[-1] and word not in _AT_THE_END:
            lines.append("")
        lines[-1] += word if lines[-1] else word.lstrip()
    return [line.rstrip() for line in lines]


def number(value: float, unit: str = "") -> str:
    """A number a reader can take in: three figures, a thin thousands mark, shares in per cent, a true minus; large amounts
    of money as the language that is spoken tells them (``1.42万``)."""
    if value != value:
        return "–"
    if is_money(unit) and (large := large_money(value)):
        return say("money_large", spoken(), amount=number(value / large))
    if unit == "share":
        value *= 100
    size = abs(value)
    digits = 3 if unit == "0 to 1" else 0 if size >= 99.5 else 1 if size >= 9.95 else 2
    text = f"{value:,.{digits}f}"
    text = "0" if float(text.replace(",", "")) == 0 else text.replace("-", "−")
    return text + (" %" if unit == "share" else "")


def is_money(unit: str) -> bool:
    """Is this unit one of money: ``CNY``, ``CNY a month``?"""
    return unit.startswith("CNY")


def large_money(value: float) -> float:
    """The unit in which the language spoken tells an amount of CNY as large as this, 0 where it has no word for one."""
    said = "0" if spoken() == SOURCE else text("money_unit", spoken())
    unit = float(said) if said.isdigit() else 0.0
    return unit if unit and abs(round(value)) >= unit else 0.0


def with_currency(amount: str, unit: str, lang: str) -> str:
    """An amount with its unit of money: ``+300 CNY a month``, ``+¥300/月``."""
    sign = amount[0] if amount[:1] in ("+", "−") else ""
    return say(f"money.{unit}", lang, sign=sign, amount=amount.removeprefix(sign))


def signed(value: float, unit: str = "") -> str:
    """A difference with its sign; shares differ by percentage points, so no per-cent sign is added."""
    text = number(value, unit).removesuffix(" %")
    return text if text[0] in "−–" or text == "0" else "+" + text

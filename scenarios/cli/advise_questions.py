"""The questions of ``shequn advise`` at a terminal: one after the other, each with its default and what may be
answered; what cannot be is told at once, and asked again.
"""

from __future__ import annotations

import re
import shlex
import sys
import unicodedata
from collections.abc import Callable

from scenarios.config import catalog
from scenarios.config.compose import Composer
from scenarios.errors import UserError
from scenarios.experiments.advise.advise import Advise
from scenarios.experiments.advise.situation import GOALS, RANGES, Situation
from scenarios.experiments.advise.words import WORDS
from sim.locale.catalogue import SOURCE
from sim.locale.messages import message
from sim.locale.speaking import spoken
from sim.locale.words import commas, declared, languages, say

__all__ = ["ASKED", "answers", "at_a_terminal", "command", "go_on"]

ASKED = ("kind", "groups", "people", "hours", "yuan", "matters", "without")
_APART = re.compile(r"[,、;]+")
_NO = ("n", "no", "否", "不")


def at_a_terminal() -> bool:
    """Does somebody sit there who can be asked?"""
    return sys.stdin.isatty() and sys.stdout.isatty()


def answers(composer: Composer, read: Callable[[str], str] = input) -> list[str]:
    """Words of the command line, from what is answered; those that stay at their defaults are said too."""
    kind, lang = Advise(composer), spoken()
    said: dict[str, object] = {}
    print(say("advise_ask_head", lang))
    for key in ASKED:
        print("\n" + _question(key, lang))
        while True:
            answer = unicodedata.normalize("NFKC", read(say("advise_ask_prompt", lang, default=_default(key)))).strip()
            try:
                value = _TAKEN.get(key, _as_it_is)(answer) if answer else _default(key)
                found = {**said, **({key: WORDS[key](key, value)} if value else {})}
                kind.read(kind.name, found, ())
            except UserError as error:
                print(say("advise_ask_again", lang, why=message(str(error))))
                continue
            said = found
            break
    return [f"{key}={_written(value)}" for key, value in said.items()]


def command(words: list[str]) -> str:
    """The same question as one command."""
    return shlex.join(["shequn", "advise", *words])


def go_on(read: Callable[[str], str] = input) -> bool:
    """Shall it be played now? Enter says so."""
    answer = unicodedata.normalize("NFKC", read(say("advise_ask_go", spoken()))).strip().lower()
    return answer not in _NO


def _question(key: str, lang: str) -> str:
    """What is asked, and what may be answered."""
    slots: dict[str, str] = {}
    if key in RANGES:
        slots = dict(zip(("low", "high"), (f"{end:,}" for end in RANGES[key]), strict=True))
    lines = [say(f"advise_ask_{key}", lang, **slots)]
    if key == "kind":
        lines += [f"  {place:>2}  {declared(title, lang)}  ({name})" for place, (name, title) in enumerate(_kinds(), 1)]
    if key == "without":
        names = [name if lang == SOURCE else f"{declared(made.title, lang)} ({name})"
                 for name, made in catalog.strategies().items() if name != "nothing"]  # fmt: skip
        lines.append("  " + commas(names, lang))
    return "\n".join(lines)


def _kinds() -> list[tuple[str, tuple[str, str]]]:
    return list(catalog.titles("scenario").items())


def _default(key: str) -> str:
    one = Situation()
    if key == "matters":
        return _written(one.matters)
    return "" if key == "without" else _written(getattr(one, key))


def _written(value: object) -> str:
    """As a word of the command line has it."""
    if isinstance(value, dict):
        return ",".join(f"{goal}:{weight:g}" for goal, weight in value.items())
    if isinstance(value, list):
        return ",".join(value)
    return f"{value:g}" if isinstance(value, float) else str(value)


def _as_it_is(answer: str) -> str:
    return answer


def _kind(answer: str) -> str:
    """A place in the list, a name, or a title in any language."""
    kinds = _kinds()
    if answer.isdecimal() and 1 <= int(answer) <= len(kinds):
        return kinds[int(answer) - 1][0]
    return next((name for name, title in kinds if answer.lower() in {one.lower() for one in title}), answer)


def _matters(answer: str) -> str:
    """``life, sales:2``: goals by their names in any language, each with a weight or without."""
    names = {say(f"advise_goal_{goal}", lang): goal for goal in GOALS for lang in languages()}
    parts = [part.partition(":") for part in _APART.split(answer) if part.strip()]
    found = ((names.get(name.strip(), name.strip()), weight.strip() or "1") for name, _, weight in parts)
    return ",".join(f"{name}:{weight}" for name, weight in found)


def _without(answer: str) -> str:
    """Strategies by their names or titles."""
    titles = {title.lower(): name for name, made in catalog.strategies().items() for title in made.title}
    parts = [part.strip() for part in _APART.split(answer) if part.strip()]
    return ",".join(titles.get(part.lower(), part) for part in parts)


_TAKEN: dict[str, Callable[[str], str]] = {"kind": _kind, "matters": _matters, "without": _without}

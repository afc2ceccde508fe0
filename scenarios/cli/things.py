"""Everything that has a name: what it is called in both languages, the line of `list`, the text of `explain`."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import partial

from scenarios.cli import explanations as texts
from scenarios.cli.texts import first_comment, first_sentence, titled
from scenarios.config import catalog
from scenarios.config.sections import sections
from scenarios.config.yamlfile import read_yaml
from scenarios.strategies.base import Strategy
from scenarios.strategies.families import FAMILIES
from sim.analysis.dictionary import tables
from sim.analysis.registry import OUTCOMES, Outcome, complete
from sim.locale.catalogue import SOURCE
from sim.locale.names import declared
from sim.locale.speaking import spoken, told
from sim.locale.words import bracket, columns, say, unit_label
from sim.mechanisms import mechanisms

__all__ = ["Thing", "things"]

# Kind of thing → config group of its files.
_GROUPS = {"scenarios": "scenario", "studies": "study", "searches": "search", "sensitivities": "sensitivity",
           "populations": "population", "records": "record"}  # fmt: skip

Text = Callable[[], str]


@dataclass(frozen=True)
class Thing:
    """One thing: the list it is in (empty: none), its name, what else it is called, its
    titles in English and Chinese; and, made when asked for and in the language spoken, its line and its explanation."""

    kind: str
    name: str
    text: Text
    line: Text = str
    aliases: tuple[str, ...] = ()
    titles: tuple[str, ...] = ()

    @property
    def names(self) -> set[str]:
        """Everything it may be called, in small letters."""
        return {one.lower() for one in (self.name, *self.aliases, *self.titles) if one}


def things() -> Iterator[Thing]:
    """Everything there is but knobs and columns."""
    yield from _strategies()
    for kind, group in _GROUPS.items():
        for name in catalog.options(group):
            yield _file(kind, group, name)
    yield from _roles()
    for name, one in mechanisms().items():
        yield Thing("mechanisms", name, partial(texts.mechanism, one), partial(_mechanism_line, one), (), one.title)
    complete()
    for name, outcome in OUTCOMES.items():
        yield Thing("outcomes", name, partial(texts.outcome, outcome), partial(_outcome_line, outcome), (),
                    (outcome.en, outcome.zh))  # fmt: skip
    for name, table in tables().items():
        yield Thing("tables", name, partial(texts.table, table), partial(told, table.about),
                    (f"{name}.csv", f"{name}.parquet"))  # fmt: skip
    for name, section in sections().items():
        if name not in mechanisms():
            yield Thing("", name, partial(texts.bundle, say_section(name), section, f"{name}."))
    yield Thing("", "window", texts.window)


def say_section(name: str) -> str:
    """Heading of a section of the configuration."""
    return say("explain_section", spoken(), name=name)


def _strategies() -> Iterator[Thing]:
    for name, one in catalog.strategies().items():
        own: tuple[str, ...] = mechanisms()[name].title if name in mechanisms() else ()  # which it tells of, too
        yield Thing("strategies", name, partial(texts.strategy, name, one), partial(_strategy_line, one),
                    (one.id, one.__name__, *own), one.title)  # fmt: skip
    families = catalog.families()
    for name, title in catalog.plans().items():
        number = catalog.file_comment("strategy", name).partition(":")[0]
        yield Thing("strategies", name, partial(texts.file, "strategy", name),
                    partial(_plan_line, name, families[name], title), (number,), title)  # fmt: skip


def _strategy_line(one: type[Strategy]) -> str:
    return _numbered(one.id, one.family, titled(first_sentence(one.__doc__ or ""), one.title))


def _plan_line(name: str, family: str, title: tuple[str, ...]) -> str:
    text = first_comment("strategy", name).replace("：", ":")
    number, colon, line = text.partition(":")
    return _numbered(number * bool(colon), family, titled(line.strip() if colon else text, title))


def _numbered(number: str, family: str, text: str) -> str:
    """Number and family of a strategy, and what it does, in even columns."""
    width = max(columns(texts.family_name(one)) for one in FAMILIES)
    name = texts.family_name(family)
    return f"{number:<4} {name}{' ' * (width - columns(name))}  {text}"


def _file(kind: str, group: str, name: str) -> Thing:
    if group in catalog.QUESTIONS:
        found = read_yaml(catalog.file_of(group, name), catalog.place_of(group, name))
        titles = tuple((found.get("title") or {}).get(lang, "") for lang in ("en", "zh"))
        explained = partial(texts.study if group == "study" else partial(texts.question, group), name)
        return Thing(kind, name, explained, partial(_asked_line, group, name, titles, found["question"]), (), titles)
    titles = catalog.titles(group).get(name, ())
    return Thing(kind, name, partial(texts.file, group, name), lambda: titled(first_comment(group, name), titles),
                 (), titles)  # fmt: skip


def _asked_line(group: str, name: str, titles: tuple[str, ...], question: dict[str, str]) -> str:
    """In English the comment of the file; else title and question, which a file has in more languages."""
    if spoken() == SOURCE:
        return first_comment(group, name)
    return titled(declared(question, spoken()), titles)


def _roles() -> Iterator[Thing]:
    for name, text in catalog.role_texts().items():
        chinese = re.search(r"\(([\u4e00-\u9fff]+)\)", text)
        titles = (name, chinese[1]) if chinese else (name,)
        yield Thing("roles", name, partial(texts.role, name, text, titles), partial(_role_line, text, titles), (),
                    titles)  # fmt: skip
    for name in catalog.options("roles"):
        yield Thing("", name, partial(texts.file, "roles", name))


def _role_line(text: str, titles: tuple[str, ...]) -> str:
    return titled(first_sentence(text), titles[1:] and titles)


def _outcome_line(one: Outcome) -> str:
    """Name and unit; in English as it is declared."""
    unit = one.unit if spoken() == SOURCE else unit_label(one.unit, spoken())
    return texts.outcome_name(one) + bracket(unit, spoken())


def _mechanism_line(one: type) -> str:
    return say("named", spoken(), name=declared(one.title, spoken()),  # type: ignore[attr-defined]
               text=first_sentence(one.__doc__ or ""))  # fmt: skip

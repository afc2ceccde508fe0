"""What is declared in English, for those who translate it: knobs, strategies, roles, columns, outcomes, help.

It is found by asking the declarations, as `shequn list`, `explain` and `--help` do, never by a list kept by hand.
"""

from __future__ import annotations

import argparse
import importlib
import re
from collections.abc import Iterator

from scenarios import terminal
from scenarios.__main__ import COMMANDS, FRAME
from scenarios.cli import experiments, own_words
from scenarios.cli.list_ import KINDS
from scenarios.cli.texts import paragraphs_of
from scenarios.config import catalog
from scenarios.config.sections import sections, shown_knobs
from scenarios.strategies.window import Window
from sim.analysis.dictionary import definition, tables
from sim.analysis.registry import OUTCOMES
from sim.engine.knobs import Knob
from sim.locale.speaking import paragraph
from sim.mechanisms import mechanisms

__all__ = ["declared_texts"]

# Words of an equation that are no columns of tables: "days of groups".
_COLUMN = re.compile(r"\w*[_.]\w+|\b(?:revenue|cost|daily|operator)\b|\([\w. ]*\)")
_NOT_NAMES = re.compile(r"[a-z]{2,}")
_COMMENTED = ("scenario", "population", "record", "roles", "strategy", "search", "sensitivity", "study")


def declared_texts() -> dict[str, str]:
    """Every text in English, with what it is said of."""
    found: dict[str, str] = {}
    parts = (_help, _named, _knobs, _mechanisms, _tables, _outcomes, _shown)
    for text, whose in (pair for part in parts for pair in part()):
        if text and any(letter.isalpha() for letter in text):
            found.setdefault(text, whose)
    return found


def _help() -> Iterator[tuple[str, str]]:
    """What `--help` says."""
    yield from ((text, "help: every command") for text in FRAME)
    for name, does in COMMANDS.items():
        yield does, f"help: what the command {name} does"
        home = "list_" if name == "list" else "experiments" if name in experiments.COMMANDS else name
        command = importlib.import_module(f"scenarios.cli.{home}")
        parts = experiments.epilogs(name) if name in experiments.COMMANDS else [command.__doc__ or ""]
        yield from ((text, f"help of {name}: keep lines and columns") for text in parts)
        yield own_words.TOLD, "help of several commands: keep lines and columns"
        parser = argparse.ArgumentParser(add_help=False)
        command.arguments(parser)
        yield from ((action.help or "", f"help of {name}: a word it takes") for action in parser._actions)


def _named() -> Iterator[tuple[str, str]]:
    """Kinds of things, and what strategies, roles, sections and files say of themselves."""
    yield from ((kind, "a kind of thing, heading of a list") for kind in KINDS)
    yield from ((group, "a kind of file") for group in _COMMENTED)
    for name, one in catalog.strategies().items():
        yield from _doc(one.__doc__, f"strategy {name}")
    for name, text in catalog.role_texts().items():
        yield from _doc(text, f"role {name}")
    yield from _doc(Window.__doc__, "window of a strategy")
    for name, section in sections().items():
        yield from _doc(section.__doc__, f"section {name}")
    for group in _COMMENTED:
        for name in catalog.options(group):
            if group != "study" and (group != "strategy" or catalog.is_plan(name)):
                lines = catalog.file_comment(group, name).splitlines()
                yield paragraph("\n".join(line for line in lines if not line.startswith("title:"))), f"{group} {name}"


def _doc(text: str | None, whose: str) -> Iterator[tuple[str, str]]:
    yield from ((paragraph(part), whose) for part in paragraphs_of(text or ""))


def _knobs() -> Iterator[tuple[str, str]]:
    knobs: dict[str, Knob] = shown_knobs() | {f"window {name}": knob for name, knob in Window.window_knobs().items()}
    for name, knob in knobs.items():
        yield knob.doc, f"knob {name}"
        yield knob.source, "source of a knob"
        yield knob.unit, "unit"


def _mechanisms() -> Iterator[tuple[str, str]]:
    for name, one in mechanisms().items():
        for lever in one.levers().values():
            yield lever.doc, f"lever of mechanism {name}"
            yield lever.unit, "unit"
        yield from ((next((text for text, _ in _doc(hook.rule.__doc__, "")), ""), f"rule of mechanism {name}")
                    for hook in one.hooks)  # fmt: skip


def _tables() -> Iterator[tuple[str, str]]:
    for name, one in tables().items():
        yield from ((text, f"table {name}") for text in (one.where, one.about, one.also))
        for column in one.columns:
            yield column.kind, "what a column holds"
            yield column.unit, "unit"
            if not column.names:
                yield column.meaning, f"column {column.name}"


def _outcomes() -> Iterator[tuple[str, str]]:
    for name, one in OUTCOMES.items():
        yield one.unit, "unit"
        meaning, equation = definition(one)
        yield meaning, f"outcome {name}"
        yield equation if _NOT_NAMES.search(_COLUMN.sub("", equation)) else "", f"equation of the outcome {name}"


def _shown() -> Iterator[tuple[str, str]]:
    """What the terminal shows."""
    yield from ((text, "heading of a column in the terminal; a line break is where the heading breaks")
                for text in (*terminal.HEADLINES.values(), *terminal.SUMMARY, *terminal.SUMMARY_OF_ONE))  # fmt: skip
    yield from ((text, "beside the bar of progress") for text in terminal.PROGRESS)

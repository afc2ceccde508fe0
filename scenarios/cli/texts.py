"""What declarations say, in the language spoken: docstrings, knobs, comments of YAML files; and columns of print."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from scenarios.config.catalog import file_comment
from sim.engine.knobs import Knob
from sim.locale.catalogue import SOURCE
from sim.locale.docstrings import first_sentence, paragraphs_of, said
from sim.locale.names import declared
from sim.locale.speaking import spoken, told
from sim.locale.words import columns, say

__all__ = ["aligned", "comment", "doc", "first_comment", "first_sentence", "knob_span", "knob_text", "paragraphs_of",
           "said", "titled"]  # fmt: skip


def doc(text: str) -> str:
    """A docstring, paragraph by paragraph."""
    return "\n\n".join(map(said, paragraphs_of(text)))


def comment(group: str, name: str) -> str:
    """The comment at the head of a YAML file; in other languages without its title, which is told apart."""
    text = file_comment(group, name)
    body = "\n".join(line for line in text.splitlines() if not line.startswith("title:"))
    found = said(body)
    return text if found == body else found


def first_comment(group: str, name: str) -> str:
    """The first line of that comment, or its first sentence where it is translated."""
    text = comment(group, name)
    return text.split("\n")[0] if spoken() == SOURCE else first_sentence(text)


def titled(line: str, titles: Sequence[str]) -> str:
    """A line with the thing's name before it, in the languages that have one: what is typed stays English."""
    title = declared(titles, spoken())
    return say("named", spoken(), name=title, text=line) if title and spoken() != SOURCE and title != line else line


def knob_text(name: str, knob: Knob) -> str:
    """Default, range, meaning and source of a knob."""
    source = say("explain_source", spoken(), source=told(knob.source))
    return f"{name} = {knob.default}   ({knob_span(knob)})\n    {told(knob.doc)}\n    {source}"


def knob_span(knob: Knob) -> str:
    """Range and unit, or the words it may take."""
    if knob.choices:
        return " | ".join(knob.choices)
    if knob.low is None or knob.high is None:
        return "true | false"
    return f"{knob.low:,.15g} … {knob.high:,.15g} {told(knob.unit)}".rstrip()


def aligned(rows: Iterable[Sequence[str]], indent: int = 2) -> list[str]:
    """Rows as lines of even columns, as wide as they are printed: a Chinese character takes two places."""
    lines = [list(row) for row in rows]
    widths = [max(map(columns, column)) for column in zip(*lines, strict=True)]
    return [" " * indent + "  ".join(cell + " " * (width - columns(cell)) for cell, width in
                                     zip(row, widths, strict=True)).rstrip() for row in lines]  # fmt: skip

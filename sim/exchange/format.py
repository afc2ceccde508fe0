"""What a format declares, and the rows it turns a file into."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import ClassVar, NamedTuple

from sim.analysis.logs.columns import Source
from sim.exchange.text import Head, Text
from sim.exchange.written import Line

__all__ = ["CREATED", "Asked", "Format", "Row", "Tally"]

CREATED = "created"
"""Kind of the row that says when a group was made; it is kept as a ``system`` line and as the birth of its room."""
_TOLERATED = 0.02  # of lines or records
_ASIDE = 0.1  # of lines


class Row(NamedTuple):
    """One line of talk, or somebody coming or going.

    ``when`` is in seconds since 1970, UTC, or by the wall clock where the format knows no zone. ``who`` is what tells
    an author from others; where only a name is known (of somebody who joined) ``who`` is empty and ``name`` is given;
    notices have neither. ``id`` and ``reply`` are the format's own; a group of ``None`` is the file's only one.
    """

    when: float
    who: str
    kind: str = "text"
    group: str | None = None
    name: str = ""
    id: int | str | None = None
    reply: int | str | None = None
    channel: str | None = None


@dataclass
class Asked:
    """What the user says of a file: the order of day and month (``dmy``, ``mdy``, ``ymd``) where it is given."""

    order: str | None = None


@dataclass
class Tally:
    """How much of a file was understood: lines or records, and the places of the first that were not."""

    unit: str = "line"
    seen: int = 0
    missed: int = 0
    places: list[int] = field(default_factory=list)
    aside: int = 0  # lines that are of another log, pasted into a message
    has_zone: bool | None = None  # whether times tell their zone, of a format whose files differ in that
    until: float | None = None  # when the file was exported, if it says so

    def miss(self, place: int) -> None:
        """Note a line or record that should have been understood and was not."""
        self.missed += 1
        if len(self.places) < 3:
            self.places.append(place)

    def check(self, source: Source) -> None:
        """More than 2 % not understood is an error, as it would be missing in silence; so are two logs in one file."""
        if self.missed > _TOLERATED * max(self.seen, 1):
            where = ", ".join(f"{place:,}" for place in self.places)
            more = " …" if self.missed > len(self.places) else ""
            what = f"{self.missed:,} of {self.seen:,} are not understood ({self.unit} {where}{more})"
            raise source.error(what, "export it again; if it opens elsewhere, the format is one not known yet")
        if self.aside > max(10, _ASIDE * self.seen):
            what = f"{self.aside:,} of {self.seen:,} lines are dated before what is said above them"
            raise source.error(what, "is it two logs in one file? read them one by one")


class Format:
    """A format: subclass it in a file of ``sim/exchange/formats`` and it is known everywhere.

    ``name`` is typed (``from=``), ``title`` is what it is called in English and Chinese. ``has_zone`` says that its
    times tell their zone, ``has_ids`` that messages have ids of their own, ``has_replies`` that replies name the
    message answered, ``has_comings`` that joins and leaves are told. ``writes`` is the ending of the files it is
    written to, empty where there is no writer.
    """

    name: ClassVar[str] = ""
    title: ClassVar[tuple[str, str]] = ("", "")
    has_zone: ClassVar[bool] = True
    has_ids: ClassVar[bool] = True
    has_replies: ClassVar[bool] = False
    has_comings: ClassVar[bool] = False
    writes: ClassVar[str] = ""

    def sniff(self, head: Head) -> bool:
        """Is a file that begins so of this format? Told by its structure, not by its name."""
        raise NotImplementedError

    def rows(self, text: Text, asked: Asked, tally: Tally) -> Iterator[Row]:
        """The rows of a file in its order; memory does not grow with the file.

        Raises
        ------
        sim.analysis.logs.columns.LogError
            If the file is cut off, or the user has to say something.
        """
        raise NotImplementedError

    def write(self, title: str, lines: Iterator[Line], lang: str) -> Iterator[str]:
        """The pieces of a file of this format."""
        raise NotImplementedError

"""What is written of simulated talk: lines with made-up texts."""

from __future__ import annotations

from typing import NamedTuple

__all__ = ["Line"]


class Line(NamedTuple):
    """A line to be written: ``when`` in seconds since 1970 (UTC), ``wall`` by the clock of the log's own zone; ``who``
    is a member's number, ``reply`` the id of an earlier line. ``kind`` may be ``join`` or ``leave``.
    """

    id: int
    when: int
    wall: int
    who: int
    kind: str
    text: str
    reply: int | None = None

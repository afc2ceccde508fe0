"""Where a log comes from: a table of ours, or what another program exports, of which is said what it can tell."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, field
from pathlib import Path

import pandas as pd

from sim.analysis.logs.reading import read_messages, read_rooms
from sim.exchange.reading import Export, is_our_table, read_export, to_table
from sim.exchange.table import Window
from sim.locale.words import log_say

__all__ = ["How", "Opened", "only_table", "opened"]


@dataclass(frozen=True)
class How:
    """What the user says of an export: its format, the order of day and month, the time to be kept."""

    format: str | None = None
    order: str | None = None
    window: Window = field(default_factory=Window)


@dataclass(frozen=True)
class Opened:
    """A log that was read; ``export`` says of what, where it is no table of ours."""

    messages: pd.DataFrame
    rooms: pd.DataFrame | None
    export: Export | None
    zone: str

    @property
    def name(self) -> str | None:
        """What an export is called: its file's name may be that of a group, and is told nowhere."""
        if self.export is None:
            return None
        t, author = self.messages["t"].astype("int64").to_numpy(), self.messages["author"].to_numpy()
        return f"{self.export.format.name}_{hashlib.sha256(t.tobytes() + author.tobytes()).hexdigest()[:8]}"

    def notes(self, lang: str) -> list[str]:
        """What was read, what was dropped, and what such a file cannot tell."""
        return [] if self.export is None else _notes(self.export, self.zone, lang)


def _notes(export: Export, zone: str, lang: str) -> list[str]:
    one, found = export.format, export.found
    title = one.title[lang == "zh"]
    lines = [log_say("import_what", lang, format=title, messages=f"{found.rows:,}", groups=f"{len(found.groups):,}")]
    untold = {"import_zone": not found.has_zone, "import_minutes": not found.has_seconds,
              "import_no_replies": not one.has_replies, "import_no_comings": not one.has_comings}  # fmt: skip
    return lines + [log_say(key, lang, zone=zone) for key, is_so in untold.items() if is_so]


def opened(path: str | Path, rooms: str | Path | None, zone: str, how: How) -> Opened:
    """The messages of a log, whatever it is, and its rooms, from their own file or as far as it tells them.

    Raises
    ------
    LogError
        If it cannot be read.
    """
    if how.format is None and is_our_table(Path(path)):
        messages, export = read_messages(path), None
        known = None
    else:
        export = read_export(path, zone, how.order, how.format, how.window)
        assert export.messages is not None
        messages = export.messages
        told = export.rooms[["created", "observed_until"]].notna().to_numpy().any()
        known = export.rooms if told else None
    return Opened(messages, known if rooms is None else read_rooms(rooms, messages), export, zone)


def only_table(path: str | Path, target: Path, zone: str, how: How, lang: str) -> list[str]:
    """Write an export as a table of ours, however long it is, and say what was read."""
    export = to_table(path, target, zone, how.order, how.format, how.window)
    return [*_notes(export, zone, lang), f"→ {target}"]

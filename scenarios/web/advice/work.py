"""What is done for a visitor in a process of its own, in their folder: a log read, a world fitted, advice worked out.

The process works in the folder, so that no page it writes tells where that lies. What was found goes into a file of
names, numbers and sentences in every language; the log itself is read once, into a table without texts and names.
"""

from __future__ import annotations

import json
import os
import traceback
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import replace
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING, Any

from scenarios.errors import UserError, brief
from scenarios.execution.runners.processes import begin
from scenarios.web.advice.amounts import Amounts
from scenarios.web.advice.case import UPLOAD, Progress, note

if TYPE_CHECKING:
    pass

__all__ = ["FITTED", "FOUND", "LOG", "NICE", "PRINTED", "advise", "begun", "fit", "heard_by", "read"]

FOUND = "found.json"
LOG, ROOMS = "log.parquet", "rooms.csv"
PRINTED = "plan.html"
"""Beside the report, where there is one page to print."""
FITTED = "fitted"
"""The kind of group that was fitted to the visitor's log."""
NICE = 5
"""How far these processes step back behind those that answer at once."""


def begun(folder: Path, work: Callable[..., Mapping[str, Any]], *about: Any) -> None:
    """Do something there, and leave what was found, or what the mistake was."""
    from sim.analysis.logs.columns import LogError

    begin()
    if hasattr(os, "nice"):
        os.nice(NICE)
    os.chdir(folder)
    try:
        found = work(*about)
    except (UserError, LogError) as error:
        found = {"mistake": brief(str(error))}
    except Exception as error:  # told on the page; whoever runs the server sees where it was
        traceback.print_exception(error)
        found = {"mistake": brief(str(error) or repr(error))}
    note(folder / FOUND, found)


def read(zone: str, order: str | None) -> dict[str, Any]:
    """The log as a table of numbers, and what was recognised. What was sent is gone then, whatever came of it, unless
    day and month cannot be told apart, which only the visitor can settle.
    """
    from scenarios.reports.log_source import How, opened
    from sim.analysis.logs.columns import LogError
    from sim.analysis.logs.people import hidden
    from sim.exchange.date_order import Undecided

    upload = _named(Path(UPLOAD))
    try:
        found = opened(upload, None, zone, How(None, order))
    except LogError as error:
        if isinstance(why := error.__context__, Undecided):
            return {"mistake": str(error), "orders": why.orders or ["dmy", "mdy", "ymd"], "date": list(why.fields)}
        upload.unlink(missing_ok=True)
        raise
    except BaseException:
        upload.unlink(missing_ok=True)
        raise
    messages, rooms = hidden(found.messages, found.rooms)
    upload.unlink(missing_ok=True)
    messages.to_parquet(LOG, index=False)
    if rooms is not None:
        as_file = rooms.rename(columns={"created": "created_utc", "observed_until": "obs_end_utc"})
        as_file.to_csv(ROOMS, index=False, date_format="%Y-%m-%dT%H:%M:%SZ")
    return _recognised(found, messages, zone, order)


def _named(upload: Path) -> Path:
    """The file under a name that tells what it is: of a table of ours that is needed."""
    from sim.exchange.reading import is_our_table

    if not is_our_table(upload):
        return upload
    with upload.open("rb") as file:
        is_parquet = file.read(4) == b"PAR1"
    return upload.rename(upload.with_suffix(".parquet" if is_parquet else ".csv"))


def _recognised(found: Any, messages: Any, zone: str, order: str | None) -> dict[str, Any]:
    from sim.analysis.logs.talk import HUMAN, room_keys
    from sim.locale.words import languages

    said = messages[messages["kind"].isin(list(HUMAN))]
    local, export = said["t"].dt.tz_convert(zone), found.export
    return {
        "format": list(export.format.title) if export else [],
        "rooms": len(messages[room_keys(messages)].drop_duplicates()),
        "members": int(said["author"].nunique()), "messages": len(said), "zone": zone, "order": order or "",
        "first": f"{local.min():%Y-%m-%d}", "last": f"{local.max():%Y-%m-%d}",
        "has_zone": export is None or bool(export.found.has_zone),
        "notes": {lang: _untold(found, lang) for lang in languages()},
    }  # fmt: skip


def _untold(found: Any, lang: str) -> list[str]:
    """What such a file cannot tell; what was read, and its zone, the page says itself."""
    from sim.locale.words import log_say

    if (export := found.export) is None:
        return []
    untold = {"import_minutes": not export.found.has_seconds, "import_no_replies": not export.format.has_replies,
              "import_no_comings": not export.format.has_comings}  # fmt: skip
    return [log_say(key, lang) for key, is_so in untold.items() if is_so]


def fit(said: Mapping[str, Any], zone: str, amounts: Amounts, workers: int) -> dict[str, Any]:
    """A world fitted to the log, with its page; the last third is not foreseen, which would take as long again."""
    from scenarios.experiments.fit.asked import Asked, fitted
    from scenarios.experiments.fit.world_file import name_of
    from scenarios.reports.fit_report import as_json, sentences, write
    from sim.locale.speaking import speaking
    from sim.locale.words import languages

    asked = Asked(LOG, ROOMS if Path(ROOMS).is_file() else None, zone,
                  (f"scenario={said['kind']}",), said["members"], said["simulations"], amounts.draws,
                  predict=False, workers=workers)  # fmt: skip
    progress, folder = Progress(Path(), asked.simulations + asked.draws), Path("fit")
    found = fitted(asked, folder, progress.tell)
    write(found, folder)
    told = {}
    for lang in languages():
        with speaking(lang):
            told[lang] = sentences(found, lang)
    numbers = json.loads(as_json(found, folder))
    return {"told": told, "scenario": name_of(found), "simulations": asked.simulations,
            **{name: numbers[name] for name in ("draws", "rooms", "messages")}}  # fmt: skip


def advise(said: Mapping[str, Any], fitted: str, amounts: Amounts, workers: int) -> dict[str, Any]:
    """Advice with its page; ``fitted`` is the scenario made of the log, for those who ask for it."""
    from scenarios.config.compose import Composer
    from scenarios.config.own import take_up
    from scenarios.experiments.advise.advise import Advise, most_runs
    from scenarios.experiments.options import Options
    from scenarios.experiments.player import Player
    from sim.data.store import Store
    from sim.locale.speaking import speaking
    from sim.locale.words import languages

    extra = amounts.extra
    if said["kind"] == FITTED:
        take_up((), "fit")
        said = {**said, "kind": fitted}
        extra = ("world=fit/posterior.json",)
    kind = Advise(composer := Composer())
    asked = replace(kind.read("advise", dict(said), extra), sizes=amounts.sizes)
    place = f"store-{sha256(repr(asked).encode()).hexdigest()[:12]}"  # what another question played does not count
    options = Options(store=place, runner="serial" if workers == 1 else "processes", workers=workers)
    with Store(place) as store:
        progress = Progress(Path(), most_runs(asked))
        player = Player(options, store, composer, heard_by(progress))
        answer = kind.play(asked, player)
    if answer.page:
        answer.page(Path("advice"), formats=options.formats)
    told = {}
    for lang in languages():
        with speaking(lang):
            lines, tables = answer.told(lang)
            told[lang] = {"lines": list(lines), "tables": list(tables)}
    printed = (Path("advice") / PRINTED).is_file()
    return {"told": told, "runs": len(player.asked), "worlds": asked.sets, "printed": printed}


def heard_by(progress: Progress) -> Callable[[int], Any]:
    """What a player takes for its bar."""

    @contextmanager
    def bar(runs: int) -> Iterator[Callable[[str, float], None]]:
        yield lambda arm, more: progress.tell(int(more))

    return bar

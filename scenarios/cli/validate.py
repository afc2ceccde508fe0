"""Plays the worlds of the facts with every strategy off and sets each fact, K1 to K26, beside its target: band, value,
interval, spread over communities, verdict. Twelve simulated and twelve real rooms are drawn the same way, and a
classifier tries to tell them apart. Writes one page. Nothing is fitted.

settings: data=LOG        a log of real groups, or a folder of such (.csv, .parquet), in place of the rooms that ship
          rooms=FILE      of one log, a CSV of its rooms (group, created_utc, obs_end_utc)
          zone=NAME       time zone of the log (UTC)
          replicates=10   communities of each world
          seed=1          which luck
          json=true       print everything as JSON, and write no page
          out=FOLDER      where the page goes (outputs/validate)
          format=png,svg,pdf  the picture beside the page as these (png)
"""

from __future__ import annotations

import argparse
from pathlib import Path

from scenarios.errors import UserError

__all__ = ["arguments", "run"]


def arguments(parser: argparse.ArgumentParser) -> None:
    """Settings alone."""
    parser.add_argument("settings", nargs="*", metavar="name=value", help="data=, rooms=, replicates=, json=, out= …")


def run(options: argparse.Namespace) -> int:
    """Check, play, measure, show."""
    from scenarios.cli.read import zone_of
    from scenarios.cli.words import between, settings_of, yes_or_no
    from scenarios.execution.folders import check_writable, filling, named_folder
    from scenarios.experiments.options import WORDS
    from scenarios.reports.formats import PNG, formats_of

    readers = {"data": _text, "rooms": _text, "zone": zone_of, "out": _text, "lang": WORDS["lang"][1],
               "replicates": between(2, 1000), "seed": between(0, 2**31), "json": yes_or_no,
               "format": formats_of}  # fmt: skip
    said = settings_of("validate", options.settings, readers)
    if "rooms" in said and "data" not in said:
        raise UserError("rooms= is about the log of data=; there is none")
    folder = Path(named_folder("out", said.get("out", "outputs/validate")))
    if not said.get("json"):
        check_writable(folder)
    from scenarios.reports.validate_report import as_json, show, write
    from sim.analysis.logs.columns import LogError

    try:
        found = _found(said)
    except LogError as error:
        raise UserError(str(error)) from error
    if said.get("json"):
        print(as_json(found))
        return 0
    with filling(folder):
        page = write(found, folder, said.get("format", PNG))
    show(found, page)
    return 0


def _found(said: dict):  # type: ignore[no-untyped-def,type-arg]
    """Everything measured; a line for each world while it is played."""
    from scenarios.experiments.validation import validate
    from scenarios.terminal import plain
    from sim.locale.speaking import spoken
    from sim.locale.words import say, world_label

    console = plain()

    def tell(world: str, scenario: str) -> None:
        if not said.get("json"):
            console.print(say("val_playing", spoken(), world=world_label(scenario, spoken())), style="dim")

    return validate(said.get("replicates", 10), said.get("seed", 1), said.get("data"), said.get("rooms"),
                    said.get("zone", "UTC"), tell)  # fmt: skip


def _text(key: str, value: str) -> str:
    return value

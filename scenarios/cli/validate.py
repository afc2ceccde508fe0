"""Plays the worlds of the facts with every strategy off and sets each fact, K1 to K26, beside its target: band, value,
interval, spread over communities, verdict. Twelve simulated and twelve real rooms are drawn the same way, and a
classifier tries to tell them apart. Writes one page. With data= the printed numbers of the world of volunteer learners
are fitted to that log first, and nothing else (fit=false leaves that out).

settings: data=LOG        a log of real groups, or a folder of such (.csv, .parquet), in place of the rooms that ship
          rooms=FILE      of one log, a CSV of its rooms (group, created_utc, obs_end_utc)
          zone=NAME       time zone of the log (UTC)
          fit=false       not to fit the world's numbers to data=
          simulations=2000  logs to be simulated for that; half an hour, or more for many rooms; they are kept
          workers=N       processes that do (one a core)
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
               "replicates": between(2, 1000), "seed": between(0, 2**31), "json": yes_or_no, "fit": yes_or_no,
               "simulations": between(200, 20_000), "workers": between(1, 1000), "format": formats_of}  # fmt: skip
    said = settings_of("validate", options.settings, readers)
    for name in ("rooms", "fit", "simulations", "workers"):
        if name in said and "data" not in said:
            raise UserError(f"{name}= is about the log of data=; there is none")
    folder = Path(named_folder("out", said.get("out", "outputs/validate")))
    if not said.get("json") or _is_refit(said):
        check_writable(folder)
    from scenarios.reports.validate_report import as_json, show, write
    from sim.analysis.logs.columns import LogError

    try:
        with filling(folder):
            found = _found(said, folder)
    except LogError as error:
        raise UserError(str(error)) from error
    if said.get("json"):
        print(as_json(found))
        return 0
    with filling(folder):
        page = write(found, folder, said.get("format", PNG))
    show(found, page)
    return 0


def _is_refit(said: dict) -> bool:  # type: ignore[type-arg]
    return "data" in said and bool(said.get("fit", True))


def _refit(said: dict, folder: Path):  # type: ignore[no-untyped-def,type-arg]
    """The numbers of the world of real rooms, fitted to the log on luck that the facts are not measured on."""
    from scenarios.experiments.fit.asked import Asked, fitted
    from scenarios.experiments.validation import HOME, brought, scenario_for
    from scenarios.terminal import progress_bar
    from sim.locale.speaking import spoken
    from sim.locale.words import say

    brought(said["data"], said.get("rooms"), said.get("zone", "UTC"))  # complain before the fit, not after it
    given = {name: said[name] for name in ("rooms", "zone", "simulations", "workers") if name in said}
    asked = Asked(said["data"], overrides=(f"scenario={scenario_for(HOME)}",), seed=said.get("seed", 1) + 1,
                  predict=False, **given)  # fmt: skip
    with progress_bar(asked.simulations + asked.draws) as bar:
        return fitted(asked, folder / "fit", lambda more: bar(say("fit_simulating", spoken()), more))


def _found(said: dict, folder: Path):  # type: ignore[no-untyped-def,type-arg]
    """Everything measured; a line for each world while it is played."""
    from scenarios.experiments.validation import validate
    from scenarios.terminal import plain
    from sim.locale.speaking import spoken
    from sim.locale.words import say, world_label

    console = plain()

    def tell(world: str, scenario: str) -> None:
        if not said.get("json"):
            console.print(say("val_playing", spoken(), world=world_label(scenario, spoken())), style="dim")

    refit = _refit(said, folder) if _is_refit(said) else None
    return validate(said.get("replicates", 10), said.get("seed", 1), said.get("data"), said.get("rooms"),
                    said.get("zone", "UTC"), tell, refit)  # fmt: skip


def _text(key: str, value: str) -> str:
    return value

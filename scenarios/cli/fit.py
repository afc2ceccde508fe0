"""LOG is a chat log, as `shequn read` takes it: a table of messages, or what another program exported. The numbers of a
world are fitted to it by simulating logs and comparing; what is simulated is kept, so the same command goes on where it
was stopped. Writes a page, and the fitted world: a scenario, and a file for world= with what the log leaves open.

settings: rooms=FILE        a CSV of the rooms (group, created_utc, obs_end_utc)
          zone=NAME         time zone whose days and weeks are counted (UTC)
          scenario=NAME     the world whose other numbers are taken (learners)
          members=N         people in each group when the log begins, where groups were there already
          simulations=2000  logs to be simulated; half an hour, or more for many rooms
          draws=100         communities played with what is left of the numbers
          predict=false     not to foresee the last third of each room from the first two
          seed=1 workers=N  which luck; processes (one a core)
          json=true         print everything as JSON, and write no page
          out=FOLDER        where all goes (outputs/fit/<name of the log>)
          format=png,svg,pdf  the pictures beside the page as these (png)
          from=NAME order=dmy  format of an export, and the order of its dates, where they could be two
          SECTION.KNOB=value  a number that is known, and is not fitted (population.founders=200)
"""

from __future__ import annotations

import argparse
import sys
from pathlib import Path
from typing import Any

from scenarios.errors import UserError

__all__ = ["arguments", "run"]


def arguments(parser: argparse.ArgumentParser) -> None:
    """The log, and settings as name=value."""
    parser.add_argument("log", help="a table of messages (.parquet or .csv), or an exported chat")
    parser.add_argument("settings", nargs="*", metavar="name=value", help="rooms=, zone=, simulations=, scenario= …")


def run(options: argparse.Namespace) -> int:
    """Read, simulate, infer, show."""
    from scenarios.cli.words import settings_of
    from scenarios.execution.folders import check_writable, filling, named_folder
    from scenarios.experiments.fit.asked import settings_first
    from scenarios.reports.formats import PNG
    from scenarios.reports.log_report import log_name
    from sim.analysis.logs.columns import LogError
    from sim.locale.speaking import spoken
    from sim.locale.words import say

    readers = _readers()
    mine, overrides = settings_first(options.settings, tuple(readers))
    said = settings_of("fit", mine, readers)
    default = Path("outputs") / "fit" / log_name(options.log).lstrip(".").replace("?", "_")
    folder = Path(named_folder("out", said.get("out", str(default))))
    check_writable(folder)
    from scenarios.reports.fit_report import as_json, show, write

    try:
        with filling(folder):
            found = _found(options.log, said, overrides, folder)
    except LogError as error:
        raise UserError(str(error)) from error
    except KeyboardInterrupt:
        print("\nshequn: " + say("fit_stopped", spoken()), file=sys.stderr)
        return 130
    if said.get("json"):
        print(as_json(found, folder))
        return 0
    with filling(folder):
        page = write(found, folder, said.get("format", PNG))
    show(found, page)
    return 0


def _readers() -> dict[str, Any]:
    """How the settings are read."""
    from scenarios.cli.read import zone_of
    from scenarios.cli.words import between, yes_or_no
    from scenarios.experiments.options import WORDS, one_of
    from scenarios.reports.formats import formats_of
    from sim.exchange.date_order import ORDERS
    from sim.exchange.registry import formats

    return {"rooms": _text, "zone": zone_of, "members": between(2, 2000), "simulations": between(200, 20_000),
            "draws": between(10, 10_000), "predict": yes_or_no, "seed": between(0, 2**31), "workers": between(1, 1000),
            "json": yes_or_no, "out": _text, "format": formats_of, "lang": WORDS["lang"][1], "from": one_of(*formats()),
            "order": one_of(*ORDERS)}  # fmt: skip


def _found(log: str, said: dict[str, Any], overrides: tuple[str, ...], folder: Path):  # type: ignore[no-untyped-def]
    """The fit; a bar with the time left while it is made."""
    from scenarios.experiments.fit.asked import Asked, fitted
    from scenarios.reports.log_source import How
    from scenarios.terminal import progress_bar
    from sim.locale.speaking import spoken
    from sim.locale.words import say

    names = ("rooms", "zone", "members", "simulations", "draws", "seed", "predict", "workers")
    given = {key: said[key] for key in names if key in said}
    asked = Asked(log, overrides=overrides, how=How(said.get("from"), said.get("order")), **given)
    total = asked.simulations + asked.draws * (2 if asked.predict else 1)
    with progress_bar(total) as bar:
        return fitted(asked, folder, lambda more: bar(say("fit_simulating", spoken()), more))


def _text(key: str, value: str) -> str:
    return value

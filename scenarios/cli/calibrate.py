"""Looks for constants of the model that bring the facts into their bands, from several starts, under common luck; and
keeps an ensemble of sets that fit as well and lie far apart, for `world=ensemble`. What is tuned, how far and for which
facts stands in sim/analysis/facts/tuned.toml. Every trial is kept on disk: after a kill or Ctrl-C the same command goes
on where it stopped.

settings: starts=6         places to begin from; the first is what the rules say today
          trials=200       sets to try from each
          hours=2          and no longer than this, then some half an hour for the best; the same command goes on
          workers=2        processes that play
          communities=4    communities of each world
          again=8          communities of each world in which the best are rated, on fresh luck
          seed=1           which luck
          ensemble=30      sets to keep at most
          out=FOLDER       journal, page, best.json and ensemble.json (outputs/calibrate)
"""

from __future__ import annotations

import argparse
import math
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

from scenarios.errors import UserError, shown

if TYPE_CHECKING:
    from scenarios.experiments.calibration.calibrate import Calibrated

__all__ = ["arguments", "run"]


def arguments(parser: argparse.ArgumentParser) -> None:
    """Settings alone."""
    parser.add_argument("settings", nargs="*", metavar="name=value", help="starts=, trials=, hours=, workers=, out= …")


def run(options: argparse.Namespace) -> int:
    """Search, choose, measure, show."""
    from scenarios.cli.words import between, settings_of
    from scenarios.execution.folders import check_writable, filling, named_folder
    from scenarios.experiments.options import WORDS

    many = between(2, 1000)
    readers = {"starts": between(1, 100), "trials": between(1, 100_000), "hours": _hours, "workers": between(1, 256),
               "communities": many, "again": many, "seed": between(0, 2**31 - 3), "ensemble": between(1, 1000),
               "out": lambda key, value: value, "lang": WORDS["lang"][1]}  # fmt: skip
    said = settings_of("calibrate", options.settings, readers)
    said.pop("lang", None)
    folder = Path(named_folder("out", said.pop("out", "outputs/calibrate")))
    check_writable(folder)
    from scenarios.experiments.calibration.calibrate import JOURNAL
    from sim.locale.speaking import spoken
    from sim.locale.words import say

    try:
        with filling(folder):
            found = _found(said, folder)
    except KeyboardInterrupt:
        print("\nshequn: " + say("cal_stopped", spoken(), journal=folder / JOURNAL), file=sys.stderr)
        return 130
    from scenarios.reports.calibrate_report import show, write

    with filling(folder):
        page = write(found, folder)
    show(found, page)
    return 0


def _found(said: dict[str, Any], folder: Path) -> Calibrated:
    """The calibration, with a bar that tells the time left."""
    from scenarios.experiments.calibration.calibrate import calibrate
    from scenarios.experiments.calibration.confirming import A_SET
    from scenarios.experiments.calibration.searching import Asked
    from scenarios.terminal import progress_bar

    asked = Asked(**said)
    with progress_bar(asked.starts * asked.trials + A_SET * asked.ensemble) as progress:
        return calibrate(asked, folder, progress)


def _hours(name: str, text: str) -> float:
    try:
        hours = float(text)
    except ValueError:
        hours = math.nan
    if not 0 <= hours <= 10_000:
        raise UserError(f"{name}={shown(text)}: a number of hours, up to 10,000")
    return hours

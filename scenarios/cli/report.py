"""FOLDER is what `shequn run` or `shequn demo` wrote. The page needs no network and no other file.

settings: format=png,svg,pdf  the pictures beside the page as these (png); for papers svg or pdf
"""

from __future__ import annotations

import argparse

from scenarios.errors import UserError
from sim.locale.speaking import spoken
from sim.locale.words import say

__all__ = ["arguments", "run"]


def arguments(parser: argparse.ArgumentParser) -> None:
    """The folder of the run, and settings."""
    parser.add_argument("folder", help="the folder of a run (it holds meta.json)")
    parser.add_argument("settings", nargs="*", metavar="name=value", help="format=")


def run(options: argparse.Namespace) -> int:
    """Draw the stored run."""
    from scenarios.cli.words import settings_of
    from scenarios.reports.described import without_plugins
    from scenarios.reports.formats import PNG, formats_of
    from scenarios.reports.run_report import write_report
    from sim.data.results import ResultsError, load

    try:
        formats = settings_of("report", options.settings, {"format": formats_of}).get("format", PNG)
        results = load(options.folder)
        print(say("told_page", spoken(), page=write_report(options.folder, results=results, formats=formats)))
        for line in without_plugins(results.meta, spoken()):
            print(line)
    except ResultsError as error:
        raise UserError(str(error)) from error
    return 0

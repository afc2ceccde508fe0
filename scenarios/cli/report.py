"""FOLDER is what `shequn run` or `shequn demo` wrote. The page needs no network and no other file."""

from __future__ import annotations

import argparse

from scenarios.errors import UserError

__all__ = ["arguments", "run"]


def arguments(parser: argparse.ArgumentParser) -> None:
    """The folder of the run."""
    parser.add_argument("folder", help="the folder of a run (it holds meta.json)")


def run(options: argparse.Namespace) -> int:
    """Draw the stored run."""
    from scenarios.reports.described import without_plugins
    from scenarios.reports.run_report import write_report
    from sim.data.results import ResultsError, load

    try:
        results = load(options.folder)
        print(f"Report: {write_report(options.folder, results=results)}")
        for told in without_plugins(results.meta, "en"):
            print(told)
    except ResultsError as error:
        raise UserError(str(error)) from error
    return 0

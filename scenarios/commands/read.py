"""LOG is a table of messages, Parquet or CSV: group, id, t (UTC), author, kind, reply_to (may be empty)."""

from __future__ import annotations

import argparse

from scenarios.errors import UserError

__all__ = ["arguments", "run"]


def arguments(parser: argparse.ArgumentParser) -> None:
    """The file, and where the pictures go."""
    parser.add_argument("log", help="a table of messages (.parquet or .csv)")
    parser.add_argument("--rooms", help="a table of rooms (.csv): group, created_utc, obs_end_utc")
    parser.add_argument("--out", help="folder of the page and the pictures (outputs/read/<name of the log>)")
    parser.add_argument("--lang", choices=("en", "zh"), default="en", help="language of the printed table")
    parser.add_argument("--zone", default="UTC", help="time zone whose days and weeks are counted (UTC)")


def run(options: argparse.Namespace) -> int:
    """Measure and draw the log."""
    from scenarios.read import read_log
    from sim.analysis.logcheck import LogError

    try:
        read_log(options.log, options.out, options.rooms, options.lang, options.zone)
    except LogError as error:
        raise UserError(str(error)) from error
    return 0

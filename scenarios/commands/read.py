"""LOG is a table of messages, Parquet or CSV: group, id, t (UTC), author, kind, reply_to."""

from __future__ import annotations

import argparse

__all__ = ["arguments", "run"]


def arguments(parser: argparse.ArgumentParser) -> None:
    """The file, and where the pictures go."""
    parser.add_argument("log", help="a table of messages (.parquet or .csv)")
    parser.add_argument("--out", default=None, help="folder of the pictures (outputs/read/<name>)")


def run(options: argparse.Namespace) -> int:
    """Measure and draw the log."""
    from scenarios.read import read_log

    read_log(options.log, options.out)
    return 0

"""FOLDER is what `shequn run` or `shequn demo` wrote. The file plays the run day by day in any browser, two arms side
by side, in every language; it needs no network and no other file, and may be handed on.

settings: world=NAME  of a run of several worlds the one that is played (the first)
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
    parser.add_argument("settings", nargs="*", metavar="name=value", help="world=")


def run(options: argparse.Namespace) -> int:
    """Write the file."""
    from scenarios.cli.words import settings_of
    from scenarios.reports.replay import write_replay
    from sim.data.results import ResultsError

    world = settings_of("replay", options.settings, {"world": lambda _, name: name}).get("world")
    try:
        print(say("told_replay", spoken(), page=write_replay(options.folder, world=world)))
    except ResultsError as error:
        raise UserError(str(error)) from error
    return 0

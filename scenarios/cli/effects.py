"""Every strategy that says what it is expected to do is played at three doses in the world it names, against the arm it
names, and judged by what it said beforehand: by its strongest dose, Holm at 1 % over all expectations together.

  only=red_packet,paid_entry                  these strategies; all where nothing is said
  seeds=200 seed=1                            how many communities of each arm, which luck; more seeds extend
  store=outputs/store runner=… workers=2      as `shequn study`: finished runs are not repeated
  plan=true                                   only tell runs, time and disk
  out=outputs/effects                         folder for effects.csv and the page
  population=small                            the size, or anything else that changes every world
"""

from __future__ import annotations

import argparse

__all__ = ["arguments", "run"]


def arguments(parser: argparse.ArgumentParser) -> None:
    """Any number of words."""
    parser.add_argument("overrides", nargs="*", metavar="key=value", help="which strategies, and how to play them")


def run(options: argparse.Namespace) -> int:
    """Read, check, then plan or play."""
    from scenarios.config.compose import Composer
    from scenarios.experiments.several import run as played
    from scenarios.experiments.trials.effects import Effects

    return played(Effects(), options.overrides, Composer())

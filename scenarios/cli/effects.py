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
    from scenarios.experiments.cells import cells_of
    from scenarios.experiments.options import WORDS, lasting, options_of, split
    from scenarios.experiments.session import carry_out
    from scenarios.experiments.trials.effects import Effects

    kind = Effects()
    said, extra = split(options.overrides, {*kind.words, *WORDS}, f"only={kind.example}")
    changes = {key: read(key, said[key]) for key, read in kind.words.items() if key in said}
    asked, how, composer = kind.read(kind.name, changes, tuple(extra)), options_of(said), Composer()
    for study in asked.studies:
        cells_of(study, composer)
    return carry_out(kind, asked, how, composer, lasting(options.overrides))

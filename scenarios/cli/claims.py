"""Folk claims of operators on trial: each is played over the worlds of the ensemble, as the rules are and without the
terms that speak for it. A claim that vanishes with one term is called assumed, never supported.

  only=h1,h8                                  these claims; all where nothing is said (files of conf/claim)
  each=3                                      communities in each world of the ensemble; full=true: 20
  seed=1                                      which luck
  store=outputs/store runner=… workers=2      as `shequn study`: finished runs are not repeated
  plan=true                                   only tell runs, time and disk
  out=outputs/claims                          folder for report.html, its pictures and claims.csv
  population=class                            another size (small), or anything else that changes every world
"""

from __future__ import annotations

import argparse

__all__ = ["arguments", "run"]


def arguments(parser: argparse.ArgumentParser) -> None:
    """Any number of words."""
    parser.add_argument("overrides", nargs="*", metavar="key=value", help="which claims, and how to play them")


def run(options: argparse.Namespace) -> int:
    """Read, check, then plan or play."""
    from scenarios.config.compose import Composer
    from scenarios.experiments.claims.claims import Claims
    from scenarios.experiments.several import run as played

    return played(Claims(), options.overrides, Composer())

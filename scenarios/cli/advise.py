"""From what you know of your groups to at most three plans beside doing nothing. Every strategy is tried at two doses,
then pairs and triples of the best, on the worlds that fit the facts; what is left is measured on fresh communities.

  kind=pet_owners                             what kind of group: a scenario, or one that `shequn fit` made of your log
  groups=10 people=120                        how many groups; members of each today (left out: they begin now)
  hours=1.5 yuan=500                          hours a day and yuan a month, for all groups
  matters=life:1,talk:1,sales:2               what matters, and how much
  without=shills,hard_adverts                 strategies you rule out
  file=MY.yaml                                the same in a file
  days=180 seed=1                             how long, which luck
  store=outputs/store runner=… workers=2      as `shequn study`: finished runs are not repeated
  out=outputs/advise                          folder for report.html and plans.csv
"""

from __future__ import annotations

import argparse

__all__ = ["arguments", "run"]


def arguments(parser: argparse.ArgumentParser) -> None:
    """Any number of words."""
    parser.add_argument("overrides", nargs="*", metavar="key=value", help="your groups, and what matters to you")


def run(options: argparse.Namespace) -> int:
    """Read, check, then play."""
    from scenarios.config.compose import Composer
    from scenarios.experiments.advise.advise import Advise
    from scenarios.experiments.several import run as played

    composer = Composer()
    return played(Advise(composer), options.overrides, composer)

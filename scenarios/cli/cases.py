"""Cases that were reported, replayed over the worlds of the ensemble: the reported number beside the model's, with a
verdict. What a report does not tell is played at several values. Reports are success stories; no constant is tuned to
one.

  only=c1,c8                                  these cases; all where nothing is said (files of conf/case)
  each=1                                      communities in each world of the ensemble
  seed=1                                      which luck
  store=outputs/store runner=… workers=2      as `shequn study`: finished runs are not repeated
  plan=true                                   only tell runs, time and disk
  out=outputs/cases                          folder for report.html, its pictures and cases.csv
  population=class                            another size (small), or anything else that changes every world
"""

from __future__ import annotations

import argparse

__all__ = ["arguments", "run"]


def arguments(parser: argparse.ArgumentParser) -> None:
    """Any number of words."""
    parser.add_argument("overrides", nargs="*", metavar="key=value", help="which cases, and how to play them")


def run(options: argparse.Namespace) -> int:
    """Read, check, then plan or play."""
    from scenarios.config.compose import Composer
    from scenarios.experiments.cases.cases import Cases
    from scenarios.experiments.several import run as played

    return played(Cases(), options.overrides, Composer())

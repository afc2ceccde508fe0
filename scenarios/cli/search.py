"""search=NAME, of `shequn list searches`. What else can be said:

  trials=60 seeds=10 days=180 seed=1          how many points, how many communities at each, how long, which luck
  fresh_seeds=20                              communities for the second look at the unbeaten points
  store=outputs/store                         finished runs lie here and are never repeated; give the same command
                                              again to resume, more trials to go on
  runner=serial|processes|ray|submitit        who plays; workers=2 chunk=20, runner.address=…
  plan=true                                   only tell runs, time and disk
  out=outputs/mine                            folder for tables and page (outputs/search/NAME)
  replace=true                                out= holds something else: let it go
  report=false                                no page
  population=small talk.tie_gain=0.3          anything else changes the world of every point

Needs optuna: pip install 'shequn[search]'.
"""

from __future__ import annotations

import argparse

from scenarios.cli.words import take_words

__all__ = ["arguments", "run"]


def arguments(parser: argparse.ArgumentParser) -> None:
    """Everything is key=value."""
    take_words(parser, "search")


def run(options: argparse.Namespace) -> int:
    """Read, check, then search."""
    from scenarios.experiments.search.session import run_search

    return run_search(options.overrides)

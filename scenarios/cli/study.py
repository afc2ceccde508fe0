"""study=NAME, of `shequn list studies`. What else can be said:

  seeds=50 days=180 seed=1                    how many communities per arm, how long, which luck
  store=outputs/store                         finished runs lie here and are never repeated; give the same command
                                              again to resume, more seeds to extend
  runner=serial|processes|ray|submitit        who plays; workers=2 chunk=20 (runs of a chunk),
                                              runner.address=… of a Ray cluster or Slurm
  plan=true                                   only tell runs, time and disk
  fail=keep|fast                              go on after a failed run (it is noted), or stop
  until=±2                                    more seeds until every arm's difference from the reference in the first
                                              outcome is known to ±2, and a quarter more to confirm it
  record=counts                               keep the daily table too
  out=outputs/mine                            folder for the page and the tables (outputs/study/NAME)
  replace=true                                out= holds something else: let it go
  report=false                                no page; the table on the terminal only
  population=small talk.tie_gain=0.3          anything else changes every world
"""

from __future__ import annotations

import argparse

from scenarios.cli.words import take_words

__all__ = ["arguments", "run"]


def arguments(parser: argparse.ArgumentParser) -> None:
    """Everything is key=value."""
    take_words(parser, "study")


def run(options: argparse.Namespace) -> int:
    """Read, check, then plan or play."""
    from scenarios.experiments.session import run_study

    return run_study(options.overrides)

"""sensitivity=NAME, of `shequn list sensitivities`. What else can be said:

  n=10 seeds=5 days=180 seed=1                how many trajectories (morris) or base points (sobol), how many
                                              communities at each point, how long, which luck
  store=outputs/store                         finished runs lie here and are never repeated; give the same command
                                              again to resume
  runner=serial|processes|ray|submitit        who plays; workers=2 chunk=20, runner.address=…
  plan=true                                   only tell runs, time and disk
  fail=keep|fast                              go on after a failed run (it is noted), or stop
  out=outputs/mine                            folder for table and page (outputs/sensitivity/NAME)
  replace=true                                out= holds something else: let it go
  report=false                                no page
  population=small talk.tie_gain=0.3          anything else changes the world of every point

Needs SALib: pip install 'shequn[sensitivity]'.
"""

from __future__ import annotations

import argparse

from scenarios.cli.words import take_words

__all__ = ["arguments", "run"]


def arguments(parser: argparse.ArgumentParser) -> None:
    """Everything is key=value."""
    take_words(parser, "analysis")


def run(options: argparse.Namespace) -> int:
    """Read, check, then plan or play."""
    from scenarios.experiments.sensitivity.session import run_sensitivity

    return run_sensitivity(options.overrides)

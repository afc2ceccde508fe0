"""``shequn study``, ``shequn search``, ``shequn sensitivity``: everything is said as key=value."""

from __future__ import annotations

import argparse

from sim.locale.speaking import told

__all__ = ["COMMANDS", "arguments", "epilog", "epilogs", "run"]

COMMANDS = ("study", "search", "sensitivity")

_OWN = {
    "study": """\
study=NAME, of `shequn list studies`, or study=FILE.yaml. What else can be said:

  seeds=50 days=180 seed=1                    how many communities per arm, how long, which luck; more seeds extend
  until=±2                                    more seeds until every arm's difference from the reference in the first
                                              outcome is known to ±2, and a quarter more to confirm it
  record=counts                               keep the daily table too
""",
    "search": """\
search=NAME, of `shequn list searches`, or search=FILE.yaml. What else can be said:

  trials=60 seeds=10 days=180 seed=1          how many points, how many communities at each, how long, which luck; more
                                              trials go on
  fresh_seeds=20                              communities for the second look at the unbeaten points
""",
    "sensitivity": """\
sensitivity=NAME, of `shequn list sensitivities`, or sensitivity=FILE.yaml. What else can be said:

  n=10 seeds=5 days=180 seed=1                how many trajectories (morris) or base points (sobol), how many
                                              communities at each point, how long, which luck
""",
}
_SHARED = """\
  store=outputs/store                         finished runs lie here and are never repeated; give the same command
                                              again to resume
  runner=serial|processes|ray|submitit        who plays; workers=2 chunk=20 (runs of a chunk),
                                              runner.address=… of a Ray cluster or Slurm
  plan=true                                   only tell runs, time and disk; what is played to know them is kept
  fail=keep|fast                              go on after a failed run (it is noted), or stop
  out=outputs/mine                            folder for tables and page (outputs/{name}/NAME)
  replace=true                                out= holds something else: let it go
  lang=zh                                     language of the terminal (else that of LANG); the page has all
  format=png,svg,pdf                          pictures beside the page as these (png)
  report=false                                no page, and without out= no tables: the terminal only
  population=small talk.tie_gain=0.3          anything else changes every world
"""
_NEEDS = {"search": "\nNeeds optuna: pip install 'shequn[search]'.\n",
          "sensitivity": "\nNeeds SALib: pip install 'shequn[sensitivity]'.\n"}  # fmt: skip


def epilog(name: str) -> str:
    """What can be said to a command."""
    return "".join(map(told, epilogs(name))).replace("{name}", name)


def epilogs(name: str) -> list[str]:
    """The parts of that in English."""
    return [_OWN[name], _SHARED, *filter(None, [_NEEDS.get(name, "")])]


def arguments(parser: argparse.ArgumentParser) -> None:
    """Any number of words."""
    parser.add_argument("overrides", nargs="*", metavar="key=value", help="which one, and what differs from its file")


def run(options: argparse.Namespace) -> int:
    """Read, check, then plan or play."""
    from scenarios.experiments import kinds

    return kinds.run(options.command, options.overrides)

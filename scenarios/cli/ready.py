"""Compile every rule and strategy ahead, once a machine and version: some minutes. Then nothing is left to be compiled
while people wait, as in a class. Stopped, it goes on with what is left.
"""

from __future__ import annotations

import argparse

__all__ = ["arguments", "run"]


def arguments(parser: argparse.ArgumentParser) -> None:
    """None."""


def run(options: argparse.Namespace) -> int:
    """Strategy after strategy, with a bar."""
    from scenarios.execution.rehearsal import compiled, strategies
    from scenarios.terminal import progress_bar
    from sim.locale.speaking import spoken
    from sim.locale.words import arm_label, say

    names = strategies()
    with progress_bar(len(names)) as tell:
        for name in names:
            compiled(name)
            tell(arm_label(name, spoken()), 1)
    print(say("told_ready", spoken(), n=len(names) - 1))
    return 0

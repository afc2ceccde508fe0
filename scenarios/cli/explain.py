"""NAME may be a strategy (group_cap or S1), a scenario, a role, a population, a knob (limit, talk.tie_gain) or a
section of the configuration (mind, market).
"""

from __future__ import annotations

import argparse

__all__ = ["arguments", "run"]


def arguments(parser: argparse.ArgumentParser) -> None:
    """The name."""
    parser.add_argument("name", help="what to explain")


def run(options: argparse.Namespace) -> int:
    """Print the explanation."""
    from scenarios.cli.explanations import explain

    print(explain(options.name))
    return 0

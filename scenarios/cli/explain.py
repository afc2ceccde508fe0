"""NAME may be a strategy (group_cap or S1), a scenario, a role, a population, an outcome, a table that the program
writes (daily, spells) or one of its columns, a knob (limit, talk.tie_gain) or a section of the configuration (mind,
market); in English or Chinese (红包).
"""

from __future__ import annotations

import argparse

__all__ = ["arguments", "run"]


def arguments(parser: argparse.ArgumentParser) -> None:
    """The name."""
    parser.add_argument("name", help="what to explain")


def run(options: argparse.Namespace) -> int:
    """Print the explanation."""
    from scenarios.cli.finding import explain

    print(explain(options.name))
    return 0

"""Commands to which everything is said as key=value."""

from __future__ import annotations

import argparse

__all__ = ["take_words"]


def take_words(parser: argparse.ArgumentParser, what: str) -> None:
    """Any number of overrides."""
    parser.add_argument("overrides", nargs="*", metavar="key=value", help=f"the {what}, and what differs from its file")

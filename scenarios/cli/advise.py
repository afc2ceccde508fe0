"""From what you know of your groups to at most three plans beside doing nothing. Every strategy is tried at two doses,
then pairs and triples of the best, on the worlds that fit the facts; what is left is measured on fresh communities.
At a terminal, without words, it asks.

  kind=pet_owners                             what kind of group: a scenario, or one that `shequn fit` made of your log
  groups=10 people=120                        how many groups; members of each today (left out: they begin now)
  hours=1.5 yuan=500                          hours a day and yuan a month, for all groups; no plan costs more
  matters=life:1,talk:1,sales:2               what matters, and how much
  without=shills,hard_adverts                 strategies you rule out
  file=MY.yaml                                the same in a file
  days=180 seed=1                             how long, which luck
  plan=true                                   only tells how many communities are played at most, and how long it takes
  store=outputs/store runner=… workers=2      as `shequn study`: finished runs are not repeated
  out=outputs/advise                          folder for report.html, plan.html (a page to print), plans.csv, lot.csv
"""

from __future__ import annotations

import argparse
import sys
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from scenarios.config.compose import Composer

__all__ = ["arguments", "run"]


def arguments(parser: argparse.ArgumentParser) -> None:
    """Any number of words."""
    parser.add_argument("overrides", nargs="*", metavar="key=value", help="your groups, and what matters to you")


def run(options: argparse.Namespace) -> int:
    """Read, check, then play; ask where nothing is said."""
    from scenarios.cli.advise_questions import at_a_terminal
    from scenarios.config.compose import Composer

    composer, words = Composer(), options.overrides
    if all(word.startswith("lang=") for word in words) and at_a_terminal():
        return _asked(list(words), composer)
    return _play(words, composer)


def _play(words: list[str], composer: Composer) -> int:
    from scenarios.experiments.advise.advise import Advise
    from scenarios.experiments.several import run as played

    return played(Advise(composer), words, composer)


def _asked(more: list[str], composer: Composer) -> int:
    """Ask, tell the same as one command and what it takes, and play if that is fine; 130 where it is broken off."""
    from scenarios.cli.advise_questions import answers, command, go_on
    from sim.locale.speaking import spoken
    from sim.locale.words import say

    try:
        words = [*answers(composer), *more]
        print("\n" + say("advise_ask_command", spoken(), command=command(words)) + "\n")
        code = _play([*words, "plan=true"], composer)
        if code or not go_on():
            return code
        print()
    except (EOFError, KeyboardInterrupt):
        print("\nshequn: " + say("advise_ask_left", spoken()), file=sys.stderr)
        return 130
    return _play(words, composer)

"""Two strategies at a time are played beside nothing and each alone, under common luck and in two worlds: do they do
more together than both alone add up to (synergy), the same thing twice (substitutes), or does one spoil the other
(conflict)? Fifteen pairs are predicted (Holm at 5 %); of all others the false discovery rate is held at 5 %. What
passes is played again on fresh communities, and only what is confirmed there is named.

  only=red_packet+daily_topic,paid_entry+advert_ban   these pairs; the fifteen predicted where nothing is said
  all=true                                    every pair that can stand together
  among=red_packet,daily_topic,paid_entry     every pair of these
  worlds=pet_owners,deals                     in which worlds (one or two)
  outcomes=lifetime,member_messages,trust     by what every pair is judged, beside what is predicted of it
  seeds=200 fresh_seeds=200 seed=1 days=180   how many communities of each arm, fresh ones, which luck, how long
  store=outputs/store runner=… workers=2      as `shequn study`: finished runs are not repeated
  plan=true                                   only tell runs, time and disk
  out=outputs/pairs                           folder for report.html, its picture and pairs.csv
  population=small                            the size, or anything else that changes every world
"""

from __future__ import annotations

import argparse

__all__ = ["arguments", "run"]


def arguments(parser: argparse.ArgumentParser) -> None:
    """Any number of words."""
    parser.add_argument("overrides", nargs="*", metavar="key=value", help="which pairs, and how to play them")


def run(options: argparse.Namespace) -> int:
    """Read, check, then plan or play."""
    from scenarios.config.compose import Composer
    from scenarios.experiments.pairs.pairs import PairsKind
    from scenarios.experiments.several import run as played

    composer = Composer()
    return played(PairsKind(composer), options.overrides, composer)

"""A tournament of a class: each team hands in one YAML file with strategies, doses and windows; all of them, and doing
nothing, play the same communities under the same budget. Four boards: how long groups live, how many members buy, how
many newcomers come back, and belonging over everybody who was ever let in. Without a file the teams of conf/team play.

  FILE…                                       files of teams, folders of them, or patterns ('teams/*.yaml')
  hours=1.5 yuan=500                          hours a day and yuan a month that every team has; none can spend more
  replicates=50 days=180 seed=1               how many communities, how long, which luck; more replicates extend
  scenario=pet_owners population=small        the world, the same for all; anything else that changes it, too
  plan=true                                   only tell runs, time and disk
  store=outputs/store runner=… workers=2      as `shequn study`: finished runs are not repeated
  out=outputs/class                           folder for report.html (the page to project), boards.csv, duels.csv,
                                              budget.csv and boards.json (outputs/tournament/tournament)
"""

from __future__ import annotations

import argparse
import os
import sys

__all__ = ["arguments", "run"]


def arguments(parser: argparse.ArgumentParser) -> None:
    """Any number of words."""
    parser.add_argument("words", nargs="*", metavar="FILE", help="files of teams, or folders of them; and key=value")


def run(options: argparse.Namespace) -> int:
    """Read and check all files, then plan or play; 2 where any of them is refused, after telling all that is wrong."""
    from scenarios.config.compose import Composer
    from scenarios.errors import brief
    from scenarios.experiments.several import run as played
    from scenarios.experiments.tournament.faults import Refused
    from scenarios.experiments.tournament.tournament import Tournament
    from sim.locale.messages import message

    files = [word for word in options.words if "=" not in word or os.path.exists(word)]
    composer = Composer()
    try:
        return played(Tournament(files, composer), [word for word in options.words if word not in files], composer)
    except Refused as refused:
        for fault in refused.faults:
            print(f"shequn: {brief(message(brief(fault)))}", file=sys.stderr)
        return 2

"""QUESTION is SQL (DuckDB's) over the views runs, outcomes, lifetimes, and daily where it was kept:

  shequn query "select world, arm, avg(lifetime), stddev(lifetime), count(*) from outcomes where study='group_size'
                group by world, arm"
  shequn query "select study, arm, replicate, error from runs where status='failed'"
  shequn query "select * from outcomes" csv=outcomes.csv store=outputs/store

A study has the runs of its latest definition; outcomes has seed, days and model (hash of the rules) of every run. Files
that were damaged are left out, and it is said; where the ledger is damaged nothing is counted, and the exit code is 2.
"""

from __future__ import annotations

import argparse
import re
import sys
from pathlib import Path

from sim.locale.messages import message
from sim.locale.speaking import spoken
from sim.locale.words import say

__all__ = ["arguments", "run"]

_KEYS = ("store", "csv")
# What a terminal obeys, or writes backwards for: a store may be a stranger's.
_COMMANDS = re.compile("[\x00-\x09\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]")


def arguments(parser: argparse.ArgumentParser) -> None:
    """The question, where to ask, where to write."""
    parser.add_argument("words", nargs="+", metavar="QUESTION [store=…] [csv=FILE]", help="SQL, in quotes")


def run(options: argparse.Namespace) -> int:
    """Ask, print or write."""
    from scenarios.errors import UserError
    from scenarios.experiments.options import STORE
    from sim.data.store import StoreError

    said = dict(word.split("=", 1) for word in options.words if word.split("=", 1)[0] in _KEYS)
    questions = [word for word in options.words if word.split("=", 1)[0] not in _KEYS]
    if len(questions) != 1:
        raise UserError("give one question in quotes, like shequn query \"select * from outcomes\"")
    try:
        import pandas

        from sim.data.store.query import query

        found = query(said.get("store", STORE), questions[0],
                      lambda text: print(f"shequn: {message(text)}", file=sys.stderr))  # fmt: skip
    except ModuleNotFoundError as error:
        cure = "make setup dev=true, or pip install 'shequn[query]'"
        raise UserError(f"query needs the package '{error.name}'; install it: {cure}") from error
    except StoreError as error:
        raise UserError(str(error)) from error
    if "csv" in said:
        _write(found, said["csv"])
    else:
        with pandas.option_context("display.unicode.east_asian_width", True):
            print(_COMMANDS.sub(_written_out, found.to_string(index=False, max_rows=200, max_colwidth=80)))
        print(say("query_rows", spoken(), n=len(found)))
    return 0


def _written_out(found: re.Match[str]) -> str:
    return found[0].encode("unicode_escape").decode()


def _write(found, path: str) -> None:  # type: ignore[no-untyped-def]
    from scenarios.errors import UserError, shown
    from sim.data.spreadsheet import to_csv

    try:
        Path(path).write_text(to_csv(found), "utf-8", newline="")
    except (OSError, ValueError) as error:  # a folder, no place, a null character
        reason = getattr(error, "strerror", None) or error
        raise UserError(f"csv={shown(path)}: {reason}; name a file that can be written") from error
    print(say("query_rows_in", spoken(), n=len(found), path=path))

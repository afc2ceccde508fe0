"""Takes each mechanism of the baseline away in turn, all else and the luck as they are, and measures every fact: which
break, which come right. What is taken away stands in sim/analysis/facts/ablations.toml. Writes one page.

settings: replicates=4     communities of each world
          only=weary,ties  these alone; all where nothing is said
          seed=1           which luck
          workers=2        processes that play
          json=true        print everything as JSON, and write no page
          out=FOLDER       where the page goes (outputs/ablate)
"""

from __future__ import annotations

import argparse
from contextlib import nullcontext
from pathlib import Path

from scenarios.errors import UserError

__all__ = ["arguments", "run"]


def arguments(parser: argparse.ArgumentParser) -> None:
    """Settings alone."""
    parser.add_argument("settings", nargs="*", metavar="name=value", help="replicates=, only=, json=, out= …")


def run(options: argparse.Namespace) -> int:
    """Check, play, measure, show."""
    from scenarios.cli.words import between, settings_of, yes_or_no
    from scenarios.execution.folders import check_writable, filling, named_folder
    from scenarios.experiments.options import WORDS

    readers = {"replicates": between(2, 1000), "only": _names, "seed": between(0, 2**31), "workers": between(1, 256),
               "json": yes_or_no, "out": lambda key, value: value, "lang": WORDS["lang"][1]}  # fmt: skip
    said = settings_of("ablate", options.settings, readers)
    folder = Path(named_folder("out", said.get("out", "outputs/ablate")))
    is_json = said.get("json", False)
    if not is_json:
        check_writable(folder)
    from scenarios.experiments.calibration.ablations import ablate, read_ablations
    from scenarios.reports.ablate_report import as_json, show, write
    from scenarios.terminal import progress_bar

    only = said.get("only", ())
    n = len(read_ablations(only))
    with progress_bar(n + 1) if not is_json else nullcontext(lambda name, more: None) as progress:
        found = ablate(said.get("replicates", 4), said.get("seed", 1), said.get("workers", 2), only, progress)
    if is_json:
        print(as_json(found))
        return 0
    with filling(folder):
        page = write(found, folder)
    show(found, page)
    return 0


def _names(key: str, value: str) -> tuple[str, ...]:
    names = tuple(part.strip() for part in value.split(",") if part.strip())
    if not names:
        raise UserError(f"{key}= names no ablation; write it like {key}=weary,ties")
    return names

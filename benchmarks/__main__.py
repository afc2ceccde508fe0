"""``python -m benchmarks``: measure every part, each in a process of its own, keep the results, write the page.

--only peer,phases     just these parts
--missing              just the parts without a kept result
--quick                small sizes, to see that everything works; kept in outputs/benchmarks, not in benchmarks/results
--page                 only write benchmarks/README.md from what is kept
"""

from __future__ import annotations

import argparse
import subprocess
import sys
import time
from collections.abc import Callable
from importlib import import_module
from pathlib import Path
from typing import Any

from benchmarks.harness import keep, kept

# Part → module; in order of how long they take.
PARTS = {
    "peer": "side_by_side",
    "phases": "phases",
    "first_picture": "first_picture",
    "study": "study",
    "tournament": "tournament",
    "threads": "threads",
    "mechanisms": "mechanisms",
    "starsim": "beside_starsim",
    "ten": "ten",
    "growth": "growth",
    "common_luck": "common_luck",
    "browsers": "thirty_browsers",
    "recovery": "recovery",
    "advise": "advise",
    "city": "city",
}


def main() -> int:
    """Run what was asked for; a part that fails does not keep the others from running."""
    options = _arguments()
    if options.part:
        measure: Callable[[bool], dict[str, Any]] = import_module(f"benchmarks.{PARTS[options.part]}").measure
        keep(options.part, options.quick, measure(options.quick))
        return 0
    failed = [] if options.page else [part for part in _chosen(options) if not _run(part, options.quick)]
    from benchmarks.page import write_page

    print(f"Page: {write_page(options.quick)}")
    if failed:
        print(f"Failed: {', '.join(failed)}")
    return 1 if failed else 0


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser("python -m benchmarks", description=__doc__,
                                     formatter_class=argparse.RawDescriptionHelpFormatter)  # fmt: skip
    parser.add_argument("--only", default="", help=f"parts, with commas: {','.join(PARTS)}")
    parser.add_argument("--missing", action="store_true", help="parts without a kept result")
    parser.add_argument("--quick", action="store_true", help="small sizes, results not kept")
    parser.add_argument("--page", action="store_true", help="only write the page")
    parser.add_argument("--part", choices=PARTS, help=argparse.SUPPRESS)
    return parser.parse_args()


def _chosen(options: argparse.Namespace) -> list[str]:
    chosen = [part for part in options.only.split(",") if part] or list(PARTS)
    unknown = [part for part in chosen if part not in PARTS]
    if unknown:
        raise SystemExit(f"there is no part {', '.join(unknown)}; there is {', '.join(PARTS)}")
    return [part for part in chosen if not (options.missing and kept(part, options.quick))]


def _run(part: str, quick: bool) -> bool:
    """One part in a process of its own, so that its memory is its own and a failure stays there."""
    print(f"{part} …", flush=True)
    start = time.perf_counter()
    words = [sys.executable, "-m", "benchmarks", "--part", part, *(["--quick"] if quick else [])]
    done = subprocess.run(words, cwd=Path(__file__).resolve().parent.parent)
    print(f"  {'done' if done.returncode == 0 else 'failed'} after {time.perf_counter() - start:.0f} s", flush=True)
    return done.returncode == 0


if __name__ == "__main__":
    sys.exit(main())

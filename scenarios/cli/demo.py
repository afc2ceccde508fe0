"""Seven arms on pet owners' groups under common luck: nothing, five strategies alone, four of them together.
Sixty communities of 20 groups, a year each; the report is outputs/demo/report.html.

settings: format=png,svg,pdf  the pictures beside the page as these (png)
          all=true            every strategy there is against nothing, in outputs/demo_all: some minutes; finished runs
                              lie in store=outputs/store, so the same command goes on after Ctrl-C; plan=true only tells
                              how long it takes; workers=2 runner=serial|processes as in `shequn study`
"""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import Any

from scenarios.errors import UserError
from sim.locale.speaking import spoken
from sim.locale.words import say

__all__ = ["ARMS", "arguments", "run"]

# Label → strategies.
ARMS = {
    "nothing": ("nothing",),
    "group_cap": ("group_cap",),
    "paid_entry": ("paid_entry",),
    "red_packet": ("red_packet",),
    "fixed_time": ("fixed_time",),
    "advert_ban": ("advert_ban",),
    "together": ("paid_entry", "red_packet", "fixed_time", "advert_ban"),
}


def arguments(parser: argparse.ArgumentParser) -> None:
    """Only how much and where to."""
    parser.add_argument("--replicates", type=int, default=60, help="communities of each arm (60)")
    parser.add_argument("--days", type=int, default=365, help="days played (365)")
    parser.add_argument("--out", help="folder of the run and the report (outputs/demo)")
    parser.add_argument("settings", nargs="*", metavar="name=value", help="format=, all=")


def run(options: argparse.Namespace) -> int:
    """Play the arms, store them, show the table, make the report."""
    said = _said(options.settings)
    shared = ["scenario=pet_owners", "population=small", f"replicates={options.replicates}", f"days={options.days}"]
    if said.pop("all", False):
        from scenarios.cli.demo_all import FOLDER, play_all
        from scenarios.execution.folders import named_folder

        return play_all(shared, named_folder("--out", FOLDER if options.out is None else options.out), said)
    for word in said:
        if word != "format":
            raise UserError(f"{word}= is for `shequn demo all=true`, which plays into a store; leave it out")
    return _seven(shared, "outputs/demo" if options.out is None else options.out, said)


def _said(texts: list[str]) -> dict[str, Any]:
    """The settings, each read."""
    from scenarios.cli.words import settings_of
    from scenarios.experiments.options import WORDS, yes

    words = ("format", "store", "runner", "workers", "chunk", "plan", "fail", "report")
    return settings_of("demo", texts, {"all": yes, **{word: WORDS[word][1] for word in words}})


def _seven(shared: list[str], out: str, said: dict[str, Any]) -> int:
    """The demo proper."""
    from scenarios.config.compose import compose
    from scenarios.execution.folders import check_folder, named_folder
    from scenarios.execution.play import all_cores, play, written
    from scenarios.reports.formats import PNG

    folder = Path(named_folder("--out", out))
    check_folder(folder, replace=True)
    first = compose(all_cores(shared))
    scenarios = [first.replace(arm=arm, strategies=_strategies(names)) for arm, names in ARMS.items()]

    from scenarios.terminal import progress_bar, show_arms

    with progress_bar() as progress:
        results = play(scenarios, progress)
    written(results, folder, replace=True)

    from scenarios.reports.run_report import RunReport  # it takes a second: the bar comes first

    report = RunReport(results)
    print(*report.brief(spoken()), sep="\n")
    show_arms(results)
    print(say("told_page", spoken(), page=report.write(folder, formats=said.get("format", PNG))))
    return 0


def _strategies(names: tuple[str, ...]) -> tuple[object, ...]:
    """The strategies of one arm, composed from their files."""
    from scenarios.config.compose import compose

    return compose([f"strategy=[{','.join(names)}]"]).strategies

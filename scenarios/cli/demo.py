"""Seven arms on pet owners' groups under common luck: nothing, five strategies alone, four of them together.
Sixty communities of 20 groups, a year each; the report is outputs/demo/report.html.

settings: format=png,svg,pdf  the pictures beside the page as these (png)
"""

from __future__ import annotations

import argparse
from pathlib import Path

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
    parser.add_argument("--out", default="outputs/demo", help="folder of the run and the report (outputs/demo)")
    parser.add_argument("settings", nargs="*", metavar="name=value", help="format=")


def run(options: argparse.Namespace) -> int:
    """Play the arms, store them, show the table, make the report."""
    from scenarios.cli.words import settings_of
    from scenarios.config.compose import compose
    from scenarios.execution.folders import check_folder, named_folder
    from scenarios.execution.play import all_cores, play, written
    from scenarios.reports.formats import PNG, formats_of

    formats = settings_of("demo", options.settings, {"format": formats_of}).get("format", PNG)
    folder = Path(named_folder("--out", options.out))
    check_folder(folder, replace=True)
    shared = ["scenario=pet_owners", "population=small", f"replicates={options.replicates}", f"days={options.days}"]
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
    print(say("told_page", spoken(), page=report.write(folder, formats=formats)))
    return 0


def _strategies(names: tuple[str, ...]) -> tuple[object, ...]:
    """The strategies of one arm, composed from their files."""
    from scenarios.config.compose import compose

    return compose([f"strategy=[{','.join(names)}]"]).strategies

"""Overrides are Hydra's: key=value. Some of them:

  scenario=pet_owners population=small        which world, which size   (`shequn list`)
  'strategy=[group_cap,red_packet]'           which strategies; quote the list
  strategies.group_cap.limit=100              a strategy's knob         (`shequn list knobs`)
  talk.tie_gain=0.3 roles.kols=1              any other knob
  seed=7 replicates=200 days=180              luck, communities, days
  record=counts|spells|messages lane=mesa threads=2 out=outputs/mine
  -m strategies.group_cap.limit=50,100,200    a sweep: one arm for each value, in one folder
  store=outputs/store                         into the store of studies instead: finished runs are not repeated
                                              (study 'run' of `shequn query`: those of the same seed, days and settings)
"""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from scenarios.scenario import Scenario
    from sim.data.store import Store

__all__ = ["arguments", "run"]


def arguments(parser: argparse.ArgumentParser) -> None:
    """Overrides, and whether they are a sweep."""
    parser.add_argument("overrides", nargs="*", metavar="key=value", help="what differs from conf/config.yaml")
    parser.add_argument("-m", "--multirun", action="store_true", help="one run for each combination of listed values")
    parser.add_argument("--replace", action="store_true", help="replace an earlier run in the folder of out=")


def run(options: argparse.Namespace) -> int:
    """Compose, check the folder, play, write, show."""
    from scenarios.config.compose import compose_with_folder
    from scenarios.execution.play import all_cores, check_folder, default_folder, play, written
    from scenarios.experiments.single_runs import store_of

    asked_for, store = store_of(options.overrides)
    overrides = all_cores(asked_for)
    if options.multirun:
        from scenarios.cli.sweep import compose_sweep

        scenarios, asked = compose_sweep(overrides)
    else:
        scenario, asked = compose_with_folder(overrides)
        scenarios = [scenario]
    if store is not None:
        from scenarios.errors import UserError

        if asked or options.replace:
            raise UserError("store= and out= (or --replace) do not go together: a store is asked by `shequn query`, a "
                            "folder by `shequn report`; give one of them")
        return _into_store(scenarios, store, _unswept(overrides) if options.multirun else overrides)
    folder = Path(asked) if asked else default_folder()
    check_folder(folder, options.replace)

    from scenarios.reports.running_start import started
    from scenarios.terminal import progress_bar, show_arms, show_summary

    with progress_bar() as progress:
        results = play(scenarios, progress)
    written(results, folder, options.replace)
    (show_summary if len(scenarios) == 1 else show_arms)(results)
    print(*started(results, "en"), sep="\n", end="\n" * (results.starts is not None))
    print(f"Stored in {folder}; `shequn report {folder}` draws it.")
    return 0


def _unswept(overrides: list[str]) -> list[str]:
    """Overrides that all runs of a sweep share; the others are told by the names of its arms and worlds."""
    from scenarios.config.overrides import swept

    keys = swept(overrides)
    return [text for text in overrides if text.lstrip("+").partition("=")[0] not in keys]


def _into_store(scenarios: list[Scenario], store: str, said: list[str]) -> int:
    """Play what the store lacks, and tell."""
    from scenarios.experiments.session import counted, with_store
    from scenarios.experiments.single_runs import play_into_store

    def work(opened: Store) -> int:
        shelf, tally = play_into_store(scenarios, opened, said=said)
        print(counted(shelf.study.n_runs, tally))
        print(f"Stored in {store}; `shequn query \"select * from outcomes where study='run'\" store={store}` reads it.")
        return 1 if tally.failed else 0

    return with_store(store, work)

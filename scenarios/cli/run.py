"""Overrides are Hydra's: key=value. Some of them:

  scenario=pet_owners population=small        which world, which size   (`shequn list`)
  'strategy=[group_cap,red_packet]'           which strategies; quote the list
  strategies.group_cap.limit=100              a strategy's knob         (`shequn list knobs`)
  talk.tie_gain=0.3 roles.kols=1              any other knob
  seed=7 replicates=200 days=180              luck, communities, days
  world=ensemble                              each community under constants of its own (`shequn calibrate`)
  record=counts|spells|messages lane=mesa threads=2 out=outputs/mine

Several arms are compared with the first one, under the same luck, in words, a table and a page:

  arms='nothing; group_cap.limit=100; paid_entry.price=9.9; group_cap.limit=100+paid_entry'
                                              arms by semicolons, strategies by +, doses of one by commas
                                              (red_packet.amount=20,every=7); a dose is for its arm alone
  -m mind.imitation=0,0.1,0.2                 a sweep: one arm for each value of whatever it is
  lang=zh report=false format=png,svg         language of the terminal (else that of LANG); no page; its pictures

Into the store of studies instead, where finished runs are not repeated:

  store=outputs/store                         give the same command again to resume or extend; study 'run' of
                                              `shequn query`: those of the same seed, days and settings
  runner=serial|processes|ray|submitit        who plays; workers=2 chunk=20 fail=keep|fast as in `shequn study`
  plan=true                                   only tell runs, time and disk
"""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import TYPE_CHECKING

from sim.locale.speaking import spoken
from sim.locale.words import say

if TYPE_CHECKING:
    from collections.abc import Sequence

    from scenarios.experiments.options import Options
    from scenarios.scenario import Scenario

__all__ = ["arguments", "run"]

_FOR_STORE = ("runner", "runner.address", "workers", "chunk", "fail")


def arguments(parser: argparse.ArgumentParser) -> None:
    """Overrides, and whether they are a sweep."""
    parser.add_argument("overrides", nargs="*", metavar="key=value", help="what differs from conf/config.yaml")
    parser.add_argument("-m", "--multirun", action="store_true", help="one run for each combination of listed values")
    parser.add_argument("--replace", action="store_true", help="replace an earlier run in the folder of out=")


def run(options: argparse.Namespace) -> int:
    """Compose, then play into a folder or into a store."""
    from dataclasses import replace

    from scenarios.config.compose import compose_with_folder
    from scenarios.errors import UserError
    from scenarios.execution.play import all_cores
    from scenarios.experiments.options import WORDS, options_of, taken

    said, asked_for = taken(options.overrides, ({*WORDS} - {"out"}) | {"arms"})
    line = said.pop("arms", None)
    how = options_of(said)
    overrides = all_cores(asked_for)
    if options.multirun or line is not None:
        from scenarios.cli.sweep import compose_sweep

        scenarios, asked = compose_sweep(overrides, line, options.multirun)
    else:
        scenario, asked = compose_with_folder(overrides)
        scenarios = [scenario]
    how = replace(how, out=asked, overwrite=options.replace or how.overwrite)
    if len(scenarios) == 1 and not {"runner", "workers"} & said.keys():
        how = replace(how, runner="serial")  # one arm is mostly played before other workers are up
    if "store" in said or how.plan:
        return _into_store(scenarios, how, "store" in said, _unswept(overrides) if options.multirun else overrides)
    for word in _FOR_STORE:
        if word in said:
            raise UserError(f"{word}={said[word]} is for runs that go into a store; add store=outputs/store")
    if "format" in said and len(scenarios) == 1:
        raise UserError("format=: a run of one arm draws nothing; say it to `shequn report FOLDER format=svg,pdf`")
    return _into_folder(scenarios, how)


def _into_folder(scenarios: Sequence[Scenario], how: Options) -> int:
    """Play, write every table, show; of several arms, draw the page too."""
    from scenarios.execution.folders import check_folder, default_folder
    from scenarios.execution.play import play, written

    folder = Path(how.out) if how.out else default_folder()
    check_folder(folder, how.overwrite)

    from scenarios.terminal import progress_bar, show_answer, show_summary

    with progress_bar() as progress:
        results = play(scenarios, progress)
    written(results, folder, how.overwrite)
    if len(scenarios) == 1:
        from scenarios.reports.remarks import of_ensemble, too_little
        from scenarios.reports.running_start import started

        show_summary(results)
        lines = too_little(scenarios[0].days, scenarios[0].replicates, how.lang)
        lines = [*of_ensemble(scenarios[0].as_dict(), how.lang), *lines]
        print(*lines, sep="\n", end="\n" * bool(lines))
        print(*started(results, how.lang), sep="\n", end="\n" * (results.starts is not None))
        print(say("run_stored", spoken(), folder=folder))
        return 0

    from scenarios.reports.run_report import RunReport

    report = RunReport(results)
    show_answer(*report.told(how.lang))
    print(say("told_folder", how.lang, folder=folder))
    if how.report:
        print(say("told_page", how.lang, page=report.write(folder, formats=how.formats)))
    return 0


def _unswept(overrides: list[str]) -> list[str]:
    """Overrides that all runs of a sweep share; the others are told by the names of its arms and worlds."""
    from scenarios.config.overrides import swept

    keys = swept(overrides)
    return [text for text in overrides if text.lstrip("+").partition("=")[0] not in keys]


def _into_store(scenarios: Sequence[Scenario], how: Options, is_stored: bool, said: list[str]) -> int:
    """Play what the store lacks, or plan it, as a study would; tables and page of several arms."""
    from dataclasses import replace

    from scenarios.errors import UserError
    from scenarios.execution.folders import default_folder
    from scenarios.experiments.session import carry_out
    from scenarios.experiments.single_runs import Runs, study_of
    from scenarios.reports.described import run_title

    if len(scenarios) == 1 and is_stored and (how.out or how.overwrite):
        raise UserError("store= and out= (or --replace) do not go together for one arm: a store is asked by "
                        "`shequn query`, a folder by `shequn report`; give one of them")  # fmt: skip
    if len(scenarios) == 1:
        how = replace(how, out=None, report=False)
    elif how.out is None and how.report:
        how = replace(how, out=str(default_folder()))
    study, cells = study_of(scenarios, said=said)
    return carry_out(Runs(cells, is_stored), replace(study, title=run_title(study.worlds)), how)

"""One small page of each kind that the project makes, from made-up runs."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path

from scenarios.experiments.pairs.asked import pairs_of
from scenarios.experiments.trials.asked import trials_of
from scenarios.reports.effects_report import write_effects_report
from scenarios.reports.log_report import write_folder
from scenarios.reports.pairs_report import write_pairs_report
from scenarios.reports.replay import write_replay
from scenarios.reports.run_report import write_report
from scenarios.reports.search_report import write_search_report
from scenarios.reports.sensitivity_report import write_sensitivity_report
from scenarios.reports.study_report import write_study_report
from scenarios.reports.validate_report import write as write_validation
from scenarios.strategies.interplay import PREDICTED
from sim.analysis.experiment.pairs import first_look, second_look
from sim.analysis.logs.people import hidden
from sim.analysis.logs.reading import read_messages
from sim.analysis.logs.summary import summarise
from tests.experiments import test_effects_page
from tests.fakes import fake_results
from tests.many import many_study
from tests.searched import fake_search
from tests.studies import fake_study
from tests.unit import test_pairs, test_sensitivity_report
from tests.validated import validated

__all__ = ["MADE"]

_LOG = Path(__file__).parents[1] / "data" / "rooms_extract.parquet"


def _run(folder: Path) -> Path:
    return write_report(folder, results=fake_results(["nothing", "red_packet"], replicates=3, groups=2, days=40))


def _replay(folder: Path) -> Path:
    results = fake_results(["nothing", "red_packet"], replicates=2, groups=3, days=40)
    return write_replay(results.write(folder / "run"))


def _study(folder: Path) -> Path:
    return write_study_report(*fake_study(("nothing", "red_packet"), ("pet_owners",), 4, 40), folder)


def _many(folder: Path) -> Path:
    study, outcomes, lifetimes, notes, weeks = many_study()
    return write_study_report(study, outcomes, lifetimes, folder, notes=notes, weeks=weeks)


def _search(folder: Path) -> Path:
    return write_search_report(fake_search(2), folder)


def _sensitivity(folder: Path) -> Path:
    found = test_sensitivity_report.table("morris", test_sensitivity_report.FIRST, (-5.0, -9.0, -1.0))
    return write_sensitivity_report(test_sensitivity_report.analysis(), found, folder)


def _effects(folder: Path) -> Path:
    asked = trials_of(test_effects_page.NAMES, 200, 1, ("population=small",))
    return write_effects_report(asked, test_effects_page.table(), folder)


def _pairs(folder: Path) -> Path:
    asked = pairs_of(PREDICTED[:3], ("pet_owners",), ("lifetime",), seeds=40, fresh_seeds=40, seed=1, days=None,
                     extra=("population=small",))  # fmt: skip
    means = ((20.0, 12.0, 13.0, 10.0), (13.4, 12.0, 13.0, 10.0), (8.0, 12.0, 13.0, 10.0))
    first = [test_pairs.square(four, "lifetime", expected=one.expected)
             for four, one in zip(means, asked.pairs, strict=True)]  # fmt: skip
    again = {k: test_pairs.square(four, "lifetime", seed=2) for k, four in enumerate(means)}
    table = first_look(first)
    for name in ("first", "second", "world"):
        table[name] = [getattr(one, name) for one in asked.pairs]
    found = second_look(table, {k: again[k] for k in again if table["passes"][k]})
    return write_pairs_report(asked, found, folder)


def _log(folder: Path) -> Path:
    messages = hidden(read_messages(_LOG))[0]
    return write_folder(summarise(messages), folder, rooms_known=False, shared=messages)


def _validate(folder: Path) -> Path:
    return write_validation(validated(), folder)


MADE: Mapping[str, Callable[[Path], Path]] = {
    "run": _run, "replay": _replay, "study": _study, "many": _many, "search": _search, "sensitivity": _sensitivity,
    "effects": _effects, "pairs": _pairs, "log": _log, "validate": _validate,
}  # fmt: skip
"""Who makes each page, into a folder."""

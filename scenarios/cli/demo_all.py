"""``shequn demo all=true``: every strategy against doing nothing, into a store, so that it can be resumed."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from scenarios.cli.sweep import compose_sweep
from scenarios.config import catalog
from scenarios.execution.runners import default_runner
from scenarios.experiments.options import WORDS, Options
from scenarios.experiments.session import carry_out
from scenarios.experiments.single_runs import Runs, study_of
from scenarios.reports.described import run_title
from sim.locale.speaking import spoken

__all__ = ["FOLDER", "arm_of", "play_all"]

FOLDER = "outputs/demo_all"
_REFERENCE = "nothing"
_FITTING = {"clone": "at=30", "free_then_paid": "until=25", "gift_at_n": "members=40", "padding": "fakes=20",
            "split": "at=30"}  # fmt: skip
"""Doses other than those of the files, since a hundred members do not fit into the demo's groups of 50."""


def play_all(shared: Sequence[str], out: str, said: Mapping[str, Any]) -> int:
    """Play the arms that the store lacks in the world ``shared``; tables and page in ``out``. The exit code."""
    names = [name for name in catalog.options("strategy") if name != _REFERENCE]
    line = "; ".join([_REFERENCE, *map(arm_of, names)])
    scenarios, _ = compose_sweep(shared, line, is_sweep=False)
    study, cells = study_of(scenarios, "demo", shared)
    given = {WORDS[word][0]: value for word, value in said.items()}
    how = Options(**{"runner": default_runner(), "lang": spoken(), "out": out, "overwrite": True, **given})
    return carry_out(Runs(cells, True), replace(study, title=run_title(study.worlds)), how)


def arm_of(name: str) -> str:
    """The arm of a strategy as ``arms=`` writes it: beside it what it cannot do without, as it declares."""
    made = catalog.strategies().get(name)
    dosed = f"{name}.{_FITTING[name]}" if name in _FITTING else name
    beside = next((one.beside for one in made.expected if one.beside), "") if made and made.needs else ""
    return f"{beside}+{dosed}" if beside else dosed

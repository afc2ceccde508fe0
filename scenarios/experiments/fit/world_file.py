"""The world that was fitted, as files: a scenario with the medians, and sets of numbers with what the log leaves open.

The scenario lies in a folder laid out like ``conf/``, so that ``conf_dir=`` finds it. The sets are a file for
``world=`` (:mod:`scenarios.config.ensemble`): replicate r plays draw r of the posterior, the same in every arm.
"""

from __future__ import annotations

import json
from typing import Any

import numpy as np
import yaml

from scenarios.config import catalog
from scenarios.config.ensemble import Row
from scenarios.config.sections import SECTIONS
from scenarios.experiments.fit.asked import Found
from scenarios.experiments.fit.play import with_knobs
from scenarios.reports.page import file_names

__all__ = ["SETS", "drawn_rows", "files_of", "name_of"]

SETS = "posterior.json"


def name_of(found: Found) -> str:
    """What the fitted world is called: ``fitted_`` and the name of the log."""
    slug = file_names([found.fitted.seen.name.lower()])
    name = f"fitted_{next(iter(slug.values()))}"
    return name if name not in catalog.names_in(catalog.CONF, "scenario") else f"{name}_log"


def files_of(found: Found) -> dict[str, bytes]:
    """The scenario and the sets, by their places in the folder."""
    return {f"scenario/{name_of(found)}.yaml": _scenario(found).encode(), SETS: _sets(found).encode()}


def _scenario(found: Found) -> str:
    """All numbers that are not at their defaults; the fitted ones at their medians."""
    fit = found.fitted
    made = with_knobs(found.scenario, fit.prior.set_of(fit.posterior.quantiles((0.5,))[:, 0]))
    tree: dict[str, dict[str, Any]] = {}
    for key, knobs in made.sections.items():
        changed = {name: value for name, value in knobs if value != SECTIONS[key].knobs()[name].default}
        if changed:
            tree[key] = changed
    for one in made.tuned:
        tree[one.name()] = {name: value for name, value in one if value != type(one).knobs()[name].default}
    called = _plain(fit.seen.name)
    head = ["# @package _global_", "# Fitted to a log by `shequn fit`: medians. What the log leaves open is in "
            f"{SETS} (world=…/{SETS}).", f"# title: Fitted to {called} | 拟合自 {called}"]  # fmt: skip
    return "\n".join(head) + "\n" + yaml.safe_dump(tree, sort_keys=False, allow_unicode=True)


def _plain(name: str) -> str:
    """A name for a comment line."""
    return " ".join(name.replace("|", "/").split())[:60] or "log"


def _sets(found: Found) -> str:
    """Draws of the posterior that can be played."""
    return json.dumps({"sets": [row.as_dict() for row in drawn_rows(found)]}, indent=0) + "\n"


def drawn_rows(found: Found) -> tuple[Row, ...]:
    """The same as rows of sets."""
    fit, rows = found.fitted, []
    for u in np.asarray(fit.drawn.u):
        values = fit.prior.set_of(u)
        for key, value in values.items():
            section, _, knob = key.partition(".")
            if SECTIONS[section].knobs()[knob].kind == "whole number":
                values[key] = round(value)
        rows.append(Row(values))
    return tuple(rows)

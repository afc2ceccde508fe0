"""Measures over members and over groups by name: which there are, and what each may be told."""

from __future__ import annotations

import inspect
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np

from sim.analysis.experiment import rules_of_groups, rules_of_members

__all__ = ["RULES", "Rule"]


@dataclass(frozen=True)
class Rule:
    """A function of what was played and options by name, the unit of its value, whether it reads the memberships."""

    of: Callable[..., np.ndarray]
    unit: str
    reads_spells: bool

    @property
    def options(self) -> Mapping[str, Any]:
        """Options by name, with what they are where nothing is said; ``inspect.Parameter.empty``: must be said."""
        named = inspect.signature(self.of).parameters.values()
        return {one.name: one.default for one in named if one.kind is inspect.Parameter.KEYWORD_ONLY}


_UNITS = {"purchases_each": "", "rank_correlation": ""}
RULES: dict[str, Rule] = {
    name: Rule(getattr(home, name), _UNITS.get(name, "share"), home is rules_of_members)
    for home in (rules_of_members, rules_of_groups)
    for name in home.__all__
    if name[0].islower()
}
"""In the order of their files' lists."""

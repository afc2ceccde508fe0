"""Strategies by family, as a form offers them."""

from __future__ import annotations

from scenarios.config import catalog
from scenarios.strategies.families import FAMILIES
from sim.locale.words import arm_label, say

__all__ = ["by_family"]


def by_family(lang: str) -> list[tuple[str, list[tuple[str, str]]]]:
    """Families in their order, each with name and label of its strategies, by label; *nothing* is none of them."""
    family, known = catalog.families(), catalog.strategies()
    found = []
    for one in FAMILIES:
        names = sorted((arm_label(name, lang), name) for name in known if name != "nothing" and family[name] == one)
        if names:
            found.append((say(f"family_{one}", lang), [(name, label) for label, name in names]))
    return found

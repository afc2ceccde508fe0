"""The pictures of a report by name, in the order they are read."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from matplotlib.figure import Figure

from sim.plots.run.combination import draw_combination
from sim.plots.run.comparison import draw_comparison
from sim.plots.run.funnel import draw_funnel
from sim.plots.run.lifecycle import draw_lifecycle
from sim.plots.run.measured import Measured
from sim.plots.run.money import draw_money
from sim.plots.run.participation import draw_participation
from sim.plots.run.retention import draw_retention
from sim.plots.run.survival import draw_survival

__all__ = ["PICTURES", "album", "names"]

PICTURES: dict[str, Callable[..., Figure]] = {
    "lifecycle": draw_lifecycle,
    "survival": draw_survival,
    "comparison": draw_comparison,
    "combination": draw_combination,
    "participation": draw_participation,
    "retention": draw_retention,
    "funnel": draw_funnel,
    "money": draw_money,
}


def names(measured: Measured) -> list[str]:
    """Names of the pictures this run can fill: comparing needs two arms, combining a combined arm and its
    parts, survival more days than a death takes to be known."""
    lacking = set() if len(measured.arms) > 1 else {"comparison"}
    lacking |= set() if measured.combinations else {"combination"}
    lacking |= set() if measured.horizon > 0 else {"survival"}
    return [name for name in PICTURES if name not in lacking]


def album(measured: Measured, lang: str) -> Iterator[tuple[str, Figure]]:
    """Every picture of the run in one language, drawn as it is asked for."""
    for name in names(measured):
        yield name, PICTURES[name](measured, lang)

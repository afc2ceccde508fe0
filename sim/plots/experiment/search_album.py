"""Which pictures a search has."""

from __future__ import annotations

from collections.abc import Iterator

from matplotlib.figure import Figure

from sim.analysis.experiment.searched import Searched
from sim.plots.experiment.doses import PANELS, draw_doses
from sim.plots.experiment.unbeaten import draw_unbeaten

__all__ = ["search_album"]


def search_album(found: Searched, lang: str) -> Iterator[tuple[str, Figure]]:
    """The pictures of a search, drawn as they are asked for."""
    if len(found.search.objectives) > 1:
        yield "front", draw_unbeaten(found, lang)
    axes = list(found.search.axes)
    for first in range(0, len(axes), PANELS):
        name = "knobs" if len(axes) <= PANELS else f"knobs-{first // PANELS + 1}"
        yield name, draw_doses(found, lang, range(first, min(first + PANELS, len(axes))))

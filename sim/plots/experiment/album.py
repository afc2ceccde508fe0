"""The pictures of a study by name, in the order they are read."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from matplotlib.figure import Figure

from sim.analysis.experiment.findings import Findings
from sim.plots.experiment.best import draw_best
from sim.plots.experiment.dose import draw_dose
from sim.plots.experiment.forest import draw_forest
from sim.plots.experiment.frame import is_many
from sim.plots.experiment.lifetimes import draw_lifetimes
from sim.plots.experiment.seeds import draw_seeds
from sim.plots.experiment.survival import draw_survival
from sim.plots.experiment.tradeoff import draw_tradeoff
from sim.plots.experiment.worlds import draw_worlds

__all__ = ["PICTURES", "album", "names"]

PICTURES: dict[str, Callable[..., Figure]] = {
    "forest": draw_forest,
    "best": draw_best,
    "dose": draw_dose,
    "survival": draw_survival,
    "lifetimes": draw_lifetimes,
    "tradeoff": draw_tradeoff,
    "seeds": draw_seeds,
}
#: Those that show the best of many arms; the others would be sixty lines in one picture.
OF_MANY = ("forest", "tradeoff")
#: Over all worlds.
OVER_WORLDS = {"worlds": draw_worlds}


def names(found: Findings, world: str) -> list[str]:
    """The pictures of one world that its tables can fill."""
    arms = set(found.table.loc[found.table["world"] == world, "arm"])
    compared = len(found.effects) and (found.effects["world"] == world).any()
    enough = compared and (found.effects.loc[found.effects["world"] == world, "n"] > 1).any()
    can = {
        "forest": bool(compared),
        "best": bool(len(found.best)) and bool((found.best["world"] == world).any()),
        "dose": bool(compared) and bool(found.doses),
        "survival": world in found.survival and bool(len(found.lives)) and bool((found.lives["world"] == world).any()),
        "lifetimes": world in found.survival,
        "tradeoff": bool(len(found.tradeoff)) and len(arms) > 1 and bool((found.tradeoff["world"] == world).any()),
        "seeds": bool(enough) and bool(len(found.precision)),
    }
    return [name for name in PICTURES if can[name] and (name in OF_MANY or not is_many(found))]


def album(found: Findings, world: str | None, lang: str) -> Iterator[tuple[str, Figure]]:
    """The pictures of one world, or those over all worlds (None), drawn as they are asked for."""
    if world is None:
        if len(found.worlds) > 1 and found.robustness is not None:
            yield from ((name, draw(found, "", lang)) for name, draw in OVER_WORLDS.items())
        return
    for name in names(found, world):
        yield name, PICTURES[name](found, world, lang)

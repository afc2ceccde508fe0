"""Does the winner change with the world? World × arm: how likely each arm is best, and its rank."""

from __future__ import annotations

import numpy as np
from matplotlib.figure import Figure

from sim.analysis.experiment.findings import Findings
from sim.analysis.outcomes import OUTCOMES
from sim.locale.words import arm_label, number, say, world_label
from sim.plots.experiment.best import percent
from sim.plots.experiment.frame import SHOWN, caption, inside, short, write_in_cells
from sim.plots.marks import fit
from sim.plots.style import GREY, INK, new_figure, picture

__all__ = ["draw_worlds"]


@picture
def draw_worlds(found: Findings, world: str = "", lang: str = "en") -> Figure:
    """Heat map of the probability of being best in the primary outcome; in each cell the rank and the mean."""
    rows = found.best[found.best["outcome"] == found.primary]
    arms = list(
        rows.groupby("arm", sort=False)["p_best"].max().sort_values(ascending=False, kind="stable").index[:SHOWN]
    )
    arms = [arm for arm in found.arms if arm in arms]
    worlds = [name for name in found.worlds if name in set(rows["world"])]
    height = 1.75 + 0.42 * len(worlds)
    fewest = min(worlds, key=lambda name: found.replicates(name)[0])
    words = caption(found, fewest, "worlds_caption", lang, len(arms), what=inside(found.primary, lang))
    figure = new_figure(10.5, height, _title(found, lang), words)
    axes = figure.add_axes((0.15, 0.65 / height, 0.83, 1 - 1.55 / height))
    wide = {
        name: rows.pivot(index="world", columns="arm", values=name).loc[worlds, arms]
        for name in ("p_best", "rank", "mean")
    }
    p = wide["p_best"].to_numpy(dtype=float)
    axes.imshow(np.nan_to_num(p), cmap="Blues", vmin=0, vmax=1, aspect="auto")
    write_in_cells(
        axes, _texts(found, wide, lang), [[value > 0.55 for value in row] for row in p], 9 if len(arms) < 8 else 8
    )
    axes.set_xticks(
        range(len(arms)), [fit(arm_label(arm, lang), max(8, 100 // len(arms)), 2) for arm in arms], color=INK
    )
    axes.set_yticks(range(len(worlds)), [fit(world_label(name, lang), 20, 2) for name in worlds], color=INK)
    axes.xaxis.tick_top()
    axes.tick_params(length=0, colors=GREY)
    return figure


def _texts(found: Findings, wide: dict, lang: str) -> list[list[str]]:  # type: ignore[type-arg]
    unit = OUTCOMES[found.primary].unit
    out = []
    for name in wide["p_best"].index:
        cells = zip(*(wide[key].loc[name] for key in ("p_best", "rank", "mean")), strict=True)
        out.append(
            [
                "" if p != p else say("cell", lang, p=percent(p), rank=f"{rank:.0f}", mean=number(mean, unit))
                for p, rank, mean in cells
            ]
        )
    return out


def _title(found: Findings, lang: str) -> str:
    robust = found.robustness
    assert robust is not None
    winners = list(dict.fromkeys(robust.table["winner"]))
    key = "worlds_same" if not robust.changes else "worlds_change" if robust.surely else "worlds_perhaps"
    return say(key, lang, arm=arm_label(winners[0], lang), n=len(winners), what=short(found.primary, lang))

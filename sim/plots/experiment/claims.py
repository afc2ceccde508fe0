"""A claim on trial: what it says as an interval, and beneath it what is left without the rules that speak for it."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
import pandas as pd
from matplotlib.figure import Figure

from sim.locale.words import folded, say
from sim.plots.marks import fit
from sim.plots.style import FAINT, GREY, INK, new_figure, picture

__all__ = ["draw_claim"]

TONES = {1: "#0072B2", -1: "#D55E00", 0: "#8a8a8a"}
BAND = "#efefef"
WIDE = 58  # columns of a line of a label
EDGE = 1000.0


@picture
def draw_claim(name: str, found: pd.DataFrame, labels: Mapping[tuple[str, str], str], lang: str = "en") -> Figure:
    """Rows of :func:`scenarios.experiments.claims.claims.table_of`, in units of the smallest effect worth naming.

    What the claim says lies to the right: beyond the band, or, of *no more than*, right of its left end. Blue: surely
    there; vermilion: surely left of the band; grey: neither. Hollow: with a term of the rules taken away.
    """
    rows = _turned(found)
    height = 1.7 + 0.36 * len(rows)
    figure = new_figure(11.5, height, say("claim_picture", lang, id=name), say("claim_picture_caption", lang))
    axes = figure.subplots()
    figure.subplots_adjust(left=0.42, right=0.975, top=1 - 0.6 / height, bottom=0.85 / height)
    axes.axvspan(-1, 1, color=BAND, lw=0, zorder=-2)
    axes.axvline(0, color="#999999", lw=0.9, zorder=-1)
    heights = np.arange(len(rows) - 1, -1, -1)
    tones = [TONES[int(way)] for way in rows["way"]]
    axes.hlines(heights, rows["low"], rows["high"], colors=tones, lw=2.4)
    faces = [tone if not term else "white" for tone, term in zip(tones, rows["without"], strict=True)]
    axes.scatter(rows["effect"], heights, s=34, c=faces, edgecolors=tones, linewidths=1.6, zorder=3)
    axes.set_xscale("symlog", linthresh=1)
    axes.set_ylim(-0.7, len(rows) - 0.3)
    names = [_fitted(labels[key], not key[1]) for key in zip(rows["statement"], rows["without"], strict=True)]
    axes.set_yticks(heights, names, color=INK, fontsize=9)
    axes.tick_params(axis="y", length=0)
    axes.grid(axis="x", color=FAINT, lw=0.6)
    far = float(np.nanmax(np.abs(rows[["low", "high"]].to_numpy()), initial=1.0))
    ticks = [tick for tick in (-1000, -100, -10, -1, 0, 1, 10, 100, 1000) if abs(tick) <= max(1.0, far)]
    axes.set_xticks(ticks, [f"{tick:g}".replace("-", "−") for tick in ticks])
    axes.minorticks_off()
    axes.set_xlabel(say("verdicts_axis", lang), color=GREY)
    return figure


def _turned(found: pd.DataFrame) -> pd.DataFrame:
    """In units of the smallest effect worth naming, what the claim says to the right; ``way`` of what is sure."""
    is_no_more = found["sign"].to_numpy() == 0
    sign, least = np.where(is_no_more, -1, found["sign"]), found["least"].to_numpy(dtype=float)

    def turned(name: str) -> np.ndarray:
        return np.clip(sign * found[name].to_numpy(dtype=float) / least, -EDGE, EDGE)

    ends = np.sort(np.stack([turned("low"), turned("high")]), axis=0)
    way = np.where(ends[0] > np.where(is_no_more, -1, 1), 1, np.where(ends[1] < -1, -1, 0))
    return found.assign(effect=turned("effect"), low=ends[0], high=ends[1], way=way)


def _fitted(text: str, is_whole: bool) -> str:
    """In two lines at most."""
    lines = folded(text if is_whole else f"– {text}", WIDE)
    return "\n".join([lines[0], fit(" ".join(lines[1:]), WIDE)] if len(lines) > 1 else lines)

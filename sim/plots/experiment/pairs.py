"""Which strategies go together: a matrix of strategies, the first world above its diagonal, the second below."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.patches import Rectangle
from matplotlib.patheffects import withStroke
from scipy.sparse import csr_array
from scipy.sparse.csgraph import reverse_cuthill_mckee

from sim.locale.words import arm_label, columns, say, sentences, world_label
from sim.plots.experiment.frame import inside
from sim.plots.marks import fit
from sim.plots.style import FAINT, GREY, INK, new_figure, picture, readable

__all__ = ["draw_pairs", "ordered", "primary"]

SIDE = (5.5, 11.0)
"""Inches of the matrix, from few strategies to many."""
NAMES = 2.6
"""Inches for the names at the left."""
FOOT = 1.45
"""Inches for the second world, the legend and the caption."""
SMALL = 15.5
"""Columns of a caption in an inch."""
LONGEST = 28
"""Columns of a name above."""
SLANT = 2.0
"""Inches at the right, into which the last of the slanted names reaches."""
ROOMY = 0.95
"""Inches from which on a cell holds a word."""
LARGE = 18


class Look(NamedTuple):
    """How a verdict looks: ground, ink and sign, which differ each on its own."""

    ground: str
    ink: str
    sign: str


LOOKS = {
    "synergy": Look("#0072B2", "white", "+"),
    "softening": Look("#A6D8F5", INK, "~"),
    "substitutes": Look("#F0C24B", INK, "="),
    "conflict": Look(readable("#D55E00"), "white", "×"),
    "open": Look("#EDEDED", GREY, "?"),
    "bounded": Look("#EDEDED", GREY, "↑"),
    "too_few": Look("#EDEDED", GREY, "·"),
    "refused": Look("white", GREY, "/"),
}


@picture
def draw_pairs(
    found: pd.DataFrame, worlds: Sequence[str], refused: Sequence[tuple[str, str]], sizes: tuple[int, int],
    lang: str = "en",
) -> Figure:  # fmt: skip
    """``found``: the rows of :func:`sim.analysis.experiment.pairs.second_look`, of which each pair and world shows its
    first; ``refused``: pairs that cannot stand together; ``sizes``: communities per arm, and fresh ones.
    """
    rows = primary(found)
    names = ordered(rows, refused)
    counts = {word: int((rows["verdict"] == word).sum()) for word in LOOKS}
    labels = [arm_label(name, lang) for name in names]
    side = float(np.clip(1.3 * len(names), *SIDE))
    top = 0.9 + 0.08 * min(LONGEST, max(map(columns, labels)))
    width, height = max(side + NAMES + SLANT, 11.0), FOOT + side + top
    caption = fit(_caption(rows, sizes, lang), int(SMALL * width), 2)
    figure = new_figure(width, height, say("pairs_title", lang, **counts), caption)
    figure.texts[0].set_fontsize(min(18.0, 118 * width / columns(figure.texts[0].get_text())))
    axes = figure.add_axes((NAMES / width, FOOT / height, side / width, side / height))
    _frame(axes, labels, side / len(names))
    for first, second in refused:
        low, high = sorted((names.index(first), names.index(second)))
        for x, y in ((high, low), (low, high))[: len(worlds)]:
            _cell(axes, x, y, "refused", side / len(names), lang)
    for _, row in rows.iterrows():
        low, high = sorted((names.index(row["first"]), names.index(row["second"])))
        x, y = (high, low) if row["world"] == worlds[0] else (low, high)
        _cell(axes, x, y, str(row["verdict"]), side / len(names), lang, bool(row["expected"]))
    _worlds(axes, worlds, lang)
    words = [word for word in LOOKS if counts[word] or (word == "refused" and refused)]
    _legend(figure, words, bool((rows["expected"] != "").any()), lang)
    return figure


def primary(found: pd.DataFrame) -> pd.DataFrame:
    """Of each pair and world the outcome that was predicted, else the first."""
    return found[~found.duplicated(["first", "second", "world"])]


def ordered(rows: pd.DataFrame, refused: Sequence[tuple[str, str]]) -> list[str]:
    """The strategies, such that pairs lie near the diagonal; by name where every pair is there."""
    pairs = [*zip(rows["first"], rows["second"], strict=True), *refused]
    names = sorted({name for pair in pairs for name in pair})
    near = np.zeros((len(names), len(names)))
    for first, second in pairs:
        near[names.index(first), names.index(second)] = near[names.index(second), names.index(first)] = 1
    if near.sum() == len(names) * (len(names) - 1):
        return names
    return [names[k] for k in reverse_cuthill_mckee(csr_array(near), symmetric_mode=True)]


def _caption(rows: pd.DataFrame, sizes: tuple[int, int], lang: str) -> str:
    """By what cells are judged, and on how many communities."""
    usual = rows.loc[rows["expected"] == "", "outcome"]
    parts = [say("pairs_by_predicted", lang)] if len(usual) < len(rows) else []
    parts += [say("pairs_by_outcome", lang, outcome=inside(str(usual.iloc[0]), lang))] if len(usual) else []
    return sentences([*parts, say("pairs_named", lang, seeds=sizes[0], fresh=sizes[1])], lang)


def _cell(axes: Axes, x: int, y: int, word: str, size: float, lang: str, is_framed: bool = False) -> None:
    look, is_roomy = LOOKS[word], size > ROOMY
    axes.add_patch(Rectangle((x - 0.47, y - 0.47), 0.94, 0.94, color=look.ground, lw=0))
    if is_framed:
        axes.add_patch(Rectangle((x - 0.44, y - 0.44), 0.88, 0.88, fill=False, edgecolor="black",
                                 lw=min(5.0, 1.4 + 2.6 * size), zorder=3))  # fmt: skip
    _sign(axes, x, y - 0.12 * is_roomy, look, (38 if is_roomy else 60) * min(size, 1.4))
    if is_roomy:
        axes.text(x, y + 0.31, fit(say(f"pairs_w_{word}", lang), 14, 2), ha="center", va="center", color=look.ink,
                  fontsize=min(13.0, 9.5 * size), zorder=4)  # fmt: skip


def _sign(axes: Axes, x: float, y: float, look: Look, size: float) -> None:
    """The sign, drawn bold: the font has one weight."""
    bold = [withStroke(linewidth=size / 14, foreground=look.ink)]
    axes.text(x, y, look.sign, ha="center", va="center", color=look.ink, fontsize=size, zorder=4, path_effects=bold)


def _frame(axes: Axes, labels: Sequence[str], size: float) -> None:
    """Names at the left and, slanted, on top; the diagonal."""
    n, font = len(labels), float(np.clip(28 * size, 8.0, 13.0))
    axes.set_xlim(-0.5, n - 0.5)
    axes.set_ylim(n - 0.5, -0.5)
    axes.set_yticks(range(n), [fit(label, 24, 2) for label in labels], color=INK, fontsize=font, linespacing=1)
    axes.set_xticks(range(n), [fit(label, LONGEST, 1) for label in labels], color=INK, fontsize=font, rotation=45,
                    ha="left", rotation_mode="anchor")  # fmt: skip
    axes.xaxis.tick_top()
    axes.tick_params(length=0)
    axes.hlines(np.arange(n + 1) - 0.5, -0.5, n - 0.5, color=FAINT, lw=0.5, zorder=0)
    axes.vlines(np.arange(n + 1) - 0.5, -0.5, n - 0.5, color=FAINT, lw=0.5, zorder=0)
    for k in range(n):
        axes.add_patch(Rectangle((k - 0.5, k - 0.5), 1, 1, color="#c9c9c9", lw=0, zorder=1))
    for side in axes.spines.values():
        side.set_visible(False)


def _worlds(axes: Axes, worlds: Sequence[str], lang: str) -> None:
    """Which world is where, along the right and the lower edge."""
    axes.text(1.012, 0.0, say("pairs_above", lang, world=world_label(worlds[0], lang)), transform=axes.transAxes,
              rotation=270, ha="left", va="bottom", fontsize=LARGE)  # fmt: skip
    if len(worlds) > 1:
        axes.text(0.0, -0.012, say("pairs_below", lang, world=world_label(worlds[1], lang)), transform=axes.transAxes,
                  ha="left", va="top", fontsize=LARGE)  # fmt: skip


def _legend(figure: Figure, words: Sequence[str], has_frames: bool, lang: str) -> None:
    """Signs with their words in one row below, as large as there is room for. Measured in inches."""
    width, height = figure.get_size_inches()
    axes = figure.add_axes((0.012, 0.4 / height, 0.976, 0.5 / height))
    axes.set_axis_off()
    axes.set_xlim(0, 0.976 * width)
    axes.set_ylim(0, 0.5)
    shown = [*words, *(["framed"] if has_frames else [])]
    texts = [say("pairs_framed" if word == "framed" else f"pairs_w_{word}", lang) for word in shown]
    scale = min(1.0, 0.976 * width / sum(0.8 + 0.1 * columns(text) for text in texts))
    x = 0.0
    for word, text in zip(shown, texts, strict=True):
        look = LOOKS.get(word, Look("white", INK, ""))
        axes.add_patch(Rectangle((x, 0.25 - 0.2 * scale), 0.4 * scale, 0.4 * scale, facecolor=look.ground, lw=2,
                                 edgecolor="black" if word == "framed" else look.ground))  # fmt: skip
        _sign(axes, x + 0.2 * scale, 0.25, look, 22 * scale)
        axes.text(x + 0.5 * scale, 0.25, text, ha="left", va="center", fontsize=14 * scale)
        x += (0.8 + 0.1 * columns(text)) * scale

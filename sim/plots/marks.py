"""The marks the pictures share: points with intervals in rows, labels at line ends, one legend of arms."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import NamedTuple

import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.lines import Line2D
from matplotlib.ticker import MaxNLocator

from sim.locale.words import arm_label, columns, number
from sim.plots.style import FAINT, INK, readable

__all__ = ["Point", "arm_legend", "end_labels", "fit", "is_ratio", "name_rows", "point_of", "points",
           "spread"]  # fmt: skip


class Point(NamedTuple):
    """A value with its interval; ``clear`` fills the marker, otherwise it stays hollow."""

    mean: float
    low: float
    high: float
    colour: str
    clear: bool = True
    marker: str = "o"


def is_ratio(rows: pd.DataFrame) -> bool:
    """Are these effects on one outcome told as ratios?"""
    return bool(rows["ratio"].notna().any()) if len(rows) else False


def point_of(rows: pd.DataFrame, arm: str, colour: str, ratio: bool = False) -> Point | None:
    """The point of an arm's effect, from rows indexed by arm; None where there is none."""
    if arm not in rows.index:
        return None
    row = rows.loc[arm]
    names = ("ratio", "ratio_low", "ratio_high") if ratio else ("difference", "low", "high")
    mean, low, high = (float(row[name]) for name in names)
    return Point(mean, low, high, colour, row["luck"] == "clear")


def points(axes: Axes, rows: Sequence[Point | None], unit: str = "", neutral: float | None = None,
           text: bool = True) -> None:  # fmt: skip
    """One row per point from the top down: the interval as a bar, the value as a marker with its number above.

    ``unit="share"`` writes the axis in per cent; a line is drawn at ``neutral``, where nothing differs.
    """
    ranked = [(len(rows) - 1 - k, point) for k, point in enumerate(rows) if point is not None]
    shown = [(y, point) for y, point in ranked if point.mean == point.mean]
    tones = [point.colour for _, point in shown]
    if shown:
        heights = [y for y, _ in shown]
        axes.hlines(heights, [p.low for _, p in shown], [p.high for _, p in shown], colors=tones, lw=2.2)
    for marker in {point.marker for _, point in shown}:
        some = [(y, point) for y, point in shown if point.marker == marker]
        faces = [point.colour if point.clear else "white" for _, point in some]
        edges = [point.colour for _, point in some]
        where = [point.mean for _, point in some], [y for y, _ in some]
        axes.scatter(*where, s=36, marker=marker, c=faces, edgecolors=edges, linewidths=1.5, zorder=3)
    for y, point in shown if text else ():
        label = number(point.mean, unit).removesuffix(" %")
        axes.annotate(label, (point.mean, y), (0, 5), textcoords="offset points", ha="center", fontsize=8, color=INK)
    axes.margins(x=0.1)
    if neutral is not None:
        axes.axvline(neutral, color="#999999", lw=0.9, zorder=0)
    axes.set_ylim(-0.6, len(rows) - 0.25)
    axes.grid(axis="x", color=FAINT, lw=0.6)
    axes.xaxis.set_major_locator(MaxNLocator(4, steps=[1, 2, 5, 10]))
    if unit == "share":
        axes.xaxis.set_major_formatter(lambda x, _: f"{x * 100:g}".replace("-", "−") + ("%" if neutral is None else ""))


def name_rows(axes: Axes, labels: Sequence[str], show: bool = True) -> None:
    """Names of the rows, from the top down."""
    axes.tick_params(axis="y", length=0)
    if show:
        axes.set_yticks(
            list(range(len(labels)))[::-1], [fit(label, 22, 2) for label in labels], color=INK, linespacing=1
        )
    else:
        axes.set_yticks([])


def arm_legend(figure: Figure, measured: object, lang: str, top: float) -> None:
    """One row of coloured names for all panels, ``top`` inches above the foot."""
    arms = measured.arms  # type: ignore[attr-defined]
    keys = [
        Line2D([], [], color=measured.colours[arm], ls=measured.dash(arm), lw=2.2)  # type: ignore[attr-defined]
        for arm in arms
    ]
    figure.legend(
        keys,
        [fit(arm_label(arm, lang), 150 // min(7, len(arms)) + 2) for arm in arms],
        loc="upper left",
        bbox_to_anchor=(0.005, top / figure.get_figheight()),
        ncols=min(7, len(arms)),
        handlelength=1.6,
        columnspacing=1.3,
        borderpad=0,
    )


def fit(label: str, width: int, lines: int = 1) -> str:
    """``label`` broken at blanks into at most ``lines`` lines of ``width`` columns; the rest is an ellipsis.

    A Chinese character takes two columns and may be followed by a break.
    """
    done: list[str] = []
    row = ""
    for word in _words(label):
        if row and columns(row + word.rstrip()) > width:
            done, row = [*done, row.rstrip()], ""
        row += word
    done = [*done, row.rstrip()]
    if len(done) > lines:
        done = [*done[: lines - 1], " ".join(done[lines - 1 :])]
    last = done[-1]
    while columns(last) > width:
        last = last.rstrip("…")[:-1].rstrip() + "…"
    return "\n".join([*done[:-1], last])


def _words(label: str) -> list[str]:
    return re.findall(r"[\u2e80-\uffff] ?|[^\s\u2e80-\uffff]+ ?| ", label)


def spread(heights: Sequence[float], gap: float) -> list[float]:
    """Move values apart, keeping their order, until neighbours stand at least ``gap`` apart; the mean is kept."""
    order = sorted(range(len(heights)), key=lambda i: heights[i])
    blocks: list[tuple[float, list[int]]] = []  # (centre, members)
    for i in order:
        blocks.append((heights[i], [i]))
        while len(blocks) > 1:
            (low, below), (high, above) = blocks[-2], blocks[-1]
            if high - low >= gap * (len(below) + len(above)) / 2:
                break
            merged = below + above
            blocks[-2:] = [((low * len(below) + high * len(above)) / len(merged), merged)]
    placed = [0.0] * len(heights)
    for centre, members in blocks:
        for rank, i in enumerate(members):
            placed[i] = centre + gap * (rank - (len(members) - 1) / 2)
    return placed


def end_labels(axes: Axes, ends: Sequence[tuple[str, float, str]], x: float, size: float = 9) -> None:
    """Write (label, y, colour) at the right of ``x``, moved apart where they would touch."""
    low, high = axes.get_ylim()
    tall = axes.get_position().height * axes.figure.get_figheight()  # type: ignore[union-attr]
    gap = (high - low) * size * 1.25 / 72 / tall
    for (label, y, tone), at in zip(ends, spread([y for _, y, _ in ends], gap), strict=True):
        axes.annotate(
            fit(label, 22),
            (x, y),
            (x + (axes.get_xlim()[1] - axes.get_xlim()[0]) * 0.02, at),
            color=readable(tone),
            fontsize=size,
            va="center",
            annotation_clip=False,
            arrowprops={"arrowstyle": "-", "color": tone, "lw": 0.5, "shrinkA": 0, "shrinkB": 0},
        )

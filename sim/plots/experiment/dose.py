"""More of it, more effect? Arms that differ by one number, as a curve over that number."""

from __future__ import annotations

import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from sim.analysis.experiment.dose import Dose
from sim.analysis.experiment.findings import Findings
from sim.analysis.outcomes import OUTCOMES
from sim.locale.words import arm_label, say, signed
from sim.plots.experiment.forest import WASH
from sim.plots.experiment.frame import caption, label_with_unit
from sim.plots.style import FAINT, new_figure, picture

__all__ = ["draw_dose"]

PANELS = 4
TICKS = 8
TONE = "#0072B2"


@picture
def draw_dose(found: Findings, world: str, lang: str = "en", line: Dose | None = None) -> Figure:
    """A panel per outcome (at most four): difference to the reference with interval, over the dose."""
    line = line or found.doses[0]
    names = list(found.study.outcomes)[:PANELS]
    words = caption(found, world, "dose_caption", lang, knob=line.key, reference=arm_label(found.reference, lang))
    figure = new_figure(10.5, 4.0, _title(found, world, line, lang), words)
    grid = figure.subplots(1, len(names), squeeze=False)
    figure.subplots_adjust(left=0.06, right=0.985, top=0.76, bottom=0.29, wspace=0.28)
    for axes, name in zip(grid.flat, names, strict=True):
        _panel(axes, _rows(found, world, line, name), name, line, lang)
    return figure


def _rows(found: Findings, world: str, line: Dose, outcome: str) -> pd.DataFrame:
    """Dose and difference, smallest dose first; the reference, if it is one of the doses, differs by 0."""
    table = found.effects
    table = table[(table["world"] == world) & (table["outcome"] == outcome)].set_index("arm")
    rows = []
    for arm, value in zip(line.arms, line.values, strict=True):
        if arm == found.reference:
            rows.append((value, 0.0, 0.0, 0.0, False, np.nan))
        elif arm in table.index:
            one = table.loc[arm]
            rows.append((value, *one[["difference", "low", "high"]], one["luck"] == "clear", one["relevant"]))
    return pd.DataFrame(rows, columns=["dose", "difference", "low", "high", "clear", "relevant"])


def _panel(axes: Axes, rows: pd.DataFrame, name: str, line: Dose, lang: str) -> None:
    unit = OUTCOMES[name].unit
    band = float(rows["relevant"].max()) if rows["relevant"].notna().any() else 0.0
    axes.axhspan(-band, band, color=WASH, lw=0, zorder=-1)
    axes.axhline(0, color="#999999", lw=0.9, zorder=0)
    axes.fill_between(rows["dose"], rows["low"], rows["high"], color=TONE, alpha=0.15, lw=0)
    axes.plot(rows["dose"], rows["difference"], color=TONE)
    faces = [TONE if clear else "white" for clear in rows["clear"]]
    axes.scatter(rows["dose"], rows["difference"], s=36, c=faces, edgecolors=TONE, linewidths=1.5, zorder=3)
    values = rows["dose"].to_numpy()
    if len(values) and values.min() > 0 and values.max() / values.min() >= 20:
        axes.set_xscale("log")
    ticks = values[:: -(-len(values) // TICKS)] if len(values) else values
    axes.set_xticks(ticks, [f"{v:,g}" for v in ticks], rotation=45 if len(ticks) > 5 else 0)
    axes.minorticks_off()
    axes.grid(color=FAINT, lw=0.6)
    if unit == "share":
        axes.yaxis.set_major_formatter(lambda y, _: f"{100 * y:g}".replace("-", "−"))
    axes.set_xlabel(line.key.rsplit(".", 1)[-1])
    axes.set_title(label_with_unit(name, unit, lang, difference=True), fontsize=9.5)


def _title(found: Findings, world: str, line: Dose, lang: str) -> str:
    rows = _rows(found, world, line, found.primary)
    first, last = rows.iloc[0], rows.iloc[-1]
    unit = OUTCOMES[found.primary].unit
    ends = {"first": signed(first["difference"], unit), "last": signed(last["difference"], unit)}
    doses = {"low": f"{first['dose']:g}", "high": f"{last['dose']:g}"}
    head = label_with_unit(found.primary, unit, lang, difference=True)
    return say("dose_title", lang, what=head, knob=line.key.rsplit(".", 1)[-1], **ends, **doses)

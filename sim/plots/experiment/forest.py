"""What each arm changes: paired differences to the reference, and the band of what is too small to matter."""

from __future__ import annotations

from matplotlib.axes import Axes
from matplotlib.figure import Figure

from sim.analysis.experiment.findings import Findings
from sim.analysis.outcomes import OUTCOMES
from sim.locale.words import arm_label, say
from sim.plots.experiment.frame import arms_shown, caption, label_with_unit, short, tones
from sim.plots.marks import fit, is_ratio, name_rows, point_of, points
from sim.plots.style import new_figure, picture

__all__ = ["PANELS", "draw_forest"]

PANELS = 8
WASH = "#efefef"


@picture
def draw_forest(found: Findings, world: str, lang: str = "en") -> Figure:
    """A panel per outcome, a row per arm; filled where clear, hollow where it could be luck."""
    arms = arms_shown(found, world, reference=False)
    names = list(found.study.outcomes)[:PANELS]
    across = min(4, len(names))
    down = -(-len(names) // across)
    height = 1.2 + down * (0.8 + 0.3 * len(arms))
    figure = new_figure(10.5, height, _title(found, world, lang), _caption(found, world, lang, len(arms) + 1))
    grid = figure.subplots(down, across, squeeze=False)
    top, foot = 1 - 0.72 / height, 0.85 / height
    figure.subplots_adjust(
        left=0.15, right=0.985, top=top, bottom=foot, wspace=0.13, hspace=0.75 / (0.4 + 0.3 * len(arms))
    )
    for k, axes in enumerate(grid.flat):
        if k >= len(names):
            axes.remove()
            continue
        _panel(axes, found, world, names[k], arms, lang)
        name_rows(axes, [arm_label(arm, lang) for arm in arms], show=k % across == 0)
    return figure


def _panel(axes: Axes, found: Findings, world: str, outcome: str, arms: list[str], lang: str) -> None:
    table = found.effects[(found.effects["world"] == world) & (found.effects["outcome"] == outcome)].set_index("arm")
    tone = tones(found)
    ratio = is_ratio(table)
    rows = [point_of(table, arm, tone[arm], ratio) for arm in arms]
    points(axes, rows, unit=OUTCOMES[outcome].unit, neutral=1 if ratio else 0, text=False)
    if len(table) and not ratio:
        band = float(table["relevant"].max())
        span = axes.get_xlim()
        axes.axvspan(-band, band, color=WASH, zorder=-1, lw=0)
        axes.set_xlim(span)
    title = label_with_unit(outcome, OUTCOMES[outcome].unit, lang, difference=True, ratio=ratio)
    axes.set_title(fit(title, 31, 2), fontsize=9.5)


def _title(found: Findings, world: str, lang: str) -> str:
    """How many arms are clearly better or worse in the primary outcome."""
    rows = found.effects[(found.effects["world"] == world) & (found.effects["outcome"] == found.primary)]
    clear = rows[rows["luck"] == "clear"]
    key = "forest_title" if (clear["better"] != 0).any() or clear.empty else "forest_title_neutral"
    counts = {
        "better": int((clear["better"] > 0).sum()),
        "worse": int((clear["better"] < 0).sum()),
        "clear": len(clear),
    }
    reference = arm_label(found.reference, lang)
    return say(key, lang, total=len(rows), what=short(found.primary, lang), reference=reference, **counts)


def _caption(found: Findings, world: str, lang: str, shown: int) -> str:
    return caption(found, world, "forest_caption", lang, shown, reference=arm_label(found.reference, lang))

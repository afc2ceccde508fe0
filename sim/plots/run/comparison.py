"""Did the strategy do it, or was it luck? Paired differences to the reference arm, outcome by outcome."""

from __future__ import annotations

from matplotlib.figure import Figure

from sim.analysis.outcomes import OUTCOMES
from sim.locale.words import arm_label, bracket, declared, say, unit_label
from sim.plots.marks import is_ratio, name_rows, point_of, points
from sim.plots.run.measured import Measured
from sim.plots.style import new_figure, picture

__all__ = ["KEY", "draw_comparison", "outcome_label", "panel_title"]

#: The outcomes shown, as many of them as the run has.
KEY = (
    "alive",
    "lifetime",
    "members",
    "member_messages",
    "advert_share",
    "trust",
    "revenue_per_member",
    "profit_month",
)


@picture
def draw_comparison(source: object, lang: str = "en") -> Figure:
    """Forest plot: a panel per outcome, a row per arm; filled where clear after Holm's correction, else hollow."""
    measured = Measured.of(source)
    table = measured.paired
    arms = [arm for arm in measured.arms if arm != measured.reference]
    shown = [name for name in KEY if name in set(table["outcome"])]
    height = 1.25 + 2 * (0.85 + 0.3 * len(arms))
    figure = new_figure(10.5, height, _title(measured, lang), _caption(measured, lang))
    grid = figure.subplots(2, 4, squeeze=False)
    top, foot = 1 - 0.85 / height, 0.75 / height
    figure.subplots_adjust(left=0.15, right=0.985, top=top, bottom=foot, wspace=0.13, hspace=0.4)
    for k, (axes, outcome) in enumerate(zip(grid.flat, shown, strict=False)):
        mine = table[table["outcome"] == outcome].set_index("arm")
        ratio = is_ratio(mine)
        rows = [point_of(mine, arm, measured.colours[arm], ratio) for arm in arms]
        points(axes, rows, unit=OUTCOMES[outcome].unit, neutral=1 if ratio else 0, text=False)
        name_rows(axes, [arm_label(arm, lang) for arm in arms], show=k % 4 == 0)
        axes.set_title(panel_title(outcome, lang, ratio), fontsize=9.5)
    for axes in list(grid.flat)[len(shown) :]:
        axes.remove()
    return figure


def outcome_label(name: str, lang: str) -> str:
    """The outcome's name in the reader's language."""
    return declared([OUTCOMES[name].en, OUTCOMES[name].zh], lang)


def panel_title(outcome: str, lang: str, ratio: bool = False) -> str:
    """Short name and unit of a difference, or that it is a ratio, for the head of a panel."""
    unit = OUTCOMES[outcome].unit
    unit = "" if unit == "members" else unit_label(unit, lang, difference=True)
    unit = say("unit.times_reference", lang) if ratio else unit
    return say(f"short_{outcome}", lang) + bracket(unit, lang)


def _title(measured: Measured, lang: str) -> str:
    """How many of the shown differences are more than luck."""
    table = measured.paired
    table = table[table["outcome"].isin(KEY) & table["arm"].isin(measured.arms) & (table["n"] > 0)]
    clear = int((table["luck"] == "clear").sum())
    reference = arm_label(measured.reference, lang)
    return say("comparison_title", lang, clear=clear, total=len(table), reference=reference)


def _caption(measured: Measured, lang: str) -> str:
    return measured.caption("comparison_caption", lang)

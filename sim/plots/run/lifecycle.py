"""Lifecycle curves: members, daily actives, messages and adverts by day, with the stages of the groups beneath.

Each line is the mean over communities of the mean over a community's groups; the band is its 95 % interval.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.gridspec import GridSpec, GridSpecFromSubplotSpec, SubplotSpec
from matplotlib.ticker import PercentFormatter

from sim.locale.words import arm_label, declared, number, say
from sim.plots.marks import arm_legend, fit
from sim.plots.run.measured import CURVES, STAGES, Measured
from sim.plots.style import GREY, STAGE_COLOURS, new_figure, picture, readable

__all__ = ["draw_lifecycle"]


@picture
def draw_lifecycle(source: object, lang: str = "en") -> Figure:
    """Four curves by arm with bands, and below them each arm's groups by stage (``Results`` or ``Measured``)."""
    measured = Measured.of(source)
    height = 9.2
    figure = new_figure(10.5, height, _title(measured, lang), _caption(measured, lang))
    arm_legend(figure, measured, lang, top=height - 0.5)
    rows = GridSpec(2, 1, figure, left=0.06, right=0.98, top=0.865, bottom=0.085, height_ratios=(3.3, 1), hspace=0.32)
    panels = GridSpecFromSubplotSpec(2, 2, rows[0], hspace=0.27, wspace=0.14)
    for k, measure in enumerate(CURVES):
        axes = figure.add_subplot(panels[k])
        _curve(axes, measured, measure)
        axes.set_title(say(f"curve_{measure}", lang))
        _events(axes, measured, lang, with_names=k == 0)
        if k > 1:
            axes.set_xlabel(say("day", lang), labelpad=1)
    _strips(figure, measured, lang, rows[1])
    return figure


def _curve(axes: Axes, measured: Measured, measure: str) -> None:
    curve = measured.curves[measure]
    for arm in measured.arms:
        one = curve[curve["arm"] == arm]
        if one.empty:
            continue
        day, tone = one["day"].to_numpy(), measured.colours[arm]
        axes.fill_between(day, one["low"].to_numpy(), one["high"].to_numpy(), color=tone, alpha=0.12, lw=0)
        axes.plot(day, one["mean"].to_numpy(), color=tone, ls=measured.dash(arm))
    axes.margins(x=0.01)
    axes.set_ylim(bottom=0)
    if measure == "advert_share":
        axes.yaxis.set_major_formatter(PercentFormatter(1, decimals=0))


def _events(axes: Axes, measured: Measured, lang: str, with_names: bool) -> None:
    """What happened to the world: a line on its day, a shade while it lasts, its name in the first panel."""
    limits = axes.get_xlim()
    for event in measured.events:
        if event["day"] >= measured.days:
            continue
        first, last = event["day"], min(event.get("until", event["day"]), measured.days)
        axes.axvline(first, color=GREY, lw=0.7, ls=":")
        if last > first:
            axes.axvspan(first, last + 1, color=GREY, alpha=0.08, lw=0)
        if with_names:
            name = fit(event_name(event, lang), 34, 1)
            axes.text(first, 0.03, name, transform=axes.get_xaxis_transform(), rotation=90, fontsize=7.5,
                      color=GREY, va="bottom", ha="right")  # fmt: skip
    axes.set_xlim(limits)


def event_name(event: Mapping[str, Any], lang: str) -> str:
    """What an event is called: what it says, else what it does."""
    if event.get("say"):
        return declared(event["say"], lang)
    did = [f"{key} = {value:g}" for key, value in event.get("set", {}).items()]
    did += [f"{key} × {value:g}" for key, value in event.get("shock", {}).items()]
    return ", ".join([*did, *event.get("strategies", {})])


def _strips(figure: Figure, measured: Measured, lang: str, place: SubplotSpec) -> None:
    """One strip per arm, side by side on one axis: the share of its groups in each stage, day by day."""
    axes = figure.add_subplot(place)
    arms, step = measured.arms, measured.days * 1.12
    shown = [*STAGES, *(["dissolved"] if (measured.stage_shares["dissolved"] > 0).any() else [])]
    for k, arm in enumerate(arms):
        one = measured.stage_shares
        one = one[one["arm"] == arm].sort_values("day")
        day = one["day"].to_numpy() + k * step
        shares = [one[stage].to_numpy() for stage in shown]
        axes.stackplot(day, *shares, colors=[STAGE_COLOURS[stage] for stage in shown], lw=0)
        label = fit(arm_label(arm, lang), 130 // len(arms), 2)
        axes.text(day[0], 1.02, label, fontsize=8, color=readable(measured.colours[arm]), va="bottom", linespacing=1)
        for x, side in ((0, "left"), (1, "right")):
            axes.text(day[-x], -0.04, number(x * measured.days), ha=side, va="top", color=GREY)
    axes.set(xlim=(0, len(arms) * step - 0.12 * measured.days), ylim=(0, 1), xticks=[], yticks=[0, 0.5, 1])
    axes.spines["bottom"].set_visible(False)
    axes.yaxis.set_major_formatter(PercentFormatter(1, decimals=0))
    axes.annotate(say("stage_strip", lang), (0, 1), (0, 25), xycoords="axes fraction", textcoords="offset points")
    top = axes.get_position().y1 + 0.03
    for k, stage in enumerate(shown):
        left = 0.28 + 0.12 * k
        figure.text(left, top, "■", color=STAGE_COLOURS[stage], fontsize=11, va="bottom")
        figure.text(left + 0.016, top + 0.0005, say(stage, lang), color=GREY, fontsize=8.5, va="bottom")


def _title(measured: Measured, lang: str) -> str:
    """When members peak, and which arms keep most and fewest at the end."""
    curve = measured.curves["n_members"]
    peaks = curve.loc[curve.groupby("arm", observed=True)["mean"].idxmax(), "day"]
    last = curve[curve["day"] == curve["day"].max()].set_index("arm")["mean"]
    first, latest = int(peaks.min()), int(peaks.max())
    near = latest - first < 5
    when = say("peak_at", lang, day=first) if near else say("peak_between", lang, low=first, high=latest)
    if len(last) < 2:
        return when + say("ends_with", lang, n=number(float(last.iloc[0])))
    most, least = str(last.idxmax()), str(last.idxmin())
    return when + say(
        "ends_between",
        lang,
        most=arm_label(most, lang),
        n_most=number(float(last[most])),
        least=arm_label(least, lang),
        n_least=number(float(last[least])),
    )


def _caption(measured: Measured, lang: str) -> str:
    return measured.caption("lifecycle_caption", lang)

"""Pictures of a log: the week, gaps, delays of replies, lives of rooms, survival. Simulated logs are drawn alike."""

from __future__ import annotations

import numpy as np
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.ticker import NullLocator, PercentFormatter

from sim.analysis.lifecycle import STAGES
from sim.analysis.logs.summary import LogSummary
from sim.analysis.logs.talk import MINUTE, first_posts, first_reply_delay, openers, own_gaps, room_gaps
from sim.locale.words import log_say, say
from sim.plots.log_week import draw_week
from sim.plots.style import FAINT, GREY, STAGE_COLOURS, new_figure, picture, readable

__all__ = ["PICTURES", "draw_gaps", "draw_replies", "draw_room_lives", "draw_room_survival"]

BLUE, ORANGE, GREEN = "#0072B2", "#D55E00", "#009E73"
# Ticks of a time axis, in minutes.
TICKS = {1 / 60: "1 s", 1: "1 min", 10: "10 min", 60: "1 h", 1440: "1 d", 10080: "7 d", 100800: "70 d"}


@picture
def draw_gaps(log: LogSummary, lang: str = "en") -> Figure:
    """Gaps between people as a histogram over log time; gaps of one author against the fitted power law."""
    gap, later = room_gaps(log.talk)
    gap = gap[log.talk.author[later] != log.talk.author[later - 1]] / MINUTE
    own = own_gaps(log.talk)[0] / MINUTE
    own = own[(own >= 1) & (own <= 1440)]
    caption = log_say("gaps_caption", lang, name=log.name, n=len(gap), own=len(own))
    figure = new_figure(10.5, 4.8, log_say("gaps_title", lang), caption)
    left = figure.add_axes((0.07, 0.18, 0.41, 0.64))
    right = figure.add_axes((0.57, 0.18, 0.41, 0.64))
    _histogram(left, gap, lang)
    _power_law(right, own, _value(log, "K8", "exponent"), lang)
    return figure


def _histogram(axes: Axes, gap: np.ndarray, lang: str) -> None:
    """Shares of gaps over bins of equal width in log time; the shortest bin takes gaps of nought."""
    axes.set_title(log_say("gaps_between", lang))
    axes.set_ylabel(log_say("share_of_gaps", lang))
    if len(gap):
        edges = np.logspace(np.log10(1 / 60), np.log10(max(100800.0, float(gap.max()))), 48)
        share = np.histogram(np.maximum(gap, edges[0]), edges)[0] / len(gap)
        axes.stairs(share, edges, fill=True, color=BLUE, alpha=0.75)
        middle = float(np.median(gap))
        axes.axvline(max(middle, edges[0]), color=ORANGE, lw=1.2)
        text = " " + log_say("median_at", lang, x=_time(middle))
        axes.set_ylim(0, share.max() * 1.12)
        axes.text(max(middle, edges[0]), share.max() * 1.05, text, color=readable(ORANGE), va="center")
    _time_axis(axes)
    axes.yaxis.set_major_formatter(PercentFormatter(1))


def _power_law(axes: Axes, own: np.ndarray, exponent: float, lang: str) -> None:
    axes.set_title(log_say("gaps_own", lang))
    axes.set_ylabel(log_say("density", lang))
    if len(own) > 1:
        edges = np.unique(np.round(np.logspace(0, np.log10(1440), 22)))
        density = np.histogram(own, edges)[0] / len(own) / np.diff(edges)
        centre, there = np.sqrt(edges[1:] * edges[:-1]), density > 0
        axes.plot(centre[there], density[there], "o", color=BLUE, ms=4)
        if np.isfinite(exponent):
            x = np.logspace(0, np.log10(1440), 60)
            law = x**-exponent
            law /= np.sum((law[1:] + law[:-1]) / 2 * np.diff(x))
            axes.plot(x, law, color=ORANGE, label=log_say("power_law", lang, a=exponent))
            axes.legend(loc="upper right")
        axes.set_yscale("log")
        axes.yaxis.set_major_formatter(lambda y, _: f"{y:g}")
    _time_axis(axes, 1, 1440)


@picture
def draw_replies(log: LogSummary, lang: str = "en") -> Figure:
    """Share of the answered messages answered by then, for all of them and for openers and first posts."""
    delay = first_reply_delay(log.talk) / MINUTE
    replied = np.isfinite(delay)
    asked = openers(log.talk)
    asked[first_posts(log.talk)] = True
    caption = log_say("replies_caption", lang, name=log.name, n=int(replied.sum()))
    figure = new_figure(8.0, 4.8, log_say("replies_title", lang), caption)
    axes = figure.add_axes((0.09, 0.18, 0.88, 0.68))
    for chosen, tone, key in ((replied, BLUE, "all_answered"), (replied & asked, ORANGE, "openers_answered")):
        x = np.sort(np.maximum(delay[chosen], 1 / 60))
        if not len(x):
            continue
        axes.step(x, np.arange(1, len(x) + 1) / len(x), where="post", color=tone, label=log_say(key, lang))
        for q in (0.5, 0.9):
            axes.plot([np.quantile(x, q)] * 2, [0, q], color=tone, lw=0.8, ls=":")
    if replied.any():
        axes.legend(loc="upper left")
    axes.set(ylim=(0, 1.01))
    axes.set_ylabel(log_say("share_answered", lang))
    axes.set_xlabel(log_say("delay", lang))
    axes.yaxis.set_major_formatter(PercentFormatter(1))
    _time_axis(axes)
    return figure


@picture
def draw_room_lives(log: LogSummary, lang: str = "en") -> Figure:
    """Members who post by age of the room, with band; below it the rooms by stage of life."""
    caption = log_say("rooms_caption", lang, name=log.name, n=log.talk.n_rooms)
    figure = new_figure(9.0, 6.4, log_say("rooms_title", lang), caption)
    curve = figure.add_axes((0.07, 0.56, 0.90, 0.32))
    strip = figure.add_axes((0.07, 0.14, 0.90, 0.28))
    table = log.age
    week = table["week"].to_numpy()
    curve.fill_between(week, np.maximum(table["low"], 0), table["high"], color=BLUE, alpha=0.15, lw=0)
    curve.plot(week, table["mean"].to_numpy(), color=BLUE)
    curve.set_title(log_say("posters_a_day", lang))
    curve.set_ylim(bottom=0)
    shares = [log.stages[stage].to_numpy() for stage in STAGES]
    tones = [STAGE_COLOURS[stage] for stage in STAGES]
    names = [say(stage, lang) for stage in STAGES]
    strip.stackplot(log.stages["week"].to_numpy(), *shares, colors=tones, labels=names, lw=0)
    strip.set(ylim=(0, 1), xlabel=log_say("week", lang))
    strip.set_title(log_say("stage_shares", lang), pad=20)
    strip.yaxis.set_major_formatter(PercentFormatter(1))
    strip.legend(loc="lower left", bbox_to_anchor=(0, 1.0), ncols=5, borderpad=0.1, fontsize=8.5)
    end = max(float(log.stages["week"].max()), float(week.max(initial=1)), 1.0)
    for axes in (curve, strip):
        axes.set_xlim(0, end)
    return figure


@picture
def draw_room_survival(log: LogSummary, lang: str = "en") -> Figure:
    """Kaplan–Meier curves of the rooms for each window of silence; the band belongs to 28 days."""
    caption = log_say("survival_caption", lang, name=log.name, n=log.talk.n_rooms)
    figure = new_figure(8.0, 4.8, log_say("survival_title", lang), caption)
    axes = figure.add_axes((0.09, 0.18, 0.88, 0.68))
    axes.axhline(0.5, color=FAINT, lw=0.8, zorder=0)
    for (window, one), tone in zip(log.survival.items(), (GREY, BLUE, GREEN), strict=True):
        if window == 28:
            axes.fill_between(one.time, one.low, one.high, step="post", color=tone, alpha=0.13, lw=0)
        axes.step(one.time, one.share, where="post", color=tone, label=log_say("window", lang, days=window))
    axes.set(ylim=(0, 1.02), xlim=(0, None), xlabel=log_say("age", lang))
    axes.yaxis.set_major_formatter(PercentFormatter(1))
    axes.legend(loc="upper right")
    return figure


PICTURES = {
    "week": draw_week,
    "rooms": draw_room_lives,
    "survival": draw_room_survival,
    "gaps": draw_gaps,
    "replies": draw_replies,
}


def _value(log: LogSummary, fact: str, statistic: str) -> float:
    found = log.facts[(log.facts["id"] == fact) & (log.facts["statistic"] == statistic)]["value"]
    return float(found.iloc[0]) if len(found) else float("nan")


def _time_axis(axes: Axes, low: float = 1 / 60, high: float = 100800.0) -> None:
    """A logarithmic axis of minutes with ticks people can read."""
    axes.set_xscale("log")
    axes.set_xlim(low, high)
    axes.set_xticks([tick for tick in TICKS if low <= tick <= high])
    axes.set_xticklabels([name for tick, name in TICKS.items() if low <= tick <= high])
    axes.xaxis.set_minor_locator(NullLocator())


def _time(minutes: float) -> str:
    """A time in the unit that suits it."""
    if minutes < 1:
        return f"{minutes * 60:.0f} s"
    return f"{minutes:.1f} min" if minutes < 120 else f"{minutes / 60:.1f} h"

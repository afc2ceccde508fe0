"""What the pictures of survival say in words, those of runs and of studies alike."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from sim.analysis.lifetimes import Survival
from sim.locale.words import arm_label, number, say

__all__ = ["dissolved", "lives_title"]


def lives_title(survival: Mapping[str, Survival], lang: str) -> str:
    """The longest- and the shortest-lived arm by restricted mean, and how many groups had another end than death."""
    ranked = sorted(survival, key=lambda arm: survival[arm].restricted_mean)
    short, long = (number(survival[arm].restricted_mean) for arm in (ranked[0], ranked[-1]))
    within = f"{max(one.horizon for one in survival.values()):.0f}"
    if len(ranked) > 1 and short == long:
        return say("lives_alike", lang, within=within, days=long) + dissolved(survival.values(), lang)
    first, last = (say("life_of", lang, arm=arm_label(arm, lang), days=days) for arm, days in
                   ((ranked[-1], long), (ranked[0], short)))  # fmt: skip
    title = say("lives_title" if len(ranked) > 1 else "life_title", lang, within=within, long=first, short=last)
    return title + dissolved(survival.values(), lang)


def dissolved(curves: Iterable[Survival], lang: str) -> str:
    """How many groups left the watch because they were dissolved, for a caption; nothing if none was."""
    n = sum(one.n_dissolved for one in curves)
    return say("were_dissolved", lang, n=f"{n:,}") if n else ""

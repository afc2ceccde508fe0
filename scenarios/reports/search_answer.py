"""A search's answer in plain words: rules, no adjectives. Every number with its interval and its communities."""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import Any

from scenarios.reports.grid import amount, bare, interval, with_unit
from sim.analysis.experiment.searched import Searched
from sim.analysis.outcomes import OUTCOMES
from sim.locale.words import beside, join, number, say, semicolons, signed
from sim.plots.experiment.frame import inside, short
from sim.plots.experiment.searched import TONES, knobs_text, limit_text

__all__ = ["curse", "search_answer"]

Line = dict[str, Any]


def search_answer(found: Searched, lang: str) -> list[str]:
    """The sentences that answer the question."""
    if not found.front.trials:
        return _nothing(found, lang)
    lines = [_counts(found, lang)]
    if not found.front.unbeaten:
        known = all(found.front.fate(trial) == "breaks" for trial in found.front.trials)
        return [*lines, say("search_left" if known else "search_left_unknown", lang), *_limits(found, lang)]
    return [*lines, *_best(found, lang), *_choice(found, lang), *_limits(found, lang)]


def _counts(found: Searched, lang: str) -> str:
    """How many were tried, how many came out unbeaten, what became of them."""
    names, trials = list(found.search.objectives), found.front.trials
    words = {"points": len(found.points), "fresh": found.search.fresh_seeds, "what": _list(names, lang)}
    if len(names) == 1 and len(trials) == 1:
        return say("search_counts_one", lang, **words)
    fates = [found.front.fate(trial) for trial in trials]
    broken = say("search_broken", lang, n=fates.count("breaks")) if found.search.constraints else ""
    broken += say("search_unknown", lang, n=fates.count("unknown")) if "unknown" in fates else ""
    return say("search_counts", lang, first=len(trials), still=fates.count("unbeaten"), beaten=fates.count("beaten"),
               broken=broken, **words)  # fmt: skip


def _best(found: Searched, lang: str) -> list[str]:
    """For every objective the best of the points that are still unbeaten, with what it does for the others."""
    best: dict[int, list[str]] = {}
    for name in found.search.objectives:
        best.setdefault(found.best_for(name), []).append(name)
    lines = []
    for trial, names in best.items():
        order = [*names, *(name for name in found.search.outcomes if name not in names)]
        key = "search_best_all" if len(best) == 1 and len(found.search.objectives) > 1 else "search_best"
        n = min(int(found.at(trial, name, True)["n"]) for name in order)
        lines.append(say(key, lang, what=_list(names, lang), knobs=knobs_text(found, trial, lang), trial=trial, n=n,
                         values=semicolons([_value(found, trial, name, lang) for name in order], lang)))  # fmt: skip
    return lines


def _choice(found: Searched, lang: str) -> list[str]:
    """What is gained and lost between the best for the first objective and the best for the next that differs."""
    names = list(found.search.objectives)
    one = found.best_for(names[0])
    other = next((trial for trial in map(found.best_for, names[1:]) if trial != one), None)
    if other is None:
        return []
    parts, n = [], 0
    for name in names:
        gain = found.gain(one, other, name)
        low, high, n = float(gain.low), float(gain.high), max(n, int(gain.n))
        unit = OUTCOMES[name].unit
        value = with_unit(signed(float(gain.mean), unit), name, lang)
        limits = say("from_to", lang, low=signed(low, unit), high=signed(high, unit))
        luck = say("search_luck", lang) if not (low > 0 or high < 0) else ""
        parts.append(f"{inside(name, lang)} {beside(value, limits, lang)}{luck}")
    return [say("search_choice", lang, one=one, other=other, values=semicolons(parts, lang), n=n)]


def _limits(found: Searched, lang: str) -> list[str]:
    """How many points keep each limit on fresh seeds, on average and surely."""
    lines = []
    for one in found.search.constraints:
        rows = [found.at(trial, one.outcome, True) for trial in found.front.trials]
        kept = sum(one.excess(row["mean"]) <= 0 for row in rows)
        sure = sum(one.excess(row["high" if one.side == "at_most" else "low"]) <= 0 for row in rows)
        lines.append(say("search_kept", lang, limit=limit_text(one, lang), kept=kept, sure=sure, n=len(rows)))
    return lines


def _nothing(found: Searched, lang: str) -> list[str]:
    """No point keeps the limits: how near the nearest came."""
    limits = [limit_text(one, lang) for one in found.search.constraints]
    lines = [say("search_none", lang, points=len(found.points), limits=semicolons(limits, lang))]
    for one, text in zip(found.search.constraints, limits, strict=True):
        trial = min(found.points, key=lambda t: (one.excess(found.at(t, one.outcome, False)["mean"]), t))
        low, high, n, value = _spelt(found, trial, one.outcome, False, lang)
        lines.append(say("search_nearest", lang, limit=text, value=value, interval=interval(low, high, lang), n=n,
                         trial=trial, knobs=knobs_text(found, trial, lang)))  # fmt: skip
    return [*lines, say("search_none_cure", lang)]


def curse(found: Searched, lang: str) -> list[Line]:
    """The winner's curse, its size for each objective."""
    if not found.front.trials:
        return []
    why = [say("search_curse_why", lang)]
    head: Line = {"arm": say("search_curse_name", lang), "colour": TONES["breaks"], "lines": why}
    names = found.search.objectives
    return [head, *({"arm": short(name, lang), "colour": TONES["unbeaten"], "lines": [_flattery(found, name, lang)]}
                    for name in names)]  # fmt: skip


def _flattery(found: Searched, name: str, lang: str) -> str:
    mean, low, high, n = found.flattery(name)
    if not n:
        return say("search_flattery_none", lang)
    sign, unit = found.sign(name), OUTCOMES[name].unit
    ends = sorted((sign * low, sign * high))
    verdict = "flattered" if ends[0] > 0 else "unlucky" if ends[1] < 0 else "open"
    way = "better" if mean * sign > 0 else "worse"
    limits = ends if way == "better" else [-ends[1], -ends[0]]  # told in the same direction as the size
    size, (least, most) = amount(abs(mean), name, lang), limits
    words = {"way": say(f"search_way_{way}", lang), "verdict": say(f"search_verdict_{verdict}", lang)}
    key = "search_flattered" if n > 1 else "search_flattered_one"
    return say(key, lang, size=size, n=n, seeds=found.search.seeds, fresh=found.search.fresh_seeds,
               interval=interval(bare(least, unit), bare(most, unit), lang), **words)


def _value(found: Searched, trial: int, name: str, lang: str) -> str:
    """``life of a group 53.3 days (47.1 to 58.7)`` on fresh seeds."""
    low, high, _, value = _spelt(found, trial, name, True, lang)
    limits = say("from_to", lang, low=low, high=high) if low != "–" else ""
    return f"{inside(name, lang)} {beside(value, limits, lang)}".rstrip()


def _spelt(found: Searched, trial: int, name: str, fresh: bool, lang: str) -> tuple[str, str, int, str]:
    """Limits, communities, and the mean with its unit."""
    row, unit = found.at(trial, name, fresh), OUTCOMES[name].unit
    low, high = (bare(row[side], unit) for side in ("low", "high"))
    value = with_unit(number(float(row["mean"]), unit), name, lang, difference=False)
    return low, high, 0 if math.isnan(row["n"]) else int(row["n"]), value


def _list(names: Sequence[str], lang: str) -> str:
    return join([inside(name, lang) for name in names], lang)

"""Small multiples: the life of a group under every arm in a small picture of its own, beside that of the reference.

All are on one scale and lie by family, in the order of their ranks. ``templates/many.html`` draws them as SVG in the
page, so that they stay sharp and fit on a telephone.
"""

from __future__ import annotations

import math
from collections.abc import Iterable

import pandas as pd

from scenarios.reports.grid import span
from scenarios.reports.page import Page
from scenarios.strategies.families import FAMILIES, SEVERAL
from sim.analysis.ceilings import possible
from sim.analysis.experiment.findings import Findings
from sim.analysis.weeks import WEEK
from sim.locale.words import arm_label, bracket, number, say, semicolons
from sim.plots.experiment.frame import has_families, tones
from sim.plots.style import FAMILY_TONES

__all__ = ["families", "multiples"]

WIDE, HIGH, PAD = 160, 88, 3
_STEPS = (1, 1.5, 2, 3, 4, 5, 6, 8, 10)
_MONTHS = 13  # weeks from one thin upright line to the next


def families(found: Findings, lang: str) -> list[Page]:
    """The families of a study's arms, with their colours and how many arms each has; none where there is one only."""
    arms = [found.family(arm) for arm in found.arms if arm != found.reference]
    if not has_families(found):
        return []
    return [{"name": one, "label": say(f"family_{one}", lang), "colour": FAMILY_TONES[one], "n": arms.count(one)}
            for one in (*FAMILIES, SEVERAL) if one in arms]  # fmt: skip


def multiples(found: Findings, world: str, lang: str) -> Page | None:
    """The pictures of a world, or None where no weeks of its arms were kept."""
    rows = found.members[found.members["world"] == world]
    curves = {str(arm): one.sort_values("week") for arm, one in rows.groupby("arm", sort=False)}
    shown = [arm for arm in found.ranked(world) if arm in curves and arm != found.reference]
    if not shown:
        return None
    frame = _Frame(int(rows["week"].max()), _above(float(rows["mean"].max())))
    reference = curves.get(found.reference)
    kinds = [(one["name"], one["label"], one["colour"]) for one in families(found, lang)] or [("", "", "inherit")]
    groups = []
    for name, label, colour in kinds:
        mine = [arm for arm in shown if not name or found.family(arm) == name]
        cards = [_card(found, arm, curves[arm], frame, world, lang) for arm in mine]
        groups.append({"family": name, "label": label, "colour": colour, "cards": cards})
    note = say("multiples_note", lang, top=f"{frame.top:g}", days=min(found.study.days, frame.weeks * WEEK + WEEK),
               reference=arm_label(found.reference, lang), n=int(rows["n"].max()))  # fmt: skip
    other = frame.line(reference["week"], reference["mean"]) if reference is not None else ""
    return {"wide": WIDE, "high": HIGH, "note": note, "rules": frame.rules, "other": other,
            "groups": [one for one in groups if one["cards"]]}  # fmt: skip


def _card(found: Findings, arm: str, curve: pd.DataFrame, frame: _Frame, world: str, lang: str) -> Page:
    """The number of the last week says how many communities still have a group, where not all do."""
    last = curve.iloc[-1]
    end = say("multiples_gone", lang)
    if last["mean"] == last["mean"]:
        limits = span(*possible("members", last["low"], last["high"], found.ends(world)), "")
        count = say("pairs_n", lang, n=int(last["n"])) if last["n"] < curve["n"].max() else ""
        end = number(float(last["mean"])) + bracket("; ".join(filter(None, (limits, count))), lang)
    name = arm_label(arm, lang)
    return {
        "arm": name, "colour": tones(found)[arm], "end": end, "said": semicolons([name, end], lang),
        "line": frame.line(curve["week"], curve["mean"]), "area": frame.area(curve),
    }  # fmt: skip


class _Frame:
    """Where weeks and members lie in a picture; ``top`` is the number of members at its upper edge."""

    def __init__(self, weeks: int, top: float) -> None:
        self.weeks, self.top = max(1, weeks), top

    @property
    def rules(self) -> str:
        """Thin lines at every quarter of a year and at half the height."""
        upright = [f"M{self._x(week)} 0V{HIGH}" for week in range(_MONTHS, self.weeks, _MONTHS)]
        return "".join([*upright, f"M0 {self._y(self.top / 2)}H{WIDE}"])

    def line(self, weeks: Iterable[int], values: Iterable[float]) -> str:
        """A line through the weeks in which something is known."""
        path, pen = [], "M"
        for week, value in zip(weeks, values, strict=True):
            if math.isnan(value):
                pen = "M"
                continue
            path.append(f"{pen}{self._x(week)} {self._y(value)}")
            pen = "L"
        return "".join(path)

    def area(self, curve: pd.DataFrame) -> str:
        """The band between the limits, as far as they are known."""
        known = curve.dropna(subset=["low", "high"])
        if len(known) < 2:
            return ""
        there = [*zip(known["week"], known["high"], strict=True)]
        back = [*zip(known["week"], known["low"], strict=True)][::-1]
        return "M" + "L".join(f"{self._x(week)} {self._y(value)}" for week, value in (*there, *back)) + "Z"

    def _x(self, week: float) -> str:
        return f"{WIDE * week / self.weeks:.1f}"

    def _y(self, value: float) -> str:
        inside = min(max(value / self.top, 0.0), 1.0)
        return f"{HIGH - (HIGH - PAD) * inside:.1f}"


def _above(value: float) -> float:
    """The next round number."""
    if not value > 0:
        return 1.0
    power = 10.0 ** math.floor(math.log10(value))
    return next(step * power for step in _STEPS if step * power >= value)

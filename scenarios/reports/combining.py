"""What combining strategies does, in words: a combined arm against what its strategies do alone, put together."""

from __future__ import annotations

import math

from sim.locale.words import arm_label, join, number, say, signed
from sim.plots.experiment.frame import inside
from sim.plots.run.combination import STRENGTHS, strength_in
from sim.plots.run.comparison import KEY
from sim.plots.run.measured import Measured

__all__ = ["combining"]

FIRST = "lifetime"


def combining(measured: Measured, lang: str) -> list[str]:
    """For every combined arm: which outcomes are less or more than the sum of the parts, with the gap in life."""
    lines = []
    for arm, parts in measured.combinations.items():
        table = measured.combination
        rows = table[table["arm"] == arm].set_index("outcome")
        shown = [name for name in KEY if name in rows.index]
        names = join([arm_label(part, lang) for part in parts], lang)
        lines.append(say("combined_of", lang, arm=arm_label(arm, lang), parts=names))
        if FIRST in shown:
            row = rows.loc[FIRST]
            values = {key: signed(float(row[key])) for key in ("together", "sum_of_parts")}
            values |= {name: number(math.exp(-float(row[key]))) for name, key in
                       (("factor", "difference"), ("low", "high"), ("high", "low"))}  # fmt: skip
            key = "sum_bounded_days" if strength_in(measured, arm, FIRST) == "bounded" else "sum_in_days"
            lines.append(say(key, lang, n=int(row["n"]), horizon=number(measured.horizon), **values))
        for word in STRENGTHS:
            if found := [inside(name, lang) for name in shown if strength_in(measured, arm, name) == word]:
                lines.append(say(f"list_{word}", lang, what=join(found, lang)))
    return lines

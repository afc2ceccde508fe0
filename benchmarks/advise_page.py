"""The section of the page about the advice of ``shequn advise``."""

from __future__ import annotations

from typing import Any

__all__ = ["told"]

NAMES = {
    "advise": "`shequn advise`", "folklore": "what the trade says to everybody",
    "one_for_all": "one plan for everybody", "one_at_a_time": "one factor at a time", "random": "a plan by lot",
}  # fmt: skip
WAYS = {"withheld": "sets kept back", "outside": "constants beyond the range", "changed": "one mechanism off"}


def told(found: dict[str, Any], table: Any) -> str:
    """Regret of advice and its rivals; coverage of its limits."""
    rows = [(NAMES[name], _share(one["median"]), _share(one["p90"]), f"{one['absolute']:.3f}", f"{one['surely_worse']}")
            for name, one in found["advisers"].items()]  # fmt: skip
    limits = [(WAYS[way], f"{one['n']}", _share(one["held"]), f"{one['width']:.2f}")
              for way, one in found["limits"].items()]  # fmt: skip
    worlds = len(found["worlds"])
    playable = [one["playable"] for one in found["worlds"]]
    return "\n".join([
        f"{worlds} of {found['of']} hidden worlds are done; a menu of {found['plans']} plans, of which those that can"
        f" be played together ({_span(playable)}) were played in each. Regret is the share of"
        " the gap between doing nothing and the best plan that is lost; absolute regret is in score (0.1: a tenth less"
        f" of what matters). In {found['without_gap']} worlds no plan was better than nothing; they have no regret.\n",
        table(("", "median regret", "90th percentile", "absolute, median", "surely worse than nothing"), rows),
        "The limits that advice gives for one world (90 %), against the gain in the hidden one:\n",
        table(("worlds", "with advice", "held", "width, score"), limits),
    ])  # fmt: skip


def _span(counts: list[int]) -> str:
    low, high = min(counts), max(counts)
    return f"{low}" if low == high else f"{low} to {high}"


def _share(value: float) -> str:
    return "–" if value != value else f"{100 * value:.0f} %"

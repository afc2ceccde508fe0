"""What a study says of the number of its communities: whether they are enough, and how their number was chosen."""

from __future__ import annotations

from scenarios.reports.grid import amount
from sim.analysis.experiment.findings import Findings
from sim.locale.words import say, sentences
from sim.plots.experiment.frame import inside

__all__ = ["looked", "needed"]


def needed(found: Findings, world: str, lang: str) -> str:
    """Whether the communities run are enough to know every difference of the primary outcome from the reference.

    They are only where the intervals as shown are that short and none is rough; else the 80 % limits of the arm that
    needs most are told, and how many comparisons rest on too few unusual communities to tell.
    """
    rows = found.precision
    rows = rows[(rows["world"] == world) & (rows["outcome"] == found.primary) & (rows["half_width"] > 0)]
    if rows.empty:
        return ""
    words = {"what": inside(found.primary, lang), "half": amount(float(rows["half_width"].min()), found.primary, lang)}
    words |= {"n": str(int(rows["n"].min()))}
    if rows["enough"].all():
        return say("enough", lang, **words)
    unknown = rows["rough"] | rows["needed_high"].isna()
    lines, open_ = [], rows[~rows["enough"] & ~unknown]
    if len(open_):
        most = open_.loc[open_["needed_high"].idxmax()]
        low, high = (f"{most[side]:,.0f}" for side in ("needed_low", "needed_high"))
        lines.append(say("more_needed", lang, low=low, high=high, **words))
    if unknown.any():
        lines.append(say("needed_unknown", lang, rough=int(unknown.sum()), of=len(rows), **words))
    return sentences(lines, lang)


def looked(found: Findings, until: float | None, lang: str) -> list[str]:
    """That communities were added until the intervals were short, if they were."""
    if until is None:
        return []
    return [say("limit_until", lang, what=inside(found.primary, lang), half=amount(until, found.primary, lang))]

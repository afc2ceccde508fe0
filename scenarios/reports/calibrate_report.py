"""``shequn calibrate`` told: what was tuned, how, for how long; each fact before and after; the ensemble.

No sum over facts is shown as a grade: each stands with its values, its loss and its verdict.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
from rich.console import Console
from rich.table import Table

from scenarios.experiments.calibration.calibrate import Calibrated
from scenarios.experiments.calibration.playing import keyed
from scenarios.experiments.plan import told as duration
from scenarios.reports.fact_cells import finite, interval, number, valued, verdict
from scenarios.reports.page import Page, Place, write_page
from scenarios.terminal import plain
from sim.analysis.facts.loss import statistic_loss, total
from sim.analysis.facts.targets import verdicts
from sim.locale.speaking import spoken
from sim.locale.words import commas, declared, log_say, say

__all__ = ["answer", "show", "write"]

_COLUMNS = ["id", "statistic", "target", "band", "value", "low", "high", "n", "passes"]


def write(found: Calibrated, folder: Path) -> Path:
    """Write page, tables, the best set and the ensemble; return the page's path."""

    def page(place: Place, lang: str) -> Page:
        return _page(found, lang)

    best = total({keyed(row): row["value"] for row in found.after.to_dict("records")}, found.known, found.tuning.rule)
    sides = {"before": found.before[_COLUMNS], "after": found.after[_COLUMNS]}
    facts = sides["before"].merge(sides["after"], on=["id", "statistic", "target", "band"], how="outer", sort=False,
                                  suffixes=("_before", "_after"))  # fmt: skip
    beside = {
        "facts.csv": facts.to_csv(index=False).encode(),
        "best.json": _json(found.sets([found.tuning.row(found.best.point)], loss_on_third_luck=best)),
        "ensemble.json": _json(found.sets([one.row for one in found.kept], least_loss_rated=min(
            one.loss for one in found.kept))) if found.kept else b"",
    }
    return write_page("tables.html", folder, "both", page, {name: data for name, data in beside.items() if data})


def _json(thing: Any) -> bytes:
    return (json.dumps(finite(thing), ensure_ascii=False, indent=1) + "\n").encode()


def show(found: Calibrated, page: Path, console: Console | None = None) -> None:
    """The sentences, then the facts before and after, in the language spoken."""
    lang, console = spoken(), console or plain()
    console.print("", *answer(found, lang), "", sep="\n", highlight=False)
    heads = [log_say("band", lang), say("cal_before", lang), say("cal_after", lang)]
    table = Table("", *heads, box=None, pad_edge=False)
    for fact, measure, _, band, was, _, said, now, _, says in _facts(found, lang)["rows"]:
        table.add_row(f"{fact} {measure}", band, f"{was.split()[0]} {said}", f"{now} {says}")
    for column in table.columns[1:]:
        column.justify = "right"
    for column in (table.columns[1], table.columns[3]):
        column.no_wrap = True
    console.print(table)
    console.print("", *_basis(found, lang), "", sep="\n", style="dim", highlight=False)
    console.print(f"→ {page}", style="dim")


def answer(found: Calibrated, lang: str) -> list[str]:
    """What passes before and after, what was gained and lost, and what the ensemble is."""
    before, after = (verdicts(table[table["counted"]]) for table in (found.before, found.after))
    right, wrong = (set(side[side.fillna(False)].index) for side in (before, after))
    names = [str(name) for name in before.index]
    lines = [say("cal_passed", lang, measured=len(before), before=len(right), after=len(wrong))]
    if found.best.point == found.tuning.now():
        lines.append(say("cal_best_now", lang))
    for key, some in (("cal_gained", wrong - right), ("cal_lost", right - wrong), ("val_missed", set(names) - wrong)):
        if some:
            lines.append(say(key, lang, names=commas([name for name in names if name in some], lang)))
    within = number(found.tuning.within)
    lines.append(say("cal_fit", lang, n=f"{found.n_fit:,}", again=f"{found.n_again:,}", within=within))
    starts = {one.start for one, draw in zip(found.chosen, found.draws, strict=True) if draw}
    lines.append(say("cal_kept", lang, kept=len(found.kept), wanted=found.asked.ensemble, starts=len(starts),
                     apart=number(found.tuning.apart)))  # fmt: skip
    if found.kept:
        passes = sorted(one.passes for one in found.kept)
        lines.append(say("cal_sets_pass", lang, low=passes[0], high=passes[-1], middle=number(float(np.median(passes))),
                         measured=len(before)))  # fmt: skip
    if len(found.kept) < found.asked.ensemble:
        lines.append(say("cal_fewer", lang))
    if left := len(found.chosen) - len(found.kept):
        lines.append(say("cal_left_out", lang, n=left))
    return lines if found.is_whole else [*lines, say("cal_time_up", lang)]


def _basis(found: Calibrated, lang: str) -> list[str]:
    """How it was done, and what a reader must know of the numbers."""
    asked = found.asked
    return [
        say("cal_method", lang),
        say("cal_loss", lang),
        say("cal_assumed", lang, n=found.n_assumed),
        *([say("cal_unseen", lang, n=len(found.tuning.unseen))] if found.tuning.unseen else []),
        *([say("cal_aside", lang, names=commas(sorted(aside), lang))] if (aside := found.tuning.rule.aside) else []),
        say("cal_luck", lang, communities=asked.communities, again=asked.again, seed=asked.seed, second=asked.seed + 1,
            fresh=asked.seed + 2),
        say("cal_time", lang, time=duration(found.seconds), trials=f"{len(found.trials):,}"),
    ]


def _page(found: Calibrated, lang: str) -> Page:
    asked = found.asked
    return {
        "title": say("cal_title", lang),
        "subtitle": say("cal_subtitle", lang, starts=asked.starts, trials=f"{len(found.trials):,}",
                        communities=asked.communities, seed=asked.seed),
        "in_short": log_say("in_short", lang),
        "rests_on": log_say("rests_on", lang),
        "answer": answer(found, lang),
        "parts": [_facts(found, lang), _knobs(found, lang), _starts(found, lang)],
        "basis": _basis(found, lang),
    }  # fmt: skip


def _facts(found: Calibrated, lang: str) -> dict[str, Any]:
    """Every statistic with a band: values before and after with intervals, losses, verdicts."""
    after = {keyed(row): row for row in found.after.to_dict("records")}
    counted = found.before[found.before["counted"] & (found.before["band"] != "")]
    rows = []
    for row in counted.to_dict("records"):
        sides = [row, after.get(keyed(row), {**row, "value": np.nan, "low": np.nan, "high": np.nan, "passes": pd.NA})]
        cells = [row["id"], declared((row["en"], row["zh"]), lang), number(row["target"]), row["band"]]
        for side in sides:
            word = verdict(side)
            cells += [valued(side["value"], side["low"], side["high"]), _loss(found, side),
                      log_say(word, lang) if word else say("val_untold", lang)]  # fmt: skip
        rows.append(cells)
    heads = ["id", *(log_say(key, lang) for key in ("measure", "target", "band"))]
    for key in ("before", "after"):
        heads += [say(f"cal_{key}", lang), say("cal_of_loss", lang), log_say("passes", lang)]
    return {"title": say("cal_facts", lang), "head": heads, "rows": rows, "kind": "facts"}


def _loss(found: Calibrated, row: Any) -> str:
    """What a statistic costs; a dash for one that is not weighed."""
    if keyed(row) in found.tuning.rule.aside:
        return "–"
    known = found.known.set_index(["id", "statistic"]).loc[(row["id"], row["statistic"])]
    rule = found.tuning.rule
    return number(statistic_loss(row["value"], known["low"], known["high"], known["target"], keyed(row) in rule.logs,
                                 rule))  # fmt: skip


def _knobs(found: Calibrated, lang: str) -> dict[str, Any]:
    """Every tuned number: range, today's value, the best one, and its spread over the ensemble beside the range."""
    points = [one.point for one, draw in zip(found.chosen, found.draws, strict=True) if draw]
    rows = []
    for k, (one, now) in enumerate(zip(found.tuning.tuned, found.tuning.now(), strict=True)):
        values = [point[k] for point in points]
        spread = interval(min(values), max(values)) if values else "–"
        part = one.place(max(values)) - one.place(min(values)) if values else np.nan
        rows.append([one.key, commas(list(one.facts), lang) or "–", interval(one.low, one.high), number(now),
                     number(found.best.point[k]), spread, f"{100 * part:.0f} %" if values else "–"])  # fmt: skip
    heads = [say(f"cal_{key}", lang) for key in ("number", "for", "range", "now", "best", "spread", "part")]
    return {"title": say("cal_knobs", lang), "head": heads, "rows": rows, "kind": ""}


def _starts(found: Calibrated, lang: str) -> dict[str, Any]:
    """How far each start came: what the search made small, on its own luck."""
    rows = []
    for start in range(found.asked.starts):
        losses = [total(one.facts, found.known, found.tuning.rule) for one in found.trials if one.start == start]
        kept = sum(one.start == start and draw is not None for one, draw in zip(found.chosen, found.draws, strict=True))
        if losses:
            rows.append([str(start + 1), f"{len(losses):,}", number(losses[0]), number(min(losses)), str(kept)])
    heads = [say(f"cal_{key}", lang) for key in ("start", "tried", "first", "least", "in_ensemble")]
    return {"title": say("cal_starts", lang), "head": heads, "rows": rows, "kind": ""}

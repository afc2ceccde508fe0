"""``shequn validate`` told: sentences and tables for page and terminal, and everything as JSON.

No score sums the facts up: each stands with its target, its value and how sure that is, those missed too.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pandas as pd
from rich.console import Console
from rich.table import Table

from scenarios.experiments.validation import PARTS, Validation
from scenarios.reports.fact_cells import finite, interval, number, valued, verdict
from scenarios.reports.fit_report import numbers_of
from scenarios.reports.formats import PNG, Formats
from scenarios.reports.page import Page, Place, pictures, write_page
from scenarios.terminal import plain
from sim.analysis.facts.fingerprints import FEATURES, WATCHED
from sim.analysis.fit.told import numbers_table
from sim.locale.speaking import spoken
from sim.locale.words import commas, declared, log_say, say, world_label
from sim.plots.timelines import SIDES, chosen, draw_timelines

__all__ = ["answer", "as_json", "show", "write"]

_TOLD = 3  # features named that tell rooms apart
_ROOM = ("biggest_share", "days_with_talk", "silence_days", "a_day")


def write(found: Validation, folder: Path, formats: Formats = PNG) -> Path:
    """Write the page, its picture and ``validation.csv``; return the page's path."""

    def page(place: Place, lang: str) -> Page:
        return _page(place, found, lang)

    beside = {"validation.csv": found.facts.to_csv(index=False).encode()}
    return write_page("validate.html", folder, "both", page, beside, formats)


def show(found: Validation, page: Path, console: Console | None = None) -> None:
    """The sentences, then every fact that is measured, in the language spoken."""
    lang, console = spoken(), console or plain()
    console.print("", *answer(found, lang), "", sep="\n", highlight=False)
    table = Table("", *(log_say(key, lang) for key in ("measure", "target", "band")), say("val_model", lang),
                  log_say("passes", lang), box=None, pad_edge=False)  # fmt: skip
    for kept, row in zip(found.facts["n"] > 0, _facts(found, lang)["rows"], strict=True):
        if kept:  # the first sentence names the others
            table.add_row(*row[:2], *row[3:5], f"{row[5]} ({row[6]})" if row[6] else row[5], row[-1])
    for column in table.columns[2:]:
        column.justify, column.no_wrap = "right", True
    console.print(table)
    if found.refit is not None:
        _show_numbers(found, lang, console)
    console.print("", *_basis(found, lang), "", sep="\n", style="dim", highlight=False)
    console.print(f"→ {page}", style="dim")


def _show_numbers(found: Validation, lang: str, console: Console) -> None:
    assert found.refit is not None
    numbers = numbers_of(found.refit, lang)
    table = Table(*numbers["head"], box=None, pad_edge=False)
    for row in numbers["rows"]:
        table.add_row(row[0].rpartition(" (")[0], *row[1:])  # the page has the knobs' names
    console.print("", numbers["title"], table, highlight=False)


def as_json(found: Validation) -> str:
    """Every fact, the verdicts, and how well rooms are told apart."""
    names = {"band_low": "low", "band_high": "high"}
    rows = []
    for row in found.facts.to_dict("records"):
        one = {"id": row["id"], "statistic": row["statistic"], "label": row["en"], "world": row["world"],
               "scenario": row["scenario"], "target": row["target"],
               "band": {new: row[old] for old, new in names.items()},
               "value": row["value"], "interval": [row["low"], row["high"]], "spread": row["spread"], "n": row["n"],
               "communities": row["communities"], "counted": row["counted"],
               "verdict": {"yes": "passes", "no": "misses"}.get(verdict(row), "not measured")}  # fmt: skip
        if found.data is not None:
            one["log"] = {"value": row["log_value"], "interval": [row["log_low"], row["log_high"]], "n": row["log_n"]}
        rows.append(one)
    verdicts = {key: "not measured" if pd.isna(yes) else "passes" if yes else "misses"
                for key, yes in found.by_fact.items()}  # fmt: skip
    apart = {part: {"auc": one.auc, "interval": [one.low, one.high], "rooms": dict(zip(("real", "simulated"), one.n,
             strict=True)), "communities": one.units[1]} for part, one in found.apart.items()}  # fmt: skip
    whole = {"seed": found.seed, "facts": rows, "verdicts": verdicts, "told_apart": apart, "refit": _refit(found)}
    return json.dumps(finite(whole), ensure_ascii=False, indent=1)


def _refit(found: Validation) -> dict[str, Any] | None:
    """What was fitted to the log, if that was asked for."""
    if found.refit is None:
        return None
    fit = found.refit.fitted
    return {"simulations": found.refit.asked.simulations, "effective_size": fit.posterior.size,
            "numbers": numbers_table(fit.prior, fit.posterior).to_dict("records")}  # fmt: skip


def answer(found: Validation, lang: str) -> list[str]:
    """How many facts pass, which do not, and how well real rooms are told from simulated ones."""
    by_fact = found.by_fact
    passed, missed = by_fact[by_fact.fillna(False)], by_fact[~by_fact.fillna(True)]
    lines = [say("val_passed", lang, passed=len(passed), measured=int(by_fact.notna().sum()),
                 untold=commas([*by_fact[by_fact.isna()].index], lang) or "–")]  # fmt: skip
    if len(missed):
        lines.append(say("val_missed", lang, names=commas([*missed.index], lang)))
    if not found.apart:
        return [*lines, say("val_no_rooms", lang)]
    both = found.apart["both"]
    far = (found.alone["auc"] - 0.5).abs().sort_values(ascending=False, kind="stable").index[:_TOLD]
    names = [declared(FEATURES[found.alone["feature"][k]][0], lang) for k in far]
    return [*lines, say("val_apart", lang, auc=number(both.auc), low=number(both.low), high=number(both.high),
                        real=both.n[0], simulated=both.n[1], communities=both.units[1]),
            say("val_by", lang, names=commas(names, lang))]  # fmt: skip


def _basis(found: Validation, lang: str) -> list[str]:
    """What a reader must know of how the numbers came about."""
    keys = ["val_basis_model", "val_basis_fit", "val_basis_marks", "val_basis_people"]
    keys.append("val_basis_ship" if found.data is None else "val_basis_data" if found.refit is None else
                "val_basis_refit")  # fmt: skip
    told = {} if found.refit is None else {
        "simulations": found.refit.asked.simulations, "size": f"{found.refit.fitted.posterior.size:.0f}",
        "rooms": found.refit.fitted.seen.watch.rooms,
        "world": world_label(found.refit.scenario.name, lang)}  # fmt: skip
    return [say(key, lang, communities=found.communities, seed=found.seed, days=WATCHED, **told) for key in keys]


def _page(place: Place, found: Validation, lang: str) -> Page:
    """What the page says in one language."""
    drawn = [("rooms", draw_timelines(found.simulated, found.real, lang))]
    heads = {key: say(f"val_{key}", lang) for key in ("facts", "rooms", "apart_head", "apart_how", "alone")}
    return {
        "title": say("val_title", lang),
        "subtitle": say("val_subtitle", lang, communities=found.communities, seed=found.seed),
        "answer": answer(found, lang),
        "words": {**heads, "in_short": log_say("in_short", lang), "rests_on": log_say("rests_on", lang)},
        "facts": _facts(found, lang),
        "numbers": None if found.refit is None else numbers_of(found.refit, lang),
        "rooms": _rooms(found, lang),
        "apart": _apart(found, lang),
        "alone": _alone(found, lang),
        "basis": _basis(found, lang),
        "pictures": pictures(place, drawn, lang),
    }


def _facts(found: Validation, lang: str) -> dict[str, Any]:
    """Every fact: id, measure, world, target, band, model, interval, spread, n, the log's own value, verdict."""
    log = found.data is not None
    heads = ["id", *(log_say(key, lang) for key in ("measure",)), say("val_world", lang),
             *(log_say(key, lang) for key in ("target", "band")), say("val_model", lang), log_say("interval", lang),
             say("val_spread", lang), "n",
             *([say("val_log", lang)] if log else []), log_say("passes", lang)]  # fmt: skip
    rows = []
    for row in found.facts.to_dict("records"):
        unit = (bool(row["unit"]) and f" {say('unit.min', lang)}") or ""
        theirs = valued(row["log_value"], row["log_low"], row["log_high"]) if log else ""
        theirs += f", n = {row['log_n']:,.0f}" if log and row["log_n"] > 0 else ""
        rows.append([row["id"], declared((row["en"], row["zh"]), lang), _world(row, lang), number(row["target"]),
                     row["band"], number(row["value"]) + (unit if row["n"] else ""),
                     interval(row["low"], row["high"]),
                     number(row["spread"]), f"{row['n']:,}", *([theirs] if log else []),
                     log_say(verdict(row), lang) if verdict(row) else say("val_untold", lang)])  # fmt: skip
    return {"head": heads, "rows": rows}


def _world(row: Mapping[Any, Any], lang: str) -> str:
    return world_label(str(row["scenario"] or row["world"]), lang)


def _rooms(found: Validation, lang: str) -> dict[str, Any]:
    """The rooms of the picture in numbers."""
    heads = ["", say("val_messages", lang), *(declared(FEATURES[name][0], lang) for name in _ROOM)]
    rows = []
    for side, rooms in zip(SIDES, (found.simulated, found.real), strict=True):
        for place, k in enumerate(chosen(rooms), 1):
            one = rooms.table.iloc[k]
            rows.append([f"{say(f'val_{side}', lang)} {place}", f"{int(one['messages']):,}",
                         *(number(float(one[name])) for name in _ROOM)])  # fmt: skip
    return {"title": say("val_rooms_table", lang), "head": heads, "rows": rows}


def _apart(found: Validation, lang: str) -> dict[str, Any]:
    """AUC by what the classifier sees."""
    rows = [[say(f"val_part_{part}", lang), number(one.auc), interval(one.low, one.high),
             f"{one.n[0]} / {one.n[1]}", f"{one.units[1]}"]
            for part, one in ((part, found.apart[part]) for part in PARTS if part in found.apart)]  # fmt: skip
    heads = [
        say("val_seen", lang),
        "AUC",
        log_say("interval", lang),
        say("val_sizes", lang),
        say("val_communities", lang),
    ]
    return {"head": heads, "rows": rows}


def _alone(found: Validation, lang: str) -> dict[str, Any]:
    """Each feature of a room: medians of both sides, and how well it tells them apart alone."""
    heads = [log_say("measure", lang), *(say(f"val_median_{side}", lang) for side in SIDES), "AUC",
             log_say("interval", lang)]  # fmt: skip
    rows = [[declared(FEATURES[row["feature"]][0], lang), number(row["simulated"]), number(row["real"]),
             number(row["auc"]), interval(row["low"], row["high"])]
            for row in found.alone.to_dict("records")]  # fmt: skip
    return {"head": heads, "rows": rows}

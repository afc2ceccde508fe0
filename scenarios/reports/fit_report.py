"""``shequn fit`` told: what a log tells of a world's numbers and what not, for page and terminal, and as JSON."""

from __future__ import annotations

import json
import math
from collections.abc import Mapping
from pathlib import Path
from shlex import quote
from typing import Any

import pandas as pd
from rich.console import Console
from rich.table import Table

from scenarios.experiments.fit.asked import Found
from scenarios.experiments.fit.world_file import SETS, files_of, name_of
from scenarios.reports.fact_cells import number
from scenarios.reports.formats import PNG, Formats
from scenarios.reports.page import Page, Place, pictures, put, write_page
from scenarios.terminal import plain
from sim.analysis.fit.foresight import FEW, LEAST_DAYS, MONTH
from sim.analysis.fit.summaries import label_of
from sim.analysis.fit.told import checks_table, numbers_table
from sim.locale.speaking import spoken
from sim.locale.words import commas, declared, log_say, say
from sim.plots.fitted import draw_checks, draw_foresight, draw_parameters

__all__ = ["answer", "as_json", "numbers_of", "sentences", "show", "write"]

_NAMED = 6  # measures that the log has and the model has not, named
_MEASURES = {"messages": "fit_messages", "days": "fit_days_with_talk"}
_MANY = 0.3  # share of measures outside, from which the model cannot be said to fit


class Told:
    """The tables of a fit, made once for both languages."""

    def __init__(self, found: Found) -> None:
        fit = found.fitted
        self.found, self.numbers = found, numbers_table(fit.prior, fit.posterior)
        own = {name: value for name, value in fit.own.items() if not name.startswith("early/")}
        self.checks = checks_table(own, fit.drawn.summaries)
        self.labels = {one.key: one.label for one in fit.prior.parameters}


def write(found: Found, folder: Path, formats: Formats = PNG) -> Path:
    """Write page, pictures, tables and the fitted world; return the page's path."""
    told, worlds = Told(found), files_of(found)
    beside = {"parameters.csv": _csv(told.numbers), "checks.csv": _csv(told.checks)}
    if found.foresight is not None and len(found.foresight.rooms):
        beside["foresight.csv"] = _csv(found.foresight.rooms)
    page = write_page("fit.html", folder, "both", lambda place, lang: _page(place, told, folder, lang), beside, formats)
    for place, data in worlds.items():
        (folder / place).parent.mkdir(parents=True, exist_ok=True)
        put(folder / place, data)
    return page


def numbers_of(found: Found, lang: str) -> dict[str, Any]:
    """The table of every number, for pages of others."""
    return _numbers(Told(found), lang)


def sentences(found: Found, lang: str) -> list[str]:
    """What the log tells and what not, for pages of others."""
    return answer(Told(found), lang)


def _csv(table: pd.DataFrame) -> bytes:
    return table.to_csv(index=False, float_format="%.6g").encode()


def show(found: Found, page: Path, console: Console | None = None) -> None:
    """The sentences, then every number with what the log makes of it, in the language spoken."""
    lang, console, told = spoken(), console or plain(), Told(found)
    console.print("", *answer(told, lang), "", sep="\n", highlight=False)
    numbers = _numbers(told, lang)
    table = Table(*numbers["head"], box=None, pad_edge=False)
    for row in numbers["rows"]:
        table.add_row(row[0].rpartition(" (")[0], *row[1:])  # the page has the knobs' names
    console.print(table)
    console.print("", *_basis(told, lang), "", sep="\n", style="dim", highlight=False)
    console.print(_command(found, page.parent), highlight=False, soft_wrap=True)
    console.print(f"→ {page}", style="dim")


def as_json(found: Found, folder: Path) -> str:
    """Numbers, checks, forecast, files."""
    told, fit = Told(found), found.fitted
    foresight = found.foresight
    whole = {
        "log": fit.seen.name, "rooms": fit.seen.watch.rooms, "messages": fit.seen.talk.n, "seed": found.asked.seed,
        "simulations": len(fit.table.u) + fit.table.unplayable, "unplayable": fit.table.unplayable,
        "effective_size": fit.posterior.size, "draws": len(fit.drawn.u), "numbers": told.numbers.to_dict("records"),
        "checks": told.checks.to_dict("records"),
        "foresight": [] if foresight is None else foresight.scores.to_dict("records"),
        "scenario": name_of(found), "conf_dir": str(folder), "world": str(folder / SETS),
    }  # fmt: skip
    return json.dumps(_finite(whole), ensure_ascii=False, indent=1)


def _finite(thing: Any) -> Any:
    """The same with null for what is no number, so that it is JSON."""
    if isinstance(thing, Mapping):
        return {key: _finite(value) for key, value in thing.items()}
    if isinstance(thing, list | tuple):
        return [_finite(value) for value in thing]
    thing = thing.item() if hasattr(thing, "item") else thing
    return None if isinstance(thing, float) and not math.isfinite(thing) else thing


def answer(told: Told, lang: str) -> list[str]:
    """What the log tells, what it does not, whether the world does what the log does, what it foresees."""
    lines = []
    for kind in ("well", "little", "not"):
        keys = told.numbers.loc[told.numbers["told"] == kind, "key"]
        if len(keys):
            names = commas([declared(told.labels[key], lang) for key in keys], lang)
            lines.append(say(f"fit_answer_{kind}", lang, names=names))
    lines += _on_checks(told, lang)
    return lines + _on_foresight(told, lang)


def _on_checks(told: Told, lang: str) -> list[str]:
    checks = told.checks
    if not len(checks):
        return []
    out = checks[~checks["inside"]]
    far = out.reindex(out["at"].abs().sort_values(ascending=False, kind="stable").index)[:_NAMED]
    lines = [say("fit_answer_checks", lang, inside=len(checks) - len(out), all=len(checks),
                 communities=len(told.found.fitted.drawn.u))]  # fmt: skip
    if len(far):
        names = commas([_summary(name, lang) for name in far["summary"]], lang)
        lines.append(say("fit_answer_outside", lang, names=names))
    return [*lines, say("fit_answer_unlike", lang)] if len(out) > _MANY * len(checks) else lines


def _on_foresight(told: Told, lang: str) -> list[str]:
    foresight = told.found.foresight
    if foresight is None:
        return []
    if not len(foresight.scores):
        return [say("fit_answer_no_foresight", lang, days=LEAST_DAYS)]
    lines = []
    for row in foresight.scores.to_dict("records"):
        rival = row["month_score"] if math.isfinite(row["month_score"]) else row["month_off"]
        lines.append(say(f"fit_answer_foresight_{row['measure']}", lang, rooms=row["rooms"],
                         score=number(row["score"]), month=number(rival), gain=number(row["gain"]),
                         interval=_interval(row["low"], row["high"]),
                         held=f"{100 * row['held']:.0f}"))  # fmt: skip
    return lines


def _basis(told: Told, lang: str) -> list[str]:
    """What a reader must know of how the numbers came about."""
    fit, asked = told.found.fitted, told.found.asked
    watch = fit.seen.watch
    lines = [say("fit_basis_log", lang, rooms=watch.rooms, all=fit.seen.rooms_in_all, messages=f"{fit.seen.talk.n:,}",
                 days=f"{max(watch.days):.0f}")]  # fmt: skip
    if not watch.births:
        lines.append(say("fit_basis_births", lang))
    lines.append(say(f"fit_basis_{'leaves' if watch.leaves else 'joins' if watch.joins else 'no_joins'}", lang))
    lines.append(say("fit_basis_method", lang, simulations=asked.simulations, unplayable=fit.table.unplayable,
                     size=f"{fit.posterior.size:.0f}", draws=len(fit.drawn.u), seed=asked.seed))  # fmt: skip
    lines.append(say("fit_basis_model", lang))
    if told.found.foresight is not None:
        lines.append(say("fit_basis_foresight", lang, month=MONTH, days=LEAST_DAYS))
        if told.found.foresight.scores.get("rooms", pd.Series([FEW])).min() < FEW:
            lines.append(say("fit_basis_few", lang, few=FEW))
    return lines


def _command(found: Found, folder: Path) -> str:
    """Folders may be called after a stranger's file: their names are quoted, so that a shell takes them for names."""
    words = (f"conf_dir={folder}", f"scenario={name_of(found)}", f"world={folder / SETS}")
    return f"shequn run {' '.join(map(quote, words))} replicates=50 arms='nothing; group_cap.limit=100'"


def _page(place: Place, told: Told, folder: Path, lang: str) -> Page:
    """What the page says in one language."""
    fit = told.found.fitted
    parts = [_part("numbers", lang, place, [draw_parameters(_lines(told, lang), lang)], [_numbers(told, lang)]),
             _part("checks", lang, place, [draw_checks(_marks(told, lang), lang)], [_checks(told, lang)])]  # fmt: skip
    foresight = told.found.foresight
    if foresight is not None and len(foresight.scores):
        tables = [_scores(foresight.scores, lang), _rooms(foresight.rooms, lang)]
        parts.append(_part("foresight", lang, place, [draw_foresight(foresight.rooms, lang)], tables))
    words = {"in_short": log_say("in_short", lang), "rests_on": log_say("rests_on", lang),
             "use": say("fit_use", lang), "use_note": say("fit_use_note", lang, sets=len(fit.drawn.u))}  # fmt: skip
    return {
        "title": say("fit_title", lang),
        "subtitle": say("fit_subtitle", lang, name=fit.seen.name, rooms=fit.seen.watch.rooms,
                        simulations=told.found.asked.simulations, seed=told.found.asked.seed),
        "answer": answer(told, lang), "words": words, "parts": parts, "basis": _basis(told, lang),
        "command": _command(told.found, folder),
    }  # fmt: skip


def _part(name: str, lang: str, place: Place, figures: list[Any], tables: list[dict[str, Any]]) -> dict[str, Any]:
    drawn = [(name, figure) for figure in figures]
    return {"title": say(f"fit_{name}", lang), "note": say(f"fit_{name}_note", lang), "tables": tables,
            "pictures": pictures(place, drawn, lang)}  # fmt: skip


def _lines(told: Told, lang: str) -> list[tuple[str, str, str, list[float]]]:
    """Parameters as they are drawn."""
    ends = [f"u{end}" for end in ("05", "25", "50", "75", "95")]
    return [(declared(told.labels[row["key"]], lang), number(row["low"]), number(row["high"]),
             [row[end] for end in ends]) for row in told.numbers.to_dict("records")]  # fmt: skip


def _marks(told: Told, lang: str) -> dict[str, list[float]]:
    """Measures as they are drawn, the quantiles of one beside each other."""
    marks: dict[str, list[float]] = {}
    for row in told.checks.to_dict("records"):
        marks.setdefault(declared(label_of(row["summary"])[0], lang), []).append(row["at"])
    return marks


def _numbers(told: Told, lang: str) -> dict[str, Any]:
    """Every parameter: range before, median, 50 % and 90 % interval after, how much is left, what that means."""
    heads = [say("fit_number", lang), say("fit_before", lang), say("fit_median", lang), say("fit_half", lang),
             say("fit_ninety", lang), say("fit_left", lang), say("fit_tells", lang)]  # fmt: skip
    rows = [[f"{declared(told.labels[row['key']], lang)} ({row['key']})", _interval(row["low"], row["high"]),
             number(row["q50"]), _interval(row["q25"], row["q75"]), _interval(row["q05"], row["q95"]),
             f"{100 * row['width']:.0f} %", say(f"fit_told_{row['told']}", lang)]
            for row in told.numbers.to_dict("records")]  # fmt: skip
    return {"title": say("fit_numbers", lang), "head": heads, "rows": rows, "folded": False}


def _checks(told: Told, lang: str) -> dict[str, Any]:
    """Every measure of the log beside the simulated logs."""
    heads = [log_say("measure", lang), say("fit_log", lang), say("fit_median", lang), say("fit_ninety", lang),
             say("fit_inside", lang)]  # fmt: skip
    rows = [[_summary(row["summary"], lang), number(row["log"]), number(row["median"]),
             _interval(row["low"], row["high"]), log_say("yes" if row["inside"] else "no", lang)]
            for row in told.checks.to_dict("records")]  # fmt: skip
    return {"title": say("fit_checks_table", lang), "head": heads, "rows": rows, "folded": True}


def _scores(scores: pd.DataFrame, lang: str) -> dict[str, Any]:
    """How well both forecasts do."""
    keys = ("fit_forecast_of", "fit_rooms", "fit_world", "fit_month", "fit_month_point", "fit_gain",
            "fit_gain_interval", "fit_held", "fit_month_held")  # fmt: skip
    rows = [[say(_MEASURES[row["measure"]], lang), f"{row['rooms']}",
             *(number(row[name]) for name in ("score", "month_score", "month_off", "gain")),
             _interval(row["low"], row["high"]), _percent(row["held"]), _percent(row["month_held"])]
            for row in scores.to_dict("records")]  # fmt: skip
    return {"title": say("fit_scores", lang), "head": [say(key, lang) for key in keys], "rows": rows, "folded": False}


def _rooms(rooms: pd.DataFrame, lang: str) -> dict[str, Any]:
    """The forecasts room by room."""
    keys = ("fit_room", "fit_forecast_of", "fit_days", "fit_came", "fit_world", "fit_ninety", "fit_month")
    rows = [[f"{row['room'] + 1}", say(_MEASURES[row["measure"]], lang), f"{row['days']}", f"{row['came']:,.0f}",
             number(row["median"]), _interval(row["low"], row["high"]), number(row["month"])]
            for row in rooms.to_dict("records")]  # fmt: skip
    return {"title": say("fit_by_room", lang), "head": [say(key, lang) for key in keys], "rows": rows, "folded": True}


def _summary(name: str, lang: str) -> str:
    """What a summary is called, with its quantile if it is one."""
    label, quantile = label_of(name)
    if not quantile:
        return declared(label, lang)
    return say("fit_quantile", lang, name=declared(label, lang), q=quantile)


def _percent(value: float) -> str:
    return f"{100 * value:.0f} %" if math.isfinite(value) else "–"


def _interval(low: float, high: float) -> str:
    return f"{number(low)} … {number(high)}" if math.isfinite(low) or math.isfinite(high) else "–"

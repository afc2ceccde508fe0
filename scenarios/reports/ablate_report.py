"""``shequn ablate`` told: which facts break without each mechanism, and every value beside the baseline's."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pandas as pd
from rich.console import Console

from scenarios.experiments.calibration.ablations import WHOLE, Ablated, broken
from scenarios.experiments.calibration.playing import keyed
from scenarios.reports.fact_cells import finite, valued, verdict
from scenarios.reports.page import Page, Place, write_page
from scenarios.terminal import plain
from sim.locale.speaking import spoken
from sim.locale.words import commas, declared, log_say, say

__all__ = ["answer", "as_json", "show", "write"]


def write(found: Ablated, folder: Path) -> Path:
    """Write the page and ``ablations.csv``; return the page's path."""

    def page(place: Place, lang: str) -> Page:
        return _page(found, lang)

    table = pd.concat([one.assign(ablation=name) for name, one in found.facts.items()], ignore_index=True)
    return write_page("tables.html", folder, "both", page, {"ablations.csv": table.to_csv(index=False).encode()})


def show(found: Ablated, page: Path, console: Console | None = None) -> None:
    """The sentences, in the language spoken; the table is on the page."""
    lang, console = spoken(), console or plain()
    console.print("", *answer(found, lang), "", *_basis(found, lang), "", sep="\n", highlight=False)
    console.print(f"→ {page}", style="dim")


def as_json(found: Ablated) -> str:
    """What is taken away, what breaks and comes right, and every value."""
    ablations = []
    for one in found.ablations:
        breaks, mends = broken(found, one.name)
        ablations.append({"name": one.name, "label": one.label[0], "off": list(one.off), "breaks": breaks,
                          "comes_right": mends, "playable": one.name not in found.unplayable})  # fmt: skip
    facts = []
    for row in found.facts[WHOLE].to_dict("records"):
        facts.append({"id": row["id"], "statistic": row["statistic"], "label": row["en"], "counted": row["counted"],
                      "band": {"low": row["band_low"], "high": row["band_high"]},
                      "values": {name: _value(table, keyed(row)) for name, table in found.facts.items()}})  # fmt: skip
    whole = {"seed": found.seed, "communities": found.communities, "ablations": ablations, "facts": facts}
    return json.dumps(finite(whole), ensure_ascii=False, indent=1)


def _value(table: pd.DataFrame, key: str) -> dict[str, Any] | None:
    row = _row(table, key)
    if row is None:
        return None
    words = {"yes": "passes", "no": "misses"}
    return {"value": row["value"], "interval": [row["low"], row["high"]], "n": row["n"],
            "verdict": words.get(verdict(row), "not measured")}  # fmt: skip


def _row(table: pd.DataFrame, key: str) -> dict[Any, Any] | None:
    return next((row for row in table.to_dict("records") if keyed(row) == key), None)


def answer(found: Ablated, lang: str) -> list[str]:
    """For each mechanism what breaks and what comes right without it; those on which no fact hangs."""
    lines, idle = [], []
    none = [declared(one.label, lang) for one in found.ablations if one.name in found.unplayable]
    for one in found.ablations:
        if one.name in found.unplayable:
            continue
        breaks, mends = broken(found, one.name)
        label = declared(one.label, lang)
        if breaks:
            lines.append(say("abl_breaks", lang, label=label, names=commas(breaks, lang)))
        if mends:
            lines.append(say("abl_mends", lang, label=label, names=commas(mends, lang)))
        if not breaks and not mends:
            idle.append(label)
    ends = (("abl_idle", idle), ("abl_unplayable", none))
    return [*lines, *(say(key, lang, labels=commas(labels, lang)) for key, labels in ends if labels)]


def _basis(found: Ablated, lang: str) -> list[str]:
    return [say("abl_basis", lang, communities=found.communities, seed=found.seed), say("abl_model", lang)]


def _page(found: Ablated, lang: str) -> Page:
    return {
        "title": say("abl_title", lang),
        "subtitle": say("val_subtitle", lang, communities=found.communities, seed=found.seed),
        "in_short": log_say("in_short", lang),
        "rests_on": log_say("rests_on", lang),
        "answer": answer(found, lang),
        "parts": [_what(found, lang), _facts(found, lang)],
        "basis": _basis(found, lang),
    }


def _what(found: Ablated, lang: str) -> dict[str, Any]:
    """What is taken away, by which numbers, and what comes of it."""
    rows = []
    for one in found.ablations:
        breaks, mends = (commas(names, lang) or "–" for names in broken(found, one.name))
        rows.append([declared(one.label, lang), one.name, " ".join(one.off), breaks, mends])
    heads = [say(f"abl_{key}", lang) for key in ("mechanism", "name", "off", "break", "mend")]
    return {"title": say("abl_what", lang), "head": heads, "rows": rows, "kind": "words"}


def _facts(found: Ablated, lang: str) -> dict[str, Any]:
    """Every statistic with a band: a column for the baseline and for each ablation."""
    whole = found.facts[WHOLE]
    rows = []
    for row in whole[whole["counted"] & (whole["band"] != "")].to_dict("records"):
        cells = [row["id"], declared((row["en"], row["zh"]), lang), row["band"]]
        for table in found.facts.values():
            one = _row(table, keyed(row))
            word = "" if one is None else verdict(one)
            told = log_say(word, lang) if word else say("val_untold", lang)
            cells.append(told if one is None else
                         f"{valued(one['value'], one['low'], one['high'])} {told}")  # fmt: skip
        rows.append(cells)
    heads = ["id", log_say("measure", lang), log_say("band", lang), say("abl_baseline", lang),
             *(declared(one.label, lang) for one in found.ablations)]  # fmt: skip
    return {"title": say("abl_facts", lang), "head": heads, "rows": rows, "kind": "facts"}

"""What a sensitivity analysis answers, in plain words: which knobs matter, which may be luck, which do nothing."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pandas as pd

from scenarios.experiments.sensitivity.file import Sensitivity
from scenarios.reports.grid import amount, bare
from sim.analysis.outcomes import OUTCOMES
from sim.locale.words import beside, join, number, say, semicolons
from sim.plots.experiment.frame import inside, short
from sim.plots.experiment.searched import knob_names

__all__ = ["beyond_luck", "sensitivity_answer"]


def beyond_luck(row: pd.Series) -> bool:
    """Does the interval of the first index lie above what luck alone would show, or above 0 where that is not known?"""
    return bool(row["low"] > (row["noise"] if row["noise"] == row["noise"] else 0.0))


def sensitivity_answer(made: Sensitivity, rows: pd.DataFrame, lang: str) -> list[str]:
    """The sentences on one outcome."""
    outcome = str(rows["outcome"].iloc[0])
    if rows["value"].isna().all():
        return [say("sens_none", lang, what=short(outcome, lang))]
    names = dict(zip(made.knobs, knob_names(made.axes, lang), strict=True))
    return (_morris if made.method == "morris" else _sobol)(rows, outcome, names, lang)


def _morris(rows: pd.DataFrame, outcome: str, names: Mapping[str, str], lang: str) -> list[str]:
    size, sign = (rows[rows["index"] == index].set_index("knob") for index in ("mu_star", "mu"))
    clear = [knob for knob in size.index if beyond_luck(size.loc[knob])]
    still = [knob for knob in size.index if size.loc[knob, "value"] == 0]
    rest = [knob for knob in size.index if knob not in (*clear, *still)]
    lines = [_top(size.loc[clear[0]], sign.loc[clear[0]], outcome, names[clear[0]], lang)] if clear else \
            [say("sens_luck_all", lang, what=short(outcome, lang))]  # fmt: skip
    for key, some in (("sens_also", clear[1:]), ("sens_open", rest)):
        lines += _listed(key, size.loc[some], outcome, names, lang)
    if still:
        lines.append(say("sens_still", lang, knobs=join([names[knob] for knob in still], lang)))
    return lines


def _top(size: pd.Series, sign: pd.Series, outcome: str, knob: str, lang: str) -> str:
    """The knob that matters most, with the height of luck and the way it goes."""
    noise = size["noise"]
    luck = say("sens_by_luck", lang, noise=amount(noise, outcome, lang)) if noise == noise else ""
    way = "sens_more" if sign["low"] > 0 else "sens_less" if sign["high"] < 0 else "sens_mixed"
    return say("sens_top", lang, what=short(outcome, lang), inside=inside(outcome, lang), knob=knob, luck=luck,
               way=say(way, lang), **_spelt(size, outcome, lang))  # fmt: skip


def _sobol(rows: pd.DataFrame, outcome: str, names: Mapping[str, str], lang: str) -> list[str]:
    total, alone = (rows[rows["index"] == index].set_index("knob") for index in ("ST", "S1"))
    clear = [knob for knob in total.index if beyond_luck(total.loc[knob])]
    rest = [knob for knob in total.index if knob not in clear]
    lines = [_share(total.loc[clear[0]], alone.loc[clear[0]], outcome, names[clear[0]], lang)] if clear else \
            [say("sens_luck_all", lang, what=short(outcome, lang))]  # fmt: skip
    for key, some in (("sens_part", clear[1:]), ("sens_no_part", rest)):
        lines += _listed(key, total.loc[some], "", names, lang)
    return lines


def _share(total: pd.Series, one: pd.Series, outcome: str, knob: str, lang: str) -> str:
    """The knob with the largest part beyond luck, and what it explains alone."""
    spelt = [number(float(one[key]), "share") for key in ("value", "low", "high")]
    parts = {"alone": spelt[0], "alone_low": spelt[1].removesuffix(" %"), "alone_high": spelt[2].removesuffix(" %")}
    noise = total["noise"]
    luck = say("sens_by_luck", lang, noise=number(float(noise), "share")) if noise == noise else ""
    return say("sens_share", lang, what=short(outcome, lang), knob=knob, luck=luck, **parts, **_spelt(total, "", lang))


def _listed(key: str, rows: pd.DataFrame, outcome: str, names: Mapping[str, str], lang: str) -> list[str]:
    """Some knobs with their values and limits; nothing where there is none."""
    parts = []
    for knob, row in rows.iterrows():
        spelt = _spelt(row, outcome, lang)
        limits = say("from_to", lang, low=spelt["low"], high=spelt["high"])
        parts.append(f"{names[str(knob)]} {beside(spelt['value'], limits, lang)}")
    return [say(key, lang, knobs=semicolons(parts, lang))] if parts else []


def _spelt(row: pd.Series, outcome: str, lang: str) -> dict[str, Any]:
    """Value with unit, limits, and on how much it rests; a share of variance where no outcome is named."""
    unit = OUTCOMES[outcome].unit if outcome else "share"
    value = amount(row["value"], outcome, lang) if outcome else number(float(row["value"]), "share")
    low, high = (bare(row[side], unit) for side in ("low", "high"))
    return {"value": value, "low": low, "high": high, "base": int(row["n_base"]), "n": int(row["n_replicates"])}

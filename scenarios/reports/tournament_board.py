"""A board as the page draws it: rows by place with dots, intervals and ties, and the table of who beat whom."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Any

from scenarios.experiments.tournament.boards import BOARDS
from scenarios.experiments.tournament.team import NOTHING
from scenarios.reports.page import Page
from scenarios.reports.tournament_words import about, answer, board_name, level, measured_as, place_of, team_name
from sim.analysis.ceilings import Ends
from sim.analysis.experiment.contest import Contest
from sim.analysis.registry import OUTCOMES
from sim.locale.words import number, say

__all__ = ["board", "tracks"]

_MARGIN = 3.0
"""Per cent of the scale left free at either end."""
_SIDES = {1: "up", -1: "down", 0: "same"}


def board(key: str, one: Contest, ends: Ends, lang: str) -> Page:
    """Everything that the template says of one board."""
    scale = _Scale.of(one)
    base = one.teams.index(NOTHING)
    lanes = tracks(one)
    rows = [_row(key, one, k, at, lanes, scale, base, lang) for at, k in enumerate(one.order)]
    return {
        "key": key, "name": board_name(key, lang), "about": about(key, lang), "answer": answer(key, one, ends, lang),
        "rows": rows, "n_rows": len(rows), "lanes": len(lanes), "neutral": scale.at(one.mean[base]),
        "ends": [_end(key, scale.low, lang), _end(key, scale.high, lang)],
        "note": say("tournament_note", lang, n=one.n), "duels": _duels(one, lang),
        "duels_note": say("tournament_duels_note", lang, n=one.n), "unit": OUTCOMES[BOARDS[key]].unit,
    }  # fmt: skip


def tracks(one: Contest) -> list[list[tuple[int, int]]]:
    """The ties side by side: each track holds runs (first and last row) that do not overlap."""
    found: list[list[tuple[int, int]]] = []
    for tie in one.ties:
        free = next((track for track in found if track[-1][1] < tie[0]), None)
        if free is None:
            found.append([tie])
        else:
            free.append(tie)
    return found


@dataclass(frozen=True)
class _Scale:
    """From values to per cent of the width."""

    low: float
    high: float

    @classmethod
    def of(cls, one: Contest) -> _Scale:
        """From the lowest limit to the highest; limits that are missing are the mean."""
        sides = [value for k in range(len(one.teams)) for value in (one.mean[k], one.low[k], one.high[k])]
        known = [float(value) for value in sides if math.isfinite(value)] or [0.0]
        return cls(min(known), max(known))

    def at(self, value: float) -> float:
        """Where a value lies."""
        if not self.high > self.low:
            return 50.0
        share = (value - self.low) / (self.high - self.low)
        return round(_MARGIN + (100 - 2 * _MARGIN) * float(share), 2)


def _row(
    key: str, one: Contest, k: int, at: int, lanes: list[list[tuple[int, int]]], scale: _Scale, base: int, lang: str
) -> dict[str, Any]:
    value, span = level(key, one, k, lang)
    has_limits = bool(span)
    low, high = (scale.at(side) if has_limits else 0.0 for side in (one.low[k], one.high[k]))
    sure = 0 if k == base else one.duels[k, base].sure
    return {
        "place": place_of(one, k), "team": team_name(one.teams[k], lang), "value": value,
        "span": span, "dot": scale.at(one.mean[k]), "low": low, "width": round(high - low, 2), "has_limits": has_limits,
        "kind": "nothing" if k == base else "first" if one.place_low[k] == 1 else "other",
        "mark": {1: "▲", -1: "▼", 0: ""}[sure], "said": say(f"tournament_{_SIDES[sure]}", lang) if sure else "",
        "lanes": [_piece(track, at) for track in lanes],
    }  # fmt: skip


def _piece(track: list[tuple[int, int]], at: int) -> str:
    """The classes of a row's piece of a track: whether a bar of a tie begins, goes on or ends there."""
    for first, last in track:
        if first <= at <= last:
            return " ".join(["tie", *(["from"] if at == first else []), *(["to"] if at == last else [])])
    return ""


def _duels(one: Contest, lang: str) -> dict[str, Any]:
    """A row a team, a column a team, both in the order of the board."""
    heads = [str(at + 1) for at in range(len(one.order))]
    rows = []
    for at, j in enumerate(one.order):
        cells = [_duel(one, j, k, lang) for k in one.order]
        rows.append({"number": at + 1, "team": team_name(one.teams[j], lang), "cells": cells})
    return {"heads": heads, "rows": rows, "titles": [team_name(one.teams[k], lang) for k in one.order]}


def _duel(one: Contest, j: int, k: int, lang: str) -> dict[str, str]:
    """Share of communities won, coloured by who is surely better on average."""
    if j == k:
        return {"value": "", "kind": "self", "said": ""}
    duel = one.duels[j, k]
    said = say("tournament_duel", lang, team=team_name(one.teams[j], lang), other=team_name(one.teams[k], lang),
               won=number(duel.won, "share"), tied=number(duel.tied, "share"),
               sure=say(f"tournament_{_SIDES[duel.sure]}", lang))  # fmt: skip
    shown = "=" if duel.tied == 1 else f"{100 * duel.won:.0f}" if duel.won == duel.won else "–"
    return {"value": shown, "kind": _SIDES[duel.sure], "said": said}


def _end(key: str, value: float, lang: str) -> str:
    return measured_as(key, value, lang)

"""The page to project after a tournament: four boards, who beat whom, what was spent and what was played."""

from __future__ import annotations

import json
from pathlib import Path

from scenarios.experiments.tournament.boards import Boards
from scenarios.experiments.tournament.team import NOTHING
from scenarios.experiments.tournament.tournament import Question
from scenarios.reports.formats import PNG, Formats
from scenarios.reports.grid import Table, Told, cell, measured, table
from scenarios.reports.page import Page, methods, opening, said, source, write_page, written
from scenarios.reports.tournament_board import board
from scenarios.reports.tournament_words import (
    answer,
    board_name,
    budget_lines,
    level,
    place_of,
    subtitle,
    team_name,
)
from sim.analysis.experiment.contest import Contest
from sim.locale.words import number, say, sentences

__all__ = ["as_json", "told", "write_tournament_report"]


def told(asked: Question, found: Boards, lang: str) -> Told:
    """Who is first on each board, what the budget came to; then a table a board."""
    lines = [say("named", lang, name=board_name(key, lang), text=sentences(answer(key, one, found.ends, lang), lang))
             for key, one in found.boards.items()]  # fmt: skip
    return [*lines, *budget_lines(asked, found, lang)], [_table(key, one, lang) for key, one in found.boards.items()]


def write_tournament_report(
    asked: Question, found: Boards, folder: str | Path, language: str = "both", formats: Formats = PNG
) -> Path:
    """Write ``report.html`` and ``boards.json`` into ``folder`` and return the page's path."""
    return write_page("tournament.html", folder, language, lambda _, lang: _page(asked, found, lang),
                      {"boards.json": as_json(asked, found)}, formats)  # fmt: skip


def as_json(asked: Question, found: Boards) -> bytes:
    """The boards, what was spent and what was played, for other programs; what is not known is null."""
    tables = {name: json.loads(frame.to_json(orient="records", double_precision=12))
              for name, frame in found.tables().items()}  # fmt: skip
    about = {"hours": asked.hours, "yuan": asked.yuan, "replicates": asked.replicates, "communities": found.n,
             "days": asked.days, "seed": asked.seed, "world": list(asked.world), "out": list(found.over),
             "teams": {team.name: list(team.overrides) for team in asked.teams}}  # fmt: skip
    return (json.dumps({**about, **tables}, ensure_ascii=False, indent=1) + "\n").encode()


def _page(asked: Question, found: Boards, lang: str) -> Page:
    """Everything the template says in one language."""
    return {
        **opening(asked, lang),
        "subtitle": subtitle(asked, lang),
        "boards": [board(key, one, found.ends, lang) for key, one in found.boards.items()],
        "spent": {"lines": budget_lines(asked, found, lang), "table": _spent(found, lang)},
        "played": [(team.name, _played(team.overrides)) for team in asked.teams],
        "limits": said({"limit_model": True, "tournament_limit_sure": True, "tournament_limit_budget": True,
                        "tournament_limit_world": True}, lang),
        "methods": methods("tournament_methods", lang),
        "source": source({"source_world": written(asked.world, lang), "source_seeds": str(asked.replicates),
                          "source_seed": str(asked.seed)}, lang),
    }  # fmt: skip


def _table(key: str, one: Contest, lang: str) -> Table:
    """For the terminal: a row a team, the best mean first."""
    heads = [say(f"tournament_col_{name}", lang) for name in ("place", "mean", "interval", "beside")]
    base, rows = one.teams.index(NOTHING), []
    for k in one.order:
        value, span = level(key, one, k, lang)
        sure = 0 if k == base else one.duels[k, base].sure
        beside = say({1: "tournament_up", -1: "tournament_down", 0: "tournament_same"}[sure], lang) if k != base else ""
        rows.append((team_name(one.teams[k], lang), [cell(text) for text in (place_of(one, k), value, span, beside)]))
    return table(board_name(key, lang), heads, rows, say("tournament_note", lang, n=one.n))


def _spent(found: Boards, lang: str) -> Table:
    heads = [say(f"tournament_col_{name}", lang) for name in ("hours", "most_hours", "yuan", "most_own")]
    rows = [(team_name(team, lang),
             [measured(one.hours.mean, one.hours.low, one.hours.high), cell(number(one.most_hours)),
              measured(one.yuan.mean, one.yuan.low, one.yuan.high), cell(number(one.most_own))])
            for team, one in found.spent.items()]  # fmt: skip
    return table(say("tournament_h_spent", lang), heads, rows, say("tournament_spent_note", lang, n=found.n))


def _played(overrides: tuple[str, ...]) -> str:
    return " ".join(overrides)

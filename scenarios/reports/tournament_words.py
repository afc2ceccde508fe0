"""A tournament in words: what teams and boards are called, and sentences that claim no more than their intervals."""

from __future__ import annotations

from collections.abc import Sequence

from scenarios.experiments.tournament.boards import BOARDS, Boards
from scenarios.experiments.tournament.team import NOTHING
from scenarios.experiments.tournament.tournament import Question
from scenarios.reports.grid import bare, with_unit
from sim.analysis.ceilings import LIVES, Ends, at_bound
from sim.analysis.experiment.contest import Contest
from sim.locale.words import bracket, join, number, say

__all__ = ["about", "answer", "board_name", "budget_lines", "level", "measured_as", "place_of", "subtitle", "team_name"]

_NAMED = 6
"""Teams that a sentence names; all stand on the board."""


def team_name(name: str, lang: str) -> str:
    """The name as the team wrote it; what *nothing* is called in the language."""
    return say("tournament_nothing", lang) if name == NOTHING else name


def board_name(board: str, lang: str) -> str:
    """``Lifetime``."""
    return say(f"tournament_board_{board}", lang)


def about(board: str, lang: str) -> str:
    """What the board counts."""
    return say(f"tournament_about_{board}", lang)


def measured_as(board: str, value: float, lang: str) -> str:
    """A value of the board with its unit."""
    text, unit = number(value, _unit(board)), _unit(board)
    return text if unit == "0 to 1" else with_unit(text, BOARDS[board], lang, difference=False)


def level(board: str, one: Contest, k: int, lang: str) -> tuple[str, str]:
    """A team's mean with its unit, and its limits without; no limits where nothing varies."""
    low, high, unit = one.low[k], one.high[k], _unit(board)
    span = "" if low != low else f"{bare(low, unit)} … {bare(high, unit)}"
    return measured_as(board, one.mean[k], lang), span


def place_of(one: Contest, k: int) -> str:
    """``3`` or ``2–5``: the places that a team may well have."""
    low, high = int(one.place_low[k]), int(one.place_high[k])
    return f"{low}" if low == high else f"{low}–{high}"


def subtitle(asked: Question, lang: str) -> str:
    """Who plays, with what, in how many communities."""
    return say("tournament_subtitle", lang, teams=len(asked.teams), hours=number(asked.hours), yuan=number(asked.yuan),
               days=asked.days, replicates=asked.replicates)  # fmt: skip


def answer(board: str, one: Contest, ends: Ends, lang: str) -> list[str]:
    """Who is first, or may be; who is surely better or worse than doing nothing; where lives come to their end."""
    first = one.first
    best = team_name(one.teams[first[0]], lang)
    value, span = level(board, one, first[0], lang)
    shown = value + bracket(span, lang)
    if one.n < 2:
        return [say("tournament_one", lang, n=one.n)]
    if len(first) == 1:
        lines = [say("tournament_first", lang, team=best, value=shown)]
    elif len(first) == len(one.teams):
        lines = [say("tournament_all_tied", lang, team=best, value=shown)]
    else:
        lines = [say("tournament_tied", lang, k=len(first), teams=_named([one.teams[k] for k in first], lang))]
    base = one.teams.index(NOTHING)
    sure = [one.duels[k, base].sure for k in range(len(one.teams)) if k != base]
    if BOARDS[board] in LIVES and at_bound(BOARDS[board], float(one.mean[first[0]]), ends):
        lines.append(say("tournament_bound", lang, days=f"{ends.days:.0f}"))
    lines.append(say("tournament_beside", lang, better=sure.count(1), worse=sure.count(-1), same=sure.count(0)))
    return lines


def budget_lines(asked: Question, found: Boards, lang: str) -> list[str]:
    """What every team had, and that none spent more; who did is out of the boards."""
    most_hours = max(one.most_hours for one in found.spent.values())
    most_own = max(one.most_own for one in found.spent.values())
    lines = [say("tournament_budget", lang, hours=number(asked.hours), yuan=number(asked.yuan))]
    if found.over:
        lines.append(say("tournament_over", lang, teams=_named(found.over, lang)))
    else:
        lines.append(say("tournament_within", lang, hours=number(most_hours), yuan=number(most_own), n=found.n))
    if most_hours > asked.hours and not found.over:
        lines.append(say("tournament_runs_over", lang))
    if found.n < found.asked:
        lines.append(say("tournament_lacking", lang, n=found.n, asked=found.asked))
    lines += [say("tournament_alike", lang, teams=_named(names, lang)) for names in found.alike]
    return lines


def _named(names: Sequence[str], lang: str) -> str:
    shown = [team_name(name, lang) for name in names[:_NAMED]]
    if len(names) > _NAMED:
        shown.append(say("tournament_more", lang, n=len(names) - _NAMED))
    return join(shown, lang)


def _unit(board: str) -> str:
    from sim.analysis.registry import OUTCOMES

    return OUTCOMES[BOARDS[board]].unit

"""The small tables of a log's board, as texts: joins by route, the members who write most, the rooms."""

from __future__ import annotations

from typing import Any

from scenarios.reports.log_answer import natural_text
from sim.analysis.logs.people import ROUTES
from sim.analysis.logs.summary import LogSummary
from sim.analysis.logs.traits import TRAITS
from sim.locale.words import declared, log_say
from sim.locale.words import number as figure

__all__ = ["board_tables", "member"]

_ROOMS, _ROUTES = 10, 12


def board_tables(log: LogSummary, lang: str) -> list[dict[str, Any]]:
    """Tables with ``title``, ``head`` and ``rows`` of texts; none is empty."""
    found = [("routes", _routes(log, lang)), ("top", _top(log, lang)), ("rooms", _rooms(log, lang)),
             ("beside_one" if len(log.board.rooms) < 2 else "beside_many", _beside(log, lang))]  # fmt: skip
    return [{"title": log_say(f"table_{name}", lang), "head": _head(name, lang), "rows": rows}
            for name, rows in found if rows]  # fmt: skip


def _head(name: str, lang: str) -> list[str]:
    heads = {
        "routes": ("head_route", "head_week", "head_month", "head_all"),
        "top": ("head_member", "head_messages", "head_share", "head_days", "head_last"),
        "rooms": ("head_room", "head_people", "head_messages", "head_last"),
        "beside_one": ("measure", "value", "head_usual", "head_verdict"),
        "beside_many": ("measure", "head_median", "head_up", "head_down"),
    }
    return [log_say(key, lang) for key in heads[name]]


def member(log: LogSummary, author: int, lang: str) -> str:
    """Their name, or their number where the log has numbers."""
    return log.labels.get(author) or log_say("member", lang, n=author)


def _routes(log: LogSummary, lang: str) -> list[list[str]]:
    rows = log.board.routes[:_ROUTES].itertuples(index=False)
    return [[route(str(channel), lang), *(f"{n:,}" for n in counts)] for channel, *counts in rows]


def route(channel: str, lang: str) -> str:
    """A route in words; one the project does not know as the log has it."""
    if channel in ROUTES:
        return log_say(f"route_{channel}", lang)
    return channel or log_say("route_untold", lang)


def _top(log: LogSummary, lang: str) -> list[list[str]]:
    several = len(log.board.rooms) > 1
    return [[_in_group(member(log, int(row.author), lang), row.group, several, lang), f"{row.messages:,}",
             figure(row.share, "share"), f"{row.days}", _ago(row.last, lang)]
            for row in log.board.top.itertuples()]  # fmt: skip


def _in_group(who: str, group: int, several: bool, lang: str) -> str:
    return log_say("member_of", lang, who=who, group=group) if several else who


def _rooms(log: LogSummary, lang: str) -> list[list[str]]:
    """The rooms with most talk this week; of a single room everything is said already."""
    table = log.board.rooms
    if len(table) < 2:
        return []
    return [[f"{row.group}", f"{row.people:,}", f"{row.messages:,}", _ago(row.last, lang)]
            for row in table[:_ROOMS].itertuples()]  # fmt: skip


def _beside(log: LogSummary, lang: str) -> list[list[str]]:
    """Every measure beside real rooms of its size."""
    if log.standing is None:
        return []
    rows = []
    for row in log.standing.table.itertuples():
        value, low, high = (natural_text(x, row.kind) for x in (row.value, row.low, row.high))
        more = [log_say("span", lang, low=low, high=high), log_say(f"word_{row.word}", lang)]
        if len(log.board.rooms) > 1:
            more = [f"{n} / {log.standing.n_rooms}" for n in (row.up, row.down)]
        rows.append([declared(TRAITS[row.measure], lang), value, *more])
    return rows


def _ago(days: int, lang: str) -> str:
    if days < 2:
        return log_say("day_ago" if days else "today", lang)
    return log_say("days_ago", lang, n=days)

"""The people of one group, as the page draws them, and the rules that acted in it on one day.

The community is played once more with its messages recorded: the same question has the same luck, so these are the very
people of the curves.
"""

from __future__ import annotations

import inspect
from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

import numpy as np

from scenarios.errors import UserError
from scenarios.web.diary import COLUMNS, Diary
from scenarios.web.question import Question

if TYPE_CHECKING:
    from scenarios.scenario import Scenario
    from sim.simulation import Engine
    from sim.watched_day import Fired

__all__ = ["people_of", "rules_of"]

_FIGURES = 4


def people_of(question: Question, which: str, group: int) -> dict[str, Any]:
    """Everybody who was ever in a group of the ``first`` or ``second`` arm of a question.

    ``days`` and ``ties`` as in :class:`~scenarios.web.diary.Diary`, whose numbers of persons are used throughout.
    ``spells``: person, day they came and left (−1: they stay), channel, who asked them (−1: nobody), reason, what they
    paid. ``lines``: by day, minute, author (−1: nobody), kind, place of the line of the day it answers (−1: none).

    Raises
    ------
    UserError
        There is no such group.
    """
    from sim.engine.knobs import snake_case
    from sim.lane_choice import lane_for
    from sim.model.kinds import known_kinds
    from sim.model.vocabulary import CHANNELS, REASONS
    from sim.simulation import Engine

    scenario = _scenario(question, which).replace(record="messages")
    engine = Engine(scenario, lane_for(scenario)[0], 1)
    _check_group(engine, group)
    diary = Diary(float(engine.state.worlds["tie_strong"][0]))
    for _ in range(question.days):
        engine.step()
        first, n = (int(engine.state.groups[name][group]) for name in ("first", "n_slots"))
        diary.write(engine.state.members[first : first + n])
    tables = engine.recorder.tables()
    engine.close()
    return {
        "arm": scenario.arm, "group": group, "columns": COLUMNS, "days": diary.days, "ties": diary.ties,
        "roles": [snake_case(role.__name__) for role in scenario.roles], "channels": CHANNELS, "reasons": REASONS,
        "kinds": [*known_kinds()], "people": [*diary.number],
        "spells": _spells(_of(tables["spells"], group), diary.number),
        "lines": _lines(_of(tables["messages"], group), diary.number, question.days),
        "bought": _bought(_of(tables["purchases"], group), diary.number),
    }  # fmt: skip


def rules_of(question: Question, which: str, group: int, day: int) -> dict[str, Any]:
    """``fired``: every rule that acted for somebody in a group on a day, in the order in which they ended, see
    :class:`sim.watched_day.Fired`. ``docs``: what each says of itself.

    Raises
    ------
    UserError
        There is no such group, or no such day.
    """
    from sim.lane_choice import lane_for
    from sim.watched_day import WatchedEngine

    if not 0 <= day < question.days:
        raise UserError(f"day={day + 1} is out of range: it goes from 1 to {question.days}")
    scenario = _scenario(question, which)
    engine = WatchedEngine(scenario, lane_for(scenario)[0], 1)
    _check_group(engine, group)
    engine.watch = (day, group)
    for _ in range(day + 1):
        engine.step()
    engine.close()
    docs = {name: inspect.cleandoc(engine.docs[name]) for name in {one.rule for one in engine.fired}}
    return {"fired": [_written(one) for one in engine.fired], "docs": dict(sorted(docs.items()))}


def _scenario(question: Question, which: str) -> Scenario:
    scenarios = question.composed()
    return scenarios[0 if which == "first" else -1]


def _check_group(engine: Engine, group: int) -> None:
    most = int(engine.state.groups.size)
    if not 0 <= group < most:
        raise UserError(f"group={group + 1} is out of range: it goes from 1 to {most}")


def _of(table: np.ndarray, group: int) -> np.ndarray:
    return table[(table["replicate"] == 0) & (table["group"] == group)]


def _spells(table: np.ndarray, number: dict[int, int]) -> list[list[float]]:
    columns = ("day_joined", "day_left", "channel", "inviter", "reason", "entry_paid")
    found = []
    for row in table:
        came, left, channel, inviter, reason, paid = (row[name].item() for name in columns)
        if (who := number.get(int(row["person"]))) is not None:
            found.append([who, came, left, channel, number.get(inviter, -1), reason, round(paid, 2)])
    return sorted(found)


def _lines(table: np.ndarray, number: dict[int, int], days: int) -> list[list[list[int]]]:
    """By day; who was gone before their first evening has no number, and is told as −1."""
    found: list[list[list[int]]] = [[] for _ in range(days)]
    places: dict[int, tuple[int, int]] = {}
    for row in table:
        day, minute = divmod(int(row["minute"]), 24 * 60)
        answered, place = places.get(int(row["reply_to"]), (-1, -1))
        places[int(row["id"])] = (day, len(found[day]))
        author = number.get(int(row["author"]), -1)
        found[day].append([minute, author, int(row["kind"]), place if answered == day else -1])
    return found


def _bought(table: np.ndarray, number: dict[int, int]) -> list[list[float]]:
    """Day, person, price in CNY."""
    return sorted([row["day"].item(), number[int(row["person"])], round(row["price"].item(), 2)]
                  for row in table if int(row["person"]) in number)  # fmt: skip


def _written(one: Fired) -> dict[str, Any]:
    """Four figures of everything; what is empty is left out."""
    told = {
        "who": one.person, "rule": one.rule, "numbers": _figures(one.numbers.items()),
        "draws": [[what, _figure(u)] for what, u in one.draws],
        "changes": {name: [_figure(value) for value in pair] for name, pair in one.changes.items()},
        "result": None if one.result is None else _figure(one.result),
    }  # fmt: skip
    return {name: value for name, value in told.items() if value not in (None, [], {})}


def _figures(pairs: Iterable[tuple[str, float]]) -> dict[str, float]:
    return {name: _figure(value) for name, value in pairs}


def _figure(value: float) -> float:
    return float(f"{value:.{_FIGURES}g}")

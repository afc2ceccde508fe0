"""What the forms of the page say, checked: how to fit, and what an operator knows of their groups."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any
from urllib.parse import parse_qs

from scenarios.cli.read import zone_of
from scenarios.config import catalog
from scenarios.errors import UserError, shown
from scenarios.experiments.advise.situation import GOALS, Situation, situation_of
from scenarios.experiments.advise.words import WORDS
from scenarios.experiments.options import one_of
from scenarios.web.advice.amounts import Amounts
from scenarios.web.advice.work import FITTED
from scenarios.web.question import number_of

__all__ = ["DAYS", "MEMBERS", "ORDERS", "Form", "as_typed", "fit_of", "fit_usual", "form_of", "log_of",
           "situation_said", "situation_usual"]  # fmt: skip

Form = Mapping[str, Sequence[str]]
ORDERS = ("dmy", "mdy", "ymd")
DAYS = (7, 365)
MEMBERS = 2_000
"""Of a group, as many as a platform has seats."""
_MOST_FIELDS = 300


def form_of(body: bytes) -> dict[str, list[str]]:
    """The fields of a form that was sent.

    Raises
    ------
    UserError
        It is none.
    """
    try:
        return parse_qs(body.decode(), keep_blank_values=True, max_num_fields=_MOST_FIELDS)
    except ValueError:
        raise UserError("what was sent is no form of this page") from None


def log_of(query: Mapping[str, str]) -> tuple[str, str | None]:
    """Time zone and order of dates of a log that is sent.

    Raises
    ------
    UserError
        There is no such zone, or no such order.
    """
    zone, order = query.get("zone", "") or "UTC", query.get("order", "")
    return zone_of("zone", shown(zone)), one_of(*ORDERS)("order", order) if order else None


def as_typed(form: Form, usual: Mapping[str, Any]) -> dict[str, Any]:
    """What a form says, right or wrong, to be shown once more."""
    said = {name: values[-1] for name, values in form.items()}
    found = {name: said.get(name, value) for name, value in usual.items()}
    if "matters" in usual:
        found["matters"] = {goal: said.get(goal, value) for goal, value in usual["matters"].items()}
        found["without"] = [*form.get("without", ())]
    return found


def fit_usual(amounts: Amounts) -> dict[str, Any]:
    """What the form of a fit offers first."""
    return {"kind": "learners", "members": 0, "simulations": amounts.simulations[0]}


def fit_of(form: Form, amounts: Amounts) -> dict[str, Any]:
    """The world it starts from, people in each group when the log begins (0: groups begin with it), and how many logs.

    Raises
    ------
    UserError
        Naming what is wrong.
    """
    said = {name: values[-1] for name, values in form.items()}
    members = number_of(said, "members", MEMBERS, 0)
    simulations = number_of(said, "simulations", amounts.simulations[-1], amounts.simulations[0])
    return {"kind": _kind(said.get("kind", "")), "members": 2 if members == 1 else members, "simulations": simulations}


def situation_usual() -> dict[str, Any]:
    """What the form of the situation offers first."""
    usual = Situation()
    return {name: getattr(usual, name) for name in ("kind", "groups", "people", "hours", "yuan", "days")} | {
        "matters": dict(usual.matters), "without": []}  # fmt: skip


def situation_said(form: Form, amounts: Amounts, is_fitted: bool) -> dict[str, Any]:
    """The situation as :func:`~scenarios.experiments.advise.situation.situation_of` reads it; ``is_fitted``: the kind
    may be what was fitted to the log, which is no scenario.

    Raises
    ------
    UserError
        Naming what is wrong, or that it is too much for the page.
    """
    one = {name: values[-1] for name, values in form.items()}
    kind = one.get("kind", "")
    kind = kind if is_fitted and kind == FITTED else _kind(kind)
    found: dict[str, Any] = {
        "groups": number_of(one, "groups", amounts.groups), "people": number_of(one, "people", MEMBERS, 0),
        "hours": _number(one, "hours"), "yuan": _number(one, "yuan"), "days": number_of(one, "days", DAYS[1], DAYS[0]),
        "matters": {goal: _number(one, goal) for goal in GOALS}, "without": [*form.get("without", ())],
    }  # fmt: skip
    if (size := found["groups"] * found["days"]) > amounts.group_days:
        raise UserError(f"{size} days of groups are too many for advice on the page ({amounts.group_days} at most); "
                        "take fewer groups or days, or ask `shequn advise`")  # fmt: skip
    if not catalog.strategies().keys() - {"nothing", *found["without"]}:
        raise UserError("every strategy is ruled out; leave at least one")
    situation_of(found if kind == FITTED else {"kind": kind, **found}, "advice")
    return {"kind": kind, **found}


def _kind(name: str) -> str:
    return one_of(*catalog.options("scenario"))("kind", name)


def _number(form: Mapping[str, str], name: str) -> float:
    read: Any = WORDS["hours"]
    found: float = read(name, form.get(name, ""))
    return found

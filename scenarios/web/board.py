"""The board: what every strategy did in the model, by family, on one scale; a link puts it into an arm of the page."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from functools import cache
from importlib.resources import files
from typing import Any
from urllib.parse import urlencode

from jinja2 import Environment, Template

from scenarios.config import catalog
from scenarios.errors import UserError
from scenarios.reports.grid import Cell, measured, with_unit
from scenarios.strategies.base import Strategy
from scenarios.strategies.expected import Expected
from scenarios.strategies.families import FAMILIES
from scenarios.strategies.measured import Measured
from scenarios.strategies.measured import measured as kept
from scenarios.strategies.plans import PLANS, Plan
from scenarios.web.arm import Arm
from scenarios.web.chooser import about_strategy
from scenarios.web.question import Question
from sim.analysis.registry import OUTCOMES
from sim.locale.catalogue import html_code
from sim.locale.messages import message
from sim.locale.speaking import speaking
from sim.locale.words import arm_label, bracket, commas, declared, languages, say, world_label

__all__ = ["board", "place_on_axis"]

_TICKS = (-100.0, -10.0, -1.0, 0.0, 1.0, 10.0, 100.0, 1000.0)
"""Of the axis, in multiples of the smallest difference worth naming; what lies beyond is drawn at its end."""
_MARGIN = 7.0
_WAYS = {1: "more", -1: "less", 0: "same"}


@dataclass(frozen=True)
class Trial:
    """An expectation of a strategy, and what came of it at the strongest dose; nothing where it was not played."""

    expected: Expected
    row: Measured | None

    @property
    def dose(self) -> str:
        """As ``arms=`` writes it."""
        return self.row.words["dose"] if self.row else ""


def board(query: Mapping[str, str], lang: str) -> str:
    """The board as HTML. The question of the link goes along with every link; a mistake in it is told."""
    with speaking(lang):
        mistake, question = "", Question()
        try:
            question = Question.read(query)
        except UserError as error:
            mistake, question = message(str(error)), Question()
        asked = {"family": _known(query.get("family", ""), FAMILIES),
                 "outcome": _known(query.get("outcome", ""), OUTCOMES)}  # fmt: skip
        here = {one: query[one] for one in ("day", "guess", "drawn", "follow") if one in query}
        return _template().render(
            say=say, lang=lang, html=html_code(lang), mistake=mistake, asked=asked, n=_most_communities(),
            families=_shown(asked, question, lang), choices=_choices(lang), back=_page(question, lang, **here),
            heads={key: say(f"effects_col_{key}", lang) for key in ("effect", "verdict", "money", "hours")},
            hidden={**question.said, **here, "lang": lang},
            others={one: f"/board?{urlencode({**question.said, **here, **asked, 'lang': one})}" for one in languages()},
            ticks=[(place_on_axis(tick), f"{tick:,.0f}".replace("-", "−")) for tick in _TICKS],
        )  # fmt: skip


def place_on_axis(times: float) -> float:
    """Where a multiple of the smallest difference worth naming lies, in per cent of the axis: even up to ±1, beyond
    that each step is tenfold.
    """
    ends = [_stretched(tick) for tick in (_TICKS[0], _TICKS[-1])]
    along = (min(max(_stretched(times), ends[0]), ends[1]) - ends[0]) / (ends[1] - ends[0])
    return round(_MARGIN + (100.0 - 2 * _MARGIN) * along, 2)


def _stretched(times: float) -> float:
    return times if abs(times) <= 1 else math.copysign(1 + math.log10(abs(times)), times)


@cache
def _template() -> Template:
    text = (files("scenarios.web") / "templates" / "board.html").read_text("utf-8")
    return Environment(autoescape=True).from_string(text)


def _known(said: str, known: Iterable[str]) -> str:
    """What a link asks for, if there is such a thing; else everything is shown."""
    return said if said in known else ""


@cache
def _all() -> dict[str, dict[str, list[Trial]]]:
    """Family, strategy, and what was expected of it; in the order in which families are told."""
    made: dict[str, type[Strategy] | Plan] = {**catalog.strategies(), **PLANS}
    family, found = catalog.families(), {one: {} for one in FAMILIES}  # type: ignore[var-annotated]
    for name in catalog.options("strategy"):
        if name != "nothing":
            one = made.get(name)
            found[family[name]][name] = [_trial(name, said, one.doses) for said in one.expected] if one else []
    return {family: strategies for family, strategies in found.items() if strategies}


def _trial(name: str, one: Expected, doses: Any) -> Trial:
    rows = [row for row in kept(name, one, doses) if row.words["verdict"] and math.isfinite(row.values["difference"])]
    return Trial(one, rows[-1] if rows else None)


def _trials() -> list[Trial]:
    return [one for strategies in _all().values() for trials in strategies.values() for one in trials]


def _choices(lang: str) -> dict[str, list[tuple[str, str]]]:
    """What the filter offers: families, and outcomes by what they are called."""
    outcomes = {one.expected.outcome for one in _trials()}
    return {"family": [(one, say(f"family_{one}", lang)) for one in _all()],
            "outcome": sorted(((one, _outcome(one, lang)) for one in outcomes), key=lambda pair: pair[1])}  # fmt: skip


def _most_communities() -> int:
    return max((int(one.row.values["n"]) for one in _trials() if one.row), default=0)


def _outcome(name: str, lang: str) -> str:
    return declared([OUTCOMES[name].en, OUTCOMES[name].zh], lang)


def _shown(asked: Mapping[str, str], question: Question, lang: str) -> list[tuple[str, list[dict[str, Any]]]]:
    """Families with the strategies that are asked for, as the template tells them."""
    found = []
    for family, strategies in _all().items():
        cards = [_card(name, trials, question, lang) for name, trials in strategies.items()
                 if not asked["outcome"] or asked["outcome"] in {one.expected.outcome for one in trials}]  # fmt: skip
        if cards and asked["family"] in ("", family):
            found.append((say(f"family_{family}", lang), sorted(cards, key=lambda card: card["title"])))
    return found


def _card(name: str, trials: list[Trial], question: Question, lang: str) -> dict[str, Any]:
    """A strategy: what it is called and does, links at each of its doses, and a row for each expectation."""
    doses = dict.fromkeys(one.dose for one in trials) or {"": None}
    made = catalog.strategies().get(name) or PLANS.get(name)
    links = [{"dose": dose.replace(",", ", "), "arms": _links(name, dose, question, lang),
              "there": _there(name, [one for one in trials if one.dose == dose], lang)} for dose in doses]  # fmt: skip
    rows = [_row(one, len(doses) > 1, lang) for one in trials]
    return {"title": arm_label(name, lang), "id": made.id if made else "", "about": about_strategy(name),
            "links": links, "rows": rows}  # fmt: skip


def _links(name: str, dose: str, question: Question, lang: str) -> list[dict[str, str]]:
    """Where the strategy goes into an arm; nowhere where it does not fit in, with what the matter is."""
    found = []
    for which in ("first", "second"):
        arm = Arm.read(getattr(question, which))
        arm.put(name, dict(part.split("=", 1) for part in dose.split(",") if part and not catalog.is_plan(name)))
        text = say(f"player.{which}_arm", lang)
        whole = say("named", lang, name=arm_label(name, lang), text=text)
        label = {"arm": which, "text": text, "label": whole + bracket(dose, lang)}
        try:
            changed: dict[str, Any] = {which: Arm.read(arm.text).text}
            found.append({**label, "to": _page(replace(question, **changed), lang)})
        except UserError as error:
            found.append({**label, "wrong": message(str(error))})
    return found


def _there(name: str, trials: list[Trial], lang: str) -> str:
    """The address of the page that plays a dose against what it was compared with, in the world it was tried in; none
    where that had settings that the page has no fields for.
    """
    for one in trials:
        expected = one.expected
        if one.dose and not expected.settings:
            arms = [[expected.against], [f"{name}.{one.dose}" if not catalog.is_plan(name) else name]]
            first, second = ("+".join(filter(None, [*arm, expected.beside])).replace("nothing+", "") for arm in arms)
            return _page(Question(expected.world, first, second, days=expected.days, groups=10, communities=8), lang)
    return ""


def _page(question: Question, lang: str, **more: str) -> str:
    """The address of the page with a question."""
    return f"/?{urlencode({**question.said, 'lang': lang, **more})}"


def _row(one: Trial, with_dose: bool, lang: str) -> dict[str, Any]:
    """What a row says: the outcome and the way expected, where, the dot with its interval, and numbers."""
    expected = one.expected
    where = [world_label(expected.world, lang), *expected.settings, *([one.dose] if with_dose else [])]
    for key in ("beside", "against"):
        if (said := getattr(expected, key)) not in ("", "nothing"):
            where.append(say(f"app_board_{key}", lang, name=arm_label(said, lang)))
    told = {"what": _outcome(expected.outcome, lang), "way": say(f"effects_{_WAYS[expected.sign]}", lang),
            "where": commas(where, lang)}  # fmt: skip
    return told | (_numbers(one.row, expected.outcome, lang) if one.row else {})


def _numbers(row: Measured, outcome: str, lang: str) -> dict[str, Any]:
    values, unit = row.values, OUTCOMES[outcome].unit
    times = [_times(values[name], values["least"]) for name in ("low", "difference", "high")]
    effect = measured(values["difference"], values["low"], values["high"], unit, sign=True,
                      more=say("pairs_n", lang, n=int(values["n"])))  # fmt: skip
    return {
        "dot": [place_on_axis(one) for one in times], "is_filled": row.words["verdict"] == "as_expected",
        "effect": {**effect, "value": with_unit(effect["value"], outcome, lang)},
        "verdict": say(f"effects_v_{row.words['verdict']}", lang),
        "profit": _limited(values, "profit_month"), "hours": _limited(values, "hours_month"),
    }  # fmt: skip


def _times(difference: float, least: float) -> float:
    """Multiples of the smallest difference worth naming, beyond every scale where none is too small to be named."""
    if least > 0:
        return difference / least
    return math.copysign(math.inf, difference) if difference else 0.0


def _limited(values: Mapping[str, float], key: str) -> Cell:
    return measured(values[key], values[f"{key}_low"], values[f"{key}_high"], sign=True)

"""The page as HTML: the log, the fit, the situation, the advice, each as far as it has come. It may be asked for again
at any time; whatever a visitor typed last stands in the forms.
"""

from __future__ import annotations

import math
import time
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache
from importlib.resources import files
from typing import Any

from jinja2 import Environment, FunctionLoader, Template

from scenarios.config import catalog
from scenarios.experiments.advise.situation import GOALS
from scenarios.web.advice.amounts import Amounts
from scenarios.web.advice.case import STAGES, Case, Stage, left_of
from scenarios.web.advice.fields import DAYS, MEMBERS, ORDERS, fit_usual, situation_usual
from scenarios.web.advice.work import FITTED
from scenarios.web.by_family import by_family
from sim.exchange.date_order import day_of
from sim.locale.catalogue import html_code
from sim.locale.messages import message
from sim.locale.speaking import speaking
from sim.locale.words import commas, languages, say, world_label

__all__ = ["GONE", "Shown", "advice_page", "far"]

GONE = "app_advice_gone"
_MINUTE = 60.0
_HOMES = {"grid.html": "scenarios.reports", "advice.html": "scenarios.web"}


@dataclass(frozen=True)
class Shown:
    """A case (None: nothing has begun) as it is shown: how many wait ``before`` it, ``mistakes`` of what was just sent
    by stage, what was ``typed`` there, and whether what the address asks for is ``gone``.
    """

    case: Case | None
    amounts: Amounts
    before: int = 0
    mistakes: Mapping[str, str] = field(default_factory=dict)
    typed: Mapping[str, Mapping[str, Any]] = field(default_factory=dict)
    is_gone: bool = False


def advice_page(shown: Shown, lang: str) -> str:
    """The page in a language."""
    case = shown.case
    with speaking(lang):
        stages = case.stages if case else {name: Stage(name) for name in STAGES}
        mistakes = {name: _mistake(shown.mistakes.get(name, "") or stages[name].mistake) for name in STAGES}
        fitted = bool(case and case.done("fit"))
        return _template().render(
            say=say, lang=lang, html=html_code(lang), case=case, stages=stages, mistakes=mistakes, gone=shown.is_gone,
            others={one: _address(case, one) for one in languages()}, amounts=shown.amounts, far=far(shown, lang),
            formats=commas([one.title[lang == "zh"] for one in _formats()], lang), log=_log(stages["log"], lang),
            undecided=_undecided(stages["log"], lang), kinds=_kinds(lang), families=by_family(lang),
            orders=[(one, say(f"app_advice_order_{one}", lang)) for one in ORDERS],
            fit={**fit_usual(shown.amounts), **stages["fit"].said, **shown.typed.get("fit", {})},
            asked=_asked(shown, stages, fitted), goals={goal: say(f"app_advice_goal_{goal}", lang) for goal in GOALS},
            fitted=FITTED if fitted else "", days=DAYS, members=MEMBERS,
        )  # fmt: skip


def far(shown: Shown, lang: str, now: float | None = None) -> dict[str, Any]:
    """How far what is worked on has come, in words, and as numbers where it can be told: ``done`` of ``of``."""
    stage = _busy(shown.case)
    if shown.case is None or stage is None:
        return {"text": ""}
    if stage.state == "waiting" and shown.before:
        return {"text": say("app_advice_before", lang, n=shown.before)}
    told = shown.case.progress() if stage.state == "going" else {}
    if not told:
        return {"text": say(f"app_advice_begins_{stage.name}", lang)}
    parts = [say("app_advice_far", lang, done=f"{told['done']:,}", of=f"{told['of']:,}")]
    if told["done"] >= told["of"]:
        parts = [say("app_advice_writes", lang)]
    elif (left := left_of(told, time.time() if now is None else now)) is not None:
        minutes = math.ceil(left / _MINUTE)
        parts.append(say("app_advice_left", lang, n=minutes) if minutes > 1 else say("app_advice_soon", lang))
    return {"text": commas(parts, lang), "done": told["done"], "of": told["of"]}


def _busy(case: Case | None) -> Stage | None:
    return next((stage for stage in case.stages.values() if stage.is_busy), None) if case else None


def _mistake(english: str) -> str:
    """What and cure, in one line."""
    lines = message(english).split("\n")
    return " — ".join(line.strip() for line in lines if line.strip())


def _address(case: Case | None, lang: str) -> str:
    return f"/advice?job={case.key}&lang={lang}" if case else f"/advice?lang={lang}"


@cache
def _template() -> Template:
    def source(name: str) -> str:
        return (files(_HOMES[name]) / "templates" / name).read_text("utf-8")

    world = Environment(autoescape=True, loader=FunctionLoader(source))
    world.filters["plain"] = lambda value: f"{value:g}" if isinstance(value, float) else value
    return world.get_template("advice.html")


def _formats() -> list[Any]:
    from sim.exchange.registry import formats

    return [*formats().values()]


def _log(stage: Stage, lang: str) -> list[tuple[str, str]]:
    """What was recognised, by what it is called."""
    found = stage.found
    if stage.state != "done" or not found:
        return []
    title = found["format"][lang == "zh"] if found["format"] else say("app_advice_own_table", lang)
    values = {"format": title, **{name: f"{found[name]:,}" for name in ("rooms", "members", "messages")},
              "span": say("app_advice_span", lang, first=found["first"], last=found["last"]), "zone": found["zone"]}
    if not found["has_zone"]:
        values["zone"] = say("app_advice_zone_taken", lang, zone=found["zone"])
    if found["order"]:
        values["order"] = say(f"app_advice_order_{found['order']}", lang)
    return [(say(f"app_advice_log_{name}", lang), value) for name, value in values.items()]


def _undecided(stage: Stage, lang: str) -> list[tuple[str, str]]:
    """Orders of dates that a log may have, each with what a date of the log would be."""
    date = stage.found.get("date", ())
    found = []
    for order in stage.found.get("orders", ()):
        day = day_of(tuple(date), order)
        if day is not None:
            told = time.strftime("%Y-%m-%d", time.gmtime(day))
            text = say("app_advice_means", lang, date="/".join(map(str, date)), day=told)
            found.append((order, say("named", lang, name=say(f"app_advice_order_{order}", lang), text=text)))
    return found


def _kinds(lang: str) -> list[tuple[str, str]]:
    return [(name, world_label(name, lang)) for name in catalog.options("scenario")]


def _asked(shown: Shown, stages: Mapping[str, Stage], is_fitted: bool) -> dict[str, Any]:
    """The situation as the form shows it: what was typed, else what was asked, else what is usual for such a log."""
    usual = situation_usual()
    if rooms := stages["log"].found.get("rooms", 0):
        usual["groups"] = min(rooms, shown.amounts.groups)
    if is_fitted:
        usual |= {"kind": FITTED, "people": stages["fit"].said["members"]}
    return {**usual, **stages["advice"].said, **shown.typed.get("advice", {})}

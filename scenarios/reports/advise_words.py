"""Advice in words: what a plan is called, what to do when, and sentences that claim no more than their intervals."""

from __future__ import annotations

import math
import re
from collections.abc import Sequence
from typing import Any

import yaml

from scenarios.config import catalog
from scenarios.experiments.advise.advise import Advice, Found, Question
from scenarios.experiments.advise.final import drawn, trial_days, watched
from scenarios.experiments.advise.menu import STAGES, Move, Plan
from scenarios.reports.grid import interval
from sim.analysis.experiment.advice import LEAST_GROUPS
from sim.analysis.experiment.over_worlds import OverWorlds
from sim.engine.knobs import Knob
from sim.locale.catalogue import SOURCE
from sim.locale.docstrings import first_sentence
from sim.locale.speaking import speaking, told
from sim.locale.words import (
    arm_label,
    bracket,
    commas,
    is_money,
    join,
    number,
    say,
    semicolons,
    with_currency,
    world_label,
)

__all__ = ["cost", "else_where", "gain", "left_out", "plan_name", "situation", "steps", "trial", "worth"]

_NAMED = 20
"""Numbers of groups that a sentence names; all stand in lot.csv."""
_LITTLE = 0.005

_DATES = {"day": "advise_on_day", "hour": "advise_at_hour"}
"""Units of what is no amount but a point in time, and how it is told."""
_NAMES = re.compile(r"``(.+?)``( CNY| ?元)?(?=([\u4e00-\u9fff])?)")
"""A knob in a docstring, the currency after it, and a Chinese character after that."""
_PLURAL = re.compile(r"(?<![\d.,])1 ([a-z]+)s\b")
_EVERY = re.compile(r"\b([Ee]very) 1(?= day\b)|(每) 1 (?=天)")

_WHEN = dict(zip(STAGES, ("later", "first", "decline"), strict=True))  # ends of keys of texts


def plan_name(plan: Plan, lang: str) -> str:
    """``Red packets (5 CNY) and Fixed-time content (1 posts/day, from day 31)``."""
    return join([_name(move, lang) for move in plan], lang)


def _name(move: Move, lang: str) -> str:
    values = [text for knob, value in _doses(move) if (text := _value(knob, value, lang))]
    when = [say(f"advise_short_{_WHEN[move.stage]}", lang)] if move.stage else []
    return arm_label(move.strategy, lang) + bracket(commas([*values, *when], lang), lang)


def steps(plan: Plan, lang: str) -> list[tuple[str, list[str]]]:
    """When (from day 1 on, at a stage), and what to do then, in sentences."""
    found = {stage: [move for move in plan if move.stage == stage] for stage in ("", *STAGES)}
    heads = ("advise_always", *(f"advise_stage_{when}" for when in _WHEN.values()))
    return [(say(head, lang), [_step(move, lang) for move in moves])
            for head, moves in zip(heads, found.values(), strict=True) if moves]  # fmt: skip


def _step(move: Move, lang: str) -> str:
    """What a strategy does, in a sentence with its doses in place, and what they are."""
    made = catalog.strategies()[move.strategy]
    with speaking(lang):
        values = {**{name: knob.default for name, knob in made.own_knobs().items()},
                  **{knob.name: value for knob, value in _doses(move)}}  # fmt: skip
        what = _NAMES.sub(lambda found: _put(made.own_knobs(), values, found, lang), first_sentence(made.__doc__ or ""))
        doses = [say("named", lang, name=told(knob.doc), text=_value(knob, value, lang) or _word(value, lang))
                 for knob, value in _doses(move)]  # fmt: skip
    return say("advise_step", lang, name=arm_label(move.strategy, lang), what=_one(what, lang),
               doses=bracket(semicolons(doses, lang), lang))  # fmt: skip


def _put(knobs: dict[str, Knob[Any]], values: dict[str, Any], found: re.Match[str], lang: str) -> str:
    """The value in place of a knob's name; money says its currency itself. What is no number stands as it is."""
    knob = knobs.get(found[1])
    if knob is None or isinstance(values[found[1]], bool | str):
        return found[1] + (found[2] or "")
    if is_money(knob.unit):
        return _value(knob, values[found[1]], lang) + (" " if found[2] and found[3] else "")
    if knob.unit == "share":
        return _value(knob, values[found[1]], lang) + (found[2] or "")
    return f"{values[found[1]]:,g}" + (found[2] or "")


def _one(text: str, lang: str) -> str:
    """One of a kind as people say it: ``1 day`` for ``1 days``, and ``every day`` for one every day."""
    if lang == SOURCE:
        text = _PLURAL.sub(r"1 \1", text)
    return _EVERY.sub(r"\1\2", text)


def _word(value: object, lang: str) -> str:
    """What is no number, in a word."""
    if isinstance(value, bool):
        return say("log.yes" if value else "log.no", lang)
    return told(str(value))


def _doses(move: Move) -> list[tuple[Knob[Any], Any]]:
    """Knobs of its own, and what they stand at."""
    knobs = catalog.strategies()[move.strategy].own_knobs()
    said = (part.partition("=") for part in move.dose if part not in STAGES)
    return [(knobs[name], yaml.safe_load(value)) for name, _, value in said if name in knobs]


def _value(knob: Knob[Any], value: object, lang: str) -> str:
    """With its unit; nothing of what is no number."""
    if isinstance(value, bool) or not isinstance(value, int | float):
        return ""
    if knob.unit == "share":
        return f"{100 * value:,g} %"
    if is_money(knob.unit):
        return with_currency(f"{value:,g}", knob.unit, lang)
    if knob.unit in _DATES:
        return say(_DATES[knob.unit], lang, n=f"{value:,g}")
    with speaking(lang):
        return _one(f"{value:,g} {told(knob.unit).replace('1/', 'a ')}".rstrip(), lang)


def situation(asked: Question, lang: str) -> str:
    """The groups, what there is to spend, and on what it was played."""
    one = asked.situation
    return say("advise_situation", lang, kind=world_label(one.kind, lang), groups=one.groups, hours=number(one.hours),
               yuan=number(one.yuan), days=one.days, sets=asked.sets)  # fmt: skip


def gain(one: Advice, place: int, lang: str) -> str:
    """``1. Fixed-time content: 1.8 times as much …``; a gain is called one only where its interval leaves 0 out."""
    times = {name: _times(value) for name, value in (("times", one.score.mean), ("low", one.score.low),
                                                     ("high", one.score.high))}  # fmt: skip
    key = "advise_sure" if one.is_sure else "advise_unsure" if one.score.low == one.score.low else "advise_no_interval"
    return say(key, lang, place=place, plan=plan_name(one.plan, lang), **times)


def worth(one: Advice, lang: str) -> list[str]:
    """What it may be in the reader's own world."""
    low, high = one.one_world
    lines = [] if math.isnan(low) else [say("advise_one_world", lang, low=_times(low), high=_times(high))]
    worse = sum(value < 0 for value in one.score.worlds)
    if worse:
        lines.append(say("advise_worse", lang, worse=worse, sets=len(one.score.worlds)))
    return lines


def cost(asked: Question, one: Advice, lang: str) -> list[str]:
    """Hours and yuan with intervals, and that they lie within what there is."""
    spent = one.spent
    return [say("advise_cost", lang, hours=_spanned(spent.hours, lang), yuan=_spanned(spent.yuan, lang)),
            say("advise_budget", lang, hours=number(spent.most_hours), yuan=number(spent.most_own)),
            *([say("advise_over", lang)] if spent.most_hours > asked.situation.hours else [])]  # fmt: skip


def else_where(one: Advice, lang: str) -> str:
    """The regret if the world is another."""
    lost = 1 - math.exp(-one.regret)
    if lost < _LITTLE:
        return say("advise_no_regret", lang)
    return say("advise_regret", lang, regret=number(lost, "share"))


def left_out(found: Found, lang: str) -> list[str]:
    """What the first could not be told from, and what would cost too much."""
    lines = []
    if found.alike:
        names = semicolons([plan_name(plan, lang) for plan in found.alike], lang)
        lines.append(say("advise_alike", lang, plans=names))
    if found.dear:
        lines.append(say("advise_dear", lang, plans=semicolons([plan_name(plan, lang) for plan in found.dear], lang)))
    return lines


def trial(asked: Question, one: Advice, lang: str) -> list[str]:
    """Which groups, what to watch, how long, and the chance of seeing it."""
    if math.isnan(one.seen):
        return [say("advise_no_trial", lang)]
    lot, groups = drawn(asked), asked.situation.groups
    lines = [
        say("advise_lot", lang, tried=len(lot), groups=groups, numbers=_numbers(lot, lang)),
        say("advise_keep", lang, days=trial_days(asked)),
        say("advise_watch_sales" if watched(asked) == "revenue" else "advise_watch_lines", lang),
    ]  # fmt: skip
    if groups < LEAST_GROUPS:
        return [*lines, say("advise_too_few", lang, least=LEAST_GROUPS)]
    lines.append(say("advise_seen", lang, seen=number(one.seen, "share"), days=trial_days(asked)))
    return [*lines, *([say("advise_seldom", lang)] if one.seen < 0.5 else [])]


def _numbers(lot: Sequence[int], lang: str) -> str:
    """Those that a sentence has room for."""
    if len(lot) <= _NAMED:
        return join([str(one) for one in lot], lang)
    return say("advise_more", lang, numbers=commas([str(one) for one in lot[:_NAMED]], lang), n=len(lot) - _NAMED)


def _times(score: float) -> str:
    return number(math.exp(score)) if score == score else number(math.nan)


def _spanned(found: OverWorlds, lang: str) -> str:
    """A level with its interval, where it has one."""
    if math.isnan(found.low) or found.low == found.high:
        return number(found.mean)
    return number(found.mean) + bracket(interval(number(max(found.low, 0.0)), number(found.high), lang), lang)

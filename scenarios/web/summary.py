"""What is played, in words: the setting and both arms with their doses, always in sight above the player."""

from __future__ import annotations

from collections.abc import Mapping

from scenarios.config import catalog
from scenarios.web.arm import Arm, written
from scenarios.web.question import Question
from sim.engine.knobs import Knob
from sim.locale.words import arm_label, bracket, commas, say, unit_label, world_label

__all__ = ["arm_in_words", "setting_in_words"]


def setting_in_words(question: Question, lang: str) -> str:
    """Scenario, size and luck."""
    return say("app_summary", lang, scenario=world_label(question.scenario, lang), groups=question.groups,
               communities=question.communities, days=question.days, seed=question.seed)  # fmt: skip


def arm_in_words(arm: Arm, lang: str) -> str:
    """Its strategies, each with all the doses it is played at: ``Size cap (limit 100 members)``."""
    said = [arm_label(name, lang) + bracket(_doses(arm, name, lang), lang) for name in arm.chosen]
    return " + ".join(said) or arm_label("nothing", lang)


def _doses(arm: Arm, name: str, lang: str) -> str:
    """Its own knobs, and those of its window that are given."""
    if catalog.is_plan(name):
        return ""
    made = catalog.strategies()[name]
    knobs: Mapping[str, Knob] = made.own_knobs() | {key: made.knobs()[key] for key in arm.chosen[name]}
    units = {key: "" if knob.unit in ("day", "hour") else unit_label(knob.unit, lang) for key, knob in knobs.items()}
    return commas([f"{key} {written(arm.value(name, key))} {unit}".strip() for key, unit in units.items()], lang)

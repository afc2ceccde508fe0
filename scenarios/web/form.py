"""The form: a preset, scenario, size and luck, and the strategies and doses of both arms."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Any

from nicegui import ui

from scenarios.config import catalog
from scenarios.web.arm import Arm
from scenarios.web.chooser import chooser
from scenarios.web.doses import Doses
from scenarios.web.parts import named, words
from scenarios.web.presets import PRESETS, preset_of
from scenarios.web.question import LIMITS, Question
from sim.locale.speaking import speaking
from sim.locale.words import say, world_label

__all__ = ["Form"]


class Form:
    """Whatever is changed, ``asked`` is called with the question as it is then."""

    def __init__(
        self, question: Question, arms: Mapping[str, Arm], lang: str, asked: Callable[[Question], None]
    ) -> None:
        self.question, self.arms, self.lang, self._asked = question, arms, lang, asked

    def build(self) -> None:
        """All fields."""
        with named(ui.element("section").classes("form"), aria_label=say("app_setting", self.lang)):
            self._presets()
            self._world()
            for which in ("first", "second"):
                self._arm(which)

    def ask(self, **changes: Any) -> None:
        """What is asked now; the sentence of a preset goes with the preset."""
        changes |= {which: arm.text for which, arm in self.arms.items()}
        self.question = replace(self.question, **changes)
        name = preset_of(self.question)
        self._box.set_value(name or None)
        self._watch.text = _watch(name, self.lang)
        self._asked(self.question)

    def _presets(self) -> None:
        """A choice leads to the address of its question, so that the way back is the browser's own."""
        lang, now = self.lang, preset_of(self.question)
        offered = {name: say(f"app_preset_{name}", lang) for name in PRESETS}
        self._box = ui.select(offered, value=now or None, label=say("app_presets", lang)).classes("wide")
        self._box.on_value_change(lambda event: self._go(event.value))
        self._watch = words("p", _watch(now, lang), "watch", id="watch")

    def _go(self, name: str | None) -> None:
        if name and name != preset_of(self.question):
            ui.navigate.to(f"/?{PRESETS[name].question.link}&lang={self.lang}")

    def _world(self) -> None:
        lang = self.lang
        worlds = {name: world_label(name, lang) for name in catalog.options("scenario")}
        ui.select(worlds, value=self.question.scenario, label=say("app_scenario", lang),
                  on_change=lambda event: self.ask(scenario=event.value)).classes("wide")  # fmt: skip
        with ui.element("div").classes("numbers"):
            for name in ("groups", "days", "communities"):
                self._number(name)
            self._seed = self._number("seed")
        ui.button(say("app_dice", lang), on_click=self._roll).props("outline no-caps")

    def _number(self, name: str) -> ui.number:
        low, high = LIMITS[name]
        span = say("app_span", self.lang, low=f"{low:,}", high=f"{high:,}")

        def fits(value: float | None) -> bool:
            return value is not None and low <= value <= high and value == int(value)

        def change(event: Any) -> None:
            if fits(event.value):
                self.ask(**{name: int(event.value)})

        box = ui.number(say(f"app_{name}", self.lang), value=getattr(self.question, name), min=low, max=high,
                        precision=0, on_change=change, validation={span: fits}).props("debounce=500")  # fmt: skip
        box.props["hint"] = span
        return box

    def _roll(self) -> None:
        """Other luck, the same in both arms; its number is told in the field, which asks."""
        self._seed.value = (self.question.seed * 48_271 + 11) % (2**31 - 1)

    def _arm(self, which: str) -> None:
        arm = self.arms[which]
        with ui.element("fieldset").classes(f"arm {which}"):
            words("legend", say(f"player.{which}_arm", self.lang))
            with speaking(self.lang):
                box = chooser([*arm.chosen], self.lang)
            doses = Doses(arm, self.lang, self.ask)

        def choose(names: list[str]) -> None:
            arm.chosen = {name: arm.chosen.get(name, {}) for name in names}
            doses.show()
            self.ask()

        box.on_value_change(lambda event: choose(event.value))


def _watch(name: str, lang: str) -> str:
    """What to watch for in a preset; else what presets are."""
    return say(f"app_preset_{name}_watch", lang) if name else say("app_presets_hint", lang)

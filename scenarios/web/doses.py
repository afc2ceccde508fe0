"""The doses of an arm: what each of its strategies does, a field and a slider for each of its knobs."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from nicegui import ui

from scenarios.cli.texts import knob_span
from scenarios.config import catalog
from scenarios.errors import UserError
from scenarios.strategies.window import Window
from scenarios.web.arm import Arm, reach, usual
from scenarios.web.chooser import about_strategy
from scenarios.web.parts import named, words
from sim.engine.knobs import Knob, Value
from sim.locale.messages import message
from sim.locale.speaking import speaking, told
from sim.locale.words import arm_label, commas, say, unit_label

__all__ = ["Doses"]

_DAYS = ("from_day", "until_day")
"""Knobs of the window that are always offered; another one only where the link gives it."""


class Doses:
    """Below an arm's strategies; ``changed`` is called when a dose is another."""

    def __init__(self, arm: Arm, lang: str, changed: Callable[[], None]) -> None:
        self.arm, self.lang, self.changed = arm, lang, changed
        self.place = ui.element("div")
        self.show()

    def show(self, opened: str = "") -> None:
        """Every strategy that is chosen now, one of them perhaps opened."""
        self.place.clear()
        with self.place, speaking(self.lang):
            for name in self.arm.chosen:
                with ui.expansion(arm_label(name, self.lang), value=name == opened).classes("wide"):
                    words("p", about_strategy(name), "help")
                    if not catalog.is_plan(name):
                        self._knobs(name)

    def _knobs(self, name: str) -> None:
        made = catalog.strategies()[name]
        for knob in made.own_knobs().values():
            self._knob(name, knob, has_slider=True)
        for key, knob in Window.window_knobs().items():
            if key in _DAYS or key in self.arm.chosen[name]:
                self._knob(name, knob, has_slider=False)
        ui.button(say("app_reset", self.lang), on_click=lambda: self._reset(name)).props("flat dense no-caps")

    def _reset(self, name: str) -> None:
        """The doses of the strategy's file. The button that was pressed goes, so what it asks is asked before."""
        self.arm.chosen[name] = {}
        self.changed()
        self.show(opened=name)

    def _knob(self, name: str, knob: Knob[Any], has_slider: bool) -> None:
        label = f"{knob.name} {unit_label(knob.unit, self.lang)}".strip()
        value: Any = self.arm.value(name, knob.name)
        change = self._change(name, knob)
        with ui.element("div").classes("knob"):
            if knob.kind == "yes/no":
                ui.switch(label, value=value, on_change=change)
            elif knob.kind == "choice":
                ui.select([*knob.choices], value=value, label=label, on_change=change).classes("wide")
            else:
                self._number(label, value, knob, has_slider, change)
            usually = usual(name).get(knob.name, knob.default)
            declared = say("app_declared", self.lang, value=f"{usually:,.10g}" if _is_number(usually) else usually)
            words("small", commas([told(knob.doc), knob_span(knob), declared], self.lang))

    def _number(self, label: str, value: Any, knob: Knob[Any], has_slider: bool, change: Callable[[Any], None]) -> None:
        box = ui.number(label, value=value, min=knob.low, max=knob.high, on_change=change).props("debounce=400")
        if has_slider:
            low, high, step = reach(knob)
            slider = ui.slider(min=low, max=max(high, float(value)), step=step).bind_value(box, "value")
            named(slider.props("debounce=300"), aria_label=label)

    def _change(self, name: str, knob: Knob[Any]) -> Callable[[Any], None]:
        def change(event: Any) -> None:
            if event.value is None or name not in self.arm.chosen:
                return
            try:
                self.arm.set(name, knob.name, event.value)
            except UserError as error:
                with speaking(self.lang):
                    ui.notify(message(str(error)), type="negative")
                return
            self.changed()

        return change


def _is_number(value: Value) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool)

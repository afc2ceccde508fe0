"""What stands on the page: a scenario, two arms with their doses, luck and size; the player beside them is a script."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Any

from nicegui import ui

from scenarios.config import catalog
from scenarios.errors import UserError
from scenarios.strategies.families import FAMILIES
from scenarios.web.arm import Arm, reach
from scenarios.web.question import LIMITS, Question
from sim.engine.knobs import Knob, Value
from sim.locale.catalogue import declaration, html_code
from sim.locale.words import arm_label, languages, say, unit_label, world_label

__all__ = ["SCRIPTS", "show"]

SCRIPTS = ("fan.js", "files.js", "people.js", "crowd.js", "chat.js", "diary.js", "rules.js", "app.js")
"""The page's own scripts, in the order in which they need each other; the player's come before them."""

_TEXTS = ("playing", "digest", "lost", "config", "tables", "picture", "question", "open")
_HEAD = """<link rel="preload" as="font" type="font/otf" href="/own/ShequnSansSC.otf" crossorigin>
<link rel="stylesheet" href="/own/player.css"><link rel="stylesheet" href="/own/app.css">
<script src="/own/player.js"></script>""" + "".join(f'<script src="/own/{name}"></script>' for name in SCRIPTS)


def show(query: Mapping[str, str], lang: str) -> None:
    """The page of one visitor, as the link says; a mistake in it is told, and the usual question shown."""
    ui.add_head_html(_HEAD)
    ui.colors(primary="#0072B2", negative="#B3261E")
    mistake = ""
    try:
        question = Question.read(query)
        arms = {"first": Arm.read(question.first), "second": Arm.read(question.second)}
    except UserError as error:
        mistake, question = str(error), Question()
        arms = {"first": Arm(), "second": Arm.read(question.second)}
    Form(question, arms, lang).build(mistake)


class Form:
    """The left side; whatever is changed asks anew, a moment later."""

    def __init__(self, question: Question, arms: dict[str, Arm], lang: str) -> None:
        self.question, self.arms, self.lang = question, arms, lang

    def build(self, mistake: str) -> None:
        """Everything, and the first question."""
        lang = self.lang
        with ui.element("header").classes("top"):
            ui.html(say("app_title", lang), sanitize=False, tag="h1")
            ui.link(say("app_board", lang), f"/board?{self.question.link}&lang={lang}").props('id="board"')
            with ui.element("nav").props(f'aria-label="{say("language_switch", lang)}"'):
                for one in languages():
                    about = f'lang="{html_code(one)}" aria-pressed="{"true" if one == lang else "false"}"'
                    ui.html(say("language", one), sanitize=False, tag="button").props(f'data-lang-to="{one}" {about}')
        with ui.element("div").classes("sides"):
            with ui.element("section").classes("form").props(f'aria-label="{say("app_setting", lang)}"'):
                self._world()
                for which in ("first", "second"):
                    self._arm(which)
            with ui.element("section").classes("show"):
                ui.html("", sanitize=False).props('id="told" role="status" aria-live="polite"')
                ui.html("", sanitize=False).props('id="player"')
                ui.html("", sanitize=False, tag="nav").props(f'id="files" aria-label="{say("app_files", lang)}"')
        texts = {one: say(f"app_{one}", lang) for one in _TEXTS}
        told = {"lang": lang, "html": html_code(lang), "texts": texts, "mistake": mistake}
        ui.run_javascript(f"shequnApp.begin({json.dumps(told)}, {json.dumps(self.question.link)})")

    def ask(self, **changes: Any) -> None:
        """The browser fetches the answer; the address follows."""
        changes |= {which: arm.text for which, arm in self.arms.items()}
        self.question = replace(self.question, **changes)
        ui.run_javascript(f"shequnApp.ask({json.dumps(self.question.link)})")

    def _world(self) -> None:
        lang = self.lang
        worlds = {name: world_label(name, lang) for name in catalog.options("scenario")}
        ui.select(worlds, value=self.question.scenario, label=say("app_scenario", lang),
                  on_change=lambda event: self.ask(scenario=event.value)).classes("wide")  # fmt: skip
        with ui.element("div").classes("numbers"):
            for name in ("groups", "days", "communities", "seed"):
                low, high = LIMITS[name]
                ui.number(say(f"app_{name}", lang), value=getattr(self.question, name), min=low, max=high, precision=0,
                          on_change=self._number(name)).props("debounce=500")  # fmt: skip
        ui.button(say("app_dice", lang), on_click=lambda: self._roll()).props("outline no-caps")

    def _number(self, name: str) -> Callable[[Any], None]:
        def change(event: Any) -> None:
            low, high = LIMITS[name]
            if event.value is not None and low <= event.value <= high:
                self.ask(**{name: int(event.value)})

        return change

    def _roll(self) -> None:
        """Other luck, the same in both arms."""
        self.ask(seed=(self.question.seed * 48_271 + 11) % (2**31 - 1))

    def _arm(self, which: str) -> None:
        lang, arm = self.lang, self.arms[which]
        family = catalog.families()
        names = sorted((name for name in catalog.options("strategy") if name != "nothing"),
                       key=lambda name: (FAMILIES.index(family[name]), arm_label(name, lang)))  # fmt: skip
        options = {name: f"{say(f'family_{family[name]}', lang)} · {arm_label(name, lang)}" for name in names}
        with ui.element("fieldset").classes(f"arm {which}"):
            ui.html(say(f"player.{which}_arm", lang), sanitize=False, tag="legend")
            box = ui.select(options, value=[*arm.chosen], multiple=True, with_input=True,
                            label=say("app_strategies", lang)).classes("wide").props("use-chips")  # fmt: skip
            doses = ui.element("div")
            box.on_value_change(lambda event: self._choose(which, event.value, doses))
            self._doses(which, doses)

    def _choose(self, which: str, names: list[str], doses: ui.element) -> None:
        arm = self.arms[which]
        arm.chosen = {name: arm.chosen.get(name, {}) for name in names}
        self._doses(which, doses)
        self.ask()

    def _doses(self, which: str, place: ui.element) -> None:
        """The knobs of every strategy of an arm: sliders from their ranges, help from what they say of themselves."""
        place.clear()
        with place:
            for name in self.arms[which].chosen:
                if catalog.is_plan(name):
                    continue
                with ui.expansion(arm_label(name, self.lang), value=False).classes("wide"):
                    for knob in catalog.strategies()[name].own_knobs().values():
                        self._knob(which, name, knob)

    def _knob(self, which: str, name: str, knob: Knob[Value]) -> None:
        arm, lang = self.arms[which], self.lang
        help_text, label = declaration(knob.doc, lang), f"{knob.name} {unit_label(knob.unit, lang)}".strip()
        value: Any = arm.value(name, knob.name)

        def change(event: Any) -> None:
            if event.value is None:
                return
            try:
                arm.set(name, knob.name, event.value)
            except UserError as error:
                ui.notify(str(error), type="negative")
                return
            self.ask()

        with ui.element("div").classes("knob"):
            if knob.kind == "yes/no":
                ui.switch(label, value=value, on_change=change)
            elif knob.kind == "choice":
                ui.select([*knob.choices], value=value, label=label, on_change=change).classes("wide")
            else:
                low, high, step = reach(knob)
                box = ui.number(label, value=value, min=knob.low, max=knob.high, on_change=change).props("debounce=400")
                ui.slider(min=low, max=max(high, float(value)), step=step).bind_value(box, "value").props(
                    f'aria-label="{label}" debounce=300')  # fmt: skip
            ui.html(help_text, tag="small")

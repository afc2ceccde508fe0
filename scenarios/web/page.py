"""What stands on the page: the form, what is played in words, and beside it the player, which is a script."""

from __future__ import annotations

import json
from collections.abc import Mapping

from nicegui import ui
from nicegui.elements.mixins.text_element import TextElement

from scenarios.errors import UserError
from scenarios.web.arm import Arm
from scenarios.web.chooser import STYLE
from scenarios.web.form import Form
from scenarios.web.parts import named, words
from scenarios.web.question import Question
from scenarios.web.summary import arm_in_words, setting_in_words
from sim.locale.catalogue import html_code
from sim.locale.messages import message
from sim.locale.speaking import speaking
from sim.locale.words import languages, say

__all__ = ["SCRIPTS", "show"]

SCRIPTS = ("fan.js", "files.js", "people.js", "crowd.js", "chat.js", "diary.js", "rules.js", "app.js")
"""The page's own scripts, in the order in which they need each other; the player's come before them."""

_TEXTS = ("playing", "digest", "lost", "away", "config", "tables", "picture", "question", "open")
_HEAD = """<link rel="preload" as="font" type="font/otf" href="/own/ShequnSansSC.otf" crossorigin>
<link rel="stylesheet" href="/own/player.css"><link rel="stylesheet" href="/own/app.css">
<script src="/own/player.js"></script>""" + "".join(f'<script src="/own/{name}"></script>' for name in SCRIPTS)


def show(query: Mapping[str, str], lang: str) -> None:
    """The page of one visitor, as the link says; a mistake in it is told, and the usual question shown."""
    ui.add_head_html(_HEAD + STYLE)
    ui.colors(primary="#0072B2", negative="#B3261E")
    mistake = ""
    try:
        question = Question.read(query)
        arms = {"first": Arm.read(question.first), "second": Arm.read(question.second)}
    except UserError as error:
        with speaking(lang):
            mistake, question = message(str(error)), Question()
        arms = {"first": Arm(), "second": Arm.read(question.second)}
    _build(question, arms, lang, mistake)


def _build(question: Question, arms: Mapping[str, Arm], lang: str, mistake: str) -> None:
    """Everything, and the first question."""
    _top(question, lang)
    with ui.element("div").classes("sides"):
        form = Form(question, arms, lang, lambda now: _ask(now, arms, lang, said))
        form.build()
        with ui.element("section").classes("show"):
            said = _summary(lang)
            words("div", "", id="told", role="status", aria_live="polite")
            words("div", "", id="player")
            words("nav", "", id="files", aria_label=say("app_files", lang))
    _tell(question, arms, lang, said)
    texts = {one: say(f"app_{one}", lang) for one in _TEXTS}
    about = {"lang": lang, "html": html_code(lang), "texts": texts, "mistake": mistake}
    ui.run_javascript(f"shequnApp.begin({json.dumps(about)}, {json.dumps(question.link)})")


def _top(question: Question, lang: str) -> None:
    """Title, the ways to the board and to advice, languages."""
    with ui.element("header").classes("top"):
        words("h1", say("app_title", lang))
        named(ui.link(say("app_board", lang), f"/board?{question.link}&lang={lang}"), id="board")
        named(ui.link(say("app_advice", lang), f"/advice?lang={lang}"), id="advice")
        with named(ui.element("nav"), aria_label=say("language_switch", lang)):
            for one in languages():
                words("button", say("language", one), data_lang_to=one, lang=html_code(one),
                      aria_pressed="true" if one == lang else "false")  # fmt: skip


def _summary(lang: str) -> dict[str, TextElement]:
    """Where it is told what is played; it stays in sight while the rest is scrolled."""
    with named(ui.element("div").classes("summary"), role="region", tabindex="0", aria_label=say("app_now", lang)):
        places = {"setting": words("p", "")}
        for which in ("first", "second"):
            with ui.element("p"):
                words("b", say(f"player.{which}_arm", lang), which)
                places[which] = words("span", "")
    return places


def _tell(question: Question, arms: Mapping[str, Arm], lang: str, places: Mapping[str, TextElement]) -> None:
    places["setting"].text = setting_in_words(question, lang)
    for which, arm in arms.items():
        places[which].text = arm_in_words(arm, lang)


def _ask(question: Question, arms: Mapping[str, Arm], lang: str, places: Mapping[str, TextElement]) -> None:
    """The browser fetches the answer; the address follows."""
    _tell(question, arms, lang, places)
    ui.run_javascript(f"shequnApp.ask({json.dumps(question.link)})")

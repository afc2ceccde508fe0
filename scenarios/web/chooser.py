"""Choosing strategies: all of them in one box that can be typed into, by family, each with what it does."""

from __future__ import annotations

import html
import json
import re
from collections.abc import Sequence

from nicegui import ui

from scenarios.cli.texts import first_sentence
from scenarios.config import catalog
from scenarios.strategies.families import FAMILIES
from sim.locale.speaking import paragraph, spoken, told
from sim.locale.words import arm_label, quoted, say

__all__ = ["STYLE", "about_strategy", "chooser"]

# The name of a family stands above the first of its strategies that is offered.
STYLE = f"<style>{', '.join(f'.f-{one} + .f-{one} .family' for one in FAMILIES)} {{ display: none; }}</style>"
_OPTION = """<div :class="'option f-' + ({families})[props.opt.value]">
<div class="family" aria-hidden="true" v-text="({titles})[props.opt.value]"></div>
<q-item v-bind="props.itemProps"><q-item-section><q-item-label v-text="({names})[props.opt.value]"></q-item-label>
<q-item-label caption v-text="({about})[props.opt.value]"></q-item-label></q-item-section></q-item></div>"""


def chooser(chosen: Sequence[str], lang: str) -> ui.select:
    """The box, with what is chosen already; a family's name finds its strategies, too."""
    family = catalog.families()
    names = sorted((name for name in catalog.options("strategy") if name != "nothing"),
                   key=lambda name: (FAMILIES.index(family[name]), arm_label(name, lang)))  # fmt: skip
    titles = [say(f"family_{family[name]}", lang) for name in names]
    labels = [arm_label(name, lang) for name in names]
    options = {name: f"{title} · {label}" for name, title, label in zip(names, titles, labels, strict=True)}
    box = ui.select(options, value=[*chosen], multiple=True, with_input=True, label=say("app_strategies", lang)
                    ).classes("wide").props("use-chips")  # fmt: skip
    box.add_slot("option", _OPTION.format(
        families=_script([family[name] for name in names]), titles=_script(titles), names=_script(labels),
        about=_script([about_strategy(name) for name in names])))  # fmt: skip
    return box


def about_strategy(name: str) -> str:
    """What a strategy does, in a sentence, in the language spoken: of its docstring, or of the file of a plan."""
    if not catalog.is_plan(name):
        said = first_sentence(catalog.strategies()[name].__doc__ or "")
        return re.sub("``(.+?)``", lambda knob: quoted(knob[1], spoken()), said)
    lines = catalog.file_comment("strategy", name).splitlines()
    return told(paragraph("\n".join(line for line in lines if not line.startswith("title:"))))


def _script(texts: Sequence[str]) -> str:
    """Texts as a list of JavaScript in an attribute of HTML."""
    return html.escape(json.dumps(texts, ensure_ascii=False))

"""The three pages of a class as HTML: the door, a student's own page, the wall."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from importlib.resources import files
from typing import Any

from jinja2 import Environment, FunctionLoader

from scenarios.experiments.advise.situation import plain
from scenarios.web.by_family import by_family
from scenarios.web.wall.addresses import qr_code
from scenarios.web.wall.classroom import Classroom, Student
from scenarios.web.wall.gate import DOOR
from scenarios.web.wall.play import SHOWN
from scenarios.web.wall.rules import DOSES, MOST_MOVES, WHENS, Choice
from sim.analysis.lifetimes import WINDOWS
from sim.analysis.registry import OUTCOMES
from sim.locale.catalogue import html_code
from sim.locale.messages import message
from sim.locale.speaking import speaking
from sim.locale.words import arm_label, bracket, commas, declared, languages, say, world_label

__all__ = ["Typed", "door_page", "student_page", "wall_page"]

_HOMES = {"grid.html": "scenarios.reports"}
_WIDE, _HIGH = 320.0, 90.0
_DIGITS = {"lifetime": 0, "cost": 0, "revenue": 0, "members_end": 0, "buyers": 3, "belonging_of_all": 2}


@dataclass(frozen=True)
class Typed:
    """What somebody just sent, and what was wrong with it."""

    mistake: str = ""
    said: Mapping[str, str] = field(default_factory=dict)


def door_page(typed: Typed, lang: str) -> str:
    """Where the code is asked for."""
    return _page("wall_join.html", lang, DOOR, mistake=typed.mistake, said=typed.said)


def student_page(room: Classroom, student: Student, typed: Typed, lang: str) -> str:
    """A student's plan, and what came of it."""
    with speaking(lang):
        plan = student.asked if student.is_waiting or student.mistake else student.plan
        rows = [*plan, *[Choice("")] * (MOST_MOVES - len(plan))]
        return _page(
            "wall_student.html", lang, "/mine", room=room, student=student, rows=rows, families=by_family(lang),
            doses=[(one, say(f"wall_dose_{one}", lang)) for one in DOSES], rules=room.rules,
            whens=[(one, say(f"wall_when_{one.partition('=')[0]}", lang)) for one in WHENS],
            kind=world_label(room.rules.scenario, lang), mistake=typed.mistake or student.mistake,
            told=_told(room, student, lang), plan=plan_in_words(student.plan, lang), curves=_curves(student, lang),
        )  # fmt: skip


def wall_page(
    room: Classroom, found: Mapping[str, Any], addresses: Sequence[str], port: int, mistake: str, lang: str
) -> str:
    """What the class sees: how to join, and the dots, which the script brings; after the bell what was ``found``."""
    links = [f"http://{one}:{port}{DOOR}" for one in addresses]
    code = qr_code(f"{links[0]}?code={room.code}") if links else ""
    found = found if room.is_rung else {}
    return _page("wall.html", lang, "/wall", room=room, links=links, qr=code, mistake=mistake, rules=room.rules,
                 kind=world_label(room.rules.scenario, lang), found=found, told=found.get("told", {}).get(lang),
                 earlier=range(1, room.round))  # fmt: skip


def plan_in_words(plan: Sequence[Choice], lang: str) -> str:
    """Strategies with the numbers that are not as in their files."""
    said = []
    for one in plan:
        settings = ", ".join(f"{knob}={value}" for knob, value in one.settings.items())
        said.append(arm_label(one.strategy, lang) + bracket(settings, lang))
    return commas(said, lang) if said else arm_label("nothing", lang)


def _page(name: str, lang: str, path: str, mistake: str, **about: Any) -> str:
    with speaking(lang):
        wrong = " — ".join(line.strip() for line in message(mistake).split("\n") if line.strip())
        return _templates().get_template(name).render(
            say=say, lang=lang, html=html_code(lang), mistake=wrong,
            others=[(one, say("language", one), f"{path}?lang={one}") for one in languages()], **about,
        )  # fmt: skip


@cache
def _templates() -> Environment:
    def source(name: str) -> str:
        return (files(_HOMES.get(name, "scenarios.web")) / "templates" / name).read_text("utf-8")

    world = Environment(autoescape=True, loader=FunctionLoader(source))
    world.filters["plain"] = plain
    return world


def _told(room: Classroom, student: Student, lang: str) -> list[tuple[str, str]]:
    """Outcomes of the one group by what they are called."""
    numbers, found = student.found.get("numbers", {}), []
    days = len(student.found.get("curves", {}).get("members", ()))
    for name in SHOWN if numbers else ():
        one, value = OUTCOMES[name], numbers.get(name)
        label = say("wall_lifetime", lang) if name == "lifetime" else declared([one.en, one.zh], lang)
        said = "–" if value is None else f"{value:,.{_DIGITS.get(name, 1)}f}"
        if name == "lifetime" and days < room.rules.days:
            said = say("wall_closed", lang, n=days)
        elif name == "lifetime" and value == room.rules.days - 1 - WINDOWS[1]:
            said = f"≥ {said}"  # a life is over when four weeks have been silent, which cannot be seen later
        found.append((label, said))
    return found


def _curves(student: Student, lang: str) -> list[dict[str, Any]]:
    """Curves of the one group as the points of lines, with their highest value."""
    found = []
    for name, values in student.found.get("curves", {}).items():
        top = max([*values, 1.0])
        step = _WIDE / max(1, len(values) - 1)
        points = " ".join(f"{k * step:.1f},{_HIGH * (1 - value / top):.1f}" for k, value in enumerate(values))
        found.append({"name": say(f"wall_curve_{name}", lang), "points": points, "top": f"{top:,.0f}",
                      "days": len(values)})  # fmt: skip
    return found

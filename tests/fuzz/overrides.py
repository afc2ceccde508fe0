"""Mistakes in what is said as key=value: to run, and to studies, searches and sensitivity analyses."""

from __future__ import annotations

import random
from collections.abc import Callable

from scenarios.config import catalog
from scenarios.config.sections import all_knobs
from scenarios.strategies.window import Window
from sim.engine.knobs import Knob
from tests.fuzz.words import NO_NUMBER, WEIRD, misspelt
from tests.walking import said

__all__ = ["a_mistake", "of_questions", "of_runs"]

KNOBS = all_knobs()
TOP = {name.split(".")[0] for name in KNOBS} | {"strategy", "strategies", "timeline", "arm", "world", "start", "out"}
GROUPS = ("scenario", "population", "roles", "record", "strategy")
GOOD = (
    "scenario=deals",
    "population=small",
    "roles=plain",
    "days=5",
    "seed=7",
    "talk.tie_gain=0.2",
    "mind.leave=0.01",
    "market.friends=5",
    "strategy=[group_cap,red_packet]",
    "operator.hours=2",
    "start=2025-01-01",
    "arm=x",
)
TOGETHER = (
    ["strategy=[nothing,group_cap]"], ["strategy=[group_cap,group_cap]"], ["strategy=[fixed_time,irregular_time]"],
    ["population.seats=10", "population.founders=20"], ["strategies.group_cap.limit=50"], ["roles.advertisers=1"],
    ["strategies={a:{use:nobody}}"], ["strategies={a:{}}"], ["strategies={a:5}"], ["strategies=[a]"],
    ["strategies=group_cap"], ["strategies={a:{use:group_cap,limit:[1]}}"],
    ["strategies={a:{use:group_cap,until_day:5,from_day:9}}"], ["timeline=5"], ["timeline=[5]"],
    ["timeline=[{day:-1}]"], ["timeline=[{day:x,set:{mind.leave:0.1}}]"], ["timeline={}"],
    ["timeline=[{day:3,set:{mind.laeve:0.1}}]"], ["timeline=[{day:3,set:{population.seats:5}}]"],
    ["timeline=[{day:3,set:5}]"], ["timeline=[{day:3,until:1,set:{mind.leave:0.1}}]"],
    ["timeline=[{day:3,strategies:[nobody]}]"], ["timeline=[null]"], ["timeline=[{day:3,shock:{mind.leave:x}}]"],
    ["timeline=[{day:3,say:5}]"], ["strategy=[[group_cap]]"], ["strategy=[1]"], ["start=2025-02-30"], ["start=soon"],
    ["start=[1]"], ["arm=[a,b]"], ["arm=" + "x" * 200], ["world={a:1}"], ["out={a:1}"], ["hydra.run.dir=x"],
    ["hydra/launcher=joblib"], ["~seed"], ["~mind.leave"], ["mind=3"], ["a.b.c=1"], ["seed"], ["=3"], ["@=1"],
    ["seed=1", "seed=1"], ["defaults=[x]"], ["mind.leave=0.1,0.2"], ["seed=range(1,3)"], ["_target_=os.system"],
    ["mind._target_=os.system"], ["mind.leave.x=1"], ["study=group_size"], ["--foo"], ["seed=1 days=2"],
)  # fmt: skip
"""Mistakes by themselves: of what does not go together, and of what is nothing."""
Made = list[str]


def a_misspelt_knob(dice: random.Random) -> Made:
    """``talk.tei_gain=0.1``, perhaps with a plus."""
    name = dice.choice(sorted(KNOBS))
    head, _, last = name.rpartition(".")
    wrong = misspelt(last, dice, [*TOP, *(known.rpartition(".")[2] for known in KNOBS)])
    return [f"{dice.choice(('', '+'))}{head + '.' if head else ''}{wrong}={dice.choice(('1', '0.5', 'x', '[1]'))}"]


def a_wrong_value(dice: random.Random) -> Made:
    """A value that no knob can have."""
    name = dice.choice(sorted(KNOBS))
    return [*_chosen(name), f"{name}={dice.choice(NO_NUMBER)}"]


def out_of_range(dice: random.Random) -> Made:
    """Below the least, above the most, or between two whole numbers."""
    name, knob = dice.choice([(name, knob) for name, knob in sorted(KNOBS.items()) if knob.high is not None])
    assert knob.low is not None
    far = 10.0 ** dice.choice((0, 1, 9, 200))
    ways = [
        f"{knob.low - far:.0f}",
        f"{knob.high + far:.0f}",
        f"{-far:.0f}" if knob.low >= 0 else f"{knob.high + far:g}",
    ]
    if knob.kind == "whole number":
        ways.append(f"{knob.low + 0.5:g}")
    return [*_chosen(name), f"{name}={dice.choice(ways)}"]


def of_a_window(dice: random.Random) -> Made:
    """A window that is none."""
    name = dice.choice(sorted(Window.window_knobs()))
    knob: Knob = Window.window_knobs()[name]
    value = dice.choice(NO_NUMBER) if knob.high is None or dice.random() < 0.7 else f"{knob.high + 1:.0f}"
    return ["strategy=group_cap", f"strategies.group_cap.{name}={value}"]


def no_such_file(dice: random.Random) -> Made:
    """``scenario=pet_owner``."""
    group = dice.choice(GROUPS)
    known = [*catalog.options(group), *catalog.strategies()]
    if dice.random() < 0.5:
        return [f"{group}={misspelt(dice.choice(catalog.options(group)), dice, known)}"]
    fine = ("[]",) if group == "strategy" else ()  # none at all
    return [f"{group}={dice.choice([word for word in WEIRD if word not in fine])}"]


def an_open_bracket(dice: random.Random) -> Made:
    """A list or a mapping with a bracket too few or too many."""
    text = dice.choice(
        (
            "strategy=[group_cap,red_packet]",
            "strategies={a:{use:group_cap,limit:3}}",
            "timeline=[{day:3,set:{mind.leave:0.1}}]",
        )
    )
    at = dice.choice([at for at, letter in enumerate(text) if letter in "[]{}"])
    return [text[:at] + text[at + 1 :] if dice.random() < 0.5 else text[:at] + text[at] + text[at:]]


def _chosen(name: str) -> Made:
    """The strategy that a knob is of."""
    return [said(name.split(".")[1])] if name.startswith("strategies.") else []


def _together(dice: random.Random) -> Made:
    return list(dice.choice(TOGETHER))


WAYS: tuple[Callable[[random.Random], Made], ...] = (
    a_misspelt_knob, a_wrong_value, a_wrong_value, out_of_range, of_a_window, no_such_file, an_open_bracket, _together,
)  # fmt: skip


def a_mistake(dice: random.Random) -> Made:
    """Overrides of which at least one cannot be."""
    return dice.choice(WAYS)(dice)


def of_runs(dice: random.Random) -> Made:
    """A mistake among what is right, in any order."""
    made = a_mistake(dice)
    keys = {text.lstrip("+~").split("=")[0].split(".")[0] for text in made} | {"strategies", "strategy"}
    more = [text for text in dice.sample(GOOD, dice.randrange(4)) if text.split("=")[0].split(".")[0] not in keys]
    found = [*made, *more]
    if dice.random() < 0.3:
        dice.shuffle(found)
    return ["run", *found]


OWN = {"study": ("seeds", "until"), "search": ("trials", "seeds", "fresh_seeds"), "sensitivity": ("n", "seeds")}
EXAMPLE = {"study": "group_size", "search": "packet_dose", "sensitivity": "packets"}
SHARED = ("days", "seed", "workers", "chunk", "plan", "fail", "lang", "report", "replace", "runner", "record")


def of_questions(kind: str, dice: random.Random) -> Made:
    """A mistake in what is said to a study, a search or an analysis."""
    name = f"{kind}={EXAMPLE[kind]}"
    way = dice.randrange(7)
    if way == 0:
        return [kind, f"{kind}={misspelt(EXAMPLE[kind], dice, catalog.options(kind))}"]
    if way == 1:
        return [kind, f"{kind}={dice.choice(WEIRD)}"]
    if way in (2, 3):
        word = dice.choice((*OWN[kind], *SHARED))
        numbers = () if word == "until" else ("-1", "-5", "2.5", "1e9", "9" * 20)
        wrong = dice.choice((*NO_NUMBER, *numbers))
        return [kind, name, f"{word}={wrong}"]
    if way == 4:
        word = dice.choice((*OWN[kind], *SHARED))
        known = (*OWN[kind], *SHARED, *TOP)
        return [kind, name, f"{misspelt(word, dice, known)}={dice.choice(('1', 'x', 'true'))}"]
    if way == 5:
        return [
            kind,
            name,
            dice.choice(
                (
                    "oops",
                    "=",
                    "=1",
                    "seeds=1 seeds=2",
                    "--plan",
                    "-x",
                    "replicates=5",
                    "out=",
                    "out=\0",
                    "runner.address=x",
                    "out=" + "x" * 300,
                    "lang=xx-US",
                    "\ud800=1",
                    "store=",
                )
            ),
        ]
    made = a_mistake(dice)
    while any(text.startswith("out=") for text in made):  # any letters that can be shown are a folder
        made = a_mistake(dice)
    return [kind, name, *made]

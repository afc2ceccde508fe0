"""What there is, in words: taken from docstrings, declarations and the comments of the YAML files."""

from __future__ import annotations

import inspect
from collections.abc import Mapping
from typing import Any

from scenarios.config import catalog
from scenarios.config.sections import sections, shown_knobs
from scenarios.errors import UserError, shown
from scenarios.strategies.base import Strategy
from scenarios.strategies.window import Window
from sim.engine.knobs import Knob, KnobSet, did_you_mean
from sim.mechanisms import Mechanism, mechanisms

__all__ = ["explain", "knob_span", "listing"]

# Kind of thing → config group of its files.
_GROUP_OF = {"scenarios": "scenario", "studies": "study", "searches": "search", "sensitivities": "sensitivity",
             "populations": "population", "records": "record"}  # fmt: skip


def listing(kind: str) -> list[tuple[str, str]]:
    """Name and a line for everything of one kind."""
    if kind == "strategies":
        found = [(name, f"{s.id:<4} {first_sentence(s)}") for name, s in catalog.strategies().items()]
        lines = {name: file_comment("strategy", name).split("\n")[0] for name in catalog.plans()}
        return found + [(name, line.replace(":", " ", 1)) for name, line in lines.items()]
    if kind == "roles":
        return [(name, first_sentence(role)) for name, role in catalog.roles().items()]
    if kind == "mechanisms":
        return [(name, f"{one.title[0]}: {first_sentence(one)}") for name, one in mechanisms().items()]
    if kind == "outcomes":
        return [(name, f"{one.en} ({one.unit})") for name, one in _outcomes().items()]
    group = _GROUP_OF[kind]
    return [(name, file_comment(group, name).split("\n")[0]) for name in catalog.options(group)]


def explain(name: str) -> str:
    """Rule, knobs, units, ranges and sources of the thing called ``name``."""
    for name_of, strategy in catalog.strategies().items():
        if name in (name_of, strategy.id or name_of, strategy.__name__):
            number = f" ({strategy.id})" if strategy.id else ""
            told = _bundle(f"strategy {name_of}{number}", strategy, f"strategies.{name_of}.")
            return f"{told}\n\n{_mechanism(mechanisms()[name_of])}" if name_of in mechanisms() else told
    if name == "window":
        return _bundle("window: when and where a strategy is played", Window, "strategies.NAME.")
    for plan in catalog.plans():
        if name == plan or file_comment("strategy", plan).startswith(f"{name}:"):
            return _file("strategy", plan)
    for group in ("scenario", "population", "record"):
        if name in catalog.options(group):
            return _file(group, name)
    if name in catalog.options("study"):
        return _study(name)
    for group in ("search", "sensitivity"):
        if name in catalog.options(group):
            return _question(group, name)
    for role_name, role in catalog.roles().items():
        if name.lower() == role_name.lower():
            return f"role {role_name}\n\n{inspect.getdoc(role) or ''}"
    if name in mechanisms():
        return _mechanism(mechanisms()[name])
    if name in _outcomes():
        return _outcome(_outcomes()[name])
    if name in sections():
        return _bundle(f"section {name}", sections()[name], f"{name}.")
    if name in catalog.options("roles"):
        return _file("roles", name)
    return _knobs_called(name)


def _outcomes() -> dict[str, Any]:
    """The registry of outcomes, imported when asked for: it needs pandas."""
    from sim.analysis.outcomes import OUTCOMES, complete

    complete()
    return OUTCOMES


def _outcome(one: Any) -> str:
    better = {True: "More of it is better.", False: "Less of it is better.", None: "Neither more nor less is better."}
    return f"outcome {one.name} · {one.zh}\n\n{one.en}; unit: {one.unit}. {better[one.more_is_better]}"


def _mechanism(one: type[Mechanism]) -> str:
    """Rule, levers, what it counts, and the rules it is made of."""
    lines = [_bundle(f"mechanism {one.name()} ({one.title[0]} · {one.title[1]})", one, f"{one.name()}.")]
    lines += ["levers:", *(f"    {n} ({lever.law}, {lever.unit}): {lever.doc}" for n, lever in one.levers().items())]
    counts = [f"    {n}: {c.en} · {c.zh}" for n, c in one.columns("group", "daily").items() if c.en]
    lines += ["it counts:", *counts] if counts else []
    places = {hook: f"{hook.kind.replace('_', ' ')}, {hook.place}" for hook in one.hooks}
    rules = [f"    {hook.name} ({places[hook]}): {first_sentence(hook.rule)}" for hook in one.hooks]
    return "\n".join([*lines, "rules:", *rules])


def _knobs_called(name: str) -> str:
    knobs = shown_knobs() | {f"strategies.NAME.{knob}": declared for knob, declared in Window.window_knobs().items()}
    found = {full: knob for full, knob in knobs.items() if name in (full, full.rsplit(".", 1)[-1])}
    if not found:
        short = {full.rsplit(".", 1)[-1] for full in knobs}
        options = {option for group in (*catalog.GROUPS, *catalog.QUESTIONS) for option in catalog.options(group)}
        near = did_you_mean(name, {*catalog.strategies(), *catalog.roles(), *short, *knobs, *sections(), *options})
        raise UserError(f"there is nothing called '{shown(name)}'" + (near if "did" in near else "; see `shequn list`"))
    return "\n\n".join(_knob(full, knob) for full, knob in found.items())


def _bundle(title: str, thing: type[KnobSet], prefix: str) -> str:
    own = thing.own_knobs() if issubclass(thing, Strategy) else thing.knobs()
    knobs = "\n".join(_knob(prefix + name, knob) for name, knob in own.items())
    if issubclass(thing, Strategy):
        knobs = knobs or "It has no knobs of its own."
        knobs += f"\nAnd when and where it is played: {', '.join(thing.window_knobs())} (`shequn explain window`)"
    return f"{title}\n\n{inspect.getdoc(thing) or ''}\n\n{knobs or 'It has no knobs.'}".rstrip()


def _knob(name: str, knob: Knob) -> str:
    return (f"{name} = {knob.default}   ({knob_span(knob)})\n"
            f"    {knob.doc}\n    source: {knob.source}")  # fmt: skip


def knob_span(knob: Knob) -> str:
    """Range and unit, or the words it may take."""
    if knob.choices:
        return " | ".join(knob.choices)
    if knob.low is None or knob.high is None:
        return "true | false"
    return f"{knob.low:,.15g} … {knob.high:,.15g} {knob.unit}".rstrip()


def first_sentence(thing: object) -> str:
    """The first sentence of a docstring."""
    doc = " ".join((inspect.getdoc(thing) or "").split("\n\n")[0].split())
    return doc.split(". ")[0].rstrip(".")


def file_comment(group: str, name: str) -> str:
    """The comment at the head of a YAML file."""
    text = catalog.text_of(group, name)
    comments = [line for line in text.splitlines() if line.startswith("#") and "@package" not in line]
    return "\n".join(line.lstrip("# ") for line in comments)


def _file(group: str, name: str) -> str:
    text = catalog.text_of(group, name)
    body = "\n".join(f"    {line}" for line in text.splitlines() if not line.startswith("#") and line != "{}")
    comment = file_comment(group, name)
    notes = f"{group} {name}   ({catalog.place_of(group, name)})\n\n{comment}"
    if not body.strip():
        return notes
    head = "Its parts" if group == "strategy" else "It differs from the knobs' defaults in"
    return f"{notes}\n\n{head}\n{body}{'' if group == 'strategy' else _sources(group)}"


def _study(name: str) -> str:
    """Question, worlds, arms and outcomes of a study."""
    from scenarios.experiments.reader import read_study
    from sim.analysis.outcomes import OUTCOMES

    study = read_study(name)
    lines = [f"study {name}   ({catalog.place_of('study', name)})", "", *study.question.values(), ""]
    lines += [f"{study.seeds} seeds of {study.days} days; compared with '{study.reference}'", "", "worlds:"]
    lines += [f"  {label:<24}{' '.join(overrides)}" for label, overrides in study.worlds.items()]
    lines += ["", "arms:", *(f"  {label:<24}{' '.join(overrides)}" for label, overrides in study.arms.items())]
    lines += ["", "outcomes:", *(f"  {outcome:<24}{OUTCOMES[outcome].en}" for outcome in study.outcomes)]
    return "\n".join([*lines, "", f"`shequn study study={name} plan=true` tells how long it takes."])


def _question(group: str, name: str) -> str:
    """The file of a search or a sensitivity analysis, as it stands."""
    text = catalog.text_of(group, name)
    body = "\n".join(f"    {line}" for line in text.splitlines() if not line.startswith("#"))
    play = f"`shequn {group} {group}={name}` plays it; `shequn {group} --help` tells what else can be said."
    return f"{group} {name}   ({catalog.place_of(group, name)})\n\n{file_comment(group, name)}\n\n{body}\n\n{play}"


def _sources(group: str) -> str:
    section: Mapping[str, str] = {"scenario": "scenario", "population": "population", "roles": "roles"}
    return f"\n\n`shequn explain {section[group]}` tells units, ranges and sources." if group in section else ""

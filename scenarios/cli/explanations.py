"""The explanation of one thing of each kind, in the language spoken: taken from docstrings, declarations and the
comments of the YAML files."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from scenarios.cli.expectations import expectations
from scenarios.cli.texts import aligned, comment, doc, first_sentence, knob_text
from scenarios.config import catalog
from scenarios.strategies.base import Strategy
from scenarios.strategies.window import Window
from sim.analysis.dictionary import Column, Table, definition
from sim.analysis.registry import OUTCOMES, Outcome
from sim.engine.knobs import Knob, KnobSet
from sim.locale.catalogue import SOURCE
from sim.locale.names import declared
from sim.locale.speaking import spoken, told
from sim.locale.words import bracket, commas, say, unit_label
from sim.mechanisms import Mechanism, mechanisms

__all__ = ["bundle", "columns_text", "family_name", "file", "knobs_text", "mechanism", "outcome", "outcome_name",
           "question", "role", "strategy", "study", "table", "unit", "window"]  # fmt: skip


def strategy(name: str, one: type[Strategy]) -> str:
    """Rule, knobs and sources of a strategy, and those of the mechanism of its name."""
    head = _say("explain_strategy", name=name) + bracket(one.id, spoken())
    head = _say("named", name=head, text=_title(one.title)) if any(one.title) else head
    knobs = _knobs(one.own_knobs(), f"strategies.{name}.") or _say("explain_no_own_knobs")
    played = _say("explain_window", knobs=", ".join(one.window_knobs()))
    text = f"{head}\n{_family(one.family)}\n\n{doc(one.__doc__ or '')}\n\n{knobs}\n{played}"
    text = "\n\n".join([text, *filter(None, [expectations(name, one)])])
    return f"{text}\n\n{mechanism(mechanisms()[name])}" if name in mechanisms() else text


def family_name(family: str) -> str:
    """What a family of strategies is called."""
    return _say(f"family_{family}")


def _family(family: str) -> str:
    return _say("explain_family", family=family_name(family))


def window() -> str:
    """The knobs that every strategy has."""
    return bundle(_say("explain_window_head"), Window, "strategies.NAME.", Window.window_knobs())


def bundle(head: str, thing: type, prefix: str, knobs: Mapping[str, Knob] | None = None) -> str:
    """Meaning and knobs of a section of the configuration."""
    own = thing.knobs() if knobs is None and issubclass(thing, KnobSet) else knobs or {}
    return f"{head}\n\n{doc(thing.__doc__ or '')}\n\n{_knobs(own, prefix) or _say('explain_no_knobs')}".rstrip()


def mechanism(one: type[Mechanism]) -> str:
    """Rule, levers, what it counts, and the rules it is made of."""
    head = _say("explain_mechanism", name=one.name(), title=" · ".join(one.title))
    lines = [bundle(head, one, f"{one.name()}."), *([_say("explain_levers")] if one.levers() else [])]
    lines += [f"    {name} ({lever.law}, {told(lever.unit)}): {told(lever.doc)}" for name, lever in
              one.levers().items()]  # fmt: skip
    counts = {name: column for name, column in one.columns("group", "daily").items() if column.en}
    lines += [_say("explain_counts")] if counts else []
    lines += [f"    {name}: {column.en} · {column.zh}" for name, column in counts.items()]
    places = {hook: f"{hook.kind.replace('_', ' ')}, {hook.place}" for hook in one.hooks}
    rules = [f"    {hook.name} ({places[hook]}): {first_sentence(hook.rule.__doc__ or '')}" for hook in one.hooks]
    return "\n".join([*lines, _say("explain_rules"), *rules])


def role(name: str, text: str, titles: Sequence[str]) -> str:
    """What a role is, from its docstring."""
    title = _title(titles)
    head = _say("explain_role", name=name) + bracket("" if title == name else title, spoken())
    return f"{head}\n\n{doc(text)}"


def outcome(one: Outcome) -> str:
    """Definition, equation, unit, direction and place of an outcome."""
    better = {True: "explain_more", False: "explain_less", None: "explain_neither"}[one.more_is_better]
    head = _say("explain_outcome", name=one.name, title=one.zh)
    what = _say("explain_what", what=outcome_name(one), unit=unit(one), better=_say(better))
    meaning, equation = definition(one)
    lines = [head, "", what, *filter(None, [told(meaning)])]
    lines += [_say("explain_equation", equation=told(equation))] if equation else []
    return "\n".join(lines if one.needs else [*lines, _say("explain_outcome_place", name=one.name)])


def outcome_name(one: Outcome) -> str:
    """What an outcome is called."""
    return declared((one.en, one.zh), spoken())


def unit(one: Outcome) -> str:
    """Its unit as it is declared; in other languages than English as the pages have it."""
    return one.unit if spoken() == SOURCE else unit_label(one.unit, spoken()) or told(one.unit)


def table(one: Table) -> str:
    """Where a table is found, what a row is, and every column."""
    head = _say("explain_table", name=one.name) + bracket(told(one.where), spoken())
    also = [_say("explain_also", also=told(one.also))] if one.also else []
    return "\n".join([head, "", told(one.about), "", *columns_text(one.columns), *also])


def columns_text(columns: Iterable[Column], place: str = "") -> list[str]:
    """A line for each column: name, type and unit, meaning."""
    return aligned((place + one.name, commas([*filter(None, (told(one.kind), told(one.unit)))], spoken()),
                    declared(one.names, spoken()) if one.names else told(one.meaning)) for one in columns)  # fmt: skip


def knobs_text(knobs: Mapping[str, Knob]) -> str:
    """Knobs by their full names, with a line between."""
    return "\n\n".join(knob_text(name, knob) for name, knob in knobs.items())


def file(group: str, name: str) -> str:
    """What a file of a config group says: of a scenario or population, or the parts of a plan."""
    notes = "\n\n".join([_head(group, name), comment(group, name)])
    body = _body(group, name)
    if not body:
        return notes
    if group == "strategy":
        return f"{notes}\n\n{_family(catalog.families()[name])}\n\n{_say('explain_parts')}\n{body}"
    more = f"\n\n{_say('explain_sources', group=group)}" if group in ("scenario", "population", "roles") else ""
    return f"{notes}\n\n{_say('explain_differs')}\n{body}{more}"


def study(name: str) -> str:
    """Question, worlds, arms and outcomes of a study."""
    from scenarios.experiments.reader import read_study

    found = read_study(name)
    texts = found.question.values() if spoken() == SOURCE else [declared(found.question, spoken())]
    lines = [_head("study", name), "", *texts, "",
             _say("explain_compared", seeds=found.seeds, days=found.days, reference=found.reference)]  # fmt: skip
    for key, cells in (("explain_worlds", found.worlds), ("explain_arms", found.arms)):
        lines += ["", _say(key), *(f"  {label:<24}{' '.join(overrides)}" for label, overrides in cells.items())]
    lines += ["", _say("explain_outcomes")]
    lines += [f"  {one:<24}{outcome_name(OUTCOMES[one])}" for one in found.outcomes]
    return "\n".join([*lines, "", _say("explain_plan", name=name)])


def question(group: str, name: str) -> str:
    """The file of a search or a sensitivity analysis, as it stands."""
    return "\n\n".join([_head(group, name), comment(group, name), _body(group, name, empty=True),
                        _say("explain_play", group=group, name=name)])  # fmt: skip


def _say(key: str, **values: object) -> str:
    return say(key, spoken(), **values)


def _title(titles: Sequence[str]) -> str:
    return declared(titles, spoken())


def _knobs(knobs: Mapping[str, Knob], prefix: str) -> str:
    return "\n".join(knob_text(prefix + name, knob) for name, knob in knobs.items())


def _head(group: str, name: str) -> str:
    return _say("explain_file", group=told(group), name=name, file=catalog.place_of(group, name))


def _body(group: str, name: str, empty: bool = False) -> str:
    """A file without its comments."""
    return "\n".join(f"    {line}" for line in catalog.text_of(group, name).splitlines() if not line.startswith("#")
                     and (empty or line.strip() not in ("", "{}"))).rstrip()  # fmt: skip

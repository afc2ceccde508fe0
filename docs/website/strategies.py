"""A page for each strategy, made of its declaration: rule, knobs, levers, what was expected of it and what came."""

from __future__ import annotations

import shlex
from collections.abc import Iterator, Mapping

from docs.website.words import prose, shown, table, word
from scenarios.cli.expectations import expectations
from scenarios.cli.explanations import family_name
from scenarios.cli.texts import comment, doc, first_comment, first_sentence, knob_span
from scenarios.config import catalog
from scenarios.strategies.base import Strategy
from scenarios.strategies.expected import Expected, strategy_and_dose
from scenarios.strategies.families import FAMILIES
from scenarios.strategies.plans import PLANS
from scenarios.strategies.window import Window
from sim.engine.knobs import Knob
from sim.locale.names import declared
from sim.locale.speaking import spoken, told
from sim.mechanisms import mechanisms

__all__ = ["files", "knob_table", "pages"]

# The page of all strategies leads to each; in the sidebar sixty would be in the way of everything else.
ORPHAN = "---\norphan: true\n---\n"
_PLAYED = "shequn run scenario={world} population=small{settings} replicates=5 days=60 'strategy=[{name}]'"


def files() -> Iterator[str]:
    """What these pages lead to in the repository."""
    for name, one in catalog.strategies().items():
        yield from (f"{one.__module__.replace('.', '/')}.py", f"conf/strategy/{name}.yaml")
    yield from (f"conf/strategy/{name}.yaml" for name in catalog.plans())


def pages() -> dict[str, str]:
    """Every page by its place."""
    made = {f"reference/strategies/{name}": _strategy(name, one) for name, one in catalog.strategies().items()}
    made |= {f"reference/strategies/{name}": _plan(name, title) for name, title in catalog.plans().items()}
    return made | {"reference/strategies/index": _index()}


def _index() -> str:
    families, known, plans = catalog.families(), catalog.strategies(), catalog.plans()
    parts = [
        f"# {word('Strategies')}",
        word(
            "Each strategy has a page made of its declaration: the rule, its knobs with range and source, the levers "
            "it turns, what was expected of it beforehand and what came. Numbers are predictions of the model."
        ),
    ]
    for family in FAMILIES:
        names = [name for name in sorted(families) if families[name] == family]
        lines = []
        for name in names:
            one = known.get(name)
            said = (
                first_sentence(one.__doc__ or "") if one else first_comment("strategy", name).partition(":")[2].strip()
            )
            number = one.id if one else _number(name)
            lines.append(
                (
                    number,
                    f"[{declared(one.title if one else plans[name], spoken())}]({name}.md)",
                    f"`{name}`",
                    prose(said),
                )
            )
        if lines:
            parts += [f"## {family_name(family)}", table(("", word("strategy"), word("name"), word("rule")), lines)]
    return "\n\n".join(parts) + "\n"


def _number(name: str) -> str:
    """The id of a plan."""
    return PLANS[name].id if name in PLANS else catalog.file_comment("strategy", name).partition(":")[0]


def _strategy(name: str, one: type[Strategy]) -> str:
    head = _head(
        one.title, name, one.id, one.family, f"{one.__module__.replace('.', '/')}.py", f"conf/strategy/{name}.yaml"
    )
    parts = [
        *head,
        prose(doc(one.__doc__ or "")),
        f"## {word('Knobs')}",
        knob_table(one.own_knobs(), f"strategies.{name}.") or word("It has no knobs of its own."),
        _window(),
    ]
    turned = _levers(one)
    parts += [f"## {word('Levers it turns')}", turned or word("None.")]
    parts += [f"## {word('What is expected, and what came')}", _came(expectations(name, one))]
    return "\n\n".join([*parts, *_play(name)]) + "\n"


def _plan(name: str, title: tuple[str, str]) -> str:
    head = _head(title, name, _number(name), catalog.families()[name], f"conf/strategy/{name}.yaml")
    body = "\n".join(line for line in catalog.text_of("strategy", name).splitlines() if not line.startswith("#"))
    parts = [*head, prose(comment("strategy", name)), f"## {word('Parts')}", f"```yaml\n{body.strip()}\n```", _window()]
    return "\n\n".join([*parts, *_play(name)]) + "\n"


def _head(title: tuple[str, str], name: str, number: str, family: str, *kept: str) -> list[str]:
    """Titles in both languages, id, family, and where it is kept."""
    here = declared(title, spoken())
    other = next((one for one in title if one != here), "")
    facts = [f"`{name}`", number, family_name(family), *(shown(file, 2) for file in kept)]
    return [ORPHAN + f"# {here}", " · ".join(filter(None, [f"*{other}*" if other else "", *facts]))]


def knob_table(knobs: Mapping[str, Knob], prefix: str) -> str:
    """Knobs with default, range, unit, meaning and source."""
    head = (word("knob"), word("default"), word("range"), word("meaning"), word("source"))
    return table(
        head,
        (
            (
                f"`{prefix}{name}`",
                str(one.default),
                knob_span(one).replace(" | ", ", "),
                prose(told(one.doc)),
                prose(told(one.source)),
            )
            for name, one in knobs.items()
        ),
    )


def _window() -> str:
    return word(
        "When and where it is played is said by knobs that all strategies share: {knobs}.",
        knobs=", ".join(f"`{name}`" for name in Window.window_knobs()),
    )


def _levers(one: type[Strategy]) -> str:
    turned = one.turns()
    rows = [
        (
            f"`{name}`",
            prose(told(lever.doc)),
            told(lever.unit),
            f"`{lever.law}`",
            f"[{declared(home.title, spoken())}](../mechanisms.md#{home.name()})",
        )
        for home in mechanisms().values()
        for name, lever in home.levers().items()
        if name in turned
    ]
    return table((word("lever"), word("meaning"), word("unit"), word("law"), word("mechanism")), rows)


def _came(text: str) -> str:
    """What `shequn explain` says of it, as a list."""
    if not text:
        return word("Nothing was said beforehand, so nothing was put to the test.")
    head, *lines = text.splitlines()
    return "\n".join([prose(head), "", *(f"- {prose(line.strip())}" for line in lines)])


def _play(name: str) -> list[str]:
    """The command: in the world named for it, with what the strategy cannot do without beside it."""
    made = catalog.strategies().get(name)
    first = made.expected[0] if made and made.expected else Expected("lifetime", 1)
    settings = "".join(f" {shlex.quote(one)}" for one in first.settings)
    beside = next((one.beside for one in made.expected if one.beside), "") if made and made.needs else ""
    names = ",".join(filter(None, [name, strategy_and_dose(beside)[0]]))
    return [f"## {word('Play it')}", f"```sh\n{_PLAYED.format(name=names, world=first.world, settings=settings)}\n```"]

"""Reference pages made of declarations: mechanisms, roles, outcomes, scenarios, and the help of every command."""

from __future__ import annotations

import io
import os
from collections.abc import Iterator
from contextlib import redirect_stdout
from unittest.mock import patch

from docs.website.strategies import knob_table
from docs.website.words import prose, shown, table, word
from scenarios.__main__ import COMMANDS, main
from scenarios.cli.explanations import outcome_name, unit
from scenarios.cli.texts import comment, doc, first_sentence
from scenarios.config import catalog
from sim.analysis.dictionary import definition
from sim.analysis.registry import OUTCOMES, complete
from sim.locale.names import declared
from sim.locale.speaking import spoken, told
from sim.mechanisms import Mechanism, mechanisms

__all__ = ["files", "pages"]


def files() -> Iterator[str]:
    """What these pages lead to in the repository."""
    yield from (f"{one.__module__.replace('.', '/')}.py" for one in mechanisms().values())
    yield from (f"{one.__module__.replace('.', '/')}.py" for one in catalog.roles().values())
    yield from (f"conf/scenario/{name}.yaml" for name in catalog.options("scenario"))


def pages() -> dict[str, str]:
    """Every page by its place."""
    return {
        "reference/mechanisms": _mechanisms(),
        "reference/roles": _roles(),
        "reference/outcomes": _outcomes(),
        "reference/scenarios": _scenarios(),
        "reference/commands": _commands(),
    }


def _mechanisms() -> str:
    parts = [
        f"# {word('Mechanisms')}",
        word(
            "What a strategy pushes is a mechanism. Strategies turn its levers, members feel them, and neither "
            "knows of the other."
        ),
    ]
    return "\n\n".join([*parts, *map(_mechanism, mechanisms().values())]) + "\n"


def _mechanism(one: type[Mechanism]) -> str:
    """Rule, knobs, levers, what it counts, and the rules it is made of."""
    other = next((title for title in one.title if title != declared(one.title, spoken())), "")
    kept = shown(f"{one.__module__.replace('.', '/')}.py", 1)
    parts = [
        f"## {one.name()}",
        f"**{declared(one.title, spoken())}** · *{other}* · {kept}",
        prose(doc(one.__doc__ or "")),
    ]
    if knobs := knob_table(one.knobs(), f"{one.name()}."):
        parts.append(knobs)
    levers = [
        (f"`{name}`", prose(told(lever.doc)), told(lever.unit), f"`{lever.law}`")
        for name, lever in one.levers().items()
    ]
    counts = [
        (f"`{name}`", declared((column.en, column.zh), spoken()))
        for name, column in one.columns("group", "daily").items()
        if column.en
    ]
    rules = [
        (
            f"`{hook.name}`",
            f"{hook.kind.replace('_', ' ')}, {hook.place}",
            prose(first_sentence(hook.rule.__doc__ or "")),
        )
        for hook in one.hooks
    ]
    parts += [
        table((word("lever"), word("meaning"), word("unit"), word("law")), levers),
        table((word("it counts"), word("meaning")), counts),
        table((word("rule"), word("when"), word("what it does")), rules),
    ]
    return "\n\n".join(filter(None, parts))


def _roles() -> str:
    parts = [f"# {word('Roles')}", word("A role is an agent of its own kind; its rules are ordinary methods.")]
    homes = {name: f"{one.__module__.replace('.', '/')}.py" for name, one in catalog.roles().items()}
    for name, text in catalog.role_texts().items():
        parts += [f"## {name}", shown(homes[name], 1), prose(doc(text))]
    return "\n\n".join(parts) + "\n"


def _outcomes() -> str:
    complete()
    better = {True: word("more"), False: word("less"), None: word("neither")}
    rows = [
        (f"`{name}`", outcome_name(one), unit(one), better[one.more_is_better], prose(told(definition(one)[0])))
        for name, one in OUTCOMES.items()
    ]
    head = (word("outcome"), word("name"), word("unit"), word("better"), word("definition"))
    return f"# {word('Outcomes')}\n\n" + table(head, rows) + "\n"


def _scenarios() -> str:
    titles, parts = catalog.titles("scenario"), [f"# {word('Scenarios')}"]
    for name in catalog.options("scenario"):
        parts += [
            f"## {declared(titles.get(name, (name, name)), spoken())}",
            f"`scenario={name}` · {shown(f'conf/scenario/{name}.yaml', 1)}",
            prose(comment("scenario", name)),
        ]
    return "\n\n".join(parts) + "\n"


def _commands() -> str:
    """The help of each command, as it prints it on a terminal of 100 columns."""
    parts = [f"# {word('Commands')}", word("What each command says of itself: `shequn COMMAND --help`.")]
    for name in COMMANDS:
        parts += [f"## {name}", f"```text\n{_help(name)}\n```"]
    return "\n\n".join(parts) + "\n"


def _help(name: str) -> str:
    said = io.StringIO()
    with redirect_stdout(said), patch.dict(os.environ, {"COLUMNS": "100"}):
        main([name, "--help", f"lang={spoken()}"])
    return said.getvalue().rstrip()

"""What a team hands in: one YAML file with its name and its strategies, and nothing else.

    team: 猫猫队
    strategies: [paid_entry, daily_topic]        # with the doses of conf/strategy
    strategies:                                  # or as nodes, with doses and windows of their own
      paid_entry: {price: 9.9}
      launch: {use: red_packet, amount: 20, until_day: 30}

The world, the budget and the days are the same for all teams, so no file can set them. Every value is checked against
the knob it sets before it is used, so what is played is numbers and words that the project itself has declared.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any

from scenarios.config import catalog
from scenarios.config.nodes import check_node
from scenarios.config.overrides import written
from scenarios.config.validation import checked_values, leaves
from scenarios.config.yamlfile import read_yaml
from scenarios.errors import ConfigError, shown
from scenarios.experiments.tournament.faults import Faults
from sim.engine.knobs import did_you_mean
from sim.locale.words import arm_label, languages

__all__ = ["KEYS", "LONGEST", "NOTHING", "Team", "known_by", "name_of", "read_team"]

KEYS = ("team", "strategies")
NOTHING = "nothing"
LONGEST = 40
"""Letters of a name: it has to be read from the last row."""
_MOST = 40
"""Strategies of a team."""


@dataclass(frozen=True)
class Team:
    """A team's name, the overrides that make its arm, and where its file lies."""

    name: str
    overrides: tuple[str, ...]
    place: str

    @property
    def known_by(self) -> str:
        """The name as far as names have to differ: two that look alike are one."""
        return known_by(self.name)


def read_team(path: Path, place: str, faults: Faults) -> Team | None:
    """The team in a file; what is wrong with it, all of it, is added to ``faults``, and then there is no team."""
    before = len(faults.told)
    found = faults.of("", lambda: read_yaml(path, place))
    if found is None:
        return None
    for key in found:
        if key not in KEYS:
            faults.at(place, f"'{shown(key)}' has no place in a team's file: world, budget and days are the same for "
                             "all teams; take it out, and leave team and strategies")  # fmt: skip
    name = faults.of(place, lambda: name_of(found.get("team")))
    references = [key for key, value in leaves(found) if isinstance(value, str) and "${" in value]
    for key in references:
        faults.at(place, f"{shown(key)}: a team's file refers to nothing else; give the value itself")
    overrides = () if references else _overrides(found.get("strategies"), place, faults)
    return Team(str(name), overrides, place) if len(faults.told) == before else None


def known_by(name: str) -> str:
    """A name as far as names have to differ: two that look alike are one."""
    return unicodedata.normalize("NFKC", name).casefold()


def name_of(value: object) -> str:
    """A name of printable letters, of any script, blanks at the ends and doubled ones taken off.

    Raises
    ------
    ConfigError
        It is none.
    """
    if isinstance(value, int | float) and not isinstance(value, bool):
        value = str(value)
    if not isinstance(value, str) or not value.strip():
        raise ConfigError("the team has no name; write one after 'team:', in quotation marks if it begins with a mark")
    name = " ".join(unicodedata.normalize("NFC", value).split())
    if not name.isprintable() or len(name) > LONGEST:
        raise ConfigError(f"team: {shown(ascii(value))} is no name; give up to {LONGEST} printable letters")
    if "${" in name:
        raise ConfigError(f"team: '{shown(name)}' is no name; take one without a brace after $")
    if known_by(name) in {NOTHING, *(known_by(arm_label(NOTHING, lang)) for lang in languages())}:
        raise ConfigError(f"team: '{name}' is who stands beside all teams and does nothing; take another name")
    return name


def _overrides(raw: object, place: str, faults: Faults) -> tuple[str, ...]:
    """The arm that a list of names, or a mapping of nodes, makes."""
    if not isinstance(raw, list | Mapping) or not raw:
        faults.at(place, "strategies: none is named; give a list like [paid_entry, daily_topic], or [nothing] to do "
                         "nothing")  # fmt: skip
        return ()
    if len(raw) > _MOST:
        faults.at(place, f"strategies: {len(raw)} are too many; the most is {_MOST}")
    return _listed(raw, place, faults) if isinstance(raw, list) else _nodes(raw, place, faults)


def _listed(names: list[Any], place: str, faults: Faults) -> tuple[str, ...]:
    """Names of strategies or plans, each with the doses of its file."""
    known = catalog.options("strategy")
    for name in names:
        if not isinstance(name, str):
            faults.at(place, f"strategies: {shown(name)} is no name of a strategy; doses stand in a mapping, like "
                             "{red_packet: {amount: 5}}")  # fmt: skip
        elif name not in known:
            faults.at(place, f"strategies: there is no strategy '{shown(name)}'{did_you_mean(name, known)}")
    return (f"strategy=[{','.join(map(str, names))}]",)


def _nodes(raw: Mapping[Any, Any], place: str, faults: Faults) -> tuple[str, ...]:
    """Nodes as overrides: each says what it uses, or bears the name of a strategy."""
    made: dict[str, dict[str, Any]] = {}
    for node, doses in raw.items():
        if not isinstance(node, str):
            faults.at(place, f"strategies: {shown(node)} is no name; quote it, or call the node otherwise")
        elif doses is not None and not isinstance(doses, Mapping):
            faults.at(place, f"strategies.{shown(node)}: {shown(doses)} is no mapping of doses; give one like "
                             "{until_day: 30}, or leave it empty")  # fmt: skip
        else:
            made[node] = _node(node, doses or {}, place, faults)
    return (f"strategies={written(made)}",)


def _node(node: str, doses: Mapping[Any, Any], place: str, faults: Faults) -> dict[str, Any]:
    """What a node uses and its doses, each in the type of its knob."""
    known = catalog.strategies()
    if "use" not in doses and node in catalog.plans():
        faults.at(place, f"strategies: '{node}' is a plan; name it in a list, like [{node}]")
        return {}
    if "use" not in doses and node not in known:
        faults.at(place, f"strategies: there is no strategy '{shown(node)}'{did_you_mean(node, known)}; a node with a "
                         "name of its own tells what it uses, like {use: red_packet}")  # fmt: skip
        return {}
    kind = faults.of(place, lambda: check_node(node, doses.get("use", node)))
    found: dict[str, Any] = {"use": kind}
    for name, value in doses.items() if kind else ():
        if name != "use":
            checked = faults.of(place, partial(checked_values, known[str(kind)].knobs(), f"strategies.{node}",
                                               {name: value}))  # fmt: skip
            found |= checked or {}
    return found

"""Strategies as nodes: names in config, each with the kind of strategy it uses, its doses and its window."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Any

from scenarios.config import catalog, overrides
from scenarios.config.sections import all_knobs
from scenarios.errors import ConfigError, shown
from scenarios.strategies.base import RESERVED
from sim.engine.knobs import Knob, did_you_mean

__all__ = ["check_node", "knobs_with", "nodes_of", "strategies_in"]

_NODE = re.compile(r"[A-Za-z][A-Za-z0-9_]{0,39}")


def nodes_of(raw: object, names: list[str], is_chosen: bool) -> dict[str, str]:
    """Every strategy to be played by the name of its node, and of what kind it is: those chosen by ``strategy=``, and
    those below ``strategies`` that say what they ``use``. Where the choice is only the default they take its place.
    """
    known = catalog.strategies()
    given = raw.get("strategies") if isinstance(raw, dict) else None
    used = _kinds(given)
    for node in given if isinstance(given, dict) else ():
        if not isinstance(node, str):
            raise ConfigError(f"strategies: {shown(node)} is no name; quote it, or call the node otherwise")
    for node, kind in used.items():
        check_node(node, kind)
    chosen = {name: name for name in names if name in known}
    return used if used and not is_chosen else chosen | used


def check_node(node: str, kind: object) -> str:
    """The kind of strategy that a node says it uses.

    Raises
    ------
    ConfigError
        If there is no such strategy, or the node cannot be called so.
    """
    known, place = catalog.strategies(), f"strategies.{shown(node)}"
    if not isinstance(kind, str) or kind not in known:
        raise ConfigError(f"{place}.use={shown(kind)}: there is no such strategy{did_you_mean(str(kind), known)}")
    if not _NODE.fullmatch(node):
        raise ConfigError(f"{place}: name it by up to 40 letters, digits and _, like launch or after_day_30")
    if node.lower() in RESERVED:
        raise ConfigError(f"{place}: '{node}' is who bears what nobody asked for; call the node otherwise")
    if node in known and node != kind:
        raise ConfigError(f"{place}.use={kind}: '{node}' is itself the name of a strategy; call the node otherwise")
    return kind


def knobs_with(base: Iterable[str]) -> dict[str, Knob]:
    """All knobs, and those of the nodes that some overrides make (``strategies.launch.amount``)."""
    found = all_knobs()
    for node, kind in _uses(base).items():
        knobs = catalog.strategies()[kind].knobs() if kind in catalog.strategies() else {}
        found |= {f"strategies.{node}.{name}": knob for name, knob in knobs.items()}
    return found


def _kinds(nodes: object) -> dict[str, Any]:
    """Node → what it says it uses."""
    pairs = nodes.items() if isinstance(nodes, dict) else ()
    return {str(node): knobs["use"] for node, knobs in pairs if isinstance(knobs, dict) and "use" in knobs}


def _uses(base: Iterable[str]) -> dict[str, str]:
    """Node → kind, as overrides say it: ``strategies={a:{use:red_packet}}`` or ``strategies.a.use=red_packet``."""
    found: dict[str, Any] = {}
    for choice in overrides.read(base):
        if choice.key == "strategy":
            for name in choice.value if isinstance(choice.value, list) else [choice.value]:
                found |= _kinds(catalog.doses_of(name)) if name in catalog.plans() else {}
        elif choice.key == "strategies":
            found |= _kinds(choice.value)
        elif choice.key.startswith("strategies.") and choice.key.endswith(".use"):
            found[choice.key.split(".")[1]] = choice.value
    return {node: kind for node, kind in found.items() if isinstance(kind, str)}


def strategies_in(given: Iterable[str]) -> list[str]:
    """The strategies chosen by ``strategy=``, and the nodes of ``strategies=`` or ``strategies.NODE.use=``."""
    found: list[str] = []
    for choice in overrides.read(given):
        if choice.key == "strategy":
            found += choice.value if isinstance(choice.value, list) else [str(choice.value)]
        elif choice.key == "strategies" and isinstance(choice.value, dict):
            found += choice.value
        elif choice.key.startswith("strategies.") and choice.key.endswith(".use"):
            found.append(choice.key.split(".")[1])
    return list(dict.fromkeys(found))

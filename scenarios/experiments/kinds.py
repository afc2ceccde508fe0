"""The kinds of experiment there are, by the names of their commands.

Each is imported when it is asked for: a study needs nothing of what a search stands on.
"""

from __future__ import annotations

from collections.abc import Sequence
from importlib import import_module
from typing import Any

from scenarios.experiments import session
from scenarios.experiments.kind import Kind

__all__ = ["HOMES", "kind_of", "run"]

HOMES = {
    "study": ("scenarios.experiments.studies", "Studies"),
    "search": ("scenarios.experiments.search.searches", "Searches"),
    "sensitivity": ("scenarios.experiments.sensitivity.sensitivities", "Sensitivities"),
}


def kind_of(command: str) -> Kind[Any]:
    """The kind of experiment of a command."""
    module, name = HOMES[command]
    kind: Kind[Any] = getattr(import_module(module), name)()
    return kind


def run(command: str, texts: Sequence[str]) -> int:
    """Play (or plan) a study, a search or a sensitivity analysis; the exit code."""
    return session.run(kind_of(command), texts)

"""The kinds of experiment there are, by the names of their commands."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from scenarios.experiments import session
from scenarios.experiments.kind import Kind
from scenarios.experiments.search.searches import Searches
from scenarios.experiments.sensitivity.sensitivities import Sensitivities
from scenarios.experiments.studies import Studies

__all__ = ["KINDS", "run"]

KINDS: dict[str, type[Kind[Any]]] = {kind.name: kind for kind in (Studies, Searches, Sensitivities)}


def run(command: str, texts: Sequence[str]) -> int:
    """Play (or plan) a study, a search or a sensitivity analysis; the exit code."""
    return session.run(KINDS[command](), texts)

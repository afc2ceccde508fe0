"""The questions put to the laboratory: scenarios, strategies, the configuration and the command line.

>>> from scenarios import compose
>>> compose(["scenario=pet_owners", "strategy=[paid_entry]"]).arm
'paid_entry'
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from scenarios.config.compose import compose
    from scenarios.errors import ConfigError
    from scenarios.scenario import Scenario

__all__ = ["ConfigError", "Scenario", "compose"]

_HOMES = {"compose": "scenarios.config.compose", "ConfigError": "scenarios.errors", "Scenario": "scenarios.scenario"}


def __getattr__(name: str) -> Any:
    """Import the public names when they are first asked for, so that ``shequn --help`` answers at once."""
    if name not in _HOMES:
        raise AttributeError(f"module 'scenarios' has no attribute '{name}'")
    from importlib import import_module

    return getattr(import_module(_HOMES[name]), name)

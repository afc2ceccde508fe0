"""The engine: rows, days and luck. It knows no role, no strategy, no scenario.

``Community`` is a Mesa model, ``simulate`` plays many replicates, ``load`` reads what a run left behind.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from sim.community import Community
    from sim.data.results import Results, concat, load
    from sim.replication import simulate

__all__ = ["Community", "Results", "concat", "load", "simulate"]

_HOMES = {
    "Community": "sim.community",
    "Results": "sim.data.results",
    "concat": "sim.data.results",
    "load": "sim.data.results",
    "simulate": "sim.replication",
}


def __getattr__(name: str) -> Any:
    """Import the public names when they are first asked for, so that ``shequn --help`` answers at once."""
    if name not in _HOMES:
        raise AttributeError(f"module 'sim' has no attribute '{name}'")
    from importlib import import_module

    return getattr(import_module(_HOMES[name]), name)

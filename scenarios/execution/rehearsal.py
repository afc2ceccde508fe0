"""Every strategy played for two days, so that its rules are compiled before somebody waits for them."""

from __future__ import annotations

from collections.abc import Sequence

from scenarios.config import catalog
from scenarios.errors import UserError

__all__ = ["WORLD", "compiled", "strategies"]

WORLD = ("scenario=pet_owners", "population.groups=1", "population.seats=200")
_DAYS = 2


def strategies() -> list[str]:
    """Every strategy, *nothing* first: what all of them need is compiled with it."""
    return ["nothing", *(name for name in catalog.strategies() if name != "nothing")]


def compiled(name: str, world: Sequence[str] = WORLD) -> bool:
    """Compile what a strategy needs; False where it cannot be played alone, and so compiles with its partner."""
    from scenarios import compose
    from sim import simulate

    try:
        scenario = compose([*world, f"strategy=[{name}]", "replicates=1", "threads=1"])
    except UserError:  # whoever chooses it is told why
        return False
    simulate(scenario.replace(days=_DAYS))
    return True

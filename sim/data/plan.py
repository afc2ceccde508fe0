"""What is asked of a scenario and of a strategy by whoever plays them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Protocol

from sim.engine.knobs import KnobSet
from sim.engine.levers import Levers
from sim.engine.mechanism import Mechanism
from sim.model.membership import Resident

__all__ = ["ScenarioLike", "StrategyLike"]


class StrategyLike(Protocol):
    """What the engine asks of a strategy."""

    @property
    def name(self) -> str:
        """Its name in config."""
        ...

    @property
    def while_stage(self) -> str:
        """The stage at which a group must be for it to be played, or ``any``."""
        ...

    @property
    def chooses_founders(self) -> bool:
        """Are its levers turned before the founding, too?"""
        ...

    def turn(self, levers: Levers, groups: Any, day: int) -> None:
        """Turn today's levers, in the groups in which it is played today."""
        ...


class ScenarioLike(Protocol):
    """What the engine reads from a scenario."""

    @property
    def seed(self) -> int:
        """With the rest it determines everything."""
        ...

    @property
    def days(self) -> int:
        """Days to play."""
        ...

    @property
    def start(self) -> str:
        """Date of day 0."""
        ...

    @property
    def replicates(self) -> int:
        """Communities to play."""
        ...

    @property
    def lane(self) -> str:
        """compiled or mesa."""
        ...

    @property
    def arm(self) -> str:
        """Label of the set of strategies."""
        ...

    @property
    def world(self) -> str:
        """Label of the scenario."""
        ...

    @property
    def record(self) -> str:
        """counts, spells or messages."""
        ...

    @property
    def luck(self) -> str:
        """keyed or philox."""
        ...

    @property
    def same_members(self) -> bool:
        """Are the same people let in regardless of the door?"""
        ...

    @property
    def threads(self) -> int:
        """Threads of the compiled lane."""
        ...

    def as_dict(self) -> dict[str, Any]:
        """The resolved configuration."""
        ...

    @property
    def sections(self) -> dict[str, KnobSet]:
        """The knobs, by section."""
        ...

    @property
    def mechanisms(self) -> Sequence[Mechanism]:
        """The mechanisms in play, with their knobs."""
        ...

    @property
    def plan(self) -> Sequence[StrategyLike]:
        """What the hosts play: the arm's strategies, and those of the world's timeline."""
        ...

    def changes(self, day: int) -> Mapping[str, float]:
        """Numbers of the world that have another value from this day on, by full name (``scenario.search_rate``)."""
        ...

    @property
    def roles(self) -> tuple[type[Resident], ...]:
        """Classes of the roles; a role's code is its place."""
        ...

    @property
    def role_shares(self) -> dict[str, float]:
        """Shares of the market by name of the role."""
        ...

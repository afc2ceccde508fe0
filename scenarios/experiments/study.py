"""What a study is."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

__all__ = ["Study"]

Overrides = tuple[str, ...]


@dataclass(frozen=True)
class Study:
    """A question, some worlds (what fate decides), some arms (what the host decides), seeds, outcomes.

    ``title`` and ``question`` are by language (``en``, ``zh``). ``worlds`` and ``arms`` are overrides by label; the
    ``reference`` is the arm that others are compared with. Replicates 0 … ``seeds`` − 1 of ``seed`` are played, the
    same in every arm. The first of ``outcomes`` (names of :data:`sim.analysis.outcomes.OUTCOMES`) is the primary one.
    ``extra`` are overrides of the user for every world; ``daily`` keeps the daily table too,
    ``spells`` that of memberships besides. ``part`` says that these
    are some of the cells of a study played in parts (points of a search, single runs), and what all parts share.
    ``labels`` are what labels of worlds and arms are called in a language: language → label → name. ``until`` is the
    half width of the primary outcome's differences up to which seeds are added (None: ``seeds`` are played).
    """

    name: str
    title: Mapping[str, str]
    question: Mapping[str, str]
    worlds: Mapping[str, Overrides]
    arms: Mapping[str, Overrides]
    reference: str
    seeds: int
    outcomes: tuple[str, ...]
    days: int = 180
    seed: int = 1
    extra: Overrides = ()
    daily: bool = False
    varied: tuple[str, ...] = field(default=())
    part: str = ""
    labels: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    until: float | None = None
    spells: bool = False

    @property
    def kept(self) -> int:
        """How many of the tables of :data:`sim.data.store.chunks.KEPT` are kept of each run."""
        return 2 if self.spells else int(self.daily)

    @property
    def primary(self) -> str:
        """The outcome the study is about."""
        return self.outcomes[0]

    @property
    def combined(self) -> frozenset[str]:
        """The arms of two strategies or more."""
        from scenarios.config.nodes import strategies_in

        return frozenset(arm for arm, given in self.arms.items() if len(strategies_in(given)) > 1)

    @property
    def n_runs(self) -> int:
        """Runs in all."""
        return len(self.worlds) * len(self.arms) * self.seeds

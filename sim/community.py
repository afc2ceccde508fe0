"""A community as a Mesa model: the door for students, notebooks and Mesa's own tools."""

from __future__ import annotations

import operator
from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

import mesa
import numpy as np
from mesa.agent import AgentSet

from sim.data.plan import ScenarioLike
from sim.engine.shown import readable
from sim.model.membership import Resident
from sim.simulation import Engine

if TYPE_CHECKING:
    from sim.recipe import Recipe

__all__ = ["Community"]

_OWN = 5  # what an agent of the compiled lane holds itself: model, unique_id, pos, its row and who it is


class Community(mesa.Model):
    """One community of a scenario. ``step()`` is one day; ``run_model()`` plays the scenario's days, after which
    ``running`` is False.

    Groups of another owner (a rival, a promoter) and their members are among its groups and agents.

    ``agents``, ``agents_by_type[Lurker]``, ``select``, ``agg`` and ``mesa.DataCollector`` work as in any Mesa model. In
    the Mesa lane every member is an agent that lives as long as the membership and its rules are called one by one; in
    the compiled lane agents are views of rows, made when asked for.

    Parameters
    ----------
    scenario
        What :func:`scenarios.compose` returns.
    rng
        Seed, a whole number; the scenario's own if not given. The same one gives the same community in either lane.
    lane
        ``"mesa"`` or ``"compiled"``; the scenario's if not given.
    replicate
        Which of the scenario's replicates: its number is part of the seed.
    seed
        The same as ``rng``, under the name it had before Mesa 4.
    datacollector
        Collects at the end of each day; in a subclass that collects by itself, leave it out.

    Raises
    ------
    ValueError
        Both ``rng`` and ``seed`` are given.
    TypeError
        The seed is no whole number.
    """

    def __init__(
        self,
        scenario: ScenarioLike,
        rng: int | None = None,
        lane: str | None = None,
        replicate: int = 0,
        *,
        seed: int | None = None,
        datacollector: mesa.DataCollector | None = None,
    ) -> None:
        seed = _one_seed(rng, seed, scenario.seed)
        super().__init__(rng=seed)
        if getattr(scenario, "sets", None) is not None:
            scenario = scenario.played_by(replicate)  # type: ignore[attr-defined]
        self.plan, self._collector = scenario, datacollector
        if datacollector is not None:
            self.datacollector = datacollector
        self.lane = lane or scenario.lane
        self._engine = Engine(scenario, self.lane, 1, replicate, seed, model=self)
        self._engine.on_arrivals = self._seat_agents  # type: ignore[method-assign]
        self._objects = self._engine.objects
        self._seated: dict[int, Resident] = {}
        self._stale = True
        self._seat_agents()

    @staticmethod
    def of(overrides: Iterable[str] = (), **reporters: Any) -> Recipe:
        """What makes communities by their overrides, for ``mesa.batch_run``; see :class:`sim.recipe.Recipe`.

        ``mesa.batch_run(Community.of(["scenario=deals"]), {"population.groups": [2, 4]}, rng=[1, 2, 3])``
        """
        from sim.recipe import Recipe

        return Recipe(tuple(overrides), reporters)

    def __repr__(self) -> str:
        return f"<{type(self).__name__} {self.plan.world}, {self.plan.arm}: day {self.day} of {self.plan.days}>"

    def step(self) -> None:
        """One day."""
        if self._objects is None:
            self._take_up()
        self._engine.step()
        self._stale = True
        if self.lane == "mesa":
            self._seat_agents()
        if self.day >= self.plan.days:
            self.running = False
        if self._collector is not None:
            self._collector.collect(self)

    @property
    def day(self) -> int:
        """Days gone by."""
        return self._engine.day

    @property
    def groups(self) -> Any:
        """The groups' rows: one record per group, columns by name."""
        return readable("Group", self._engine.state.groups)

    @property
    def world(self) -> Any:
        """The community's row: its state, and the numbers of all sections as they are today."""
        return readable("World", self._engine.state.worlds)[0]

    @property
    def tables(self) -> dict[str, np.ndarray]:
        """The tables of the run so far; see :mod:`sim.data.tables`."""
        self._take_up()
        return self._engine.recorder.tables()

    def _take_up(self) -> None:
        """What has been assigned to agents between the days goes into the rows."""
        if self._objects is not None:
            self._objects.store()
            return
        columns = set(self._engine.state.members.dtype.names or ())
        for agent in self._seated.values():
            own = agent.__dict__
            if len(own) > _OWN:
                for name in own.keys() & columns:
                    agent._row[name] = own.pop(name)

    def _seat_agents(self) -> None:
        """Make agents for those who came, let go of those who left, exchange those whose role has changed.

        In the Mesa lane the seats of the state hold these agents, so that a rule stepped through in a debugger is a
        method call on a ``mesa.Agent``.
        """
        taken, roles = self._taken(), self.plan.roles
        for row, agent in list(self._seated.items()):
            if taken.get(row) != agent._key:  # type: ignore[attr-defined]
                self._let_go(row, agent)
        for row, (person, role) in taken.items():
            if row not in self._seated:
                agent = roles[role](self, self._state_of(row))
                agent._key = (person, role)  # type: ignore[attr-defined]
                self._seated[row] = agent
                if self._objects:
                    self._objects.state.members[row] = agent
        self._stale = False

    def _taken(self) -> dict[int, tuple[int, int]]:
        """Who sits where: row of the seat → person and role."""
        if self._objects is None:
            rows = self._engine.recorder.seated()
            pairs = self._engine.state.members[["person", "role"]][rows].tolist()
            return dict(zip(rows.tolist(), pairs, strict=True))
        members, groups = self._objects.state.members, self._objects.state.groups
        used = [range(groups[g].first, groups[g].first + groups[g].n_slots) for g in range(groups.size)]
        seats = ((row, members[row]) for rows in used for row in rows)
        return {row: (seat.person, seat.role) for row, seat in seats if seat.person >= 0}

    def _state_of(self, row: int) -> Any:
        """What an agent's state is made of: a row of the table, or the columns of a seat."""
        if self._objects is None:
            return self._engine.state.members[row]
        return self._objects.state.members.values_at(row)

    def _let_go(self, row: int, agent: Resident) -> None:
        """An agent's membership, or its role, has ended: it keeps what it was; in the Mesa lane so does the seat."""
        if self._objects:
            self._objects.state.members.replace(row)
        agent.__class__ = self.plan.roles[agent._key[1]]  # type: ignore[attr-defined]
        super().deregister_agent(agent)
        del self._seated[row]

    @property
    def agents(self) -> AgentSet:
        """All members as agents."""
        if getattr(self, "_stale", False):
            self._seat_agents()
        return super().agents

    @property
    def agents_by_type(self) -> dict[type, AgentSet]:
        """Members by role."""
        if getattr(self, "_stale", False):
            self._seat_agents()
        return super().agents_by_type  # type: ignore[no-any-return]


def _one_seed(rng: int | None, seed: int | None, own: int) -> int:
    """The seed that is asked for under either name, or the scenario's own."""
    if rng is not None and seed is not None:
        raise ValueError("give rng= or seed=, not both: they are the same")
    given = seed if rng is None else rng
    try:
        return own if given is None else operator.index(given)
    except TypeError:
        raise TypeError(f"rng={given!r} is no seed: give a whole number, or rng=None for the scenario's own") from None

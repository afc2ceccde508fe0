"""A community is a genuine Mesa model, in both lanes; a student's role runs in both, or says why it cannot."""

from __future__ import annotations

import math
from pathlib import Path
from typing import Any

import mesa
import numba
import pandas as pd
import pytest

from agents import Host, Lurker, Member, Regular
from scenarios import Scenario
from sim import Community, simulate
from sim import lane_choice as fallback_module
from sim.engine.luck import OPEN, uniform
from sim.lane_choice import lane_for
from sim.model.submodels.messages import CHAT
from tests.plays import lively, strategy

LANES = ("mesa", "compiled")
STEPS = 12


def world(**changes: Any) -> Scenario:
    """One community in which lurkers and regulars appear within days."""
    return lively([strategy("red_packet")], replicates=1, mind={"lurker_days": 3.0, "active_days": 4.0}, **changes)


def stepped(lane: str, days: int = STEPS) -> Community:
    """A community after some days."""
    model = Community(world(), lane=lane)
    for _ in range(days):
        model.step()
    return model


def test_it_is_a_mesa_model_from_the_first_morning() -> None:
    for lane in LANES:
        model = Community(world(), lane=lane)
        assert isinstance(model, mesa.Model)
        assert model.day == 0
        assert len(model.agents) == model.groups["n_members"].sum() > 0
        assert all(isinstance(agent, mesa.Agent) for agent in model.agents)


@pytest.mark.parametrize("lane", LANES)
def test_agents_are_the_members(lane: str) -> None:
    model = stepped(lane)
    assert model.day == STEPS
    assert len(model.agents) == model.groups["n_members"].sum()
    assert {Host, Member, Lurker, Regular} <= set(model.agents_by_type)
    assert sum(len(group) for group in model.agents_by_type.values()) == len(model.agents)
    assert all(type(agent) is Lurker for agent in model.agents_by_type[Lurker])
    assert len(model.agents_by_type[Host]) == 3
    assert len({agent.unique_id for agent in model.agents}) == len(model.agents)


@pytest.mark.parametrize("lane", LANES)
def test_an_agent_lives_as_long_as_the_membership(lane: str) -> None:
    model = Community(world(), lane=lane)
    host = model.agents_by_type[Host][0]
    first = {agent.person: agent for agent in model.agents}
    for _ in range(STEPS):
        model.step()
        for agent in model.agents_by_type[Host]:
            assert agent.role == model.plan.roles.index(Host)
    later = {agent.person: agent for agent in model.agents}
    assert host in model.agents
    same_role = [p for p in first.keys() & later.keys() if type(first[p]) is type(later[p]) is Host]
    assert all(first[p] is later[p] for p in same_role)
    assert later.keys() - first.keys()  # people came


def numbers(model: Community) -> dict[str, Any]:
    """What Mesa's own verbs say of the members."""
    agents = model.agents
    return {
        "mean": agents.agg("belonging", lambda values: math.fsum(values) / len(values)),
        "most": agents.agg("n_messages", max),
        "fond": sorted(agent.person for agent in agents.select(lambda agent: agent.belonging > 0.4)),
        "lurkers": sorted(agents.select(agent_type=Lurker).get("person")),
        "first": agents.select(at_most=3).get("person"),
        "types": {kind.__name__: len(group) for kind, group in agents.groupby(type)},
    }


def test_select_agg_and_groupby_say_the_same_in_both_lanes() -> None:
    one, other = (numbers(stepped(lane)) for lane in LANES)
    assert one == other
    assert one["fond"]
    assert one["lurkers"]


class Watched(Community):
    """A community with Mesa's data collector, as one would write it for any model."""

    def __init__(self, lane: str) -> None:
        super().__init__(world(), lane=lane)
        self.datacollector = mesa.DataCollector(
            model_reporters={
                "members": lambda model: len(model.agents),
                "lurkers": lambda model: len(model.agents_by_type.get(Lurker, ())),
                "trust": lambda model: model.agents.agg("trust", math.fsum),
                "day": "day",
            },
            agent_reporters={"person": "person", "belonging": "belonging"},
            agenttype_reporters={Host: {"posts": "n_messages"}},
        )

    def step(self) -> None:
        super().step()
        self.datacollector.collect(self)


def collected(lane: str) -> tuple[pd.DataFrame, pd.DataFrame, pd.DataFrame]:
    """What the collector holds after some days; agents known by their person."""
    model = Watched(lane)
    for _ in range(STEPS):
        model.step()
    collector = model.datacollector
    members = collector.get_agent_vars_dataframe().reset_index().drop(columns="AgentID")
    hosts = collector.get_agenttype_vars_dataframe(Host).reset_index().drop(columns="AgentID")
    order = ["Step", "person"]
    return collector.get_model_vars_dataframe(), members.sort_values(order, ignore_index=True), hosts


def test_the_data_collector_sees_the_same_in_both_lanes() -> None:
    mesa_lane, compiled_lane = (collected(lane) for lane in LANES)
    for one, other in zip(mesa_lane, compiled_lane, strict=True):
        assert len(one) >= STEPS
        pd.testing.assert_frame_equal(one, other, check_exact=True)
    assert mesa_lane[0]["day"].tolist() == list(range(1, STEPS + 1))
    assert mesa_lane[0]["lurkers"].iloc[-1] > 0


class Greeter(Member):
    """A student's role: counts the days on which somebody was there, and greets more often the more there were."""

    days_with_company: float
    n_greetings: int

    def opens(self, u: float, second: int, today: Any, group: Any, world: Any) -> int:
        """Greet, the oftener the more company there was."""
        self.days_with_company += 1.0 if group.n_visitors > 2 else 0.0
        if uniform(world, self.person, OPEN, second + 86_400) < self.days_with_company / (5.0 + self.days_with_company):
            self.n_greetings += 1
            return CHAT
        return -1


def run(role: type[Member], lane: str) -> tuple[str, dict[int, tuple[int, float]]]:
    """Digest of a run with a further role, and its own columns."""
    scenario = world(days=6).with_role(role, 0.4)
    model = Community(scenario, lane=lane)
    for _ in range(6):
        model.step()
    played = {agent.person: (agent.n_greetings, agent.days_with_company) for agent in model.agents_by_type[role]}
    return simulate(scenario, lane=lane).digest, played


@pytest.mark.slow
def test_a_students_role_runs_in_both_lanes(capsys: pytest.CaptureFixture[str]) -> None:
    mesa_lane, compiled_lane = (run(Greeter, lane) for lane in LANES)
    assert mesa_lane == compiled_lane
    greetings = [count for count, _ in mesa_lane[1].values()]
    assert sum(greetings) > 0
    assert lane_for(world(days=6).with_role(Greeter, 0.4)) == ("compiled", "")
    assert capsys.readouterr().err == ""
    without = simulate(world(days=6), lane="mesa").digest
    assert mesa_lane[0] != without


class AsksTheModel(Member):
    """Cannot be compiled: it reaches for the model."""

    def visit(self, today: Any, group: Any, world: Any) -> None:
        """Look as often as there are agents."""
        self.n_looks = min(5, len(self.model.agents))


class AsksItsParent(Member):
    """Cannot be compiled: it calls its parent's rule."""

    def visit(self, today: Any, group: Any, world: Any) -> None:
        """Look once more than others."""
        super().visit(today, group, world)
        self.n_looks += 1


class AsksItself(Member):
    """Cannot be compiled: it calls another rule of its own."""

    def bond(self, today: Any, group: Any, world: Any) -> None:
        """Ask a friend at once."""
        self.invite(today, group, world)


MOODS: dict[str, float] = {"fair": 1.0}


class KeepsADictionary(Member):
    """Cannot be compiled: it makes a dictionary of words and numbers."""

    def enters(self, knock: Any, group: Any, world: Any) -> float:
        """Enter by mood."""
        mood = dict(MOODS, sun=knock.price)
        return mood["sun"]


REFUSED = {
    AsksTheModel: ("AsksTheModel.visit", "uses self.model", "self.model.agents))"),
    AsksItsParent: ("AsksItsParent.visit", "calls super()", "super().visit(today, group, world)"),
    AsksItself: ("AsksItself.bond", "calls self.invite()", "self.invite(today, group, world)"),
    KeepsADictionary: ("KeepsADictionary.enters", "Untyped global name 'MOODS'", "mood = dict(MOODS, sun=knock.price)"),
}


def line_of(text: str) -> int:
    """The number of the first line of this file that ends with a text."""
    lines = Path(__file__).read_text("utf-8").splitlines()
    return 1 + next(i for i, line in enumerate(lines) if line.strip().endswith(text))


@pytest.mark.parametrize("role", REFUSED, ids=lambda role: role.__name__)
def test_what_cannot_be_compiled_runs_in_the_mesa_lane_and_says_why(
    role: type[Member], capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(fallback_module, "_tried", {})
    monkeypatch.setattr(numba.config, "NUMBA_NUM_THREADS", 1)  # a second process would compile the day meanwhile
    scenario = world(days=2).with_role(role, 0.3)
    results = simulate(scenario, lane="compiled")
    said = capsys.readouterr().err
    name, why, line = REFUSED[role]
    assert said.startswith("using lane=mesa")
    assert name in said
    assert why in said
    assert f"{Path(__file__).name}, line {line_of(line)}" in said
    assert len(said.strip().splitlines()) <= 3
    assert results.meta["lane"] == "mesa"
    assert results.meta["note"] in said
    assert results.daily["day"].max() == 1
    simulate(scenario, lane="compiled")
    assert capsys.readouterr().err == ""  # said once

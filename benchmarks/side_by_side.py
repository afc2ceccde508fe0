"""The engine beside the plain-Mesa peer: same rules, same scenario, same process, one thread, days taken in turns."""

from __future__ import annotations

import time
from typing import Any

import mesa

from benchmarks.harness import composed, ns_per_member_day, spread, warmed
from benchmarks.peer import PeerCommunity
from sim.simulation import Engine

__all__ = ["measure"]

MEMBERS = ["scenario=pet_owners", "population=class", "population.founders=90", "scenario.acquaintance=0.05",
           "record=counts", "threads=1"]  # fmt: skip


def measure(quick: bool) -> dict[str, Any]:
    """Ten thousand members (quick: a tenth), both programs warmed over the same days, then interleaved repeats."""
    overrides = [*MEMBERS, "population.groups=10"] if quick else MEMBERS
    warm, repeats = (5, 3) if quick else (20, 9)
    scenario = composed(overrides)
    engine = warmed(scenario, "compiled", warm)
    slow = twin(scenario, engine)
    peer = PeerCommunity(scenario, rng=1)
    for _ in range(warm):
        peer.step()
    rows: dict[str, list[float]] = {"compiled": [], "mesa_lane": [], "peer": [], "ratio": []}
    members = [float(len(peer.agents)), float(engine.state.groups["n_members"].sum())]
    for _ in range(repeats):
        rows["peer"].append(_peer_days(peer, 2))
        rows["compiled"].append(ns_per_member_day(engine, 2))
        rows["mesa_lane"].append(ns_per_member_day(slow, 1))
        rows["ratio"].append(rows["peer"][-1] / rows["compiled"][-1])
    return {
        "scenario": overrides,
        "members_at_start": {"peer": members[0], "compiled": members[1]},
        "ns": {name: spread(values) for name, values in rows.items() if name != "ratio"},
        "messages_per_member_day": {"peer": _peer_talk(peer, warm), "compiled": _talk(engine, warm)},
        "times_faster": spread(rows["ratio"]),
        "empty_step_ns_per_agent": empty_steps(peer, 5 if quick else 50),
    }


def twin(scenario: Any, engine: Engine) -> Engine:
    """The same community on the same day in the Mesa lane."""
    other = Engine(scenario, "mesa", 1)
    assert other.objects is not None
    with other.objects.open():
        for name, table in engine.state._asdict().items():
            if name in ("proposals", "calls"):  # laid out anew each morning
                continue
            getattr(other.state, name)[...] = table
    other.objects.forget()
    other.day = engine.day
    return other


def _peer_days(peer: PeerCommunity, days: int) -> float:
    spent = members = 0.0
    for _ in range(days):
        members += sum(group.n_members for group in peer.groups)
        start = time.perf_counter()
        peer.step()
        spent += time.perf_counter() - start
    return 1e9 * spent / members


def _peer_talk(peer: PeerCommunity, first: int) -> float:
    kept = peer.collector.model_vars
    return float(sum(kept["messages"][first:]) / sum(kept["members"][first:]))


def _talk(engine: Engine, first: int) -> float:
    daily = engine.recorder.tables()["daily"]
    daily = daily[daily["day"] >= first]
    return float(daily["n_messages"].sum() / daily["n_members"].sum())


class Laden(mesa.Agent):  # type: ignore[misc]
    """Mesa's own agent, carrying as many attributes as a member of the peer."""

    def __init__(self, model: mesa.Model, n_attributes: int) -> None:
        super().__init__(model)
        for number in range(n_attributes - len(vars(self))):
            setattr(self, f"attribute_{number}", float(number))


def empty_steps(peer: PeerCommunity, repeats: int) -> dict[str, dict[str, float]]:
    """What it costs to ask every agent to do nothing: Mesa's own agents, bare and laden, and the peer's."""
    n, size = len(peer.agents), max(len(vars(agent)) for agent in peer.agents)
    bare, laden = mesa.Model(rng=1), mesa.Model(rng=1)
    mesa.Agent.create_agents(bare, n)
    Laden.create_agents(laden, n, size)
    found: dict[str, list[float]] = {"mesa": [], "mesa_laden": [], "peer": []}
    for _ in range(repeats):
        for name, model, verb in (("mesa", bare, "step"), ("mesa_laden", laden, "step"), ("peer", peer, "pause")):
            start = time.perf_counter()
            model.agents.do(verb)
            found[name].append(1e9 * (time.perf_counter() - start) / n)
    return {name: spread(values) for name, values in found.items()}

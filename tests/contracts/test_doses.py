"""Every knob of a strategy reaches a lever, and what a group is served depends on its own facts, not on its place."""

from __future__ import annotations

import random
from collections.abc import Callable
from typing import Any

import numpy as np
import pytest
from hypothesis import Phase, settings
from hypothesis import find as hypothesis_find
from hypothesis.errors import NoSuchExample

from scenarios.strategies.base import Strategy
from sim.engine.knobs import Knob
from tests.walking import STRATEGIES, doses

DAYS = (-1, 0, 1, 2, 3, 5, 6, 7, 13, 14, 20, 29, 30, 45, 60, 61, 89, 90, 120, 180, 365)
N = 12
PLACES = np.random.default_rng(1).permutation(N)

Turned = list[tuple[str, str, tuple[float, ...]]]


class Facts:
    """A morning of twelve groups of many sizes and ages; the same groups in another order, if one is given."""

    def __init__(self, order: np.ndarray | None = None) -> None:
        order = np.arange(N) if order is None else order
        members = np.array([1, 3, 8, 15, 25, 40, 60, 85, 99, 100, 180, 0])[order]
        columns = {
            "day_born": np.array([0, 0, 0, 3, 9, 0, 0, 20, 0, 0, 0, -1])[order], "n_members": members,
            "n_peak": members + 9, "n_ever": 2 * members, "seats": np.full(N, 200), "index": np.arange(N)[order],
            "replicate": np.repeat([0, 1], N // 2)[order], "n_member_messages": members // 3,
            "new_joined": members % 4, "stage": (np.arange(N) % 5)[order],
        }  # fmt: skip
        vars(self).update(columns)
        self._luck = ((np.arange(N) + 0.5) / N)[order]

    def luck(self, purpose: str) -> np.ndarray:
        return self._luck


class Lever:
    """A lever that notes how it was turned."""

    def __init__(self, name: str, turned: Turned) -> None:
        self._name, self._turned = name, turned

    def __getattr__(self, law: str) -> Callable[..., None]:
        def turn(value: Any = 1.0) -> None:
            each = np.broadcast_to(np.asarray(value, dtype=float), (N,))
            self._turned.append((self._name, law, tuple(each.tolist())))

        return turn


class Levers:
    """All levers there might be."""

    def __init__(self) -> None:
        self.turned: Turned = []

    def __getattr__(self, name: str) -> Lever:
        return Lever(name, self.turned)


def pushed(one: Strategy, facts: Facts, day: int) -> Turned:
    """What the strategy turns on a morning."""
    levers = Levers()
    one.push(levers, facts, day)  # type: ignore[arg-type]
    return levers.turned


def trace(one: Strategy) -> Any:
    """Everything it does to a run: levers by day, and what it asks for before the run."""
    asked = (one.needs_spare_groups, one.spare_groups_each, one.opens_for_waiting, one.removes_at_once)
    return [pushed(one, Facts(), day) for day in DAYS], asked


def differing_doses(kind: type[Strategy], knob: str) -> object:
    """Two doses, of a fixed hundred pairs at most, that differ in this knob alone and turn something else."""

    def differs(drawn: tuple[dict[str, Any], dict[str, Any]]) -> bool:
        own = {key: value for key, value in drawn[0].items() if key in kind.own_knobs()}
        return bool(trace(kind(**own)) != trace(kind(**{**own, knob: drawn[1][knob]})))

    few = settings(max_examples=100, database=None, phases=(Phase.generate,), deadline=None)
    both = doses(kind).flatmap(lambda one: doses(kind).map(lambda other: (one, other)))
    try:
        return hypothesis_find(both, differs, settings=few, random=random.Random(1))
    except NoSuchExample:
        return None


KNOBS = [(name, knob) for name, kind in STRATEGIES.items() for knob in kind.own_knobs()]


@pytest.mark.parametrize(("name", "knob"), KNOBS)
def test_every_knob_matters(name: str, knob: str) -> None:
    assert differing_doses(STRATEGIES[name], knob) is not None, f"{name}.{knob} changes nothing"


def test_a_dose_that_is_ignored_is_caught() -> None:
    class Deaf(Strategy):
        """Always sends five. Source: this test."""

        amount = Knob(5.0, 0.0, 100.0, "CNY", "what is sent", "assumption")

        def push(self, levers: Any, groups: Any, day: int) -> None:
            levers.packet_yuan.only_one(5.0)

    assert differing_doses(Deaf, "amount") is None


@pytest.mark.parametrize("name", STRATEGIES)
def test_groups_are_served_by_their_facts_not_by_their_place(name: str) -> None:
    for one in tried(STRATEGIES[name]):
        for day in DAYS:
            here, there = pushed(one, Facts(), day), pushed(one, Facts(PLACES), day)
            assert there == [(lever, law, tuple(np.array(each)[PLACES].tolist())) for lever, law, each in here]


def tried(kind: type[Strategy]) -> list[Strategy]:
    """As it is, at its declared doses, and with each word of each choice."""
    default = kind()
    words = [{name: word} for name, knob in kind.own_knobs().items() for word in knob.choices or ()]
    return [default, *(default.replace(dose) for dose in (*kind.doses, *words))]


def test_a_strategy_that_serves_the_next_group_is_caught() -> None:
    class Shifted(Strategy):
        """Serves the next group. Source: this test."""

        def push(self, levers: Any, groups: Any, day: int) -> None:
            levers.packet_yuan.only_one(np.roll(groups.n_members, 1))

    here, there = pushed(Shifted(), Facts(), 0), pushed(Shifted(), Facts(PLACES), 0)
    assert there != [(lever, law, tuple(np.array(each)[PLACES].tolist())) for lever, law, each in here]

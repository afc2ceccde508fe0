"""Every strategy, found by walking: it runs alone, moves something, turns levers and nothing else, and commutes."""

from __future__ import annotations

import itertools
import re
from functools import cache
from typing import Any

import numpy as np
import pytest
import yaml

from scenarios import compose
from scenarios.config import catalog
from scenarios.strategies.base import Strategy
from sim.engine.compiled.known_by import ROOMS
from sim.engine.levers import Contradiction, Levers
from sim.mechanisms import all_levers
from tests.plays import STEADY, Tables, differing, lively, play, strategy
from tests.walking import STRATEGIES, fed, moving, said, stands


@cache
def nothing_at_all() -> Tables:
    """The reference run without any strategy."""
    return play(lively(**STEADY))


def test_ids_tell_strategies_apart() -> None:
    """They are rows of the founding material, or words of one's own."""
    ids = [made.id for made in STRATEGIES.values()]
    assert len(set(ids)) == len(ids)
    assert all(re.fullmatch(r"\w{1,8}", one) for one in ids)


@pytest.mark.parametrize("name", STRATEGIES)
def test_the_file_sets_knobs_that_exist_and_their_values_are_allowed(name: str) -> None:
    values = yaml.safe_load((catalog.CONF / "strategy" / f"{name}.yaml").read_text("utf-8"))
    assert set(values) <= set(STRATEGIES[name].knobs())
    assert STRATEGIES[name](**values) in compose([said(name)]).strategies


@pytest.mark.parametrize("name", STRATEGIES)
def test_a_strategy_alone_changes_the_run(name: str) -> None:
    def moves(one: Strategy) -> bool:
        """Against nothing, or against what it cannot be played without."""
        plan = fed((one,))
        reference = play(lively(plan[1:], **STEADY)) if plan[1:] else nothing_at_all()
        return "daily" in differing(reference, play(lively(plan, **STEADY)))

    if name == "nothing":
        assert not moves(strategy(name))
    else:
        moving(STRATEGIES[name], moves)


def test_a_strategy_that_moves_nothing_is_caught() -> None:
    tried: list[Strategy] = []
    with pytest.raises(AssertionError, match="none of these doses"):
        moving(STRATEGIES["group_cap"], lambda one: bool(tried.append(one)))  # type: ignore[func-returns-value]
    assert 5 <= len(set(tried)) <= 13
    assert moving(STRATEGIES["group_cap"], lambda one: one.limit < 10) == moving(
        STRATEGIES["group_cap"], lambda one: one.limit < 10
    )


class Facts:
    """A morning of six groups whose columns cannot be written to."""

    def __init__(self) -> None:
        columns = {
            "day_born": [0, 0, 0, 3, 9, -1], "n_members": [1, 20, 99, 100, 101, 0],
            "n_peak": [1, 30, 99, 100, 140, 0], "n_ever": [0, 25, 90, 95, 160, 0], "seats": [200] * 6,
            "index": [0, 1, 2, 0, 1, 2], "replicate": [0, 0, 0, 1, 1, 1], "n_member_messages": [0, 0, 5, 70, 1, 0],
            "new_joined": [1, 0, 2, 0, 3, 0],
        }  # fmt: skip
        for name, values in columns.items():
            column = np.array(values)
            column.flags.writeable = False
            setattr(self, name, column)

    def luck(self, purpose: str) -> np.ndarray:
        drawn = np.linspace(0.05, 0.95, 6)
        drawn.flags.writeable = False
        return drawn


def turned(strategies: list[Strategy], day: int) -> tuple[dict[str, np.ndarray], set[str]]:
    """Settings of all levers after these strategies have pushed in this order, and the levers they turned."""
    levers, facts = Levers(6, all_levers()), Facts()
    columns = {name: column.copy() for name, column in vars(facts).items()}
    for one in strategies:
        levers.holder = one.name
        one.push(levers, facts, day)  # type: ignore[arg-type]
    assert all(np.array_equal(column, getattr(facts, name)) for name, column in columns.items())
    return levers.settings, set(levers.turns)


@pytest.mark.parametrize("name", STRATEGIES)
def test_a_strategy_turns_levers_and_nothing_else(name: str) -> None:
    """Columns of the groups cannot be written to here; what it leaves behind is a setting of a lever, if anything."""
    one = strategy(name)
    before = dict(vars(one))
    touched: set[str] = set()
    for day in range(60):
        settings, today = turned([one], day)
        touched |= today
        assert set(settings) == {lever.name for lever in all_levers()}
        assert all(setting.shape == (6,) and np.isfinite(setting).all() for setting in settings.values())
    assert vars(one) == before
    assert bool(touched) is (name != "nothing")


@pytest.mark.parametrize("name", STRATEGIES)
def test_a_strategy_says_the_same_on_the_same_morning(name: str) -> None:
    one = strategy(name)
    first, again = turned([one], 3)[0], (turned([one], 8), turned([one], 3)[0])[1]
    assert all(np.array_equal(first[lever], again[lever]) for lever in first)


def contradict(one: Strategy, other: Strategy) -> bool:
    try:
        turned([one, other], 0)
    except Contradiction:
        return True
    return False


def at_odds(one: Strategy, other: Strategy) -> bool:
    """Does one remove offenders at once whom the other, or what it cannot be played without, sanctions by degrees?"""
    sides = itertools.permutations((fed((one,)), fed((other,))))
    return any(a.removes_at_once and "sanction" in b.turns() for some, rest in sides for a in some for b in rest)


def claims(one: Strategy, day: int) -> set[str]:
    """The levers it turned of which there can be only one holder."""
    exclusive = {lever.name for lever in all_levers() if lever.law == "only_one"}
    return exclusive & turned([one], day)[1]


@pytest.mark.parametrize("name", STRATEGIES)
def test_a_strategy_says_what_it_claims(name: str) -> None:
    """Whether two can be combined is known from that before a run; another claim would end it in the middle."""
    one = strategy(name)
    assert all(claims(one, day) <= one.claims() for day in range(60))
    assert claims(one, 0) == one.claims() - one.rests  # nothing is refused in vain


def test_contents_at_two_hours_contradict() -> None:
    assert contradict(strategy("fixed_time"), strategy("irregular_time"))


NAMES = [*STRATEGIES]


@pytest.mark.parametrize("one", NAMES)
def test_a_strategy_commutes_with_each_later_one_or_contradicts_it(one: str) -> None:
    """Every pair, each once; a pair that fails is named."""
    a = strategy(one)
    for other in NAMES[NAMES.index(one) + 1 :]:
        b = strategy(other)
        is_refused = contradict(a, b)
        assert is_refused == contradict(b, a) == bool(claims_of(one) & claims_of(other)), (one, other)
        if "nothing" not in (one, other):
            assert stands(fed((a, b))) is not (is_refused or at_odds(a, b)), (one, other)
        for day in () if is_refused else (0, 1, 7):
            forward, backward = turned([a, b], day)[0], turned([b, a], day)[0]
            assert all(np.array_equal(forward[lever], backward[lever]) for lever in forward), (one, other, day)


@cache
def claims_of(name: str) -> set[str]:
    """What a strategy in its usual doses claims on the first day."""
    return claims(strategy(name), 0)


class Meddler(Strategy):
    """A strategy that writes into the groups' columns. Source: this test."""

    def push(self, levers: Levers, groups: Any, day: int) -> None:
        groups.n_members += 1


def test_a_strategy_that_writes_to_the_groups_is_caught() -> None:
    with pytest.raises(ValueError, match="read-only"):
        turned([Meddler()], 0)


@cache
def text_of_rules() -> str:
    """All rules, as they are written."""
    sources = [path for room in (*ROOMS, "sim/mechanisms") for path in (catalog.CONF.parent / room).rglob("*.py")]
    return "".join(path.read_text("utf-8") for path in sources)


@pytest.mark.parametrize("lever", [lever.name for lever in all_levers()])
def test_some_rule_reads_every_lever(lever: str) -> None:
    assert re.search(rf'(?:group|ours)\.{lever}\b|(?:when|since)="{lever}"', text_of_rules())

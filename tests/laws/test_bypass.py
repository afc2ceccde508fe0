"""Money that a mechanism moves without ``charge`` or ``pay`` is noticed by a law, whatever way it takes.

The trial mechanism that is the reason for this put fines into the operator's purse: 33,335 CNY stood in no ledger and
in no spell, and every law stayed green.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import pytest

from scenarios.strategies.base import GroupFacts, Strategy
from sim.engine.declarations import daily, lever
from sim.engine.levers import Levers, any_of
from sim.engine.mechanism import Mechanism
from sim.mechanisms import MEMBER, OPERATOR, POOL, charge, mechanisms, pay
from tests.money import (
    LAWS_OF_MONEY,
    played,
    pools_hold_what_was_paid_in,
    revenue_adds_up,
    the_purse_is_what_the_tables_say,
    what_members_spend_the_operator_takes,
)
from tests.plays import lively

Take = Callable[[Any, Any, Any, Any], None]


class Fined(Strategy):
    """Turns the lever of the mechanism under test. Source: this test."""

    def push(self, levers: Levers, groups: GroupFacts, day: int) -> None:
        """Fine everybody, every day."""
        levers.is_fined.any_of()


@pytest.fixture(autouse=True)
def known() -> Iterator[None]:
    """What a test declares is forgotten after it."""
    before = dict(mechanisms())
    yield
    Mechanism.known.clear()
    Mechanism.known.update(before)


def fines(take: Take) -> type[Mechanism]:
    """A mechanism that takes one yuan of every visitor, every day, in its own way."""

    class Fines(Mechanism):
        """Takes a yuan."""

        title = ("Fines", "罚款")

        class group:
            is_fined: float = lever(any_of, "yes/no", "everybody pays a yuan")
            n_fined: int = daily("fines", "罚款次数")
            fen_fined: int = daily("fines paid into the pool", "罚款入池", unit="CNY", pooled=1)

    @Fines.each_visitor(when="is_fined")
    def fine(me: Any, mine: Any, group: Any, ours: Any, today: Any, knobs: Any, world: Any) -> None:
        ours.n_fined += 1
        take(me, group, ours, world)

    return Fines


def into_the_pool(me: Any, group: Any, ours: Any, world: Any) -> None:
    ours.fen_fined += charge(me, POOL, 1.0, group)


def to_the_operator(me: Any, group: Any, ours: Any, world: Any) -> None:
    charge(me, OPERATOR, 1.0, group)


def into_the_purse(me: Any, group: Any, ours: Any, world: Any) -> None:
    world.purse_left += 1.0


def into_the_till(me: Any, group: Any, ours: Any, world: Any) -> None:
    group.revenue += 1.0


def paid_for_nobody(me: Any, group: Any, ours: Any, world: Any) -> None:
    pay(MEMBER, OPERATOR, 1.0, group)  # instead of charge: no spell tells who paid


def into_the_pool_by_hand(me: Any, group: Any, ours: Any, world: Any) -> None:
    group.pool_fen += 100


def into_the_pool_in_silence(me: Any, group: Any, ours: Any, world: Any) -> None:
    charge(me, POOL, 1.0, group)


def told_but_not_taken(me: Any, group: Any, ours: Any, world: Any) -> None:
    ours.fen_fined += 100


def broken(take: Take) -> set[str]:
    """Names of the laws of money that a run with this mechanism breaks."""
    fines(take)
    scenario = lively((Fined(),), days=4, replicates=1)
    tables = played(scenario, lane="mesa")
    assert tables["mechanism.fines"]["n_fined"].sum() > 50
    found = set()
    for law in LAWS_OF_MONEY:
        try:
            law(tables, scenario)
        except AssertionError:
            found.add(law.__name__)
    return found


def test_who_charges_by_the_verb_breaks_no_law() -> None:
    assert broken(into_the_pool) == set()


def test_what_the_operator_charges_is_in_purse_and_spells() -> None:
    """Only the law of entries and sales does not know of other revenue."""
    assert broken(to_the_operator) == {revenue_adds_up.__name__}


@pytest.mark.parametrize(
    ("take", "law"),
    [
        (into_the_purse, the_purse_is_what_the_tables_say), (into_the_till, what_members_spend_the_operator_takes),
        (paid_for_nobody, what_members_spend_the_operator_takes), (into_the_pool_by_hand, pools_hold_what_was_paid_in),
        (into_the_pool_in_silence, pools_hold_what_was_paid_in), (told_but_not_taken, pools_hold_what_was_paid_in),
    ],
    ids=lambda thing: thing.__name__,
)  # fmt: skip
def test_money_that_goes_another_way_turns_a_law_red(take: Take, law: Callable[..., None]) -> None:
    assert law.__name__ in broken(take)

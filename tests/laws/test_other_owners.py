"""Groups of another owner are played, and are none of the operator's: in members, money, minutes, levers, outcomes."""

from __future__ import annotations

from functools import cache
from typing import Any

import numpy as np
import pytest

from scenarios import Scenario
from scenarios.strategies.base import Strategy
from sim.analysis.outcomes import outcomes
from sim.data.results import concat
from sim.data.tables import CHANNELS, REASONS
from sim.mechanisms import come_over, is_appointed, lure_to, next_spare, transfer
from sim.mechanisms.poaching import Poaching
from sim.mechanisms.quarrels import Quarrels
from sim.mechanisms.standing_abroad import StandingAbroad
from sim.model.entities import CLOSING, LEAVING
from sim.model.hands import OPERATORS, RIVALS
from sim.model.submodels.market import nth_born
from sim.replication import _joined, simulate
from sim.simulation import Engine
from tests.laws.test_conservation import LAWS
from tests.money import played
from tests.plays import STEADY, Tables, daily_grid, differing, lively, per_day, play, started, strategy
from tests.seats import LAWS_OF_SEATS
from tests.unit.rules.people import Room
from tests.walking import nobody

POACHED, TRANSFERRED = REASONS.index("poached"), CHANNELS.index("transferred")
DISSOLVED = REASONS.index("dissolved")
PLAN = ("paid_entry", "red_packet", "advert_ban", "checkin", "sponsors")


def raided(strategies: tuple[Strategy, ...] = (), rival: int = 1, **changes: Any) -> Scenario:
    """Groups with many poachers, who begin after three days."""
    cast = {**nobody(), "poachers": 0.25, "moderators": 1.0, "advertisers": 0.1}
    given = {"replicates": 4, "days": 30, "cast": cast, "population": {"seats": 30}, **STEADY,
             "purpose": {**STEADY["purpose"], "search_rate": 3.0}}  # fmt: skip
    mine = Poaching(rival_group=rival, lie_low=3.0, go=1.0, telling=0.0)
    return lively(strategies, **{**given, "tuned": (mine,), **changes})


@cache
def busy() -> tuple[Tables, Scenario]:
    scenario = raided(tuple(strategy(name) for name in PLAN))
    return played(scenario, LAWS_OF_SEATS), scenario


@pytest.mark.parametrize("law", LAWS, ids=lambda law: law.__name__)
def test_the_operators_tables_keep_every_law(law: Any) -> None:
    """Revenue, costs, the ledger, the purse and minutes are those of the operator's groups; nothing is left over."""
    law(*busy())


@pytest.mark.parametrize("temper", [0.0, 1.0])
def test_no_table_but_one_knows_the_rivals_group(temper: float) -> None:
    """Quarrels are counted without a lever, whoever owns the group."""
    tuned = (Poaching(rival_group=1, lie_low=3.0, go=2.0), Quarrels(temper=temper))
    tables = play(raided(tuned=tuned)) if temper > 0.0 else busy()[0]
    theirs = {(int(row["replicate"]), int(row["group"])) for row in tables["others"]}
    assert len(theirs) == 4
    assert (tables["others"]["owner"] == RIVALS).all()
    for name, table in tables.items():
        if name not in ("others", "purse", "doors", "pools"):
            there = set(zip(table["replicate"].tolist(), table["group"].tolist(), strict=True))
            assert not there & theirs, name


def test_whoever_is_poached_arrives_at_the_rivals_and_whoever_is_there_is_counted() -> None:
    tables, scenario = busy()
    others, counted = tables["others"], tables["mechanism.poaching"]
    poached = per_day(counted, scenario, "day", counted["n_poached"]).sum(axis=1)
    arrived = per_day(others, scenario, "day", others["new_moved_in"]).sum(axis=1)
    assert np.array_equal(poached[:, :-1], arrived[:, 1:])
    assert arrived.sum() > 30
    spells = tables["spells"]
    assert (spells["reason"] == POACHED).sum() == poached.sum()
    assert (spells["channel"] != TRANSFERRED).all()
    names = ("n_members", "new_joined", "new_moved_in", "new_left", "new_removed", "new_moved_out")
    size, joined, moved, *gone = (per_day(others, scenario, "day", others[name]).sum(axis=1) for name in names)
    assert np.array_equal(np.diff(size, axis=1), (joined + moved - sum(gone))[:, 1:])
    for mine, name in (("n_at_rival", "n_members"), ("n_rival_messages", "n_messages")):
        noted = per_day(counted, scenario, "day", counted[mine])
        assert np.array_equal(noted.sum(axis=1), per_day(others, scenario, "day", others[name]).sum(axis=1)), mine
        assert noted.sum() > 0


def test_people_of_the_rivals_group_talk_and_ask_friends_and_its_host_has_hours_of_their_own() -> None:
    idle, keen = (play(raided(replicates=10, tuned=(Poaching(
        rival_group=1, lie_low=3.0, go=1.0, rival_hours=hours),)))["others"] for hours in (0.0, 8.0))  # fmt: skip
    assert idle["host_minutes"].sum() == 0.0 < keen["host_minutes"].sum()
    assert keen["n_host_messages"].sum() > idle["n_host_messages"].sum()
    assert idle["n_member_messages"].sum() > 100
    assert idle["new_joined"].sum() > 4 + 10  # friends, beside the ten hosts


def test_what_the_operator_gives_is_what_its_own_groups_took() -> None:
    """outlay ← outlay + (cost + wage · hours − outlay) / 30, by the tables, day by day, beside a busy rival."""
    mine = Poaching(rival_group=1, lie_low=3.0, go=1.0, rival_hours=8.0)
    scenario = raided(tuned=(mine,), operator={"offer_every": 0.0})
    engine = started(scenario)
    play_on(engine, scenario.days)
    tables, outlay = engine.recorder.tables(), np.zeros(4)
    minutes, cost = (daily_grid(tables, name, scenario).sum(axis=1) for name in ("host_minutes", "cost"))
    for spent in (cost + scenario.operator.wage * minutes / 60.0).T:
        outlay += (spent - outlay) / 30.0
    assert tables["others"]["host_minutes"].sum() > 30.0
    assert np.allclose(engine.state.worlds["outlay"], outlay, rtol=1e-5)


def test_the_operators_hours_purse_and_levers_end_at_its_own_groups() -> None:
    engine = started(raided(tuple(strategy(name) for name in PLAN)))
    play_on(engine, 24)
    groups, others = engine.state.groups, np.flatnonzero(engine.state.groups["owner"] != OPERATORS)
    assert others.size == 4
    assert (groups["is_open"][others] == 1).all()
    for name, one in engine.in_play.mechanisms.items():
        for lever, declared in one.levers().items():
            assert (engine.in_play.own[name].groups[lever][others] == declared.neutral).all(), lever
    assert (groups["yuan_paid"][others] + groups["yuan_aside"][others] == 0.0).all()
    assert (groups["n_passers"][others] + groups["n_hawkers"][others] == 0).all()
    assert (engine.state.worlds["n_born"] == 3).all(), "nobody walks from one operator to the other"
    assert (engine.state.worlds["n_living"] <= 3).all()


def test_the_operators_name_is_that_of_its_own_groups() -> None:
    abroad = StandingAbroad(rep_step=0.02, remember=1.0, bitter=0.5)
    engine = started(raided(replicates=1, tuned=(Poaching(rival_group=1, lie_low=3.0, go=1.0), abroad)), "mesa")
    play_on(engine, 16)
    groups, kept = engine.state.groups, engine.in_play.own["standing_abroad"]
    rivals, ours = groups["owner"] == RIVALS, (groups["owner"] == OPERATORS) & (groups["is_open"] == 1)
    assert groups["n_members"][rivals] > 5
    assert kept.groups["fame"][rivals] == 0.0 < abs(kept.groups["fame"][ours]).min()
    spells = engine.recorder.tables()["spells"]
    assert (kept.people["regard"][0, spells["person"][spells["reason"] == POACHED]] != 0).all()


@pytest.mark.parametrize("owner", [OPERATORS, RIVALS])
def test_connectors_count_the_operators_groups_alone(owner: int) -> None:
    room = Room()
    room.world.groups = 1
    for group in room.groups[1:]:
        group.is_open = 1
    room.groups[1].owner = owner
    found = [nth_born(room.state, n, room.world) for n in range(3)]
    assert found == ([0, 1, 2] if owner == OPERATORS else [0, 2, 0])


def test_people_cross_between_owners_by_the_verbs_for_it_alone() -> None:
    """Nobody is transferred across, and somebody else's group has nothing in reserve."""
    engine = started(raided(replicates=1, population={"seats": 90}), "mesa")
    play_on(engine, 12)
    assert engine.objects is not None
    state = engine.objects.state
    world = state.worlds[0]
    h = next(i for i in range(world.n_groups) if state.groups[i].owner == RIVALS)
    ours, theirs = (seats_of(state, state.groups[g], world) for g in (0, h))
    assert ours
    assert theirs
    assert not any(transfer(state, row, h, world) for row in ours)
    assert not any(transfer(state, row, 0, world) or lure_to(state, row, h, world) for row in theirs)
    assert not any(come_over(state, row, h, world) for row in ours)
    assert next_spare(state, state.groups[h], world) == -1
    assert any(next_spare(state, state.groups[g], world) >= 0 for g in range(3))
    assert any(lure_to(state, row, h, world) for row in ours)
    assert come_over(state, theirs[0], 0, world)


def test_strong_pairs_of_a_rivals_group_that_ends_are_not_told() -> None:
    """No lever of the operator's ends one; here both a rival's and one of the operator's are ended by hand."""
    engine = started(raided(replicates=1))
    play_on(engine, 20)
    state, told = engine.state, []
    for owner in (RIVALS, OPERATORS):
        h = np.flatnonzero(state.groups["owner"] == owner)[0]
        rows = state.groups["first"][h] + np.arange(state.groups["n_slots"][h])
        assert state.members["n_strong"][rows].sum() > 0
        state.groups["fate"][h], state.groups["n_leaving"][h] = CLOSING, rows.size
        state.listed[rows, LEAVING], state.members["reason"][rows] = rows, DISSOLVED
        engine.recorder._take_listed(20)
        told.append(sum(len(pairs) for pairs in engine.recorder._closed))
    assert told[0] == 0 < told[1]


def seats_of(state: Any, group: Any, world: Any) -> list[int]:
    """Rows of the ordinary members of a group."""
    rows = range(group.first, group.first + group.n_slots)
    return [row for row in rows if state.members[row].person >= 0 and not is_appointed(state.members[row], world)]


def play_on(engine: Engine, days: int) -> None:
    for _ in range(days):
        engine.step()
    engine.close()


def test_until_the_first_is_poached_nothing_is_different_and_without_poachers_nothing_at_all() -> None:
    one, none = (play(raided(rival=rival, replicates=1)) for rival in (1, 0))
    assert "others" in one
    assert "others" not in none
    first = int(one["others"]["day"].min()) - 1
    early = [tables["daily"][tables["daily"]["day"] <= first] for tables in (one, none)]
    assert early[0].tobytes() == early[1].tobytes()
    assert not np.array_equal(one["daily"]["n_members"], none["daily"]["n_members"]) or differing(one, none)
    quiet = [play(lively(tuned=(Poaching(rival_group=rival),))) for rival in (0, 1)]
    assert differing(*quiet) == []


def test_of_several_batches_those_that_have_others_keep_them() -> None:
    days = [np.arange(n) for n in range(1, 6)]
    found = _joined([{"daily": days[0]}, {"daily": days[1], "others": days[2]}, {"daily": days[3], "others": days[4]}])
    assert {name: len(table) for name, table in found.items()} == {"daily": 1 + 2 + 4, "others": 3 + 5}


def test_outcomes_are_of_the_operators_groups() -> None:
    """As the engine counts them, group by group; of several runs those that have days of others keep them."""
    scenario = raided(days=20)
    with_it = simulate(scenario)
    assert with_it.others is not None
    engine = started(scenario)
    play_on(engine, scenario.days)
    groups = engine.state.groups
    for outcome, column, days in (("members_end", "n_members", 1), ("messages", "n_total", scenario.days)):
        found = outcomes(with_it)[outcome] * 3 * days
        ours = np.where(groups["owner"] == OPERATORS, groups[column], 0).reshape(4, -1).sum(axis=1)
        assert np.allclose(found, ours)
        assert (groups[column].reshape(4, -1).sum(axis=1) > 1.05 * found).all(), "the rival's would be seen"
    assert set(with_it.groups["group"]) == {0, 1, 2}
    without = simulate(raided(rival=0, days=20, arm="none"))
    both = concat([without, with_it]).others
    assert both is not None
    assert len(both) == len(with_it.others)


def test_a_group_is_kept_in_reserve_for_the_rival_beside_those_of_strategies() -> None:
    assert raided().population.spare_groups == 3
    assert raided((strategy("split"),)).population.spare_groups == 6
    assert raided(rival=0).population.spare_groups == 0


def test_lanes_agree() -> None:
    scenario = raided(tuple(strategy(name) for name in PLAN), replicates=1, days=16)
    tables = play(scenario)
    assert differing(tables, play(scenario, "mesa")) == []
    assert tables["others"]["new_moved_in"].sum() > 0


def test_the_past_of_a_running_start_knows_no_rival() -> None:
    """Arms share a past, whatever groups they keep in reserve."""
    population = {"groups": 1, "seats": 40, "members": 15, "age": 30}
    tables = play(raided(population=population, replicates=2, days=8))
    assert tables["others"]["day"].min() > 0
    grid = daily_grid(tables, "n_members", raided(population=population, replicates=2, days=8))
    assert grid[:, 0].min() > 0

"""Laws of moving people and of opening and closing groups, whatever is ordered: nothing lost, nothing made, no gift.

Orders are given by luck (:mod:`tests.mechanisms.shuffle`), in doses that Hypothesis draws, always the same ones.
"""

from __future__ import annotations

from functools import cache
from typing import Any

import numpy as np
import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from scenarios import Scenario
from sim import Community
from sim.data.tables import CHANNELS, REASONS
from sim.simulation import Engine
from tests.laws.test_conservation import LAWS, played
from tests.mechanisms.shuffle import Shuffling
from tests.plays import Tables, daily_grid, differing, lively, play, started, strategy
from tests.seats import LAWS_OF_SEATS

MOVED, DISSOLVED, CULLED = (REASONS.index(name) for name in ("transferred", "dissolved", "culled"))
BY_TRANSFER = CHANNELS.index("transferred")
BUSY = {"moves": 0.1, "culls": 0.03, "splits": 0.1, "merges": 0.05, "ends": 0.02, "opens": 0.05}
SPARE = {"spare_groups": 7}  # three for the first of three groups, two for each of the others

doses = st.fixed_dictionaries(
    {
        "moves": st.floats(0, 0.5), "culls": st.floats(0, 0.2), "splits": st.floats(0, 0.4),
        "merges": st.floats(0, 0.2), "ends": st.floats(0, 0.1), "opens": st.floats(0, 0.3),
    }
)  # fmt: skip
worlds = st.fixed_dictionaries(
    {
        "seed": st.integers(0, 10**6), "same_members": st.booleans(),
        "population": st.fixed_dictionaries({"seats": st.integers(12, 30), "spare_groups": st.integers(0, 9)}),
        "cast": st.fixed_dictionaries({"connectors": st.floats(0, 0.4), "moderators": st.sampled_from([0.0, 2.0])}),
    }
)  # fmt: skip


def busy(**changes: Any) -> Scenario:
    """Everything is moved about."""
    return lively([Shuffling(**BUSY), strategy("paid_entry", price=1.0)], **{"population": SPARE, **changes})


@settings(
    max_examples=25, derandomize=True, database=None, deadline=None, suppress_health_check=list(HealthCheck),
    phases=(Phase.generate,),
)  # fmt: skip
@given(dose=doses, world=worlds, is_capped=st.booleans())
def test_heads_money_minutes_and_seats_add_up_under_any_orders(
    dose: dict[str, float], world: dict[str, Any], is_capped: bool
) -> None:
    others = [strategy("paid_entry", price=1.0), strategy("advert_ban"), strategy("red_packet")]
    others += [strategy("group_cap", limit=14, queue=3, when_full="new_group")] if is_capped else []
    scenario = lively([Shuffling(**dose), *others], days=16, **world)
    tables = played(scenario, (*LAWS_OF_SEATS, closed_groups_are_empty))
    for law in LAWS:
        law(tables, scenario)


def closed_groups_are_empty(engine: Engine) -> None:
    """Nobody sits in a group that is not open, and nobody waits at its door."""
    groups = engine.state.groups
    assert all(group["n_members"] == group["n_queue"] == 0 for group in groups[groups["is_open"] != 1])


@cache
def busy_run() -> Tables:
    return play(busy())


def test_the_busy_run_is_busy() -> None:
    spells, daily = busy_run()["spells"], busy_run()["daily"]
    for reason in (MOVED, DISSOLVED, CULLED):
        assert (spells["reason"] == reason).sum() > 20, REASONS[reason]
    assert (spells["channel"] == BY_TRANSFER).sum() > 50
    assert daily["group"].max() > 5


def test_both_lanes_and_any_threads_move_the_same_people() -> None:
    assert differing(busy_run(), play(busy(), "mesa")) == []
    many = busy(replicates=16, days=12)
    one = play(many)
    for threads in (2, 3):
        assert differing(one, play(many.replace(threads=threads))) == []


@pytest.mark.parametrize("lane", ["mesa", "compiled"])
def test_agents_of_a_mesa_model_move_too(lane: str) -> None:
    """A mover is another agent of the model, in another seat; the tables are the same."""
    model = Community(busy(replicates=1, days=12), lane=lane)
    for _ in range(12):
        model.step()
        assert len(model.agents) == int(model.groups["n_members"].sum())
    assert differing(model.tables, play(busy(replicates=1, days=12))) == []


def test_a_replicate_moves_alone_as_in_company() -> None:
    engine = Engine(busy(days=12), "compiled", 1, first=1)
    for _ in range(12):
        engine.step()
    alone, together = engine.recorder.tables(), play(busy(days=12))
    for name, table in together.items():
        assert np.array_equal(np.sort(table[table["replicate"] == 1]), np.sort(alone[name])), name


KEPT = (
    "day_joined", "trust", "belonging", "expectation", "numb_packet", "numb_offer", "appeal", "fatigue",
    "activity", "match", "budget", "need_ends", "n_purchases", "n_invited", "spent", "entry_paid", "role", "is_muted",
    "day_rested", "day_last_post",
)  # fmt: skip
"""What a person feels, knows and has, which a move leaves alone."""


@cache
def movers() -> list[Any]:
    """Everybody moved in a busy run, seen when all have taken their seats: day, row, old row, rows to which ties lead,
    a mechanism's columns and those of the old row."""
    engine, seen = started(busy(replicates=6)), []
    width = int(engine.state.groups["seats"][0]) + 1

    def look() -> None:
        state = engine.state
        new = state.seated_today()
        new = new[state.members["moving"][new] > 0]
        for row in new.tolist():
            me, old = state.members[row].copy(), int(state.members["moving"][row]) - 1
            friends = [state.members[row // width * width + slot].copy() for slot in me["tie_slot"][: me["n_ties"]]]
            mine = engine.in_play.own["shuffle"].members
            seen.append((engine.day, me, state.members[old].copy(), friends, mine[row].copy(), mine[old].copy()))

    engine.on_arrivals = look  # type: ignore[method-assign]
    for _ in range(20):
        engine.step()
    return seen


def test_who_is_moved_keeps_what_they_feel_know_and_have() -> None:
    """Compared with the old row, where nobody has taken that seat since."""
    fresh = [(me, old) for _, me, old, *_ in movers() if old["person"] == -1 - me["person"]]
    assert len(fresh) > 100
    for name in KEPT:
        assert all(me[name] == old[name] for me, old in fresh), name
    assert all(me["day_seated"] == day and me["channel"] == BY_TRANSFER for day, me, *_ in movers())
    assert any(me["day_joined"] < day - 5 for day, me, *_ in movers())
    assert all(me["reason"] == me["n_looks"] == me["n_posts"] == 0 for _, me, *_ in movers())


def test_who_is_on_the_way_to_another_group_counts_as_a_customer_of_the_old_one_that_evening() -> None:
    """So of a week that begins with a move nobody is lost; once seated they are of the new group alone."""
    engine, by_day, on_the_way = started(busy(replicates=4)), [], 0
    for _ in range(20):
        engine.step()
        members = engine.state.members
        has_bought, is_moving = members["n_purchases"] > 0, members["moving"] < 0
        by_day.append(int((has_bought & ((members["person"] >= 0) | is_moving)).sum()))
        on_the_way += int((has_bought & is_moving).sum())
    daily = engine.recorder.tables()["daily"]
    assert on_the_way > 20
    assert np.bincount(daily["day"], daily["n_customers"]).astype(int).tolist() == by_day


def test_ties_go_along_with_those_who_move_together_and_to_nobody_elsewhere() -> None:
    ties = 0
    for day, me, _, friends, *_ in movers():
        persons = me["tie_person"][: me["n_ties"]].tolist()
        assert [int(friend["person"]) for friend in friends] == persons
        assert all(f["day_seated"] == day and f["channel"] == BY_TRANSFER for f in friends)
        for k, friend in enumerate(friends):
            back = friend["tie_person"][: friend["n_ties"]].tolist()
            if me["person"] in back:
                ties += 1
                assert friend["tie_strength"][back.index(me["person"])] == pytest.approx(me["tie_strength"][k])
    assert ties > 20
    lost = sum(int(me["n_ties_lost"]) for _, me, *_ in movers())
    assert lost > 20  # and who loses a strong one feels it


def test_mechanisms_columns_are_carried_or_lost_as_declared() -> None:
    fresh = [(mine, was) for _, me, old, _, mine, was in movers() if old["person"] == -1 - me["person"]]
    assert all(mine["n_visits"] == was["n_visits"] for mine, was in fresh)
    assert sum(int(was["n_visits"]) for _, was in fresh) > 100
    assert all(mine["n_visits_here"] == 0 for mine, _ in fresh)


def test_hooks_see_who_comes_in_and_who_goes() -> None:
    """``on_seat`` is for newcomers; ``on_leave`` for everybody who gives up a seat, by order or not."""
    tables = busy_run()
    scenario, counted = busy(), tables["mechanism.shuffle"]
    came, went = (counts(counted, name, scenario) for name in ("n_came", "n_went"))
    gone = sum(daily_grid(tables, name, scenario) for name in ("new_left", "new_removed", "new_moved_out"))
    assert np.array_equal(went, gone)
    opened = daily_grid(tables, "new_joined", scenario) - came
    assert (opened[..., 1:] >= 0).all()
    assert (opened[..., 1:] <= 1).all()  # the host of a group opened this morning stands before the first hook


def counts(table: np.ndarray, name: str, scenario: Scenario) -> np.ndarray:
    """A count of a mechanism; shape (replicates, groups, days)."""
    groups = scenario.population.groups + scenario.population.spare_groups
    grid = np.zeros((scenario.replicates, groups, scenario.days))
    np.add.at(grid, (table["replicate"], table["group"], table["day"]), table[name])
    return grid


def test_dissolving_empties_the_group_for_good_and_keeps_the_pairs() -> None:
    """All groups end on the evening of day 12: pairs are those that a run of thirteen days finds at its end."""
    ended, going = (play(lively([Shuffling(ends=end, from_day=12)], days=days)) for end, days in ((1.0, 20), (0.0, 13)))
    daily, spells = ended["daily"], ended["spells"]
    assert daily["day"].max() == 12
    assert (daily["n_members"][daily["day"] == 12] == 0).all()
    assert (spells["day_left"] >= 0).all()
    assert (spells["reason"] == DISSOLVED).sum() > 50
    assert np.array_equal(np.sort(ended["pairs"]), np.sort(going["pairs"]))
    assert len(ended["pairs"]) > 10
    before = going["daily"][going["daily"]["day"] < 12]
    assert np.array_equal(before, daily[daily["day"] < 12])


def test_who_was_in_a_dissolved_group_may_come_again_who_left_may_not() -> None:
    tables = play(lively([Shuffling(ends=0.05)], replicates=20, days=40, cast={"connectors": 0.0},
                         purpose={"search_rate": 8.0}, market={"people_per_seat": 2.0}))
    spells = tables["spells"]
    order = np.argsort(spells["day_joined"], kind="stable")
    last: dict[tuple[int, int], int] = {}
    again = 0
    for s in spells[order]:
        key = (int(s["replicate"]), int(s["person"]))
        if key in last:
            again += 1
            assert last[key] == DISSOLVED
        last[key] = int(s["reason"])
    assert again > 8


def test_opened_groups_bring_no_passers_by_experts_or_moderators() -> None:
    """Knocks of a day: Poisson with mean search rate × groups founded, however many doors there are.

    False alarm: 1 in 15,000 (|z| < 4) for each of two arms.
    """
    world = {"population": {"spare_groups": 21, "seats": 60}, "purpose": {"search_rate": 2.0}, "replicates": 10,
             "cast": {"advertisers": 0.0, "moderators": 2.0, "kols": 2.0}, "operator": {"hours": 0.0},
             "market": {"quiet_door": 1.0}}  # fmt: skip
    for dose, most in ((Shuffling(opens=1.0), 24), (Shuffling(ends=0.0), 3)):
        engine, knocks = started(lively([dose], **world)), 0
        for _ in range(30):
            engine.step()
            knocks += int(engine.state.groups["n_passers"].sum())
        groups, members = engine.state.groups, engine.state.members
        assert (groups["is_open"] == 1).sum() == most * 10
        mean = 2.0 * 3 * 10 * 30
        assert abs(knocks - mean) < 4.0 * np.sqrt(mean)
        rows = engine.recorder.seated()
        opened = groups["index"][rows // 61] >= 3
        names = [role.__name__ for role in engine.scenario.roles]  # type: ignore[attr-defined]
        staff = np.isin(members["role"][rows], [names.index("KOL"), names.index("Moderator")])
        assert staff[~opened].sum() > 10 * 3 * 3  # some of four a group have left
        assert staff[opened].sum() == 0
        left = groups["minutes_left"]
        assert (left[groups["index"] < 3] > 0.0).any()  # moderators'
        assert (left[groups["index"] >= 3] <= 0.0).all()


def test_a_group_opened_has_the_number_reserved_for_its_family() -> None:
    """Seven in reserve for three groups: three, two and two. What one family opens moves no number of another."""
    engine = started(lively([Shuffling(opens=1.0)], population=SPARE))
    for _ in range(6):
        engine.step()
    groups = engine.state.groups
    opened = groups[groups["index"] >= 3]
    assert (opened["is_open"] == 1).all()
    assert opened["parent"].tolist() == [0, 0, 0, 1, 1, 2, 2] * 2

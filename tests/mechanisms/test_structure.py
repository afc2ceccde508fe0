"""Structure: what culling, regrouping, splitting, merging, dissolving and copying do, and that they do it.

Directions are asked of ten communities, each against its twin of the same luck: the mean difference must lie 1.83
standard errors on the right side (t with 9 degrees of freedom): by chance once in twenty. Seeds are fixed.
"""

from __future__ import annotations

from functools import cache
from typing import Any, ClassVar

import numpy as np
import pytest

from scenarios import Scenario, compose
from scenarios.strategies.base import GroupFacts, Strategy
from sim.analysis.lifetimes import groups_table, survival
from sim.analysis.stages import stage_shares
from sim.data.tables import CHANNELS, REASONS
from sim.engine.knobs import Knob
from sim.engine.levers import Levers
from sim.mechanisms.order import Order
from sim.mechanisms.structure import Structure, follows, merge
from sim.model.hands import OPERATORS, RIVALS
from sim.replication import simulate
from tests.mechanisms.own_rows import OwnRows
from tests.plays import STEADY, Tables, differing, lively, play, started, strategy
from tests.unit.rules.people import Room

CULLED, DISSOLVED, MOVED = (REASONS.index(name) for name in ("culled", "dissolved", "transferred"))
BY_TRANSFER = CHANNELS.index("transferred")
TEN = 10


class Arranging(Strategy):
    """Turns whatever lever of the mechanism is asked for. Source: this test."""

    id: ClassVar[str] = "S98"
    title: ClassVar[tuple[str, str]] = ("Arranging", "安排")
    below = Knob(0.0, 0.0, 2_000.0, "members", "merge below", "test")

    def push(self, levers: Levers, groups: GroupFacts, day: int) -> None:
        """All neutral but for merging."""
        levers.merge_below.plus(self.below)
        levers.dissolve.any_of(False)
        levers.regroup.only_one(0.0)
        levers.split_at.at_most(1e9)


@cache
def town(world: str = "pet_owners", days: int = 200, *words: str) -> Tables:
    """Ten communities of twenty groups; every table of the run."""
    return play(scenario(world, days, *words))


def scenario(world: str, days: int, *words: str) -> Scenario:
    return compose([f"scenario={world}", "population=small", f"replicates={TEN}", f"days={days}", *words])


def per_member(tables: Tables, name: str, first: int, last: int) -> np.ndarray:
    """A count per member-day of the days ``first … last − 1``, by community."""
    daily = tables["daily"]
    daily = daily[(daily["day"] >= first) & (daily["day"] < last)]
    total, members = (np.bincount(daily["replicate"], daily[column], minlength=TEN) for column in (name, "n_members"))
    return total / members


def assert_more(one: np.ndarray, other: np.ndarray) -> None:
    gap = one - other
    assert gap.mean() > 1.83 * gap.std(ddof=1) / np.sqrt(TEN), gap


def test_neutral_levers_move_nothing() -> None:
    """The mechanism in play, its levers turned to where they do nothing."""
    alone, still = play(lively()), play(lively([Arranging()]))
    ledger = [t["ledger"][["CNY", "host_minutes"]] for t in (alone, still)]  # the number of a holder may differ
    assert np.array_equal(*ledger)
    assert [name for name in alone if name != "ledger" and alone[name].tobytes() != still[name].tobytes()] == []


DOSES: dict[str, dict[str, Any]] = {
    "cull": {"silent_days": 14}, "regroup": {"into": 2, "below": 1.0, "days": 1, "hold_days": 3}, "split": {"at": 20},
    "dissolve": {"day": 9}, "clone": {"at": 12, "volunteers": 2},
}  # fmt: skip


@pytest.mark.parametrize("name", DOSES)
def test_both_lanes_arrange_the_same(name: str) -> None:
    rules = [strategy("graded_sanctions")] if name == "clone" else []
    world = lively([strategy(name, **DOSES[name]), *rules], days=40, operator={"hours": 20.0},
                   purpose={"search_rate": 6.0}, population={"seats": 40}, mind={"leave": 0.01})
    compiled = play(world)
    assert differing(play(world, "mesa"), compiled) == []
    moved = {"cull": "new_removed", "dissolve": "new_removed"}.get(name, "new_moved_in")
    assert compiled["daily"][moved].sum() > 0


def test_culling_leaves_more_who_speak_and_costs_buyers_who_only_read() -> None:
    silent = ("strategy=cull", "strategies.cull.offenders=false")
    nothing, kept = town(), town("pet_owners", 200, *silent)
    assert_more(per_member(kept, "n_posters", 60, 200), per_member(nothing, "n_posters", 60, 200))
    culled = kept["spells"][kept["spells"]["reason"] == CULLED]
    assert len(culled) > 500
    assert (culled["n_purchases"] == 0).all()
    mute = culled[culled["n_messages"] == 0]
    assert (mute["day_left"] - mute["day_joined"]).min() == 60
    hard = town("pet_owners", 200, *silent, "strategies.cull.silent_days=14", "strategies.cull.keep_buyers=false")
    gone = hard["spells"][hard["spells"]["reason"] == CULLED]
    assert (gone["n_purchases"] > 0).any()
    assert_more(purchases(nothing), purchases(hard))


def lines_each(spells: np.ndarray) -> np.ndarray:
    """Messages of each membership, by community."""
    lines, memberships = (np.bincount(spells["replicate"], w, minlength=TEN) for w in (spells["n_messages"], None))
    return lines / memberships


def purchases(tables: Tables) -> np.ndarray:
    """Of the whole run, by community."""
    return np.bincount(tables["daily"]["replicate"], tables["daily"]["n_purchases"], minlength=TEN).astype(float)


def test_culling_offenders_is_a_ban_of_adverts_for_those_who_look() -> None:
    """Where people write much and copy each other. Whom the host never saw advertise, because nobody looked, stays."""
    steady = (scenario("pet_owners", 200, *words).replace(**STEADY) for words in ((), ("strategy=cull",)))
    nothing, default = map(play, steady)
    assert default["daily"]["n_ads"].sum() < 0.3 * nothing["daily"]["n_ads"].sum()
    assert_more(purchases(default), purchases(nothing))
    world = lively([strategy("cull", silent_days=365)], days=30, cast={"advertisers": 0.4}, operator={"hours": 20.0})
    for has_host in (True, False):
        engine = started(world)
        for _ in range(30):
            if not has_host:
                engine.state.groups["host_slot"] = -1
            engine.step()
        assert (engine.recorder.tables()["spells"]["reason"] == CULLED).any() == has_host


def test_who_sees_others_culled_trusts_the_host_less() -> None:
    trust = {}
    for doubt in (0.0, 1.0):
        world = lively([strategy("cull", silent_days=14, keep_buyers=False)], days=16, replicates=10, record="spells",
                       tuned=(Structure(cull_doubt=doubt),), operator={"hours": 20.0})
        daily = play(world)["daily"]
        trust[doubt] = daily["mean_trust"][daily["day"] == 15]
    assert (trust[1.0] <= trust[0.0]).all()
    assert (trust[1.0] < trust[0.0]).sum() >= 25  # of thirty groups


def test_nobody_is_culled_while_there_is_room_or_without_minutes() -> None:
    silent = {"silent_days": 14, "keep_buyers": False}
    for one, hours in ((strategy("cull", when_full=True, **silent), 20.0), (strategy("cull", **silent), 0.0)):
        world = lively([one], days=30, population={"seats": 600}, operator={"hours": hours}, cast={"moderators": 0.0})
        assert (play(world)["spells"]["reason"] == CULLED).sum() == 0


def test_regrouping_gathers_those_who_still_speak() -> None:
    """Who is moved has written more than who is let go; the old group is dissolved when its time has come.
    That more is said per member afterwards is no prediction any more.
    """
    sorted_anew = town("pet_owners", 200, "strategy=regroup")
    spells, daily = sorted_anew["spells"], sorted_anew["daily"]
    moved = spells[spells["channel"] == BY_TRANSFER]
    assert len(moved) > 200
    assert_more(*(lines_each(spells[spells["reason"] == reason]) for reason in (MOVED, DISSOLVED)))
    assert (moved["group"] >= 20).all()
    out = spells[spells["reason"] == MOVED]
    for r, g in np.unique(out[["replicate", "group"]]).tolist():
        mine = daily[(daily["replicate"] == r) & (daily["group"] == g)]
        day = out["day_left"][(out["replicate"] == r) & (out["group"] == g)].max()
        assert mine["day"].max() == min(199, day + 14)
        if g < 20:  # a founded group: its own three numbers are reserved for it
            begun = moved["group"][(moved["replicate"] == r) & (moved["day_joined"] == day + 1)]
            assert np.isin(np.arange(20 + 3 * g, 23 + 3 * g), begun).any()


def test_a_split_makes_two_groups_of_one() -> None:
    """What is said in halves hangs on their size: see S30 in docs/effects.md."""
    words = ("strategy=split", "strategies.split.at=30", "operator.hours=8")
    whole, halves = town("study_group", 120, "operator.hours=8"), town("study_group", 120, *words)
    daily = halves["daily"]
    out = daily[daily["new_moved_out"] > 0]
    before = out["n_members"] + out["new_moved_out"] + out["new_left"] + out["new_removed"]  # when it was decided
    assert len(out) > 50
    assert (before >= 30).all()
    assert 0.1 < (out["new_moved_out"] / before).mean() < 0.5  # one half is asked, not all hear of it, not all follow
    assert daily["n_members"][daily["group"] < 20].mean() < whole["daily"]["n_members"].mean()


def test_nothing_is_split_that_nobody_has_time_for() -> None:
    words = ("strategy=split", "strategies.split.at=30", "operator.hours=0")
    assert town("study_group", 60, *words)["daily"]["new_moved_out"].sum() == 0


def test_small_groups_are_merged_into_larger_ones() -> None:
    alone, world = town(), scenario("pet_owners", 200)
    tables = play(world.replace(strategies=(Arranging(below=24.0),)))
    assert tables["daily"]["new_moved_in"].sum() > 20
    assert (tables["spells"]["reason"] == DISSOLVED).sum() > 20  # who does not come along
    last, then = (t["daily"][t["daily"]["day"] == 199] for t in (tables, alone))
    assert (last["n_members"] < 24).sum() < 0.1 * (then["n_members"] < 24).sum()
    assert last["n_members"].max() <= 50


@pytest.mark.parametrize(("owner", "merged"), [(OPERATORS, 1), (RIVALS, 0)])
def test_nobody_is_merged_into_a_group_of_somebody_else(owner: int, merged: int) -> None:
    room = Room(day=30)
    own, other = OwnRows(room, Structure()), room.groups[1]
    other.is_open, other.owner, other.n_members, other.seats_offered, other.minutes_left = 1, owner, 9, 20, 60.0
    own.ours.merge_below = 5.0
    merge(room.state, own.tables, 0, room.group, own.ours, own.knobs, room.world)
    assert own.ours.n_dissolved == merged


def test_dissolving_is_told_apart_from_dying() -> None:
    """A group ended when its value is used up has not died: it leaves the watch as dissolved."""
    world = scenario("pet_owners", 200, "strategy=dissolve").replace(replicates=3)
    results = simulate(world)
    daily, counted = results.daily, results.mechanisms["structure"]
    lives = groups_table(daily)
    ended = lives[lives["cause"] == "dissolved"]
    assert len(ended) > 20
    assert counted["n_dissolved"].sum() == len(ended)
    assert ended["censored"].all()
    assert ended["day_died"].isna().all()
    found = survival(lives)["dissolve"]
    assert found.n_dissolved == len(ended)
    assert found.n_died + found.n_censored + found.n_dissolved == found.n == 60
    assert stage_shares(daily)["dissolved"].max() > 0.3


def test_what_is_dissolved_on_its_day_is_free_for_others() -> None:
    tables = town("pet_owners", 100, "strategy=dissolve", "strategies.dissolve.day=50", "strategies.dissolve.share=0")
    assert tables["daily"]["day"].max() == 50
    assert (tables["spells"]["reason"] == DISSOLVED).sum() > 1_000
    assert len(tables["pairs"]) > 500


def test_a_copy_is_begun_by_volunteers_once() -> None:
    words = ("strategy=[clone,graded_sanctions]", "strategies.clone.at=25", "strategies.clone.volunteers=4")
    tables = town("study_group", 120, *words)
    moved = tables["spells"][tables["spells"]["channel"] == BY_TRANSFER]
    copies = np.unique(tables["daily"][["replicate", "group"]][tables["daily"]["group"] >= 20])
    assert len(copies) > 50
    persons = np.unique(moved[["replicate", "group"]], return_counts=True)[1]
    assert persons.max() == 4
    assert persons.mean() > 2.0
    unwilling = town("study_group", 120, *words[:2], "structure.follow=0", "structure.follow_trouble=5")
    assert (unwilling["spells"]["channel"] == BY_TRANSFER).sum() < 0.3 * len(moved)


def test_a_copy_inherits_half_of_the_manners_and_no_new_matter() -> None:
    plan = [strategy("clone", at=8, volunteers=0), strategy("graded_sanctions")]
    world = lively(plan, days=12, operator={"hours": 20.0}, tuned=(Order(credit=0.9),))
    engine = started(world)
    seen = []
    for _ in range(12):
        before = engine.state.groups.copy()
        engine.step()
        groups = engine.state.groups
        ordered = np.flatnonzero((groups["fate"] == 1) & (before["fate"] == 0))
        for h in ordered:
            parent = groups[int(groups["community"][h]) * int(engine.state.worlds["n_groups"][0]) + groups["parent"][h]]
            seen.append((parent["novelty"], groups["novelty"][h], groups["help_norm"][h] / parent["help_norm"]))
        opened = (groups["is_open"] == 1) & (before["fate"] == 1)
        assert (groups["novelty"][opened] < before["novelty"][opened] + 0.01).all()
    assert len(seen) == 6
    assert min(was for was, *_ in seen) < 0.97
    assert all(new == was and half == pytest.approx(0.5) for was, new, half in seen)


class Me:
    """A member who can be asked to move."""

    person, n_strong, need_ends, belonging, trust, day_looked = 7, 0, 1e9, 0.5, 0.5, 10


def share_who_follow(**changes: float) -> float:
    """Over a thousand days of luck."""
    me = Me()
    for name, value in changes.items():
        setattr(me, name, value)
    knobs = type("Knobs", (), {name: knob.default for name, knob in Structure.knobs().items()})
    group = type("Group", (), {"index": 0})
    worlds = (type("World", (), {"day": 10, "day_key": 1_000_003 * k, "is_philox": 0}) for k in range(1, 1_001))
    return float(np.mean([follows(me, group, knobs, world) for world in worlds]))


def test_who_follows() -> None:
    """σ(½) = 0.62 of those who hear of it; standard error 0.015, four of them for a false alarm of 1 in 15,000."""
    usual = share_who_follow()
    assert usual == pytest.approx(0.622, abs=0.062)
    assert share_who_follow(day_looked=-1) == pytest.approx(0.3 * 0.622, abs=0.05)
    assert share_who_follow(belonging=1.0) > usual + 0.2
    assert share_who_follow(trust=0.0) < usual - 0.1
    assert share_who_follow(n_strong=3) > usual + 0.05
    assert share_who_follow(need_ends=5.0) < usual - 0.3

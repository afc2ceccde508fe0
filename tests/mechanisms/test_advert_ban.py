"""What staff do to adverts just read and to who posted them, while minutes last; where, and at whose cost."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from agents import Advertiser, Host
from scenarios import Scenario
from scenarios.strategies.base import GroupFacts, Strategy
from sim.data.tables import REASONS
from sim.engine.levers import Levers
from sim.mechanisms.advert_ban import AdvertBan, police
from sim.model.hooks import Scene
from sim.model.submodels.conversation_log import OPEN0, Desk
from sim.model.submodels.messages import ADVERT, CHAT, post
from tests.mechanisms.rows import knobs_of, ours_of
from tests.plays import Tables, daily_grid, lively, play, started, strategy
from tests.unit.rules.people import Room, column

LEFT, REMOVED = REASONS.index("left"), REASONS.index("removed")
DELETED = -1 - ADVERT


class Beat:
    """A group that forbids adverts: the host in seat 0, an advertiser in 1, a member in 2; 1 and 2 have written."""

    def __init__(self, *kinds_by_seat: tuple[int, int], minutes: float = 60.0, removal: float = 1.0):
        self.room, self.ours = Room(), ours_of(AdvertBan, advert_ban=1.0, removal=removal)
        self.knobs = knobs_of(AdvertBan, policing_minutes=2.0)
        self.group, self.desk = self.room.group, self.room.desk()
        self.group.minutes_left = minutes
        self.host = self.room.sit(0, Host, is_staff=1)
        self.advertiser, self.member = self.room.sit(1, Advertiser), self.room.sit(2)
        for k, (slot, kind) in enumerate(kinds_by_seat):
            post(self.desk, self.room.members[slot], kind, -1, 0, float(k), 1, 0.0, self.group, self.room.world)

    def police(self, first: int = 0, by: Any = None) -> None:
        """Somebody looks, by default the host, and has read everything from a line on."""
        room, who = self.room, by or self.host
        who.n_ads_read = sum(kind == ADVERT for kind in self.kinds()[first:])
        look = Scene(self.desk, room.members, first)
        police(who, None, self.group, self.ours, None, self.knobs, room.world, look)

    def kinds(self) -> list[int]:
        return kinds(self.desk)


def kinds(desk: Desk) -> list[int]:
    """Kinds of the lines of the log."""
    return column(desk.log, "kind", desk.n[0])


def fate(person: Any) -> tuple[int, int]:
    return person.is_gone, person.reason


def test_an_advert_is_deleted_and_who_posted_it_removed_at_the_price_of_two_minutes() -> None:
    beat = Beat((1, ADVERT), (2, CHAT))
    beat.police()
    assert beat.kinds() == [DELETED, CHAT]
    assert fate(beat.advertiser) == (1, REMOVED)
    assert fate(beat.member) == (0, 0)
    group = beat.group
    assert (group.minutes_left, group.minutes_given, group.new_removed) == (58.0, 2.0, 1)
    assert beat.ours.minutes_policing == 2.0
    assert (group.n_ads, group.n_ads_unpunished) == (1, 0)


def test_an_advert_that_stood_overnight_was_counted_yesterday() -> None:
    """Its deletion takes nothing from today's count, or the norm would fall below nothing."""
    beat = Beat((1, ADVERT), (1, ADVERT))
    beat.desk.n[OPEN0] = 1  # the first is yesterday's
    beat.group.n_ads_unpunished = 1
    beat.police()
    assert beat.kinds() == [DELETED, DELETED]
    assert beat.group.n_ads_unpunished == 0


def test_only_staff_polices() -> None:
    beat = Beat((1, ADVERT))
    beat.police(by=beat.member)
    assert beat.kinds() == [ADVERT]
    assert fate(beat.advertiser) == (0, 0)
    assert beat.ours.minutes_policing == beat.group.minutes_given == 0.0


def test_a_deletion_takes_the_minutes_that_the_knob_says() -> None:
    beat = Beat((1, ADVERT))
    beat.knobs.policing_minutes = 7.0
    beat.police()
    assert (beat.group.minutes_left, beat.ours.minutes_policing) == (53.0, 7.0)


def test_without_removal_the_advert_goes_and_who_posted_it_stays() -> None:
    beat = Beat((1, ADVERT), removal=0.0)
    beat.police()
    assert beat.kinds() == [DELETED]
    assert fate(beat.advertiser) == (0, 0)
    assert beat.group.new_removed == 0


def test_each_advert_costs_minutes_but_a_person_is_removed_once() -> None:
    beat = Beat((1, ADVERT), (1, ADVERT), (2, ADVERT))
    beat.police()
    assert beat.kinds() == [DELETED] * 3
    assert (beat.ours.minutes_policing, beat.group.new_removed) == (6.0, 2)


@pytest.mark.parametrize(("minutes", "done"), [(1.9, 0), (2.0, 1), (3.9, 1), (4.0, 2)])
def test_the_oldest_adverts_go_first_while_minutes_last(minutes: float, done: int) -> None:
    beat = Beat((2, ADVERT), (1, ADVERT), (1, ADVERT), minutes=minutes)
    beat.police()
    assert beat.kinds() == [DELETED] * done + [ADVERT] * (3 - done)
    assert beat.group.minutes_left == pytest.approx(minutes - 2.0 * done)
    assert (fate(beat.member), fate(beat.advertiser)) == ((int(done > 0), REMOVED * (done > 0)),
                                                          (int(done > 1), REMOVED * (done > 1)))  # fmt: skip


def test_what_was_not_read_just_now_is_let_be() -> None:
    beat = Beat((2, ADVERT), (1, ADVERT))
    beat.police(first=1)
    assert beat.kinds() == [ADVERT, DELETED]
    assert (fate(beat.member), fate(beat.advertiser)) == ((0, 0), (1, REMOVED))


def test_a_deleted_advert_is_not_deleted_again() -> None:
    beat = Beat((1, ADVERT))
    beat.police()
    beat.police()
    assert (beat.ours.minutes_policing, beat.group.n_ads_unpunished) == (2.0, 0)


def test_who_leaves_today_anyway_is_gone_at_once_but_counted_already() -> None:
    beat = Beat((1, ADVERT))
    beat.advertiser.reason = LEFT
    beat.police()
    assert fate(beat.advertiser) == (1, LEFT)
    assert beat.group.new_removed == 0


def test_the_hosts_people_are_not_removed() -> None:
    beat = Beat((0, ADVERT))
    beat.police()
    assert beat.kinds() == [DELETED]
    assert fate(beat.host) == (0, 0)


def test_whoever_sits_now_where_an_author_sat_is_not_taken_for_them() -> None:
    beat = Beat((1, ADVERT))
    newcomer = beat.room.sit(1, person=555)
    beat.police()
    assert beat.kinds() == [DELETED]
    assert fate(newcomer) == (0, 0)


# --- in a run: where the lever is turned, and nowhere else -----------------------------------------------------------


class RemovalOnly(Strategy):
    """Turns the second lever without the first."""

    def push(self, levers: Levers, groups: GroupFacts, day: int) -> None:
        levers.removal.any_of()


class FirstGroup(Strategy):
    """A ban in the first group of each community, up to day 12."""

    def push(self, levers: Levers, groups: GroupFacts, day: int) -> None:
        if day < 12:
            levers.advert_ban.any_of(groups.index == 0)


def crowded(*strategies: Strategy, **changes: Any) -> Scenario:
    """Many advertisers, and staff with time."""
    return lively(strategies, cast={"advertisers": 0.3, "moderators": 1.0}, operator={"hours": 20.0}, **changes)


def policed(tables: Tables) -> np.ndarray:
    """What the mechanism counted."""
    return tables["mechanism.advert_ban"]


def test_where_adverts_are_allowed_nobody_polices() -> None:
    """Removal is nothing without a ban: not a byte differs from a run without it."""
    free, tables = play(crowded(), "mesa"), play(crowded(RemovalOnly()), "mesa")
    assert tables["daily"]["n_ads"].sum() > 100
    assert policed(tables).size == 0
    assert all(free[name].tobytes() == tables[name].tobytes() for name in free if name != "ledger")


def test_a_ban_holds_in_its_groups_on_its_days_and_is_felt_there() -> None:
    engine = started(crowded(FirstGroup()), "mesa")
    felt = []
    for _ in range(20):
        engine.step()
        felt.append(engine.state.groups["advert_ban"].tolist())
    assert felt == [[1.0, 0.0, 0.0] * 2] * 12 + [[0.0] * 6] * 8
    rows = policed(engine.recorder.tables())
    assert set(rows["group"]) == {0}
    assert 8 < rows["day"].max() < 12
    assert (rows["minutes_policing"] % AdvertBan().policing_minutes == 0.0).all()


def test_lanes_agree_and_counts_begin_each_morning_at_zero_beside_another_mechanism() -> None:
    """No day has more minutes of policing than minutes of staff; a count that went on from yesterday would."""
    both = crowded(strategy("advert_ban", remove=False), strategy("red_packet"))
    mesa, compiled = play(both, "mesa"), play(both, "compiled")
    assert {name: rows.tobytes() for name, rows in mesa.items()} == {n: rows.tobytes() for n, rows in compiled.items()}
    rows = policed(compiled)
    assert (rows["minutes_policing"] <= daily_grid(compiled, "host_minutes", both)[
        rows["replicate"], rows["group"], rows["day"]]).all()  # fmt: skip
    assert rows["minutes_policing"].sum() > 20.0


def test_who_turns_the_ban_bears_its_minutes() -> None:
    tables = play(crowded(strategy("advert_ban")), "mesa")
    ledger = tables["ledger"]
    borne = ledger["host_minutes"][ledger["strategy"] == 0].sum(dtype=float)
    assert borne == policed(tables)["minutes_policing"].sum() > 0.0
    assert ledger["host_minutes"].sum(dtype=float) == pytest.approx(tables["daily"]["host_minutes"].sum(dtype=float))

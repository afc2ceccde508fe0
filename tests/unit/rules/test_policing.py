"""What the host does to adverts just read and to the people who posted them, while minutes last."""

from __future__ import annotations

from typing import Any

import pytest

from agents import Advertiser, Host
from sim.data.tables import REASONS
from sim.model.submodels.conversation_log import OPEN0, Desk
from sim.model.submodels.messages import ADVERT, CHAT, post
from sim.model.submodels.policing import police
from tests.unit.rules.people import Room, column

LEFT, REMOVED = REASONS.index("left"), REASONS.index("removed")
DELETED = -1 - ADVERT


class Beat:
    """A group that forbids adverts: the host in seat 0, an advertiser in 1, a member in 2; 1 and 2 have written."""

    def __init__(self, *kinds_by_seat: tuple[int, int], minutes: float = 60.0, ban: float = 1.0, removal: float = 1.0):
        self.room = Room(policing_minutes=2.0)
        self.group, self.desk = self.room.group, self.room.desk()
        self.group.advert_ban, self.group.removal, self.group.minutes_left = ban, removal, minutes
        self.host = self.room.sit(0, Host, is_staff=1)
        self.advertiser, self.member = self.room.sit(1, Advertiser), self.room.sit(2)
        for k, (slot, kind) in enumerate(kinds_by_seat):
            post(self.desk, self.room.members[slot], kind, -1, 0, float(k), 1, 0.0, self.group, self.room.world)

    def police(self, first: int = 0) -> None:
        police(self.desk, self.room.members, self.host, first, self.group, self.room.world)

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
    assert (group.minutes_left, group.minutes_policing, group.new_removed) == (58.0, 2.0, 1)
    assert (group.n_ads, group.n_ads_unpunished) == (1, 0)


def test_an_advert_that_stood_overnight_was_counted_yesterday() -> None:
    """Its deletion takes nothing from today's count, or the norm would fall below nothing."""
    beat = Beat((1, ADVERT), (1, ADVERT))
    beat.desk.n[OPEN0] = 1  # the first is yesterday's
    beat.group.n_ads_unpunished = 1
    beat.police()
    assert beat.kinds() == [DELETED, DELETED]
    assert beat.group.n_ads_unpunished == 0


def test_where_adverts_are_allowed_nobody_polices() -> None:
    beat = Beat((1, ADVERT), ban=0.0)
    beat.police()
    assert beat.kinds() == [ADVERT]
    assert fate(beat.advertiser) == (0, 0)
    assert beat.group.minutes_policing == 0.0


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
    assert (beat.group.minutes_policing, beat.group.new_removed) == (6.0, 2)


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
    assert (beat.group.minutes_policing, beat.group.n_ads_unpunished) == (2.0, 0)


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

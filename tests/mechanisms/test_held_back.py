"""Knowledge held back: what the host tells is worth less, and uses less of the matter up."""

from __future__ import annotations

from functools import cache

import numpy as np
import pytest

from agents import Host
from sim.mechanisms import host_person
from sim.mechanisms.held_back import HeldBack, promise_more, spare, tell_part
from sim.model.submodels.messages import ANSWER_KIND, CHAT, CONTENT, post
from tests.mechanisms.own_rows import OwnRows
from tests.plays import Tables, lively, play, strategy
from tests.unit.rules.people import KIND_ROWS, Room


def class_of(share: float, **group: float) -> tuple[Room, OwnRows]:
    room = Room(day=9)
    own = OwnRows(room, HeldBack())
    own.ours.held_back = share
    for name, value in group.items():
        setattr(room.group, name, value)
    return room, own


@pytest.mark.parametrize(("share", "withheld"), [(0.0, 0.0), (0.5, 0.3), (0.9, 0.54)])
def test_worth_goes_with_what_is_held_back(share: float, withheld: float) -> None:
    room, own = class_of(share, novelty=0.5)
    tell_part(room.group, own.ours, own.knobs, room.world)
    host = room.sit(3, Host, is_staff=1, expertise=0.7)
    assert room.group.withheld == pytest.approx(withheld)
    assert Host.worth(host, KIND_ROWS[CONTENT], room.group, room.world) == pytest.approx((1.0 - withheld) * 0.5)
    assert Host.worth(host, KIND_ROWS[ANSWER_KIND], room.group, room.world) == pytest.approx((1.0 - withheld) * 0.225)
    assert Host.worth(host, KIND_ROWS[CHAT], room.group, room.world) == pytest.approx(0.025)  # no piece of the matter


def test_of_the_hosts_pieces_a_share_uses_no_matter_up() -> None:
    room, own = class_of(0.5)
    desk = room.desk()
    host = room.sit(3, Host, is_staff=1)
    host.person = host_person(room.group, room.world)
    for kind in (CONTENT, ANSWER_KIND, CONTENT, CHAT):
        post(desk, host, kind, -1, 0, 600.0, 1, 0.1, room.group, room.world)
    post(desk, room.sit(1), CONTENT, -1, 0, 600.0, 1, 0.1, room.group, room.world)
    assert room.group.n_pieces == 4
    spare(room.group, own.ours, own.knobs, room.world, desk)
    assert (room.group.n_pieces, own.ours.kept) == (3, 0.5)
    room.group.n_pieces = 4
    spare(room.group, own.ours, own.knobs, room.world, desk)  # the halves of two days make a whole
    assert (room.group.n_pieces, own.ours.kept) == (2, 0.0)
    assert own.ours.stock == 3.0


@pytest.mark.parametrize(("rung", "stock", "read", "pull"), [
    (2, 20.0, 1, 0.25), (3, 60.0, 1, 0.375), (1, 20.0, 1, 0.0), (0, 20.0, 1, 0.0), (2, 0.0, 1, 0.0), (2, 20.0, 0, 0.0),
])  # fmt: skip
def test_what_was_kept_is_sold_as_the_next_rung(rung: int, stock: float, read: int, pull: float) -> None:
    room, own = class_of(0.5, is_offer_day=1, rung_today=rung)
    own.ours.stock = stock
    me = room.sit(1, n_host_read=read)
    promise_more(me, None, room.group, own.ours, room.today, own.knobs, room.world)
    assert (room.today.buy, own.ours.n_sequels) == (pytest.approx(pull), int(pull > 0.0))


def test_beside_a_ladder_more_of_its_higher_rungs_are_sold() -> None:
    """The same talk is told in both; only what was kept sells nothing where ``sequel`` is 0."""
    plan = [strategy("fixed_time", posts_per_day=2.0), strategy("hold_back", share=0.9),
            strategy("price_ladder", second=299.0, third=599.0, gap_days=1)]  # fmt: skip
    sold = [play(lively(plan, replicates=10, days=40, operator={"hours": 20.0}, mind={"buy": -3.0},
                        tuned=(HeldBack(sequel=pull),)))["mechanism.ladder"]["n_second"].sum()
            for pull in (0.0, 2.0)]  # fmt: skip
    assert sold[1] > 1.1 * sold[0] > 0, sold


@cache
def taught(share: float, loss: float = 0.6) -> Tables:
    plan = [strategy("fixed_time", posts_per_day=2.0)]
    plan += [strategy("hold_back", share=share)] if share > 0.0 else []
    tuned = (HeldBack(loss=loss),) if share > 0.0 else ()
    return play(lively(plan, replicates=20, days=40, operator={"hours": 20.0}, tuned=tuned))


def mean(tables: Tables, name: str) -> float:
    return float(tables["daily"][name].mean(dtype=np.float64))


def test_matter_lasts_longer_and_what_is_held_back_costs_trust() -> None:
    """Both arms use the same matter up at first; only what is told is worth less where ``loss`` is not 0."""
    assert mean(taught(0.9), "novelty") > mean(taught(0.0), "novelty")
    assert mean(taught(0.9), "mean_trust") < mean(taught(0.9, loss=0.0), "mean_trust")

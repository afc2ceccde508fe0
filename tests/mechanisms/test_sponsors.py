"""Sponsors: when the brand is named, what it pays, and what readers make of it."""

from __future__ import annotations

from typing import Any

import pytest

from agents import Host
from sim.mechanisms.sponsors import Sponsors, be_paid, be_weighed, choose, mind, name_brand, set_an_example
from sim.model.kinds import codes
from sim.model.submodels.conversation_log import SAID
from tests.mechanisms.own_rows import OwnRows
from tests.money import earned, the_purse_is_what_the_tables_say
from tests.money import played as with_purse
from tests.plays import daily_grid, differing, lively, per_day, play, strategy
from tests.unit.rules.people import Room

SPONSORED = codes()["sponsored"]


class Stage:
    """A group whose host may name a brand; a post costs a minute."""

    def __init__(self, minutes: float = 60.0, knobs: dict[str, float] | None = None, **ours: float) -> None:
        self.room = Room(posting_minutes=1.0, annoyance=0.8, trust_advert=0.1)
        self.group, self.world = self.room.group, self.room.world
        self.room.sit(3, Host, is_staff=1)
        self.group.minutes_left, self.group.host_slot = minutes, 3
        own = OwnRows(self.room, Sponsors(**(knobs or {})))
        self.ours, self.knobs, self.desk = own.ours, own.knobs, self.room.desk()
        self.knobs.kind_sponsored = SPONSORED
        for name, value in ({"sponsor_yuan": 0.05, "sponsor_fit": 0.5, "has_sponsor": 1} | ours).items():
            setattr(self.ours, name, value)

    def morning(self) -> Stage:
        """The brand is named today, or not."""
        name_brand(self.group, self.ours, self.knobs, self.world, self.desk)
        return self

    def read_by(self, **values: float) -> Any:
        """Somebody who looks today, and the day they have."""
        me = self.room.sit(1, **({"n_host_read": 1, "n_read": 2, "dislike": 0.5, "trust": 0.4} | values))
        mind(me, None, self.group, self.ours, self.room.today, self.knobs, self.world)
        return me


@pytest.mark.parametrize(("posts", "due", "times"), [(1.0 / 7.0, 0.0, []), (1.0 / 7.0, 6.0 / 7.0, [1080.0]),
                                                     (2.0, 0.0, [1080.0, 1140.0])])  # fmt: skip
def test_lines_fall_due_and_are_said_for_minutes(posts: float, due: float, times: list[float]) -> None:
    stage = Stage(sponsor_posts=posts, due=due).morning()
    said = sorted((stage.desk.said[k].t, stage.desk.said[k].kind) for k in range(stage.desk.n[SAID]))
    assert said == [(t, SPONSORED) for t in times]
    assert (stage.group.minutes_left, stage.ours.minutes_sponsor) == (60.0 - len(times), float(len(times)))


@pytest.mark.parametrize(("worth", "crowd", "is_there"),
                         [(0.05, 0.3, 1), (0.049, 0.3, 0), (0.05, 0.31, 0), (9.0, 0.0, 1)])  # fmt: skip
def test_a_brand_comes_where_lines_are_worth_it_and_adverts_few(worth: float, crowd: float, is_there: int) -> None:
    stage = Stage(sponsor_posts=3.0, worth=worth, crowd=crowd)
    choose(stage.group, stage.ours, stage.knobs, stage.world, stage.desk)
    assert (stage.ours.n_sponsor_days, stage.ours.n_unsponsored_days) == (is_there, 1 - is_there)
    assert (stage.morning().ours.n_sponsored, stage.group.minutes_left) == (3 * is_there, 60.0 - 3 * is_there)


def test_a_brand_looks_at_readers_and_adverts_of_late_whether_it_is_named_or_not() -> None:
    stage = Stage(knobs={"memory": 10.0}, worth=0.1)
    for n_read in (3, 0, 1):
        stage.read_by(n_read=n_read, n_host_read=0)
    stage.group.n_ads, stage.group.n_messages = 2, 4
    be_weighed(stage.group, stage.ours, stage.knobs, stage.world, stage.desk)
    assert stage.ours.worth == pytest.approx(0.1 + (2 * 0.05 * 0.5 - 0.1) / 10.0)
    assert stage.ours.crowd == pytest.approx(0.4 / 10.0)
    choose(stage.group, stage.ours, stage.knobs, stage.world, stage.desk)
    assert stage.ours.n_audience == 0, "each day is counted anew"


def test_without_a_minute_the_line_is_left_out() -> None:
    stage = Stage(minutes=1.5, sponsor_posts=3.0).morning()
    assert (stage.ours.n_sponsored, stage.ours.due) == (1, 0.0)


def test_a_line_costs_those_who_trust_little_most_and_everybody_some_trust() -> None:
    stage = Stage(sponsor_posts=2.0).morning()
    me = stage.read_by()
    assert stage.room.today.cost == pytest.approx(0.8 * 0.5 * 0.6 * 1.0 / 3.0)
    assert me.trust == pytest.approx(0.4 - 0.1 * 0.4 * 1.0 / 1.2)
    assert (stage.ours.n_sponsor_readers, stage.room.today.n_selling) == (1, 1)
    ablation = Stage(sponsor_posts=2.0, knobs={"half": 0.0, "trust_loss": 0.0}).morning()
    unread = Stage(sponsor_posts=2.0).morning()
    for other, values in ((unread, {"n_host_read": 0}), (Stage(sponsor_posts=0.5), {}), (ablation, {})):
        me = other.read_by(**values)
        assert (other.room.today.cost, me.trust) == (0.0, 0.4)


@pytest.mark.parametrize(("readers", "fit", "yuan"), [(10, 0.5, 0.25), (10, 1.0, 0.5), (0, 1.0, 0.0), (1, 0.5, 0.03)])
def test_the_brand_pays_by_reader_and_fit_to_the_fen(readers: int, fit: float, yuan: float) -> None:
    stage = Stage(sponsor_posts=1.0, sponsor_fit=fit).morning()
    stage.ours.n_sponsor_readers = readers
    be_paid(stage.group, stage.ours, stage.knobs, stage.world, stage.desk)
    assert stage.group.revenue == pytest.approx(yuan)
    assert stage.ours.fen_sponsor == round(100 * yuan)


@pytest.mark.parametrize(("ban", "double", "openers", "seen"), [(1.0, 1.0, 9, 2), (0.0, 1.0, 9, 0), (1.0, 0.0, 9, 0),
                                                                (1.0, 5.0, 3, 4)])  # fmt: skip
def test_a_ban_of_adverts_beside_a_sponsor_is_a_double_standard(
    ban: float, double: float, openers: int, seen: int
) -> None:
    stage = Stage(sponsor_posts=2.0, knobs={"double": double}).morning()
    stage.group.advert_ban, stage.group.n_openers = ban, openers
    set_an_example(stage.group, stage.ours, stage.knobs, stage.world, stage.desk)
    assert stage.group.n_ads_unpunished == seen


def test_money_of_sponsors_is_revenue_that_no_member_spent_and_goes_into_the_purse() -> None:
    scenario = lively([strategy("sponsors", per_week=7.0, yuan_per_reader=0.5)])
    tables = with_purse(scenario)
    got = earned(tables, scenario, "outside")
    assert got.sum() > 10.0
    sold = per_day(tables["purchases"], scenario, "day", tables["purchases"]["price"])
    assert daily_grid(tables, "revenue", scenario) == pytest.approx(got + sold, rel=1e-5)
    assert tables["spells"]["spent"].sum(dtype=float) == pytest.approx(sold.sum(), rel=1e-5)
    the_purse_is_what_the_tables_say(tables, scenario)


def test_many_lines_cost_trust() -> None:
    few, many = (
        play(lively([strategy("sponsors", per_week=n)], replicates=10, operator={"hours": 20.0}))["daily"]["mean_trust"]
        for n in (0.0, 35.0)
    )
    assert many.mean() < few.mean() - 0.005


def test_groups_that_few_read_have_no_sponsor_and_adverts_drive_one_out() -> None:
    """Of equal groups; where many advertise, a brand that minds none stays."""

    def days(tuned: Sponsors, **more: Any) -> tuple[float, float]:
        plan = [strategy("sponsors", per_week=7.0)]
        counted = play(lively(plan, replicates=5, days=40, tuned=(tuned,), **more))["mechanism.sponsors"]
        return counted["n_sponsor_days"].sum(), counted["n_unsponsored_days"].sum()

    cheap, dear = (days(Sponsors(least=yuan, crowded=1.0)) for yuan in (0.0, 0.2))
    assert cheap[1] == 0.0
    assert 0.0 < dear[0] < cheap[0] == sum(dear)
    market = {"cast": {"advertisers": 0.5}}
    picky, patient = days(Sponsors(crowded=0.1), **market), days(Sponsors(crowded=1.0), **market)
    assert picky[0] < 0.7 * patient[0]


def test_lanes_agree_on_sponsors() -> None:
    scenario = lively([strategy("sponsors", per_week=10.0)])
    assert differing(play(scenario, "mesa"), play(scenario)) == []

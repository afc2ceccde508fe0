"""The peer's model: a community of groups, one step a day."""

from __future__ import annotations

import math
from bisect import bisect_right
from collections.abc import Iterator
from datetime import date, timedelta
from itertools import accumulate
from types import SimpleNamespace
from typing import TYPE_CHECKING, Any

import mesa

from benchmarks.peer.group import Group
from benchmarks.peer.levers import KNOWN, turn
from benchmarks.peer.market import CIRCLE, Market
from benchmarks.peer.person import Person, clip
from benchmarks.peer.roles import KOL, Host, Moderator
from sim.mechanisms import mechanisms
from sim.model.submodels.hours import PROFILES

if TYPE_CHECKING:
    from benchmarks.peer.member import Member

__all__ = ["OUTCOMES", "PeerCommunity"]


def total(name: str) -> Any:
    """A reporter: the sum of one attribute over groups."""
    return lambda model: sum(getattr(group, name) for group in model.groups)


OUTCOMES = {
    "members": total("n_members"),
    "visitors": lambda model: sum(len(group.visitors) for group in model.groups),
    "messages": total("n_messages"),
    "adverts": total("n_ads"),
    "trust": lambda model: sum(g.sum_trust for g in model.groups) / max(1, model.n_counted()),
    "belonging": lambda model: sum(g.sum_belonging for g in model.groups) / max(1, model.n_counted()),
    "joined": total("new_joined"),
    "left": lambda model: sum(g.n_left + g.n_removed for g in model.groups),
    "purchases": total("n_purchases"),
}


class PeerCommunity(mesa.Model):  # type: ignore[misc]
    """One community of a scenario under ordinary luck. ``step()`` is one day."""

    def __init__(self, scenario: Any, rng: int) -> None:
        super().__init__(rng=rng)
        unknown = [p.name for p in scenario.strategies if p.name not in KNOWN or p.needs_spare_groups]
        if unknown or scenario.same_members or scenario.added_roles:
            raise ValueError(f"the peer does not play {unknown or 'same_members or added roles'}")
        self.knobs = k = SimpleNamespace()
        for section in scenario.sections.values():
            vars(k).update(section.values)
        tuned = {one.name(): one for one in scenario.tuned}
        for name, made in mechanisms().items():  # those of a mechanism behind its name
            vars(k).update({f"{name}_{knob}": value for knob, value in tuned.get(name, made())})
        self.strategies, self.start = scenario.strategies, scenario.start
        self.draw = self.random.random
        self.cumulated = [list(accumulate(weights)) for weights in PROFILES]
        people = int(k.groups * k.seats * k.people_per_seat)
        self.market_size = max(1, -(-people // CIRCLE)) * CIRCLE
        self.n_advertisers = int(self.market_size * k.advertisers)
        self.people: dict[int, Person] = {}
        self.market = Market(self)
        self.day, self.heart, self.purse, self.income, self.outlay = 0, 1.0, k.purse, 0.0, 0.0
        self.groups = [Group(self, index) for index in range(int(k.groups))]
        circles = self.market_size // CIRCLE
        shift = int(self.draw() * circles)
        for group in self.groups:
            self.market.found(group, (group.index * 7 + shift) % circles)
        self.collector = mesa.DataCollector(model_reporters=OUTCOMES)

    def n_counted(self) -> int:
        """Members counted in the day's sums: those who left today too."""
        return sum(g.n_members + g.n_left + g.n_removed for g in self.groups)

    def minute_of(self, profile: int) -> float:
        """Minute of the day of a look."""
        cumulated = self.cumulated[profile]
        hour = bisect_right(cumulated, self.draw() * cumulated[-1])
        return min(1439.0, 60.0 * (hour + self.draw()))

    def need_time(self, is_asker: bool = False) -> float:
        """Days until a need is met, a person's or the one for which a group was founded."""
        k = self.knobs
        median, spread = (k.ask_days, 1.0) if is_asker else (k.need_days, k.need_spread)
        return median * math.exp(spread * self.random.gauss())  # type: ignore[no-any-return]

    def appoint(self, group: Group) -> Iterator[Member]:
        """Seat the host, and on the average so many experts and moderators."""
        k = self.knobs
        kinds: list[type[Member]] = [Host]
        for kind, mean in ((KOL, k.kols), (Moderator, k.moderators)):
            kinds += [kind] * (int(mean) + (self.draw() < mean - int(mean)))
        for kind in kinds:
            me = self.market.sit(group, Person(self, self.market_size, kind), "founder", 0.0)
            if kind is Host:
                group.host = me
            yield me

    def step(self) -> None:
        """One day."""
        self.plan()
        for group in self.groups:
            self.market.arrive(group)
        self.market.circuit()
        for group in self.groups:
            group.wake()
        self.agents.do("rise")
        for group in self.groups:
            group.talk()
        for group in self.groups:
            group.sleep()
        for group in self.groups:
            group.govern()
            group.part(self.market.depart)
        self.collector.collect(self)
        self.account()
        self.day += 1

    def weekday_and_season(self) -> float:
        """Logit of opening a group by today's date: rest on Saturday and Sunday, a wave over the year."""
        k, today = self.knobs, date.fromisoformat(self.start) + timedelta(self.day)
        angle = 2.0 * math.pi * (today.timetuple().tm_yday - k.season_peak) / 365.25
        rest = math.log(k.weekend) if today.isoweekday() > 5 else 0.0
        return rest + k.season * math.cos(angle)  # type: ignore[no-any-return]

    def plan(self) -> None:
        """Strategies turn levers; the operator deals out hours and purse."""
        k = self.knobs
        self.calendar = self.weekday_and_season()
        living = sum(group.quiet_days < 28 for group in self.groups)
        share = 60.0 * k.hours * self.heart / max(1, living)
        for group in self.groups:
            turn(group, self.strategies, self.day)
            self.purse = group.plan(k, self.day, living, share, self.purse)

    def account(self) -> None:
        """Income and outlay as moving averages; who is not paid back loses heart."""
        k, income, outlay = self.knobs, 0.0, 0.0
        for group in self.groups:
            sales = group.n_purchases * k.item_price
            income += group.revenue - sales + k.margin * sales
            outlay += group.yuan_packet + group.yuan_advert + group.yuan_fee + k.wage * group.minutes_spent / 60.0
            if group.packet_fen:
                self.purse += group.packet_fen / 100.0 - group.yuan_packet
            self.purse -= group.yuan_fee
        self.purse += income
        self.income += (income - self.income) / 30.0
        self.outlay += (outlay - self.outlay) / 30.0
        back = clip(0.15 + self.income / (self.outlay + 1.0), 0.0, 1.0)
        self.heart += (back - self.heart) / k.heart_days

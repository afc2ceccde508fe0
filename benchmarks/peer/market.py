"""Who comes to which door, and who is let in."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from benchmarks.peer.member import Member
from benchmarks.peer.person import Person
from benchmarks.peer.roles import Advertiser, Connector
from benchmarks.peer.ties import acquaint

if TYPE_CHECKING:
    from benchmarks.peer.community import PeerCommunity
    from benchmarks.peer.group import Group

__all__ = ["Market"]

CIRCLE = 64


class Market:
    """The people around a community."""

    def __init__(self, model: PeerCommunity) -> None:
        self.model = model
        self.connectors: list[Member] = []  # one membership per connector: the first

    def person(self, number: int, kind: type[Member] | None = None) -> Person:
        """The person of a number, made when first met."""
        model = self.model
        if number not in model.people:
            if kind is None:
                if number >= model.market_size:
                    kind = Advertiser
                else:
                    kind = Connector if model.draw() < model.knobs.connectors else Member
            model.people[number] = Person(model, number, kind)
        return model.people[number]

    def arrive(self, group: Group) -> None:
        """The queue, friends asked, passers-by, advertisers, readers of paid adverts."""
        model, k = self.model, self.model.knobs
        while group.queue and group.has_room():
            person = group.queue.pop(0)
            if person.home is None and not person.was_inside:
                self.sit(group, person, "search", group.entry_price)
        self.friends_asked(group)
        poisson, size = model.rng.poisson, model.market_size
        lively = 7.0 / (7.0 + group.quiet_days)
        found = k.search_rate * group.found_by * math.exp(model.calendar)
        found *= k.quiet_door + (1.0 - k.quiet_door) * lively
        for _ in range(poisson(found)):
            self.knock(group, self.person(int(model.draw() * size)), "search")
        if model.n_advertisers:
            for _ in range(poisson(found * k.advertiser_zeal * model.n_advertisers / size)):
                self.knock(group, self.person(size + int(model.draw() * model.n_advertisers)), "search")
        if group.advert_yuan > 0.0:
            group.yuan_advert += group.advert_yuan
            for _ in range(poisson(group.advert_yuan / k.paid_adverts_click_price)):
                self.knock(group, self.person(int(model.draw() * size)), "paid_ad")

    def friends_asked(self, group: Group) -> None:
        """Members who decided yesterday ask friends."""
        for me in group.inviters:
            if me.is_in:
                friends = me.person.friends
                number = friends[me.n_invited] if me.n_invited < len(friends) else -1
                me.n_invited += 1
                if number >= 0:
                    me.n_brought += self.knock(group, self.person(number), "invited")
        group.inviters.clear()

    def knock(self, group: Group, person: Person, channel: str) -> bool:
        """Someone comes to the door; are they inside now?"""
        if person.home is not None or person.was_inside:
            return False
        if self.model.draw() >= person.kind.wants_in(person, group, channel, group.entry_price):
            return False
        if group.has_room():
            self.sit(group, person, channel, group.entry_price)
            return True
        if person in group.queue:
            return False
        if len(group.queue) < group.queue_length:
            group.queue.append(person)
        else:
            group.n_turned_away += 1
        return False

    def sit(self, group: Group, person: Person, channel: str, price: float) -> Member:
        """A person becomes a member."""
        me = person.kind(group, person, channel, price)
        group.revenue += price
        group.new_joined += 1
        group.n_members += 1
        group.members.append(me)
        person.was_inside = True
        if person.home is None:
            person.home = group
            if person.kind is Connector:
                self.connectors.append(me)
        person.seats.append(me)
        return me

    def depart(self, me: Member) -> None:
        """A member gives up their seat; a connector's other seats stay."""
        person, seats = me.person, me.person.seats
        at = seats.index(me)
        seats.remove(me)
        following = seats[at % len(seats)] if seats else None
        if person.home is me.group:
            person.home = following.group if following else None
        if me in self.connectors:
            at = self.connectors.index(me)
            self.connectors[at : at + 1] = [following] if following else []
        me.is_in = False
        me.group.members.remove(me)
        me.remove()

    def circuit(self) -> None:
        """Connectors hand on news and try a further group."""
        model, k = self.model, self.model.knobs
        for me in list(self.connectors):
            seats = me.person.seats
            for at, seat in enumerate(seats):
                if seat.has_news and len(seats) > 1:
                    seats[(at + 1) % len(seats)].news = True
                seat.has_news = False
            if len(seats) < k.connector_groups and model.draw() < k.carry_rate:
                group = model.random.choice(model.groups)
                if group.has_room() and all(seat.group is not group for seat in seats):
                    new = self.sit(group, me.person, "carried", group.entry_price)
                    seats.insert(1, seats.pop(seats.index(new)))

    def found(self, group: Group, circle: int) -> None:
        """A group is founded by a host, perhaps experts and moderators, and people who know each other."""
        model, k = self.model, self.model.knobs
        circles = model.market_size // CIRCLE
        offset = int(model.draw() * CIRCLE)
        founders = list(model.appoint(group))
        for j in range(int(k.founders)):
            number = ((circle + j // CIRCLE) % circles) * CIRCLE + (j + offset) % CIRCLE
            person = self.person(number)
            if person.home is None:
                founders.append(self.sit(group, person, "founder", 0.0))
        for i, a in enumerate(founders):
            if not a.is_staff:
                for b in founders[i + 1 :]:
                    if model.draw() < k.acquaintance:
                        acquaint(a, b, 0.5)

"""Commission (佣金): members who become promoters keep part of what those whom they bring pay at the door.

Promoter (代理, R8) is a career: a member of trust becomes one, perhaps for a fee, asks friends and then people of their
own circle whom they hardly know, praises the group in it, and is a member like any other again when commissions stay
away. The market around each promoter runs out, so who comes late earns nothing: the shares of those who earn their fee
back is counted, and no sign is expected of it. With ``own_group`` they run free groups of their own as well.

Source: founding material, S36, R8, C4, C6; how readily people become promoters is an assumption. Commissions on more
than two levels are what the law calls a pyramid scheme in many places, China among them.
"""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from sim.engine.declarations import carried, daily, lever, lost
from sim.engine.distributions import wide
from sim.engine.knobs import Knob
from sim.engine.levers import only_one
from sim.engine.luck import purpose, uniform
from sim.engine.rule import rule
from sim.mechanisms import MEMBER, OPERATOR, Mechanism, charge, come_over, kind, open_for, pay, set_aside, write
from sim.mechanisms.gifts import Gifts
from sim.model.entities import ASKING
from sim.model.hands import PROMOTERS
from sim.model.population import CIRCLE
from sim.model.rows import Group, Look, Member, Own, State, Today, World
from sim.model.submodels.rings import group_owned_by, seat_in
from sim.model.submodels.yuan import felt, priced
from sim.model.vocabulary import CHANNELS

__all__ = ["Commission"]

INVITED = CHANNELS.index("invited")
BECOME, PRAISE = purpose("commission: become a promoter"), purpose("commission: praise the group")
OPEN, GO_ON = purpose("commission: open a group of their own"), purpose("commission: go on from it")


class Commission(Mechanism):
    """Of each entry, ``commission`` goes to the promoter who brought it, half as much to the one who brought them, …

    All of them together get no more than was paid at the door. It is settled in the evening and paid the next morning,
    as soon as the purse holds all that is due that day in the group; who has left or moved by then gets nothing.

    With ``own_group`` a promoter opens a free group of their own, out of those kept in reserve, takes ``own_friends``
    into it, gives it ``own_minutes``, and asks people into it from then on. Who likes it there goes on to the group
    that pays the commission, as somebody whom the promoter has brought. It is none of the operator's
    (:mod:`sim.model.hands`).
    """

    title = ("Commission", "佣金与代理")
    opens = "own_group"
    uses = (Gifts,)
    become = Knob(0.05, 0.0, 1.0, "1/day", "readiness to become a promoter for a boundless commission, times trust",
                  "assumption")  # fmt: skip
    half = Knob(0.02, 0.001, 0.5, "share", "commission, in monthly free money, that makes half as ready", "assumption")
    ask_pull = Knob(0.6, 0.0, 3.0, "1/day", "readiness of a promoter to ask for a commission beyond all wishes",
                    "assumption")  # fmt: skip
    hunt = Knob(3.0, 1.0, 10.0, "people/day", "people whom a promoter may ask on one day", "assumption")
    praise = Knob(0.3, 0.0, 1.0, "1/day", "how often a promoter who looks in praises the group", "assumption")
    patience = Knob(45.0, 1.0, 1_000.0, "days", "time without a commission after which they stop", "assumption")
    own_group = Knob(0.0, 0.0, 1.0, "1/day", "readiness of a promoter to open a free group of their own",
                     "assumption; 0: they have none")  # fmt: skip
    own_friends = Knob(8, 0, 15, "friends", "whom a promoter takes into it when it opens", "assumption")
    own_minutes = Knob(30.0, 0.0, 600.0, "minutes/day", "that a promoter gives a group of their own", "assumption")
    go_on = Knob(0.05, 0.0, 1.0, "1/day", "readiness of who is in it, and at home, to go on for nothing", "assumption")
    level_falls = Knob(0.5, 0.0, 1.0, "ratio", "commission of a level, against that of the level below", "definition")

    class kinds:
        praise = kind("praise", "代理推广", author="nobody", is_ritual=True, worth=(0.0, 0.0), interest=0.0)

    kind_praise: int  # its code

    class member:
        is_promoter: int = carried()
        last: int = carried()  # day of the last commission, or on which they became a promoter
        fee: float = carried()  # CNY paid to become one
        earned: float = carried()  # commissions so far, CNY
        is_new: int = lost()  # came in today, asked by somebody
        due: float = lost()  # CNY to be paid tomorrow
        has_praised: int = lost()  # day plus one

    class group:
        commission: float = lever(
            only_one, "share", "of what is paid at the door, for who brings", bears="fen_commission"
        )
        commission_levels: float = lever(only_one, "levels", "promoters above each other who get a share")
        promoter_fee: float = lever(only_one, "CNY", "what it costs to become a promoter")
        due: float
        n_to_pay: int
        is_paying: int
        n_appointed: int = daily("members who become promoters", "新增代理人数")
        n_own_groups: int = daily("free groups opened by promoters", "代理自建免费群数")
        n_went_on: int = daily("people who go on from promoters' groups", "由代理群转入人数", better=True)
        n_at_promoters: int = daily("members of promoters' own groups, against the operator's",
                                    "代理群人数与运营者的群人数之比", share_of="n_members")  # fmt: skip
        n_stopped: int = daily("promoters who stop", "退出代理人数")
        n_repaid: int = daily("promoters who have earned their fee back", "回本代理人数", better=True)
        fen_promoter_fees: int = daily("fees paid by promoters", "代理费收入", unit="CNY", better=True, earned="member")
        fen_commission: int = daily("money in commissions", "佣金支出", unit="CNY", better=False, booked=True,
                                    brings="invited")  # fmt: skip


if TYPE_CHECKING:
    Kept = Own[Commission.member, Commission.group, object, object]


@Commission.at_plan(since="commission")
def pay_out(group: Group, ours: Commission.group, knobs: Commission, world: World, gifts: object) -> None:
    """All that is due, or nothing, is paid, to the fen."""
    ours.is_paying = 1 if ours.n_to_pay > 0 and set_aside(ours.due, group, world) else 0
    if ours.is_paying > 0:
        ours.fen_commission = pay(OPERATOR, MEMBER, ours.due, group)


@Commission.each_member(before="visit", since="commission")
def receive(
    me: Member, mine: Commission.member, group: Group, ours: Commission.group, today: Today, knobs: Commission,
    world: World, gifts: Gifts.member,
) -> None:  # fmt: skip
    """In hand + commissions. A promoter without any for ``patience`` days is one no longer."""
    if ours.is_paying > 0 and mine.due > 0.0:
        gifts.yuan += mine.due
        was_short = mine.earned < mine.fee
        mine.earned += mine.due
        ours.n_repaid += 1 if was_short and mine.earned >= mine.fee else 0
        mine.last = world.day
        mine.due = 0.0
    if mine.is_promoter > 0 and world.day - mine.last > knobs.patience:
        mine.is_promoter = 0
        ours.n_stopped += 1


@Commission.each_group(before="visit", since="commission")
def settle(group: Group, ours: Commission.group, knobs: Commission, world: World, desk: object, gifts: object) -> None:
    """What was due has been paid."""
    if ours.is_paying > 0:
        ours.due, ours.n_to_pay = 0.0, 0


@Commission.at_look(before="reply", when="commission")
def speak_well(
    me: Member, mine: Commission.member, group: Group, ours: Commission.group, today: Today, knobs: Commission,
    world: World, look: Look, gifts: object,
) -> None:  # fmt: skip
    """A promoter praises the group with probability ``praise`` at the first look of a day: one more line to read."""
    if mine.is_promoter > 0 and mine.has_praised <= world.day:
        mine.has_praised = world.day + 1
        if uniform(world, me.person, PRAISE, group.index) < knobs.praise:
            write(look, knobs.kind_praise)


@Commission.each_visitor(after="talk", when="commission")
def promote(
    me: Member, mine: Commission.member, group: Group, ours: Commission.group, today: Today, knobs: Commission,
    world: World, gifts: object,
) -> None:  # fmt: skip
    """Become a promoter with P = become · τ · S(b / (half B)), b = commission · price of today, and pay the fee.

    As one, invite + ask_pull · S(b / (half B)), up to ``hunt`` a day, friends first, then all of one's circle.
    """
    worth = felt(ours.commission * group.entry_price, knobs.half, me)
    may = mine.is_promoter == 0 and me.is_staff + me.is_expert == 0 and me.role != world.role_advertiser
    if may and uniform(world, me.person, BECOME, group.index) < knobs.become * me.trust * worth:
        mine.is_promoter, mine.last, mine.earned = 1, world.day, 0.0
        mine.fee = charge(me, OPERATOR, ours.promoter_fee, group) / 100.0
        ours.fen_promoter_fees += int(mine.fee * 100.0 + 0.5)
        ours.n_appointed += 1
    if mine.is_promoter > 0:
        today.invite += knobs.ask_pull * worth
        today.more_friends = max(today.more_friends, knobs.hunt - 1.0)
        today.acquaintances = max(today.acquaintances, CIRCLE - 1.0 - world.friends)


@Commission.on_seat(when="commission")
def be_brought(
    me: Member, mine: Commission.member, group: Group, ours: Commission.group, knobs: Commission, world: World,
    gifts: object,
) -> None:  # fmt: skip
    """What they pay today is shared this evening."""
    mine.is_new = 1 if me.channel == INVITED and me.inviter >= 0 else 0


@Commission.each_evening(since="commission")
def share_out(
    state: State, own: Kept, g: int, group: Group, ours: Commission.group, knobs: Commission, world: World
) -> None:
    """l-th promoter above: commission · level_falls^(l − 1) of the entry, in all no more than it."""
    for row in range(group.first, group.first + group.n_slots):
        if state.members[row].person >= 0 and own.members[row].is_new > 0:
            own.members[row].is_new = 0
            climb(state, own, g, state.members[row], ours, knobs)


@rule
def climb(state: State, own: Kept, g: int, me: Member, ours: Commission.group, knobs: Commission) -> None:
    """From who was brought to who brought them, and so on; who is no promoter, or is going, breaks the chain."""
    rest, part, person = me.entry_paid, ours.commission * me.entry_paid, me.inviter
    for _ in range(int(ours.commission_levels)):
        above = seat_in(state, g, person) if person >= 0 else -1
        if above < 0 or own.members[above].is_promoter == 0:
            return
        if state.members[above].reason + state.members[above].is_staff > 0:
            return
        fen = int(min(rest, part) * 100.0 + 1e-6)
        if fen <= 0:
            return
        mine = own.members[above]
        ours.n_to_pay += 1 if mine.due == 0.0 else 0
        mine.due += fen / 100.0
        ours.due += fen / 100.0
        rest -= fen / 100.0
        part *= knobs.level_falls
        person = state.members[above].inviter


@Commission.each_evening(when="commission")
def run_own_groups(
    state: State, own: Kept, g: int, group: Group, ours: Commission.group, knobs: Commission, world: World
) -> None:
    """Each promoter without a group of their own opens one with P = own_group, as long as one is in reserve."""
    if knobs.own_group <= 0.0:
        return
    for row in range(group.first, group.first + group.n_slots):
        me = state.members[row]
        if me.person < 0 or me.reason > 0 or own.members[row].is_promoter == 0:
            continue
        owner = PROMOTERS + wide(me.person)
        h = group_owned_by(state, owner, world)
        if h < 0:
            if uniform(world, me.person, OPEN, group.index) < knobs.own_group:
                new = open_for(state, g, owner, world)
                if new >= 0:
                    ours.n_own_groups += 1
                    state.groups[new].owner_brings = int(knobs.own_friends)
        elif state.groups[h].is_open == 1:
            state.groups[h].owner_minutes = knobs.own_minutes
            ask_into(state, row, group, h, state.groups[h])
            lead_on(state, g, h, group, ours, knobs, world)
            ours.n_at_promoters += state.groups[h].n_members - state.groups[h].n_leaving


@rule
def ask_into(state: State, row: int, group: Group, h: int, target: Group) -> None:
    """Whom they would ask into this group tomorrow, they ask into their own."""
    kept = 0
    for k in range(group.n_asking):
        at = wide(state.listed[group.first + k, ASKING])
        if at == row:
            n = state.members[row].n_invitations
            state.listed[target.first + target.n_asking, ASKING] = row
            target.n_asking += 1
            target.n_to_ask += n
            group.n_to_ask -= n
        else:
            state.listed[group.first + kept, ASKING] = at
            kept += 1
    group.n_asking = kept


@rule
def lead_on(
    state: State, g: int, h: int, group: Group, ours: Commission.group, knobs: Commission, world: World
) -> None:
    """Who has looked in there today joins this group tomorrow, for the price at its door, with

    P = go_on · β · (1 + price / (price_half · B))^(−enter_price), while there are seats.
    """
    theirs = state.groups[h]
    for at in range(theirs.first, theirs.first + theirs.n_slots):
        me = state.members[at]
        if me.person >= 0 and me.n_looks > 0 and me.is_staff == 0 and me.role != world.role_advertiser:
            p = knobs.go_on * me.belonging * math.exp(-world.enter_price * priced(group.entry_price, me, world))
            if uniform(world, me.person, GO_ON, theirs.index) < p:
                ours.n_went_on += 1 if come_over(state, at, g, world) else 0


@Commission.on_leave(since="commission")
def forgo(
    me: Member, mine: Commission.member, group: Group, ours: Commission.group, knobs: Commission, world: World,
    gifts: object,
) -> None:  # fmt: skip
    """Who leaves, or moves to another group, is not paid what was due."""
    if mine.due > 0.0:
        ours.due -= mine.due
        ours.n_to_pay -= 1
        mine.due = 0.0

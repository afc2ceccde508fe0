"""Commission (佣金): promoters keep part of what those whom they bring pay at the door, and for rungs of a ladder.

Promoter (代理, R8) is a career: a member of trust becomes one, perhaps for a fee, asks friends and then people of their
own circle whom they hardly know, praises the group in it, and is a member like any other again when commissions stay
away. The market around each promoter runs out, so who comes late earns nothing: who of those that paid a fee earn it
back is counted, and no sign is expected of it. Who has bought the last product of a ladder may become one for no fee.

Source: founding material, S36, S41, R8, C4, C6; how readily people become promoters is an assumption. Commissions on
more than two levels are what the law calls a pyramid scheme in many places, China among them.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from sim.engine.declarations import carried, daily, lever, lost
from sim.engine.distributions import wide
from sim.engine.knobs import Knob
from sim.engine.levers import only_one
from sim.engine.luck import purpose, uniform
from sim.engine.rule import rule
from sim.mechanisms import MEMBER, OPERATOR, Mechanism, charge, kind, pay, set_aside, write
from sim.mechanisms.gifts import Gifts
from sim.model.entities import BUYING
from sim.model.population import CIRCLE
from sim.model.rows import Group, Look, Member, Own, State, Today, World
from sim.model.submodels.rings import seat_in
from sim.model.submodels.yuan import felt
from sim.model.vocabulary import CHANNELS

__all__ = ["Commission"]

INVITED = CHANNELS.index("invited")
PROMISED = ("commission", "rung_commission")
BECOME, PRAISE = purpose("commission: become a promoter"), purpose("commission: praise the group")


class Commission(Mechanism):
    """Of each entry, ``commission`` goes to the promoter who brought it, half as much to the one who brought them, …

    Of each purchase of a rung ``rung_commission`` goes the same way. All of them together get no more than was paid.
    It is settled in the evening and paid the next morning, as soon as the purse holds all that is due that day in the
    group; who has left or moved by then gets nothing.
    """

    title = ("Commission", "佣金与代理")
    uses = (Gifts,)
    become = Knob(0.05, 0.0, 1.0, "1/day", "readiness to become a promoter for a boundless commission, times trust",
                  "assumption")  # fmt: skip
    half = Knob(0.02, 0.001, 0.5, "share", "commission, in monthly free money, that makes half as ready", "assumption")
    ask_pull = Knob(0.6, 0.0, 3.0, "1/day", "readiness of a promoter to ask for a commission beyond all wishes",
                    "assumption")  # fmt: skip
    hunt = Knob(3.0, 1.0, 10.0, "people/day", "people whom a promoter may ask on one day", "assumption")
    praise = Knob(0.3, 0.0, 1.0, "1/day", "how often a promoter who looks in praises the group", "assumption")
    patience = Knob(45.0, 1.0, 1_000.0, "days", "time without a commission after which they stop", "assumption")
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
        due: float = lost()  # CNY to be paid tomorrow …
        due_rungs: float = lost()  # … part of it: for rungs
        has_praised: int = lost()  # day plus one

    class group:
        commission: float = lever(
            only_one, "share", "of what is paid at the door, for who brings", bears="fen_commission"
        )
        commission_levels: float = lever(only_one, "levels", "promoters above each other who get a share")
        promoter_fee: float = lever(only_one, "CNY", "what it costs to become a promoter")
        rung_commission: float = lever(only_one, "share", "of what is paid for a rung, for who brought the buyer",
                                       bears="fen_rung_commission")  # fmt: skip
        promoter_rung: float = lever(only_one, "rung", "whose buyers become promoters for no fee; 0: none")
        first_price: float  # CNY, of the first rung when it was last offered
        due: float
        due_rungs: float  # part of it: for rungs
        n_to_pay: int
        is_paying: int
        n_appointed: int = daily("members who become promoters", "新增代理人数")
        n_stopped: int = daily("promoters who stop", "退出代理人数")
        n_repaid: int = daily("promoters who have earned their fee back", "回本代理人数", better=True)
        fen_promoter_fees: int = daily("fees paid by promoters", "代理费收入", unit="CNY", better=True, earned="member")
        fen_commission: int = daily("money in commissions on entries", "入群佣金支出", unit="CNY", better=False,
                                    booked=True, brings="invited")  # fmt: skip
        fen_rung_commission: int = daily("money in commissions on rungs of a ladder", "阶梯佣金支出", unit="CNY",
                                         better=False, booked=True)  # fmt: skip


if TYPE_CHECKING:
    Kept = Own[Commission.member, Commission.group, object, object]


@Commission.at_plan(since=PROMISED)
def pay_out(group: Group, ours: Commission.group, knobs: Commission, world: World, gifts: object) -> None:
    """All that is due, or nothing, is paid, to the fen."""
    ours.is_paying = 1 if ours.n_to_pay > 0 and set_aside(ours.due, group, world) else 0
    if ours.is_paying > 0:
        fen = pay(OPERATOR, MEMBER, ours.due, group)
        ours.fen_rung_commission = min(fen, int(ours.due_rungs * 100.0 + 0.5))
        ours.fen_commission = fen - ours.fen_rung_commission


@Commission.each_member(before="visit", since=PROMISED)
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
        mine.due = mine.due_rungs = 0.0
    if mine.is_promoter > 0 and world.day - mine.last > knobs.patience:
        mine.is_promoter = 0
        ours.n_stopped += 1


@Commission.each_group(before="visit", since=PROMISED)
def settle(group: Group, ours: Commission.group, knobs: Commission, world: World, desk: object, gifts: object) -> None:
    """What was due has been paid; what the first rung costs is known from the day it is offered."""
    if ours.is_paying > 0:
        ours.due, ours.due_rungs, ours.n_to_pay = 0.0, 0.0, 0
    if group.rung_today == 1 and group.price_today > 0.0:
        ours.first_price = group.price_today


@Commission.at_look(before="reply", when=PROMISED)
def speak_well(
    me: Member, mine: Commission.member, group: Group, ours: Commission.group, today: Today, knobs: Commission,
    world: World, look: Look, gifts: object,
) -> None:  # fmt: skip
    """A promoter praises the group with probability ``praise`` at the first look of a day: one more line to read."""
    if mine.is_promoter > 0 and mine.has_praised <= world.day:
        mine.has_praised = world.day + 1
        if uniform(world, me.person, PRAISE, group.index) < knobs.praise:
            write(look, knobs.kind_praise)


@Commission.each_visitor(after="talk", when=PROMISED)
def promote(
    me: Member, mine: Commission.member, group: Group, ours: Commission.group, today: Today, knobs: Commission,
    world: World, gifts: object,
) -> None:  # fmt: skip
    """Become a promoter with P = become · τ · S(b / (half B)), b = commission · price at the door, and pay the fee.

    b + rung_commission · price of the first rung: what whoever comes is likely to buy first, and all one reckons with.
    As one, invite + ask_pull · S(b / (half B)), up to ``hunt`` a day, friends first, then all of one's circle.
    """
    at_door = ours.commission * group.entry_price
    worth = felt(at_door + ours.rung_commission * ours.first_price, knobs.half, me)
    may = mine.is_promoter == 0 and me.is_staff + me.is_expert == 0 and me.role != world.role_advertiser
    if may and at_door > 0.0 and uniform(world, me.person, BECOME, group.index) < knobs.become * me.trust * worth:
        begin(mine, ours, world)
        mine.fee = charge(me, OPERATOR, ours.promoter_fee, group) / 100.0
        ours.fen_promoter_fees += int(mine.fee * 100.0 + 0.5)
    if mine.is_promoter > 0:
        today.invite += knobs.ask_pull * worth
        today.more_friends = max(today.more_friends, knobs.hunt - 1.0)
        today.acquaintances = max(today.acquaintances, CIRCLE - 1.0 - world.friends)


@rule
def begin(mine: Commission.member, ours: Commission.group, world: World) -> None:
    """They are a promoter from today on, for no fee, who has earned nothing yet."""
    mine.is_promoter, mine.last, mine.earned, mine.fee = 1, world.day, 0.0, 0.0
    ours.n_appointed += 1


@Commission.on_buy(when="promoter_rung")
def rise(
    me: Member, mine: Commission.member, group: Group, ours: Commission.group, knobs: Commission, world: World,
    gifts: object,
) -> None:  # fmt: skip
    """Whoever buys the last rung becomes a promoter, if they are none."""
    if 0 < ours.promoter_rung <= group.rung_today and mine.is_promoter == 0 and me.is_staff + me.is_expert == 0:
        begin(mine, ours, world)


@Commission.on_seat(when=PROMISED)
def be_brought(
    me: Member, mine: Commission.member, group: Group, ours: Commission.group, knobs: Commission, world: World,
    gifts: object,
) -> None:  # fmt: skip
    """What they pay today is shared this evening."""
    mine.is_new = 1 if me.channel == INVITED and me.inviter >= 0 else 0


@Commission.each_evening(since=PROMISED)
def share_out(
    state: State, own: Kept, g: int, group: Group, ours: Commission.group, knobs: Commission, world: World
) -> None:
    """l-th promoter above: share · level_falls^(l − 1) of an entry, or of what was paid for a rung."""
    for row in range(group.first, group.first + group.n_slots):
        if state.members[row].person >= 0 and own.members[row].is_new > 0:
            own.members[row].is_new = 0
            me = state.members[row]
            climb(state, own, g, me.inviter, me.entry_paid, ours.commission, 0, ours, knobs)
    for k in range(group.n_buying if group.rung_today > 0 else 0):
        me = state.members[wide(state.listed[group.first + k, BUYING])]
        climb(state, own, g, me.inviter, group.price_today, ours.rung_commission, 1, ours, knobs)


@rule
def climb(
    state: State, own: Kept, g: int, inviter: int, paid: float, share: float, is_rung: int, ours: Commission.group,
    knobs: Commission,
) -> None:  # fmt: skip
    """From who paid to who brought them, and so on; who is no promoter, or is going, breaks the chain."""
    rest, part, person = paid, share * paid, wide(inviter)
    for _ in range(max(1, int(ours.commission_levels))):
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
        mine.due_rungs += is_rung * fen / 100.0
        ours.due_rungs += is_rung * fen / 100.0
        rest -= fen / 100.0
        part *= knobs.level_falls
        person = state.members[above].inviter


@Commission.on_leave(since=PROMISED)
def forgo(
    me: Member, mine: Commission.member, group: Group, ours: Commission.group, knobs: Commission, world: World,
    gifts: object,
) -> None:  # fmt: skip
    """Who leaves, or moves to another group, is not paid what was due."""
    if mine.due > 0.0:
        ours.due -= mine.due
        ours.due_rungs -= mine.due_rungs
        ours.n_to_pay -= 1
        mine.due = mine.due_rungs = 0.0

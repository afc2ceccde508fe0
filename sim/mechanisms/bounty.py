"""Rewards for bringing people (拉新奖励): so much a head, or a gift for so many, paid once they have stayed.

Whoever is promised something asks more friends, and does so with less goodwill each time: friends asked in vain shun
the one who asked, and later asks; each further day of the campaign moves people less. Those who come as a favour may
not care for the topic, and some are second accounts, made to be counted. What members feel then is left to the rules.

Source: founding material, S34, S35, S37, C7; that rewards bring those who would not have come, and that each request
costs goodwill, are assumptions (direction: Schmitt, Skiera & Van den Bulte 2011, from memory).
"""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from sim.engine.declarations import carried, daily, lever, lost
from sim.engine.knobs import Knob
from sim.engine.levers import any_of, only_one, plus
from sim.engine.luck import purpose, uniform
from sim.engine.rows import Small, Tiny
from sim.engine.rule import rule
from sim.mechanisms import (
    MEMBER,
    OPERATOR,
    Mechanism,
    give_minutes,
    host_says,
    kind,
    pay,
    set_aside,
    withdraw,
    write,
)  # fmt: skip
from sim.mechanisms.gifts import Gifts
from sim.model.population import friend_of
from sim.model.rows import Group, Knock, Look, Member, Own, State, Today, World
from sim.model.submodels.rings import seat_in
from sim.model.submodels.yuan import felt
from sim.model.vocabulary import CHANNELS

__all__ = ["Bounty", "promised"]

INVITED = CHANNELS.index("invited")
SHAM, END = purpose("bounty: is it a second account"), purpose("bounty: end of a second account")
NEVER = -50.0
"""Logit of a second account's looking in: never."""


class Bounty(Mechanism):
    """A head counts when it was asked in while something was promised, and is still in ``bounty_delay`` days later.

    Whoever brought it is paid the next morning, or as soon as the purse holds all that is due that day in the group;
    who has left by then gets nothing. The day after they are credited members say so in the group.
    """

    title = ("Rewards for bringing people", "拉新奖励")
    uses = (Gifts,)
    ask_pull = Knob(0.6, 0.0, 3.0, "1/day", "readiness to ask a friend for a reward beyond all wishes", "assumption")
    ask_half = Knob(0.02, 0.001, 0.5, "share", "reward, in monthly free money, that makes half as ready", "assumption")
    most_friends = Knob(3.0, 1.0, 10.0, "friends/day", "friends whom one may ask on one day for a reward", "assumption")
    favour = Knob(1.0, 0.0, 5.0, "logit", "pull of doing a friend a favour by coming in", "assumption")
    in_vain = Knob(0.5, 0.0, 5.0, "logit", "push of having been asked in vain before", "assumption")
    goodwill = Knob(0.01, 0.0, 1.0, "share", "belonging lost with each friend asked in vain", "assumption")
    tired = Knob(0.05, 0.0, 1.0, "1/day", "how fast members tire of being called on to bring people", "assumption")
    recovery = Knob(0.03, 0.0, 1.0, "1/day", "how fast they recover from it", "assumption")
    sham = Knob(0.1, 0.0, 1.0, "probability", "second accounts among those brought for a boundless reward",
                "assumption")  # fmt: skip
    sham_days = Knob(3.0, 0.1, 100.0, "days", "mean time for which a second account is kept", "assumption")
    call_hour = Knob(19.0, 0.0, 23.9, "hour", "hour at which the host calls on everybody", "assumption")

    class kinds:
        call = kind("call to bring people", "拉新通知", author="host", worth=(0.0, 0.0), interest=0.0)
        request = kind("word of people brought", "拉新汇报", author="nobody", is_ritual=True, worth=(0.0, 0.0),
                       interest=0.0)  # fmt: skip

    kind_call: int  # their codes
    kind_request: int

    class person:
        in_vain: Tiny  # was asked under a reward and did not come

    class member:
        numb: float = carried()  # to being called on, on the day of …
        seen: int = carried()  # … the last call seen, plus one
        was_asking: int = lost()  # friends asked so far, plus one
        is_brought: Tiny = lost()  # under a reward, and not counted yet
        is_sham: Tiny = lost()
        n_counted: Small = carried()  # heads towards the next gift
        due_cost: float = lost()  # CNY that are to be paid to them, …
        due_worth: float = lost()  # … and what that is worth to them
        n_to_tell: Small = lost()

    class group:
        bounty_yuan: float = lever(plus, "CNY a head", "reward for each person brought", bears="fen_rewards")
        gift_worth: float = lever(only_one, "CNY", "worth of the gift for bringing several", bears="fen_rewards")
        gift_paid: float = lever(only_one, "CNY", "what such a gift costs the operator")
        gift_heads: float = lever(only_one, "people", "heads for which there is one gift")
        bounty_delay: float = lever(only_one, "days", "days that who was brought must have stayed")
        campaign: float = lever(
            any_of, "yes/no", "the host calls on everybody to bring people", bears="minutes_calls"
        )
        bounty: float  # as last promised: what was promised is kept when the campaign is over
        worth: float
        cost: float
        heads: float
        delay: float
        due_cost: float  # CNY that are to be paid
        n_to_pay: int  # to so many
        is_paying: int
        n_told: int  # how many will tell today
        is_promising: int  # something is promised today, …
        has_promised: int  # … was yesterday
        n_credited: int = daily("people brought and counted", "计入奖励的拉新人数")
        n_shams: int = daily("second accounts brought", "小号充数人数", better=False)
        fen_rewards: int = daily(
            "money in rewards for bringing people", "拉新奖励花费", unit="CNY", better=False, booked=True,
            brings="invited",
        )
        minutes_calls: float = daily("staff minutes spent on calls to bring people", "拉新动员用时", unit="minutes",
                                     better=False, booked=True, brings="invited")  # fmt: skip


if TYPE_CHECKING:
    Kept = Own[Bounty.member, Bounty.group, object, Bounty.person]
REWARD = ("bounty_yuan", "gift_worth")


@rule
def promised(n_counted: int, ours: Bounty.group) -> float:
    """b = bounty + gift / max(1, heads − counted), CNY: what the next head is worth to whoever brings it."""
    return ours.bounty_yuan + ours.gift_worth / max(1.0, ours.gift_heads - n_counted)


@Bounty.at_plan(since=REWARD)
def pay_out(group: Group, ours: Bounty.group, knobs: Bounty, world: World, gifts: object) -> None:
    """All that is due, or nothing, is paid, to the fen; the call of the day is made, for the minutes of a post."""
    ours.has_promised = ours.is_promising
    ours.is_promising = 1 if ours.bounty_yuan + ours.gift_worth > 0.0 else 0
    if ours.is_promising > 0:
        ours.bounty, ours.worth, ours.cost = ours.bounty_yuan, ours.gift_worth, ours.gift_paid
        ours.heads, ours.delay = ours.gift_heads, ours.bounty_delay
    ours.is_paying = 1 if ours.n_to_pay > 0 and set_aside(ours.due_cost, group, world) else 0
    ours.n_told = 0
    if ours.is_paying > 0:
        ours.fen_rewards = pay(OPERATOR, MEMBER, ours.due_cost, group)
        ours.n_told = ours.n_to_pay
    if ours.campaign > 0.0 and group.host_slot >= 0 and give_minutes(world.posting_minutes, group):
        ours.minutes_calls += world.posting_minutes
        host_says(60.0 * knobs.call_hour, knobs.kind_call, group)


@Bounty.each_member(before="visit", since=REWARD)
def receive(
    me: Member, mine: Bounty.member, group: Group, ours: Bounty.group, today: Today, knobs: Bounty, world: World,
    gifts: Gifts.member,
) -> None:  # fmt: skip
    """In hand + bounty · heads + worth of gifts, due since yesterday or longer. A second account never looks."""
    if ours.is_paying > 0 and mine.due_worth > 0.0:
        gifts.yuan += mine.due_worth
        mine.due_cost = mine.due_worth = 0.0
        mine.n_to_tell = 1
    if mine.is_sham > 0:
        today.visit += NEVER


@Bounty.each_group(before="visit", since=REWARD)
def settle(group: Group, ours: Bounty.group, knobs: Bounty, world: World, desk: object, gifts: object) -> None:
    """What was due has been paid."""
    if ours.is_paying > 0:
        ours.due_cost, ours.n_to_pay = 0.0, 0


@Bounty.at_look(before="reply", since=REWARD, gate="n_told")
def tell(
    me: Member, mine: Bounty.member, group: Group, ours: Bounty.group, today: Today, knobs: Bounty, world: World,
    look: Look, gifts: object,
) -> None:  # fmt: skip
    """Whoever was paid says so at their next look: a line that takes everybody's attention and tells nothing."""
    if mine.n_to_tell > 0:
        mine.n_to_tell = 0
        write(look, knobs.kind_request)


@Bounty.each_visitor(after="talk", when=REWARD)
def be_keen(
    me: Member, mine: Bounty.member, group: Group, ours: Bounty.group, today: Today, knobs: Bounty, world: World,
    gifts: object,
) -> None:  # fmt: skip
    """invite + ask_pull · S(b / (ask_half B)) (1 − n), up to most_friends a day;  n ← n + tired (1 − n)

    Numbness n fades by ``recovery`` for each day on which nothing was seen of it.
    """
    if mine.seen > 0:
        mine.numb *= math.exp(-knobs.recovery * (world.day - mine.seen))
    today.invite += knobs.ask_pull * felt(promised(mine.n_counted, ours), knobs.ask_half, me) * (1.0 - mine.numb)
    today.more_friends = max(today.more_friends, knobs.most_friends - 1.0)
    mine.numb += knobs.tired * (1.0 - mine.numb)
    mine.seen = world.day + 1


@Bounty.each_knock(since=REWARD)
def do_a_favour(
    me: Member, theirs: Bounty.person, group: Group, ours: Bounty.group, knock: Knock, knobs: Bounty, world: World,
    gifts: object,
) -> None:  # fmt: skip
    """enter + favour, for whoever a friend asked in yesterday, under a promise; − in_vain [was asked so before]"""
    if me.channel == INVITED and ours.has_promised > 0:
        knock.enter += knobs.favour - (knobs.in_vain if theirs.in_vain > 0 else 0.0)


@Bounty.on_seat(since=REWARD)
def be_brought(
    me: Member, mine: Bounty.member, group: Group, ours: Bounty.group, knobs: Bounty, world: World, gifts: object
) -> None:
    """Counted later; a second account with probability sham · S(b / (ask_half B)), b as promised for a first head."""
    if me.channel == INVITED and me.inviter >= 0 and ours.has_promised > 0:
        mine.is_brought = 1
        p_sham = knobs.sham * felt(ours.bounty + ours.worth / max(1.0, ours.heads), knobs.ask_half, me)
        if uniform(world, me.person, SHAM, group.index) < p_sham:
            mine.is_sham = 1
            ours.n_shams += 1


@Bounty.on_leave(since=REWARD)
def forgo(
    me: Member, mine: Bounty.member, group: Group, ours: Bounty.group, knobs: Bounty, world: World, gifts: object
) -> None:
    """Who leaves, or moves to another group, is not paid what was due."""
    if mine.due_worth > 0.0:
        ours.due_cost -= mine.due_cost
        ours.n_to_pay -= 1
        mine.due_cost = mine.due_worth = 0.0


@Bounty.each_evening(since=REWARD)
def credit(
    state: State, own: Kept, g: int, group: Group, ours: Bounty.group, knobs: Bounty, world: World
) -> None:
    """Who was brought and is still in after the delay counts for whoever brought them, if they are in too.

    A second account ends with 1 − e^(−1 / sham_days) an evening.
    """
    for row in range(group.first, group.first + group.n_slots):
        me, mine = state.members[row], own.members[row]
        if me.person < 0 or me.reason > 0:
            continue
        look_back(state, own, me, mine, group, ours, knobs, world)
        if mine.is_brought > 0 and world.day - me.day_joined >= ours.delay:
            mine.is_brought = 0
            bringer = seat_in(state, g, me.inviter)
            if bringer >= 0 and state.members[bringer].reason + state.members[bringer].is_staff == 0:
                count_head(own.members[bringer], ours)
        if mine.is_sham > 0 and uniform(world, me.person, END, group.index) < 1.0 - math.exp(-1.0 / knobs.sham_days):
            withdraw(state, row, world)


@rule
def count_head(mine: Bounty.member, ours: Bounty.group) -> None:
    """One head more; at ``gift_heads`` of them a gift is due, and counting begins anew."""
    ours.n_credited += 1
    cost = worth = ours.bounty
    if ours.worth > 0.0:
        mine.n_counted += 1
        if mine.n_counted >= ours.heads:
            mine.n_counted = 0
            cost += ours.cost
            worth += ours.worth
    if worth > 0.0:
        ours.n_to_pay += 1 if mine.due_worth == 0.0 else 0
        ours.due_cost += cost
        mine.due_cost += cost
        mine.due_worth += worth


@rule
def look_back(
    state: State, own: Kept, me: Member, mine: Bounty.member, group: Group, ours: Bounty.group, knobs: Bounty,
    world: World,
) -> None:  # fmt: skip
    """β ← β (1 − goodwill) for each friend asked yesterday for a reward, who could have come this morning and did not;
    they remember it.
    """
    first = mine.was_asking - 1 if mine.was_asking > 0 and ours.has_promised > 0 else me.n_invited
    for k in range(first, me.n_invited):
        friend = friend_of(me.person, k, world.market_size)
        if friend >= 0 and state.people[group.community, friend].known & 1 == 0:
            own.people[group.community, friend].in_vain = 1
            me.belonging *= 1.0 - knobs.goodwill
    mine.was_asking = me.n_invited + 1

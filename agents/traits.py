"""What a person is (traits, drawn once, the same in every arm) and what a membership does to them (state)."""

from __future__ import annotations

import math
from typing import ClassVar

from sim.engine.distributions import clip, lognormal, normal
from sim.engine.luck import (
    ATTENTION,
    BUDGET,
    COPYING,
    DISLIKE,
    FIT,
    GENEROSITY,
    MATCH,
    NEED,
    NEED_ENDS,
    PROFILE,
    REPLY,
    TALK,
    lasting,
)  # fmt: skip
from sim.engine.rows import Small
from sim.engine.rule import rule
from sim.model.membership import Resident
from sim.model.rows import Group, World
from sim.model.submodels.need import is_asker, need_lasts
from sim.model.vocabulary import CHANNELS

__all__ = ["Person", "draw_traits", "start_membership"]

FOUNDER = CHANNELS.index("founder")


class Person(Resident):
    """Traits and state of a member. All in [0, 1] unless a unit is given."""

    hot: ClassVar[tuple[str, ...]] = (
        # two cache lines of 64 bytes: all that is touched on a day on which a member stays away
        "person", "role", "slot", "n_looks", "n_ignored", "is_gone", "reason", "is_staff", "is_muted", "n_ties",
        "n_strong", "n_posts", "is_buying", "n_invitations", "weeks_away", "day_joined", "day_last_post",
        "day_trusting", "day_rested", "belonging", "trust",
        "appeal", "fatigue", "numb_packet", "numb_offer", "activity", "need_ends", "n_homes", "profile",
        "n_ties_lost",
        # two more that a visit touches
        "talk", "reply", "info_need", "match", "expertise", "attention", "attention_left", "expectation",
        "read_quality", "warmth", "overload_days", "dislike", "read_upto", "cursor",
        "n_ads_posted", "n_read", "n_ads_read", "n_unread", "n_host_read",
        # what posting, buying and inviting touch
        "news", "has_news", "day_faded", "day_looked", "copying", "fit", "budget", "n_messages",
        "is_asking",
    )  # fmt: skip

    # traits
    talk: float  # readiness to open a topic, openers per visit
    reply: float  # readiness to answer a message on the screen
    info_need: float  # weight of information against company
    match: float  # to the group's topic
    fit: float  # to the product
    expertise: float  # in the group's topic
    budget: float  # free money, CNY a month
    attention: float  # messages a day
    dislike: float  # of adverts
    copying: float  # proneness to do as others do
    generosity: float
    profile: Small  # daily profile, 0 … 3
    need_ends: float  # day on which the need that brought the person is met
    is_asking: Small  # they have a question, and have not asked it yet
    # state
    trust: float
    belonging: float
    fatigue: float
    expectation: float
    appeal: float  # what recent visits were worth, moving average
    numb_packet: float
    numb_offer: float
    activity: float  # share of days with a post, moving average
    overload_days: float  # days of overload, moving sum


@rule
def draw_traits(me: Person, group: Group, world: World) -> None:
    """Draw what a person is from their identity alone: the same person in every arm, whenever they come.

    talk and reply are lognormal and correlated (0.6); match, fit and info_need normal around the world's means with
    standard deviation 0.2, clipped. The need that brings a person ends after a lognormal time; with probability
    ``shared_need`` it is the group's own, and ends for all who share it on one day (the exam, the wedding). Founders
    have not come with one question, but for an interest that lasts.
    """
    who = me.person
    z = normal(lasting(world, who, TALK, 0))
    me.talk = world.talk * math.exp(world.talk_spread * z)
    me.reply = world.reply * math.exp(world.reply_spread * (0.6 * z + 0.8 * normal(lasting(world, who, REPLY, 0))))
    me.info_need = clip(world.info_need + 0.2 * normal(lasting(world, who, NEED, 0)), 0.02, 0.98)
    me.match = clip(world.match + 0.2 * normal(lasting(world, who, MATCH, 0)), 0.0, 1.0)
    me.fit = clip(world.fit + 0.2 * normal(lasting(world, who, FIT, 0)), 0.0, 1.0)
    me.budget = lognormal(lasting(world, who, BUDGET, 0), world.budget, world.budget_spread)
    me.attention = lognormal(lasting(world, who, ATTENTION, 0), world.attention, world.attention_spread)
    me.dislike = lasting(world, who, DISLIKE, 0)
    u = lasting(world, who, COPYING, 0)
    me.copying = u * u
    me.generosity = min(0.95, lognormal(lasting(world, who, GENEROSITY, 0), world.generosity, 0.8))
    me.profile = int(4.0 * lasting(world, who, PROFILE, 0))
    u, is_founder = lasting(world, who, NEED_ENDS, 0), me.channel == FOUNDER
    me.is_asking = 1 if is_asker(who, world) and not is_founder else 0
    me.need_ends = world.day + need_lasts(who, u, is_founder, world)
    if lasting(world, who, NEED_ENDS, 1) < world.shared_need:
        u = lasting(world, group.index, NEED_ENDS, 2)
        me.need_ends = group.day_born + lognormal(u, world.need_days, world.need_spread)
    me.expertise = 0.3 * me.match


@rule
def start_membership(me: Person, group: Group, world: World) -> None:
    """The state in which a membership begins: no ties, small expectations.

    The first impression of a group is what was going on there the day before: appeal = 0.35 · n / (1 + n), n members'
    messages; founders bring their own hopes (0.35).
    """
    me.trust, me.belonging = world.trust_start, world.belonging_start
    me.fatigue = me.numb_packet = me.numb_offer = me.activity = me.overload_days = 0.0
    life = group.n_member_messages / (1.0 + group.n_member_messages)
    me.expectation, me.appeal = 0.1, 0.35 if world.day == group.day_born else 0.35 * life
    me.read_upto = group.n_total

"""The wish to answer a message: one rule for everybody, weighed differently by some roles."""

from __future__ import annotations

import math

from agents.traits import Person
from sim.engine.luck import INVITE, uniform
from sim.engine.rule import rule
from sim.model.kinds import interest_in
from sim.model.rows import Group, KindRow, Today, World

__all__ = ["friends_to_ask", "mood", "wish_to_answer", "wish_to_invite"]


@rule
def wish_to_answer(
    me: Person, kind: KindRow, n_answers: int, age: float, tie: float, addressed: int, today: Today, group: Group,
    world: World,
) -> float:  # fmt: skip
    """Weight of the wish to answer one message on the screen (a rate per look).

    reply · interest · (1 + k_t tie) · (addressed: × k_a) / (1 + age / freshness)² / (1 + k_c answers) · (½ + help norm)
    · (1 + pull of the day)

    Questions are answered by those who can, chat by those who came for company, content by those whom the topic fits:
    ``kind``, a row of the table of kinds, declares the interest, how far answers given crowd out further ones, and
    whether they call for them: · (1 + herd · n / (1 + n)).
    """
    interest = interest_in(kind, me)
    weight = me.reply * interest * (1.0 + world.tie_reply * tie) * (0.5 + group.help_norm) * (1.0 + today.answer)
    if addressed > 0:
        weight *= world.addressed
    if kind.herd > 0.0:
        weight *= 1.0 + kind.herd * n_answers / (1.0 + n_answers)
    fade = 1.0 + age / world.freshness
    return weight / (fade * fade * (1.0 + world.crowding * kind.crowding * n_answers))


@rule
def mood(me: Person, world: World) -> float:
    """How much one feels like talking: (½ + β) · (glow + 2 appeal) · (1 − φ / 2), times ``after`` without a need.

    Silence breeds silence.
    """
    reason = 1.0 if world.day < me.need_ends else world.after
    return reason * (0.5 + me.belonging) * (world.glow + 2.0 * me.appeal) * (1.0 - 0.5 * me.fatigue)


@rule
def wish_to_invite(me: Person, group: Group, world: World, least: float) -> float:
    """Chance to ask a friend today: i₀ · β · m · 2 appeal · max(e^(−tenure / i_d), least).

    People ask most eagerly while the group is new to them, and only into a group that is worth a visit.
    """
    eager = max(least, math.exp(-(world.day - me.day_joined) / world.invite_days))
    return world.invite * me.belonging * me.match * 2.0 * me.appeal * eager


@rule
def friends_to_ask(me: Person, wish: float, today: Today, group: Group, world: World) -> int:
    """How many friends are asked today: the k-th if u < wish^k, as long as there are friends who were not asked yet.

    At most ``invite_at_once``, and more where something makes people ask more (``today.more_friends``); beyond friends
    only whom they know by sight (``today.acquaintances``).
    """
    u = uniform(world, me.person, INVITE, group.index)
    most = min(world.invite_at_once + today.more_friends, world.friends + today.acquaintances - me.n_invited)
    n, chance = 0, wish
    while n < most and u < chance:
        n += 1
        chance *= wish
    return n

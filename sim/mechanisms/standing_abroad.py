"""Standing abroad (口碑): what people outside the groups think of their operator, and what they tell each other.

Whoever goes remembers how far they trusted the host, and tells friends in the market if it was little, or if they
were at home in the group; from many of them a reputation is made. All of it acts without a lever: each of ``remember``,
``rep_step``, ``word_friends`` and ``search_rank`` is 0 as it stands, and nothing of it is there.

Source: founding material, S31, S49, H7, H11, C3, C15; that bad word of mouth comes from those who were let down is
from memory, all numbers are assumptions.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from typing import TYPE_CHECKING

from sim.engine.declarations import daily
from sim.engine.distributions import clip, wide
from sim.engine.knobs import Knob
from sim.engine.rows import Tiny
from sim.engine.rule import rule
from sim.mechanisms import Mechanism, be_found
from sim.mechanisms.complaints import Complaints
from sim.mechanisms.suspicion import Suspicion
from sim.model.entities import LEAVING, SEATED
from sim.model.hands import OPERATORS
from sim.model.population import friend_of
from sim.model.rows import Desk, Group, Knock, Member, Own, State, World
from sim.model.submodels.rings import IDLE_WEEKS
from sim.model.vocabulary import REASONS

__all__ = ["StandingAbroad"]

LEFT, DISSOLVED, LAPSED, POACHED = (REASONS.index(reason) for reason in ("left", "dissolved", "lapsed", "poached"))


class StandingAbroad(Mechanism):
    """An operator has one reputation r in their market, ½ at first, and each person of it a regard of their own.

    Regard is what somebody thought who has gone: it acts where they may come again, that is after their group was
    dissolved, or out of a group at which they no longer look.
    """

    title = ("Standing abroad", "口碑")
    uses = (Complaints, Suspicion)
    remember = Knob(0.0, 0.0, 1.0, "share", "of what people thought of the host when they went, still there when they "
                    "may come again", "assumption; 0: nothing is")  # fmt: skip
    regard_carry = Knob(0.6, 0.0, 2.0, "share", "of regard that is trust when they do come again", "assumption")
    enter_regard = Knob(1.0, 0.0, 5.0, "logit", "pull of the best regard at the door", "assumption")
    rep_step = Knob(0.0, 0.0, 0.1, "share", "by which one who goes well, or ill, moves the operator's reputation",
                    "assumption; 0: it stays at ½")  # fmt: skip
    unheard = Knob(5.0, 0.0, 50.0, "people", "who go ill, that a complaint left open is worth", "assumption")
    exposed = Knob(3.0, 0.0, 50.0, "people", "who go ill, that staging told of is worth", "assumption")
    fame_carry = Knob(0.4, 0.0, 2.0, "share", "of reputation above ½ that is trust in newcomers", "assumption")
    enter_fame = Knob(1.5, 0.0, 5.0, "logit", "pull of reputation at the door, on r − ½", "assumption")
    word_friends = Knob(0, 0, 15, "friends", "whom one who goes warns, or tells that it was good there",
                        "assumption; 0: they tell nobody")  # fmt: skip
    bitter = Knob(0.3, 0.0, 1.0, "trust", "below which one who goes warns, and goes ill", "assumption")
    at_home = Knob(0.7, 0.0, 1.0, "belonging", "above which they recommend", "assumption")
    enter_word = Knob(0.8, 0.0, 5.0, "logit", "push of a warning, pull of a recommendation, the last one heard",
                      "assumption")  # fmt: skip
    search_rank = Knob(0.0, 0.0, 5.0, "ratio", "by how much more a group is found, on ln(1 + members / 100)",
                       "assumption; C3: first in keyword search; 0: all are found alike")  # fmt: skip

    class person:
        regard: Tiny  # −100 … 100, of the operator, since they last went
        word: Tiny  # the last they have heard: a warning −1, a recommendation 1

    class group:
        fame: float  # the operator's reputation − ½, the same in all groups of a community
        n_ill: float  # of today, in people who go ill: complaints left open, staging told of
        n_warned: int = daily("people warned by those who leave", "退群者劝阻的人数", better=False)
        n_recommended: int = daily("people to whom those who leave recommend it", "退群者推荐的人数", better=True)
        reputation: float = daily("reputation of the operator", "运营者口碑", share_of="n_members", better=True)

    @classmethod
    def is_always(cls, knobs: Mapping[str, float]) -> bool:
        """Does anybody remember, tell or search?"""
        names = ("remember", "rep_step", "word_friends", "search_rank")
        return any(knobs.get(f"standing_abroad.{name}", 0.0) > 0.0 for name in names)


if TYPE_CHECKING:
    Kept = Own[object, StandingAbroad.group, object, StandingAbroad.person]


@StandingAbroad.at_plan()
def rank_in_search(
    group: Group, ours: StandingAbroad.group, knobs: StandingAbroad, world: World, complaints: object,
    suspicion: object,
) -> None:  # fmt: skip
    """passers-by · (1 + search_rank · ln(1 + members / 100))"""
    if knobs.search_rank > 0.0:
        be_found(knobs.search_rank * math.log(1.0 + group.n_members / 100.0), group, world)


@StandingAbroad.each_knock()
def have_heard(
    me: Member, theirs: StandingAbroad.person, group: Group, ours: StandingAbroad.group, knock: Knock,
    knobs: StandingAbroad, world: World, complaints: object, suspicion: object,
) -> None:  # fmt: skip
    """enter + enter_fame (r − ½) + enter_regard · regard / 100 + enter_word · (1, −1 or 0)"""
    if group.owner != OPERATORS:
        return
    knock.enter += knobs.enter_fame * ours.fame + knobs.enter_regard * theirs.regard / 100.0
    knock.enter += knobs.enter_word * theirs.word


@StandingAbroad.between_days(after="seat")
def begin_as_they_think(state: State, own: Kept, c: int, knobs: StandingAbroad, world: World) -> None:
    """Who comes in: τ ← clip(τ + regard_carry · regard / 200 + fame_carry (r − ½)); the appointed do not."""
    for g in range(world.first_group, world.first_group + world.n_groups):
        group = state.groups[g]
        for k in range(group.n_seated if group.is_open == 1 else 0):
            me = state.members[state.listed[group.first + k, SEATED]]
            if group.owner == OPERATORS and me.moving == 0 and is_of_the_market(me, world):
                regard = own.people[c, me.person].regard
                more = knobs.regard_carry * regard / 200.0 + knobs.fame_carry * own.groups[g].fame
                me.trust = clip(me.trust + more, 0.0, 1.0)


@rule
def is_of_the_market(me: Member, world: World) -> bool:
    """Neither appointed nor an advertiser."""
    return 0 <= me.person < world.market_size


@StandingAbroad.each_group(after="talk")
def count_ill(
    group: Group, ours: StandingAbroad.group, knobs: StandingAbroad, world: World, desk: Desk,
    complaints: Complaints.group, suspicion: Suspicion.group,
) -> None:  # fmt: skip
    """unheard · complaints left open today + exposed · times the group was told of staging today"""
    open_still = complaints.n_complaints - complaints.n_handled
    ours.n_ill = knobs.unheard * max(0, open_still) + knobs.exposed * suspicion.n_exposures


@StandingAbroad.between_days(after="leave")
def talk_of_it(state: State, own: Kept, c: int, knobs: StandingAbroad, world: World) -> None:
    """r ← r + rep_step (good (1 − r) − ill · r), for all groups together, and who goes remembers and tells.

    Good: who had trust and was let go with the group, or did not renew; ill: who left with τ < bitter.
    """
    good = ill = 0.0
    first, last = world.first_group, world.first_group + world.n_groups
    for g in range(first, last):
        group, ours = state.groups[g], own.groups[g]
        if group.is_open != 1 or group.owner != OPERATORS:
            continue
        ill += ours.n_ill
        ours.n_ill = 0.0
        for k in range(group.n_leaving):
            me = state.members[state.listed[group.first + k, LEAVING]]
            if (me.moving >= 0 or me.reason == POACHED) and is_of_the_market(me, world):
                look_back(own, c, me, ours, knobs, world)
                good += 1.0 if me.trust >= world.trusting and me.reason in (DISSOLVED, LAPSED) else 0.0
                ill += 1.0 if me.trust < knobs.bitter and me.reason == LEFT else 0.0
        forget_slowly(state, own, c, group, knobs, world)
    r = 0.5 + own.groups[first].fame
    r = clip(r + knobs.rep_step * (good * (1.0 - r) - ill * r), 0.0, 1.0)
    acts = knobs.remember + knobs.rep_step + knobs.word_friends + knobs.search_rank > 0.0  # else it is not told
    for g in range(first, last):
        is_ours = state.groups[g].owner == OPERATORS
        own.groups[g].fame = r - 0.5 if is_ours else 0.0
        if acts and is_ours and state.groups[g].is_open == 1:
            own.groups[g].reputation = r * (state.groups[g].n_members - state.groups[g].n_leaving)


@rule
def look_back(
    own: Kept, c: int, me: Member, ours: StandingAbroad.group, knobs: StandingAbroad, world: World
) -> None:
    """regard = 100 · remember (2τ − 1). Who is bitter warns ``word_friends`` friends; who was at home recommends."""
    own.people[c, me.person].regard = as_regard(me, knobs)
    word = -1 if me.trust < knobs.bitter else 1 if me.belonging > knobs.at_home else 0
    if word == 0:
        return
    for k in range(int(knobs.word_friends)):
        friend = friend_of(wide(me.person), k, wide(world.market_size))
        if friend >= 0:
            own.people[c, friend].word = word
            ours.n_warned += 1 if word < 0 else 0
            ours.n_recommended += 1 if word > 0 else 0


@rule
def as_regard(me: Member, knobs: StandingAbroad) -> int:
    """What somebody thinks of the operator, to be remembered, in hundredths."""
    return round(100.0 * knobs.remember * (2.0 * me.trust - 1.0))


@rule
def forget_slowly(
    state: State, own: Kept, c: int, group: Group, knobs: StandingAbroad, world: World
) -> None:
    """Who has not looked for four weeks has as good as gone: regard as of now, since they may come to another group."""
    if knobs.remember <= 0.0 or world.idle_reachable <= 0.0:
        return
    for row in range(group.first, group.first + group.n_slots):
        me = state.members[row]
        if me.weeks_away >= IDLE_WEEKS and me.reason == 0 and is_of_the_market(me, world):
            own.people[c, me.person].regard = as_regard(me, knobs)

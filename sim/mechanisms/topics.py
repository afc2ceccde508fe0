"""Topics (话题): the host asks all something each day, and whoever likes answers; answering is easier than opening.

A topic draws answers the more it is answered already (接龙), and the less the more often topics went without one. Where
nobody answers, the host may ask a member in private to do so first. Source: founding material, S12; C10.
"""

from __future__ import annotations

import math

from sim.engine.declarations import carried, daily, lever
from sim.engine.distributions import wide
from sim.engine.knobs import Knob
from sim.engine.levers import any_of, only_one, plus
from sim.engine.luck import purpose, uniform
from sim.engine.rule import rule
from sim.mechanisms import Mechanism, answer, give_minutes, kind, say
from sim.model.rows import Desk, Group, Line, Look, Member, Scene, Today, World
from sim.model.submodels.conversation_log import GLANCE, LOG, MUSTER, OPEN0, add_look
from sim.model.submodels.messages import CHAT

__all__ = ["Topics"]

MOST_DUE = 5.0
"""Topics that may be owed at most: what was due before is forgotten."""
AGREE = purpose("topics: agree")


class Topics(Mechanism):
    """Topics fall due, each for the minutes of a post; what they draw in answers wears out where they find none.

    Interest in answering = draw (0.8 − 0.5 w + 0.4 m) (1 + life) (1 + timely), w the weight of information and m the
    match of who reads; answers n already given call for further ones, · (1 + herd n / (1 + n)), and crowd none out.
    """

    title = ("Topics", "话题")
    draw = Knob(0.6, 0.0, 10.0, "ratio", "interest in answering a topic; that in chat is 1.2 − 0.7 w", "assumption")
    herd = Knob(1.0, 0.0, 5.0, "ratio", "answers already given call for further ones", "assumption")
    full = Knob(4.0, 0.5, 100.0, "answers", "to each topic, from which on topics are as lively as can be", "assumption")
    wear = Knob(0.1, 0.0, 1.0, "1/day", "speed at which people judge, on days with a topic, whether topics are lively",
                "assumption")  # fmt: skip
    hour = Knob(12.5, 0.0, 23.9, "hour", "hour of a topic for which no hour is set", "assumption")
    gap = Knob(180.0, 1.0, 720.0, "minutes", "between the topics of one day", "assumption")
    rescue_minutes = Knob(45.0, 5.0, 300.0, "minutes", "without an answer, after which the host asks somebody",
                          "assumption")  # fmt: skip
    ask_minutes = Knob(5.0, 0.0, 60.0, "minutes", "for the host to ask somebody in private", "assumption")
    agree = Knob(0.8, 0.0, 1.0, "probability", "whoever is asked for the first time does answer", "assumption")
    numbing = Knob(0.3, 0.0, 1.0, "share", "goodwill used up by being asked", "assumption")
    recovery = Knob(0.03, 0.0, 1.0, "1/day", "speed at which it comes back", "assumption")

    class kinds:
        topic = kind("topic of the day", "每日话题", author="host", is_piece=True, is_opener=True, interest=0.48,
                     info_need=-0.3, match=0.24, crowding=0.0, herd=1.0, host_worth=(0.15, 0.0))  # fmt: skip

    kind_topic: int  # its code

    class member:
        numb: float = carried()  # goodwill used up by being asked, on the day of …
        asked: int = carried()  # … the last time, plus one

    class group:
        topic_posts: float = lever(plus, "topics/day", "topics that the host puts to all", bears="topics")
        topic_hour: float = lever(only_one, "hour", "hour of the day's first topic", neutral=-1.0)
        topic_timely: float = lever(plus, "share", "by how much more topics draw because they are of the day")
        ask_member: float = lever(any_of, "yes/no", "where nobody answers, a member is asked in private to")
        due: float  # topics due
        life: float  # how lively topics have been, −½ … ½
        asked_slot: int  # seat of who was asked, plus one, until they have looked
        asked_line: int  # line of the last topic for which somebody was asked today, plus one
        n_topics: int = daily("topics put to all", "话题数")
        n_topic_answers: int = daily("answers to topics", "话题回复数")
        n_asked_in_private: int = daily("members asked in private to answer a topic", "私下请人接话题次数")
        minutes_topics: float = daily("staff minutes spent on topics", "话题用时", unit="minutes", better=False,
                                      booked=True)  # fmt: skip


@Topics.each_group(before="talk", since="topic_posts")
def ask_all(group: Group, ours: Topics.group, knobs: Topics, world: World, desk: Desk) -> None:
    """``topic_posts`` a day fall due; each costs the minutes of a post, or is owed. Once none are asked for, none is.

    What a topic draws today, here, stands in its row of the table of kinds on the desk.
    """
    it, draw = desk.kinds[knobs.kind_topic], knobs.draw * (1.0 + ours.life) * (1.0 + ours.topic_timely)
    it.interest, it.info_need, it.match, it.herd = 0.8 * draw, -0.5 * draw, 0.4 * draw, knobs.herd
    ours.asked_slot = ours.asked_line = 0
    ours.due = min(MOST_DUE, ours.due + ours.topic_posts) if ours.topic_posts > 0.0 else 0.0
    hour = ours.topic_hour if ours.topic_hour >= 0.0 else knobs.hour
    while ours.due >= 1.0 and group.host_slot >= 0 and give_minutes(world.posting_minutes, group):
        say(desk, 60.0 * hour + knobs.gap * ours.n_topics, group.host_slot, knobs.kind_topic, group)
        ours.due -= 1.0
        ours.n_topics += 1
        ours.minutes_topics += world.posting_minutes


@Topics.at_reply(since="topic_posts")
def count(
    line: Line, answered: Line, me: Member, mine: Topics.member, group: Group, ours: Topics.group, today: Today,
    knobs: Topics, world: World,
) -> None:  # fmt: skip
    """Answers to topics are counted, also to those of yesterday."""
    ours.n_topic_answers += 1 if answered.kind == knobs.kind_topic else 0


@Topics.each_group(after="talk", when="topic_posts")
def judge(group: Group, ours: Topics.group, knobs: Topics, world: World, desk: Desk) -> None:
    """On days with a topic: life ← life + wear (min(1, answers / (full · topics)) − ½ − life)"""
    if ours.n_topics > 0:
        lively = min(1.0, ours.n_topic_answers / (knobs.full * ours.n_topics))
        ours.life += knobs.wear * (lively - 0.5 - ours.life)


@Topics.at_look(before="all", when="ask_member")
def look_after(
    me: Member, mine: Topics.member, group: Group, ours: Topics.group, today: Today, knobs: Topics, world: World,
    look: Scene,
) -> None:  # fmt: skip
    """Who puts a topic to all comes back after ``rescue_minutes``; whoever of the staff then finds it without an answer
    asks the most active of today's visitors, if there are minutes for it, who looks a few minutes later. One is asked
    for each topic.
    """
    desk, now = look.desk, look.desk.now[0]
    if now.kind == knobs.kind_topic:
        if now.t + knobs.rescue_minutes < 1439.0:
            add_look(desk, now.t + knobs.rescue_minutes, wide(me.slot), GLANCE)
        return
    j = desk.n[LOG] - 1
    while j >= desk.n[OPEN0] and desk.log[j].kind != knobs.kind_topic:
        j -= 1
    if j < desk.n[OPEN0] or j < ours.asked_line or now.t + knobs.ask_minutes >= 1439.0:
        return
    if desk.log[j].n_answers == 0 and now.t >= desk.log[j].t + knobs.rescue_minutes:
        slot = most_active(look, group, world)
        if slot >= 0 and give_minutes(knobs.ask_minutes, group):
            ours.minutes_topics += knobs.ask_minutes
            ours.n_asked_in_private += 1
            ours.asked_slot, ours.asked_line = slot + 1, j + 1
            add_look(desk, now.t + knobs.ask_minutes, slot, GLANCE)


@rule
def most_active(look: Scene, group: Group, world: World) -> int:
    """Seat of the visitor of today who posts on most days, but for staff, experts and advertisers; -1: nobody."""
    best, most = -1, 0.0
    for k in range(look.desk.n[MUSTER]):
        slot = wide(look.desk.muster[k])
        one = look.members[group.first + slot]
        is_ordinary = one.is_staff + one.is_expert + one.is_gone == 0 and one.role != world.role_advertiser
        if is_ordinary and one.activity > most:
            best, most = slot, one.activity
    return best


@Topics.at_look(before="reply", when="ask_member", gate="asked_slot")
def oblige(
    me: Member, mine: Topics.member, group: Group, ours: Topics.group, today: Today, knobs: Topics, world: World,
    look: Look,
) -> None:  # fmt: skip
    """Whoever was asked answers with probability agree (1 − numb);  numb ← numb + numbing (1 − numb).

    Goodwill comes back: numb ← numb · e^(−recovery · days).
    """
    if me.slot + 1 != ours.asked_slot:
        return
    ours.asked_slot = 0
    if mine.asked > 0:
        mine.numb *= math.exp(-knobs.recovery * (world.day + 1 - mine.asked))
    mine.asked = world.day + 1
    if uniform(world, me.person, AGREE, group.index) < knobs.agree * (1.0 - mine.numb):
        answer(look, CHAT, ours.asked_line - 1)
    mine.numb += knobs.numbing * (1.0 - mine.numb)

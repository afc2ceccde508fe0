"""Office hours (专家坐诊): an invited expert answers at a fixed hour of the week, for a fee. Source: S19, R2.

What an answer is worth, and that an expert renews the matter, is said by rules that all share. That people keep their
questions for the expert, and that an expert's word vouches for the host, are assumptions with a knob each; outside
office hours the same is said by :mod:`sim.mechanisms.experts`, with knobs of its own.
"""

from __future__ import annotations

from sim.engine.declarations import daily, lever, lost
from sim.engine.knobs import Knob
from sim.engine.levers import only_one, plus
from sim.engine.luck import purpose, uniform
from sim.engine.rule import rule
from sim.mechanisms import OPERATOR, OUTSIDE, Mechanism, pay, say, set_aside
from sim.model.rows import Desk, Group, Member, Scene, Today, World
from sim.model.submodels.conversation_log import GLANCE, LOG
from sim.model.vocabulary import REASONS

__all__ = ["OfficeHours", "draw_questions", "vouch"]

LEFT = REASONS.index("left")
QUIT = purpose("office hours: quit")
MOST_LOOKS = 60
"""Of the guest on one day: those of longer hours come at longer pauses."""
LAST_MINUTE = 1438.0
"""By which office hours end: long ones begin earlier than at ``hour``."""
WEEK = 7


class OfficeHours(Mechanism):
    """On the day of the week the guest looks in every few minutes, while the hours last, and answers what nobody has.

    The guest takes a seat. Trivial questions tire them; whoever has had enough goes, and nobody comes in their place. A
    week whose fee the purse does not hold goes without.
    """

    title = ("Office hours", "专家坐诊")
    draw = Knob(1.0, 0.0, 10.0, "ratio", "by how much whoever seeks information (w = 1) and fits the topic (m = 1) "
                "opens more readily on the day", "assumption")  # fmt: skip
    asks = Knob(0.3, 0.0, 1.0, "share", "more of what is opened on the day are questions", "assumption")
    trust = Knob(0.05, 0.0, 1.0, "share", "trust in the host, given by a day with many useful words of the guest",
                 "assumption")  # fmt: skip
    quits = Knob(0.05, 0.0, 1.0, "probability", "that a guest who is tired out goes for good, a day", "assumption")
    every = Knob(10.0, 1.0, 120.0, "minutes", "from one look of the guest to the next", "assumption")
    hour = Knob(19.5, 0.0, 23.0, "hour", "at which office hours begin", "assumption")

    class member:
        heard: int = lost()  # lines of the guest read today

    class group:
        expert_hours: float = lever(plus, "hours/week", "hours of an invited expert", bears="fen_experts")
        expert_fee: float = lever(plus, "CNY/hour", "their fee", bears="fen_experts")
        expert_day: float = lever(only_one, "weekday", "day of the week, 0 Monday … 6 Sunday")
        has_quit: int  # the guest has gone
        is_booked: int  # … is to come today
        is_here: int  # … is
        n_office_days: int = daily("days on which an expert is there to answer", "专家坐诊天数")
        n_quits: int = daily("guests who have had enough", "专家不再来的次数", better=False)
        fen_experts: int = daily("money in fees of invited experts", "专家费用", unit="CNY", better=False, booked=True)


@OfficeHours.at_plan(when="expert_hours")
def book(group: Group, ours: OfficeHours.group, knobs: OfficeHours, world: World) -> None:
    """On the day of the week the fee, hours · fee an hour, is set aside, and a seat is kept for the guest."""
    ours.is_booked = ours.is_here = 0
    if ours.has_quit == 0 and world.day % WEEK == int(ours.expert_day):
        fee = ours.expert_hours * ours.expert_fee
        if fee == 0.0 or set_aside(fee, group, world):
            ours.is_booked = group.is_guest_wanted = 1


@OfficeHours.each_group(before="talk", when="expert_hours")
def receive(group: Group, ours: OfficeHours.group, knobs: OfficeHours, world: World, desk: Desk) -> None:
    """Who has a seat comes: the fee is paid, and looks stand in the calendar."""
    if ours.is_booked == 0 or group.guest_seat == 0:
        return
    ours.is_here = 1
    ours.n_office_days += 1
    ours.fen_experts += pay(OPERATOR, OUTSIDE, ours.expert_hours * ours.expert_fee, group)
    span = min(LAST_MINUTE, 60.0 * ours.expert_hours)
    start, pause = min(60.0 * knobs.hour, LAST_MINUTE - span), max(knobs.every, span / (MOST_LOOKS - 1))
    for k in range(int(span / pause + 1e-9) + 1):
        say(desk, start + pause * k, group.guest_seat - 1, GLANCE, group)


@OfficeHours.each_visitor(before="talk", when="expert_hours")
def bring_questions(
    me: Member, mine: OfficeHours.member, group: Group, ours: OfficeHours.group, today: Today, knobs: OfficeHours,
    world: World,
) -> None:  # fmt: skip
    """open + draw · w · m;  questions + asks"""
    mine.heard = 0
    if ours.is_here > 0:
        draw_questions(me, knobs.draw, knobs.asks, today)


@OfficeHours.at_look(after="read", when="expert_hours", gate="is_here")
def listen(
    me: Member, mine: OfficeHours.member, group: Group, ours: OfficeHours.group, today: Today, knobs: OfficeHours,
    world: World, look: Scene,
) -> None:  # fmt: skip
    """Lines of the guest are counted as they are read."""
    for j in range(look.first, look.desk.n[LOG]):
        line = look.desk.log[j]
        mine.heard += 1 if line.slot + 1 == group.guest_seat and line.kind >= 0 and line.person != me.person else 0


@OfficeHours.each_visitor(after="talk", when="expert_hours")
def take_their_word(
    me: Member, mine: OfficeHours.member, group: Group, ours: OfficeHours.group, today: Today, knobs: OfficeHours,
    world: World,
) -> None:  # fmt: skip
    """τ ← τ + trust · S(lines of the guest) · useful · (1 − τ), useful = q / (enough + q), S(n) = n / (1 + n).

    The guest goes with probability quits · φ.
    """
    if me.slot + 1 == group.guest_seat:
        if me.reason == 0 and uniform(world, me.person, QUIT, group.index) < knobs.quits * me.fatigue:
            me.reason = LEFT
            group.new_left += 1
            group.guest_seat = 0
            ours.has_quit = 1
            ours.n_quits += 1
        return
    vouch(me, mine.heard, knobs.trust, world)
    mine.heard = 0


@rule
def draw_questions(me: Member, draw: float, asks: float, today: Today) -> None:
    """What an expert draws: open + draw · w · m;  questions + asks"""
    today.open += draw * me.info_need * me.match
    today.ask += asks


@rule
def vouch(me: Member, heard: int, trust: float, world: World) -> None:
    """An expert's word vouches for the host: τ ← τ + trust · S(lines heard) · useful · (1 − τ), but for advertisers"""
    if heard > 0 and me.role != world.role_advertiser:
        useful = me.read_quality / (world.enough + me.read_quality)
        me.trust += trust * heard / (1.0 + heard) * useful * (1.0 - me.trust)

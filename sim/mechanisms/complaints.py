"""Complaints (投诉): who was let down says so in the group, and is answered in the open, in time or not at all.

Cause is given by openers that nobody answered and by purchases that are regretted; a refund makes some complain of
what was all right. Where nobody promises to answer complaints, people say what they have to say only if ``grumble`` is
raised. Source: founding material, S49; that a complaint handled well wins more than silence (service recovery) is from
memory, all numbers are assumptions.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated

from sim.engine.declarations import carried, daily, lever, lost
from sim.engine.distributions import wide
from sim.engine.knobs import Knob
from sim.engine.levers import only_one, plus
from sim.engine.luck import purpose, uniform
from sim.engine.rule import rule
from sim.mechanisms import MEMBER, OPERATOR, Mechanism, give_minutes, kind, pay, set_aside, tell_staff, write
from sim.mechanisms.order import is_ordinary
from sim.model.rows import Group, Look, Member, Scene, Today, World
from sim.model.submodels.conversation_log import LOG, OPEN0, PLAIN
from sim.model.submodels.ties import tie_with

__all__ = ["MOST_HANDLED", "Complaints"]

MOST_HANDLED = 32
"""Complaints that staff handle in a group on one day; further ones stay open."""
IGNORED, REGRET, PRETENDED = 1, 2, 3
"""Causes of a complaint."""
SPEAK, WAIT, RUE, PRETEND = (purpose(f"complaints: {it}") for it in ("speak", "wait", "regret", "pretend"))


class Complaints(Mechanism):
    """Whoever has cause complains at their next look, or lets it be, once for each cause.

    Where an answer is promised the host looks in within that time, and handles what they then read while minutes last.
    What is still open at night costs the trust of who complained, and of those who have read it. Nobody can tell a
    complaint about nothing from another: it takes the same minutes and money, and readers mind it as much.
    """

    title = ("Complaints", "投诉")
    grumble = Knob(0.0, 0.0, 1.0, "probability", "who has cause complains, where no answer is promised",
                   "assumption; 0: nobody does")  # fmt: skip
    voice = Knob(0.5, 0.0, 1.0, "probability", "… where one is", "assumption")
    patience = Knob(2.0, 1.0, 50.0, "openers", "of theirs that nobody answered, which give cause",
                    "founding material, S49: asked twice")  # fmt: skip
    regret = Knob(0.3, 0.0, 1.0, "probability", "a purchase that does not fit at all is regretted", "assumption")
    hurt = Knob(0.2, 0.0, 1.0, "share", "trust lost by a complaint that stays open", "assumption")
    recover = Knob(0.5, 0.0, 5.0, "share", "of that much, trust won by one that is handled, of what is lacking",
                   "assumption")  # fmt: skip
    word = Knob(0.05, 0.0, 1.0, "share/day", "trust lost by who has read many complaints that stay open", "assumption")
    abuse = Knob(0.1, 0.0, 1.0, "probability", "somebody of no generosity wants their money back, all of it promised, "
                 "though nothing was wrong", "assumption")  # fmt: skip
    handling_minutes = Knob(5.0, 0.0, 120.0, "minutes", "for staff to handle a complaint", "assumption")

    class kinds:
        complaint = kind("complaint", "投诉", interest=0.6, info_need=-0.3)

    kind_complaint: int  # its code

    class member:
        n_unanswered: int = carried()  # openers of theirs that nobody answered, since the last cause
        cause: int = carried()  # for a complaint not made yet
        paid: float = carried()  # CNY for the purchase that is regretted
        said: int = lost()  # cause of the last complaint made …
        open: int = lost()  # … and its day plus one, until it is night
        bad: float = lost()  # complaints read today while they were open, each by how near who made it

    class group:
        complaints_handled: float = lever(only_one, "minutes", "time within which complaints are to be answered",
                                          neutral=-1.0, bears="minutes_complaints")  # fmt: skip
        refund_share: float = lever(plus, "share", "of the price, paid back to who complains of a purchase",
                                    bears="fen_refunds")  # fmt: skip
        regretted: float  # CNY paid for purchases that are regretted, of which nobody has spoken yet
        fen_fund: int  # set aside today for refunds
        handled: Annotated[list[int], MOST_HANDLED]  # whose complaints have been handled today
        n_complaints: int = daily("complaints made", "投诉次数", better=False)
        n_handled: int = daily("complaints handled in time", "及时处理的投诉数", better=True)
        n_pretended: int = daily("complaints about nothing, for the refund", "为退款而无理投诉次数", better=False)
        fen_refunds: int = daily("refunds", "退款", unit="CNY", better=False, booked=True)
        minutes_complaints: float = daily("staff minutes spent on complaints", "处理投诉用时", unit="minutes",
                                          better=False, booked=True)  # fmt: skip

    @classmethod
    def is_always(cls, knobs: Mapping[str, float]) -> bool:
        """Does anybody grumble?"""
        return knobs.get("complaints.grumble", 0.0) > 0.0


@Complaints.at_plan(when="refund_share")
def lay_by(group: Group, ours: Complaints.group, knobs: Complaints, world: World) -> None:
    """So much is set aside as all regretted purchases could ask back; what the purse does not hold is not promised."""
    yuan = min(1.0, ours.refund_share) * ours.regretted
    ours.fen_fund = int(100.0 * yuan + 0.5) if set_aside(yuan, group, world) else 0


@Complaints.on_buy()
def rue(me: Member, mine: Complaints.member, group: Group, ours: Complaints.group, knobs: Complaints,
        world: World) -> None:  # fmt: skip
    """A purchase gives cause with P = regret (1 − fit)"""
    u = uniform(world, me.person, RUE, group.index)
    if is_ordinary(me, world) and mine.cause < REGRET and u < knobs.regret * (1.0 - me.fit):
        mine.cause, mine.paid = REGRET, group.price_today
        ours.regretted += mine.paid


@Complaints.on_buy(when="refund_share")
def pretend(me: Member, mine: Complaints.member, group: Group, ours: Complaints.group, knobs: Complaints,
            world: World) -> None:  # fmt: skip
    """Who regrets nothing wants it back with P = abuse · refund_share · (1 − generosity), where complaints are handled
    at all.
    """
    p = knobs.abuse * min(1.0, ours.refund_share) * (1.0 - me.generosity)
    may = mine.cause == 0 and ours.complaints_handled > 0.0 and is_ordinary(me, world)
    if may and uniform(world, me.person, PRETEND, group.index) < p:
        mine.cause, mine.paid = PRETENDED, group.price_today
        ours.regretted += mine.paid


@Complaints.on_leave()
def go(me: Member, mine: Complaints.member, group: Group, ours: Complaints.group, knobs: Complaints,
       world: World) -> None:  # fmt: skip
    """Whoever leaves asks nothing back."""
    if mine.cause >= REGRET:
        forget(mine, ours)
        mine.cause = 0


@rule
def forget(mine: Complaints.member, ours: Complaints.group) -> None:
    """One purchase fewer of which nobody has spoken yet, if that is their cause."""
    if mine.cause >= REGRET:
        ours.regretted = max(0.0, ours.regretted - mine.paid)


@Complaints.at_look(before="reply")
def complain(
    me: Member, mine: Complaints.member, group: Group, ours: Complaints.group, today: Today, knobs: Complaints,
    world: World, look: Look,
) -> None:  # fmt: skip
    """At the day's first look who has cause complains with P = voice where an answer is promised, else grumble, or
    never does for this cause; who pretends does where one is. The host then looks in after a part of that time,
    uniform.
    """
    if mine.cause == 0 or look.kind != PLAIN:
        return
    forget(mine, ours)
    mine.said, mine.cause = mine.cause, 0
    p = knobs.voice if ours.complaints_handled >= 0.0 else knobs.grumble
    if mine.said == PRETENDED:
        p = 1.0 if ours.complaints_handled > 0.0 else 0.0
    if uniform(world, me.person, SPEAK, group.index) < p:
        mine.open = world.day + 1
        ours.n_complaints += 1
        ours.n_pretended += 1 if mine.said == PRETENDED else 0
        write(look, knobs.kind_complaint)
        if ours.complaints_handled > 0.0:
            tell_staff(look, ours.complaints_handled * uniform(world, me.person, WAIT, group.index), group)


@Complaints.at_look(after="read")
def hear_of_it(
    me: Member, mine: Complaints.member, group: Group, ours: Complaints.group, today: Today, knobs: Complaints,
    world: World, look: Scene,
) -> None:  # fmt: skip
    """Complaints just read that others made and nobody has handled: bad + ½ (1 + tie) each"""
    for j in range(look.first, look.desk.n[LOG]):
        line = look.desk.log[j]
        if line.kind == knobs.kind_complaint and line.person != me.person:
            mine.bad += 0.5 + 0.5 * tie_with(me, line.person)


@Complaints.at_look(before="all", when="complaints_handled", gate="n_complaints")
def handle(
    me: Member, mine: Complaints.member, group: Group, ours: Complaints.group, today: Today, knobs: Complaints,
    world: World, look: Scene,
) -> None:  # fmt: skip
    """Staff handle the complaints of today that they have just read and that are no older than was promised, each for
    ``handling_minutes``; whoever reads it later reads the answer, too.
    """
    desk = look.desk
    for j in range(max(look.first, wide(desk.n[OPEN0])), desk.n[LOG]):
        line = desk.log[j]
        is_in_time = desk.now[0].t - line.t <= ours.complaints_handled and ours.n_handled < MOST_HANDLED
        if line.kind == knobs.kind_complaint and is_in_time and give_minutes(knobs.handling_minutes, group):
            ours.minutes_complaints += knobs.handling_minutes
            ours.handled[ours.n_handled] = line.person
            ours.n_handled += 1
            line.kind = -1 - knobs.kind_complaint


@Complaints.each_visitor(after="talk")
def feel_heard(
    me: Member, mine: Complaints.member, group: Group, ours: Complaints.group, today: Today, knobs: Complaints,
    world: World,
) -> None:  # fmt: skip
    """Who complained: handled, τ + recover · hurt (1 − τ), and the refund; else τ (1 − hurt). Pretended: the refund.

    Who has read complaints: τ (1 − word · S(bad) · share of today's that stay open), S(x) = x / (1 + x). Openers of
    one's own that nobody answered add up to a cause.
    """
    if mine.open == world.day + 1:
        mine.open = 0
        hurt = knobs.hurt if mine.said != PRETENDED else 0.0
        if is_handled(me, ours):
            me.trust += knobs.recover * hurt * (1.0 - me.trust)
            give_back(mine, group, ours, world)
        else:
            me.trust -= hurt * me.trust
    if mine.bad > 0.0:
        still = 1.0 if ours.n_complaints == 0 else 1.0 - ours.n_handled / ours.n_complaints
        me.trust -= knobs.word * mine.bad / (1.0 + mine.bad) * still * me.trust
        mine.bad = 0.0
    if me.n_ignored > 0 and is_ordinary(me, world):
        mine.n_unanswered += me.n_ignored
        if mine.n_unanswered >= knobs.patience and mine.cause == 0:
            mine.cause, mine.n_unanswered = IGNORED, 0


@rule
def is_handled(me: Member, ours: Complaints.group) -> bool:
    """Has their complaint of today been handled?"""
    found = 0
    for k in range(ours.n_handled):
        found += 1 if ours.handled[k] == me.person else 0
    return found > 0


@rule
def give_back(mine: Complaints.member, group: Group, ours: Complaints.group, world: World) -> None:
    """``refund_share`` of what it cost them to whoever speaks of a purchase, as far as money was set aside."""
    yuan = min(1.0, ours.refund_share) * mine.paid
    if mine.said >= REGRET and int(100.0 * yuan + 0.5) <= ours.fen_fund:
        fen = pay(OPERATOR, MEMBER, yuan, group)
        ours.fen_fund -= fen
        ours.fen_refunds += fen

"""Written rules (群规) and a ladder of sanctions (禁言): who breaks a rule is silenced, each time for longer, then out.

What counts as an offence is for others to say: whoever of the staff deals with one (an advert,
:mod:`sim.mechanisms.advert_ban`; a quarrel, :mod:`sim.mechanisms.quarrels`) notes it for the day of its author.
Source: founding material, S48; that mild and certain sanctions work is Ostrom's (1990, from memory), weights are
assumptions.
"""

from __future__ import annotations

from sim.engine.declarations import carried, daily, lever, lost
from sim.engine.distributions import pareto
from sim.engine.knobs import Knob
from sim.engine.levers import any_of, only_one, plus
from sim.engine.luck import purpose, uniform
from sim.engine.rule import rule
from sim.mechanisms import Mechanism, give_minutes, tell_staff
from sim.model.rows import Desk, Group, Look, Member, Scene, Today, World
from sim.model.submodels.conversation_log import LOG
from sim.model.vocabulary import REASONS

__all__ = ["Order", "is_ordinary"]

REMOVED = REASONS.index("removed")
REPORT = purpose("order: report")
LAST_STEP = 3
"""Steps of the ladder; the offence after the last one ends the membership."""
DAY_MINUTES = 1440.0


class Order(Mechanism):
    """Offences are silenced for 1, 7 and 15 days; the fourth ends the membership. Rules are believed as they are kept.

    Who is silenced reads, and does nothing else in the group. A sanction feels unfair, less so where staff hear an
    appeal. ``order`` is how reliably the written rules have been kept: 1 − adverts left standing / adverts, as a
    moving average over days with an advert.
    """

    title = ("Rules and sanctions", "群规与处罚")
    first_days = Knob(1.0, 0.0, 365.0, "days", "of silence for the first offence", "founding material, S48")
    second_days = Knob(7.0, 0.0, 365.0, "days", "… the second", "founding material, S48")
    third_days = Knob(15.0, 0.0, 365.0, "days", "… the third; the fourth ends the membership", "founding material, S48")
    unfair = Knob(0.1, 0.0, 1.0, "share", "belonging lost by a sanction", "assumption")
    heard = Knob(0.5, 0.0, 1.0, "share", "part of that loss that is left where an appeal is heard", "assumption")
    appeal_minutes = Knob(5.0, 0.0, 120.0, "minutes", "to hear an appeal", "assumption")
    report_rate = Knob(0.2, 0.0, 1.0, "probability", "a reader of an advert who belongs wholly tells staff, once a day",
                       "assumption")  # fmt: skip
    report_minutes = Knob(1.0, 0.0, 60.0, "minutes", "for staff to take a report", "assumption")
    praise_minutes = Knob(2.0, 0.0, 60.0, "minutes", "for a word of praise to all who keep the rules", "assumption")
    clean_days = Knob(28.0, 0.0, 365.0, "days", "without an offence that make one who keeps the rules", "assumption")
    credit = Knob(0.5, 0.0, 1.0, "share", "how reliably rules are thought to be kept when they are new", "assumption")
    judging = Knob(0.1, 0.0, 1.0, "1/day", "speed at which people judge, on days with an advert, whether they are",
                   "assumption")  # fmt: skip
    trust_broken = Knob(0.01, 0.0, 1.0, "share/visit", "trust lost by adverts read under rules that are never kept",
                        "assumption")  # fmt: skip

    class member:
        n_offences: int = carried()
        silenced_until: int = carried()  # first day on which they may write again
        offended: int = carried()  # day plus one of the last offence
        noticed: int = lost()  # day plus one of the last look at which they reported an advert or let it be

    class group:
        rules_shown: float = lever(any_of, "yes/no", "the rules hang where everybody sees them")
        sanction: float = lever(
            only_one, "times", "offenders are silenced, for so many times the days of the ladder", bears="minutes_order"
        )
        report: float = lever(any_of, "yes/no", "members may report adverts to staff", bears="minutes_order")
        appeal: float = lever(any_of, "yes/no", "staff hear whoever was sanctioned", bears="minutes_order")
        praise: float = lever(
            plus, "feeling/day", "praise for those who write and keep the rules", bears="minutes_order"
        )
        mute_all: float = lever(any_of, "yes/no", "only staff and experts write today, the others read")
        order: float  # how reliably the rules have been kept
        has_rules: int
        is_praising: int
        n_sanctions: int = daily("sanctions", "处罚次数")
        n_silenced: int = daily("member-days in silence", "禁言人天", share_of="n_members")
        n_thrown_out: int = daily("members removed for a fourth offence", "屡犯被移出人数", better=False)
        n_reports: int = daily("reports by members", "成员举报次数")
        minutes_order: float = daily("staff minutes spent on reports, appeals and praise", "举报、申诉与表扬用时",
                                     unit="minutes", better=False, booked=True)  # fmt: skip


@rule
def is_ordinary(me: Member, world: World) -> bool:
    """Neither staff nor expert nor advertiser."""
    return me.is_staff + me.is_expert == 0 and me.role != world.role_advertiser


@Order.each_member(before="talk", since="sanction")
def keep_silent(
    me: Member, mine: Order.member, group: Group, ours: Order.group, today: Today, knobs: Order, world: World
) -> None:
    """Until the sanction is over they read, and write nothing; also where the ladder has been taken away meanwhile."""
    if mine.silenced_until > world.day:
        today.is_silenced = 1
        ours.n_silenced += 1


@Order.each_member(before="talk", when="mute_all")
def hush(
    me: Member, mine: Order.member, group: Group, ours: Order.group, today: Today, knobs: Order, world: World
) -> None:
    """Everybody but staff and experts reads only."""
    if me.is_expert == 0:
        today.is_silenced = 1


@Order.each_group(before="talk", when="praise")
def speak_of_it(group: Group, ours: Order.group, knobs: Order, world: World, desk: Desk) -> None:
    """A word of praise in the morning costs staff ``praise_minutes``; without them there is none."""
    ours.is_praising = 0
    if give_minutes(knobs.praise_minutes, group):
        ours.is_praising = 1
        ours.minutes_order += knobs.praise_minutes


@Order.at_look(before="reply", when="report")
def tell(
    me: Member, mine: Order.member, group: Group, ours: Order.group, today: Today, knobs: Order, world: World,
    look: Look,
) -> None:  # fmt: skip
    """Whoever has read an advert today tells staff with P = report_rate · β, once a day; staff take the report, and
    look in after the wait of a notice, if they have the minutes.
    """
    if me.n_ads_read == 0 or mine.noticed > world.day or not is_ordinary(me, world):
        return
    mine.noticed = world.day + 1
    p = knobs.report_rate * me.belonging
    u = uniform(world, me.person, REPORT, group.index)
    if u < p and give_minutes(knobs.report_minutes, group):
        ours.minutes_order += knobs.report_minutes
        ours.n_reports += 1
        tell_staff(look, pareto(u / p, world.notice_minutes, 2.0 * DAY_MINUTES), group)


@Order.at_look(before="all", when="sanction")
def silence_at_once(
    me: Member, mine: Order.member, group: Group, ours: Order.group, today: Today, knobs: Order, world: World,
    look: Scene,
) -> None:  # fmt: skip
    """Who of those just read has been caught writes no more today."""
    desk = look.desk
    for j in range(look.first, desk.n[LOG]):
        theirs = desk.today[desk.log[j].slot]
        if theirs.n_caught > 0:
            theirs.is_silenced = 1


@Order.each_member(after="talk", when="sanction")
def punish(
    me: Member, mine: Order.member, group: Group, ours: Order.group, today: Today, knobs: Order, world: World
) -> None:
    """Whoever was caught today, however often, climbs a step: silenced for the rest of the day and 1, 7, 15 days times
    ``sanction``, the fourth time removed.  β ← β − unfair β, or heard · unfair β where staff hear an appeal.
    """
    if today.n_caught == 0 or me.is_gone > 0:
        return
    ours.n_sanctions += 1
    mine.n_offences += 1
    mine.offended = world.day + 1
    loss = knobs.unfair
    if ours.appeal > 0.0 and give_minutes(knobs.appeal_minutes, group):
        ours.minutes_order += knobs.appeal_minutes
        loss *= knobs.heard
    me.belonging -= loss * me.belonging
    if mine.n_offences <= LAST_STEP:
        mine.silenced_until = world.day + 1 + days_of(mine.n_offences, ours, knobs)
        return
    ours.n_thrown_out += 1
    me.is_gone = 1
    if me.reason == 0:  # who leaves today anyway is counted already
        me.reason = REMOVED
        group.new_removed += 1


@rule
def days_of(offence: int, ours: Order.group, knobs: Order) -> int:
    """Whole days of silence for the first, second, third offence."""
    days = knobs.first_days if offence == 1 else knobs.second_days if offence == 2 else knobs.third_days
    return int(days * ours.sanction + 0.5)


@Order.each_group(after="talk", when="rules_shown")
def judge(group: Group, ours: Order.group, knobs: Order, world: World, desk: Desk) -> None:
    """On days with an advert: order ← order + judging (1 − adverts left standing / adverts − order)"""
    if ours.has_rules == 0:
        ours.has_rules, ours.order = 1, knobs.credit
    if group.n_ads > 0:
        kept = max(0.0, 1.0 - group.n_ads_unpunished / group.n_ads)  # the host's own example counts as adverts, too
        ours.order += knobs.judging * (kept - ours.order)


@Order.each_visitor(after="talk", when="rules_shown")
def lose_faith(
    me: Member, mine: Order.member, group: Group, ours: Order.group, today: Today, knobs: Order, world: World
) -> None:
    """τ ← τ − trust_broken (1 − order) S(adverts read) τ, S(x) = x / (1 + x): a rule that nobody keeps is worse than
    none.
    """
    if me.n_ads_read > 0 and is_ordinary(me, world):
        read = me.n_ads_read / (1.0 + me.n_ads_read)
        me.trust -= knobs.trust_broken * (1.0 - ours.order) * read * me.trust


@Order.each_visitor(after="talk", when="praise")
def be_praised(
    me: Member, mine: Order.member, group: Group, ours: Order.group, today: Today, knobs: Order, world: World
) -> None:
    """gain + praise, for who wrote today and has not offended for ``clean_days``"""
    is_clean = mine.offended == 0 or world.day + 1 - mine.offended >= knobs.clean_days
    if ours.is_praising > 0 and me.n_posts > 0 and is_clean and is_ordinary(me, world):
        today.gain += ours.praise

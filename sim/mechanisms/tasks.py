"""Tasks and habit (打卡, 早安): homework with a penalty that doubles, a good morning to echo, streaks, a goal.

A task is done by a line of its own kind at the first look after its hour, or it is missed. Penalties go into the
group's pool, in whole fen, by :func:`charge` alone. Lines of both kinds are rituals: no talk of members follows from
them by definition. Source: S13, S14, C8.
"""

from __future__ import annotations

from sim.engine.declarations import carried, daily, lever, lost
from sim.engine.distributions import logistic
from sim.engine.knobs import Knob
from sim.engine.levers import any_of, only_one, plus
from sim.engine.luck import purpose, uniform
from sim.engine.rule import rule
from sim.mechanisms import POOL, Mechanism, charge, give_minutes, kind, say, write
from sim.model.rows import Desk, Group, Look, Member, Today, World
from sim.model.submodels.yuan import felt
from sim.model.vocabulary import REASONS

__all__ = ["Tasks", "due_of", "is_enrolled", "likely"]

LEFT = REASONS.index("left")
MOST_TIMES = 1024.0
"""A penalty grows to at most 2¹⁰ times the first."""
ATTEND, ECHO, CHECK, EXCUSE, PAY = (purpose(f"tasks: {it}") for it in ("attend", "echo", "check", "excuse", "pay"))


class Tasks(Mechanism):
    """Who keeps to a task, and what missing it costs.

    Everybody is enrolled from the day after they came, but for staff, experts and advertisers.

    A streak is of days on which one did the task, or echoed the greeting where there was no task to make up for. A task
    that is missed without an excuse ends it. So a streak > 0 means that nothing is missed.

    Source: assumption; commitment contracts: Giné, Karlan & Zinman 2010; goal gradient: Kivetz, Urminsky & Zheng 2006
    (directions only).
    """

    title = ("Tasks and habit", "打卡与早安")
    pull = Knob(0.8, 0.0, 8.0, "logit", "pull of a streak, and of what missing would cost", "assumption")
    attend = Knob(0.0, -5.0, 5.0, "logit", "readiness to do a task without effort", "assumption")
    attend_belonging = Knob(2.0, 0.0, 20.0, "logit", "belonging makes one do it", "assumption")
    attend_streak = Knob(1.5, 0.0, 15.0, "logit", "a streak makes one do it", "assumption")
    fear = Knob(1.0, 0.0, 10.0, "logit", "what missing would cost makes one do it", "assumption")
    effort = Knob(1.0, 0.0, 10.0, "logit", "a unit of effort keeps one from it", "assumption")
    greeting_effort = Knob(0.1, 0.0, 1.0, "effort", "effort of echoing a good morning", "assumption")
    streak_half = Knob(7.0, 0.1, 70.0, "days", "a streak that pulls half as much as any can", "assumption")
    yuan_half = Knob(0.02, 0.001, 0.5, "share", "a sum half as dreadful as any, of free money", "assumption")
    pay = Knob(2.0, -5.0, 20.0, "logit", "readiness to pay a penalty rather than leave", "assumption")
    pay_belonging = Knob(4.0, 0.0, 40.0, "logit", "belonging makes one pay", "assumption")
    pay_price = Knob(40.0, 0.0, 400.0, "logit", "a penalty as large as a month's free money", "assumption")
    effort_minutes = Knob(10.0, 0.0, 240.0, "minutes", "of a member, that a unit of effort takes", "assumption")
    check_minutes = Knob(2.0, 0.0, 60.0, "minutes", "for the host to look through one submission", "assumption")
    progress_joy = Knob(0.15, 0.0, 1.0, "feeling", "joy of being shown that one is at the goal", "assumption")

    class kinds:
        checkin = kind("check-in", "打卡", author="nobody", is_ritual=True, crowding=0.0, herd=1.0, worth=(0.05, 0.0))
        greeting = kind("good morning", "早安", author="nobody", is_ritual=True)

    kind_checkin: int  # their codes
    kind_greeting: int

    class member:
        streak: int = carried()
        progress: float = carried()  # 0 … 1, where 1 is the goal
        n_missed: int = lost()  # tasks missed since the last one done
        asked: int = lost()  # day plus one of the last look at which they did the task or let it be
        greeted: int = lost()  # … echoed the greeting or let it be
        done: int = lost()  # day plus one of the last task done
        kept: int = lost()  # day plus one that the streak was last longer by

    class group:
        task_today: float = lever(any_of, "yes/no", "members are to do a task today")
        task_hour: float = lever(only_one, "hour", "hour from which it can be done", neutral=-1.0)
        task_effort: float = lever(only_one, "effort", "effort of the task")
        task_check: float = lever(plus, "share", "share of submissions that the host looks through")
        penalty_yuan: float = lever(only_one, "CNY", "price of the first missed task, into the group's pool")
        penalty_growth: float = lever(only_one, "times", "… and how many times that each further one", neutral=1.0)
        excuse: float = lever(only_one, "probability", "a missed task is excused")
        progress_step: float = lever(plus, "share/day", "way to the goal that a day's task is")
        progress_shown: float = lever(any_of, "yes/no", "everybody is shown how far they are")
        goal_again: float = lever(any_of, "yes/no", "after the goal there is a next one")
        greeting_hour: float = lever(only_one, "hour", "hour of the host's good morning", neutral=-1.0)
        is_greeting: int
        n_checkins: int = daily("members who do the day's task", "按时打卡者占比", share_of="n_members", better=True)
        n_greetings: int = daily("members who echo the good morning", "回应早安者占比", share_of="n_members")
        n_misses: int = daily("tasks missed without an excuse", "缺卡次数", better=False)
        n_excused: int = daily("tasks missed with an excuse", "请假次数")
        n_penalties: int = daily("penalties paid", "罚款次数")
        n_defaulted: int = daily("members who leave rather than pay", "拒缴罚款退群人数", better=False)
        n_arrivals: int = daily("members who reach the goal", "达成目标人数", better=True)
        fen_penalties: int = daily("penalties paid into the pool", "罚款入池", unit="CNY", pooled=1)
        minutes_done: float = daily("minutes that members give to tasks", "成员打卡用时", unit="minutes")
        minutes_tasks: float = daily(
            "staff minutes spent on tasks and greetings", "打卡与早安用时", unit="minutes", better=False, booked=True
        )


@Tasks.each_member(before="visit", when="task_today")
def remind(
    me: Member, mine: Tasks.member, group: Group, ours: Tasks.group, today: Today, knobs: Tasks, world: World
) -> None:
    """visit + pull · (S(streak / streak_half) + S(due / (yuan_half · B))), S(x) = x / (1 + x)"""
    if is_enrolled(me, world):
        today.visit += knobs.pull * (held(mine, knobs) + felt(due_of(me, mine, ours), knobs.yuan_half, me))


@Tasks.each_member(before="visit", when="greeting_hour")
def expect(
    me: Member, mine: Tasks.member, group: Group, ours: Tasks.group, today: Today, knobs: Tasks, world: World
) -> None:
    """visit + pull · S(streak / streak_half), where no task reminds of the streak already"""
    if ours.task_today <= 0.0 and is_enrolled(me, world):
        today.visit += knobs.pull * held(mine, knobs)


@Tasks.each_group(before="talk", when="greeting_hour")
def greet(group: Group, ours: Tasks.group, knobs: Tasks, world: World, desk: Desk) -> None:
    """The host says good morning at the hour, for the minutes of a post, if they have them."""
    ours.is_greeting = 0
    if group.host_slot >= 0 and give_minutes(world.posting_minutes, group):
        ours.is_greeting = 1
        ours.minutes_tasks += world.posting_minutes
        say(desk, 60.0 * ours.greeting_hour, group.host_slot, knobs.kind_greeting, group)


@Tasks.at_look(before="reply", when="greeting_hour")
def echo(
    me: Member, mine: Tasks.member, group: Group, ours: Tasks.group, today: Today, knobs: Tasks, world: World,
    look: Look,
) -> None:  # fmt: skip
    """At the first look after the host's good morning: echo it, with the probability of a light task.

    minutes_done + effort_minutes · greeting_effort, of the member
    """
    tomorrow = world.day + 1
    if ours.is_greeting == 0 or mine.greeted == tomorrow or look.t < 60.0 * ours.greeting_hour:
        return
    if is_enrolled(me, world):
        mine.greeted = tomorrow
        u = uniform(world, me.person, ECHO, group.index)
        if u < likely(me, mine, knobs.greeting_effort, 0.0, knobs):
            ours.n_greetings += 1
            ours.minutes_done += knobs.effort_minutes * knobs.greeting_effort
            lengthen(mine, tomorrow)
            write(look, knobs.kind_greeting)


@Tasks.at_look(before="reply", when="task_today")
def report(
    me: Member, mine: Tasks.member, group: Group, ours: Tasks.group, today: Today, knobs: Tasks, world: World,
    look: Look,
) -> None:  # fmt: skip
    """At the first look after the hour: do the task and say so, or let it be. What was missed is made up for.

    minutes_done + effort_minutes · task_effort, of the member, whom they cost nothing else
    """
    tomorrow = world.day + 1
    if mine.asked == tomorrow or look.t < 60.0 * ours.task_hour or not is_enrolled(me, world):
        return
    mine.asked = tomorrow
    u = uniform(world, me.person, ATTEND, group.index)
    if u < likely(me, mine, ours.task_effort, due_of(me, mine, ours), knobs):
        ours.n_checkins += 1
        ours.minutes_done += knobs.effort_minutes * ours.task_effort
        mine.done, mine.n_missed = tomorrow, 0
        lengthen(mine, tomorrow)
        write(look, knobs.kind_checkin)


@Tasks.each_member(after="talk", when="task_today")
def judge(
    me: Member, mine: Tasks.member, group: Group, ours: Tasks.group, today: Today, knobs: Tasks, world: World
) -> None:
    """Done: the host may look it through (warmth + 1), and the goal is nearer by step · (½ + ½ checked).

    Missed: excused with probability ``excuse``; else the streak is over, and due = penalty · growth^missed, at most
    2¹⁰ times the penalty and free money B, is paid with P = σ(pay + pay_belonging (β − ½) − pay_price · due / B); who
    does not pay leaves. Of the absent, feeling is as it was when they were last accounted for, at most a week ago.
    """
    if not is_enrolled(me, world) or me.reason > 0:
        return
    if mine.done == world.day + 1:
        step = ours.progress_step * (0.5 + 0.5 * checked(me, group, ours, knobs, world))
        advance(me, mine, ours, step, today, knobs, world)
        return
    if uniform(world, me.person, EXCUSE, group.index) < ours.excuse:
        ours.n_excused += 1
        return
    due = due_of(me, mine, ours)
    mine.streak = 0
    mine.n_missed += 1
    ours.n_misses += 1
    if due < 0.01:
        return
    x = knobs.pay + knobs.pay_belonging * (me.belonging - 0.5) - knobs.pay_price * due / me.budget
    if uniform(world, me.person, PAY, group.index) < logistic(x):
        ours.fen_penalties += charge(me, POOL, due, group)
        ours.n_penalties += 1
        return
    me.reason = LEFT
    group.new_left += 1
    ours.n_defaulted += 1


@Tasks.each_member(after="talk", when="greeting_hour")
def lapse(
    me: Member, mine: Tasks.member, group: Group, ours: Tasks.group, today: Today, knobs: Tasks, world: World
) -> None:
    """Who has not echoed today's greeting has lost the streak, where there was no task."""
    if ours.task_today <= 0.0 and ours.is_greeting > 0 and mine.kept <= world.day and is_enrolled(me, world):
        mine.streak = 0


@Tasks.each_visitor(after="talk", when="progress_step")
def learn(
    me: Member, mine: Tasks.member, group: Group, ours: Tasks.group, today: Today, knobs: Tasks, world: World
) -> None:
    """Without tasks the goal is nearer by step · useful after reading the host, useful = q / (enough + q)."""
    if ours.task_today <= 0.0 and me.n_host_read > 0 and is_enrolled(me, world):
        useful = me.read_quality / (world.enough + me.read_quality)
        advance(me, mine, ours, ours.progress_step * useful, today, knobs, world)


@rule
def is_enrolled(me: Member, world: World) -> bool:
    """Does the task concern them? Not on the day on which they came; never staff, experts, advertisers."""
    is_ordinary = me.is_staff == 0 and me.is_expert == 0 and me.role != world.role_advertiser
    return is_ordinary and me.day_joined < world.day


@rule
def due_of(me: Member, mine: Tasks.member, ours: Tasks.group) -> float:
    """Price (CNY) of missing the task today: penalty · growth^missed, at most 2¹⁰ times the penalty, and free money."""
    times = 1.0
    for _ in range(mine.n_missed):
        if times >= MOST_TIMES or ours.penalty_growth <= 1.0:
            break
        times *= ours.penalty_growth
    return min(me.budget, ours.penalty_yuan * min(MOST_TIMES, times))


@rule
def held(mine: Tasks.member, knobs: Tasks) -> float:
    """How one's streak holds one, 0 … 1."""
    return mine.streak / (knobs.streak_half + mine.streak)


@rule
def likely(me: Member, mine: Tasks.member, effort: float, due: float, knobs: Tasks) -> float:
    """P = σ(attend + a_β (β − ½) + a_s S(streak / 7) + fear · S(due / (yuan_half B)) − effort knob · effort − φ)"""
    x = knobs.attend + knobs.attend_belonging * (me.belonging - 0.5) + knobs.attend_streak * held(mine, knobs)
    return logistic(x + knobs.fear * felt(due, knobs.yuan_half, me) - knobs.effort * effort - me.fatigue)


@rule
def lengthen(mine: Tasks.member, tomorrow: int) -> None:
    """One day more, once a day, and not while there is a missed task to make up for."""
    if mine.kept < tomorrow and mine.n_missed == 0:
        mine.kept = tomorrow
        mine.streak += 1


@rule
def checked(me: Member, group: Group, ours: Tasks.group, knobs: Tasks, world: World) -> float:
    """1 if the host looks the submission through, as far as minutes last; it does its author good. Else 0."""
    u = uniform(world, me.person, CHECK, group.index)
    if u >= ours.task_check or not give_minutes(knobs.check_minutes, group):
        return 0.0
    ours.minutes_tasks += knobs.check_minutes
    me.warmth += 1.0
    return 1.0


@rule
def advance(
    me: Member, mine: Tasks.member, ours: Tasks.group, step: float, today: Today, knobs: Tasks, world: World
) -> None:
    """progress ← min(1, progress + step);  gain + progress_joy · progress, if it is shown.

    At the goal the need is met, or one begins again where there is a next goal.
    """
    before = mine.progress
    mine.progress = min(1.0, before + step)
    if ours.progress_shown > 0.0:
        today.gain += knobs.progress_joy * mine.progress
    if before < 1.0 <= mine.progress:
        ours.n_arrivals += 1
        if ours.goal_again > 0.0:
            mine.progress = 0.0
        else:
            me.need_ends = min(me.need_ends, 1.0 * world.day)

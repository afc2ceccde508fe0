"""Shills (托): second accounts of the host answer what the host has said, or begin to talk themselves.

Silence then looks like life, and whoever would not be the first is the second. What a line does to people is said by
the rules of reading and answering, which all lines share; that it can be seen through, by
:mod:`sim.mechanisms.suspicion`.
Source: founding material, R7, S21, H18.
"""

from __future__ import annotations

from sim.engine.declarations import daily, lever
from sim.engine.distributions import wide
from sim.engine.knobs import Knob
from sim.engine.levers import any_of, only_one, plus
from sim.engine.luck import purpose, uniform
from sim.engine.rule import rule
from sim.mechanisms import Mechanism, answer, give_minutes, host_person, kind, say
from sim.mechanisms.suspicion import Suspicion
from sim.model.hands import HIDDEN
from sim.model.rows import Desk, Group, Member, Scene, Today, World
from sim.model.submodels.conversation_log import GLANCE, LOG, OPEN0, PLAIN, add_look

__all__ = ["Shills"]

MOMENT = purpose("shills: moment")
MOST_DUE = 30.0
"""Lines that may be owed at most: what was due before is forgotten."""


class Shills(Mechanism):
    """Lines fall due and are spread over the day and the accounts; each costs minutes, or is not said.

    An account answers the host's last line of today that has stood for a while without an answer, else it opens a topic
    of its own. It is answered as chat is.
    """

    title = ("Shills", "托儿")
    uses = (Suspicion,)
    line_minutes = Knob(2.0, 0.0, 60.0, "minutes", "for a line under another name", "assumption")
    most_lines = Knob(10.0, 1.0, 50.0, "lines/day", "of one account", "assumption")
    rescue_minutes = Knob(45.0, 0.0, 300.0, "minutes", "a line of the host has been without an answer",
                          "assumption")  # fmt: skip
    first_hour = Knob(9.0, 0.0, 23.0, "hour", "from which on accounts speak", "assumption")
    last_hour = Knob(22.0, 1.0, 23.9, "hour", "up to which they do", "assumption")

    class kinds:
        staged = kind("line of a shill", "托儿发言", author="nobody", is_opener=True, interest=1.2, info_need=-0.7,
                      worth=(0.08, 0.0), staged=1.0)  # fmt: skip

    kind_staged: int  # its code

    class group:
        shills: float = lever(plus, "accounts", "hidden accounts of the host in the group")
        shill_lines: float = lever(plus, "lines/day", "lines that they say in all", bears="minutes_staging")
        shill_skill: float = lever(only_one, "share", "by how much less plain than clumsy ones their lines are")
        shill_rescue: float = lever(any_of, "yes/no", "they answer what the host had planned and nobody has answered",
                                    bears="minutes_staging")  # fmt: skip
        due: float  # lines due
        n_today: int  # lines planned for today
        n_left: int  # … and not said yet
        n_watched: int  # lines of the host after which somebody comes to see whether they were answered
        n_shill_lines: int = daily("lines of shills", "托儿发言数")
        minutes_staging: float = daily("staff minutes spent as shills", "托儿用时", unit="minutes", better=False,
                                       booked=True)  # fmt: skip


@Shills.at_plan(when="shills")
def call_in(group: Group, ours: Shills.group, knobs: Shills, world: World, suspicion: object) -> None:
    """As many accounts are to sit in the group as are asked for, in whole ones; those that do, stay."""
    group.shills_wanted = int(ours.shills)
    ours.n_watched = 0


@Shills.each_group(before="talk", since=("shill_lines", "shill_rescue"))
def plan_lines(
    group: Group, ours: Shills.group, knobs: Shills, world: World, desk: Desk, suspicion: object
) -> None:
    """``shill_lines`` a day fall due; at most ``most_lines`` an account. The k-th of n comes at its part of the day.

    How plain they are stands in their kind's row of the table on the desk: 1 − skill.
    """
    desk.kinds[knobs.kind_staged].staged = 1.0 - min(1.0, max(0.0, ours.shill_skill))
    ours.due = min(MOST_DUE, ours.due + ours.shill_lines) if ours.shill_lines > 0.0 else 0.0
    ours.n_today = min(int(ours.due), int(knobs.most_lines) * group.n_shills)
    ours.n_left = ours.n_today
    ours.due -= ours.n_today
    for k in range(ours.n_today):
        say(desk, moment(k, group, ours, knobs, world), wide(group.shill_slots[k % group.n_shills]), GLANCE, group)


@rule
def moment(k: int, group: Group, ours: Shills.group, knobs: Shills, world: World) -> float:
    """Minute of today's line ``k``: hours are divided evenly among the lines, luck places each within its part."""
    span = max(0.0, knobs.last_hour - knobs.first_hour)
    u = uniform(world, host_person(group, world), MOMENT, group.index * 64 + k)
    return 60.0 * (knobs.first_hour + span * (k + u) / ours.n_today)


@Shills.at_look(after="read", when="shill_lines", gate="n_left")
def speak(
    me: Member, mine: object, group: Group, ours: Shills.group, today: Today, knobs: Shills, world: World, look: Scene,
    suspicion: Suspicion.member,
) -> None:  # fmt: skip
    """An account whose moment has come says its line, if there are minutes for it; other looks of theirs pass."""
    now = look.desk.now[0]
    k = ours.n_today - ours.n_left
    if me.is_staff != HIDDEN or now.t < moment(k, group, ours, knobs, world):
        return
    ours.n_left -= 1
    if give_minutes(knobs.line_minutes, group):
        ours.minutes_staging += knobs.line_minutes
        ours.n_shill_lines += 1
        answer(now, knobs.kind_staged, unanswered(look.desk, now.t - knobs.rescue_minutes, group))


@Shills.at_look(before="all", when="shill_rescue")
def watch(
    me: Member, mine: object, group: Group, ours: Shills.group, today: Today, knobs: Shills, world: World, look: Scene,
    suspicion: Suspicion.member,
) -> None:  # fmt: skip
    """When a line that the host had planned is written, an account comes ``rescue_minutes`` later."""
    now = look.desk.now[0]
    t = now.t + knobs.rescue_minutes + 1.0
    if me.slot == group.host_slot and now.kind > PLAIN and group.n_shills > 0 and t < 1439.0:
        add_look(look.desk, t, wide(group.shill_slots[ours.n_watched % group.n_shills]), GLANCE)
        ours.n_watched += 1


@Shills.at_look(after="read", when="shill_rescue", gate="n_watched")
def rescue(
    me: Member, mine: object, group: Group, ours: Shills.group, today: Today, knobs: Shills, world: World, look: Scene,
    suspicion: Suspicion.member,
) -> None:  # fmt: skip
    """Where nobody has answered by then, the account does, if there are minutes for it."""
    now = look.desk.now[0]
    if me.is_staff != HIDDEN or now.n_says > 0:
        return
    j = unanswered(look.desk, now.t - knobs.rescue_minutes, group)
    if j >= 0 and give_minutes(knobs.line_minutes, group):
        ours.minutes_staging += knobs.line_minutes
        ours.n_shill_lines += 1
        answer(now, knobs.kind_staged, j)


@rule
def unanswered(desk: Desk, before: float, group: Group) -> int:
    """The host's last line of today that was written before a minute and is without an answer; -1: none."""
    for j in range(desk.n[LOG] - 1, desk.n[OPEN0] - 1, -1):
        line = desk.log[j]
        if line.slot == group.host_slot and line.kind >= 0 and line.n_answers == 0 and line.t < before:
            return j
    return -1

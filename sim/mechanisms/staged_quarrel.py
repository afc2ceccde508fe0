"""A quarrel that is staged (自导自演的争吵): two accounts of the host's quarrel, and the host settles it before all.

That a heated group draws onlookers is a rule of quarrels (:mod:`sim.mechanisms.quarrels`); that lines are seen through,
and what that costs, is one of suspicion (:mod:`sim.mechanisms.suspicion`). Source: founding material, S27 ("who is not
good at it should not try"); all numbers are assumptions.
"""

from __future__ import annotations

from sim.engine.declarations import daily, lever, lost
from sim.engine.distributions import wide
from sim.engine.knobs import Knob
from sim.engine.levers import any_of, only_one
from sim.engine.luck import purpose, uniform
from sim.engine.rule import rule
from sim.mechanisms import Mechanism, give_minutes, host_person, kind, say
from sim.mechanisms.quarrels import Quarrels
from sim.mechanisms.suspicion import Suspicion
from sim.model.rows import Desk, Group, Member, Scene, Today, World
from sim.model.submodels.conversation_log import LOG

__all__ = ["StagedQuarrel"]

FAIR = purpose("staged quarrel: fair")


class StagedQuarrel(Mechanism):
    """Two hidden accounts exchange ``lines`` lines, then the host speaks, fairly with P = skill.

    Lines are as plain as 1 − skill. Where two accounts find no seat, or minutes do not last, there is no quarrel.
    """

    title = ("Staged quarrel", "自导自演的争吵")
    uses = (Quarrels, Suspicion)
    lines = Knob(6.0, 2.0, 40.0, "lines", "that the two exchange", "assumption")
    hour = Knob(20.0, 0.0, 22.0, "hour", "hour at which they begin", "assumption")
    pause = Knob(2.0, 0.1, 60.0, "minutes", "between two lines", "assumption")
    line_minutes = Knob(2.0, 0.0, 60.0, "minutes", "of staff for a line", "assumption: as for shills")
    stir = Knob(0.3, 0.0, 1.0, "share", "by how much heat rises, of what is lacking", "assumption")
    weight = Knob(0.5, 0.0, 10.0, "feeling", "weight of its lines read", "assumption: as of quarrels")
    fair_trust = Knob(0.03, 0.0, 1.0, "share", "trust gained by seeing fairness, of what is lacking",
                      "assumption: as in quarrels")  # fmt: skip
    botched_trust = Knob(0.05, 0.0, 1.0, "share", "trust lost by seeing unfairness", "assumption: as in quarrels")

    class kinds:
        staged_row = kind("line of a staged quarrel", "自导自演的争吵发言", author="nobody", interest=1.2,
                          info_need=-0.7, staged=1.0)  # fmt: skip
        verdict = kind("word of the host on a quarrel", "群主调解", author="host", interest=0.2)

    kind_staged_row: int  # their codes
    kind_verdict: int

    class member:
        day: int = lost()  # day plus one of which the others tell
        n_rows_read: int = lost()  # its lines read
        has_heard: int = lost()  # … and the host's word

    class group:
        staged_quarrel: float = lever(any_of, "yes/no", "two accounts quarrel today, and the host settles it",
                                      bears="minutes_acting")  # fmt: skip
        quarrel_skill: float = lever(only_one, "share", "how skilfully it is acted and settled")
        is_fair: int
        n_staged_quarrels: int = daily("staged quarrels", "自导自演的争吵次数")
        n_unfair: int = daily("… settled unfairly", "自导自演中调解不公次数", better=False)
        minutes_acting: float = daily("staff minutes spent on staged quarrels", "自导自演争吵用时", unit="minutes",
                                      better=False, booked=True)  # fmt: skip


@StagedQuarrel.at_plan(when="staged_quarrel")
def call_two(group: Group, ours: StagedQuarrel.group, knobs: StagedQuarrel, world: World, quarrels: object,
             suspicion: object) -> None:  # fmt: skip
    """It takes two accounts in the group, which stay."""
    group.shills_wanted = max(2, wide(group.shills_wanted))


@StagedQuarrel.each_group(before="talk", since="staged_quarrel")
def stage(group: Group, ours: StagedQuarrel.group, knobs: StagedQuarrel, world: World, desk: Desk,
          quarrels: Quarrels.group, suspicion: object) -> None:  # fmt: skip
    """Each line costs ``line_minutes``, and so does the host's word; fair with P = skill; heat + stir (1 − heat)"""
    skill = min(1.0, max(0.0, ours.quarrel_skill))
    desk.kinds[knobs.kind_staged_row].staged = 1.0 - skill
    n = int(knobs.lines)
    minutes = knobs.line_minutes * (n + 1)
    if ours.staged_quarrel <= 0.0 or group.n_shills < 2 or not give_minutes(minutes, group):
        return
    t = 60.0 * knobs.hour
    for k in range(n):
        say(desk, t + knobs.pause * k, wide(group.shill_slots[k % 2]), knobs.kind_staged_row, group)
    say(desk, t + knobs.pause * n, wide(group.host_slot), knobs.kind_verdict, group)
    ours.is_fair = 1 if uniform(world, host_person(group, world), FAIR, group.index) < skill else 0
    ours.n_staged_quarrels += 1
    ours.n_unfair += 1 - ours.is_fair
    ours.minutes_acting += minutes
    quarrels.heat += knobs.stir * (1.0 - quarrels.heat)


@rule
def wake(mine: StagedQuarrel.member, world: World) -> None:
    """What was read on another day is forgotten."""
    if mine.day != world.day + 1:
        mine.day = world.day + 1
        mine.n_rows_read = mine.has_heard = 0


@StagedQuarrel.at_look(after="read", since="staged_quarrel")
def watch(
    me: Member, mine: StagedQuarrel.member, group: Group, ours: StagedQuarrel.group, today: Today,
    knobs: StagedQuarrel, world: World, look: Scene, quarrels: object, suspicion: object,
) -> None:  # fmt: skip
    """Its lines just read, and the host's word, which last evening's late readers meet in the morning."""
    wake(mine, world)
    for j in range(look.first, look.desk.n[LOG]):
        kind = look.desk.log[j].kind
        mine.n_rows_read += 1 if kind == knobs.kind_staged_row else 0
        mine.has_heard = 1 if kind == knobs.kind_verdict else mine.has_heard


@StagedQuarrel.each_visitor(after="talk", since="staged_quarrel")
def be_moved(
    me: Member, mine: StagedQuarrel.member, group: Group, ours: StagedQuarrel.group, today: Today,
    knobs: StagedQuarrel, world: World, quarrels: object, suspicion: object,
) -> None:  # fmt: skip
    """cost + weight · h / (2 + h), h lines read, unless the host's word has settled it fairly: then they no longer
    count. With that word: τ + fair_trust (1 − τ) if it was fair, else τ (1 − botched_trust)
    """
    if mine.day != world.day + 1 or mine.n_rows_read == 0:
        return
    if mine.has_heard > 0 and ours.is_fair > 0:
        me.trust += knobs.fair_trust * (1.0 - me.trust)
        return
    today.cost += knobs.weight * mine.n_rows_read / (2.0 + mine.n_rows_read)
    if mine.has_heard > 0:
        me.trust -= knobs.botched_trust * me.trust

"""Suspicion (起疑): who reads lines that are not what they seem may see through them, trust the host less, and say so.

It has no levers. Whatever stages something uses it, in one of two ways: a kind of message declared with ``staged`` is
enough, and is counted wherever it is read; what is no message (a pretended price, a crowd of nobodies) is added by the
other mechanism's rule to ``staged`` of whoever meets it, in lines that would be as plain. Source: founding material,
R7, S21, S27, S39, H18; how fast people see through it is an assumption.
"""

from __future__ import annotations

import math

from sim.engine.declarations import carried, daily, lost
from sim.engine.knobs import Knob
from sim.engine.luck import purpose, uniform
from sim.mechanisms import Mechanism, kind, write
from sim.model.rows import Group, Look, Member, Scene, Today, World
from sim.model.submodels.conversation_log import LOG, PLAIN

__all__ = ["Suspicion"]

TELL = purpose("suspicion: tell")


class Suspicion(Mechanism):
    """Staged lines read raise suspicion; each rise costs trust, once and for all; it fades where nothing feeds it.

    Who suspects, and has read something staged since they last said so, may tell the group: a line that others read.
    """

    title = ("Suspicion", "起疑")
    see = Knob(0.01, 0.0, 1.0, "1/line", "speed at which somebody of no expertise sees through, twice",
               "assumption: three lines a day, two fifths in a month")  # fmt: skip
    trust_staged = Knob(0.6, 0.0, 1.0, "share", "of trust lost on the way from no suspicion to certainty",
                        "assumption")  # fmt: skip
    expose = Knob(0.1, 0.0, 1.0, "probability", "a visit, to tell the group what one is certain of", "assumption")
    spread = Knob(0.3, 0.0, 1.0, "share", "of what is left to suspect, raised by many who tell", "assumption")
    recovery = Knob(0.012, 0.0, 1.0, "1/day", "speed at which suspicion fades", "assumption: as numbness does")

    class kinds:
        exposure = kind("word that lines are staged", "揭穿托儿", is_opener=True, is_missed=True, interest=1.2,
                        info_need=-0.7, worth=(0.08, 0.0))  # fmt: skip

    kind_exposure: int  # its code

    class member:
        suspicion: float = carried()  # 0 … 1, as of the day …
        felt: int = carried()  # … on which it was last felt, plus one
        staged: float = lost()  # staged lines met and not yet thought about, by how plain they were
        heard: int = lost()  # lines read in which others tell, not yet thought about
        has_cause: int = lost()  # they have met something staged since they last told

    class group:
        n_staged_read: int = daily("staged lines read", "读到的托儿发言数")
        n_exposures: int = daily("times the group is told of staged lines", "托儿被揭穿次数", better=False)
        sum_suspicion: float = daily("suspicion of those who look in", "来看的人的起疑程度", share_of="n_visitors",
                                     better=False)  # fmt: skip


@Suspicion.at_look(after="read")
def notice(
    me: Member, mine: Suspicion.member, group: Group, ours: Suspicion.group, today: Today, knobs: Suspicion,
    world: World, look: Scene,
) -> None:  # fmt: skip
    """Staged lines just read, each by how plain its kind is, and lines in which others tell."""
    if me.is_staff > 0:
        return
    desk = look.desk
    for j in range(look.first, desk.n[LOG]):
        line = desk.log[j]
        if line.kind < 0 or line.person == me.person:
            continue
        plain = desk.kinds[line.kind].staged
        if plain > 0.0:
            mine.staged += plain
            ours.n_staged_read += 1
        mine.heard += 1 if line.kind == knobs.kind_exposure else 0


@Suspicion.at_look(before="reply")
def tell(
    me: Member, mine: Suspicion.member, group: Group, ours: Suspicion.group, today: Today, knobs: Suspicion,
    world: World, look: Look,
) -> None:  # fmt: skip
    """P = expose · s², at the day's first look, where one has cause. Advertisers and staff do not care to."""
    if mine.has_cause == 0 or look.kind != PLAIN or me.is_staff > 0 or me.role == world.role_advertiser:
        return
    if uniform(world, me.person, TELL, group.index) < knobs.expose * mine.suspicion * mine.suspicion:
        mine.has_cause = 0
        ours.n_exposures += 1
        write(look, knobs.kind_exposure)


@Suspicion.each_visitor(after="talk")
def see_through(
    me: Member, mine: Suspicion.member, group: Group, ours: Suspicion.group, today: Today, knobs: Suspicion,
    world: World,
) -> None:  # fmt: skip
    """s ← s e^(−recovery · days);  Δ = (1 − s)(1 − e^(−see · staged · (½ + expertise)))

    then Δ + (1 − s − Δ) · spread · S(heard), S(n) = n / (1 + n);  τ ← τ (1 − trust_staged · Δ);  s ← s + Δ
    """
    if mine.suspicion > 0.0:
        mine.suspicion *= math.exp(-knobs.recovery * (world.day + 1 - mine.felt))
    mine.felt = world.day + 1
    if mine.staged > 0.0 or mine.heard > 0:
        rise = (1.0 - mine.suspicion) * (1.0 - math.exp(-knobs.see * mine.staged * (0.5 + me.expertise)))
        rise += (1.0 - mine.suspicion - rise) * knobs.spread * mine.heard / (1.0 + mine.heard)
        me.trust *= 1.0 - knobs.trust_staged * rise
        mine.suspicion += rise
        mine.has_cause = 1 if mine.staged > 0.0 else mine.has_cause
        mine.staged, mine.heard = 0.0, 0
    ours.sum_suspicion += mine.suspicion

"""The joy of what is given (礼物): things that please by their worth, whoever gives them and for whatever reason.

It has no levers. Mechanisms that give something put its worth into the hands of whoever gets it (``gifts.yuan``), and
it is felt once, by one rule, at the next look: so there is one scale for all of them, and two gifts at once please less
than the two would on two days. Source: assumption.
"""

from __future__ import annotations

from sim.engine.declarations import carried
from sim.engine.knobs import Knob
from sim.mechanisms import Mechanism
from sim.model.rows import Group, Member, Today, World
from sim.model.submodels.yuan import felt

__all__ = ["Gifts"]


class Gifts(Mechanism):
    """What members have been given since their last look pleases them, ever less the more it is.

    What comes again and again is expected in the end, by the rule of feeling: then it no longer pleases, and is missed
    when it stops.
    """

    title = ("Joy of gifts", "礼物带来的愉悦")
    joy = Knob(0.12, 0.0, 1.0, "feeling", "joy of more than one could wish for", "assumption")
    half = Knob(0.02, 0.001, 0.5, "share", "worth, in monthly free money, that gives half of it",
                "assumption: 16 CNY of 800")  # fmt: skip

    class member:
        yuan: float = carried()  # given and not felt yet, CNY


@Gifts.each_visitor(after="talk")
def enjoy(
    me: Member, mine: Gifts.member, group: Group, ours: object, today: Today, knobs: Gifts, world: World
) -> None:
    """gain + joy · S(y / (half B)), y CNY given since the last look, S(x) = x / (1 + x)"""
    if mine.yuan > 0.0:
        today.gain += knobs.joy * felt(mine.yuan, knobs.half, me)
        mine.yuan = 0.0

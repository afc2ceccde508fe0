"""Copying under written rules (按规复制): a group is copied once its rules stand; half of its good name comes along.

Who opens the copy, and when, is said by :mod:`sim.mechanisms.structure`. Source: founding material, S60: clear rules
help a community to be copied. That rules stand while they are kept at least as often as not, and that a copy begins
half way between the credit of new rules and the order of its parent, are assumptions.
"""

from __future__ import annotations

from sim.engine.declarations import lever
from sim.engine.knobs import Knob
from sim.engine.levers import any_of
from sim.mechanisms import Mechanism
from sim.mechanisms.order import Order
from sim.mechanisms.structure import Structure
from sim.model.rows import Desk, Group, World

__all__ = ["Copying"]


class Copying(Mechanism):
    """Rules stand while they hang where all see them and are kept: order ≥ ``stands``.

    New ones are taken on credit (``order.credit``) until they have been tried, so they stand where nobody breaks them,
    and fall where it is let pass.
    """

    title = ("Copying under rules", "按规复制")
    uses = (Order, Structure)
    stands = Knob(0.5, 0.0, 1.0, "share", "of adverts that are dealt with, from which on written rules stand",
                  "assumption")  # fmt: skip
    inherits = Knob(0.5, 0.0, 1.0, "share", "of the way from the credit of new rules to the order of its parent, that "
                    "a copy begins with", "assumption")  # fmt: skip

    class group:
        clone_rules: float = lever(any_of, "yes/no", "the group is copied only once its written rules stand")


@Copying.each_group(before="visit", since="clone_rules")
def take_rules_along(
    group: Group, ours: Copying.group, knobs: Copying, world: World, desk: Desk, order: Order.group,
    structure: Structure.group,
) -> None:  # fmt: skip
    """On the second morning of a copy, when its rules are taken on credit like any: order ← order + inherits (order of
    the parent − order)
    """
    if order.has_rules > 0 and structure.order_there > 0.0:
        order.order += knobs.inherits * (structure.order_there - order.order)
        structure.order_there = 0.0


@Copying.each_group(after="talk", when="clone_rules")
def read_the_rules(
    group: Group, ours: Copying.group, knobs: Copying, world: World, desk: Desk, order: Order.group,
    structure: Structure.group,
) -> None:  # fmt: skip
    """Every evening: do the rules stand, as they were kept until yesterday?"""
    stand = order.rules_shown > 0.0 and order.order >= knobs.stands
    structure.is_barred = 0 if stand else 1
    structure.order_here = order.order if order.rules_shown > 0.0 else 0.0

"""Offers of the product (推介): what the host sells in the group, without any strategy.

Source: founding material (groups are kept to sell); how often and when is an assumption.
"""

from __future__ import annotations

from collections.abc import Mapping

from sim.engine.knobs import Knob
from sim.engine.luck import SECOND, uniform
from sim.mechanisms import Mechanism, host_person, host_says
from sim.model.rows import Group, World
from sim.model.submodels.messages import OFFER

__all__ = ["Offers"]


class Offers(Mechanism):
    """Every ``operator.offer_every`` days the host offers the product, on different days in different groups.

    In play wherever there is a product (``scenario.item_price``) and offers are made: it needs no lever. Whether
    somebody takes an offer they saw is a rule of their role (``buy``).
    """

    title = ("Offers of the product", "商品推介")
    hour = Knob(19.0, 0.0, 23.0, "hour", "hour at which the product is offered", "assumption")

    @classmethod
    def is_always(cls, knobs: Mapping[str, float]) -> bool:
        """Is there a product, and is it offered?"""
        return knobs.get("item_price", 0.0) > 0.0 and knobs.get("offer_every", 0.0) >= 1.0


@Offers.at_plan()
def plan_offer(group: Group, ours: object, knobs: Offers, world: World) -> None:
    """An offer that is due costs posting_minutes; without them it is left out, not put off."""
    every = int(world.offer_every)
    due = every > 0 and (world.day - group.day_born + 3 * group.index) % every == every - 1
    if due and group.minutes_left >= world.posting_minutes and world.item_price > 0.0:
        group.is_offer_day = 1
        group.minutes_left -= world.posting_minutes
        group.minutes_content += world.posting_minutes
        second = uniform(world, host_person(group, world), SECOND, group.index)
        host_says(knobs.hour * 60.0 + second, OFFER, group)

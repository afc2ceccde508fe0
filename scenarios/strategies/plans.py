"""Strategies that are made of others, with windows: files of ``conf/strategy``, and what is expected of them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from scenarios.strategies.expected import Expected
from sim.engine.knobs import Value

__all__ = ["PLANS", "Plan"]


@dataclass(frozen=True)
class Plan:
    """``id`` of the founding material; knobs of ``doses`` are written ``part.knob``."""

    id: str
    expected: tuple[Expected, ...]
    doses: tuple[Mapping[str, Value], ...]


#: By the name of the file. Source: founding material, S46; what is expected, of mechanisms by stage: assumption.
PLANS: Mapping[str, Plan] = {
    "stage_plan": Plan(
        "S46",
        (Expected("lifetime", +1, days=365), Expected("belonging", +1, days=365)),
        (
            {"growth_content.posts_per_day": 0.5, "active_content.posts_per_day": 0.5, "active_packet.amount": 5.0},
            {"growth_content.posts_per_day": 1.0, "active_content.posts_per_day": 1.0, "active_packet.amount": 10.0},
            {"growth_content.posts_per_day": 2.0, "active_content.posts_per_day": 2.0, "active_packet.amount": 50.0},
        ),
    )
}

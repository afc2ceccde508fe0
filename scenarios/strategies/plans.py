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


def _posts(a_day: float) -> Mapping[str, Value]:
    """So many in every stage that has some."""
    return {f"{stage}_content.posts_per_day": a_day for stage in ("growth", "active", "decline")}


_HOURS = ("operator.hours=8",)  # for twenty groups: with four there is no minute for what is planned

#: By the name of the file. Source: founding material, S46; what is expected, of mechanisms by stage: assumption.
PLANS: Mapping[str, Plan] = {
    "stage_plan": Plan(
        "S46",
        (
            Expected("lifetime", +1, least=7.0, settings=_HOURS, days=365),  # a week
            Expected("belonging", +1, settings=_HOURS, days=365),
        ),
        (_posts(0.5), _posts(1.0), _posts(2.0)),
    )
}

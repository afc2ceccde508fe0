"""The wish to answer a message: one rule for everybody, weighed differently by some roles."""

from __future__ import annotations

from typing import Any

from sim.posting import ANSWER_KIND, CHAT, CONTENT, NEWS, QUESTION, RED_PACKET
from sim.rule import rule

__all__ = ["wish_to_answer"]


@rule
def wish_to_answer(
    me: Any, kind: int, n_answers: int, age: float, tie: float, addressed: int, group: Any, world: Any
) -> float:
    """Weight of the wish to answer one message on the screen (a rate per look).

    reply · kind · (1 + k_t tie) · (addressed: × k_a) / (1 + age / freshness)² / (1 + k_c answers) · (½ + help norm)

    Questions are answered by those who can, chat by those who came for company, content by those whom the topic fits.
    """
    interest = 0.1
    if kind == QUESTION:
        interest = 0.6 + 1.4 * me.expertise
    elif kind in (CHAT, ANSWER_KIND):
        interest = 1.2 - 0.7 * me.info_need
    elif kind in (CONTENT, NEWS):
        interest = 0.4 + 0.8 * me.match
    elif kind == RED_PACKET:
        interest = 0.8
    weight = me.reply * interest * (1.0 + world.tie_reply * tie) * (0.5 + group.help_norm)
    if addressed > 0:
        weight *= world.addressed
    fade = 1.0 + age / world.freshness
    return weight / (fade * fade * (1.0 + world.crowding * n_answers))

"""Prompt answers (及时答复): the host looks in more often, and whoever is answered at once feels noticed.

Who answers, and what it costs, is the host's own rule (``answers``): questions that nobody has answered, while minutes
last. Source: founding material, S50, H28.
"""

from __future__ import annotations

from typing import Annotated

from sim.engine.declarations import daily, lever
from sim.engine.knobs import Knob
from sim.engine.levers import at_most, plus
from sim.mechanisms import Mechanism, give_minutes
from sim.model.rows import Group, Line, Member, Scene, Today, World
from sim.model.submodels.messages import QUESTION

__all__ = ["PromptAnswers"]

MOST_LOOKS = 50
"""Looks of one person on a day have numbers below 64 in luck; 8 are the host's own."""
MOST_NOTICED = 64
"""Who is answered at once on a day beyond so many in a group is not marked."""


class PromptAnswers(Mechanism):
    """Looks beside the host's own, each for a minute or so, at which questions are answered and not only read; members
    help each other the less, as answers crowd out.

    That a prompt answer does good beyond what it says is assumed, and only where the host promises prompt answers:
    ``presence`` at 0 leaves what follows from being answered by anybody.
    """

    title = ("Prompt answers", "及时答复")
    look_minutes = Knob(1.0, 0.0, 30.0, "minutes", "of the host for a look beside their own", "assumption")
    within = Knob(60.0, 1.0, 1_440.0, "minutes", "after a question, in which an answer counts as prompt",
                  "founding material, S50: within the hour")  # fmt: skip
    presence = Knob(1.0, 0.0, 5.0, "answers", "a prompt answer of staff to a question warms like so many more",
                    "assumption; H28")  # fmt: skip

    eager = Knob(19.0, 0.0, 1_000.0, "ratio", "by how much likelier the host answers a question they read and nobody "
                 "has answered, where it is promised", "assumption: as experts in their office hours")  # fmt: skip

    class group:
        prompt_looks: float = lever(plus, "looks/day", "looks that the host takes beside their own", bears="looking")
        prompt_minutes: float = lever(at_most, "minutes/day", "the most that these looks may cost")
        n_unpaid: int  # looks of today still to be paid for
        n_noticed: int  # people answered at once today …
        noticed: Annotated[list[int], MOST_NOTICED]  # … and their numbers
        n_prompt_answers: int = daily("questions staff answered promptly", "及时答复提问数", better=True)
        minutes_looking: float = daily("staff minutes spent on looking for questions", "查看提问用时", unit="minutes",
                                       better=False, booked=True)  # fmt: skip


@PromptAnswers.at_plan(when="prompt_looks")
def promise(group: Group, ours: PromptAnswers.group, knobs: PromptAnswers, world: World) -> None:
    """looks of the host + min(prompt_looks, prompt_minutes / look_minutes), in whole looks, at most 50"""
    n = min(1.0 * MOST_LOOKS, ours.prompt_looks)
    if n * knobs.look_minutes > ours.prompt_minutes:
        n = ours.prompt_minutes / knobs.look_minutes
    ours.n_unpaid = int(n)
    ours.n_noticed = 0
    group.n_host_looks += int(n)


@PromptAnswers.at_look(before="all", when="prompt_looks", gate="n_unpaid")
def pay_for_it(
    me: Member, mine: object, group: Group, ours: PromptAnswers.group, today: Today, knobs: PromptAnswers,
    world: World, look: Scene,
) -> None:  # fmt: skip
    """Looks cost ``look_minutes`` each as the day goes on, and so compete with answers for the same minutes. Who looks
    for questions answers them: the host's weight of an answer is 1 + eager.
    """
    if me.slot == group.host_slot and look.desk.now[0].kind < 0:
        ours.n_unpaid -= 1
        today.answer = knobs.eager
        if give_minutes(knobs.look_minutes, group):
            ours.minutes_looking += knobs.look_minutes


@PromptAnswers.at_reply(when="prompt_looks")
def notice(
    line: Line, answered: Line, me: Member, mine: object, group: Group, ours: PromptAnswers.group, today: Today,
    knobs: PromptAnswers, world: World,
) -> None:  # fmt: skip
    """Whose question staff answer ``within`` the time has been noticed, whether or not the answer is good."""
    if me.is_staff > 0 and answered.kind == QUESTION and line.t - answered.t <= knobs.within:
        ours.n_prompt_answers += 1
        if ours.n_noticed < MOST_NOTICED:
            ours.noticed[ours.n_noticed] = answered.person
            ours.n_noticed += 1


@PromptAnswers.each_visitor(after="talk", when="prompt_looks")
def feel_noticed(
    me: Member, mine: object, group: Group, ours: PromptAnswers.group, today: Today, knobs: PromptAnswers, world: World
) -> None:
    """warmth + presence, for each question of theirs that was answered promptly"""
    for k in range(ours.n_noticed):
        if ours.noticed[k] == me.person:
            me.warmth += knobs.presence

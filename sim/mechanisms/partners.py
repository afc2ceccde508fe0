"""Partner groups (异业合作): a word in a group where the right people already sit, for a fee per person who comes.

Source: founding material, S38; how large a partner's group is, and that its host's word is trusted, are assumptions.
"""

from __future__ import annotations

from sim.engine.declarations import daily, lever
from sim.engine.knobs import Knob
from sim.engine.levers import only_one, plus
from sim.engine.luck import lasting, purpose
from sim.mechanisms import OPERATOR, OUTSIDE, Mechanism, host_person, pay, send_to_door, set_aside
from sim.model.population import CIRCLE
from sim.model.rows import Group, Knock, Member, World
from sim.model.submodels.market import MOST_SEEN
from sim.model.vocabulary import CHANNELS

__all__ = ["Partners"]

SENT = CHANNELS.index("partner")
WHICH = purpose("partners: which circles of the market")


class Partners(Mechanism):
    """Each group has a partner, a fixed part of the market; whom it sends are the fittest of those who saw the word.

    They come by a channel of their own and trust the word more than an advert. A partner's people are soon used up:
    whoever was in the community does not come again.
    """

    title = ("Partner groups", "合作群")
    circles = Knob(8, 1, 1_000, "circles", "circles of friends, of 64 people each, that make a partner's group",
                   "assumption")  # fmt: skip
    trust = Knob(0.5, 0.0, 5.0, "logit", "pull of the partner's word at the door", "assumption")

    class group:
        partner_reach: float = lever(
            plus, "people/day", "people whom a partner sends to the door", bears="partner_cost"
        )
        partner_price: float = lever(plus, "CNY", "what each of them costs")
        partner_fit: float = lever(only_one, "people", "who saw the word, for each who is sent: the fittest comes")
        n_sent: int = daily("people sent by partners", "合作群带来的访客")
        partner_cost: int = daily("money paid to partners", "合作群花费", unit="CNY", better=False, booked=True,
                                  brings="partner")  # fmt: skip


@Partners.at_plan(when="partner_reach")
def send(group: Group, ours: Partners.group, knobs: Partners, world: World) -> None:
    """People sent ← Poisson(reach), each the fittest of ``partner_fit``, if the purse holds the price of all."""
    circles = world.market_size // CIRCLE
    first = CIRCLE * int(lasting(world, host_person(group, world), WHICH, 0) * circles)
    fit = min(MOST_SEEN, max(1, int(ours.partner_fit)))
    n = send_to_door(ours.partner_reach, first, CIRCLE * int(min(circles, knobs.circles)), fit, group, world)
    yuan = n * ours.partner_price
    if set_aside(yuan, group, world):
        ours.n_sent = n
        ours.partner_cost = pay(OPERATOR, OUTSIDE, yuan, group)
    else:
        group.n_sent = 0


@Partners.each_knock(when="partner_reach")
def trust_the_word(
    me: Member, theirs: object, group: Group, ours: Partners.group, knock: Knock, knobs: Partners, world: World
) -> None:
    """enter + trust, for whoever a partner sends"""
    if me.channel == SENT:
        knock.enter += knobs.trust

"""The operator behind the hosts: one person's hours and one purse serve all groups of a community."""

from __future__ import annotations

from sim.knobs import Knob, KnobSet

__all__ = ["Operator"]


class Operator(KnobSet):
    """Hours, purse and wage of the operator (config key ``operator``)."""

    hours = Knob(4.0, 0.0, 24.0, "hours/day", "hours a day the operator gives, shared by all his groups", "assumption")
    purse = Knob(20_000.0, 0.0, 1e8, "CNY", "money at hand; acts that cost more than is left do not happen",
                 "assumption")
    wage = Knob(40.0, 0.0, 2_000.0, "CNY/hour", "what an hour of the operator is worth to him", "assumption")
    margin = Knob(0.4, 0.0, 1.0, "share", "share of a sale that stays with the operator", "assumption")
    heart_days = Knob(90.0, 5.0, 5_000.0, "days", "time in which an operator who is not paid back loses heart",
                      "assumption; the material's neglected groups are neglected within months")
    chat_posts = Knob(0.25, 0.0, 20.0, "messages/group/day", "unplanned messages of the host, without any strategy",
                      "assumption")
    offer_every = Knob(7.0, 0.0, 365.0, "days", "days between offers of the product; 0 never offers", "assumption")
    advert_yuan = Knob(0.0, 0.0, 1e5, "CNY/group/day", "money spent on paid adverts for the group", "scenario")

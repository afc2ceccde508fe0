"""Who is in the market: how many hosts, KOLs, moderators, advertisers, connectors and poachers there are."""

from __future__ import annotations

from sim.engine.knobs import Knob, KnobSet

__all__ = ["Cast"]


class Cast(KnobSet):
    """Numbers of special persons. Newcomer, lurker and regular are earned by behaviour (config key ``roles``)."""

    kols = Knob(0.5, 0.0, 10.0, "per group", "experts present when a group is founded", "assumption",
                is_founding=True)
    moderators = Knob(0.0, 0.0, 10.0, "per group", "members who share the host's policing and welcoming", "assumption",
                      is_founding=True)
    moderator_minutes = Knob(10.0, 0.0, 600.0, "minutes/day", "minutes a moderator gives a day", "assumption")
    advertisers = Knob(0.05, 0.0, 1.0, "share of the market", "people who join groups to post adverts", "assumption",
                       is_founding=True)
    advertiser_zeal = Knob(4.0, 0.0, 100.0, "ratio", "how much oftener than others an advertiser looks for doors",
                           "assumption")
    connectors = Knob(0.04, 0.0, 1.0, "share of the market", "people who sit in several groups at once", "assumption",
                      is_founding=True)
    connector_groups = Knob(3, 1, 20, "groups", "groups a connector may sit in", "assumption")
    poachers = Knob(0.0, 0.0, 1.0, "share of the market", "people who join groups to ask members away from them",
                    "assumption; 0: there are none", is_founding=True)
    kol_fee = Knob(0.0, 0.0, 10_000.0, "CNY/day", "fee of an expert for a day on which they speak", "assumption")

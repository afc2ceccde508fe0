"""What a world is for: the few numbers in which worlds differ. Everything else is shared by all of them."""

from __future__ import annotations

from sim.engine.knobs import Knob, KnobSet

__all__ = ["Purpose"]


class Purpose(KnobSet):
    """The numbers of population and purpose that tell one world from another (config key ``scenario``)."""

    info_need = Knob(0.5, 0.0, 1.0, "share", "mean weight of information against company in what people come for",
                     "Nonnecke & Preece 2000: lurkers 46 % in support lists, 82 % in software lists")
    match = Knob(0.6, 0.0, 1.0, "share", "mean match of the people who knock to the group's topic", "assumption")
    fit = Knob(0.5, 0.0, 1.0, "share", "mean fit of members to the product on sale", "assumption")
    talk = Knob(0.12, 0.0, 20.0, "messages/visit", "median readiness of a person to open a topic at a visit",
                "tuned to K4, K9")
    need_days = Knob(80.0, 0.02, 10_000.0, "days", "median time until the need that brought a person is met",
                     "assumption; a wedding ends, a pet stays")
    need_spread = Knob(1.0, 0.0, 4.0, "log", "spread of that time between people, or groups that share a need",
                       "assumption; questions are answered in minutes, trades are learnt in years")
    askers = Knob(0.6, 0.0, 1.0, "share", "people who come with one question, and whose need is soon over",
                  "assumption; two kinds of visitors")
    weekend = Knob(1.0, 0.01, 10.0, "ratio", "odds of a visit on a day of the weekend, against a working day",
                   "assumption; 1: all days alike")
    season = Knob(0.0, 0.0, 5.0, "logit", "readiness to visit at the height of the year, and lack of it half a year "
                  "later", "assumption; 0: no season")
    season_peak = Knob(60.0, 0.0, 366.0, "day of the year", "height of the year", "assumption")
    shared_need = Knob(0.0, 0.0, 1.0, "share", "people whose need is the group's own and ends for all on one day",
                       "assumption; people may found a group for a purpose that may end: sketch, rule 12")
    search_rate = Knob(0.6, 0.0, 200.0, "people/group/day", "people who find the door of a group on their own",
                       "assumption")
    search_spread = Knob(0.0, 0.0, 4.0, "log", "spread of that rate between groups: some are found by many",
                         "assumption; 0: all alike")
    acquaintance = Knob(0.25, 0.0, 1.0, "share", "founders of a group who knew each other before", "assumption",
                        is_founding=True)
    item_price = Knob(100.0, 0.0, 100_000.0, "CNY", "price of the product on sale; 0 sells nothing",
                      "case C2: about 100 an item")

"""Knobs of the mind: one set of psychological constants serves every world (config key ``mind``)."""

from __future__ import annotations

from sim.engine.knobs import Knob, KnobSet

__all__ = ["Mind"]

GUESS = "assumption"


class Mind(KnobSet):
    """What people are like and how they react. The same in every world; see docs/model.md for the equations."""

    # traits
    talk_spread = Knob(2.8, 0.0, 3.0, "log", "spread of readiness to open a topic between people", "tuned to K4")
    ask_days = Knob(0.15, 0.02, 1_000.0, "days", "median time until one question is answered, or of no interest any "
                    "more", GUESS)
    need_again = Knob(0.0043, 0.0, 1.0, "1/day", "rate at which a need that was met arises anew, in who stays away",
                      GUESS)
    reply = Knob(0.2, 0.0, 5.0, "1/message", "median readiness to answer a message on the screen", "tuned to K5")
    reply_spread = Knob(2.9, 0.0, 3.0, "log", "spread of readiness to answer", "tuned to K4")
    budget = Knob(800.0, 1.0, 1e6, "CNY/month", "median free money", GUESS)
    budget_spread = Knob(0.9, 0.0, 3.0, "log", "spread of free money", GUESS)
    attention = Knob(60.0, 1.0, 10_000.0, "messages/day", "median number of messages read before it is too much", GUESS)
    attention_spread = Knob(1.38, 0.0, 3.0, "log", "spread of attention", GUESS)
    generosity = Knob(0.13, 0.0, 1.0, "probability", "median readiness to pay a packet back", "tuned to K10")
    # the door
    enter = Knob(-2.4, -10.0, 10.0, "logit", "readiness of someone who knocks to enter a free group", GUESS)
    enter_match = Knob(3.0, 0.0, 20.0, "logit", "pull of a matching topic", GUESS)
    enter_friends = Knob(0.8, 0.0, 10.0, "logit", "pull of friends inside, on ln(1 + friends)",
                         "concave as Backstrom et al. 2006")
    enter_life = Knob(1.1, 0.0, 5.0, "logit", "pull of a lively group, on ln(1 + members' messages of yesterday)",
                      "size attracts: Butler 2001")
    enter_price = Knob(1.08, 0.0, 100.0, "logit", "weight of a price, on ln(1 + price / (price_half · free money))",
                       GUESS)
    price_half = Knob(0.0125, 0.0001, 1.0, "share",
                      "price, in monthly free money, at which a further yuan weighs half as much as the first", GUESS)
    advert_value = Knob(0.012, 0.0, 100.0, "CNY", "what an advert read by one member is worth to its author", GUESS)
    trust_start = Knob(0.35, 0.0, 1.0, "share", "trust in a host one does not know", GUESS)
    belonging_start = Knob(0.45, 0.0, 1.0, "share", "belonging of a newcomer", GUESS)
    # visiting
    visit = Knob(-5.6, -10.0, 10.0, "logit", "readiness to open the group on a day", GUESS)
    visit_belonging = Knob(4.6, 0.0, 20.0, "logit", "pull of belonging", GUESS)
    visit_appeal = Knob(3.1, 0.0, 20.0, "logit", "pull of what recent visits were worth", "silence breeds silence")
    visit_fatigue = Knob(1.2, 0.0, 20.0, "logit", "push of fatigue", GUESS)
    visit_muted = Knob(1.3, 0.0, 20.0, "logit", "push of having muted the group", GUESS)
    visit_new = Knob(1.47, 0.0, 10.0, "logit", "curiosity of the first days", GUESS)
    visit_over = Knob(5.1, 0.0, 20.0, "logit", "push of a need that has been met", "tuned to K9; sketch, rule 12")
    looks = Knob(0.42, 0.0, 20.0, "looks", "mean further looks on a day one visits at all, at full belonging", GUESS)
    visit_heat = Knob(3.0, 0.0, 20.0, "logit", "pull of a matter that is hot", GUESS)
    glow = Knob(0.14, 0.0, 2.0, "ratio", "readiness to talk that is left where nothing of late was worth a visit",
                GUESS)
    # hot matters
    hot = Knob(2.4, 0.0, 100.0, "ratio", "heat of a matter: scale of its heavy tail", GUESS)
    hot_tail = Knob(1.28, 0.2, 10.0, "exponent", "… and exponent: the smaller, the heavier", GUESS)
    burn = Knob(0.28, 0.0, 10.0, "ratio/line", "heat used up by each line", GUESS)
    heat_keep = Knob(0.57, 0.0, 1.0, "share", "of its heat that a matter keeps over night", GUESS)
    event_rate = Knob(0.0038, 0.0, 1.0, "1/day", "something happens outside that is a matter for the group", GUESS)
    # talking
    eager = Knob(1.7, 0.0, 10.0, "messages/visit", "readiness to ask the one question somebody has come with", GUESS)
    shyness = Knob(0.64, 0.0, 1.0, "share", "readiness lost before an audience of strangers",
                    "anonymity; sketch, rule 3")
    after = Knob(0.8, 0.0, 1.0, "share", "readiness to open a topic once the need has been met", GUESS)
    weary = Knob(0.0021, 0.0, 5.0, "1/message", "how fast one's own messages of today use up the time to answer",
                  GUESS)
    freshness = Knob(1000.0, 1.0, 10_000.0, "minutes", "time in which a message loses interest", "tuned to K7")
    crowding = Knob(6.5, 0.0, 20.0, "ratio", "what each answer already given takes from the wish to answer", GUESS)
    addressed = Knob(2.7, 0.0, 100.0, "ratio", "how much likelier one answers who has answered oneself", GUESS)
    tie_reply = Knob(2.4, 0.0, 50.0, "ratio", "how much likelier one answers a close person",
                     "core members are answered early: Backstrom et al. 2008")
    imitation = Knob(0.35, 0.0, 5.0, "ratio", "chance that an opener becomes an advert, per norm and proneness",
                     "1.5-2.5 times more bad behaviour where it goes unpunished: Cheng et al. 2017")
    deterrence = Knob(0.3, 0.0, 1.0, "share", "what a written and kept rule leaves of the wish to advertise", GUESS)
    # feeling
    enough = Knob(2.1, 0.01, 100.0, "quality", "useful reading a day that is half of all one can wish", GUESS)
    company = Knob(1.6, 0.01, 100.0, "answers", "warmth a day that is half of all one can wish", GUESS)
    ambience = Knob(0.055, 0.0, 5.0, "answers/message", "company found in reading others chat", "sketch, rule 5")
    numbing = Knob(0.12, 0.0, 1.0, "share", "share of what is left of a stimulus lost at each repetition",
                   "used rewards wear off: Despujol 2017")
    recovery = Knob(0.012, 0.0, 1.0, "1/day", "rate at which numbness fades", GUESS)
    overload = Knob(0.35, 0.0, 10.0, "feeling", "weight of messages left unread",
                    "Jones, Ravid & Rafaeli 2004")
    annoyance = Knob(0.8, 0.0, 10.0, "feeling", "weight of adverts read", "selling is the most disliked content (2016)")
    neglect = Knob(0.4, 0.0, 10.0, "feeling", "weight of an opener of one's own that nobody answered", GUESS)
    used_to = Knob(0.98, 0.0, 1.0, "share", "share of what one expects that no longer pleases",
                   "people get used to things")
    expect_rate = Knob(0.08, 0.0, 1.0, "1/visit", "speed at which expectation follows", GUESS)
    warm_fast = Knob(0.12, 0.0, 1.0, "1/visit", "speed at which a newcomer's belonging follows feeling",
                     "newcomers move faster; sketch, rule 6")
    warm_slow = Knob(0.035, 0.0, 1.0, "1/visit", "the same for those who have settled", GUESS)
    settle_days = Knob(14.0, 1.0, 365.0, "days", "tenure at which a newcomer has settled", GUESS)
    swing = Knob(1.8, 0.0, 20.0, "ratio", "how far feeling moves belonging from neutral", GUESS)
    drift = Knob(0.006, 0.0, 1.0, "1/day", "speed at which belonging and trust of the absent fall back", GUESS)
    welcome_joy = Knob(0.06, 0.0, 1.0, "share", "belonging given by a personal greeting",
                       "single-digit points: Morgan & Halfaker 2018")
    trust_useful = Knob(0.05, 0.0, 1.0, "share/visit", "trust earned by reading the host's useful words", GUESS)
    trust_advert = Knob(0.02, 0.0, 1.0, "share/advert", "trust lost by an advert that the host lets stand", GUESS)
    trusting = Knob(0.55, 0.0, 1.0, "share", "trust from which a member counts as trusting", "definition")
    # staying
    mute_days = Knob(2.5, 0.1, 100.0, "days", "days of overload in the recent past that mute a group", GUESS)
    mute = Knob(0.12, 0.0, 1.0, "1/day", "rate of muting in an overloaded group", "tuned to K11")
    leave = Knob(0.014, 0.0, 1.0, "1/visit", "hazard of leaving at neutral belonging", GUESS)
    leave_belonging = Knob(8.0, 0.0, 50.0, "log", "weight of belonging against leaving", GUESS)
    leave_ties = Knob(0.15, 0.0, 5.0, "log/tie", "weight of a strong tie against leaving",
                      "churn spreads along ties (2009, 2014)")
    leave_lost = Knob(0.5, 0.0, 5.0, "log/tie", "push of a strong tie that has left", "churn spreads along ties")
    leave_shock = Knob(0.0006, 0.0, 1.0, "1/day", "hazard of leaving for reasons of life", GUESS)
    # buying and inviting
    buy = Knob(-5.2, -20.0, 10.0, "logit", "readiness to take an offer seen", GUESS)
    buy_trust = Knob(3.5, 0.0, 20.0, "logit", "pull of trust",
                     "trust, expertise and fit raise intention (meta-analyses)")
    buy_fit = Knob(2.5, 0.0, 20.0, "logit", "pull of a fitting product", "the same")
    buy_again = Knob(1.0, 0.0, 10.0, "logit", "pull of having bought before", "assumption; H22")
    buy_price = Knob(4.25, 0.0, 100.0, "logit", "weight of a price, on ln(1 + price / monthly free money)", GUESS)
    buy_numb = Knob(2.0, 0.0, 20.0, "logit", "push of having seen many offers", GUESS)
    invite = Knob(1.2, 0.0, 5.0, "1/day", "readiness to ask a friend on the first day", "tuned to K2")
    invite_days = Knob(0.7, 0.1, 365.0, "days", "time in which that eagerness fades", "tuned to K2")
    invite_at_once = Knob(3, 1, 15, "friends", "asked on one day, if one is eager and nothing makes people ask more",
                          GUESS)
    invite_late = Knob(0.0004, 0.0, 1.0, "share", "part of the eagerness that stays", GUESS)
    bored = Knob(0.15, 0.0, 5.0, "share/day", "fatigue of a regular when all the talk is trivial",
                 "founding material, R6")
    active_days = Knob(14.0, 1.0, 365.0, "days", "memory of the share of days with a post", GUESS)
    regular_share = Knob(0.35, 0.0, 1.0, "share", "share of days with a post that makes a regular", "definition, R6")
    lurker_days = Knob(28.0, 1.0, 365.0, "days", "days without a post that make a lurker", "definition, R3")

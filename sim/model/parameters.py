"""Parameters of the model that are not psychology: sizes, market, operator, and the mechanics of talk."""

from __future__ import annotations

from sim.engine.knobs import Knob, KnobSet

__all__ = ["Market", "Operator", "Population", "Talk"]


class Population(KnobSet):
    """Groups of one community and the seats of each."""

    groups = Knob(20, 1, 20_000, "groups", "groups the community is founded with", "scenario",
                  is_founding=True)
    seats = Knob(200, 5, 2_000, "members", "seats of a group: the most it can ever hold", "WeChat allows 500, QQ 2,000",
                 is_founding=True)
    founders = Knob(15, 1, 500, "people", "people who found a group", "pet-owner scenario", is_founding=True)
    members = Knob(0, 0, 2_000, "members", "members that groups have already on day 0 (a running start), their host "
                   "included; 0: groups are founded on day 0", "the operator's own groups", is_founding=True)
    age = Knob(90, 21, 1_000, "days", "days that groups of a running start have behind them on day 0", "assumption",
               is_founding=True)
    messages_a_day = Knob(0.0, 0.0, 20_000.0, "messages/group/day", "messages a day in groups of a running start, in "
                          "the week before day 0: people answer as readily as that takes; 0: whatever comes",
                          "the operator's own groups", is_founding=True)
    spare_groups = Knob(0, 0, 20_000, "groups", "groups that may be opened later, when one is full", "assumption",
                        is_founding=True)


class Market(KnobSet):
    """The people around a community (config key ``market``)."""

    people_per_seat = Knob(6.0, 1.0, 100.0, "people", "people in the market per seat of the community", "assumption",
                           is_founding=True)
    friends = Knob(15, 0, 60, "people", "friends of a person in the market", "layers of 15 and 50: Dunbar 2016")
    quiet_door = Knob(0.71, 0.0, 1.0, "share", "of the people who find a door on their own, where the group has long "
                      "been silent", "assumption")
    invited_pull = Knob(1.3, 0.0, 10.0, "logit", "what a friend's word adds at the door",
                        "personal invitations work better per message: Aral & Walker 2011")
    broadcast_push = Knob(1.2, 0.0, 10.0, "logit", "doubt that a paid advert meets", "the same")
    idle_reachable = Knob(1.0, 0.0, 1.0, "yes/no", "who has not looked at their only group for four weeks may come to "
                          "another, so that idle groups do not lock people up", "assumption", is_founding=True)
    carry_rate = Knob(0.03, 0.0, 1.0, "1/day", "rate at which a connector tries a further group", "assumption")


class Operator(KnobSet):
    """Hours, purse and wage of the operator (config key ``operator``)."""

    hours = Knob(4.0, 0.0, 100_000.0, "hours/day", "hours a day the operator (and any team) gives to all groups",
                 "assumption")
    purse = Knob(20_000.0, 0.0, 1e9, "CNY", "money at hand; acts that cost more than is left do not happen",
                 "assumption", is_founding=True)
    wage = Knob(40.0, 0.0, 2_000.0, "CNY/hour", "what an hour of their own time is worth to the operator", "assumption")
    margin = Knob(0.4, 0.0, 1.0, "share", "share of a sale that stays with the operator", "assumption")
    heart_days = Knob(90.0, 5.0, 5_000.0, "days", "time in which an operator who is not paid back loses heart",
                      "assumption; the material's neglected groups are neglected within months")
    chat_posts = Knob(0.25, 0.0, 20.0, "messages/group/day", "unplanned messages of the host, without any strategy",
                      "assumption")
    offer_every = Knob(7.0, 0.0, 365.0, "days", "days between offers of the product; 0 never offers", "assumption")
    advert_yuan_base = Knob(0.0, 0.0, 1e5, "CNY/group/day", "money spent on paid adverts for a group, without any "
                            "strategy", "scenario")


class Talk(KnobSet):
    """The mechanics of talk, the same in every world (config key ``talk``)."""

    notice = Knob(0.77, 0.0, 1.0, "probability", "someone who is answered looks again because of it", "tuned to K7")
    notice_minutes = Knob(1.6, 0.1, 600.0, "minutes", "scale of the wait until the phone's notice is followed",
                          "heavy tail as Garas et al. 2012; tuned to K7")
    buzz = Knob(0.27, 0.0, 1.0, "probability", "a visitor of the day looks because someone they know opens a topic",
                "tuned to K5, K7")
    rouse = Knob(0.057, 0.0, 1.0, "ratio", "… against that, of a member who would not have come today, at full "
                 "belonging", "assumption")
    buzz_minutes = Knob(2.4, 0.1, 600.0, "minutes", "scale of the wait until that buzz is followed", "tuned to K7")
    free = Knob(0.99, 0.0, 1.0, "share", "share of looks with time to write an answer; keeps talk subcritical",
                "assumption")
    stay = Knob(0.64, 0.0, 1.0, "probability", "an author looks again soon after a post", "assumption")
    stay_minutes = Knob(2.3, 0.1, 600.0, "minutes", "scale of that wait", "tuned to K8")
    linger = Knob(0.6, 0.0, 0.9, "probability", "a reader stays about while people are talking", "tuned to K13")
    live_minutes = Knob(5.3, 0.1, 600.0, "minutes", "age of the last message up to which people are talking",
                        "assumption")
    more = Knob(0.34, 0.0, 0.4, "probability", "an author adds a further line", "tuned to K8")
    more_minutes = Knob(0.31, 0.1, 600.0, "minutes", "scale of the wait before the further line", "tuned to K8")
    tie_gain = Knob(0.12, 0.0, 1.0, "share", "growth of a tie when one answers the other", "assumption")
    tie_keep = Knob(0.985, 0.5, 1.0, "per day", "what a day without contact leaves of a tie",
                    "assumption: half is gone in 46 days")
    tie_forget = Knob(0.03, 0.0, 0.5, "share", "a tie weaker than this is forgotten", "assumption")
    tie_strong = Knob(0.35, 0.05, 1.0, "share", "a tie stronger than this would outlive the group", "assumption")
    tie_warmth = Knob(3.0, 0.0, 50.0, "ratio", "how much more an answer from a close person means", "assumption")
    veteran_days = Knob(60.0, 1.0, 2_000.0, "days", "tenure from which a member counts as a veteran", "definition")
    greet_minutes = Knob(3.0, 0.0, 60.0, "minutes", "to greet a newcomer in person", "assumption")
    answer_minutes = Knob(3.0, 0.0, 60.0, "minutes", "for the host to answer a question", "assumption")
    posting_minutes = Knob(1.0, 0.0, 60.0, "minutes", "to publish and tend a post in one group", "assumption")
    norm_days = Knob(10.0, 1.0, 365.0, "days", "time over which people judge what is normal here", "assumption")
    matter_size = Knob(45.0, 10.0, 100_000.0, "messages", "pieces (questions, answers, content, news) in a day that "
                       "use up half of a matter", "assumption")
    renewal = Knob(0.002, 0.0, 1.0, "1/day", "rate at which a used-up matter becomes new again", "assumption")
    renewal_person = Knob(0.002, 0.0, 1.0, "share", "novelty brought by each person who joins", "assumption")
    renewal_content = Knob(0.004, 0.0, 1.0, "share", "novelty brought by each prepared post, expert's word or news",
                           "assumption")

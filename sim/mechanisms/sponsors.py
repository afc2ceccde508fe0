"""Sponsors (品牌赞助): a brand pays to be named by the host, for everybody who reads it.

What the brand pays for is a word of the host's, so it is an advert to whoever does not trust them. A brand chooses: it
comes where a line is read by enough people, and goes where adverts crowd it out. Source: founding material, S45; all
sizes are an assumption.
"""

from __future__ import annotations

from sim.engine.declarations import daily, lever
from sim.engine.knobs import Knob
from sim.engine.levers import only_one, plus
from sim.mechanisms import OPERATOR, OUTSIDE, Mechanism, give_minutes, kind, pay, say
from sim.model.rows import Desk, Group, Member, Today, World

__all__ = ["Sponsors"]


class Sponsors(Mechanism):
    """``sponsor_posts`` a day fall due where there is a brand, each for the minutes of a post, or it is left out.

    Whether there is one is settled each morning by what a line would have been worth to it of late, and by the adverts
    there have been; so a new group has first to show that it is read.
    Each is a line of the host's that teaches nothing. The brand pays in the evening for each ordinary member who has
    read something of the host's that day, as far as the group's subject fits the brand.
    """

    title = ("Sponsors", "品牌赞助")
    hour = Knob(18.0, 0.0, 23.0, "hour", "hour of the day's first sponsored line", "assumption")
    gap = Knob(60.0, 1.0, 720.0, "minutes", "between the sponsored lines of one day", "assumption")
    half = Knob(0.5, 0.0, 5.0, "adverts", "that a sponsored line counts as, to who does not trust the host at all",
                "assumption")  # fmt: skip
    trust_loss = Knob(0.5, 0.0, 5.0, "adverts", "that a sponsored line counts as, in trust lost", "assumption")
    double = Knob(1.0, 0.0, 10.0, "adverts", "left standing, that a sponsored line counts as where adverts are "
                  "forbidden to all others", "assumption")  # fmt: skip

    least = Knob(0.05, 0.0, 1_000.0, "CNY", "what a line must be worth to a brand that it comes",
                 "assumption: two readers at 0.05 CNY who fit half")  # fmt: skip
    crowded = Knob(0.3, 0.0, 1.0, "share", "members' adverts, of all messages, beyond which no brand stays",
                   "assumption")  # fmt: skip
    memory = Knob(14.0, 1.0, 365.0, "days", "over which a brand looks at readers and adverts", "assumption")

    class kinds:
        sponsored = kind("sponsored line", "赞助推广", author="host", host_worth=(0.0, 0.0))

    kind_sponsored: int  # its code

    class group:
        sponsor_posts: float = lever(plus, "lines/day", "lines for a sponsor", bears="minutes_sponsor")
        sponsor_yuan: float = lever(only_one, "CNY", "what the sponsor pays for a reader who fits fully")
        sponsor_fit: float = lever(only_one, "share", "how well the group's subject fits the brand")
        worth: float  # what a line has been worth to a brand of late, CNY
        crowd: float  # members' adverts of late, of all messages
        n_audience: int  # who has read anything here today
        has_sponsor: int
        due: float  # lines due, less than one
        n_sponsor_days: int = daily("days with a sponsor", "有品牌赞助的天数", better=True)
        n_unsponsored_days: int = daily("days on which no brand wants to sponsor", "没有品牌愿意赞助的天数",
                                        better=False)  # fmt: skip
        n_sponsored: int = daily("sponsored lines", "赞助推广条数")
        n_sponsor_readers: int = daily("readers that the sponsor pays for", "赞助付费读者人次")
        fen_sponsor: int = daily("money from sponsors", "赞助收入", unit="CNY", better=True, earned="outside")
        minutes_sponsor: float = daily("staff minutes spent on sponsored lines", "赞助推广用时", unit="minutes",
                                       better=False, booked=True)  # fmt: skip


@Sponsors.each_group(before="visit", when="sponsor_posts")
def choose(group: Group, ours: Sponsors.group, knobs: Sponsors, world: World, desk: Desk) -> None:
    """A brand is there today if worth ≥ least and adverts of late ≤ crowded."""
    ours.has_sponsor = 1 if ours.worth >= knobs.least and ours.crowd <= knobs.crowded else 0
    ours.n_sponsor_days, ours.n_unsponsored_days = ours.has_sponsor, 1 - ours.has_sponsor
    ours.n_audience = 0


@Sponsors.each_group(before="talk", when="sponsor_posts")
def name_brand(group: Group, ours: Sponsors.group, knobs: Sponsors, world: World, desk: Desk) -> None:
    """With a brand due ← due + sponsor_posts; whole lines are said, each for posting_minutes; the rest waits."""
    if ours.has_sponsor == 0:
        return
    ours.due += ours.sponsor_posts
    whole = int(ours.due + 1e-9)
    ours.due -= whole
    while ours.n_sponsored < whole and group.host_slot >= 0 and give_minutes(world.posting_minutes, group):
        say(desk, 60.0 * knobs.hour + knobs.gap * ours.n_sponsored, group.host_slot, knobs.kind_sponsored, group)
        ours.n_sponsored += 1
        ours.minutes_sponsor += world.posting_minutes


@Sponsors.each_visitor(after="talk", when="sponsor_posts")
def mind(
    me: Member, mine: object, group: Group, ours: Sponsors.group, today: Today, knobs: Sponsors, world: World
) -> None:
    """Who has read the host: cost + annoyance · dislike · (1 − τ) · a / (1 + read), a = half · lines, at most read;
    τ − trust_advert · τ · b / (1 + b / 5), b = trust_loss · lines. They are no reason for trust as other words of the
    host are.
    """
    ours.n_audience += 1 if me.n_read > 0 else 0
    if ours.n_sponsored == 0 or me.n_host_read == 0:
        return
    ours.n_sponsor_readers += 1
    today.n_selling += min(me.n_host_read, ours.n_sponsored)
    a, b = min(knobs.half * ours.n_sponsored, 1.0 * me.n_read), knobs.trust_loss * ours.n_sponsored
    today.cost += world.annoyance * me.dislike * (1.0 - me.trust) * a / (1.0 + me.n_read)
    me.trust -= world.trust_advert * me.trust * b / (1.0 + 0.2 * b)


@Sponsors.each_group(after="talk", when="sponsor_posts")
def be_paid(group: Group, ours: Sponsors.group, knobs: Sponsors, world: World, desk: Desk) -> None:
    """revenue + sponsor_yuan · sponsor_fit · lines · readers, to the fen"""
    if ours.n_sponsored > 0:
        yuan = ours.sponsor_yuan * ours.sponsor_fit * ours.n_sponsored * ours.n_sponsor_readers
        ours.fen_sponsor += pay(OUTSIDE, OPERATOR, yuan, group)


@Sponsors.each_group(after="talk", when="sponsor_posts")
def be_weighed(group: Group, ours: Sponsors.group, knobs: Sponsors, world: World, desk: Desk) -> None:
    """worth ← worth + (sponsor_yuan · sponsor_fit · n − worth) / memory, n who have read anything today, line or not;
    crowd ← crowd + (members' adverts / (1 + messages) − crowd) / memory
    """
    ours.worth += (ours.sponsor_yuan * ours.sponsor_fit * ours.n_audience - ours.worth) / knobs.memory
    ours.crowd += (group.n_ads / (1.0 + group.n_messages) - ours.crowd) / knobs.memory


@Sponsors.each_group(after="talk", when="sponsor_posts")
def set_an_example(group: Group, ours: Sponsors.group, knobs: Sponsors, world: World, desk: Desk) -> None:
    """Under a ban of adverts each line counts as ``double`` adverts that nobody minded; the norm is at most 1."""
    if group.advert_ban > 0.0:
        room = 1 + group.n_openers + group.n_ads
        group.n_ads_unpunished = min(room, group.n_ads_unpunished + int(knobs.double * ours.n_sponsored + 0.5))

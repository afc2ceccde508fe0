"""Sponsors (品牌赞助): a brand pays to be named by the host, for everybody who reads it.

What the brand pays for is a word of the host's, so it is an advert to whoever does not trust them. Source: founding
material, S45; all sizes are an assumption.
"""

from __future__ import annotations

from sim.engine.declarations import daily, lever
from sim.engine.knobs import Knob
from sim.engine.levers import only_one, plus
from sim.mechanisms import OPERATOR, OUTSIDE, Mechanism, give_minutes, kind, pay, say
from sim.model.rows import Desk, Group, Member, Today, World

__all__ = ["Sponsors"]


class Sponsors(Mechanism):
    """``sponsor_posts`` a day fall due, each for the minutes of a post; without them it is left out.

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

    class kinds:
        sponsored = kind("sponsored line", "赞助推广", author="host", host_worth=(0.0, 0.0))

    kind_sponsored: int  # its code

    class group:
        sponsor_posts: float = lever(plus, "lines/day", "lines for a sponsor", bears="minutes_sponsor")
        sponsor_yuan: float = lever(only_one, "CNY", "what the sponsor pays for a reader who fits fully")
        sponsor_fit: float = lever(only_one, "share", "how well the group's subject fits the brand")
        due: float  # lines due, less than one
        n_sponsored: int = daily("sponsored lines", "赞助推广条数")
        n_sponsor_readers: int = daily("readers that the sponsor pays for", "赞助付费读者人次")
        fen_sponsor: int = daily("money from sponsors", "赞助收入", unit="CNY", better=True, earned="outside")
        minutes_sponsor: float = daily("staff minutes spent on sponsored lines", "赞助推广用时", unit="minutes",
                                       better=False, booked=True)  # fmt: skip


@Sponsors.each_group(before="talk", when="sponsor_posts")
def name_brand(group: Group, ours: Sponsors.group, knobs: Sponsors, world: World, desk: Desk) -> None:
    """due ← due + sponsor_posts; whole lines are said, each for posting_minutes; the rest waits for tomorrow."""
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
    """Who has read the host: cost + annoyance · dislike · (1 − τ) · a / (2 + a), a = half · lines; τ − trust_advert ·
    τ · b / (1 + b / 5), b = trust_loss · lines. They are no reason for trust as other words of the host are.
    """
    if ours.n_sponsored == 0 or me.n_host_read == 0:
        return
    ours.n_sponsor_readers += 1
    today.n_selling += min(me.n_host_read, ours.n_sponsored)
    a, b = knobs.half * ours.n_sponsored, knobs.trust_loss * ours.n_sponsored
    today.cost += world.annoyance * me.dislike * (1.0 - me.trust) * a / (2.0 + a)
    me.trust -= world.trust_advert * me.trust * b / (1.0 + 0.2 * b)


@Sponsors.each_group(after="talk", when="sponsor_posts")
def be_paid(group: Group, ours: Sponsors.group, knobs: Sponsors, world: World, desk: Desk) -> None:
    """revenue + sponsor_yuan · sponsor_fit · lines · readers, to the fen"""
    if ours.n_sponsored > 0:
        yuan = ours.sponsor_yuan * ours.sponsor_fit * ours.n_sponsored * ours.n_sponsor_readers
        ours.fen_sponsor += pay(OUTSIDE, OPERATOR, yuan, group)


@Sponsors.each_group(after="talk", when="sponsor_posts")
def set_an_example(group: Group, ours: Sponsors.group, knobs: Sponsors, world: World, desk: Desk) -> None:
    """Under a ban of adverts each line counts as ``double`` adverts that nobody minded; the norm is at most 1."""
    if group.advert_ban > 0.0:
        room = 1 + group.n_openers + group.n_ads
        group.n_ads_unpunished = min(room, group.n_ads_unpunished + int(knobs.double * ours.n_sponsored + 0.5))

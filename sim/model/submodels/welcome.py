"""The edges of a group's day: waking with counters at zero, the welcome and the count, and the tally at night."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sim.engine.rule import inlined, rule
from sim.model.hands import HIDDEN
from sim.model.submodels.heat import cool

if TYPE_CHECKING:
    from sim.model.rows import Group, Member, World

__all__ = ["COUNTED_POSTS", "WEEK", "count_member", "govern", "greet", "tally", "wake_group"]

WEEK = 7
"""Days of a week; weeks are counted from the founding of the groups."""
COUNTED_POSTS = 3
"""Posts of a member that count on one day, where talk is counted as a sign of closeness (M8)."""


@inlined
def greet(me: Member, group: Group, world: World) -> None:
    """Phase ``welcome``: yesterday is over; a newcomer is greeted while the host's minutes last."""
    if me.n_looks > 0:
        wake_member(me)
    if me.day_joined == world.day and me.is_staff == 0 and group.minutes_left >= world.greet_minutes:
        group.minutes_left -= world.greet_minutes
        group.minutes_welcome += world.greet_minutes
        me.is_welcomed = 1
        me.belonging += world.welcome_joy * (1.0 - me.belonging)


@inlined
def wake_member(me: Member) -> None:
    """What a member did and met yesterday is over."""
    me.n_posts = me.n_ads_posted = me.is_buying = me.n_read = me.n_ads_read = me.n_unread = 0
    me.n_host_read = me.n_ties_lost = 0
    me.read_quality = me.warmth = 0.0


@rule
def wake_group(group: Group) -> None:
    """Counters of the talk and of the night."""
    group.n_visitors = group.n_readers = group.n_posters = group.n_messages = group.n_member_messages = 0
    group.n_ads = group.n_ads_unpunished = group.n_host_messages = group.n_kol_messages = group.n_on_topic = 0
    group.n_pieces = group.n_trivial = group.n_news = group.n_veterans = group.n_veteran_messages = group.n_trusting = 0
    group.n_strong = group.n_openers = group.n_answered = group.n_questions = group.n_questions_answered = 0
    group.n_replies = group.n_replies_off_host = group.n_invitations = 0
    group.n_week_posters = group.n_noticed = group.n_customers_seen = group.n_comers = group.n_counted_posts = 0
    group.new_left = group.new_removed = group.new_moved_out = group.new_muted = group.n_purchases = 0
    group.sum_trust = group.sum_belonging = 0.0


@inlined
def count_member(me: Member, group: Group, world: World) -> None:
    """Everybody is counted in the morning: sums over members in the order of seats, hidden accounts left out."""
    group.n_strong += me.n_strong
    if me.is_staff == HIDDEN:
        return
    group.n_veterans += 1 if world.day - me.day_joined >= world.veteran_days else 0
    group.sum_trust += me.trust
    group.sum_belonging += me.belonging
    if me.trust >= world.trusting:
        group.n_trusting += 1
        if me.day_trusting < 0:
            me.day_trusting = world.day


@inlined
def tally(me: Member, group: Group, world: World) -> None:
    """Phase ``record``: a visitor's day goes into the spell and the group's counts; those who leave still count."""
    me.n_ignored = 0  # felt now, if there was any
    count_visitor(me, group, world)
    me.day_looked = world.day
    if me.n_posts > 0:
        if me.day_first_post < 0:
            me.day_first_post = world.day
        me.day_last_post = world.day
        me.n_messages += me.n_posts
        me.n_active_days += 1
    if me.n_invitations > 0:
        group.n_invitations += me.n_invitations
        if me.day_first_invitation < 0:
            me.day_first_invitation = world.day
    if me.is_buying > 0:
        group.n_customers += 1 if me.n_purchases == 0 else 0
        group.n_purchases += 1
        group.revenue += group.price_today
        me.n_purchases += 1
        me.spent += group.price_today


@inlined
def count_visitor(me: Member, group: Group, world: World) -> None:
    """Who looks in or writes for the first time this week, as the row stands before today is noted in it.

    Whoever buys has looked, so that at the first look of a week all that was bought was bought before it.
    """
    week = world.day // WEEK
    if me.day_looked // WEEK < week and me.n_purchases > 0:
        group.n_customers_seen += 1
    if me.is_staff == 0:
        group.n_comers += 1
        group.n_counted_posts += min(COUNTED_POSTS, me.n_posts - me.n_ads_posted)
        group.n_week_posters += 1 if me.n_posts > 0 and me.day_last_post // WEEK < week else 0


@rule
def govern(group: Group, world: World) -> None:
    """Phase ``govern``: norms follow what was seen; the matter is used up by talk and renewed by people and content.

    ad norm ← ad norm + (unpunished adverts / (1 + openers + adverts) − ad norm) / norm_days, the same for help seen;
    novelty ← novelty − ν · pieces / (matter_size + pieces) + (renewal + persons + content) · (1 − ν)
    """
    unpunished = group.n_ads_unpunished / (1.0 + group.n_openers + group.n_ads)
    group.ad_norm += (unpunished - group.ad_norm) / world.norm_days
    if group.n_questions > 0:
        answered = min(1.0, group.n_questions_answered / group.n_questions)
        group.help_norm += (answered - group.help_norm) / world.norm_days
    used = group.novelty * group.n_pieces / (world.matter_size + group.n_pieces)
    fresh = world.renewal + world.renewal_person * group.new_joined
    fresh += world.renewal_content * (group.n_fresh + group.n_kol_messages + group.n_news)
    group.novelty += min(1.0, fresh) * (1.0 - group.novelty) - used
    group.quiet_days = 0 if group.n_member_messages > 0 else group.quiet_days + 1
    cool(group, world)

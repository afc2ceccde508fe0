"""What is done with the group's pool (奖金池): fees come in, the best members and guests are paid out of it.

Penalties (:mod:`sim.mechanisms.tasks`) lie in the pool already; here part of the day's fees joins them, and once a week
it is paid out. All sums are whole fen: in = prizes + guests + rest, and the rest stays for the next week.

Source: founding material, S54, C8; that a guest costs so much, and renews the matter as a post does, is an assumption.
"""

from __future__ import annotations

from typing import Annotated

from sim.engine.declarations import carried, daily, lever
from sim.engine.knobs import Knob
from sim.engine.levers import only_one, plus
from sim.engine.rule import rule
from sim.mechanisms import MEMBER, OPERATOR, OUTSIDE, POOL, Mechanism, host_says, pay
from sim.mechanisms.gifts import Gifts
from sim.mechanisms.points import Points
from sim.model.rows import Desk, Group, Member, Today, World
from sim.model.submodels.messages import CONTENT

__all__ = ["MOST_BEST", "Pool", "place"]

MOST_BEST = 10
"""Most members to whom prizes go at a time."""
WEEK = 7


class Pool(Mechanism):
    """Every seventh day of the group: first a guest, if there is money for one; then the best of the week, alike.

    Best is who has gathered most points since the last time; of two who have as many, whoever sits in front. A guest
    speaks once, at ``guest_hour``. Money that no one is paid stays in the pool.
    """

    title = ("Pool for the best and for guests", "奖金池")
    uses = (Gifts, Points)
    guest_fee = Knob(100.0, 0.01, 100_000.0, "CNY", "fee of a guest for one evening", "assumption")
    guest_hour = Knob(20.5, 0.0, 23.0, "hour", "hour at which a guest speaks", "assumption")

    class member:
        before: float = carried()  # points at the last settlement
        n_won: int = carried()

    class group:
        fee_to_pool: float = lever(plus, "share", "share of the day's fees that goes into the pool",
                                   bears="fees_pooled")  # fmt: skip
        pool_best: float = lever(only_one, "people", "members with most points of a week who share the pool")
        pool_guest: float = lever(plus, "share", "share of the pool for guests")
        n_best: int
        best: Annotated[list[int], MOST_BEST]  # their seats, the first of all in front …
        won: Annotated[list[float], MOST_BEST]  # … and their points of the week
        fen_prize: int  # for each of them, today
        fen_laid_by: int  # for guests
        fees_pooled: int = daily(
            "fees paid into the pool", "入群费转入奖金池", unit="CNY", better=False, booked=True, pooled=1
        )
        fen_awards: int = daily("prizes paid from the pool", "奖金池奖金", unit="CNY", pooled=-1)
        fen_guests: int = daily("guests paid from the pool", "奖金池嘉宾费", unit="CNY", pooled=-1)
        n_guests: int = daily("evenings with a guest", "嘉宾分享次数", better=True)
        n_awards: int = daily("prizes won", "得奖人次")
        n_first_awards: int = daily("prizes won by those who had never won", "首次得奖人次", better=True)


@Pool.at_plan(when="pool_guest")
def invite_guest(group: Group, ours: Pool.group, knobs: Pool, world: World, gifts: object, points: object) -> None:
    """Once a week ``pool_guest`` of what has come in is laid by; if that pays a guest, and the minutes of a post are
    there, one comes, and renews the matter as a post does.
    """
    if not is_settling(group, world):
        return
    ours.fen_laid_by += int(min(1.0, ours.pool_guest) * free(group, ours))
    fee = int(knobs.guest_fee * 100.0 + 0.5)
    is_host = group.host_slot >= 0 and group.minutes_left >= world.posting_minutes
    if is_host and min(ours.fen_laid_by, int(group.pool_fen)) >= fee:
        group.minutes_left -= world.posting_minutes
        group.minutes_content += world.posting_minutes
        ours.fen_guests = pay(POOL, OUTSIDE, fee / 100.0, group)
        ours.fen_laid_by -= fee
        ours.n_guests = 1
        group.n_fresh += 1
        host_says(60.0 * knobs.guest_hour, CONTENT, group)


@Pool.each_group(before="visit", when="fee_to_pool")
def collect(group: Group, ours: Pool.group, knobs: Pool, world: World, desk: Desk, gifts: object,
            points: object) -> None:  # fmt: skip
    """Of what was paid at the door and in fees this morning, ``fee_to_pool`` goes into the pool, to the fen."""
    ours.fees_pooled += pay(OPERATOR, POOL, min(1.0, ours.fee_to_pool) * group.revenue, group)


@Pool.each_member(before="visit", when="pool_best")
def compare(
    me: Member, mine: Pool.member, group: Group, ours: Pool.group, today: Today, knobs: Pool, world: World,
    gifts: object, points: Points.member,
) -> None:  # fmt: skip
    """On the day of settlement: points of the week = points − those at the last one; the highest come to the front."""
    if is_settling(group, world):
        week = points.points - mine.before
        mine.before = points.points
        if week > 0.0 and me.role != world.role_advertiser:
            place(me.slot, week, min(MOST_BEST, int(ours.pool_best)), ours)


@Pool.each_group(before="visit", when="pool_best")
def share_out(group: Group, ours: Pool.group, knobs: Pool, world: World, desk: Desk, gifts: object,
              points: object) -> None:  # fmt: skip
    """prize = what is not laid by for guests / number of the best, in whole fen."""
    ours.fen_prize = free(group, ours) // ours.n_best if ours.n_best > 0 else 0


@Pool.each_member(before="talk", when="pool_best")
def win(
    me: Member, mine: Pool.member, group: Group, ours: Pool.group, today: Today, knobs: Pool, world: World,
    gifts: Gifts.member, points: object,
) -> None:  # fmt: skip
    """The prize is paid from the pool; in hand + prize, to be felt at the next look."""
    for k in range(ours.n_best):
        if ours.best[k] == me.slot and ours.fen_prize > 0:
            fen = pay(POOL, MEMBER, ours.fen_prize / 100.0, group)
            gifts.yuan += fen / 100.0
            ours.fen_awards += fen
            ours.n_awards += 1
            ours.n_first_awards += 1 if mine.n_won == 0 else 0
            mine.n_won += 1


@Pool.each_group(before="talk", when="pool_best")
def clear(group: Group, ours: Pool.group, knobs: Pool, world: World, desk: Desk, gifts: object,
          points: object) -> None:  # fmt: skip
    """The list of the best is empty again."""
    ours.n_best = 0


@rule
def free(group: Group, ours: Pool.group) -> int:
    """Fen in the pool that are not laid by for guests."""
    return max(0, int(group.pool_fen) - ours.fen_laid_by)


@rule
def is_settling(group: Group, world: World) -> bool:
    """Is it the last day of one of the group's weeks?"""
    return (world.day - group.day_born) % WEEK == WEEK - 1


@rule
def place(slot: int, week: float, most: int, ours: Pool.group) -> None:
    """Put somebody in their place among the best ``most`` so far, behind those with as many points."""
    k = ours.n_best
    while k > 0 and ours.won[k - 1] < week:
        k -= 1
    if k >= most:
        return
    ours.n_best = min(most, ours.n_best + 1)
    for j in range(ours.n_best - 1, k, -1):
        ours.won[j] = ours.won[j - 1]
        ours.best[j] = ours.best[j - 1]
    ours.won[k], ours.best[k] = week, slot

"""Contests between groups (群间PK): for some days two groups count lines against each other; who wins is proud.

Source: founding material, S40. That rivalry makes people talk, and how proud they are, are assumptions.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from sim.engine.declarations import daily, lever, lost
from sim.engine.distributions import wide
from sim.engine.knobs import Knob
from sim.engine.levers import any_of, plus
from sim.engine.luck import lasting, purpose
from sim.engine.rule import rule
from sim.mechanisms import MEMBER, OPERATOR, Mechanism, give_minutes, pay, set_aside
from sim.mechanisms.gifts import Gifts
from sim.model.rows import Group, Member, Own, State, Today, World

__all__ = ["Contest"]

RIVAL = purpose("contest: rival")
NEWS_DAYS = 7  # for so long it is news who won


class Contest(Mechanism):
    """A group's score is the lines of its members per member and day, adverts left out; the higher score wins.

    Groups whose contests began on the same day are paired by luck, one of an odd number has no rival. Who won is told
    on the day after next: members who took part are proud, or half as much put out, and winners share a prize.
    """

    title = ("Contests", "群间PK")
    uses = (Gifts,)
    rivalry = Knob(0.3, 0.0, 5.0, "ratio", "more openers while a contest lasts", "assumption")
    pride = Knob(0.2, 0.0, 5.0, "feeling", "joy of having won; of having lost, half of it as a cost", "assumption")

    class member:
        round: int = lost()  # day plus one on which the contest began in which they last took part
        told: int = lost()  # … and of which they last heard the end

    class group:
        contest: float = lever(any_of, "yes/no", "a contest is on")
        contest_minutes: float = lever(plus, "minutes", "work of the host to begin one", bears="minutes_contests")
        contest_prize: float = lever(plus, "CNY", "shared by those of the winning group who took part",
                                     bears="fen_contest_prizes")  # fmt: skip
        is_on: int
        round: int  # day plus one on which the last contest began
        score: float  # lines per member, summed over its days
        n_taking_part: int
        prize: float  # as promised when it began
        result: int  # 1 won, -1 lost, 0 neither …
        result_day: int  # … day plus one on which it was settled
        is_due: int  # the prize waits to be paid
        paying: int  # round of which the prize is shared out today, 0: of none …
        each: float  # … and what everybody gets who took part in it
        n_contests: int = daily("contests begun", "PK次数")
        n_contests_won: int = daily("contests won", "PK获胜次数")
        fen_contest_prizes: int = daily("money in prizes of contests", "PK奖金", unit="CNY", better=False, booked=True)
        minutes_contests: float = daily("host's minutes spent on contests", "群主组织PK用时", unit="minutes",
                                        better=False, booked=True)  # fmt: skip


if TYPE_CHECKING:
    Kept = Own[Contest.member, Contest.group, object, object]


@Contest.at_plan(since="contest")
def begin(group: Group, ours: Contest.group, knobs: Contest, world: World, gifts: object) -> None:
    """A contest begins if there are minutes for it; a prize that is due is paid, all of it or, for now, nothing.

    Who cannot pay until the next contest begins does not pay any more.
    """
    ours.paying = 0
    if ours.is_due > 0 and set_aside(ours.prize, group, world):
        ours.fen_contest_prizes = pay(OPERATOR, MEMBER, ours.prize, group)
        ours.is_due, ours.paying, ours.each = 0, ours.round, ours.prize / max(1, ours.n_taking_part)
    if ours.contest > 0.0 and ours.is_on == 0 and give_minutes(ours.contest_minutes, group):
        ours.minutes_contests += ours.contest_minutes
        ours.is_on = ours.n_contests = 1
        ours.round, ours.score, ours.n_taking_part, ours.is_due = world.day + 1, 0.0, 0, 0
        ours.prize = ours.contest_prize


@Contest.each_visitor(before="talk", when="contest")
def spur_on(
    me: Member, mine: Contest.member, group: Group, ours: Contest.group, today: Today, knobs: Contest, world: World,
    gifts: object,
) -> None:  # fmt: skip
    """open + rivalry"""
    if ours.is_on > 0:
        today.open += knobs.rivalry


@Contest.each_visitor(after="talk", since="contest")
def take_part(
    me: Member, mine: Contest.member, group: Group, ours: Contest.group, today: Today, knobs: Contest, world: World,
    gifts: Gifts.member,
) -> None:  # fmt: skip
    """score + lines / members;  gain + pride [won], cost + pride / 2 [lost], once, for who took part"""
    n = me.n_posts - me.n_ads_posted
    if ours.is_on > 0 and ours.contest > 0.0 and me.is_staff == 0 and n > 0:
        ours.score += n / max(1, group.n_members)
        if mine.round != ours.round:
            mine.round = ours.round
            ours.n_taking_part += 1
    if ours.is_on > 0 or ours.result == 0 or mine.round != ours.round or mine.told == ours.round:
        return
    if world.day + 1 - ours.result_day <= NEWS_DAYS:
        mine.told = ours.round
        if ours.result > 0:
            today.gain += knobs.pride
        else:
            today.cost += 0.5 * knobs.pride


@Contest.each_member(before="visit", since="contest")
def share_prize(
    me: Member, mine: Contest.member, group: Group, ours: Contest.group, today: Today, knobs: Contest, world: World,
    gifts: Gifts.member,
) -> None:  # fmt: skip
    """In hand + prize / those who took part"""
    if ours.paying > 0 and mine.round == ours.paying:
        gifts.yuan += ours.each


@Contest.each_evening(since="contest")
def settle(
    state: State, own: Kept, g: int, group: Group, ours: Contest.group, knobs: Contest, world: World
) -> None:
    """On the evening after the last day, when the scores of all stand: won, lost, or, with equal scores, neither."""
    if ours.is_on == 0 or ours.contest > 0.0:
        return
    ours.is_on, ours.result, ours.result_day = 0, 0, world.day + 1
    other = rival(group, wide(ours.round), world)
    if other < 0:
        return
    theirs = own.groups[other]
    if theirs.round != ours.round or state.groups[other].is_open != 1:
        return
    ours.result = 1 if ours.score > theirs.score else -1 if ours.score < theirs.score else 0
    if ours.result > 0:
        ours.n_contests_won = 1
        ours.is_due = 1 if ours.prize > 0.0 and ours.n_taking_part > 0 else 0


@rule
def rival(group: Group, began: int, world: World) -> int:
    """Number of the group with index (s − own index) mod n, s by luck anew for each contest; −1 where that is itself.

    n is the number of groups founded; groups opened later have no rival.
    """
    n = int(world.groups)
    index = (int(lasting(world, began, RIVAL, 0) * n) - wide(group.index) + n) % n
    return -1 if index == group.index or group.index >= n else wide(world.first_group) + index

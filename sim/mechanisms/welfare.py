"""Welfare and earnings (福利, 赚钱项目): what a membership is worth in money, to everybody a little, to a few much.

Welfare is paid by the operator: group prices, small gifts, month by month. Earnings come from outside: paid projects
and jobs that the host brings into the group, for the few who land one. Both please as gifts do, so both become what one
expects, and are missed when they stop; both draw people to the door who come for money.

Source: founding material, S17, S57, C3, H16; that earnings come to few and seldom is an assumption.
"""

from __future__ import annotations

from sim.engine.declarations import carried, daily, lever
from sim.engine.knobs import Knob
from sim.engine.levers import only_one, plus
from sim.engine.luck import lasting, purpose
from sim.mechanisms import MEMBER, OPERATOR, OUTSIDE, Mechanism, give_minutes, pay, set_aside
from sim.mechanisms.gifts import Gifts
from sim.model.rows import Group, Knock, Member, Today, World
from sim.model.submodels.yuan import felt

__all__ = ["Welfare"]

PROJECT = purpose("welfare: project")
MONTH = 30


class Welfare(Mechanism):
    """Everybody but the host gets welfare, for as long as the purse lasts; a lucky few have a paid project for a month.

    Both come day by day, a thirtieth of the month's sum, and are felt at the next look: so nobody feels more than they
    were given, however often they look. Whoever looks at the group may land a project, once in thirty days of their
    own; arranging it costs the host minutes.
    """

    title = ("Welfare and earnings", "福利与赚钱项目")
    uses = (Gifts,)
    enter_gift = Knob(0.8, 0.0, 5.0, "logit", "pull at the door of what a membership is worth in money", "assumption")
    enter_half = Knob(0.02, 0.001, 0.5, "share", "worth a month, in monthly free money, that gives half of it",
                      "assumption")  # fmt: skip
    project_minutes = Knob(10.0, 0.0, 600.0, "minutes", "for the host to arrange one project", "assumption")
    economy = Knob(1.0, 0.0, 10.0, "ratio", "projects there are on the market, against what the strategy counts on",
                   "definition; to be changed by a timeline")  # fmt: skip

    class member:
        project_ends: int = carried()  # day on which the last project is over

    class group:
        welfare_yuan: float = lever(plus, "CNY a month", "worth of welfare for each member", bears="welfare_cost")
        earn_yuan: float = lever(plus, "CNY a month", "what a project brings who has one", bears="minutes_projects")
        earn_share: float = lever(only_one, "share", "share of the members who look in that have one in a month")
        is_given: int  # today there is welfare
        welfare_cost: int = daily(
            "money spent on members' welfare", "成员福利花费", unit="CNY", better=False, booked=True
        )
        n_projects: int = daily("projects that members land", "成员接到的项目数", better=True)
        fen_earned: int = daily("money that members earn by projects", "成员项目所得", unit="CNY", better=True)
        minutes_projects: float = daily(
            "staff minutes spent on projects", "安排项目用时", unit="minutes", better=False, booked=True
        )


@Welfare.at_plan(when="welfare_yuan")
def give(group: Group, ours: Welfare.group, knobs: Welfare, world: World, gifts: object) -> None:
    """cost = welfare / 30 · (members − 1) a day, to the fen; what the purse does not hold is not given at all."""
    yuan = int(ours.welfare_yuan * (group.n_members - 1) * 100.0 / MONTH + 0.5) / 100.0
    ours.is_given = 0
    if yuan > 0.0 and set_aside(yuan, group, world):
        ours.is_given = 1
        ours.welfare_cost = pay(OPERATOR, MEMBER, yuan, group)


@Welfare.each_member(before="visit", when="welfare_yuan")
def take(
    me: Member, mine: Welfare.member, group: Group, ours: Welfare.group, today: Today, knobs: Welfare, world: World,
    gifts: Gifts.member,
) -> None:  # fmt: skip
    """in hand + welfare / 30, CNY, on a day on which there is some; not the host, who gives it"""
    if ours.is_given > 0 and me.slot != group.host_slot:
        gifts.yuan += ours.welfare_yuan / MONTH


@Welfare.each_member(before="visit", when="earn_yuan")
def earn(
    me: Member, mine: Welfare.member, group: Group, ours: Welfare.group, today: Today, knobs: Welfare, world: World,
    gifts: Gifts.member,
) -> None:  # fmt: skip
    """in hand + what a project brings / 30, CNY, on each day that it lasts after the first"""
    if mine.project_ends > world.day:
        gifts.yuan += ours.earn_yuan / MONTH


@Welfare.each_visitor(before="talk", when="earn_yuan")
def work(
    me: Member, mine: Welfare.member, group: Group, ours: Welfare.group, today: Today, knobs: Welfare, world: World,
    gifts: Gifts.member,
) -> None:  # fmt: skip
    """A project is landed with P = share · economy, drawn once for each person and month; in hand + a day's part of it.

    It lasts thirty days and is paid by somebody outside. Advertisers have their own business.
    """
    if me.role == world.role_advertiser:
        return
    if mine.project_ends <= world.day:
        month = (world.day + me.person) // MONTH
        u = lasting(world, me.person, PROJECT, month * world.n_groups + group.index)
        if u < ours.earn_share * knobs.economy and give_minutes(knobs.project_minutes, group):
            mine.project_ends = world.day + MONTH
            ours.n_projects += 1
            ours.minutes_projects += knobs.project_minutes
            ours.fen_earned += pay(OUTSIDE, MEMBER, ours.earn_yuan, group)
            gifts.yuan += ours.earn_yuan / MONTH


@Welfare.each_knock(when=("welfare_yuan", "earn_yuan"))
def lure(
    me: Member, theirs: object, group: Group, ours: Welfare.group, knock: Knock, knobs: Welfare, world: World,
    gifts: object,
) -> None:  # fmt: skip
    """worth + enter_gift · S(y / (enter_half B)), y = welfare + earnings · share · economy, CNY a month"""
    yuan = ours.welfare_yuan + ours.earn_yuan * ours.earn_share * knobs.economy
    knock.worth += knobs.enter_gift * felt(yuan, knobs.enter_half, me)

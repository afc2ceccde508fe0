"""Co-moderators (增设管理员): hired hands, or members who agree to help, bring minutes of their own. Source: S22, R10.

What moderators do with the minutes is said by the rules of those who welcome, answer and police. Here it is said who
becomes one, what they bring, and that helpers from inside tire of it. Who they are is told from what a host can see;
that they must belong to agree is an assumption.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from sim.engine.declarations import carried, daily, lever, lost
from sim.engine.distributions import wide
from sim.engine.knobs import Knob
from sim.engine.levers import only_one, plus
from sim.engine.luck import purpose, uniform
from sim.engine.rule import rule
from sim.mechanisms import OPERATOR, OUTSIDE, Mechanism, give_minutes, pay, set_aside
from sim.model.rows import Group, Member, Own, Scene, State, Today, World
from sim.model.submodels.conversation_log import GLANCE, LOG, add_look
from sim.model.submodels.messages import ADVERT

__all__ = ["CoModerators"]

QUIT = purpose("co-moderators: give up")


class CoModerators(Mechanism):
    """Hired ones take a seat and are paid by the day; those from inside are members who write most, and are not.

    One a day is asked from inside, in the evening: whoever wrote on most days, and agrees if they belong. They become a
    moderator with the next morning, speak for the host, and are a member again when they have had enough.

    Opinion leaders, members with most strong ties, are won over by a talk, and for as long as they belong: unofficially
    they answer others more readily, and call the host when they have read an advert.
    """

    title = ("Co-moderators", "增设管理员")
    inside_share = Knob(0.3, 0.0, 1.0, "share", "of the minutes of a hired one, that one from inside gives",
                        "assumption")  # fmt: skip
    wrote_days = Knob(5, 1, 100, "days", "with a line that make somebody worth asking", "assumption")
    agree = Knob(0.5, 0.0, 1.0, "belonging", "from which on somebody agrees", "assumption")
    tiring = Knob(0.02, 0.0, 1.0, "1/day", "speed at which one from inside tires of it", "assumption")
    giving_up = Knob(0.05, 0.0, 1.0, "probability", "that one who is tired out gives up, a day", "assumption")

    leader_ties = Knob(3, 1, 15, "ties", "strong ones that make an opinion leader", "assumption")
    win_minutes = Knob(30.0, 0.0, 600.0, "minutes", "for the host to win one over", "assumption")
    ask_again = Knob(30, 1, 365, "days", "until one who did not agree is talked to again", "assumption")
    leader_answers = Knob(0.5, 0.0, 5.0, "share", "by how much more readily one who was won over answers", "assumption")
    call_minutes = Knob(5.0, 0.5, 240.0, "minutes", "until the host looks who was called", "assumption")

    class member:
        is_won: int = lost()  # an opinion leader on the host's side
        refused_on: int = carried()  # day plus one on which they did not agree
        is_serving: int = carried()
        has_served: int = carried()  # they are not asked again
        tired: float = carried()

    class group:
        moderators_hired: float = lever(plus, "moderators", "hired to help", bears="fen_wages")
        moderators_inside: float = lever(plus, "moderators", "members who help")
        leaders_won: float = lever(plus, "members", "opinion leaders won over", bears="minutes_winning")
        mod_minutes: float = lever(only_one, "minutes/day", "that each hired one brings; the others bring a share")
        mod_wage: float = lever(only_one, "CNY/day", "paid to each hired one", bears="fen_wages")
        n_serving: int  # from inside
        n_leaders: int  # won over
        talked: float  # minutes of talk since the last of them was
        n_asked_to_help: int = daily("members who become moderators", "成员出任管理员人次")
        n_gave_up: int = daily("moderators from inside who give up", "内部管理员卸任人次", better=False)
        n_calls: int = daily("times opinion leaders call the host", "意见领袖叫来群主次数")
        minutes_winning: float = daily("staff minutes spent on winning opinion leaders", "争取意见领袖用时",
                                       unit="minutes", better=False, booked=True)  # fmt: skip
        minutes_brought: float = daily("minutes that co-moderators bring", "增设管理员带来的时间", unit="minutes")
        fen_wages: int = daily("money in wages of moderators", "管理员报酬", unit="CNY", better=False, booked=True)


@CoModerators.at_plan(when=("moderators_hired", "moderators_inside"))
def bring_minutes(group: Group, ours: CoModerators.group, knobs: CoModerators, world: World) -> None:
    """minutes + mod_minutes · (hired, if the purse holds their wages + inside_share · those who serve)

    Whoever is hired today begins tomorrow.
    """
    group.hired_wanted = int(ours.moderators_hired)
    hired = min(int(ours.moderators_hired), wide(group.n_hired))
    wages = hired * ours.mod_wage
    if wages > 0.0:
        if set_aside(wages, group, world):
            ours.fen_wages = pay(OPERATOR, OUTSIDE, wages, group)
        else:
            hired = 0
    minutes = ours.mod_minutes * (hired + knobs.inside_share * ours.n_serving)
    group.minutes_left += minutes
    ours.minutes_brought = minutes


if TYPE_CHECKING:
    Kept = Own[CoModerators.member, CoModerators.group, object, object]


@CoModerators.each_evening(since="moderators_inside")
def serve(
    state: State, own: Kept, g: int, group: Group, ours: CoModerators.group, knobs: CoModerators, world: World
) -> None:
    """tired ← tired + tiring (1 − tired); each gives up with P = giving_up · tired, and all where none are wanted.

    Where fewer serve than are wanted, one more is asked.
    """
    wanted, ours.n_serving = int(ours.moderators_inside), 0
    for row in range(group.first, group.first + group.n_slots):
        me, mine = state.members[row], own.members[row]
        if me.person < 0 or me.reason > 0 or mine.is_serving == 0:
            continue
        mine.tired += knobs.tiring * (1.0 - mine.tired)
        has_enough = uniform(world, me.person, QUIT, group.index) < knobs.giving_up * mine.tired
        if has_enough or ours.n_serving >= wanted:
            mine.is_serving = 0
            me.role, me.is_staff = world.role_member, 0
            ours.n_gave_up += 1
        else:
            ours.n_serving += 1
    if ours.n_serving < wanted:
        row = next_helper(state, own, group, knobs, world)
        if row >= 0 and state.members[row].belonging >= knobs.agree:
            state.members[row].role, state.members[row].is_staff = world.role_moderator, 1
            own.members[row].is_serving = own.members[row].has_served = 1
            ours.n_serving += 1
            ours.n_asked_to_help += 1


@rule
def next_helper(state: State, own: Kept, group: Group, knobs: CoModerators, world: World) -> int:
    """Row of the member who wrote on most days and lately, of those alike the first; -1: none is worth asking."""
    best, most = -1, int(knobs.wrote_days) - 1
    for row in range(group.first, group.first + group.n_slots):
        me = state.members[row]
        is_free = me.person >= 0 and me.reason == 0 and me.moving >= 0 and me.role <= world.role_regular
        if is_free and me.n_looks > 0 and me.n_active_days > most and own.members[row].has_served == 0:
            best, most = row, int(me.n_active_days)
    return best


@CoModerators.each_evening(since="leaders_won")
def win_over(
    state: State, own: Kept, g: int, group: Group, ours: CoModerators.group, knobs: CoModerators, world: World
) -> None:
    """Whoever belongs no longer (β < agree), or is not wanted, goes their own way; where too few are left, the member
    with most strong ties is talked to, over several days if minutes are few, and in the end is won if they belong.
    Who did not agree is left in peace for ``ask_again`` days.
    """
    wanted, ours.n_leaders, best, most = int(ours.leaders_won), 0, -1, int(knobs.leader_ties) - 1
    for row in range(group.first, group.first + group.n_slots):
        me, mine = state.members[row], own.members[row]
        if me.person < 0 or me.reason > 0 or me.role > world.role_regular:
            mine.is_won = 0
            continue
        if mine.is_won > 0:
            mine.is_won = 1 if me.belonging >= knobs.agree and ours.n_leaders < wanted else 0
            ours.n_leaders += mine.is_won
        elif me.n_strong > most and me.n_looks > 0 and may_be_asked(mine, knobs, world):
            best, most = row, wide(me.n_strong)
    if best < 0 or ours.n_leaders >= wanted:
        return
    minutes = max(0.0, min(group.minutes_left, knobs.win_minutes - ours.talked))
    if give_minutes(minutes, group):
        ours.minutes_winning += minutes
        ours.talked += minutes
    if ours.talked >= knobs.win_minutes:
        ours.talked = 0.0
        if state.members[best].belonging >= knobs.agree:
            own.members[best].is_won = 1
            ours.n_leaders += 1
        else:
            own.members[best].refused_on = world.day + 1


@rule
def may_be_asked(mine: CoModerators.member, knobs: CoModerators, world: World) -> bool:
    """Have they never refused, or long ago?"""
    return mine.refused_on == 0 or world.day + 1 - mine.refused_on >= knobs.ask_again


@CoModerators.each_visitor(before="talk", when="leaders_won")
def speak_up(
    me: Member, mine: CoModerators.member, group: Group, ours: CoModerators.group, today: Today, knobs: CoModerators,
    world: World,
) -> None:  # fmt: skip
    """answer + leader_answers"""
    if mine.is_won > 0:
        today.answer += knobs.leader_answers


@CoModerators.at_look(after="read", when="leaders_won", gate="n_leaders")
def call_host(
    me: Member, mine: CoModerators.member, group: Group, ours: CoModerators.group, today: Today, knobs: CoModerators,
    world: World, look: Scene,
) -> None:  # fmt: skip
    """One who was won over and has just read an advert calls the host, who looks a few minutes later."""
    desk, t = look.desk, look.desk.now[0].t + knobs.call_minutes
    if mine.is_won == 0 or group.host_slot < 0 or t >= 1439.0 or group.minutes_left <= 0.0:
        return
    for j in range(look.first, desk.n[LOG]):
        if desk.log[j].kind == ADVERT:
            ours.n_calls += 1
            add_look(desk, t, wide(group.host_slot), GLANCE)
            return

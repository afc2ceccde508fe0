"""The day inside a group: the passes over members and visitors, and the talk between them."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from sim.engine.declarations import Rule
from sim.engine.lanes import Act
from sim.engine.prefetch import fetch_morning
from sim.engine.rule import inlined, rule
from sim.model.submodels.conversation import make_talk
from sim.model.submodels.conversation_log import MUSTER, OPEN0, OUT, OVERFLOW, Desk
from sim.model.submodels.daily_rhythm import close, open_day
from sim.model.submodels.departure import enlist
from sim.model.submodels.ties import fade
from sim.model.submodels.welcome import count_member, govern, greet, tally, wake_group

if TYPE_CHECKING:
    from sim.model.rows import Group, Member, Rows, State, Today, World

__all__ = ["group_day", "group_phases"]


def _member_phase(step: Rule) -> Callable[..., None]:
    """One rule for every member, in the order of seats."""

    def phase(state: State, g: int, group: Group, world: World, desk: Desk) -> None:
        for slot in range(group.n_slots):
            me = state.members[group.first + slot]
            if me.person >= 0:
                step(state.members, me, desk.today[slot], group, world)

    return phase


def _visitor_phase(step: Rule) -> Callable[..., None]:
    """One rule for everybody who has looked at the group today, in the order of seats."""

    def phase(state: State, g: int, group: Group, world: World, desk: Desk) -> None:
        for slot in range(group.n_slots):
            me = state.members[group.first + slot]
            if me.n_looks > 0 and me.person >= 0:
                step(state.members, me, desk.today[slot], group, world)

    return phase


def _rise_phase(step: Rule) -> Callable[..., None]:
    """The morning of every member; who opens the group today comes to the muster."""

    def rise(state: State, g: int, group: Group, world: World, desk: Desk) -> None:
        desk.n[MUSTER] = 0
        for slot in range(group.n_slots):
            fetch_morning(state.members, group.first + group.seats + slot)  # of the next group
            me = state.members[group.first + slot]
            if me.person >= 0:
                step(state.members, me, desk.today[slot], group, world)
                if me.n_looks > 0:
                    desk.muster[desk.n[MUSTER]] = slot
                    desk.n[MUSTER] += 1

    return rise


def _steps(act: Act) -> dict[str, Callable[..., None]]:
    """What each phase does to one member: the role's method and what the engine adds to it."""
    names = ("visit", "rest", "feel", "bond", "buy", "invite", "leave")
    visit, rest, feel, bond, buy, invite, leave = (act(name) for name in names)

    def greet_step(members: Rows[Member], me: Member, today: Today, group: Group, world: World) -> None:
        greet(me, group, world)
        count_member(me, group, world)

    def visit_step(members: Rows[Member], me: Member, today: Today, group: Group, world: World) -> None:
        visit(me, today, group, world)
        if me.n_looks > 0 or (world.day + me.slot) % 7 == 0:
            settle(members, me, group, world)

    def settle(members: Rows[Member], me: Member, group: Group, world: World) -> None:
        """Days without a look take effect before the next look, and else once a week (on ties, once in four)."""
        days = world.day - 1 - me.day_rested
        if days > 0:
            me.day_rested += days
            rest(me, days, group, world)
            group.new_left += 1 if me.reason > 0 else 0
        me.weeks_away = 0 if me.n_looks > 0 else min(1_000, me.weeks_away + 1)
        if me.n_looks > 0:
            me.day_rested = world.day
        elif me.n_ties > 0 and (world.day + me.slot) % 28 == 0:
            fade(me, members, group, world)

    def feel_step(members: Rows[Member], me: Member, today: Today, group: Group, world: World) -> None:
        feel(me, today, group, world)

    def bond_step(members: Rows[Member], me: Member, today: Today, group: Group, world: World) -> None:
        if me.n_ties > 0 and me.day_faded < world.day:
            fade(me, members, group, world)
        bond(me, today, group, world)

    def buy_step(members: Rows[Member], me: Member, today: Today, group: Group, world: World) -> None:
        buy(me, today, group, world)

    def invite_step(members: Rows[Member], me: Member, today: Today, group: Group, world: World) -> None:
        invite(me, today, group, world)

    def leave_step(members: Rows[Member], me: Member, today: Today, group: Group, world: World) -> None:
        if me.reason == 0:
            muted = me.is_muted
            leave(me, today, group, world)
            group.new_muted += me.is_muted - muted
            group.new_left += 1 if me.reason > 0 else 0

    def record_step(members: Rows[Member], me: Member, today: Today, group: Group, world: World) -> None:
        tally(me, group, world)

    settle = rule(settle)
    return {
        "welcome": greet_step, "visit": visit_step, "feel": feel_step, "bond": bond_step, "buy": buy_step,
        "invite": invite_step, "leave": leave_step, "record": record_step,
    }  # fmt: skip


def _in_turn(steps: list[Rule]) -> Rule:
    """Steps one after the other, for one member."""
    first = inlined(steps[0])
    if len(steps) == 1:
        return first
    rest = _in_turn(steps[1:])

    def both(members: Rows[Member], me: Member, today: Today, group: Group, world: World) -> None:
        first(members, me, today, group, world)
        rest(members, me, today, group, world)

    return inlined(both)


def _mustered(conversation: Rule) -> Callable[..., None]:
    """The talk as a phase on its own, when other groups' mornings have used the desk since: muster first."""

    def phase(state: State, g: int, group: Group, world: World, desk: Desk) -> None:
        desk.n[MUSTER] = 0
        for slot in range(group.n_slots):
            me = state.members[group.first + slot]
            if me.person >= 0 and me.n_looks > 0:
                desk.muster[desk.n[MUSTER]] = slot
                desk.n[MUSTER] += 1
        conversation(state, g, group, world, desk)

    return phase


def _talk_phase(talk: Rule) -> Callable[..., None]:
    def conversation(state: State, g: int, group: Group, world: World, desk: Desk) -> None:
        open_day(state, g, group, world, desk)
        talk(state, g, group, world, desk)
        close(state, g, group, world, desk)
        if world.is_recording > 0:
            copy_out(g, group, world, desk)

    return conversation


def begin(state: State, g: int, group: Group, world: World, desk: Desk) -> None:
    """The group's counters of the day begin at zero."""
    wake_group(group)


def list_phase(state: State, g: int, group: Group, world: World, desk: Desk) -> None:
    """Who leaves, buys or asks a friend is listed; see :func:`sim.model.submodels.departure.enlist`."""
    enlist(state, group)


def govern_phase(state: State, g: int, group: Group, world: World, desk: Desk) -> None:
    """Phase ``govern``; see :func:`sim.model.submodels.welcome.govern`."""
    govern(group, world)


@rule
def copy_out(g: int, group: Group, world: World, desk: Desk) -> None:
    """Copy today's messages to the desk's outbox, numbered within the group."""
    old, n = desk.n[OPEN0], desk.n[0]
    if desk.n[OUT] + n - old > desk.out.size:
        desk.n[OVERFLOW] = 1
        return
    first = group.n_total - (n - old)
    for j in range(old, n):
        line, note = desk.log[j], desk.out[desk.n[OUT]]
        desk.n[OUT] += 1
        note.group = g
        note.id = first + j - old
        note.author = line.person
        note.kind = line.kind if line.kind >= 0 else -1 - line.kind
        note.on_topic = line.is_topic
        note.reply_to = first + line.reply_to - old if line.reply_to >= 0 else -1
        note.t = world.day * 1440.0 + line.t


def group_phases(act: Act) -> dict[str, Callable[..., None]]:
    """The phases inside a group, each on its own; all ``(state, g, group, world, desk) -> None``.

    For timing them one by one. They are not quite :func:`group_day`: there the host plans looks before the
    newcomers on later seats are greeted from the same minutes, here everybody is greeted first.
    """
    rules = {name: inlined(step) for name, step in _steps(act).items()}
    steps = {name: (_member_phase if name == "welcome" else _visitor_phase)(step) for name, step in rules.items()}
    talk = _mustered(rule(_talk_phase(rule(make_talk(act)))))
    after = ("feel", "bond", "buy", "invite", "leave", "record")
    return (
        {"begin": begin, "welcome": steps["welcome"], "visit": _rise_phase(rules["visit"]), "talk": talk}
        | {n: steps[n] for n in after}
        | {"list": list_phase, "govern": govern_phase}
    )  # fmt: skip


def group_day(act: Act) -> list[Callable[..., None]]:
    """The inner day as it is run: what a member does alone is done in one go, while the member's row is at hand."""
    steps = _steps(act)
    rise = _rise_phase(_in_turn([steps["welcome"], steps["visit"]]))
    night = [steps[name] for name in ("feel", "bond", "buy", "invite", "leave", "record")]
    return [begin, rise, _talk_phase(rule(make_talk(act))), _visitor_phase(_in_turn(night)), list_phase, govern_phase]

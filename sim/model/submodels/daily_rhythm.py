"""The group's day around the talk: yesterday's open messages, the muster of visitors, the host's plan, the close."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sim.engine.distributions import wide
from sim.engine.luck import CHAT, HOST_LOOK, LOOK, drawn, todays, uniform
from sim.engine.rule import inlined, rule
from sim.model.entities import BACKLOG, MOST_PLANNED
from sim.model.hands import HIDDEN
from sim.model.submodels.conversation_log import (
    BACKLOG_AGE,
    GLANCE,
    LOG,
    MUSTER,
    OPEN0,
    OVERFLOW,
    PLAIN,
    Desk,
    add_look,
    clear,
    copy_line,
    open_group,
)
from sim.model.submodels.hours import look_minute
from sim.model.submodels.messages import CHAT as CHAT_KIND

if TYPE_CHECKING:
    from sim.model.rows import Group, Line, Member, Rows, State, Today, World

__all__ = ["close", "open_day"]


@rule
def open_day(state: State, g: int, group: Group, world: World, desk: Desk) -> None:
    """Lay out the day: reopen yesterday's messages, muster the visitors with their looks, write in the host's posts."""
    clear(desk)
    reopen(state.open_log, g, group, desk)
    members = state.members
    for i in range(desk.n[MUSTER]):
        me = members[group.first + desk.muster[i]]
        open_group(desk, me, group)
        slot = wide(desk.muster[i])
        plan_looks(desk, me, desk.today[slot], slot, group, world)
    if group.host_slot >= 0:
        host_posts(desk, members[group.first + group.host_slot], group, world)
    said = group.said
    while said > 0:
        line = desk.said[said - 1]
        add_look(desk, line.t, wide(line.slot), wide(line.kind))
        said = wide(line.next)
    group.said = 0


@rule
def reopen(open_log: Rows[Line], g: int, group: Group, desk: Desk) -> None:
    """Put yesterday's open messages at the head of the log, with negative times."""
    for i in range(group.n_open):
        copy_line(open_log[g, i], desk.log[i])
        line, after = desk.log[i], desk.log[i + 1]
        line.reply_to = -1
        after.quality_before = line.quality_before + line.quality
        after.ads_before = line.ads_before + (desk.kinds[line.kind].adverts if line.kind >= 0 else 0)
        after.host_before = line.host_before + (1 if line.slot == group.host_slot else 0)
    desk.n[LOG] = desk.n[OPEN0] = group.n_open


@inlined
def plan_looks(desk: Desk, me: Member, today: Today, slot: int, group: Group, world: World) -> None:
    """A visitor's looks of the day go into the calendar."""
    half = todays(world, me.person)
    for k in range(me.n_looks):
        u = drawn(half, world, me.person, LOOK, group.index * 64 + k)
        t = look_minute(me.profile, u)
        if k == 0 and today.look_at > 0.0:
            t = today.look_at
        add_look(desk, t, slot, PLAIN if k == 0 else GLANCE)  # one look of the day may open a topic


@rule
def host_posts(desk: Desk, host: Member, group: Group, world: World) -> None:
    """The host's own posts of the day: what mechanisms have planned this morning, and a word of chat."""
    slot = wide(group.host_slot)
    if group.n_planned > MOST_PLANNED:
        desk.n[OVERFLOW] = 1
    for k in range(min(MOST_PLANNED, group.n_planned)):
        add_look(desk, group.planned_at[k], slot, wide(group.planned_kind[k]))
    if uniform(world, host.person, CHAT, group.index) < world.chat_posts * world.heart:
        add_look(desk, look_minute(2, uniform(world, host.person, HOST_LOOK, group.index)), slot, CHAT_KIND)


@rule
def close(state: State, g: int, group: Group, world: World, desk: Desk) -> None:
    """Midnight: unanswered openers are felt, fresh messages stay open for the morning."""
    members = state.members
    n, old = desk.n[LOG], desk.n[OPEN0]
    start = group.n_total
    group.n_total = start + (n - old)
    for i in range(desk.n[MUSTER]):
        me = members[group.first + desk.muster[i]]
        me.read_upto = start + me.cursor - old
        if me.is_staff != HIDDEN:
            group.n_readers += 1 if me.n_read > 0 else 0
            group.n_posters += 1 if me.n_posts > 0 else 0
    for j in range(n):
        line = desk.log[j]
        if line.is_opener == 1 and line.n_answers == 0 and (j < old or line.t < 720.0):
            author = members[group.first + line.slot]
            if author.person == line.person and line.kind >= 0:
                author.n_ignored += desk.kinds[line.kind].is_missed
            line.is_opener = 2  # felt once
    keep_open(state.open_log, g, group, desk)


@rule
def keep_open(open_log: Rows[Line], g: int, group: Group, desk: Desk) -> None:
    """The newest messages of the last 24 hours stay open; their times become those of yesterday."""
    n = desk.n[LOG]
    first = max(0, n - BACKLOG)
    while first < n and desk.log[first].t < 1440.0 - BACKLOG_AGE:
        first += 1
    for j in range(first, n):
        copy_line(desk.log[j], open_log[g, j - first])
        open_log[g, j - first].t -= 1440.0
    group.n_open = n - first

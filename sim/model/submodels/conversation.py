"""The conversation of one group on one day, message by message: who looks when, who reads what, who answers whom.

A look is a moment at which a member opens the group: planned ones follow from ``visit``, further ones from being
answered, from staying after a post, and from the buzz of the phone. Looks are taken in order of time. At each, the
member reads what is new (newest first, as far as attention goes), may answer something on the last screen, and may
open a topic. So talk is a branching process whose strength depends on who is there.

``half`` is :func:`sim.engine.luck.todays` of who looks, worked out once a look and handed down.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from sim.engine.calls import call_all, is_any_due
from sim.engine.declarations import INSIDE, Rule
from sim.engine.distributions import wide
from sim.engine.lanes import Act
from sim.engine.luck import ANSWER, OPEN, drawn, todays
from sim.engine.rule import inlined, rule
from sim.model.submodels.conversation_log import (
    GLANCE,
    LOG,
    MINUTES,
    MORE,
    MORE_ON_TOPIC,
    MOST_WRITTEN,
    OPEN0,
    OVERFLOW,
    PLAIN,
    SCREEN,
    Desk,
    add_look,
    come,
    done,
    has_room,
    next_busy,
    wipe_calendar,
)
from sim.model.submodels.further_looks import after_post, linger
from sim.model.submodels.messages import ANSWER_KIND, CHAT, post
from sim.model.submodels.ties import strengthen, tie_with
from sim.model.submodels.welcome import WEEK

if TYPE_CHECKING:
    from sim.model.rows import Group, Member, Rows, State, Today, World

__all__ = ["make_besides", "make_talk"]

PLACES = ("before all", "before post", "before reply", "after reply", "after read", "at reply")
ALL, POST, REPLY, REPLIED, READ, ANSWERED = map(INSIDE.index, PLACES)
"""Numbers of the places at which rules of mechanisms act at a look or a reply."""


@inlined
def read(desk: Desk, me: Member, group: Group) -> int:
    """Read what is new, newest first, as far as today's attention goes; return the index of the first message read."""
    n = desk.n[LOG]
    unread = n - me.cursor
    taken = min(unread, int(me.attention_left))
    first = n - taken
    if unread > 0:
        top, end = desk.log[first], desk.log[n]
        me.n_read += taken
        me.n_ads_read += end.ads_before - top.ads_before
        me.n_host_read += end.host_before - top.host_before
        me.read_quality += end.quality_before - top.quality_before
        me.n_unread += unread - taken
        me.attention_left -= taken
        me.cursor = n
    return first


@rule
def at_look(desk: Desk, place: int, g: int, t: float, second: int, kind: int, first: int, row: int) -> None:
    """Rules of mechanisms act at a look; it stands on the desk meanwhile."""
    if not is_any_due(desk.calls, place, g):
        return
    now = desk.now[0]
    now.t = t
    now.second = second
    now.kind = kind
    now.first = first
    now.row = row
    call_all(desk.calls, place, g)


@inlined
def notice(desk: Desk, other: Member, target: int, group: Group, world: World) -> None:
    """The author of an answered line is noticed: counted once a week, and for what they wrote in this week only."""
    is_of_this_week = target >= desk.n[OPEN0] or world.day % WEEK > 0
    if is_of_this_week and other.is_staff == 0 and other.day_noticed // WEEK < world.day // WEEK:
        is_ritual = desk.kinds[desk.log[target].kind].is_ritual
        group.n_noticed += 1 if is_ritual == 0 else 0
        other.day_noticed = world.day if is_ritual == 0 else other.day_noticed


def make_talk(act: Act) -> Rule:
    """Build the phase ``talk`` from the role methods ``opens``, ``answers`` and ``worth``."""
    opens, answers, worth = act("opens"), act("answers"), act("worth")
    weigh = inlined(_make_weigh(answers))
    reply = inlined(_make_reply(weigh, inlined(_make_respond(worth))))
    speak = inlined(_make_speak(opens, worth))
    besides = rule(make_besides(worth))

    def talk(state: State, g: int, group: Group, world: World, desk: Desk) -> None:
        members = state.members
        minute = next_busy(desk, 0)
        while minute < MINUTES:
            look = wide(desk.head[minute])
            while look >= 0:
                if not has_room(desk):
                    wipe_calendar(desk)
                    return
                desk.head[minute] = look  # what follows from this look comes behind it
                t, kind = desk.looks[look].t, wide(desk.looks[look].kind)
                me = members[group.first + desk.looks[look].slot]
                look = wide(attend(state, g, desk, me, t, kind, look, group, world))
            done(desk, minute)
            minute = next_busy(desk, minute // 60)

    def attend(
        state: State, g: int, desk: Desk, me: Member, t: float, kind: int, look: int, group: Group, world: World
    ) -> int:
        members = state.members
        if me.is_gone == 0:
            second, half = int(t * 60.0), todays(world, me.person)
            today = desk.today[me.slot]
            if me.n_looks == 0:  # called in by an answer to what they wrote yesterday, or the host with a plan
                come(desk, me, group, world)
            first = read(desk, me, group)
            row, watched = group.first + me.slot, group.is_watched
            if watched >> READ & 1:
                at_look(desk, READ, g, t, second, kind, first, row)
            if watched >> ALL & 1 and me.is_staff == 1:
                at_look(desk, ALL, g, t, second, kind, first, row)
            if today.is_silenced > 0:
                desk.now[0].n_says = 0
            elif kind > PLAIN:
                if watched >> POST & 1:
                    at_look(desk, POST, g, t, second, kind, first, row)
                scheduled(half, desk, members, me, t, second, kind, group, world)
            elif kind in (MORE, MORE_ON_TOPIC):
                follows = 1 if kind == MORE_ON_TOPIC else 0
                post(desk, me, CHAT, -1, follows, t, 0, worth(me, desk.kinds[CHAT], group, world), group, world)
                after_post(half, desk, members, me, t, second, me.cursor - 1, group, world)
            else:
                if watched >> REPLY & 1:
                    at_look(desk, REPLY, g, t, second, kind, first, row)
                asks = kind == PLAIN and me.is_asking > 0 and me.is_staff + me.is_expert == 0  # before they answer
                answered = 0 if asks else reply(half, desk, members, me, today, t, second, first, g, group, world)
                if answered == 0 and kind == PLAIN:
                    speak(half, desk, members, me, today, t, second, group, world)
                if watched >> REPLIED & 1:
                    at_look(desk, REPLIED, g, t, second, kind, first, row)
            if watched and desk.now[0].n_says + desk.now[0].staff_at > 0.0:
                besides(half, desk, members, me, t, second, group, world)
            if kind in (PLAIN, GLANCE):
                linger(half, desk, me, t, second, first, world)
        return desk.looks[look].next

    def scheduled(
        half: int, desk: Desk, members: Rows[Member], me: Member, t: float, second: int, kind: int, group: Group,
        world: World,
    ) -> None:  # fmt: skip
        post(desk, me, kind, -1, 0, t, 1, worth(me, desk.kinds[kind], group, world), group, world)
        after_post(half, desk, members, me, t, second, -1, group, world)

    attend, scheduled = inlined(attend), rule(scheduled)
    return talk


def _make_weigh(answers: Rule) -> Rule:
    def weigh(desk: Desk, me: Member, today: Today, j: int, t: float, group: Group, world: World) -> float:
        log = desk.log
        line = log[j]
        author, kind, target = line.person, line.kind, line.reply_to
        if author == me.person or kind < 0:
            return 0.0
        tie = tie_with(me, author) if me.n_ties > 0 else 0.0
        addressed = 1 if target >= 0 and log[target].person == me.person else 0
        wish: float = answers(me, desk.kinds[kind], line.n_answers, t - line.t, tie, addressed, today, group, world)
        return wish

    return weigh


def _make_respond(worth: Rule) -> Rule:
    def respond(
        half: int, desk: Desk, members: Rows[Member], me: Member, t: float, second: int, target: int, kind: int, g: int,
        group: Group, world: World,
    ) -> None:  # fmt: skip
        """Answer a line: it is written, a tie grows, rules of mechanisms hear of it, and who is answered is told."""
        line = desk.log[target]
        post(desk, me, kind, target, wide(line.is_topic), t, 0, worth(me, desk.kinds[kind], group, world), group, world)
        other = members[group.first + line.slot]
        if other.person == line.person:
            notice(desk, other, target, group, world)
            strengthen(me, other, members, group, world)
        if group.is_watched >> ANSWERED & 1:
            call_all(desk.calls, ANSWERED, g)
        after_post(half, desk, members, me, t, second, target, group, world)

    return respond


def _make_reply(weigh: Rule, respond: Rule) -> Rule:
    def reply(
        half: int, desk: Desk, members: Rows[Member], me: Member, today: Today, t: float, second: int, first: int,
        g: int, group: Group, world: World,
    ) -> int:  # fmt: skip
        """Answer at most one of the messages just read, with probability time · hΣw / (1 + hΣw), newest first.

        time = free / (1 + weary · own messages of today); h = 1 + heat of the group; w is the weight that the role's
        ``answers`` gives a message.
        """
        n = desk.n[LOG]
        first = max(first, n - SCREEN)
        if first >= n:
            return 0
        u = drawn(half, world, me.person, ANSWER, second)
        time = world.free / (1.0 + world.weary * me.n_posts)
        if u >= time:
            return 0
        bar = u / (time - u) / (1.0 + group.heat)  # u < time · hot · total / (1 + hot · total)  ⇔  total > bar
        target, total = n, 0.0
        while total <= bar and target > first:
            target -= 1
            total += weigh(desk, me, today, target, t, group, world)
        if total <= bar:
            return 0
        kind = ANSWER_KIND if desk.kinds[desk.log[target].kind].is_question > 0 else CHAT
        respond(half, desk, members, me, t, second, target, kind, g, group, world)
        return 1

    return reply


def _make_speak(opens: Rule, worth: Rule) -> Rule:
    def speak(
        half: int, desk: Desk, members: Rows[Member], me: Member, today: Today, t: float, second: int, group: Group,
        world: World,
    ) -> None:  # fmt: skip
        kind = opens(me, drawn(half, world, me.person, OPEN, second), second, today, group, world)
        if kind >= 0:
            post(desk, me, kind, -1, 0, t, 1, worth(me, desk.kinds[kind], group, world), group, world)
            after_post(half, desk, members, me, t, second, -1, group, world)

    return speak


def make_besides(worth: Rule) -> Rule:
    """Build what writes the lines that rules have somebody write (``write``, ``answer``), and calls staff whom they
    have told (``tell_staff``).
    """
    respond = rule(_make_respond(worth))

    def besides(
        half: int, desk: Desk, members: Rows[Member], me: Member, t: float, second: int, group: Group, world: World
    ) -> None:
        now = desk.now[0]
        n, now.n_says = now.n_says, 0
        if now.staff_at > 0.0:
            add_look(desk, now.staff_at, wide(group.host_slot), GLANCE)
            now.staff_at = 0.0
        if n > MOST_WRITTEN:
            desk.n[OVERFLOW] = 1
            return
        for i in range(n):
            kind, target = wide(now.says[i]), wide(now.to[i])
            it = desk.kinds[kind]
            if target >= 0:
                respond(half, desk, members, me, t, second, target, kind, group.index + world.first_group, group, world)
                continue
            post(desk, me, kind, -1, 0, t, wide(it.is_opener), worth(me, it, group, world), group, world)
            if it.is_ritual == 0:
                after_post(half, desk, members, me, t, second, -1, group, world)

    return besides

"""Writing a message: the log's entry and every count that follows from it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sim.engine.rule import rule
from sim.model.hands import HIDDEN
from sim.model.kinds import BY_ADVERT, BY_HOST, BY_TALK, OWN
from sim.model.submodels.conversation_log import LOG, OPEN0, Desk
from sim.model.submodels.heat import burn, kindle

if TYPE_CHECKING:
    from sim.model.rows import Group, KindRow, Member, World

__all__ = ["delete", "post"]

CHAT, QUESTION, ANSWER_KIND, CONTENT, ADVERT, RED_PACKET, OFFER, SYSTEM, PREVIEW, NEWS = range(len(OWN))
"""Codes of the model's own kinds (:data:`sim.model.kinds.OWN`)."""


@rule
def post(
    desk: Desk, me: Member, kind: int, target: int, follows: int, t: float, is_opener: int, quality: float,
    group: Group, world: World,
) -> None:  # fmt: skip
    """Append a message of ``me`` to the log and count it; the author has read their own message.

    On topic is a piece of the group's matter, and whatever ``follows`` on what is on topic: an answer to it, or a
    further line of its author. What the kind is stands in the table of kinds.
    """
    n = desk.n[LOG]
    desk.n[LOG] = n + 1
    it = desk.kinds[kind]
    topical = 1 if it.is_piece > 0 else follows
    line, after = desk.log[n], desk.log[n + 1]
    line.t = t
    line.person = me.person
    line.slot = me.slot
    line.kind = kind
    line.reply_to = target
    line.n_answers = 0
    line.is_topic = topical
    line.is_opener = is_opener
    line.quality = quality
    after.quality_before = line.quality_before + quality
    after.ads_before = line.ads_before + it.adverts
    after.host_before = line.host_before + (1 if me.is_staff == 1 else it.host)
    me.cursor = n + 1
    if it.is_ritual > 0:
        me.n_messages += 1  # of the membership; today they are nobody who has written
    else:
        me.n_posts += 1
    group.n_messages += 1
    group.n_on_topic += topical
    group.n_pieces += it.is_piece
    group.n_openers += is_opener if it.is_opener > 0 else 0
    count_author(me, it, group, world)
    if is_opener > 0 and it.is_opener > 0:
        kindle(me, quality, group, world)
    else:
        burn(group, world)
    if target >= 0:
        count_reply(desk, me, target, group, world)


@rule
def count_author(me: Member, it: KindRow, group: Group, world: World) -> None:
    """Whose message it is: ordinary members', host's, expert's, veterans'; adverts apart. ``it`` is its kind."""
    if it.author == BY_ADVERT:
        me.n_ads_posted += 1
        group.n_ads += 1
        group.n_ads_unpunished += 1
    elif me.is_staff == 1 or it.author == BY_HOST:
        group.n_host_messages += 1
    elif it.author == BY_TALK:
        group.n_member_messages += 1
    if me.is_expert > 0:
        group.n_kol_messages += 1
    if it.is_question > 0:
        group.n_questions += 1
        group.n_trivial += 1 if world.day - me.day_joined < world.settle_days else 0
    group.n_news += it.is_news
    if world.day - me.day_joined >= world.veteran_days and me.is_staff != HIDDEN:
        group.n_veteran_messages += 1


@rule
def count_reply(desk: Desk, me: Member, target: int, group: Group, world: World) -> None:
    """An answer: the message answered, whether the host is part of it, and what it costs them."""
    if me.is_staff == 1:
        group.minutes_left -= world.answer_minutes
        group.minutes_answers += world.answer_minutes
    group.n_replies += 1
    line = desk.log[target]
    if me.is_staff == 0 and desk.log[target + 1].host_before == line.host_before:
        group.n_replies_off_host += 1
    if line.n_answers == 0:
        it = desk.kinds[line.kind]
        group.n_answered += 1 if line.is_opener > 0 and it.is_opener > 0 else 0
        group.n_questions_answered += it.is_question
    line.n_answers += 1


@rule
def delete(desk: Desk, j: int, group: Group) -> None:
    """Take an advert out of the log: whoever looks later does not meet it.

    One that has stood since yesterday has been counted yesterday; its deletion takes nothing from today's count.
    """
    desk.log[j].kind = -1 - ADVERT  # what it was can still be told
    for i in range(j + 1, desk.n[LOG] + 1):
        desk.log[i].ads_before -= 1
    group.n_ads_unpunished -= 1 if j >= desk.n[OPEN0] else 0

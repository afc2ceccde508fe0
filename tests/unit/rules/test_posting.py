"""What a message counts as: whose it is, of what kind, whether on topic, whether an answer; and deleting an advert."""

from __future__ import annotations

from typing import Any

import pytest

from agents import KOL, Host, Member
from sim.data.tables import KINDS
from sim.model.submodels.conversation_log import LOG, Desk
from sim.model.submodels.messages import (
    ADVERT,
    ANSWER_KIND,
    CHAT,
    CONTENT,
    NEWS,
    OFFER,
    PREVIEW,
    QUESTION,
    RED_PACKET,
    SYSTEM,
    delete,
    post,
)
from tests.unit.rules.people import KIND_ROWS, Room, column

ALL = (CHAT, QUESTION, ANSWER_KIND, CONTENT, ADVERT, RED_PACKET, OFFER, SYSTEM, PREVIEW, NEWS)
PIECES = {QUESTION, ANSWER_KIND, CONTENT, PREVIEW, NEWS}


class Talk:
    """A room with a host in seat 0 and members 1 and 2 who joined on day 0; people write by seat."""

    def __init__(self, day: int = 0) -> None:
        self.room = Room(day=day, answer_minutes=3.0, settle_days=14.0, veteran_days=60.0)
        self.room.sit(0, Host, is_staff=1)
        self.room.sit(1), self.room.sit(2)
        self.group = self.room.group
        self.desk: Desk = self.room.desk()

    def write(
        self, slot: int, kind: int = CHAT, to: int = -1, follows: int = 0, opener: int = 0, quality: float = 0.0
    ) -> Any:
        """Somebody writes; their row."""
        me, t = self.room.members[slot], 10.0 + self.desk.n[LOG]
        post(self.desk, me, kind, to, follows, t, opener, quality, self.group, self.room.world)
        return me

    def counts(self, *names: str) -> tuple[float, ...]:
        return tuple(getattr(self.group, name) for name in names)


def test_the_codes_are_those_of_the_table_of_kinds() -> None:
    names = "chat question answer content advert red_packet offer system preview news".split()
    assert [KINDS.index(name) for name in names] == list(ALL)


def test_a_message_is_written_down_as_it_was_said() -> None:
    talk = Talk()
    talk.write(2)
    me = talk.write(1, ANSWER_KIND, to=0, quality=0.25)
    line = talk.desk.log[1]
    told = [getattr(line, name) for name in ("t", "person", "slot", "kind", "reply_to", "n_answers", "quality")]
    assert told == [11.0, 101, 1, ANSWER_KIND, 0, 0, 0.25]
    assert talk.desk.n[LOG] == 2
    assert (me.n_posts, me.cursor) == (1, 2)  # the author has read it
    assert talk.group.n_messages == 2


def test_sums_before_a_line_tell_what_a_stretch_holds() -> None:
    talk = Talk()
    talk.write(0, CONTENT, quality=0.5)
    talk.write(1, ADVERT)
    talk.write(2, CHAT, quality=0.25)
    talk.write(0, ADVERT, quality=0.0)
    log = talk.desk.log
    assert column(log, "quality_before", 5) == [0.0, 0.5, 0.5, 0.75, 0.75]
    assert column(log, "ads_before", 5) == [0, 0, 1, 1, 2]
    assert column(log, "host_before", 5) == [0, 1, 1, 1, 2]


@pytest.mark.parametrize("kind", ALL, ids=KINDS)
def test_pieces_of_the_matter_are_on_topic_and_use_it_up_and_nothing_else_does(kind: int) -> None:
    talk = Talk()
    talk.write(1, kind)
    is_piece = int(kind in PIECES)
    assert talk.counts("n_pieces", "n_on_topic") == (is_piece, is_piece)
    assert talk.desk.log[0]["is_topic"] == is_piece


def test_what_follows_on_a_piece_is_on_topic_without_using_it_up() -> None:
    talk = Talk()
    talk.write(1, CHAT, follows=1)
    talk.write(1, CHAT, follows=0)
    assert column(talk.desk.log, "is_topic", 2) == [1, 0]
    assert talk.counts("n_pieces", "n_on_topic") == (0, 1)


@pytest.mark.parametrize("kind", ALL, ids=KINDS)
def test_openers_are_chat_questions_content_and_news(kind: int) -> None:
    talk = Talk()
    talk.write(1, kind, opener=1)
    assert talk.group.n_openers == int(kind in {CHAT, QUESTION, CONTENT, NEWS})
    talk.write(1, kind, opener=0)
    assert talk.group.n_openers == int(kind in {CHAT, QUESTION, CONTENT, NEWS})
    assert column(talk.desk.log, "is_opener", 2) == [1, 0]


@pytest.mark.parametrize("kind", ALL, ids=KINDS)
def test_a_message_is_a_members_unless_it_is_an_advert_a_packet_or_of_the_system(kind: int) -> None:
    talk = Talk()
    talk.write(1, kind)
    counted = talk.counts("n_member_messages", "n_host_messages", "n_ads", "n_ads_unpunished", "n_questions", "n_news")
    is_ad = int(kind == ADVERT)
    assert counted == (
        int(kind not in {ADVERT, RED_PACKET, SYSTEM}), 0, is_ad, is_ad, int(kind == QUESTION), int(kind == NEWS)
    )  # fmt: skip
    assert talk.room.members[1].n_ads_posted == is_ad


@pytest.mark.parametrize("kind", [CHAT, CONTENT, RED_PACKET, OFFER])
def test_what_the_host_writes_is_the_hosts(kind: int) -> None:
    talk = Talk()
    talk.write(0, kind)
    assert talk.counts("n_host_messages", "n_member_messages", "n_messages") == (1, 0, 1)


def test_an_experts_word_is_a_members_and_an_experts() -> None:
    talk = Talk()
    talk.room.sit(3, KOL, is_expert=1)
    talk.write(3, CONTENT)
    talk.write(1, CONTENT)
    assert talk.counts("n_kol_messages", "n_member_messages") == (1, 2)


@pytest.mark.parametrize(("day", "trivial", "veteran"), [(13, 1, 0), (14, 0, 0), (59, 0, 0), (60, 0, 1)])
def test_a_newcomers_question_is_trivial_and_after_two_months_one_is_a_veteran(
    day: int, trivial: int, veteran: int
) -> None:
    talk = Talk(day)
    talk.write(1, QUESTION)
    assert talk.counts("n_questions", "n_trivial", "n_veteran_messages") == (1, trivial, veteran)
    talk.write(1, CHAT)
    assert talk.counts("n_questions", "n_trivial", "n_veteran_messages") == (1, trivial, 2 * veteran)


def test_the_first_answer_answers_an_opener_and_every_one_is_counted_on_it() -> None:
    talk = Talk()
    talk.write(1, QUESTION, opener=1)
    talk.write(2, ANSWER_KIND, to=0)
    assert talk.counts("n_replies", "n_answered", "n_questions_answered") == (1, 1, 1)
    talk.write(2, ANSWER_KIND, to=0)
    assert talk.counts("n_replies", "n_answered", "n_questions_answered") == (2, 1, 1)
    assert talk.desk.log[0]["n_answers"] == 2


@pytest.mark.parametrize(
    ("kind", "opener", "answered", "questions"),
    [(CHAT, 1, 1, 0), (NEWS, 1, 1, 0), (CHAT, 0, 0, 0), (QUESTION, 0, 0, 1), (ADVERT, 1, 0, 0), (RED_PACKET, 1, 0, 0)],
)
def test_an_answered_opener_is_one_of_talk(kind: int, opener: int, answered: int, questions: int) -> None:
    talk = Talk()
    talk.write(1, kind, opener=opener)
    talk.write(2, CHAT, to=0)
    assert talk.counts("n_replies", "n_answered", "n_questions_answered") == (1, answered, questions)


@pytest.mark.parametrize(("author", "answers", "off"), [(1, 2, 1), (0, 2, 0), (1, 0, 0)])
def test_a_reply_is_off_the_host_where_the_host_is_on_neither_side(author: int, answers: int, off: int) -> None:
    talk = Talk()
    talk.write(author)
    talk.write(answers, to=0)
    assert talk.counts("n_replies", "n_replies_off_host") == (1, off)


def test_answering_costs_the_host_minutes_and_members_none() -> None:
    talk = Talk()
    talk.group.minutes_left = 10.0
    talk.write(1, QUESTION, opener=1)
    talk.write(2, ANSWER_KIND, to=0)
    talk.write(0, CONTENT)
    assert talk.counts("minutes_left", "minutes_answers") == (10.0, 0.0)
    talk.write(0, ANSWER_KIND, to=0)
    assert talk.counts("minutes_left", "minutes_answers") == (7.0, 3.0)


def test_a_deleted_advert_is_not_met_by_who_looks_later() -> None:
    talk = Talk()
    for kind in (CHAT, ADVERT, CHAT, ADVERT):
        talk.write(1, kind)
    delete(talk.desk, 1, talk.group)
    assert column(talk.desk.log, "kind", 4) == [CHAT, -1 - ADVERT, CHAT, ADVERT]
    assert column(talk.desk.log, "ads_before", 5) == [0, 0, 0, 0, 1]
    assert talk.counts("n_ads", "n_ads_unpunished") == (2, 1)


@pytest.mark.parametrize(
    ("kind", "worth"),
    [(CONTENT, 0.58), (NEWS, 0.58), (ANSWER_KIND, 0.39), (QUESTION, 0.08), (CHAT, 0.08), (ADVERT, 0.0), (OFFER, 0.0)],
)
def test_a_members_words_are_worth_what_they_know_while_the_matter_is_new(kind: int, worth: float) -> None:
    room = Room()
    me = room.sit(1, expertise=0.4)
    for novelty in (1.0, 0.5):
        room.group.novelty = novelty
        assert Member.worth(me, KIND_ROWS[kind], room.group, room.world) == pytest.approx(worth * novelty)

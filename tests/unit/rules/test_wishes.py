"""What makes one person answer a message or open a topic."""

from __future__ import annotations

from typing import Any

import pytest

from agents import KOL, Advertiser, Connector, Host, Lurker, Member, Moderator, Regular
from agents.propensities import mood, wish_to_answer
from sim.engine.luck import KIND
from sim.model.submodels.messages import ADVERT, ANSWER_KIND, CHAT, CONTENT, NEWS, OFFER, QUESTION, RED_PACKET
from tests.unit.rules.people import CLOSE, KIND_ROWS, Room, measured


def circle(**knobs: float) -> Room:
    """A group in which half of all questions are answered."""
    round_numbers = {"tie_reply": 4.0, "addressed": 7.0, "freshness": 600.0, "crowding": 2.0, "answer_minutes": 3.0,
                     "glow": 0.02, "shyness": 0.86, "after": 0.66, "eager": 0.5}  # fmt: skip
    room = Room(day=20, **(round_numbers | knobs))
    room.group.help_norm = 0.5
    return room


def wish(room: Room, kind: int = CHAT, n: int = 0, age: float = 0.0, tie: float = 0.0, addressed: int = 0) -> float:
    """Wish to answer of somebody with a readiness of 0.1 who came half for company."""
    me = room.sit(1, reply=0.1, info_need=0.5, expertise=0.3, match=0.6)
    return wish_to_answer(me, KIND_ROWS[kind], n, age, tie, addressed, room.today, room.group, room.world)


@pytest.mark.parametrize(
    ("kind", "interest"),
    [
        (QUESTION, 0.6 + 1.4 * 0.3), (CHAT, 1.2 - 0.7 * 0.5), (ANSWER_KIND, 1.2 - 0.7 * 0.5),
        (CONTENT, 0.4 + 0.8 * 0.6), (NEWS, 0.4 + 0.8 * 0.6), (RED_PACKET, 0.1), (ADVERT, 0.1), (OFFER, 0.1),
    ],
)  # fmt: skip
def test_each_kind_is_answered_by_whom_it_concerns(kind: int, interest: float) -> None:
    assert wish(circle(), kind) == pytest.approx(0.1 * interest)


@pytest.mark.parametrize(
    ("message", "times"),
    [
        ({"tie": 0.5}, 1 + 4.0 * 0.5), ({"addressed": 1}, 7.0), ({"age": 600.0}, 1 / 4), ({"age": 1200.0}, 1 / 9),
        ({"n": 3}, 1 / (1 + 2.0 * 3)), ({"n": 1, "tie": 1.0, "addressed": 1}, 5.0 * 7.0 / 3.0),
    ],
    ids=str,
)  # fmt: skip
def test_a_tie_and_being_addressed_urge_and_age_and_answers_given_do_not(message: dict[str, Any], times: float) -> None:
    assert wish(circle(), **message) == pytest.approx(0.085 * times)


@pytest.mark.parametrize("norm", [0.0, 1.0])
def test_people_answer_where_that_is_usual(norm: float) -> None:
    room = circle()
    room.group.help_norm = norm
    assert wish(room) == pytest.approx(0.085 * (0.5 + norm))


@pytest.mark.parametrize(
    ("role", "fatigue", "question", "chat"),
    [(Member, 0.6, 1.0, 1.0), (Lurker, 0.6, 1.0, 1.0), (Regular, 0.6, 1.5, 1.0), (KOL, 0.0, 3.0, 1.0),
     (KOL, 0.6, 1.2, 0.4), (Advertiser, 0.0, 0.0, 0.0)],
)  # fmt: skip
def test_questions_draw_regulars_and_experts_as_far_as_these_are_not_tired(
    role: type[Member], fatigue: float, question: float, chat: float
) -> None:
    room = circle()
    me = room.sit(1, role, reply=0.1, info_need=0.5, expertise=0.3, fatigue=fatigue)
    for kind, times, alone in ((QUESTION, question, 0.102), (CHAT, chat, 0.085)):
        found = role.answers(me, KIND_ROWS[kind], 1, 600.0, 0.5, 1, room.today, room.group, room.world)
        assert found == pytest.approx(times * alone * 3.0 * 7.0 / 4.0 / 3.0)


@pytest.mark.parametrize("role", [Host, Moderator])
@pytest.mark.parametrize(
    ("kind", "answers", "addressed", "minutes", "wish"),
    [(QUESTION, 0, 0, 3.0, 1.0), (QUESTION, 0, 0, 2.9, 0.0), (QUESTION, 1, 0, 9.0, 0.0), (QUESTION, 1, 1, 9.0, 0.3),
     (CHAT, 0, 1, 9.0, 0.3), (CHAT, 0, 1, 2.9, 0.0), (ANSWER_KIND, 0, 1, 9.0, 0.0), (CHAT, 0, 0, 9.0, 0.0)],
)  # fmt: skip
def test_the_host_answers_open_questions_and_who_speaks_to_them_while_minutes_last(
    role: type[Member], kind: int, answers: int, addressed: int, minutes: float, wish: float
) -> None:
    room = circle()
    room.group.minutes_left = minutes
    me = room.sit(0, role)
    found = role.answers(me, KIND_ROWS[kind], answers, 0.0, 0.0, addressed, room.today, room.group, room.world)
    assert found == wish


@pytest.mark.parametrize(
    ("values", "expected"),
    [
        ({}, (0.5 + 0.4) * (0.02 + 2 * 0.3)), ({"belonging": 0.9}, 1.4 * 0.62), ({"appeal": 0.0}, 0.9 * 0.02),
        ({"fatigue": 0.6}, 0.9 * 0.62 * 0.7), ({"need_ends": 20.0}, 0.9 * 0.62 * 0.66), ({"need_ends": 20.5}, 0.558),
    ],
    ids=str,
)  # fmt: skip
def test_mood_is_of_belonging_appeal_vigour_and_a_need(values: dict[str, float], expected: float) -> None:
    room = circle(after=0.66)
    assert mood(room.sit(1, **({"belonging": 0.4, "appeal": 0.3} | values)), room.world) == pytest.approx(expected)


# Mood 1: the rate of opening is then the readiness alone.
GAY = {"belonging": 0.5, "appeal": 0.49, "talk": 0.5}


def opened(role: type[Member], u: float, room: Room | None = None, **values: float) -> int:
    """Kind of message that somebody opens with at a draw of ``u``, -1 for none."""
    room = room or circle()
    return role.opens(room.sit(1, role, **(GAY | values)), u, 77, room.today, room.group, room.world)


@pytest.mark.parametrize(
    ("role", "values", "rate"),
    [
        (Member, {}, 0.5), (Member, {"talk": 0.2}, 0.2), (Member, {"appeal": 0.99}, 1.0), (Regular, {}, 0.5),
        (Lurker, {}, 0.5 * 0.5 * 0.2), (Connector, {}, 1.3 * 0.5),
        (Connector, {"news": 1}, 1.3 * 0.5 + 0.5), (KOL, {"fatigue": 0.4}, 0.5 * 0.8 * 0.6),
    ],
)  # fmt: skip
def test_one_opens_a_topic_by_readiness_and_mood_as_ones_role_has_it(
    role: type[Member], values: dict[str, float], rate: float
) -> None:
    room = circle(shyness=0.8)
    p = rate / (1.0 + rate)
    assert opened(role, p - 1e-9, room, **values) >= 0
    assert opened(role, p + 1e-9, room, **values) == -1


@pytest.mark.parametrize(("members", "ties", "audience"), [(10, 0, 1 - 0.8 * 0.9), (10, 4, 0.6), (3, 9, 1.0)])
def test_strangers_make_one_shy(members: int, ties: int, audience: float) -> None:
    room = circle(shyness=0.8)
    room.group.n_members = members
    p = 0.5 * audience / (1 + 0.5 * audience)
    assert opened(Member, p - 1e-9, room, n_ties=ties) >= 0
    assert opened(Member, p + 1e-9, room, n_ties=ties) == -1


def share(role: type[Member], kind: int, second: int, room: Room, **values: float) -> float:
    """Measured share of a kind of opener, where the draw of that kind is about ``second``."""
    me = room.sit(1, role, **(GAY | values))
    room.group.index = second  # the draw looked up by ``measured``
    act = role.opens

    def is_kind(person: int) -> bool:
        me.person = person
        return act(me, 1e-9, second % 86_400, room.today, room.group, room.world) == kind  # type: ignore[no-any-return]

    return measured(room, KIND, is_kind)


@pytest.mark.parametrize(("joined", "asks"), [(20, 0.7), (7, 0.7), (6, 0.3)])
def test_newcomers_ask(joined: int, asks: float) -> None:
    room = circle(settle_days=14.0, imitation=0.0)
    found = share(Member, QUESTION, 77 + 86_400, room, joined=joined, info_need=0.6)
    assert found == pytest.approx(0.6 * asks, abs=CLOSE)


def test_a_connectors_news_goes_first_and_once_and_fewer_ask() -> None:
    room = circle()
    me = room.sit(1, Connector, **(GAY | {"news": 1}))
    kinds = [Connector.opens(me, 1e-9, 77, room.today, room.group, room.world) for _ in range(2)]
    assert (kinds[0], me.news) == (NEWS, 0)
    assert kinds[1] in (QUESTION, CHAT)
    assert share(Connector, QUESTION, 77, room, info_need=0.6) == pytest.approx(0.4 * 0.6, abs=CLOSE)


@pytest.mark.parametrize(("ban", "left"), [(0.0, 1.0), (1.0, 0.3)])
def test_who_copies_others_advertises_where_that_is_usual_and_less_where_forbidden(ban: float, left: float) -> None:
    room = circle(imitation=0.9, deterrence=0.3)
    room.group.ad_norm, room.group.advert_ban = 0.5, ban
    assert share(Member, ADVERT, 77, room, copying=0.8) == pytest.approx(0.9 * 0.8 * 0.5 * left, abs=CLOSE)


def test_lurkers_who_need_to_know_ask_and_others_chat_and_experts_speak_on_the_matter() -> None:
    assert opened(Lurker, 1e-9, info_need=0.51) == QUESTION
    assert opened(Lurker, 1e-9, info_need=0.49) == CHAT
    assert opened(KOL, 1e-9) == CONTENT
    assert opened(Host, 1e-9) == opened(Moderator, 1e-9) == -1


@pytest.mark.parametrize(("ban", "chance"), [(0.0, 0.9), (1.0, 0.45)])
def test_an_advertiser_advertises_with_restraint_where_it_is_forbidden(ban: float, chance: float) -> None:
    room = circle()
    room.group.advert_ban = ban
    assert opened(Advertiser, chance - 1e-9, room) == ADVERT
    assert opened(Advertiser, chance + 1e-9, room) == -1


@pytest.mark.parametrize(("pull", "chance"), [(0.5, 0.9), (-0.5, 0.45), (-0.9, 0.09)])
def test_what_draws_others_into_talk_draws_no_advert(pull: float, chance: float) -> None:
    room = circle()
    room.today.open = pull
    assert opened(Advertiser, chance - 1e-9, room) == ADVERT
    assert opened(Advertiser, chance + 1e-9, room) == -1


def test_a_lurker_who_is_woken_today_speaks_as_readily_as_others() -> None:
    room = circle(shyness=0.8)
    room.today.is_woken = 1
    p = 0.5 * 0.2 / (1.0 + 0.5 * 0.2)
    assert opened(Lurker, p - 1e-9, room) >= 0
    assert opened(Lurker, p + 1e-9, room) == -1

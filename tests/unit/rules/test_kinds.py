"""Kinds of message as a table: what a kind declares is what the rules do, for those that mechanisms append, too."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import numpy as np
import pytest

from agents import Member
from agents.propensities import wish_to_answer
from sim.data.frames import frame_of
from sim.data.tables import KINDS, MESSAGES
from sim.engine.mechanism import Mechanism, MechanismError
from sim.engine.objects import Sheet
from sim.mechanisms import kind, mechanisms
from sim.model.kinds import KIND, OWN, Kind, codes, host_worth_of, kind_table, known_kinds
from sim.model.submodels.conversation_log import LOG, LOOKS, MOST_WRITTEN, OVERFLOW
from sim.model.submodels.messages import post
from sim.model.verbs import write
from tests.unit.rules.people import KIND_ROWS, Room, besides


@pytest.fixture(autouse=True)
def known() -> Iterator[None]:
    """What a test declares is forgotten after it."""
    before = dict(mechanisms())
    yield
    Mechanism.known.clear()
    Mechanism.known.update(before)


def declare(**kinds: Kind) -> type[Mechanism]:
    """A mechanism, called ``aardvark`` so that it comes first, that appends these kinds."""
    return type("Aardvark", (Mechanism,), {"title": ("Aardvark", "土豚"), "kinds": type("kinds", (), kinds)})


def test_the_models_kinds_come_first_and_mechanisms_append_theirs_by_name() -> None:
    ours = declare(groan=kind("groan", "叹"), moan=kind("moan", "怨"))
    names = list(known_kinds())
    assert names[: len(OWN)] == list(OWN) == list(KINDS)
    assert names[len(OWN) : len(OWN) + 2] == ["groan", "moan"]
    assert len(kind_table()) == len(names)
    row = ours().knob_row(codes())
    assert (int(row["kind_groan"][0]), int(row["kind_moan"][0])) == (len(OWN), len(OWN) + 1)


def test_a_kind_has_one_name() -> None:
    declare(chat=kind("chat", "闲聊"))
    with pytest.raises(MechanismError, match="Aardvark: there is a kind 'chat' already"):
        known_kinds()


def test_frames_call_the_kinds_of_mechanisms_by_their_names() -> None:
    declare(groan=kind("groan", "叹"))
    messages = np.zeros(3, MESSAGES)
    messages["kind"] = [0, codes()["groan"], -1]
    frame = frame_of("messages", "arm", "world", messages, {"kinds": list(known_kinds())})
    assert frame["kind"].astype(str).tolist() == ["chat", "groan", "unknown"]


def room_with(**kinds: Kind) -> tuple[Room, Any, int]:
    """A room with a host and a member, a desk that knows these kinds, and the code of the first of them."""
    declare(**kinds)
    room = Room(day=20)
    room.sit(0, is_staff=1), room.sit(1)
    room.group.n_members = 2
    return room, room.desk(), len(OWN)


@pytest.mark.parametrize(
    ("author", "slot", "counted"),
    [("talk", 1, (1, 0, 0)), ("talk", 0, (0, 1, 0)), ("nobody", 1, (0, 0, 0)), ("nobody", 0, (0, 1, 0)),
     ("host", 1, (0, 1, 0)), ("host", 0, (0, 1, 0)), ("advert", 1, (0, 0, 1)), ("advert", 0, (0, 0, 1))],
)  # fmt: skip
def test_a_message_counts_as_its_kind_declares(author: str, slot: int, counted: tuple[int, ...]) -> None:
    room, desk, code = room_with(groan=kind(author=author))
    group = room.group
    post(desk, room.members[slot], code, -1, 0, 5.0, 0, 0.0, group, room.world)
    assert (group.n_member_messages, group.n_host_messages, group.n_ads) == counted
    assert group.n_messages == 1


@pytest.mark.parametrize(("feeds", "slot", "sums"), [("", 1, (0, 0)), ("adverts", 1, (1, 0)), ("host", 1, (0, 1)),
                                                     ("", 0, (0, 1)), ("host", 0, (0, 1))])  # fmt: skip
def test_a_message_feeds_the_running_sum_its_kind_declares(feeds: str, slot: int, sums: tuple[int, int]) -> None:
    room, desk, code = room_with(groan=kind(feeds=feeds))
    post(desk, room.members[slot], code, -1, 0, 5.0, 0, 0.0, room.group, room.world)
    assert (desk.log[1].ads_before, desk.log[1].host_before) == sums


@pytest.mark.parametrize("is_it", [False, True])
def test_flags_of_a_kind_are_what_is_counted(is_it: bool) -> None:
    made = kind(is_piece=is_it, is_opener=is_it, is_question=is_it, is_news=is_it)
    room, desk, code = room_with(groan=made)
    group, n = room.group, int(is_it)
    post(desk, room.members[1], code, -1, 0, 5.0, 1, 0.0, group, room.world)
    assert (group.n_pieces, group.n_on_topic, group.n_openers, group.n_questions, group.n_news) == (n, n, n, n, n)


def have_written(desk: Any, room: Room, me: Any, code: int, second: int, half: int) -> None:
    """A rule has them write a line of a kind at a look of that second; ``half`` is their luck of the day."""
    write(desk.now[0], code)
    besides(half, desk, room.members, me, 600.0, second, room.group, room.world)


def test_lines_of_several_rules_are_all_written_and_too_many_end_the_run() -> None:
    room, desk, code = room_with(rite=kind(is_ritual=True), word=kind())
    now = desk.now[0]
    for it in (code, code + 1):
        write(now, it)
    besides(0, desk, room.members, room.members[1], 600.0, 36_000, room.group, room.world)
    assert [desk.log[j].kind for j in range(desk.n[LOG])] == [code, code + 1]
    for _ in range(MOST_WRITTEN + 1):
        write(now, code)
    besides(0, desk, room.members, room.members[1], 600.0, 36_000, room.group, room.world)
    assert (desk.n[LOG], desk.n[OVERFLOW]) == (2, 1)


def test_a_ritual_earns_no_standing_and_nothing_follows_it() -> None:
    """An ordinary line makes its author say more and phones buzz, in one of 200 looks at the latest."""
    room, desk, code = room_with(rite=kind(is_ritual=True, author="nobody"), word=kind())
    me = room.members[1]
    for second in range(200):
        have_written(desk, room, me, code, second, 0)
    assert (me.n_posts, me.n_messages, room.group.n_messages, desk.n[LOOKS]) == (0, 200, 200, 0)
    for second in range(200):
        have_written(desk, room, me, code + 1, second, second << 50)
    assert me.n_posts == 200
    assert desk.n[LOOKS] > 0


def wish(made: Kind, n: int) -> float:
    """Wish to answer a message of a kind, of somebody with round numbers, after ``n`` answers."""
    room = Room(day=20, crowding=2.0, tie_reply=0.0)
    room.group.help_norm = 0.5
    me = room.sit(1, reply=0.1, expertise=0.3, info_need=0.5, match=0.6)
    row = Sheet("kinds", np.array([made.row()], KIND))[0]
    return wish_to_answer(me, row, n, 0.0, 0.0, 0, room.today, room.group, room.world)


def test_interest_is_linear_in_what_one_knows_needs_and_matches() -> None:
    assert wish(kind(interest=1.0, expertise=2.0, info_need=4.0, match=8.0), 0) == pytest.approx(0.1 * 8.4)


@pytest.mark.parametrize(
    ("crowding", "herd", "times"),
    [(1.0, 0.0, 1 / 7), (0.5, 0.0, 1 / 4), (0.0, 0.0, 1.0), (0.0, 1.0, 1.75), (0.0, 2.0, 2.5), (1.0, 1.0, 1.75 / 7)],
)
def test_answers_given_crowd_out_or_call_for_further_ones(crowding: float, herd: float, times: float) -> None:
    assert wish(kind(crowding=crowding, herd=herd), 3) == pytest.approx(0.1 * 0.1 * times)


def test_worth_is_what_the_author_knows_while_the_matter_is_new() -> None:
    room, _, code = room_with(groan=kind(worth=(0.2, 0.5), host_worth=(0.4, 0.1)))
    me = room.sit(1, expertise=0.4)
    room.group.novelty = 0.5
    row = Sheet("kinds", kind_table())[code]
    assert Member.worth(me, row, room.group, room.world) == pytest.approx(0.5 * 0.4)
    assert host_worth_of(row, me, room.group) == pytest.approx(0.5 * 0.44)


def test_what_the_models_kinds_are_worth_from_the_host() -> None:
    room = Room()
    me = room.sit(0, expertise=0.7)
    room.group.novelty = 1.0
    worth = {name: host_worth_of(KIND_ROWS[code], me, room.group) for code, name in enumerate(OWN)}
    assert worth == {**dict.fromkeys(OWN, 0.05), "content": 1.0, "answer": 0.45}

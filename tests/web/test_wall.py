"""A class: who may join and come back, what is kept, what the gate lets in, and what nobody sees before the bell."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from scenarios import compose
from scenarios.config import catalog
from scenarios.errors import UserError
from scenarios.experiments.tournament.files import read_teams
from scenarios.web.wall.addresses import local_addresses, qr_code
from scenarios.web.wall.bell import command, hand_in
from scenarios.web.wall.classroom import CODE_LETTERS, Classroom
from scenarios.web.wall.dots import dots
from scenarios.web.wall.pages import Typed, door_page, student_page, wall_page
from scenarios.web.wall.play import one_life
from scenarios.web.wall.rules import DOSES, WHENS, Choice, Rules, chosen, offered, overrides

FOUND = {"numbers": {"members_end": 31.0, "belonging_of_all": 0.4}, "curves": {}}


@pytest.fixture
def room(tmp_path: Path) -> Classroom:
    return Classroom.begun(tmp_path / "class", Rules(days=90, seats=30, communities=8))


def played(room: Classroom, name: str, members: float, *plan: Choice) -> None:
    """A student whose group has been played."""
    student = room.join(name)
    room.plan(student, plan)
    room.note(student, {**FOUND, "numbers": {"members_end": members, "belonging_of_all": 0.4}})


# --- who may join --------------------------------------------------------------------------------------------------


def test_a_name_is_joined_once_and_comes_back_by_its_number(room: Classroom) -> None:
    one = room.join("  小明  ")
    assert (one.name, len(one.number)) == ("小明", 6)
    assert room.join("小明", one.number) is one
    for number in ("", "x", "０" * 6, str((int(one.number) + 1) % 10**6).zfill(6)):
        with pytest.raises(UserError, match="is in the class already"):
            room.join("小明", number)
    assert len(room.students) == 1


@pytest.mark.parametrize(("name", "why"), [("", "a name is needed"), ("   ", "is needed"), ("a\x00b", "is no name"),
                                           ("x" * 21, "too long"), ("Nothing", "take another name"),
                                           ("什么都不做", "another name"),
                                           ("ｎｏｔｈｉｎｇ", "another name"), ("a${b", "without")])  # fmt: skip
def test_a_name_that_is_none_is_refused(room: Classroom, name: str, why: str) -> None:
    with pytest.raises(UserError, match=why):
        room.join(name)
    assert not room.students


def test_the_code_is_known_however_it_is_typed_and_by_nothing_else(room: Classroom) -> None:
    assert set(room.code) <= set(CODE_LETTERS)
    assert room.is_code(room.code)
    assert room.is_code(f" {room.code[:3].lower()}-{room.code[3:]}")
    assert room.is_code("".join(chr(ord(letter) + 0xFEE0) for letter in room.code))  # as some keyboards write
    for wrong in ("", room.code[:-1], room.code + "A", "密码密码密码"):
        assert not room.is_code(wrong)
    assert not room.is_key("密")


# --- what is kept --------------------------------------------------------------------------------------------------


def test_a_class_is_found_again_as_it_was(room: Classroom) -> None:
    played(room, "小明", 31.0, Choice("red_packet", "weak", WHENS[1]))
    room.join("Zoë")
    room.ring()
    again = Classroom.kept(room.folder)
    assert (again.code, again.key, again.round, again.is_rung, again.rules) == (
        room.code, room.key, 1, True, room.rules)  # fmt: skip
    assert again.students == room.students


@pytest.mark.parametrize("break_it", [
    lambda path: path.unlink(), lambda path: path.write_text(path.read_text()[:40]), lambda path: path.write_text("[]"),
    lambda path: path.write_text("{}"), lambda path: path.write_bytes(b"\xff\xfe"),
    lambda path: path.write_text("[" * 100_000),
    *(lambda path, more=more: path.write_text(json.dumps({**json.loads(path.read_text()), **more})) for more in (
        {"students": [{"name": 3}]}, {"students": {}}, {"code": 3}, {"key": None}, {"round": "../x"}, {"version": 2},
        {"rules": {"days": "90"}}, {"rules": {"no": 1}})),
])  # fmt: skip
def test_a_class_that_is_not_there_or_broken_is_said_in_one_message(
    room: Classroom, break_it: Callable[[Path], Any]
) -> None:
    break_it(room.folder / "class.json")
    with pytest.raises(UserError, match="wall=true"):
        Classroom.kept(room.folder)


def test_after_the_bell_nothing_is_changed_and_another_round_keeps_everybody(room: Classroom) -> None:
    played(room, "小明", 31.0)
    student = room.students[0]
    room.ring()
    with pytest.raises(UserError, match="the bell has rung"):
        room.plan(student, (Choice("fixed_time"),))
    assert student.plan == ()
    room.again()
    room.plan(student, (Choice("fixed_time"),))
    assert room.place.name == "round-2"


def test_a_plan_that_is_refused_leaves_the_one_before(room: Classroom) -> None:
    played(room, "小明", 31.0, Choice("fixed_time"))
    student = room.students[0]
    room.plan(student, (Choice("clone"),))
    with pytest.raises(UserError, match="still being played"):
        room.plan(student, (Choice("red_packet"),))
    room.note(student, {}, "clone copies nothing")
    assert (student.plan, student.is_waiting) == ((Choice("fixed_time"),), False)
    assert student.mistake == "clone copies nothing"
    assert [one.name for one in room.playing()] == ["小明"]
    page = student_page(room, student, Typed(), "en")
    assert "clone copies nothing" in page
    assert 'value="clone" selected' in page  # to be mended, not to be chosen anew


def test_what_comes_after_the_bell_does_not_count(room: Classroom) -> None:
    played(room, "小明", 31.0, Choice("fixed_time"))
    student = room.students[0]
    room.plan(student, (Choice("red_packet"),))
    room.ring()
    room.note(student, FOUND)
    assert (student.plan, student.is_waiting) == ((Choice("fixed_time"),), False)
    assert "the bell rang before" in student.mistake


def test_where_the_disk_is_full_nothing_has_changed_and_one_message_tells(
    room: Classroom, monkeypatch: pytest.MonkeyPatch
) -> None:
    played(room, "小明", 31.0, Choice("fixed_time"))
    student = room.students[0]

    def full(*about: object) -> None:
        raise OSError(28, "No space left on device")

    with monkeypatch.context() as disk:
        disk.setattr(Path, "write_text", full)
        for act in (lambda: room.join("Zoë"), lambda: room.plan(student, ()), room.ring, lambda: room.remove("小明")):
            with pytest.raises(UserError, match=r"cannot be kept in .* \(No space left on device\); make room"):
                act()
    assert [one.name for one in room.students] == ["小明"]
    assert not student.is_waiting
    assert not room.is_rung
    assert Classroom.kept(room.folder).students == room.students
    room.join("Zoë")


def test_every_plan_is_handed_in_as_a_file_of_a_team(room: Classroom) -> None:
    import yaml

    with pytest.raises(UserError, match="nobody has played yet"):
        hand_in([], room.place)
    played(room, "team: [x]", 31.0, Choice("red_packet", "strong", "while_stage=decline"))
    played(room, "小明", 12.0)
    folder = hand_in([*room.playing()], room.place)
    first, second = (yaml.safe_load(path.read_text("utf-8")) for path in sorted(folder.iterdir()))
    assert first["team"] == "team: [x]"
    assert first["strategies"]["red_packet"]["while_stage"] == "decline"
    assert second == {"team": "小明", "strategies": ["nothing"]}
    assert [team.name for team in read_teams([str(folder)], lambda team: "")] == ["team: [x]", "小明"]


# --- what can be chosen --------------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", offered())
def test_whatever_a_phone_offers_can_be_played_alone(name: str) -> None:
    """Or it is said in one message why not, as for a strategy that needs another one to work on."""
    refused = []
    for dose in DOSES:
        for when in WHENS:
            try:
                assert compose([*Rules().world, *overrides([Choice(name, dose, when)])]).population.groups == 1
            except UserError as error:
                refused.append(str(error))
            if (dose, when) == ("usual", "always"):
                assert bool(refused) == bool(catalog.strategies()[name].needs)
    assert [one for one in refused if name not in one] == []


@pytest.mark.parametrize(("rows", "why"), [
    ([("no_such", "usual", "always")], "is not offered"), ([("fixed_time", "huge", "always")], "is not offered"),
    ([("fixed_time", "usual", "from_day=3")], "is not offered"), ([("nothing", "usual", "always")], "is not offered"),
    ([("fixed_time", "usual", "always")] * 2, "chosen twice"),
    ([(name, "usual", "always") for name in ("fixed_time", "red_packet", "advert_ban", "daily_topic")], "too many"),
])  # fmt: skip
def test_what_no_list_of_the_page_offers_is_refused(rows: list[tuple[str, str, str]], why: str) -> None:
    with pytest.raises(UserError, match=why):
        chosen(rows)


def test_everybody_meets_the_same_luck_and_a_strategy_shows() -> None:
    world = Rules(days=90, seats=60).world
    plain, again = (one_life(world, overrides(())) for _ in range(2))
    other = one_life(world, overrides((Choice("red_packet", "strong"),)))
    assert plain == again
    assert plain["digest"] != other["digest"]
    assert plain["curves"]["members"][0] == other["curves"]["members"][0]
    assert other["numbers"]["cost"] > plain["numbers"]["cost"] == 0.0


# --- before the bell -----------------------------------------------------------------------------------------------


def desk_of(room: Classroom, found: dict[str, Any] | None = None) -> Any:
    bell = SimpleNamespace(found=found or {}, progress={}, is_going=True)
    return SimpleNamespace(room=room, bell=bell, n_ready=3, n_rehearsed=60)


def test_until_the_bell_no_dot_can_be_told_by_name_plan_or_when_it_came(room: Classroom) -> None:
    played(room, "late", 30.0, Choice("red_packet"))
    played(room, "first", 3.0)
    found = {"told": {"en": {"lines": ["who is first"], "tables": []}}}
    told = dots(desk_of(room, found), "en")
    assert told["dots"] == [[3.0, 0.4, 1], [30.0, 0.4, 1]]  # not as they joined
    assert "red_packet" not in json.dumps(told)
    assert "who is first" not in wall_page(room, found, [], 8080, "", "en")
    room.ring()
    assert "who is first" in wall_page(room, found, [], 8080, "", "en")


def test_a_group_that_was_closed_has_a_dot_and_a_page(room: Classroom) -> None:
    rules = Rules(seats=60)
    found = one_life(rules.world, overrides((Choice("dissolve"),)))
    assert len(found["curves"]["members"]) < rules.days
    room.rules = rules
    student = room.join("小明")
    room.plan(student, (Choice("dissolve"),))
    room.note(student, found)
    assert dots(desk_of(room), "en")["dots"][0][::2] == [0.0, 1]
    page = student_page(room, student, Typed(), "en")
    assert f"closed on day {len(found['curves']['members'])}" in page
    assert "≥" not in page


def test_the_command_that_is_kept_says_every_digit() -> None:
    assert " seed=1234567 " in command(Rules(seed=1_234_567, yuan=123_456.5))
    assert " yuan=123456.5 " in command(Rules(seed=1_234_567, yuan=123_456.5))


# --- pages ---------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("lang", ["en", "zh"])
def test_names_are_shown_as_text(room: Classroom, lang: str) -> None:
    evil = "<b onx='1'>&\"</b>"
    student = room.join(evil)
    for page in (student_page(room, student, Typed(f"no {evil}"), lang), door_page(Typed(evil, {"name": evil}), lang),
                 wall_page(room, {}, ["192.168.1.2"], 8080, evil, lang)):  # fmt: skip
        assert "<b onx" not in page
        assert 'value="<' not in page


def test_the_wall_says_where_phones_find_it_or_that_they_cannot(room: Classroom) -> None:
    page = wall_page(room, {}, ["192.168.1.2", "10.0.0.3"], 8080, "", "en")
    assert "http://192.168.1.2:8080/join" in page
    assert "http://10.0.0.3:8080/join" in page
    assert "host=0.0.0.0" in wall_page(room, {}, [], 8080, "", "en")


def test_addresses_are_those_under_which_others_reach_it() -> None:
    assert local_addresses("127.0.0.1") == local_addresses("::1") == local_addresses("localhost") == []
    assert local_addresses("192.168.7.7") == ["192.168.7.7"]
    assert all(not one.startswith("127.") for one in local_addresses("0.0.0.0"))


def test_a_qr_code_is_a_picture_that_needs_no_network() -> None:
    code = qr_code("http://192.168.1.2:8080/join?code=ABC234")
    assert code.startswith("<svg")
    assert code != qr_code("http://192.168.1.2:8080/join?code=ABC235")

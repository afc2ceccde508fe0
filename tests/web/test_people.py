"""The people of one group: the same as in the run, told day by day; nonsense is told in one sentence."""

from __future__ import annotations

import dataclasses
import re
from pathlib import Path
from typing import Any

import pytest

from scenarios.errors import UserError
from scenarios.execution.play import play
from scenarios.web.page import SCRIPTS
from scenarios.web.people import people_of, rules_of
from scenarios.web.question import Question
from sim.locale.catalogue import keys, text
from sim.model.kinds import known_kinds
from sim.model.vocabulary import CHANNELS, REASONS

ASKED = Question(groups=3, days=40, second="red_packet", seed=3)
GROUP = 1


@pytest.fixture(scope="module")
def found() -> dict[str, Any]:
    return people_of(ASKED, "second", GROUP)


@pytest.fixture(scope="module")
def daily() -> Any:
    results = play(ASKED.composed(), lambda arm, share: None)
    table = results.daily
    return table[(table["arm"] != results.meta["reference"]) & (table["group"] == GROUP)].set_index("day")


def _here(found: dict[str, Any], day: int) -> set[int]:
    return {who for who, came, left, *_ in found["spells"] if came <= day and (left < 0 or left > day)}


def test_they_are_the_people_of_the_curves(found: dict[str, Any], daily: Any) -> None:
    for day in (0, 10, 25, 39):
        assert len(_here(found, day)) == daily["n_members"][day], day
        assert len(found["lines"][day]) == daily["n_messages"][day], day


def test_what_they_did_adds_up_to_the_groups_day(found: dict[str, Any], daily: Any) -> None:
    looks, posts = (1 + found["columns"].index(name) for name in ("looks", "posts"))
    for day in (3, 20, 39):
        told = found["days"][day]
        assert sum(row[looks] > 0 for row in told) >= daily["n_visitors"][day]  # staff are none of them
        assert sum(row[posts] > 0 for row in told) >= daily["n_posters"][day]
        authors = {who for _, who, *_ in found["lines"][day]} - {-1}
        assert {row[0] for row in told if row[posts] > 0} <= authors


def test_each_arm_has_its_own_people(found: dict[str, Any]) -> None:
    other = people_of(ASKED, "first", GROUP)
    assert (other["arm"], found["arm"]) == ("nothing", "red_packet")
    assert other["lines"] != found["lines"]


def test_who_asked_and_what_was_paid_are_told(found: dict[str, Any], daily: Any) -> None:
    """Persons are told by their place in ``people``; a friend is asked by somebody who was there."""
    asked = [spell for spell in found["spells"] if found["channels"][spell[3]] == "invited"]
    assert asked
    assert {inviter for *_, inviter, _, _ in asked} <= {*range(-1, len(found["people"]))}
    came = {who: day for who, day, *_ in reversed(found["spells"])}
    assert any(inviter >= 0 for *_, inviter, _, _ in asked)
    assert all(came[inviter] <= day for _, day, _, _, inviter, *_ in asked if inviter >= 0)
    for day in {day for day, *_ in found["bought"]}:
        paid = sum(price for on, _, price in found["bought"] if on == day)
        assert 0 < paid == pytest.approx(daily["revenue"][day], abs=0.05), day


def test_who_did_not_look_has_read_nothing(found: dict[str, Any]) -> None:
    looks, *counts = (1 + found["columns"].index(name) for name in ("looks", "read", "adverts", "unread", "posts"))
    away = [row for rows in found["days"] for row in rows if row[looks] == 0]
    assert len(away) > 20
    assert not any(row[place] for row in away for place in counts)


def test_strong_ties_are_those_of_the_rows(found: dict[str, Any]) -> None:
    tied: set[tuple[int, ...]] = set()
    n_strong, last = 1 + found["columns"].index("ties"), {}
    for rows, changed in zip(found["days"], found["ties"], strict=True):
        tied ^= {tuple(pair) for pair in changed}
        last |= {row[0]: row[n_strong] for row in rows}
    assert len(tied) > 3
    assert all(last[a] + last[b] > 0 for a, b in tied)


def test_an_answer_names_an_earlier_line_of_the_day(found: dict[str, Any]) -> None:
    answers = [(k, line) for lines in found["lines"] for k, line in enumerate(lines) if line[3] >= 0]
    assert len(answers) > 20
    assert all(line[3] < k for k, line in answers)


def test_rules_are_those_of_the_group_on_the_day(found: dict[str, Any]) -> None:
    told = rules_of(ASKED, "second", GROUP, 20)
    who = {one["who"] for one in told["fired"]}
    assert who <= {found["people"][k] for k in range(len(found["people"]))}
    assert {"Member.feel", "red_packet.take"} <= {*told["docs"]} == {one["rule"] for one in told["fired"]}
    assert told["docs"]["Member.feel"].startswith("After a visit:")
    trust = 1 + found["columns"].index("trust")
    evening = {found["people"][row[0]]: row[trust] for row in found["days"][20]}
    felt = {one["who"]: one["changes"]["trust"][1] for one in told["fired"] if "trust" in one.get("changes", {})}
    assert felt
    assert all(evening[who] == round(100 * value) for who, value in felt.items() if who in evening)


def test_what_each_draw_was_for_has_a_word() -> None:
    """A strategy's own draws have no name, and are told without one."""
    told = [rules_of(ASKED, "second", GROUP, day)["fired"] for day in (5, 20, 30)]
    drawn = {what for fired in told for one in fired for what, _ in one.get("draws", ())} - {""}
    assert {"visit", "leave", "share"} <= drawn
    assert {f"people.draw_{what}" for what in drawn} <= {*keys("people.")}


@pytest.mark.parametrize(("group", "day", "said"), [(99, 0, "group=100 is out of range"), (0, 40, "day=41 is out")])
def test_what_is_not_there_is_told(group: int, day: int, said: str) -> None:
    with pytest.raises(UserError, match=said):
        rules_of(ASKED, "first", group, day)


def test_the_page_has_every_word_it_says_of_members() -> None:
    script = "\n".join(Path("scenarios/web/static", name).read_text("utf-8") for name in SCRIPTS)
    asked = {*re.findall(r'"(people\.\w+)"', script)}
    known = {*keys("people.")}
    assert len(asked) > 30
    assert asked <= known
    made = {"kind_": known_kinds(), "reason_": REASONS, "channel_": CHANNELS}
    assert {f"people.{start}{one}" for start, names in made.items() for one in names} <= known
    starts = [f"people.{start}" for start in (*made, "role_", "col_", "rule_", "num_", "draw_")]
    assert all(f"`{start}$" in script for start in starts)
    assert [key for key in known - asked if not key.startswith(tuple(starts))] == []
    assert all(text(key, lang) for key in known for lang in ("en", "zh"))


def test_a_question_is_the_same_however_often_it_is_asked(found: dict[str, Any]) -> None:
    assert people_of(dataclasses.replace(ASKED), "second", GROUP) == found

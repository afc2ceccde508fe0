"""What a link of the page says, and what is refused of it."""

from __future__ import annotations

from urllib.parse import parse_qsl

import pytest

from scenarios.errors import UserError
from scenarios.strategies.group_cap import GroupCap
from scenarios.web.arm import Arm, reach
from scenarios.web.question import MOST, Question
from sim.engine.knobs import Knob


def test_a_link_restores_its_question() -> None:
    asked = Question("deals", "nothing", "group_cap.limit=60+advert_ban", seed=3, days=90, groups=5, communities=9)
    assert Question.read(dict(parse_qsl(asked.link))) == asked


def test_the_command_is_what_the_page_plays() -> None:
    question = Question(second="group_cap.limit=60+advert_ban", groups=2, days=10)
    assert question.command.endswith("arms='nothing; group_cap.limit=60+advert_ban'")
    first, second = question.composed()
    assert (first.arm, second.arm) == ("nothing", "group_cap.limit=60+advert_ban")
    assert {first.population.groups, second.population.groups} == {2}


def test_the_same_arm_twice_is_one() -> None:
    assert len(Question(first="red_packet", second="red_packet").composed()) == 1


@pytest.mark.parametrize(("said", "told"), [
    ({"days": "soon"}, "days=soon is no whole number"),
    ({"days": "1e3"}, "is no whole number"),
    ({"days": "100000"}, "out of range: it goes from 7 to 730"),
    ({"seed": "-1"}, "out of range"),
    ({"scenario": "../../etc"}, "there is no scenario"),
    ({"second": "group_capp"}, "arm 2, 'group_capp': there is no strategy"),
    ({"first": "nothing; group_cap; advert_ban"}, "an arm of the page has no ';'"),
    ({"second": "group_cap.limit=-5"}, "limit"),
    ({"groups": "200", "communities": "100", "days": "730"}, f"at most {MOST}"),
])  # fmt: skip
def test_nonsense_gets_one_sentence(said: dict[str, str], told: str) -> None:
    with pytest.raises(UserError, match=told):
        Question.read(said)


def test_what_a_link_says_besides_is_passed_over() -> None:
    assert Question.read({"operator.purse": "9", "_target_": "os.system", "days": "30"}) == Question(days=30)


ARMS = ["nothing", "group_cap.limit=60", "red_packet.amount=6,every=3+advert_ban.remove=false"]
WRONG = ["group_capp", "group_cap.limit=-5", "group_cap.limit=many", "nothing; group_cap", "", "+"]


@pytest.mark.parametrize("text", ARMS)
def test_an_arm_is_read_and_written_alike(text: str) -> None:
    assert Arm.read(text).text == text


def test_a_dose_as_the_file_says_is_not_written() -> None:
    arm = Arm.read("group_cap.limit=60")
    assert arm.value("group_cap", "limit") == 60
    arm.set("group_cap", "limit", Arm.read("group_cap").value("group_cap", "limit"))
    assert arm.text == "group_cap"


@pytest.mark.parametrize("text", WRONG)
def test_a_wrong_arm_gets_one_sentence(text: str) -> None:
    with pytest.raises(UserError):
        Arm.read(text)


def test_sliders_stay_in_the_range_and_reach_the_default() -> None:
    for knob in (GroupCap.limit, Knob(0.0, 0.0, 100_000.0, "CNY", "", ""), Knob(1, 1, 3, "", "", "")):
        low, high, step = reach(knob)  # type: ignore[arg-type]
        assert knob.low <= low <= knob.default <= high <= knob.high  # type: ignore[operator]
        assert 0 < step <= high - low

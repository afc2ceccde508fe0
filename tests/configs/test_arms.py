"""``arms='nothing; group_cap.limit=100'``: several arms on one line, each with doses of its own."""

from __future__ import annotations

import pytest

from scenarios import compose
from scenarios.__main__ import main
from scenarios.cli.sweep import compose_sweep
from scenarios.errors import ConfigError
from scenarios.scenario import Scenario
from tests.plays import lively
from tests.walking import everything

FOUR = "nothing; group_cap.limit=100; paid_entry.price=9.9;  group_cap.limit=100+paid_entry"


def arms(line: str, *words: str, is_sweep: bool = False) -> list[Scenario]:
    return compose_sweep(words, line, is_sweep)[0]


def test_doses_are_for_their_arm_alone_and_labels_are_as_written() -> None:
    found = arms(FOUR, "population=small", "days=30")
    assert [one.arm for one in found] == [label.strip() for label in FOUR.split(";")]
    said = [{s.name: s for s in one.strategies} for one in found]
    assert [sorted(one) for one in said] == [["nothing"], ["group_cap"], ["paid_entry"], ["group_cap", "paid_entry"]]
    file = compose(["strategy=[paid_entry]"]).strategies[0]
    assert said[1]["group_cap"].limit == said[3]["group_cap"].limit == 100
    assert (said[2]["paid_entry"].price, said[3]["paid_entry"]) == (9.9, file)
    assert arms("paid_entry.price=5; paid_entry")[1].strategies[0] == file
    assert len({one.replace(arm="", strategies=()) for one in found}) == 1  # one world, the same luck
    assert found[0].days == 30


def test_an_arm_is_what_overrides_would_make_of_it() -> None:
    dosed = arms("nothing; red_packet.amount=20,every=7 , until_day=30+advert_ban.remove=false")[1]
    red = [f"strategies.red_packet.{dose}" for dose in ("amount=20", "every=7", "until_day=30")]
    said = compose(["strategy=[red_packet,advert_ban]", *red, "strategies.advert_ban.remove=false"])
    assert dosed.replace(arm=said.arm) == said
    plan = arms("nothing; stage_plan")[1]
    assert plan.replace(arm="stage_plan") == compose(["strategy=[stage_plan]"])


def test_a_chinese_keyboard_is_understood() -> None:
    assert arms("nothing；red_packet.amount＝20，every=7＋paid_entry") == arms(
        "nothing; red_packet.amount=20,every=7+paid_entry"
    )


def test_arms_meet_every_world_of_a_sweep() -> None:
    found = arms("nothing; paid_entry", "mind.imitation=0,0.1", is_sweep=True)
    assert [(one.world, one.arm) for one in found] == [
        (f"pet_owners imitation={value}", arm) for value in ("0", "0.1") for arm in ("nothing", "paid_entry")
    ]


MISTAKES = [
    ("nothing; 限制人数.limit=9", "'限制人数.limit=9': there is no strategy '限制人数'; did you mean 'group_cap'?"),
    ("nothing; Size cap", "there is no strategy 'Size cap'; did you mean 'group_cap'?"),
    ("nothing; group_cap; paid_entri", "arm 3, 'paid_entri': there is no strategy 'paid_entri'; did you mean 'paid_"),
    ("", "names no arm"),
    (" ; ", "names no arm"),
    ("nothing;; paid_entry", "arm 2, '': it names no strategy"),
    ("nothing; paid_entry;", "arm 3, '': it names no strategy"),
    ("nothing; paid_entry+", "arm 2, 'paid_entry+': there is a '+' with nothing beside it"),
    ("nothing; group_cap.lmit=30", "arm 2, 'group_cap.lmit=30': group_cap has no knob 'lmit'; did you mean 'limit'?"),
    ("nothing; group_cap.limit=1", "arm 2, 'group_cap.limit=1': strategies.group_cap.limit=1 is out of range"),
    ("nothing; group_cap.limit=many", "arm 2, 'group_cap.limit=many': strategies.group_cap.limit='many' is not"),
    ("nothing; group_cap.limit=[1", "arm 2, 'group_cap.limit=[1': 'strategies.group_cap.limit=[1' cannot be read"),
    ("nothing; group_cap.limit=20,50", "'50' gives no knob a value"),
    ("nothing; group_cap.limit", "'limit' gives no knob a value"),
    ("nothing; group_cap.", "'' gives no knob a value"),
    ("nothing; group_cap=5", "'group_cap=5' names no knob; write group_cap.knob=value"),
    ("nothing; stage_plan.amount=5", "'stage_plan' is a plan"),
    ("nothing; group_cap+group_cap.limit=5", "'group_cap' stands in it 2 times; write its doses together"),
    ("nothing; nothing+group_cap", "arm 2, 'nothing+group_cap': strategy: 'nothing' cannot be combined"),
    ("nothing; fixed_time+irregular_time", "fixed_time and irregular_time both want to set content_hour"),
    ("nothing; paid_entry; nothing", "arm 3, 'nothing' is arm 1, 'nothing', once more"),
    ("group_cap+paid_entry; nothing; paid_entry+group_cap", "arm 3, 'paid_entry+group_cap' is arm 1"),
    ("paid_entry.price=5; paid_entry.price=5.0", "arm 2, 'paid_entry.price=5.0' is arm 1"),
    ("; ".join(f"group_cap.limit={n}" for n in range(20, 121)), "101 arms; the most is 100"),
    ("+".join(["group_cap"] * 20), "up to 120 printable letters"),
    ("nothing; group\x07cap", "up to 120 printable letters"),
    ("nothing; group_cap.limit=${oc.env:HOME}", "only references like"),
]


@pytest.mark.parametrize(("line", "hint"), MISTAKES)
def test_a_mistake_names_the_arm_and_the_cure(line: str, hint: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["run", f"arms={line}", "population=small"]) == 2
    told = capsys.readouterr().err
    assert hint in told
    assert told.startswith("shequn: arms")
    assert len(told.splitlines()) <= 3


BESIDE = [
    (["run", "strategy=[group_cap]"], "arms= names the strategies of every arm"),
    (["run", "strategies.group_cap.limit=30"], "a dose is written in the arm that is to have it"),
    (["run", "strategies={a:{use:group_cap}}"], "a dose is written in the arm that is to have it"),
    (["run", "study=group_size"], "give arms= or study=, not both"),
    (["run", "arm=mine"], "leave arm= out"),
    (["run", "-m", "strategy=nothing,paid_entry"], "arms= names the strategies of every arm"),
    (["run", "arms=nothing"], "'arms' is given twice"),
    (["run", "population=smal"], "did you mean 'small'?"),
    (["run", "mind.imitation=0,0.1"], "several values at once need -m"),
    (["run", "workers=2"], "add store=outputs/store"),
    (["study"], "arms= is for `shequn run`"),
    (["study", "study=group_size"], "arms= is for `shequn run`"),
    (["search", "search=packet_dose"], "arms= is for `shequn run`"),
]


@pytest.mark.parametrize(("words", "hint"), BESIDE)
def test_what_cannot_stand_beside_it(words: list[str], hint: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main([*words, "arms=nothing; paid_entry"]) == 2
    told = capsys.readouterr().err
    assert hint in told
    assert len(told.splitlines()) <= 3


def test_elsewhere_it_is_told_where_it_belongs() -> None:
    with pytest.raises(ConfigError, match="`shequn run` alone takes arms"):
        compose(["arms=nothing; paid_entry"])


def test_an_arm_of_very_many_strategies_has_a_label_of_its_own() -> None:
    label = lively(everything()).arm
    assert label.endswith(f" ({len(everything())} in all)")
    assert len(label) <= 120

"""Windows: a strategy is played while and where its window is open, and elsewhere it is as if it were not there."""

from __future__ import annotations

import numpy as np
import pytest

from scenarios import compose
from scenarios.config.overrides import written
from scenarios.errors import ConfigError
from scenarios.strategies.base import Strategy
from scenarios.strategies.window import ALWAYS, Window
from sim.engine.levers import Levers
from sim.mechanisms import all_levers
from tests.plays import Tables, differing, lively, play, started, strategy
from tests.walking import everything

LANES = ("mesa", "compiled")
DAYS = 20


def windowed(name: str, node: str = "", **window: object) -> Strategy:
    """A strategy in its usual dose with a window."""
    return strategy(name).replace(window).called(node)


def packets(tables: Tables) -> np.ndarray:
    """Days on which the host paid for packets."""
    table = tables["mechanism.red_packet"]
    return np.unique(table["day"][table["packet_cost"] > 0])


@pytest.mark.parametrize("lane", LANES)
def test_with_all_windows_open_to_the_end_nothing_is_changed(lane: str) -> None:
    plain = everything()
    opened = [one.replace({"until_day": DAYS, "size_below": 1_000}) for one in plain]
    assert all(one.open_in(_Groups(), 0).all() for one in opened)  # type: ignore[union-attr]
    assert differing(play(lively(plain, days=DAYS), lane), play(lively(opened, days=DAYS), lane)) == []


@pytest.mark.parametrize("lane", LANES)
@pytest.mark.parametrize("shut", [{"from_day": DAYS}, {"size_above": 900}, {"while_stage": "decline"}])
def test_with_all_windows_shut_it_is_as_if_nobody_played(lane: str, shut: dict[str, object]) -> None:
    closed = [one.replace(shut) for one in everything()]
    spare = {"population": {"spare_groups": lively(closed, days=DAYS).population.spare_groups}}
    alone, beside = play(lively(days=DAYS, **spare), lane), play(lively(closed, days=DAYS), lane)
    names = [name for name in alone if name != "ledger"]
    assert [name for name in names if alone[name].tobytes() != beside[name].tobytes()] == []
    assert sum(len(beside[name]) for name in beside if name not in alone) == 0


def test_days_and_rhythm() -> None:
    tables = play(lively([windowed("red_packet", from_day=3, until_day=12, every=4, length=2)], days=DAYS))
    assert packets(tables).tolist() == [3, 4, 7, 8, 11, 12]


def test_two_of_one_kind_follow_each_other() -> None:
    plan = [windowed("red_packet", "dear", amount=9.0, until_day=5),
            windowed("red_packet", "cheap", amount=1.0, from_day=6)]  # fmt: skip
    tables = play(lively(plan, days=12, replicates=20, operator={"purse": 5_000.0}))
    ledger, names = tables["ledger"], ["cheap", "dear", "host"]
    spent = {name: ledger["CNY"][ledger["strategy"] == code].sum() for code, name in enumerate(names)}
    assert packets(tables).tolist() == list(range(12))
    assert spent["dear"] > 5 * spent["cheap"] > 0
    assert spent["host"] == pytest.approx(0.0, abs=1e-9)


def test_size_is_that_of_the_group_on_the_morning() -> None:
    """Packets in groups of fewer than 14 members only, and in all those."""
    engine = started(lively([windowed("red_packet", size_below=14)], days=DAYS))
    seen = set()
    for _ in range(DAYS):
        small = engine.state.groups["n_members"] < 14
        engine.step()
        turned = engine.in_play.own["red_packet"].groups["packet_yuan"] > 0
        assert turned.tolist() == small.tolist()
        seen |= set(small.tolist())
    assert seen == {True, False}


def test_a_stage_is_where_its_host_judges_it_to_be() -> None:
    """In the first fortnight every group is germinating; then those that are not play what the others do not."""
    stages = ("germination", "growth", "active", "decline")
    plan = [windowed("red_packet", f"at_{stage}", while_stage=stage) for stage in stages]
    whole, parts = play(lively([strategy("red_packet")], days=40)), play(lively(plan, days=40))
    names = [name for name in whole if name != "ledger"]
    assert [name for name in names if whole[name].tobytes() != parts[name].tobytes()] == []
    bearers = set(parts["ledger"]["strategy"][parts["ledger"]["day"] > 20].tolist())
    assert len(bearers) > 1  # not all are at one stage


# --- claims ---------------------------------------------------------------------------------------------------------


def test_windows_that_meet_are_refused_with_names_days_and_cure() -> None:
    words = ["days=60", "strategies={a:{use:fixed_time,until_day:30},b:{use:irregular_time,from_day:25}}"]
    with pytest.raises(ConfigError, match=r"a and b both want to set content_hour on days 25 to 30; .*until_day"):
        compose(words)


@pytest.mark.parametrize(
    ("first", "second"),
    [({"until_day": 30}, {"from_day": 31}), ({"while_stage": "growth"}, {"while_stage": "active"}),
     ({"size_below": 20}, {"size_above": 20}), ({"every": 2}, {"from_day": 1, "every": 2}), ({"from_day": 60}, {})],
)  # fmt: skip
def test_windows_that_never_meet_are_not_refused(first: dict[str, object], second: dict[str, object]) -> None:
    """And playing them raises nothing in the middle."""
    plan = [windowed("fixed_time", "a", **first), windowed("irregular_time", "b", **second)]
    assert plan[0].shared_day(plan[1], 60) is None
    play(lively(plan, days=60, replicates=1))


def test_levers_are_told_apart_by_group() -> None:
    levers = Levers(4, all_levers())
    halves = np.array([True, True, False, False])
    for holder, mask, hour in (("a", halves, 8.0), ("b", ~halves, 20.0)):
        levers.holder, levers.mask = holder, mask
        levers.content_hour.only_one(hour)
        levers.content_posts.plus(1.0)
    assert levers.settings["content_hour"].tolist() == [8.0, 8.0, 20.0, 20.0]
    assert levers.settings["content_posts"].tolist() == [1.0, 1.0, 1.0, 1.0]
    assert levers.shares(["content_posts"])["a"].tolist() == [1.0, 1.0, 0.0, 0.0]


# --- config ---------------------------------------------------------------------------------------------------------


def test_nodes_from_the_command_line() -> None:
    words = ["strategies={a:{use:red_packet,amount:20,until_day:30},b:{use:red_packet,amount:1,from_day:31}}"]
    scenario = compose(words)
    assert [(s.name, s.config_name(), s.amount, s.window) for s in scenario.strategies] == [  # type: ignore[attr-defined]
        ("a", "red_packet", 20.0, {"until_day": 30}), ("b", "red_packet", 1.0, {"from_day": 31})]  # fmt: skip
    assert scenario.arm == "a+b"
    again = compose([f"strategies={written(scenario.as_dict()['strategies'])}"])  # what is written can be read
    assert again.strategies == scenario.strategies


def test_a_node_has_the_doses_of_its_file_and_what_is_chosen_stays() -> None:
    scenario = compose(["strategy=[paid_entry]", "strategies.late.use=fixed_time", "strategies.late.from_day=9"])
    (late, paid) = scenario.strategies
    assert (late.name, paid.name) == ("late", "paid_entry")
    assert late.replace({"from_day": 0}).values == compose(["strategy=[fixed_time]"]).strategies[0].values
    assert compose(["strategy=[red_packet]", "strategies.red_packet.until_day=9"]).strategies[0].until_day == 9


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["strategies={a:{use:red_pocket}}"], "strategies.a.use=red_pocket: there is no such strategy; did you mean"),
        (["strategies={a:{use:[red_packet]}}"], "there is no such strategy"),
        (["strategies={a:{amount:3}}"], "there is no strategy 'a'"),
        (["strategies={a:{use:red_packet,from:3}}"], "strategies.a.from: there is no such knob; did you mean"),
        (["strategies={a b:{use:red_packet}}"], "name it by up to 40 letters"),
        (["strategies={red_packet:{use:paid_entry}}"], "is itself the name of a strategy"),
        (["strategies={a:{use:red_packet,from_day:9,until_day:3}}"], "a: from_day=9 comes after until_day=3"),
        (["strategies={a:{use:red_packet,length:3}}"], "length=3 is longer than every=1"),
        (["strategies={a:{use:red_packet,while_stage:old}}"], "while_stage='old' is not one of any, germination"),
        (["strategies={a:{use:red_packet,size_above:9,size_below:9}}"], "no group has size_above=9"),
        (["strategy=nothing", "strategies={a:{use:red_packet}}"], "'nothing' cannot be combined"),
        (["strategies={host:{use:red_packet}}"], "'host' is who bears what nobody asked for"),
        (["strategies={1:{use:red_packet}}"], "1 is no name"),
        (["strategies=5"], "strategies are chosen by"),
        (["strategy=[stage_plan]", "strategies.stage_plan.until_day=3"], "'stage_plan' is a plan; set its parts"),
        (["strategies={a:{use:red_packet}}", "strategies.nothing.x=1"], "'nothing' is not chosen"),
    ],
)  # fmt: skip
def test_mistakes_get_one_message(words: list[str], said: str) -> None:
    with pytest.raises(ConfigError) as caught:
        compose(words)
    assert said in str(caught.value)
    assert "\n" not in str(caught.value)


def test_a_plan_is_a_file_of_nodes() -> None:
    scenario = compose(["strategy=[stage_plan]"])
    assert scenario.arm == "stage_plan"
    assert {one.while_stage for one in scenario.strategies} == {"germination", "growth", "active", "decline"}
    tables = {lane: play(scenario.replace(days=45, replicates=1, population={"groups": 2}), lane) for lane in LANES}
    assert differing(*tables.values()) == []


def test_no_strategy_may_have_a_knob_of_the_windows_name() -> None:
    from sim.engine.knobs import Knob

    with pytest.raises(TypeError, match=r"Clash\.every: every strategy has a knob of this name"):
        type("Clash", (Strategy,), {"every": Knob(1, 1, 2, "", "", "test")})


class _Groups:
    """Three groups of one size."""

    n_members = np.array([9, 9, 9])
    stage = np.zeros(3)


def test_a_window_is_open_by_default_and_its_edges_count() -> None:
    assert Window().open_in(_Groups(), 0) is Window().open_in(_Groups(), ALWAYS) is None
    for window, expected in (({"size_above": 9}, True), ({"size_below": 9}, False), ({"from_day": 4}, False)):
        found = Window(**window).open_in(_Groups(), 3)
        assert found is not None
        assert found.tolist() == [expected] * 3

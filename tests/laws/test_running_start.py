"""A running start: the groups are as asked, the same in every arm and lane, and nothing jumps on day 0."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache

import numpy as np
import pytest
from scipy import stats

from scenarios import Scenario, compose
from sim import simulate
from sim.model.entities import COUNTED
from sim.model.past_search import Past
from sim.running_start import _FOUND
from sim.simulation import Engine
from tests.plays import Tables, differing, lively, play, started, strategy

PETS = ("scenario=pet_owners", "population.groups=5", "record=counts")
ALARM = 0.01  # chance that no jump at all is taken for one, over all measures


@pytest.fixture(autouse=True)
def _search_anew() -> None:
    _FOUND.clear()


def there(**changes: object) -> Scenario:
    """A lively world whose groups have 14 members and three weeks behind them."""
    population = {"members": 14, "age": 21, "seats": 30, **changes.pop("population", {})}  # type: ignore[dict-item]
    return lively(changes.pop("strategies", ()), population=population, days=8, **changes)  # type: ignore[arg-type]


class Watched(Engine):
    """An engine that remembers its days, those before day 0 too."""

    seen: dict[int, np.ndarray]

    def step(self) -> None:
        """A day; the counts of each community, over its groups."""
        super().step()
        columns = [self.state.groups[name].reshape(self.n, -1).mean(axis=1) for name in COUNTED]
        self.__dict__.setdefault("seen", {})[self.day - 1] = np.array(columns)


def weeks(asked: Sequence[str], n: int = 24) -> np.ndarray:
    """Weekly means of every count, (weeks −2 … 1, counts, communities)."""
    engine = Watched(compose([*PETS, "population.members=60", "population.age=42", f"replicates={n}", *asked]),
                     "compiled", n)  # fmt: skip
    for _ in range(14):
        engine.step()
    days = np.stack([engine.seen[day] for day in range(-14, 14)])
    return np.asarray(days.reshape(4, 7, len(COUNTED), n).mean(axis=1))


def jumps(asked: Sequence[str] = ()) -> list[str]:
    """The counts that change on day 0 by more than they change in the weeks before and after, beyond luck.

    J = (w₀ − w₋₁) − ½[(w₋₁ − w₋₂) + (w₁ − w₀)] of each community, and Student's t over communities, with Bonferroni's
    share of :data:`ALARM` for each count that moves at all: on a seed without a jump one is seen with at most 1 %.
    """
    w = weeks(asked)
    jump = (w[2] - w[1]) - ((w[1] - w[0]) + (w[3] - w[2])) / 2
    moves = jump.std(axis=1) > 0
    p = stats.ttest_1samp(jump[moves], 0.0, axis=1).pvalue
    assert moves.sum() > 25  # enough is measured
    return [name for name, one in zip(np.array(COUNTED)[moves], p, strict=True) if one < ALARM / moves.sum()]


def test_no_daily_measure_jumps_on_day_0() -> None:
    assert jumps() == []


def test_what_begins_on_day_0_is_seen_as_a_jump() -> None:
    assert {"n_visitors", "n_readers", "n_messages", "n_host_messages"} <= {*jumps(["strategy=[fixed_time]"])}


@pytest.mark.parametrize("members", [40, 120])
def test_groups_are_as_large_as_asked(members: int) -> None:
    results = simulate(compose([*PETS, f"population.members={members}", "replicates=6", "days=1"]))
    starts = results.starts
    assert starts is not None
    assert len(starts) == 30
    assert starts.groupby("replicate")["n_members"].mean().to_numpy() == pytest.approx(members, rel=0.08)
    assert np.median(np.abs(starts["n_members"] / members - 1.0)) < 0.12
    after = results.daily.set_index(["replicate", "group"])
    joined = after["new_joined"] - after["new_left"] - after["new_removed"]
    assert (starts.set_index(["replicate", "group"])["n_members"] + joined == after["n_members"]).all()


def test_groups_write_as_much_as_asked_and_go_on_so() -> None:
    """Weeks of a community differ by a fifth and more; the past that came nearest is followed by a usual week."""
    scenario = compose([*PETS, "population.members=100", "population.messages_a_day=70", "replicates=6", "days=7"])
    results = simulate(scenario)
    assert results.starts is not None
    said = results.starts.groupby("replicate")["n_messages"].mean()
    assert said.to_numpy() == pytest.approx(70, rel=0.25)
    assert said.mean() == pytest.approx(70, rel=0.1)
    assert results.daily["n_messages"].mean() == pytest.approx(70, rel=0.25)
    assert (results.starts["reply"] != 1.0).all()  # of themselves they would write more, or less


ARMS = {
    "nothing": [],
    "group_cap": [strategy("group_cap", limit=10, queue=2, when_full="new_group")],
    "paid_entry": [strategy("paid_entry", price=30.0), strategy("advert_ban")],
    "checkin": [strategy("checkin"), strategy("cull"), strategy("red_packet")],
}


@cache
def stood(arm: str, same_members: bool = False) -> bytes:
    """Everything that the groups of an arm are on the eve of day 0."""
    engine = started(there(strategies=ARMS[arm], same_members=same_members))
    seats = engine.state.groups["seats"][0] + 1
    per, kept = int(engine.state.worlds["n_groups"][0]), int(engine.state.worlds["groups"][0])
    members = engine.state.members[:-1].reshape(engine.n, per, seats)[:, :kept]
    columns = ("person", "role", "trust", "belonging", "day_joined", "n_messages", "tie_strength", "appeal")
    people = [members[name].tobytes() for name in columns]
    groups = [engine.state.groups[name].reshape(engine.n, per)[:, :kept].tobytes() for name in COUNTED]
    return b"".join([*people, *groups])


@pytest.mark.parametrize("arm", [arm for arm in ARMS if arm != "nothing"])
@pytest.mark.parametrize("same_members", [False, True])
def test_every_arm_begins_with_the_same_groups(arm: str, same_members: bool) -> None:
    assert stood(arm, same_members) == stood("nothing")


def run(scenario: Scenario, lane: str, past: Past | None) -> Tables:
    """All tables, by a search of its own or from a given past."""
    _FOUND.clear()
    engine = Engine(scenario, lane, scenario.replicates, past=past)
    for _ in range(scenario.days):
        engine.step()
    return engine.recorder.tables()


@pytest.mark.parametrize("past", [None, Past(np.array([[9.0, 12, 20], [14, 14, 14]]), np.array([0.4, 1.3]))])
def test_both_lanes_give_the_same_bytes(past: Past | None) -> None:
    scenario = there(strategies=[strategy("red_packet"), strategy("group_cap", limit=20)])
    one, other = run(scenario, "compiled", past), run(scenario, "mesa", past)
    assert differing(one, other) == []
    assert len(one["starts"]) == 6
    assert len(one["messages"]) > 100


def test_a_replicate_is_the_same_alone_and_in_threads() -> None:
    scenario = there().replace(replicates=4)
    together = simulate(scenario)
    _FOUND.clear()
    assert simulate(scenario, workers=2).digest == together.digest
    _FOUND.clear()
    alone = simulate(scenario.replace(replicates=1), first=2)
    assert together.starts is not None
    assert alone.starts is not None
    for one, all_ in ((alone.starts, together.starts), (alone.daily, together.daily), (alone.spells, together.spells)):
        same = all_[all_["replicate"] == 2].reset_index(drop=True)
        assert one.equals(same)


def test_a_past_known_already_gives_the_same_bytes() -> None:
    first = play(there())
    assert _FOUND
    assert differing(play(there()), first) == []

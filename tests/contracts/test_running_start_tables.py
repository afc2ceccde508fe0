"""Tables of a running start: days, counts and ids begin on day 0, and analyses know that groups were there before."""

from __future__ import annotations

import numpy as np
import pytest

from scenarios import compose
from scenarios.__main__ import main
from scenarios.config.catalog import strategies as known
from scenarios.errors import ConfigError
from scenarios.reports.running_start import has_running_start, started
from scenarios.scenario import Scenario
from scenarios.timeline import Event
from sim import Community, simulate
from sim.analysis.retention import retention, stays
from sim.analysis.stages import stages
from sim.data.results import Results, concat
from sim.model.parameters import Population
from sim.model.past_search import Past
from sim.plots.run.measured import Measured
from sim.plots.run.retention import draw_retention
from sim.simulation import Engine
from tests.plays import lively, strategy

THERE = {"members": 14, "age": 28, "seats": 30}


@pytest.fixture(scope="module")
def ran() -> Results:
    return simulate(lively([strategy("red_packet")], population=THERE, days=40))


def test_days_and_messages_count_from_day_0(ran: Results) -> None:
    assert ran.messages is not None
    assert (ran.daily["day"].min(), ran.daily["day"].max()) == (0, 39)
    assert ran.messages["t"].min().date().isoformat() in ("2025-03-02", "2025-03-03")  # UTC
    groups = ran.messages.groupby(["replicate", "group"])
    assert all(list(ids) == list(range(len(ids))) for _, ids in groups["id"])
    answered = ran.messages["reply_to"].dropna()
    assert (answered.to_numpy() < ran.messages.loc[answered.index, "id"].to_numpy()).all()
    assert len(answered) > 30


def test_spells_count_from_day_0(ran: Results) -> None:
    spells, keys = ran.spells, ["replicate", "group"]
    before = spells["day_joined"] < 0
    assert before.sum() > 40
    assert spells["day_joined"].min() == -28
    said = spells.groupby(keys)["n_messages"].sum()
    written = ran.daily.groupby(keys)["n_messages"].sum()
    assert ran.messages is not None
    unsigned = ran.messages[ran.messages["author"] < 0].groupby(keys).size().reindex(written.index, fill_value=0)
    assert (said + unsigned == written).all()
    assert spells["n_purchases"].sum() == ran.daily["n_purchases"].sum() > 0
    for name in ("day_first_post", "day_trusting", "day_first_invitation"):
        assert spells[name].dropna().min() >= 0
    assert spells["n_active_days"].max() <= 40
    assert (spells.loc[before, "day_first_post"].isna() == (spells.loc[before, "n_messages"] == 0)).all()


def test_who_was_there_is_watched_from_day_0(ran: Results) -> None:
    before = (ran.spells["day_joined"] < 0).to_numpy()
    stayed, _ = stays(ran.spells, 40)
    assert stayed.max() == 39
    curves = retention(ran.spells, days=40)
    assert sorted(curves["cohort"].unique()) == [-28, 0, 28]
    assert curves.loc[curves["cohort"] == -28, "n"].iloc[0] == before.sum()


def test_groups_that_were_there_have_germinated(ran: Results) -> None:
    measured = Measured(ran)
    assert (measured.stage_shares["germination"] == 0).all()
    assert (lambda: stages(ran.daily))()["day_activity"].dropna().min() >= 7
    table = stages(ran.daily, running=measured.running)
    first = table[["day_growth", "day_activity", "day_decline", "day_dead"]].min(axis=1)
    assert (first <= 1).all()


def test_the_host_knows_the_past_of_the_groups() -> None:
    """A strategy for germinating groups is not played in groups that are four weeks old and have grown."""
    early = known()["red_packet"](while_stage="germination")
    engine = Engine(lively([early], population={**THERE, "age": 60}, days=3), "compiled", 2)
    assert (engine.view.day_born == -60).all()
    for _ in range(3):
        engine.step()
    assert (engine.view.stage != 0).any()
    fresh = Engine(lively([early], days=3), "compiled", 2)
    fresh.step()
    assert (fresh.view.stage == 0).all()


def test_a_timeline_does_not_undo_how_readily_people_answer() -> None:
    event = Event(day=2, set={"mind.reply": 0.2})
    scenario = lively(population=THERE, days=4, timeline=(event,), record="counts")
    factor = np.array([0.5, 1.5])
    engine = Engine(scenario, "compiled", 2, past=Past(np.full((2, 3), 14.0), factor))
    np.testing.assert_allclose(engine.state.worlds["reply"], scenario.mind.reply * factor)
    for _ in range(3):
        engine.step()
    np.testing.assert_allclose(engine.state.worlds["reply"], 0.2 * factor)


def test_a_mesa_model_begins_with_its_members() -> None:
    model = Community(lively(population={**THERE, "age": 21}, days=2), lane="mesa")
    assert model.day == 0
    assert len(model.agents) > 30
    model.step()
    assert model.tables["daily"]["day"].tolist() == [0, 0, 0]


def test_pages_and_pictures_say_so(ran: Results) -> None:
    plain = simulate(lively(name="plain", days=40))
    both = concat([ran, plain])
    assert both.starts is not None
    (said,) = started(concat([ran]), "en")
    assert "28 days" in said
    assert "asked: 14" in said
    assert "28" in started(ran, "zh")[0]
    assert started(plain, "en") == []
    draw_retention(ran).canvas.draw()
    assert has_running_start(["a=1", "population.members=200"])
    assert not has_running_start(["population.members=0", "population.seats=500"])


def test_seats_follow_where_none_are_given() -> None:
    def seats(*asked: str) -> int:
        return int(compose(["scenario=pet_owners", *asked]).population.seats)

    assert seats() == 200
    assert seats("population.members=200") == seats("population.members=333") == 500
    assert seats("population.members=400") == 2000
    assert seats("population.members=200", "population.seats=220") == 220
    assert seats("population.members=40", "population=small") == 50


@pytest.mark.parametrize(("asked", "said"), [
    (["population.members=600", "population.seats=500"], "population.members=600 do not fit into population.seats=500"),
    (["population.members=100", "population=small"], "give more seats"),
    (["population.members=3"], "at least 5"),
    (["population.members=-1"], "out of range"),
    (["population.members=2001"], "goes from 0 to 2000"),
    (["population.members=2.5"], "not a whole number"),
    (["population.members=100", "population.age=0"], "age=0 is out of range: it goes from 21"),
    (["population.age=30"], "say how many members they have"),
    (["population.messages_a_day=30"], "say how many members they have"),
])  # fmt: skip
def test_a_start_that_cannot_be_is_refused_with_the_cure(asked: list[str], said: str) -> None:
    with pytest.raises(ConfigError, match=said):
        compose(asked)


@pytest.mark.parametrize(("asked", "said"), [
    (["population.members=48", "population.seats=50", "mind.leave_shock=0.05"], "the nearest ends with"),
    (["population.members=30", "population.messages_a_day=9000"], "none of them near enough"),
])  # fmt: skip
def test_a_past_that_no_world_has_ends_in_a_message(
    asked: list[str], said: str, capsys: pytest.CaptureFixture[str], tmp_path: object
) -> None:
    few = ["scenario=deals", "population.groups=2", "replicates=1", "days=1", "population.age=60"]
    assert main(["run", *few, *asked, f"out={tmp_path}/run"]) == 2
    told = capsys.readouterr().err
    assert said in told
    assert "Traceback" not in told
    assert len(told.splitlines()) <= 3


def test_python_is_refused_what_does_not_fit() -> None:
    with pytest.raises(ConfigError, match="do not fit"):
        Scenario(population=Population(members=300))

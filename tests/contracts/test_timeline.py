"""A world's timeline: what happens on its days happens in every arm, and is part of what a run is."""

from __future__ import annotations

import re
from pathlib import Path

import numpy as np
import pytest

from scenarios import Scenario, compose
from scenarios.config.sections import SECTIONS
from scenarios.errors import ConfigError
from scenarios.experiments.cells import Cell
from scenarios.timeline import Event, changes_on, values_on
from sim.data.tables import CHANNELS
from sim.plots.run.lifecycle import draw_lifecycle
from sim.replication import simulate
from tests.plays import Tables, differing, lively, play, started, strategy

LANES = ("mesa", "compiled")
RATE = "scenario.search_rate"


def world(*events: Event, days: int = 20, **more: object) -> Scenario:
    return lively(days=days, **more).replace(timeline=events)  # type: ignore[arg-type]


def joined(tables: Tables, first: int, last: int) -> int:
    """People who came of themselves and sat down from one day to another."""
    spells = tables["spells"]
    day, is_search = spells["day_joined"], spells["channel"] == CHANNELS.index("search")
    return int((is_search & (day >= first) & (day <= last)).sum())


@pytest.mark.parametrize("lane", LANES)
def test_events_that_change_nothing_move_no_byte(lane: str) -> None:
    plain = lively(days=20)
    rate = plain.numbers[RATE]
    events = (Event(3, 9, shock={RATE: 1.0}), Event(5, set={RATE: rate}, say={"en": "x", "zh": "x"}))
    quiet = plain.replace(timeline=events)
    assert differing(play(plain, lane), play(quiet, lane)) == []


def test_a_shock_lasts_from_its_day_to_its_end() -> None:
    """Nobody comes of themselves from day 5 to 9; before, all is as without it."""
    plain = lively(days=20)
    shocked = plain.replace(timeline=(Event(5, 9, shock={RATE: 0.0}),))
    alone, with_it = play(plain), play(shocked)
    assert joined(alone, 0, 4) == joined(with_it, 0, 4) > 0
    assert joined(with_it, 5, 9) == 0 < joined(alone, 5, 9)
    assert joined(with_it, 10, 19) > 0


@pytest.mark.parametrize("lane", LANES)
def test_numbers_of_the_world_and_of_mechanisms_change(lane: str) -> None:
    engine = started(world(Event(2, 3, set={"talk.tie_gain": 0.5, "red_packet.joy": 0.0}),
                           Event(3, 3, shock={"talk.tie_gain": 0.5}), replicates=1).replace(
                               strategies=(strategy("red_packet"),)), lane)  # fmt: skip
    seen = []
    for _ in range(6):
        engine.step()
        with engine._opened():
            joy = engine.in_play.own["red_packet"].knobs["joy"]
            seen.append((float(engine.state.worlds["tie_gain"][0]), float(joy[0])))
    usual = seen[0]
    assert seen == [usual, usual, (0.5, 0.0), (0.25, 0.0), usual, usual]


def test_both_lanes_agree_and_arms_share_what_happens() -> None:
    fair = strategy("red_packet").replace({"from_day": 6, "until_day": 9}).called("fair")
    events = (Event(4, 12, shock={RATE: 3.0}), Event(6, 9, strategies=(fair,)))
    plain = world(*events)
    arm = plain.replace(strategies=(strategy("paid_entry"),))
    assert (plain.arm, arm.arm) == ("nothing", "paid_entry")
    tables = {lane: play(arm, lane) for lane in LANES}
    assert differing(tables["mesa"], tables["compiled"]) == []
    for one in (play(plain), tables["compiled"]):
        packets = one["mechanism.red_packet"]
        assert np.unique(packets["day"][packets["packet_cost"] > 0]).tolist() == [6, 7, 8, 9]


def test_numbers_that_put_a_mechanism_in_play_do_so_on_their_day() -> None:
    """Nobody buys adverts at first; from day 5 on the operator does."""
    plain = lively(days=12, operator={"advert_yuan_base": 0.0})
    later = Event(5, set={"operator.advert_yuan_base": 50.0})
    bought = play(plain.replace(timeline=(later,)))["mechanism.paid_adverts"]
    assert np.unique(bought["day"]).tolist() == list(range(5, 12))


def test_strategies_of_an_event_are_played_on_its_days_whoever_made_them() -> None:
    event = Event(10, 12, strategies=(strategy("red_packet").called("fair"),))
    assert event.strategies[0].window == {"from_day": 10, "until_day": 12}


def test_settings_come_before_shocks_and_later_ones_hold() -> None:
    events = [Event(1, 5, shock={"a": 2.0}), Event(2, set={"a": 5.0}), Event(3, 3, set={"a": 7.0})]
    assert [values_on(day, events, {"a": 1.0})["a"] for day in range(7)] == [1, 2, 10, 14, 10, 10, 5]
    assert [changes_on(day, events, {"a": 1.0}) for day in (0, 1, 5, 6)] == [{}, {"a": 2.0}, {}, {"a": 5.0}]


# --- config ---


def test_a_timeline_from_the_command_line_is_part_of_the_run() -> None:
    words = ["timeline=[{day:30,until:60,shock:{scenario.search_rate:0.5},say:holidays},"
             "{day:40,strategies:{fair:{use:red_packet,amount:20}},say:{en:Fair,zh:'集市'}}]"]  # fmt: skip
    scenario = compose(words)
    assert [event.day for event in scenario.timeline] == [30, 40]
    assert scenario.timeline[1].say == {"en": "Fair", "zh": "集市"}
    (fair,) = scenario.timeline[1].strategies
    assert (fair.name, fair.window, fair.amount) == ("fair", {"from_day": 40}, 20.0)  # type: ignore[attr-defined]
    assert scenario.arm == "nothing"
    said = scenario.as_dict()["timeline"]
    assert said[0] == {"day": 30, "until": 60, "shock": {RATE: 0.5}, "say": {"en": "holidays", "zh": "holidays"}}
    plain = compose([])
    assert "timeline" not in plain.as_dict()
    assert Cell("", "", "", scenario).config != Cell("", "", "", plain).config
    other_words = compose([words[0].replace("holidays", "summer")])
    assert Cell("", "", "", other_words).config == Cell("", "", "", scenario).config  # words move nothing


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("5", "is no list"),
        ("[5]", "event 1: 5 is no event"),
        ("[{day:3}]", "say on which day, and what happens"),
        ("[{say:x}]", "say on which day"),
        ("[{day:-3,say:x}]", "day=-3 is no day"),
        ("[{day:9,until:3,say:x}]", "until=3 comes before day=9"),
        ("[{day:3,sayy:x}]", "did you mean 'say'"),
        ("[{day:3,set:{scenario.serch_rate:1}}]", "did you mean 'scenario.search_rate'"),
        ("[{day:3,set:{population.seats:50}}]", "population.seats is read once, when a community is founded"),
        ("[{day:3,set:{scenario.search_rate:1000}}]", "scenario.search_rate=1000 is out of range"),
        ("[{day:3,shock:{scenario.search_rate:10000}}]", "on day 3; it goes from 0 to 200"),
        ("[{day:3,shock:{scenario.search_rate:-1}}]", "a shock is a factor"),
        ("[{day:3,set:{seed:5}}]", "there is no number of the world 'seed'"),
        ("[{day:3,strategies:{a:{use:red_pocket}}}]", "there is no such strategy"),
        ("[{day:3,strategies:{a:{amount:1}}}]", "each says what it uses"),
        ("[{day:3,strategies:{a:{use:red_packet,from_day:5}}}]", "the event has its days"),
        ("[{day:3,say:{fr:bonjour}}]", "no language"),
        ("[{day:3,until:5}]", "say on which day, and what happens"),
        ("[{day:3,set:{roles.moderators:5}}]", "roles.moderators is read once"),
        ("[{day:3,strategies:{true:{use:red_packet}}}]", "is no name"),
    ],
)
def test_mistakes_get_one_message(text: str, said: str) -> None:
    with pytest.raises(ConfigError) as caught:
        compose([f"timeline={text}"])
    assert said in str(caught.value)
    assert "\n" not in str(caught.value)


def test_what_the_world_plays_must_go_together_with_the_arm() -> None:
    words = ["timeline=[{day:30,until:60,strategies:{fair:{use:fixed_time}}}]", "strategy=[irregular_time]"]
    with pytest.raises(ConfigError, match="fair and irregular_time both want to set content_hour on days 30 to 60"):
        compose(words)


def test_knobs_that_can_change_are_read_after_founding_and_the_others_only_there() -> None:
    """By name in the text of the rules: whatever only founding reads must be declared so."""
    root = Path(__file__).resolve().parents[2]
    founding = ("initialization.py", "entities.py", "simulation.py", "population.py", "composition.py", "topic.py")
    files = [path for room in ("sim", "agents") for path in (root / room).rglob("*.py")]
    later = "\n".join(path.read_text("utf-8") for path in files if path.name not in founding)
    knobs = {name: knob for section in SECTIONS.values() for name, knob in section.knobs().items()}
    never = {name for name, knob in knobs.items() if not re.search(rf"world\.{name}\b", later) and not knob.is_founding}
    assert never == {"weekend", "season", "season_peak"}  # the engine turns the calendar by them every morning


@pytest.mark.parametrize("lang", ["en", "zh"])
def test_events_are_marked_in_the_lifecycle_picture(lang: str) -> None:
    holidays = Event(5, 9, shock={RATE: 0.5}, say={"en": "Holidays", "zh": "假期"})
    results = simulate(world(holidays, Event(12, set={RATE: 1.0})))
    texts = [text.get_text().strip() for axes in draw_lifecycle(results, lang).axes for text in axes.texts]
    assert {"en": "Holidays", "zh": "假期"}[lang] in texts
    assert f"{RATE} = 1" in texts

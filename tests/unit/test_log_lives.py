"""K19 to K26, the lives of rooms, on small hand-made logs whose answers are worked out beside them."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from sim.analysis.facts import lives as facts
from sim.analysis.logs.talk import DAY, HOUR, MINUTE, talk_of
from sim.analysis.statistics.bootstrap import Boot
from tests.by_hand import Message, boot, log, rooms, talk, value


def spread(room: int, said: dict[int, int], start: float = 12 * HOUR) -> list[Message]:
    """``said`` messages on each day, a minute apart from noon on, of two people in turn."""
    return [(room, day * DAY + start + MINUTE * k, k % 2) for day, n in said.items() for k in range(n)]


LONG = {0: 60, 1: 10, 2: 20, 40: 10}  # 100 messages on 4 of 41 days; 38 days of silence before the last


def test_days_of_one_long_room() -> None:
    one = talk(spread(0, LONG))
    assert value(facts.k19, one, "biggest_share") == pytest.approx(60 / 100)
    assert value(facts.k20, one, "biggest_over_median") == pytest.approx(60 / 15)  # median of 10, 10, 20, 60
    assert value(facts.k21, one, "days_with_talk") == pytest.approx(4 / 41)
    assert value(facts.k22, one, "wakes_again") == 1


def test_only_rooms_with_a_hundred_messages_over_thirty_days_are_long() -> None:
    few = spread(1, {**LONG, 0: 59})  # 99 messages
    short = spread(2, {0: 60, 29: 60})  # 29 days from first to last
    just: list[Message] = [*spread(3, {0: 99}), (3, 30 * DAY + 12 * HOUR, 1)]  # exactly 30 days between
    one = talk([*spread(0, LONG), *few, *short, *just])
    assert facts.k19(one, boot(one))["biggest_share"].n == 2
    assert value(facts.k19, one, "biggest_share") == pytest.approx((0.6 + 0.99) / 2)


def test_a_silence_of_twenty_eight_days_is_none_and_the_last_one_does_not_count() -> None:
    noon = 12 * HOUR
    exactly: list[Message] = [(0, noon + 27 * DAY * k, 1) for k in range(2)]
    exactly += [(0, noon + 27 * DAY + 28 * DAY, 1), *[(0, noon + 56 * DAY + MINUTE * k, 2) for k in range(100)]]
    one = talk(exactly)  # then 244 days of silence to the end
    assert value(facts.k22, one, "wakes_again") == 0
    longer = [(room, t + (MINUTE if t > 50 * DAY else 0), author) for room, t, author, *_ in exactly]
    assert value(facts.k22, talk(longer), "wakes_again") == 1


def test_weekdays_begin_on_monday_in_the_zone_of_the_log() -> None:
    """Four a working day and two a weekend day over many weeks: mean 24/7, sd by hand, weekend half a working day."""
    said = {day: 4 if day % 7 < 5 else 2 for day in range(7 * 13)}
    one = talk(spread(0, said))
    week = np.array([4, 4, 4, 4, 4, 2, 2])
    found = facts.k23(one, boot(one))
    sd = np.sqrt((week**2).mean() - week.mean() ** 2)
    assert found["weekday_unevenness"].value == pytest.approx(sd / week.mean())
    assert found["weekend_over_weekday"].value == pytest.approx(1 / 2)
    late = talk_of(log(spread(0, said, start=20 * HOUR)), rooms({0: 0.0}, 300 * DAY), zone="Asia/Shanghai")
    assert value(facts.k23, late, "weekend_over_weekday") == pytest.approx(((2 + 4) / 2) / ((4 * 4 + 2) / 5))
    few = talk(spread(0, {day: 3 for day in range(100)}))  # 300 messages are not more than 300
    assert facts.k23(few, boot(few))["weekday_unevenness"].n == 0


def test_largest_hundredth_of_the_conversations() -> None:
    """150 conversations, of 40, 20 and 148 of one line: the largest 1.5 hold 40 + 10 of 208 lines."""
    messages = [*spread(0, {0: 40}), *spread(1, {0: 20}), *[(2, DAY * k, 1) for k in range(148)]]
    one = talk(messages)
    assert value(facts.k24, one, "largest_share") == pytest.approx((40 + 0.5 * 20) / 208)
    assert value(facts.k24, one, "longest") == 40
    assert value(facts.k24, talk([(0, 0.0, 1), (0, 30 * MINUTE, 2)]), "longest") == 1  # 30 minutes end it
    assert value(facts.k24, talk([(0, 0.0, 1), (0, 30 * MINUTE - 1, 2)]), "longest") == 2


def test_draws_of_the_largest_hundredth_are_those_of_counted_copies() -> None:
    size, unit = np.array([9, 5, 3, 2, 2, 1]), np.array([0, 1, 0, 2, 1, 2])
    weighing = Boot(3, 20)
    _, draws = facts._largest(size, unit, weighing, part=0.25)
    for weight, drawn in zip(weighing.weights, draws, strict=True):
        copies = np.sort(np.repeat(size, weight[unit].astype(int)))[::-1]
        whole, rest = divmod(0.25 * len(copies), 1)
        top = copies[: int(whole)].sum() + rest * copies[int(whole)]
        assert drawn == pytest.approx(top / copies.sum())


def test_messages_a_day_of_observation_count_silent_rooms() -> None:
    born = {k: 0.0 for k in range(10)} | {9: 200 * DAY}  # watched for 300 days, the last for 100
    one = talk([*spread(0, {0: 30}), *spread(9, {210: 50})], born=born)
    assert value(facts.k25, one, "a_day_decile") == pytest.approx(0.1 + 0.1 * (0.5 - 0.1))  # 0.9 · 9 = 8.1 of 0 … 9
    assert facts.k25(one, boot(one))["a_day_decile"].n == 10


def test_last_words_by_kaplan_and_meier() -> None:
    """Six rooms: last words on days 10, 30, 50, 100, 299 (end 300: censored) and 295 of one born on day 280 (censored
    after 15 days). S(30) = 5/6 · 3/4; S(90) = that · 2/3; S(180) = that · 1/2."""
    spans = {0: (0, 10), 1: (0, 30), 2: (0, 50), 3: (0, 100), 4: (0, 299), 5: (280, 295)}
    one = talk([(room, day * DAY, 1) for room, days in spans.items() for day in days])
    found = facts.k26(one, boot(one))
    assert found["after_30"].value == pytest.approx(5 / 6 * 3 / 4)
    assert found["after_90"].value == pytest.approx(5 / 6 * 3 / 4 * 2 / 3)
    assert found["after_180"].value == pytest.approx(5 / 6 * 3 / 4 * 2 / 3 * 1 / 2)
    assert found["after_30"].n == 6


def test_survival_is_that_of_lifelines_in_every_draw() -> None:
    lifelines = pytest.importorskip("lifelines")
    rng = np.random.default_rng(2)
    days, over = np.ceil(rng.exponential(100, 60)), rng.random(60) < 0.7
    weighing = Boot(60, 5)
    curve = facts._survival(days, over, np.arange(60), weighing)
    for weight, row in zip([np.ones(60), *weighing.weights], curve, strict=True):
        some = weight > 0
        known = lifelines.KaplanMeierFitter().fit(days[some], over[some], weights=weight[some])
        assert row == pytest.approx(known.predict(list(facts.HORIZONS)).to_numpy())


def test_rooms_without_a_word_and_an_empty_log_give_no_number_and_no_error() -> None:
    one = talk([(0, 0.0, 1, None, "bot")])
    for k in range(19, 27):
        for name, found in getattr(facts, f"k{k}")(one, boot(one)).items():
            assert np.isnan(found.value) or name == "a_day_decile"
    assert value(facts.k25, one, "a_day_decile") == 0


def test_lives_are_the_same_for_rows_in_any_order() -> None:
    frame = pd.concat([log(spread(room, LONG)) for room in (3, 1)])
    one, other = talk_of(frame), talk_of(frame.iloc[::-1].reset_index(drop=True))
    pd.testing.assert_frame_equal(facts.lives(one), facts.lives(other))

"""A log as daily and membership tables, and what lifecycle and lifetimes make of it."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from sim.analysis.lifetimes import groups_table, survival
from sim.analysis.logs.days import log_daily, log_spells
from sim.analysis.logs.reading import read_messages, read_rooms
from sim.analysis.logs.summary import summarise
from sim.analysis.logs.talk import DAY
from sim.data.tables import DAILY, SPELLS
from tests.by_hand import log, rooms

DATA = Path(__file__).parents[1] / "data"


def extract() -> tuple[pd.DataFrame, pd.DataFrame]:
    messages = read_messages(DATA / "rooms_extract.parquet")
    return messages, read_rooms(DATA / "rooms_extract_rooms.csv", messages)


def test_lives_of_hand_made_rooms() -> None:
    messages = log(
        [(0, 0.0, 1), (0, 10 * DAY, 2), (1, 5 * DAY, 1), (1, 95 * DAY, 1), (2, 1 * DAY, 1), (2, 50 * DAY, 1)]
    )
    known = rooms({0: 0, 1: 2 * DAY, 2: 0, 3: 4 * DAY}, 100 * DAY)
    lives = groups_table(log_daily(messages, known)).set_index("group")
    assert lives["day_born"].tolist() == [0, 2, 0, 4]
    assert lives["day_died"].astype("Float64").fillna(-1).tolist() == [10, -1, 50, 4]  # nobody ever spoke in room 3
    assert lives.loc[1, "censored"]
    assert lives["lifetime"].tolist() == [10, 69, 50, 0]
    assert lives.loc[2, "day_first_silent"] == 1


def test_rooms_watched_until_different_dates_are_not_dissolved() -> None:
    messages = log([(0, 0.0, 1), (0, 9 * DAY, 1), (1, 0.0, 1), (1, 60 * DAY, 1)])
    known = rooms({0: 0, 1: 0}, 10 * DAY)
    known.loc[1, "observed_until"] += pd.to_timedelta(60, unit="D")
    lives = groups_table(log_daily(messages, known))
    assert lives["cause"].isna().all()  # both spoke within 28 days of their ends
    curve = next(iter(survival(groups_table(log_daily(messages, known), 56)).values()))
    assert curve.n_dissolved == 0


def test_tables_have_the_columns_of_a_run_and_add_up() -> None:
    messages, known = extract()
    daily, spells = log_daily(messages, known), log_spells(messages, known)
    assert list(daily.columns) == ["arm", "world", *(DAILY.names or ())]
    assert list(spells.columns) == ["arm", "world", *(SPELLS.names or ())]
    assert daily["group"].nunique() == 22  # silent rooms among them
    assert (daily["n_members"] >= daily["n_posters"]).all()
    assert (daily["n_posters"] <= daily["n_messages"]).all()
    assert (daily["n_answered"] <= daily["n_openers"]).all()
    flow = daily.groupby("replicate")[["new_joined", "new_left"]].sum()
    last = daily.groupby("replicate")["n_members"].last()
    assert ((flow["new_joined"] - flow["new_left"]) == last).all()
    by_room = spells.groupby("replicate")["n_messages"].sum()
    days = daily.groupby("replicate")["n_member_messages"].sum().loc[by_room.index]
    assert (days <= by_room).all()  # messages before a room's creation belong to no day
    assert days.sum() > 0.95 * by_room.sum()


def test_days_are_those_of_the_zone() -> None:
    messages = log([(0, 23.5 * 3600, 1), (0, 24.5 * 3600, 1)])
    assert len(log_daily(messages, zone="UTC")) == 2
    assert len(log_daily(messages, zone="Europe/Paris")) == 1


def test_adverts_and_topics_are_counted_apart() -> None:
    messages = log([(0, 0.0, 1), (0, 60.0, 2, None, "advert"), (0, 120.0, 1), (0, DAY, 1)])
    messages["on_topic"] = pd.array([True, True, False, None], dtype="boolean")
    first = log_daily(messages).iloc[0]
    assert (first["n_messages"], first["n_member_messages"], first["n_ads"], first["n_on_topic"]) == (3, 2, 1, 1)


def test_summary_of_the_extract() -> None:
    messages, known = extract()
    one = summarise(messages, known, "extract")
    numbers = one.numbers.set_index("measure")["value"]
    assert numbers["rooms"] == 22
    assert numbers["rooms_spoken"] == 18
    assert 0 < numbers["median_life_28"] < 500
    shares = one.stages.drop(columns="week").sum(axis=1)
    np.testing.assert_allclose(shares, 1)
    assert one.age["mean"].between(one.age["low"], one.age["high"]).all()
    facts = one.facts.set_index(["id", "statistic"])
    assert facts.loc[("K13", "within_hour"), "value"] == pytest.approx(0.77, abs=0.15)
    inner = facts["value"].between(facts["low"], facts["high"]) | facts["low"].isna()
    assert inner.mean() > 0.9

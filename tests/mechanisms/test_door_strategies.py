"""What strategies at the door are for, seen in a run; schedules of prices, to the seat."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from scenarios import ConfigError
from scenarios.config.contradictions import check_contradictions
from scenarios.strategies.base import Strategy
from sim.data.tables import CHANNELS
from sim.mechanisms.door import Door
from tests.plays import STEADY, Tables, lively, play, rows_of, started, strategy

FOUNDER = CHANNELS.index("founder")
BUSY: dict[str, Any] = {"purpose": {"search_rate": 4.0}, "operator": {"hours": 20.0}}


def town(*plan: Strategy, **changes: Any) -> Tables:
    """Ten communities of three groups to whose doors many come, with hosts who have time."""
    return play(lively(plan, replicates=10, **(BUSY | changes)))


def steady(**mind: float) -> dict[str, Any]:
    """The same with people who come and ask friends steadily."""
    purpose = {**STEADY["purpose"], **BUSY.get("purpose", {})}
    return {**STEADY, "purpose": purpose, "mind": {**STEADY["mind"], **mind}}


def entered(tables: Tables) -> np.ndarray:
    """Memberships that began at the door."""
    return tables["spells"][tables["spells"]["channel"] != FOUNDER]


def by_group(tables: Tables) -> dict[tuple[int, int], np.ndarray]:
    """Entries of each group in the order of days."""
    spells = np.sort(entered(tables), order="day_joined")
    keys = {(int(one["replicate"]), int(one["group"])) for one in spells}
    return {key: spells[(spells["replicate"] == key[0]) & (spells["group"] == key[1])] for key in keys}


def sold_before(spells: np.ndarray) -> np.ndarray:
    """How many seats of the group had been sold by the morning of each entry."""
    return np.searchsorted(spells["day_joined"], spells["day_joined"])


def test_the_price_of_a_day_is_that_of_the_seats_sold_by_the_morning() -> None:
    groups = by_group(town(strategy("rising_price", start=1.0, step=0.5, every_seats=3, most=2.2)))
    for spells in groups.values():
        price = np.minimum(2.2, 1.0 + 0.5 * (sold_before(spells) // 3))
        assert spells["entry_paid"] == pytest.approx(price, abs=1e-5)
    assert max(len(spells) for spells in groups.values()) > 9


def test_a_price_rises_with_the_date_from_the_first_day_on_which_it_is_asked() -> None:
    plan = strategy("rising_price", start=1.0, step=0.25, every_seats=0, every_days=4, from_day=2)
    spells = entered(town(plan))
    day = spells["day_joined"].astype(int)
    assert spells["entry_paid"] == pytest.approx(np.where(day < 2, 0.0, 1.0 + 0.25 * ((day - 2) // 4)), abs=1e-5)
    assert len(np.unique(spells["entry_paid"])) == 6


@pytest.mark.parametrize(("values", "word"), [({"every_seats": 0}, "never rises"), ({"start": 300.0}, "above most")])
def test_a_price_that_cannot_rise_is_refused(values: dict[str, Any], word: str) -> None:
    with pytest.raises(ConfigError, match=f"rising_price: .*{word}"):
        check_contradictions((strategy("rising_price", **values),), 100)


def test_entry_is_free_until_a_group_has_been_large_enough_and_never_again() -> None:
    tables = town(strategy("free_then_paid", until=15, price=0.5), **steady(leave=1.0))
    most: dict[tuple[int, int], int] = {}
    paid = {(int(s["replicate"]), int(s["group"]), int(s["day_joined"])): float(s["entry_paid"])
            for s in entered(tables)}  # fmt: skip
    shrunk = 0
    for row in np.sort(tables["daily"], order=["day"]):
        key = (int(row["replicate"]), int(row["group"]))
        price = paid.get((*key, int(row["day"])))
        assert price is None or price == (0.5 if most.get(key, 0) >= 15 else 0.0)
        shrunk += price == 0.5 and row["n_members"] < 12
        most[key] = max(most.get(key, 0), int(row["n_members"] + row["new_left"] + row["new_removed"]))
    assert 5 < sum(price > 0.0 for price in paid.values()) < len(paid)
    assert shrunk > 0


@pytest.mark.parametrize(("one", "other"), [("paid_entry", "free_then_paid"), ("paid_entry", "rising_price"),
                                            ("free_then_paid", "rising_price")])  # fmt: skip
def test_two_schedules_of_prices_are_refused_by_name(one: str, other: str) -> None:
    first, second = sorted((one, other))
    with pytest.raises(ConfigError, match=f"{first} and {second} both want to set entry_price"):
        check_contradictions((strategy(one), strategy(other)), 100)


def test_an_announced_rise_brings_people_sooner() -> None:
    """The same prices, with and without the pull that is assumed."""
    plan = strategy("rising_price", start=1.0, step=5.0, promise=0.0)
    scenario = lively([plan], replicates=10, population={"seats": 100}, **BUSY)
    hurried, calm = (play(scenario.replace(tuned=(Door(enter_rise=weight),))) for weight in (2.0, 0.0))
    assert len(entered(hurried)) > len(entered(calm)) + 10


def mean_match(*plan: Strategy) -> float:
    """How well the topic fits those who have come in at the door, without advertisers."""
    engine = started(lively(plan, replicates=10, cast={"advertisers": 0.0, "kols": 0.0}, **BUSY))
    for _ in range(20):
        engine.step()
    rows = rows_of(engine)
    return float(rows["match"][(rows["channel"] != FOUNDER) & (rows["is_staff"] == 0)].mean())


def test_screening_lets_in_whom_the_topic_fits() -> None:
    free, screened = mean_match(), mean_match(strategy("screening", bar=0.7, effort=0.0, clarity=0.0))
    assert screened > free + 0.05
    assert mean_match(strategy("screening", bar=0.0, effort=0.0, clarity=2.0)) > free + 0.01


def test_screening_keeps_advertisers_out_and_costs_minutes() -> None:
    roles = [role.__name__ for role in lively().roles]
    free, screened = town(), town(strategy("screening", effort=0.0))
    came = [(entered(tables)["role"] == roles.index("Advertiser")).sum() for tables in (free, screened)]
    assert came[1] < 0.9 * came[0]
    ledger = screened["ledger"]
    assert ledger["host_minutes"][ledger["strategy"] == 0].sum() > 0
    assert screened["mechanism.door"]["minutes_screening"].sum() == pytest.approx(
        ledger["host_minutes"][ledger["strategy"] == 0].sum()
    )


def test_where_nobody_has_time_for_applications_nobody_comes_in() -> None:
    plan = strategy("screening", bar=0.1)
    tables = town(plan, operator={"hours": 0.0}, cast={"moderators": 0.0, "connectors": 0.0})
    assert len(entered(tables)) == 0
    assert tables["mechanism.door"]["n_unseen"].sum() > 10


def test_a_lead_magnet_brings_people_and_the_operator_pays_for_each() -> None:
    free, lured = (town(*plan, population={"seats": 120}, **steady())
                    for plan in ([], [strategy("lead_magnet", value=100.0, cost_share=0.25)]))  # fmt: skip
    assert len(entered(lured)) > len(entered(free))
    assert lured["mechanism.door"]["fen_magnets"].sum() == pytest.approx(25.0 * len(entered(lured)))
    assert lured["ledger"]["CNY"][lured["ledger"]["strategy"] == 0].sum() > 0.0


def test_without_money_there_is_no_magnet() -> None:
    free, broke = (town(*plan, operator={"purse": 10.0, "hours": 0.0}, purpose={"item_price": 0.0, "search_rate": 4.0},
                        cast={"kols": 0.0}) for plan in ([], [strategy("lead_magnet", value=100.0)]))  # fmt: skip
    assert broke["daily"].tobytes() == free["daily"].tobytes()


def test_only_those_who_want_in_are_looked_at() -> None:
    """Where next to nobody wants in there is next to nothing to look at, though as many come to the door."""
    seen = [town(strategy("screening"), mind={"enter": enter}, cast={"advertisers": 0.0})["mechanism.door"]
            for enter in (-10.0, 10.0)]  # fmt: skip
    few, many = (float(own["minutes_screening"].sum()) for own in seen)
    assert few < 0.05 * many


def test_trouble_keeps_people_away() -> None:
    free, dear = (town(strategy("screening", bar=0.0, clarity=0.0, effort=effort)) for effort in (0.0, 100.0))
    assert len(entered(dear)) < len(entered(free))


def test_what_is_promised_sells_seats_at_a_rising_price() -> None:
    silent, praised = (town(strategy("rising_price", start=50.0, promise=y)) for y in (0.0, 2_000.0))
    assert len(entered(praised)) > len(entered(silent)) + 10


def test_the_price_to_come_is_announced_before_it_is_asked() -> None:
    """Up to the day on which entry begins to cost, all that differs is who knows that it will."""
    plan = {"until": 24, "price": 50.0}
    scenario = [lively([strategy("free_then_paid", **plan, warn_at=at)], replicates=10, days=3, **BUSY)
                for at in (1.0, 0.0)]  # fmt: skip
    late, early = (int((play(one.replace(tuned=(Door(enter_rise=1.0),)))["spells"]["channel"] != FOUNDER).sum())
                   for one in scenario)  # fmt: skip
    assert early > late + 10


def test_seats_sold_are_counted_from_day_0_of_a_running_start() -> None:
    there = {"population": {"members": 14, "age": 21, "seats": 30}, "purpose": {"search_rate": 1.5}}
    spells = entered(town(strategy("rising_price", start=1.0, step=1.0, every_seats=1, promise=0.0), **there))
    first = [group["entry_paid"][0] for group in by_group({"spells": spells[spells["day_joined"] >= 0]}).values()]
    assert set(first) == {1.0}

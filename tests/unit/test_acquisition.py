"""M19, H22: what newcomers cost, counted by hand."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from sim.analysis.acquisition import Acquired, acquisition
from sim.analysis.funnel import BY_DOOR
from sim.analysis.memberships import Memberships
from sim.analysis.panel import Panel
from sim.data.tables import CHANNELS, REASONS
from sim.mechanisms import mechanisms
from tests.fakes import daily_of, spells_of

FOUNDER, SEARCH, INVITED, PAID, MOVED = (
    CHANNELS.index(name) for name in ("founder", "search", "invited", "paid_ad", "transferred")
)
DAYS = 40  # so newcomers up to day 11 can be seen for four weeks


def panel(**columns: object) -> Panel:
    """One community of one group of ten members."""
    return Panel.of(daily_of(np.ones((1, 1, DAYS), int), **{k: np.array(v)[None, None] for k, v in columns.items()}))


def spent(one: Panel, column: str, *paid: tuple[int, float]) -> pd.DataFrame:
    """A mechanism's table: on which day how much."""
    where = one.communities.iloc[[0] * len(paid)].reset_index(drop=True)
    return where.assign(group=0, day=[day for day, _ in paid], **{column: [float(cny) for _, cny in paid]})


def newcomers() -> pd.DataFrame:
    """By advert: kept, gone after 28 days, come too late to tell; by search: kept; a founder; one of before."""
    return spells_of(
        channel=np.array([PAID, PAID, PAID, SEARCH, FOUNDER, INVITED]),
        day_joined=np.array([0, 5, 12, 11, 0, -4]), day_left=np.array([29, 33, -1, -1, -1, -1]),
        n_purchases=np.array([1, 0, 3, 0, 2, 1]),
    )  # fmt: skip


def test_money_is_set_against_those_who_stay_and_those_who_buy() -> None:
    one = panel(cost=np.full(DAYS, 2.0), host_minutes=np.full(DAYS, 30.0), n_customers=np.full(DAYS, 4),
                n_purchases=np.r_[7, np.zeros(DAYS - 1)])  # fmt: skip
    paid = {"paid_adverts": spent(one, "advert_cost", (0, 6.0), (11, 4.0), (12, 5.0)),
            "door": spent(one, "fen_magnets", (3, 3.0))}  # fmt: skip
    found = Acquired(one, Memberships(newcomers(), one), paid, DAYS)
    numbers = found.outcomes(np.array([40.0]))
    assert numbers["cost_per_kept"] == pytest.approx([13 / 2])  # day 12's money brought nobody who can be counted
    assert numbers["cost_per_buyer"] == pytest.approx([18 / 2])
    running = 2 * DAYS + 40 * DAYS / 2 - 18
    first, again = 4, 7 - 4  # four members have bought, founder and the one of before among them
    by_hand = ((18 + running * 0.6) / first) / (running * 0.4 / again)
    assert numbers["new_to_repeat"] == pytest.approx([by_hand])


def test_by_channel_common_money_goes_by_heads() -> None:
    one = panel()
    paid = {"paid_adverts": spent(one, "advert_cost", (0, 6.0), (12, 5.0)), "door": spent(one, "fen_magnets", (3, 8.0))}
    table = acquisition(Acquired(one, Memberships(newcomers(), one), paid, DAYS), one.communities, np.array([40.0]))
    mean = table.set_index(["channel", "measure"])["mean"]
    assert [mean[channel, "came"] for channel in BY_DOOR] == [1, 0, 3, 0]
    assert [mean[channel, "kept"] for channel in BY_DOOR] == [1, 0, 1, 0]
    assert (mean["paid_ad", "bought"], mean["paid_ad", "bought_again"]) == (2, 1)
    assert mean["paid_ad", "spent"] == pytest.approx(11 + 8 * 3 / 4)
    assert mean["search", "spent"] == pytest.approx(8 * 1 / 4)
    assert mean["paid_ad", "per_kept"] == pytest.approx(6 + 8 * 2 / 3)  # of the early ones two came by advert
    assert mean["paid_ad", "per_buyer"] == pytest.approx(17 / 2)
    assert np.isnan(mean["partner", "per_kept"])
    assert np.isnan(mean["search", "per_buyer"])


def test_hours_to_bring_people_in_are_told_apart_and_together_at_the_wage() -> None:
    """Applications go by heads, calls to those who were asked; minutes of day 12 brought nobody who can be kept."""
    one = panel(cost=np.full(DAYS, 2.0), host_minutes=np.full(DAYS, 30.0), n_customers=np.full(DAYS, 4),
                n_purchases=np.r_[7, np.zeros(DAYS - 1)])  # fmt: skip
    paid = {"paid_adverts": spent(one, "advert_cost", (0, 6.0)), "bounty": spent(one, "minutes_calls", (2, 30.0)),
            "door": spent(one, "minutes_screening", (3, 120.0), (12, 60.0)),
            "tasks": spent(one, "minutes_tasks", (1, 600.0))}  # fmt: skip
    found = Acquired(one, Memberships(newcomers(), one), paid, DAYS)
    numbers = found.outcomes(np.array([40.0]))
    assert (numbers["cost_per_kept"], numbers["cost_per_buyer"]) == ([6 / 2], [6 / 2])
    assert numbers["cost_per_kept_with_hours"] == pytest.approx([(6 + 40 * 2.5) / 2])
    assert numbers["cost_per_buyer_with_hours"] == pytest.approx([(6 + 40 * 3.5) / 2])
    running = 2 * DAYS + 40 * DAYS / 2 - 146
    assert numbers["new_to_repeat"] == pytest.approx([((146 + running * 0.6) / 4) / (running * 0.4 / 3)])
    mean = acquisition(found, one.communities, np.array([40.0])).set_index(["channel", "measure"])["mean"]
    assert [mean[channel, "hours"] for channel in BY_DOOR] == pytest.approx([3 / 4, 0.5, 3 * 3 / 4, 0.0])
    assert mean["paid_ad", "per_kept_with_hours"] == pytest.approx(6 + 40 * 2 * 2 / 3)  # two of the three early ones
    assert mean["paid_ad", "per_buyer_with_hours"] == pytest.approx((6 + 40 * 3 * 3 / 4) / 2)
    assert np.isnan(found.outcomes(np.array([np.nan]))["cost_per_kept_with_hours"]).all()


def test_knocks_by_channel_are_undefined_where_they_were_not_noted() -> None:
    one = panel()
    people = Memberships(newcomers(), one)
    assert np.isnan(Acquired(one, people, {}, DAYS).knocked).all()
    noted = spent(one, "n_knocks_search", (0, 4.0), (1, 1.0))
    noted = noted.assign(n_knocks_invited=0, n_knocks_paid_ad=[12, 0], n_knocks_partner=[0, 2])
    found = Acquired(one, people, {"knocks": noted}, DAYS)
    assert found.knocked.tolist() == [[5, 0, 12, 2]]
    mean = acquisition(found, one.communities, np.array([40.0])).set_index(["channel", "measure"])["mean"]
    willing = [mean[channel, "willing"] for channel in BY_DOOR]
    assert willing[0::2] == pytest.approx([1 / 5, 3 / 12])
    assert (np.isnan(willing[1]), willing[3]) == (True, 0.0)


def test_who_is_moved_is_kept_and_what_they_buy_there_is_theirs() -> None:
    """By advert: moved after ten days and still in; moved, and gone 20 days after coming; moved to nowhere."""
    moved, left = REASONS.index("transferred"), REASONS.index("left")
    spells = spells_of(
        person=np.array([1, 1, 2, 2, 3]), channel=np.array([PAID, MOVED, PAID, MOVED, PAID]),
        day_joined=np.array([0, 11, 0, 11, 0]), day_left=np.array([10, -1, 10, 20, 10]),
        reason=np.array([moved, 0, moved, left, moved]), n_purchases=np.array([1, 1, 0, 1, 0]),
    )  # fmt: skip
    one = panel(cost=np.full(DAYS, 2.0), n_customers=np.full(DAYS, 5), n_purchases=np.r_[3, np.zeros(DAYS - 1)])
    paid = {"paid_adverts": spent(one, "advert_cost", (0, 6.0))}
    found = Acquired(one, Memberships(spells, one), paid, DAYS)
    assert [found.came.sum(), found.kept.sum(), found.bought.sum(), found.bought_again.sum()] == [3, 1, 2, 1]
    numbers = found.outcomes(np.array([0.0]))
    assert (numbers["cost_per_kept"], numbers["cost_per_buyer"]) == (6.0, 3.0)
    running = 2 * DAYS - 6
    assert numbers["new_to_repeat"] == pytest.approx([((6 + running / 2) / 2) / (running / 2 / 1)])


def test_nobody_kept_or_bought_is_undefined_and_nothing_spent_is_nothing() -> None:
    one = panel()
    people = Memberships(newcomers(), one)
    assert Acquired(one, people, {}, DAYS).outcomes(np.array([40.0]))["cost_per_kept"] == [0.0]
    nobody = Memberships(newcomers().iloc[4:5], one)
    numbers = Acquired(one, nobody, {}, DAYS).outcomes(np.array([40.0]))
    assert all(np.isnan(numbers[name]).all() for name in ("cost_per_kept", "cost_per_buyer"))
    assert np.isnan(Acquired(one, people, {}, DAYS).outcomes(np.array([np.nan]))["new_to_repeat"]).all()


def test_what_brings_people_in_is_declared_with_a_channel_there_is() -> None:
    said = {name: column.brings for one in mechanisms().values() if one.__module__.startswith("sim.mechanisms.")
            for name, column in one.columns("group", "daily").items() if column.brings}  # fmt: skip
    assert said == {"advert_cost": "paid_ad", "partner_cost": "partner", "fen_commission": "invited",
                    "fen_rewards": "invited", "gift_cost": "invited", "fen_magnets": "door",
                    "minutes_calls": "invited", "minutes_screening": "door"}  # fmt: skip
    assert set(said.values()) <= {*BY_DOOR, "door"}
    for one in mechanisms().values():
        bringing = [column for column in one.columns("group", "daily").values() if column.brings]
        assert all(column.is_booked and column.unit in ("CNY", "minutes") for column in bringing)

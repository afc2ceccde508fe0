"""The plain-Mesa peer and the engine tell the same story, within Monte Carlo error.

Each community gives one number per outcome (a mean over days and groups of the first or second half of the run), so
communities are independent draws and Welch's t has its own distribution if the two programs have the same mean. Over
all arms, outcomes and halves the bound is Bonferroni's at a family-wise false alarm rate of 0.002: two right programs
would fail one choice of seeds in 500. The seeds are fixed, so the test does not flicker.
"""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd
import pytest
from scipy.stats import ttest_ind

from benchmarks.peer import PeerCommunity
from benchmarks.peer.community import OUTCOMES
from scenarios import compose
from sim import simulate

DAYS, OURS, PEERS = 40, 240, 24
ARMS = ("nothing", "paid_entry", "advert_ban", "group_cap", "fixed_time", "red_packet")
FALSE_ALARM = 0.002
LEAST = FALSE_ALARM / (len(ARMS) * len(OUTCOMES) * 2)  # smallest p that is no alarm
COLUMNS = {
    "members": "n_members", "visitors": "n_visitors", "messages": "n_messages", "adverts": "n_ads",
    "joined": "new_joined", "purchases": "n_purchases",
}  # fmt: skip


def small(arm: str) -> Any:
    """Six groups of thirty seats; five offers, so that there are purchases to compare."""
    size = ["population.groups=6", "population.seats=30", f"days={DAYS}", f"replicates={OURS}"]
    plain = ["record=counts", "seed=3", "market.idle_reachable=0"]  # the peer locks people up in idle groups
    return compose(["scenario=pet_owners", f"strategy=[{arm}]", *size, *plain])


def ours(scenario: Any) -> pd.DataFrame:
    """One row per community and day: sums over groups, trust and belonging as means over members."""
    daily = simulate(scenario).daily
    counted = daily["n_members"] + daily["new_left"] + daily["new_removed"]
    table = pd.DataFrame({name: daily[column] for name, column in COLUMNS.items()})
    table["left"] = daily["new_left"] + daily["new_removed"]
    table["counted"], table["trust"], table["belonging"] = (
        counted, daily["mean_trust"] * counted, daily["mean_belonging"] * counted,
    )  # fmt: skip
    sums = table.groupby([daily["replicate"], daily["day"]]).sum()
    for name in ("trust", "belonging"):
        sums[name] /= sums["counted"]
    return sums.reset_index()


def peers(scenario: Any, n: int) -> pd.DataFrame:
    """The same table from the peer."""
    frames = []
    for seed in range(n):
        model = PeerCommunity(scenario, rng=seed)
        for _ in range(scenario.days):
            model.step()
        frame = model.collector.get_model_vars_dataframe().reset_index(drop=True)
        frames.append(frame.assign(replicate=seed, day=frame.index))
    return pd.concat(frames)


def halves(table: pd.DataFrame) -> pd.DataFrame:
    """One row per community; columns (outcome, half)."""
    late = np.where(table["day"] < DAYS // 2, "early", "late")
    return table.groupby([table["replicate"], late])[list(OUTCOMES)].mean().unstack()


def compared(a: pd.DataFrame, b: pd.DataFrame) -> pd.DataFrame:
    """Both means, Welch's t and its p for every outcome and half; p = 1 where neither ever varies and both agree."""
    found = ttest_ind(b, a, equal_var=False)
    table = pd.DataFrame({"engine": a.mean(), "peer": b.mean(), "t": found.statistic, "p": found.pvalue})
    table.loc[table["p"].isna() & (table["engine"] == table["peer"]), "p"] = 1.0
    return table


@pytest.mark.slow
@pytest.mark.parametrize("arm", ARMS)
def test_outcomes_agree(arm: str) -> None:
    scenario = small(arm)
    table = compared(halves(ours(scenario)), halves(peers(scenario, PEERS)))
    apart = ~(table["p"] > LEAST)
    assert not apart.any(), table[apart].to_string()


@pytest.mark.slow
def test_the_comparison_can_fail() -> None:
    """A peer whose members leave four times as readily, and talk and answer a fifth as readily, is told apart."""
    scenario = small("nothing")
    mind = {"leave": 4 * scenario.mind.leave, "reply": scenario.mind.reply / 5}
    other = scenario.replace(mind=mind, purpose={"talk": scenario.purpose.talk / 5})
    table = compared(halves(ours(scenario)), halves(peers(other, PEERS)))
    for outcome, sign in (("members", -1), ("messages", -1)):
        row = table.loc[(outcome, "late")]
        assert row["p"] < LEAST
        assert row["t"] * sign > 0

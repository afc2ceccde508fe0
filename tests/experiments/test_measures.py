"""Measures as files write them, and the tables that they are read from, kept in a store and taken up again."""

from __future__ import annotations

from itertools import count
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from scenarios.errors import ConfigError
from scenarios.execution.chunks import jobs_of
from scenarios.execution.executor import to_do
from scenarios.execution.job import play_chunk
from scenarios.experiments.cells import cells_of
from scenarios.experiments.measures import _READ, measure_of
from scenarios.experiments.over_ensemble import Runs, needed_by
from scenarios.experiments.study import Study
from scenarios.experiments.tables import Shelf
from sim.analysis.experiment.levels import Groups
from sim.analysis.experiment.rules import RULES
from sim.analysis.experiment.rules_of_groups import Quantity
from sim.data.store import Store

DAYS = 60


def test_measures_of_every_form() -> None:
    assert measure_of({"outcome": "n_second", "per": "purchases"}, "here", DAYS).outcomes == ("n_second", "purchases")
    of_days = measure_of({"column": "mean_trust", "groups": {"born": [3, 9], "ailing": 20}}, "here", DAYS)
    assert of_days.groups == Groups((3, 9), ailing=20)
    rule = measure_of({"rule": "stayed", "channel": "invited", "against": ["paid_ad", "partner"]}, "here", DAYS)
    assert rule.options == {"channel": ("invited",), "against": ("paid_ad", "partner")}
    assert rule.needs_spells
    tied = measure_of({"rule": "rank_correlation", "of": {"column": "n_purchases", "per": "n_members"},
                       "along": {"column": "mean_trust"}, "days": [0, 9]}, "here", DAYS)  # fmt: skip
    assert tied.options["of"] == Quantity("n_purchases", "n_members")
    assert tied.needs_daily
    assert not tied.needs_spells
    assert needed_by([of_days, rule]) == ((), True, True)


@pytest.mark.parametrize(("value", "why"), [
    ({"rule": "staid"}, "did you mean 'stayed'"), ({"rule": "nonsense"}, "rules: .*brought_by_top.*rank_correlation"),
    ({"rule": "stayed", "chanel": "invited"}, "did you mean 'channel'.*rule, channel, against, joined, after"),
    ({"rule": "stayed", "channel": "advert"}, "there is founder, search, invited"),
    ({"rule": "stayed", "channel": []}, "no way of coming in"), ({"rule": "stayed", "after": 60}, "from 1 to 59"),
    ({"rule": "stayed", "joined": [40, 50]}, "seen for 28 days; 60 are played"),
    ({"rule": "writes_again", "joined": [5, 9]}, "seen for 60 days"),
    ({"rule": "writes_again", "at_once": 1}, "neither true nor false"), ({"rule": "spoke_up"}, "needs 'day'"),
    ({"rule": "spoke_up", "day": 60}, "days go from 0 to 59"), ({"rule": "brought_by_top", "share": 1}, "no share"),
    ({"rule": "rank_correlation", "of": "n_ads", "along": {"column": "n_ads"}, "days": [0, 9]}, "no quantity"),
    ({"rule": "rank_correlation", "of": {"column": "n_ads"}, "along": {"column": "ads"}, "days": [0, 9]}, "no 'ads'"),
    ({"rule": "share_of_groups", "of": {"column": "n_ads"}, "days": [0, 9]}, "needs 'at_least'"),
    ({"column": "mean_trust", "per": "n_members"}, "a mean of members already"),
    ({"column": "n_ads", "groups": {}}, "chooses no groups"), ({"column": "n_ads", "groups": {"ill": 3}}, "no 'ill'"),
    ({"column": "n_ads", "groups": {"healthy": 3, "ailing": 3}}, "choose one"),
    ({"column": "n_ads", "groups": {"born": 3}}, "no span of days"), ({"outcome": "trust", "per": "trusst"}, "'trust'"),
    ({"outcome": "trust", "days": [0, 9]}, "has no 'days'"), ({"columm": "n_ads"}, "is no measure"),
    ({"rule": ["stayed"]}, "there is no rule"),
])  # fmt: skip
def test_a_mistake_is_told(value: dict[str, Any], why: str) -> None:
    with pytest.raises(ConfigError, match=r"(?s)here.*" + why):
        measure_of(value, "here", DAYS)


def small(**more: Any) -> Study:
    settings = ("scenario=pet_owners", "population.groups=1", "population.seats=30", "market.people_per_seat=10")
    return Study("claims", {}, {}, {"here": settings}, {"plain": ("strategy=nothing",)}, "plain", 2, ("lifetime",),
                 DAYS, part="claims/x", **more)  # fmt: skip


def play(study: Study, store: Store) -> Shelf:
    cells = cells_of(study)
    for number, left in to_do(study, cells, store).items():
        for job in jobs_of(cells[number], left, 2, count(), study.kept):
            for data in play_chunk(job).files:
                store.put(data)
    return Shelf(study, cells, store)


def test_memberships_are_kept_where_a_measure_needs_them(tmp_path: Path) -> None:
    with Store(tmp_path) as store:
        play(small(daily=True), store)
        wanted = small(spells=True)
        cells = cells_of(wanted)
        assert to_do(small(daily=True), cells, store) == {}
        assert to_do(wanted, cells, store) == {0: [0, 1]}  # what is stored has no memberships: played again
        shelf = play(wanted, store)
        assert to_do(wanted, cells, store) == {}
        assert to_do(small(daily=True), cells, store) == {}  # who keeps more has what is less
        joined = shelf.daily().groupby("replicate", observed=True)["new_joined"].sum()
        seen = shelf.spells()
        came = seen[seen["channel"].isin(["search", "invited", "paid_ad", "partner"])]
        assert came.groupby("replicate", observed=True).size().tolist() == joined.tolist()
        runs = Runs(shelf)
        wrote = runs.of(measure_of({"rule": "writing_days"}, "here", DAYS), "here", "plain")
        assert ((wrote > 0) & (wrote < 1)).all()
        assert (runs.of(measure_of({"column": "n_members"}, "here", DAYS), "here", "plain") > 1).all()
    with Store(tmp_path) as again:  # from the files alone
        (tmp_path / "ledger.sqlite").unlink()
        assert to_do(wanted, cells, Store(tmp_path)) == {}
        assert again is not None


def test_without_a_run_every_rule_is_unknown(tmp_path: Path) -> None:
    with Store(tmp_path) as store:
        study = small(spells=True)
        runs = Runs(Shelf(study, cells_of(study), store))
        for name in ("stayed", "brought_by_top"):
            assert name in RULES
            assert np.isnan(runs.of(measure_of({"rule": name}, "here", DAYS), "here", "plain")).all()


def test_the_guide_names_every_rule() -> None:
    page = Path("docs/guide.md").read_text(encoding="utf-8")
    assert [name for name in RULES if f"| `{name}` |" not in page] == []


def test_every_option_of_a_rule_can_be_read() -> None:
    assert {key for rule in RULES.values() for key in rule.options} <= set(_READ)

"""Places, ties and duels of a tournament, from numbers whose answer is known; and that sure calls are right."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from sim.analysis.experiment.contest import Contest, contest, lives_to_the_end
from sim.analysis.feelings import belonging_of_all
from sim.analysis.memberships import Memberships
from sim.analysis.panel import Panel
from tests.fakes import daily_of, spells_of

TEAMS = ("a", "b", "c", "d")


def played(means: list[float], n: int = 20, noise: float = 1.0, seed: int = 3) -> Contest:
    """Communities of common luck, to which each team adds its mean and some noise of its own."""
    rng = np.random.default_rng(seed)
    luck = 10 * rng.standard_normal((n, 1))
    return contest(TEAMS[: len(means)], luck + np.array(means) + noise * rng.standard_normal((n, len(means))))


def test_teams_far_apart_have_one_place_each() -> None:
    found = played([0.0, 9.0, 3.0, 6.0])
    assert found.place.tolist() == found.place_low.tolist() == found.place_high.tolist() == [4, 1, 3, 2]
    assert [found.teams[k] for k in found.order] == ["b", "d", "c", "a"]
    assert found.first == (1,)
    assert found.ties == ()


def test_places_turn_where_the_numbers_turn() -> None:
    values = np.random.default_rng(1).standard_normal((30, 4)) + np.array([0.0, 9.0, 3.0, 6.0])
    one, turned = contest(TEAMS, values), contest(TEAMS, -values)
    assert turned.place.tolist() == (5 - one.place).tolist()
    assert (turned.place_low.tolist(), turned.place_high.tolist()) == \
        ((5 - one.place_high).tolist(), (5 - one.place_low).tolist())  # fmt: skip
    for pair, duel in one.duels.items():
        assert turned.duels[pair].sure == -duel.sure
        assert turned.duels[pair].won == duel.lost


def test_teams_that_are_alike_tie_and_share_their_places() -> None:
    found = played([0.0, 0.0, 9.0, 0.05])
    assert found.place_low.tolist() == [2, 2, 1, 2]
    assert found.place_high.tolist() == [4, 4, 1, 4]
    assert found.ties == ((1, 3),)
    same = contest(("a", "b"), np.repeat(np.arange(9.0)[:, None], 2, axis=1))
    assert same.place.tolist() == [1, 1]
    assert (same.duels[0, 1].tied, same.duels[0, 1].sure) == (1.0, 0)


def test_ties_need_not_be_of_all_between() -> None:
    """a and b are not told apart, nor b and c, but a and c are: two bars."""
    rng = np.random.default_rng(4)
    noise = rng.standard_normal((24, 3))
    found = contest(("a", "b", "c"), np.array([1.0, 0.5, 0.0]) + noise - noise.mean(axis=0))
    assert [found.duels[pair].sure for pair in ((0, 1), (1, 2), (0, 2))] == [0, 0, 1]
    assert found.ties == ((0, 1), (1, 2))
    assert list(zip(found.place_low, found.place_high, strict=True)) == [(1, 2), (1, 3), (2, 3)]


def test_a_duel_counts_communities() -> None:
    values = np.array([[2.0, 1.0], [1.0, 1.0], [0.0, 3.0], [5.0, 4.0]])
    duel = contest(("a", "b"), values).duels[0, 1]
    assert (duel.won, duel.tied, duel.lost, duel.difference) == (0.5, 0.25, 0.25, pytest.approx(-0.25))


def test_a_community_without_a_number_of_every_team_counts_for_none() -> None:
    values = np.array([[1.0, 2.0], [np.nan, 9.0], [3.0, 4.0]])
    found = contest(("a", "b"), values)
    assert (found.n, found.mean.tolist()) == (2, [2.0, 3.0])


@pytest.mark.parametrize("n", [0, 1])
def test_one_community_tells_nobody_apart(n: int) -> None:
    found = contest(TEAMS, np.arange(4.0)[None].repeat(n, axis=0))
    assert found.n == n
    assert (found.place_low.tolist(), found.place_high.tolist()) == ([1] * 4, [4] * 4)


def test_limits_end_where_values_do() -> None:
    assert played([0.0, 1.0], noise=5.0).high.max() > 0.5
    found = contest(("a", "b"), np.random.default_rng(1).uniform(0, 1, (5, 2)) ** 4, (0.0, 0.3))
    assert found.low.min() >= 0
    assert found.high.max() <= 0.3


def test_sure_calls_are_right_with_95_per_cent_however_many_teams() -> None:
    """400 boards of eight teams, of which two pairs are alike, in 20 communities with skewed luck: a board on which any
    team is called surely better than one that is as good or better may come with 5 %. More than 32 of 400 would come
    by chance once in 265 times (binomial). Yet places are told: teams at the ends differ for sure nearly always.
    """
    rng = np.random.default_rng(11)
    means = np.array([0.0, 0.0, 0.4, 0.4, 0.8, 1.2, 1.6, 4.0])
    wrong = told = 0
    for _ in range(400):
        own = rng.lognormal(0.0, 0.6, (20, 8)) - np.exp(0.18)
        found = contest(tuple("abcdefgh"), means + 3 * rng.standard_normal((20, 1)) + own)
        wrong += any(duel.sure == 1 and means[j] <= means[k] for (j, k), duel in found.duels.items())
        told += bool(found.duels[7, 0].sure == 1 and found.place_low[7] == 1)
    assert wrong <= 32
    assert told >= 390


def test_a_group_that_was_closed_has_ended() -> None:
    """Of two groups one is closed on day 10, the other is alive at the end: 10 and 50 days of 50."""
    lives = pd.DataFrame({"arm": pd.Categorical(["a"] * 4 + ["b"] * 2), "replicate": [0, 0, 1, 1, 0, 0],
                          "lifetime": [10, 90, 20, 90, 90, 90], "censored": [True, True, False, True, True, True],
                          "cause": pd.Categorical(["dissolved", None, "silent", None, None, None])})  # fmt: skip
    found = lives_to_the_end(lives, 50).set_index(["arm", "replicate"])["lifetime"]
    assert found.to_dict() == {("a", 0): 30.0, ("a", 1): 35.0, ("b", 0): 50.0}


def test_belonging_is_over_everybody_who_ever_came_in() -> None:
    """Five memberships of three who stay (one of them moved, one a moderator) and one who left."""
    panel = Panel.of(daily_of(np.ones((1, 2, 100), int)))
    spells = spells_of(person=np.array([1, 2, 3, 3, 9]), group=np.array([0, 0, 0, 1, 0]),
                       day_joined=np.array([0, 0, 0, 41, 0]), day_left=np.array([-1, 30, 40, -1, -1]),
                       belonging=np.array([0.9, 0.8, 0.5, 0.6, 1.0]))  # fmt: skip
    spells["role"] = pd.Categorical(["Lurker", "Lurker", "Lurker", "Lurker", "Moderator"])
    spells["reason"] = pd.Categorical([None, "left", "transferred", None, None])
    spells["channel"] = pd.Categorical(["search", "search", "search", "transferred", "search"])
    assert belonging_of_all(Memberships(spells, panel)) == pytest.approx([(0.9 + 0.0 + 0.6) / 3])

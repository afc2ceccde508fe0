"""Two-by-two tables whose interaction is known: named rightly, rarely by luck, and never at the end of the range."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from sim.analysis.ceilings import Ends
from sim.analysis.experiment.pairs import LEAST_FACTOR, LEVEL, Square, first_look, second_look
from sim.locale.words import say
from sim.plots.experiment.pairs import LOOKS, draw_pairs, ordered, primary

Four = tuple[float, float, float, float]
TABLES = 120


def square(means: Four, outcome: str = "member_messages", seed: int = 1, n: int = 40, expected: str = "",
           spread: float = 0.05, days: float = np.inf) -> Square:  # fmt: skip
    """Made-up communities: luck that all four arms share, and some of their own."""
    dice = np.random.default_rng(seed)
    values = np.array(means)[:, None] * np.exp(dice.normal(0, 0.3, n) + dice.normal(0, spread, (4, n)))
    if outcome in ("left", "trust"):
        values = np.array(means)[:, None] + dice.normal(0, 0.01, n) + dice.normal(0, 0.002, (4, n))
    return Square("a", "b", "w", outcome, values, expected, Ends(days))


def verdict(means: Four, outcome: str = "member_messages", **more: object) -> str:
    first = square(means, outcome, seed=1, **more)  # type: ignore[arg-type]
    again = square(means, outcome, seed=2, **more)  # type: ignore[arg-type]
    table = first_look([first])
    return str(second_look(table, {0: again} if table["passes"][0] else {})["verdict"][0])


@pytest.mark.parametrize(
    ("both", "first", "second", "neither", "word"),
    [(20.0, 12.0, 13.0, 10.0, "synergy"), (15.6, 12.0, 13.0, 10.0, "open"), (13.4, 12.0, 13.0, 10.0, "substitutes"),
     (8.0, 12.0, 13.0, 10.0, "conflict"), (6.0, 5.0, 6.5, 10.0, "softening"), (15.8, 12.0, 13.0, 10.0, "open")],
)  # fmt: skip
def test_each_verdict(both: float, first: float, second: float, neither: float, word: str) -> None:
    assert verdict((both, first, second, neither)) == word


def test_less_may_be_better() -> None:
    """Of 40 % who leave, two strategies that each save ten points of a hundred should save 18 together, as odds."""
    assert verdict((0.10, 0.30, 0.30, 0.40), "left") == "synergy"
    assert verdict((0.22, 0.30, 0.30, 0.40), "left") == "open"
    assert verdict((0.60, 0.30, 0.30, 0.40), "left") == "conflict"


def test_the_table_tells_what_it_rests_on() -> None:
    means = (20.0, 12.0, 13.0, 10.0)
    table = second_look(first_look([square(means, n=30)]), {0: square(means, seed=3, n=25)})
    row = table.iloc[0]
    assert (row["n"], row["fresh_n"], row["scale"], row["best"]) == (30, 25, "log", "second")
    assert row["low"] < np.log(20 * 10 / (12 * 13)) < row["high"]
    assert row["mean_sum"] == pytest.approx(row["mean_first"] * row["mean_second"] / row["mean_neither"])
    assert row["gain_low"] < row["gain"] < row["gain_high"]


def test_an_interaction_just_not_worth_naming_passes_in_at_most_one_table_of_twenty() -> None:
    """Ten predictions a table at the border, 120 tables: at most 5 % and three standard errors; additive ones less."""
    rates = []
    for factor in (LEAST_FACTOR, 1.0):
        hits = 0
        for number in range(TABLES):
            looks = [square((10 * factor, 10, 10, 10), seed=10_000 + 10 * number + k, n=30, expected="synergy")
                     for k in range(10)]  # fmt: skip
            hits += bool(first_look(looks)["passes"].any())
        rates.append(hits / TABLES)
    assert rates[0] < LEVEL + 3 * np.sqrt(LEVEL * (1 - LEVEL) / TABLES)
    assert rates[1] <= rates[0]


def test_what_is_picked_by_luck_is_not_confirmed() -> None:
    lucky, plain = square((20, 12, 13, 10)), square((15.6, 12, 13, 10), seed=2)
    table = first_look([lucky])
    assert table["passes"][0]
    assert second_look(table, {0: plain})["verdict"][0] == "open"
    assert second_look(table, {})["verdict"][0] == "open"  # nor is what was not played again
    opposite = square((8, 12, 13, 10), seed=2)
    assert second_look(table, {0: opposite})["verdict"][0] == "open"


def test_predictions_are_a_family_of_their_own() -> None:
    """A hundred other comparisons do not weaken a prediction; among themselves they are a rate of false discoveries."""
    weak = (12.0, 10.0, 10.0, 10.0)
    dull = [square((10, 10, 10, 10), seed=50 + k) for k in range(100)]
    alone = first_look([square(weak, expected="synergy")])
    crowd = first_look([square(weak, expected="synergy"), square(weak), *dull])
    assert crowd["p_family"][0] == alone["p_family"][0]
    assert list(crowd["family"][:2]) == ["predicted", "other"]
    p = np.sort(crowd["p"][1:])
    assert crowd["p_family"][1] == pytest.approx(min(101 * p[k] / (k + 1) for k in range(101) if p[k] >= crowd["p"][1]))


def test_an_end_of_the_range_is_told_and_not_called_a_substitute() -> None:
    """Hazards a tenth each: both together live as long as anybody looks, which days alone would call a substitute."""
    days = 150.0
    lives = [(1 - np.exp(-h * days)) / h for h in (0.00006, 0.0006, 0.0006, 0.006)]
    assert days - lives[0] < 0.02 * days
    means = tuple(lives)
    first = Square("a", "b", "w", "lifetime", np.array(means)[:, None] * np.ones((4, 30))
                   * np.exp(np.random.default_rng(1).normal(0, 0.002, (4, 30))), "synergy", Ends(days))  # fmt: skip
    table = second_look(first_look([first]), {})
    assert table["verdict"][0] == "bounded"
    assert np.isnan(table["p"][0])
    again = first_look([square((20, 12, 13, 10))])
    full = Square("a", "b", "w", "trust", np.array([[0.99], [0.7], [0.7], [0.5]]) * np.ones((4, 30)), "", Ends())
    assert second_look(again, {0: full})["verdict"][0] == "bounded"


def test_few_communities_and_what_is_neither_better_nor_worse() -> None:
    assert verdict((20, 12, 13, 10), n=1) == "too_few"
    assert second_look(first_look([square((20, 12, 13, 10), n=0)]), {})["verdict"][0] == "too_few"
    with pytest.raises(ValueError, match="messages is no matter of better and worse"):
        first_look([square((20, 12, 13, 10), "messages")])


def rows_of(pairs: list[tuple[str, str]], words: list[str]) -> pd.DataFrame:
    """A verdict for every pair in two worlds, by turns."""
    made = [{"first": a, "second": b, "world": world, "outcome": "lifetime", "expected": ""}
            for a, b in pairs for world in ("pet_owners", "deals")]  # fmt: skip
    return pd.DataFrame(made).assign(verdict=[words[k % len(words)] for k in range(len(made))])


def test_pairs_stand_near_the_diagonal() -> None:
    chain = [("d", "b"), ("b", "a"), ("a", "c")]
    order = ordered(rows_of(chain, ["open"]), [])
    assert all(abs(order.index(a) - order.index(b)) == 1 for a, b in chain)
    whole = [("b", "a"), ("c", "a"), ("c", "b")]
    assert ordered(rows_of(whole, ["open"]), []) == ["a", "b", "c"]
    twice = pd.concat([rows_of(chain, ["open"]), rows_of(chain, ["synergy"])])
    assert (primary(twice)["verdict"] == "open").all()


@pytest.mark.parametrize("lang", ["en", "zh"])
def test_each_verdict_has_a_mark_of_its_own_and_no_names_overlap(lang: str) -> None:
    names = ["red_packet", "office_hours", "packet_per_invite", "commission_for_promoters", "crowdfunding_consulting"]
    names += [f"strategy_{k}" for k in range(15)]
    pairs = [(a, b) for k, a in enumerate(names) for b in names[:k]]
    figure = draw_pairs(rows_of(pairs[1:], list(LOOKS)), ("pet_owners", "deals"), pairs[:1], (200, 200), lang)
    figure.canvas.draw()
    axes = figure.axes[0]
    signs = [text.get_text() for text in axes.texts]
    assert {look.sign for look in LOOKS.values()} <= set(signs)
    assert len({(look.ground, look.sign) for look in LOOKS.values()}) == len(LOOKS)
    assert len({look.sign for look in LOOKS.values()}) == len(LOOKS)
    edge = figure.bbox
    for label in [*axes.get_xticklabels(), *axes.get_yticklabels(), *figure.axes[1].texts, *axes.texts]:
        box = label.get_window_extent()
        assert edge.x0 <= box.x0, label.get_text()
        assert box.x1 <= edge.x1, label.get_text()
        assert box.y1 <= edge.y1, label.get_text()
    sides = [label.get_window_extent() for label in axes.get_yticklabels()]
    assert not any(one.overlaps(other) for k, one in enumerate(sides) for other in sides[:k])
    words = [text.get_window_extent() for text in figure.axes[1].texts]
    assert not any(one.overlaps(other) for k, one in enumerate(words) for other in words[:k])
    assert say("pairs_w_synergy", lang) in {text.get_text() for text in figure.axes[1].texts}


@pytest.mark.parametrize("lang", ["en", "zh"])
def test_a_caption_that_names_a_long_outcome_is_broken_and_not_cut(lang: str) -> None:
    rows = rows_of([("red_packet", "office_hours"), ("red_packet", "screening")], ["open"])
    rows.loc[2:, "outcome"], rows.loc[:1, "expected"] = "net_promoters", "synergy"
    figure = draw_pairs(rows, ("pet_owners", "deals"), [], (200, 200), lang)
    figure.canvas.draw()
    caption = figure.texts[1]
    assert caption.get_window_extent().x1 <= figure.bbox.x1
    assert "…" not in caption.get_text()
    assert caption.get_window_extent().y1 <= figure.axes[1].get_window_extent().y0 + 10


def test_the_interval_of_what_is_named_leaves_no_interaction_out() -> None:
    """Weak interactions, some of which pass: whatever is named has both limits on one side."""
    named = 0
    for seed in range(60):
        means = (11.6, 10.0, 10.0, 10.0)
        found = second_look(first_look([square(means, seed=seed, n=20)]), {0: square(means, seed=100 + seed, n=20)})
        if found["verdict"][0] != "open":
            named += 1
            assert found["fresh_low"][0] > np.log(LEAST_FACTOR)
    assert 0 < named < 60

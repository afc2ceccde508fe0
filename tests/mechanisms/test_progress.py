"""Progress to a goal: it is earned by taking part, it pleases where it is shown, and who arrives comes less."""

from __future__ import annotations

from functools import cache

from sim.mechanisms.tasks import Tasks
from tests.plays import Tables, lively, play, strategy


@cache
def shown(joy: float = 0.15, **knobs: float) -> Tables:
    """Twenty communities with content and a goal a week away."""
    plan = [strategy("fixed_time"), strategy("progress", **({"goal_days": 7} | knobs))]
    tuned = (Tasks(progress_joy=joy),)
    return play(lively(plan, replicates=20, days=40, operator={"hours": 20.0}, tuned=tuned))


def total(tables: Tables, name: str) -> float:
    return float(tables["daily"][name].sum(dtype=float))


def test_the_goal_is_reached_by_taking_part() -> None:
    near, far = shown()["mechanism.tasks"], shown(goal_days=365)["mechanism.tasks"]
    assert near["n_arrivals"].sum() > 100
    assert far["n_arrivals"].sum() == 0
    assert near["day"][near["n_arrivals"] > 0].min() >= 7  # a day of taking part is at most one step


def test_progress_pleases_by_what_joy_it_is() -> None:
    pleased, not_pleased = shown(next_goal=True), shown(0.0, next_goal=True)
    mean = [float(one["daily"]["mean_belonging"].mean(dtype=float)) for one in (pleased, not_pleased)]
    assert mean[0] > mean[1] + 0.005


def test_whoever_arrives_comes_less_unless_a_next_goal_waits() -> None:
    done, on = shown(), shown(next_goal=True)
    assert total(done, "n_visitors") < 0.97 * total(on, "n_visitors")

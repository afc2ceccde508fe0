"""Sweeps: one run for each combination, each under its own label."""

from __future__ import annotations

from scenarios.cli.sweep import compose_sweep


def test_doses_label_arms() -> None:
    scenarios, folder = compose_sweep(["strategy=group_cap", "strategies.group_cap.limit=50,100", "out=here"])
    assert [scenario.arm for scenario in scenarios] == ["group_cap limit=50", "group_cap limit=100"]
    assert [scenario.strategies[0].limit for scenario in scenarios] == [50, 100]
    assert folder == "here"


def test_strategies_and_scenarios_label_themselves() -> None:
    scenarios, _ = compose_sweep(["strategy=nothing,[group_cap,red_packet]", "scenario=deals,pet_owners"])
    labels = [(scenario.world, scenario.arm) for scenario in scenarios]
    assert labels == [
        ("deals", "nothing"),
        ("pet_owners", "nothing"),
        ("deals", "group_cap+red_packet"),
        ("pet_owners", "group_cap+red_packet"),
    ]


def test_other_numbers_label_worlds() -> None:
    scenarios, _ = compose_sweep(["population.seats=range(50,200,50)", "seed=1"])
    assert [scenario.world for scenario in scenarios] == [f"pet_owners seats={n}" for n in (50, 100, 150)]
    assert {scenario.arm for scenario in scenarios} == {"nothing"}

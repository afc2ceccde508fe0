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


def labels(*words: str) -> list[tuple[str, str]]:
    return [(scenario.world, scenario.arm) for scenario in compose_sweep(words)[0]]


def test_other_numbers_are_arms_where_nothing_else_tells_arms_apart() -> None:
    scenarios, _ = compose_sweep(["mind.imitation=0,0.1,0.2", "seed=1"])
    assert [scenario.mind.imitation for scenario in scenarios] == [0, 0.1, 0.2]
    assert [scenario.arm for scenario in scenarios] == ["imitation=0", "imitation=0.1", "imitation=0.2"]
    assert {scenario.world for scenario in scenarios} == {"pet_owners"}
    seats = ("population.seats=range(50,150,50)",)
    assert labels(*seats, "strategy=red_packet") == [("pet_owners", f"red_packet seats={n}") for n in (50, 100)]
    assert labels(*seats, "arm=mine") == [("pet_owners", f"mine seats={n}") for n in (50, 100)]
    assert labels("population=small,class") == [("pet_owners", f"population={size}") for size in ("small", "class")]


def test_other_numbers_are_worlds_where_strategies_tell_arms_apart() -> None:
    assert labels("population.seats=50,100", "strategy=nothing,red_packet") == [
        ("pet_owners seats=50", "nothing"), ("pet_owners seats=50", "red_packet"),
        ("pet_owners seats=100", "nothing"), ("pet_owners seats=100", "red_packet"),
    ]  # fmt: skip


def test_luck_and_scenarios_are_worlds_always() -> None:
    assert labels("seed=1,2") == [("pet_owners seed=1", "nothing"), ("pet_owners seed=2", "nothing")]
    assert labels("scenario=deals,pet_owners", "mind.imitation=0,0.1") == [
        (world, arm) for world in ("deals", "pet_owners") for arm in ("imitation=0", "imitation=0.1")
    ]

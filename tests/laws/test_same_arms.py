"""Two arms that do the same are equal cell by cell in the engine itself, and a study of them says so."""

from __future__ import annotations

import pandas as pd
import pytest

from scenarios import compose
from sim import concat, simulate
from sim.analysis.experiment.asked import checked
from sim.analysis.experiment.effects import effects
from sim.analysis.experiment.identical import identical
from sim.analysis.outcomes import outcomes
from tests.studies import Ask

WORLD = ["scenario=pet_owners", "population.groups=2", "population.seats=30", "days=60", "replicates=4"]
NAMES = ("lifetime", "advert_share", "revenue")
#: A cap that no group of 30 seats ever meets, without a queue, does nothing.
ARMS = {
    "nothing": ["strategy=[nothing]"],
    "packets": ["strategy=[red_packet]"],
    "again": ["strategy=[red_packet]"],
    "wide cap": ["strategy=[group_cap]", "strategies.group_cap.limit=500", "strategies.group_cap.queue=0"],
}


def table_of(seeds: dict[str, int]) -> tuple[Ask, pd.DataFrame]:
    runs = [simulate(compose([*WORLD, *ARMS[arm], f"arm={arm}", f"seed={seed}"])) for arm, seed in seeds.items()]
    found = outcomes(concat(runs))
    study = Ask({arm: ARMS[arm] for arm in seeds}, {str(found["world"].iloc[0]): ()}, NAMES)
    return study, checked(study, found)


@pytest.mark.slow
def test_same_arms_are_equal_under_common_luck_and_not_otherwise() -> None:
    study, table = table_of(dict.fromkeys(ARMS, 7))
    assert identical(table) == [("nothing", "wide cap"), ("packets", "again")]
    found = effects(study, table).set_index(["arm", "outcome"])
    assert (found.loc["wide cap", "verdict"] == "same").all()
    numbers = ["difference", "low", "high"]
    pd.testing.assert_frame_equal(found.loc["packets", numbers], found.loc["again", numbers])
    assert found.loc[("packets", "revenue"), "difference"] != 0
    _, apart = table_of({"nothing": 7, "packets": 7, "again": 8})
    assert identical(apart) == []

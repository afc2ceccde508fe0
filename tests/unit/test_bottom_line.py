"""The bottom line names who is first with all who may be, who loses money while winning, what is idle, what is open."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd
import pytest

from scenarios.reports.brief import in_brief, pays
from scenarios.reports.study_tables import tables
from sim.analysis.experiment.asked import Block
from sim.analysis.experiment.best import contenders
from sim.analysis.experiment.bottom_line import BottomLine
from sim.analysis.experiment.break_even import break_even
from sim.analysis.experiment.findings import Findings
from tests.studies import Ask, fake_study, table_of

N = 20
RNG = np.random.default_rng


@dataclass(frozen=True)
class Combined(Ask):
    """A study in which arms with a plus are of several strategies."""

    @property
    def combined(self) -> frozenset[str]:
        return frozenset(arm for arm in self.arms if "+" in arm)


def study_of(arms: dict[str, tuple[float, float]], outcomes: tuple[str, ...] = ("alive", "trust")) -> Findings:
    """Arms that shift the share alive and the profit a month by so much, with little luck of their own."""
    dice = RNG(4)
    base = {"alive": dice.uniform(0.4, 0.6, N), "profit_month": dice.normal(10, 3, N)}
    base["trust"] = dice.uniform(0.4, 0.5, N)
    parts = []
    for arm, (life, money) in {"nothing": (0.0, 0.0), **arms}.items():
        own = {"alive": base["alive"] + life, "profit_month": base["profit_month"] + money, "trust": base["trust"]}
        if arm != "nothing":
            own = {name: x + dice.normal(0, 0.02 * x.std(), N) for name, x in own.items()}
        parts.append(pd.DataFrame({"arm": arm, "world": "w", "replicate": np.arange(N), **own}))
    study = Combined({arm: () for arm in ("nothing", *arms)}, {"w": ()}, outcomes)
    _, _, lives = fake_study(("nothing",), ("w",), 3, 60)
    return Findings(study, pd.concat(parts, ignore_index=True), lives)


def line_of(found: Findings) -> BottomLine:
    line = found.bottom_line("w")
    assert line is not None
    return line


def test_each_arm_stands_where_it_belongs() -> None:
    arms = {"long": (0.2, 0.0), "dear": (0.1, -5.0), "idle": (0.0, -5.0), "rich": (-0.2, 8.0), "a+b": (0.3, 1.0)}
    found = study_of(arms)
    line = line_of(found)
    assert line.best is not None
    assert line.alone is not None
    assert line.money is not None
    assert (line.best.arm, line.alone.arm, line.money.arm) == ("a+b", "long", "rich")
    assert (line.dear, line.mixed, line.not_worth, line.cannot_tell) == (("dear",), ("rich",), ("idle",), ())
    text = in_brief(found, "w", "en")
    assert text[0].startswith("In short, compared with 'Do nothing': best for groups alive at the end: 'a + b'; if")
    assert "not worth it: 'idle'" in text[0]
    assert text[1].startswith("'Do nothing' comes to: groups alive at the end ")
    assert "CNY a month" in text[1]
    assert text[-1].startswith("'dear' does better in groups alive at the end, but loses money: −")


def test_a_loss_that_rests_on_few_unusual_communities_is_no_verdict() -> None:
    found = study_of({"idle": (0.0, -5.0), "long": (0.2, 0.0)})
    assert line_of(found).not_worth == ("idle",)
    rough = found.with_money.assign(rough=found.with_money["arm"] == "idle")
    again = study_of({"idle": (0.0, -5.0), "long": (0.2, 0.0)})
    again.__dict__["with_money"] = rough
    assert (line_of(again).not_worth, line_of(again).cannot_tell) == ((), ("idle",))


def test_money_is_weighed_though_the_study_did_not_ask_for_it() -> None:
    asked = study_of({"dear": (0.1, -5.0)}, ("alive", "profit_month"))
    unasked = study_of({"dear": (0.1, -5.0)}, ("alive",))
    assert line_of(asked).dear == line_of(unasked).dear == ("dear",)
    assert "profit_month" not in set(unasked.effects["outcome"])


def test_nothing_clear_is_said_to_be_open() -> None:
    dice = RNG(1)
    base = dice.normal(50, 10, 8)
    arms = {"nothing": base, "x": base + dice.normal(0.5, 6, 8)}
    found = Findings(*table_of({"w": arms}, "lifetime"), fake_study(("nothing",), ("w",), 3, 60)[2])
    assert line_of(found).cannot_tell == ("x",)
    assert "cannot be told: 'x'" in in_brief(found, "w", "en")[0]
    assert "尚无定论：“x”" in in_brief(found, "w", "zh")[0]


def test_who_may_be_best_is_named_beside_the_first() -> None:
    found = study_of({"long": (0.2, 0.0), "as long": (0.2001, 0.0), "short": (0.05, 0.0)})
    assert "only thing" not in in_brief(found, "w", "en")[0]
    best = line_of(found).best
    assert best is not None
    assert {best.arm, *best.others} == {"long", "as long"}


@pytest.mark.parametrize(("skewed", "most"), [(False, 0.05), (True, 0.08)])
def test_the_truly_best_is_seldom_left_out(skewed: bool, most: float) -> None:
    """Six arms alike, 12 communities, 400 studies: the first is as good as any, and left out in at most 5 % (8 % where
    differences are very skewed) and three standard errors."""
    dice, lost = RNG(7), 0
    for _ in range(400):
        values = dice.exponential(1, (12, 6)) if skewed else dice.normal(0, 1, (12, 6))
        lost += "a0" not in contenders(Block("w", "lifetime", tuple(f"a{k}" for k in range(6)), values))
    assert lost / 400 <= most + 3 * (most * (1 - most) / 400) ** 0.5


def test_a_clearly_worse_arm_is_no_contender() -> None:
    values = RNG(2).normal(0, 1, (12, 1)) + np.array([0.0, 1.0, 1.0]) + RNG(3).normal(0, 0.1, (12, 3))
    assert "a" not in contenders(Block("w", "lifetime", ("a", "b", "c"), values))
    assert "a" in contenders(Block("w", "cost", ("a", "b", "c"), values))  # less is better


def money_table(profit: float, hours: float, spread: float = 0.2) -> pd.DataFrame:
    dice = RNG(5)
    base = pd.DataFrame({"arm": "nothing", "replicate": np.arange(N), "profit": dice.normal(100, 20, N),
                         "host_hours": dice.normal(10, 2, N)})  # fmt: skip
    more = base.assign(arm="x", profit=base["profit"] + profit * (1 + dice.normal(0, spread, N)),
                       host_hours=base["host_hours"] + hours * (1 + dice.normal(0, spread, N)))  # fmt: skip
    both = pd.concat([base, more], ignore_index=True).assign(world="w")
    return both.assign(arm=pd.Categorical(both["arm"], ["nothing", "x"]))


@pytest.mark.parametrize(
    ("profit", "hours", "when"),
    [(400.0, 5.0, "below"), (-400.0, -5.0, "above"), (400.0, -5.0, "always"), (-400.0, 5.0, "never"),
     (400.0, 0.0, "always"), (-400.0, 0.0, "never"), (0.0, 0.0, "open"), (0.0, 5.0, "open")],
)  # fmt: skip
def test_when_an_arm_pays(profit: float, hours: float, when: str) -> None:
    one = break_even(money_table(profit, hours), "w", "x", "nothing")
    assert one is not None
    assert (one.when, one.n) == (when, N)
    if when in ("below", "above"):
        assert one.wage.low < 80 < one.wage.high
        assert one.wage.high - one.wage.low < 30
    else:
        assert np.isnan(one.wage.value)


def test_what_an_arm_pays_is_a_sentence() -> None:
    table = money_table(400, 5).assign(revenue=lambda t: np.where(t["arm"] == "x", 3.0, 1.0) * (100 + t["replicate"]))
    study = Ask({"nothing": (), "x": ()}, {"w": ()}, ("revenue", "profit"))
    found = Findings(study, table, fake_study(("nothing",), ("w",), 3, 60)[2])
    told = "'x' pays if an hour of yours costs less than 80.5 CNY (95 % interval 70.9 to 90.6, 20 paired communities)."
    assert pays(found, "w", "x", "en") == told
    rows = next(one["rows"] for one in tables(found, "w", "en") if one["title"].startswith("Differences"))
    assert [row["cells"][0]["value"] for row in rows] == ["×1.00", "×3.00"]
    assert rows[1]["cells"][0]["interval"] == ""  # the same ratio in every community

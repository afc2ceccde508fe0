"""``shequn advise``: what is said, mistakes, and an answer for two strategies on two worlds."""

from __future__ import annotations

import json
import re
from pathlib import Path
from types import SimpleNamespace

import numpy as np
import pandas as pd
import pytest

from scenarios.__main__ import main
from scenarios.config import catalog
from scenarios.config.compose import Composer
from scenarios.errors import ConfigError
from scenarios.experiments.advise.advise import _PROBED, Advise, Search
from scenarios.experiments.advise.final import CHOOSING, EACH, final
from scenarios.experiments.advise.menu import NOTHING, Move, label
from scenarios.experiments.advise.question import Question
from scenarios.experiments.advise.situation import Situation, from_file, situation_of
from scenarios.experiments.advise.spending import Spent, spent

MINE = """
kind: deals
groups: 3
people: 20
hours: 0.5
yuan: 100
matters: {talk: 1, sales: 3}
without: [shills]
days: 20
"""


def test_a_file_says_what_the_groups_are(tmp_path: Path) -> None:
    path = tmp_path / "mine.yaml"
    path.write_text(MINE, "utf-8")
    found = from_file(path)
    assert found.weights == {"member_messages": 0.25, "revenue": 0.75}
    assert found.world == ("scenario=deals", "population.groups=3", "population.members=20", "operator.hours=0.5",
                           "operator.purse=100", "allowance.monthly=100")  # fmt: skip
    asked = Advise().read("advise", {"file": str(path), "hours": 2.0}, ())
    assert (asked.situation.hours, asked.situation.kind) == (2.0, "deals")


@pytest.mark.parametrize(("said", "why"), [
    ({"kind": "delas"}, "did you mean 'deals'"), ({"groups": 0}, "no number from 1"),
    ({"groups": 2.5}, "no whole number"),
    ({"hours": -1}, "no number from 0"), ({"yuan": float("nan")}, "no number"), ({"matters": {}}, "no mapping"),
    ({"matters": {"fun": 1}}, "no 'fun'"), ({"matters": {"life": 0}}, "something must matter"),
    ({"matters": {"life": -1}}, "no weight"), ({"without": ["red_paket"]}, "did you mean 'red_packet'"),
    ({"days": 0}, "days"), ({"days": 60}, "leave life out"), ({"groups": 10**400}, "no number from 1"),
    ({"hours": "1"}, "no number"), ({"yuan": float("inf")}, "no number"),
])  # fmt: skip
def test_a_mistake_is_one_message(said: dict[str, object], why: str) -> None:
    with pytest.raises(ConfigError, match=why):
        situation_of(said, "here")


def test_mistakes_on_the_command_line(capsys: pytest.CaptureFixture[str]) -> None:
    mistakes = ((["hours=many"], "is no number"), (["matters=life"], "life:1,talk:1"), (["file=none.yaml"], "none"))
    for words, why in mistakes:
        assert main(["advise", *words]) == 2
        assert why in capsys.readouterr().err


def test_what_is_advised_was_better_on_fresh_communities(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Two strategies left on the menu, two worlds; the table and the sentences say the same."""
    sets = tmp_path / "two.json"
    sets.write_text(json.dumps({"sets": [{"values": {"mind.reply": 0.2}}, {"values": {"mind.reply": 0.3}}]}), "utf-8")
    out = [name for name in catalog.strategies() if name not in ("fixed_time", "hard_adverts", "nothing")]
    small = [f"world={sets}", "population.seats=40", f"store={tmp_path / 'store'}", f"out={tmp_path / 'out'}"]
    words = ["advise", "kind=pet_owners", "groups=4", "days=40", f"without={','.join(out)}", "matters=talk:1", *small]
    assert main([*words, "plan=true"]) == 0
    assert re.search(r"\d (s|min|h)\b", capsys.readouterr().out)
    code = main(words)
    told = capsys.readouterr().out
    assert code == 0
    counts = re.search(r"([\d,]+) runs: ([\d,]+) were stored, ([\d,]+) played, 0 failed", told)
    assert counts
    runs, stored, played = (int(one.replace(",", "")) for one in counts.groups())
    assert runs == stored + played  # what it looked at twice is counted once; stored were those that told the price
    assert stored <= 2 * _PROBED
    table = pd.read_csv(tmp_path / "out" / "plans.csv")
    assert table["plan"].str.contains("fixed_time").any()
    assert (table["score"] > 0).all()
    assert table["plan"].nunique() <= 3
    assert "From day 1" in told
    assert "by lot" in told
    assert (table["most_hours_a_day"] <= Situation().hours).all()
    assert (table["most_own_yuan_a_month"] <= Situation().yuan + 0.01).all()
    assert "of your own money a month" in told
    assert (tmp_path / "out" / "plan.html").exists()
    assert len(pd.read_csv(tmp_path / "out" / "lot.csv")) == 4


# --- the budget -------------------------------------------------------------------------------------------------------

HERE = Situation(groups=2, hours=1.0, yuan=100.0, days=60)


def spending(
    by_day: dict[int, float], income: dict[int, float] | None = None, hours: float = 0.5, sells: bool = False
) -> Spent:
    """Of two communities: one spends by these days, the other nothing; what comes in are fees, or sales at 0.4."""
    rows = [{"replicate": r, "group": 0, "day": day, "cost": by_day.get(day, 0.0) * (r == 0), "n_purchases": int(sells),
             "revenue": (income or {}).get(day, 0.0) * (r == 0)} for r in range(2) for day in range(60)]  # fmt: skip
    outcomes = pd.DataFrame({"host_hours": [60 * hours, 0.0], "cost": [sum(by_day.values()), 0.0]})
    return spent(outcomes, pd.DataFrame(rows), np.arange(2), HERE, 0.4)


@pytest.mark.parametrize(("by_day", "income", "fine"), [
    ({0: 100.0, 30: 100.0}, {}, True), ({0: 100.0, 29: 1.0}, {}, False), ({0: 60.0, 10: 60.0}, {5: 20.0}, True),
    ({0: 120.0}, {5: 20.0}, False), ({40: 200.0}, {}, True), ({40: 201.0}, {}, False),
])  # fmt: skip
def test_money_is_counted_by_the_months_begun_and_may_be_earned(
    by_day: dict[int, float], income: dict[int, float], fine: bool
) -> None:
    assert spending(by_day, income).is_within(HERE) is fine


def test_of_sales_only_the_margin_may_be_spent_again() -> None:
    assert spending({0: 60.0, 10: 60.0}, {5: 50.0}, sells=True).most_own == 100.0
    assert spending({0: 60.0, 10: 60.0}, {5: 50.0}).most_own == 70.0
    of_a_shop = Question(HERE, ("operator.margin=0.25",), 1, 2)
    assert Search(of_a_shop, None, Composer()).margin() == 0.25


def test_hours_are_ones_own() -> None:
    assert spending({}).is_within(HERE)
    assert not spending({}, hours=1.1).is_within(HERE)
    helped = pd.DataFrame({"host_hours": [90.0, 0.0], "cost": [0.0, 0.0], "minutes_brought": [60.0 * 40, 0.0]})
    found = spent(helped, pd.DataFrame(), np.arange(2), HERE, 1.0)
    assert found.most_hours == pytest.approx(50 / 60)


def test_what_costs_more_than_there_is_is_not_advised() -> None:
    """The better of two plans costs too much: it is named as left out, and the other is advised."""
    better, other = ((Move("fixed_time", (f"posts_per_day={n}",)),) for n in (2.0, 1.0))
    values = {label(NOTHING): 1.0, label(better): 3.0, label(other): 2.0}
    rows = [{"arm": arm, "replicate": r, "lifetime": 9.0, "member_messages": value, "revenue": 1.0, "host_hours": 10.0,
             "profit_month": 0.0, "cost": 500.0 if arm == label(better) else 0.0}
            for arm, value in values.items() for r in range(2 * (CHOOSING + EACH))]  # fmt: skip
    daily = [{"arm": row["arm"], "replicate": row["replicate"], "group": 0, "day": 0, "cost": row["cost"],
              "revenue": 0.0, "n_purchases": 0, "n_member_messages": row["member_messages"]}
             for row in rows]  # fmt: skip
    shelf = SimpleNamespace(outcomes=lambda: pd.DataFrame(rows), daily=lambda: pd.DataFrame(daily))
    player = SimpleNamespace(play=lambda study: shelf)
    asked = Question(HERE, (), 1, 2)
    search = SimpleNamespace(fresh=0, refused={}, looks={}, margin=lambda: 1.0)
    found = final(asked, player, [better, other], search)  # type: ignore[arg-type]
    assert [one.plan for one in found.advised] == [other]
    assert found.dear == (better,)
    assert found.finalists == 2


def test_no_plan_is_told_on_the_luck_that_chose_it() -> None:
    """Of two plans the one is better where finalists are chosen, the other where they are told: it stays behind."""
    lucky, other = ((Move("fixed_time", (f"posts_per_day={n}",)),) for n in (2.0, 1.0))
    n, chosen = 2 * (CHOOSING + EACH), 2 * CHOOSING
    lines = {label(NOTHING): [1.0] * n, label(lucky): [4.0] * chosen + [1.5] * (n - chosen), label(other): [2.0] * n}
    rows = [{"arm": arm, "replicate": r, "lifetime": 9.0, "member_messages": value, "revenue": 1.0, "host_hours": 10.0,
             "profit_month": 0.0, "cost": 0.0}
            for arm, each in lines.items() for r, value in enumerate(each)]  # fmt: skip
    daily = [{"arm": row["arm"], "replicate": row["replicate"], "group": 0, "day": 0, "cost": 0.0, "revenue": 0.0,
              "n_purchases": 0, "n_member_messages": row["member_messages"]} for row in rows]  # fmt: skip
    shelf = SimpleNamespace(outcomes=lambda: pd.DataFrame(rows), daily=lambda: pd.DataFrame(daily))
    player = SimpleNamespace(play=lambda study: shelf)
    search = SimpleNamespace(fresh=0, refused={}, looks={}, margin=lambda: 1.0)
    found = final(Question(HERE, (), 1, 2), player, [lucky, other], search)  # type: ignore[arg-type]
    assert [one.plan for one in found.advised] == [lucky, other]
    assert [one.levels["member_messages"] for one in found.advised] == [1.5, 2.0]
    assert found.advised[0].score.n == 2 * EACH

"""Write docs/facts.md: facts of the calibration set, measured on the model's baseline beside target and a real log.

Run it when rules or constants have changed: ``python docs/facts_table.py``. ``--quick`` plays fewer communities, to see
that it works; ``--blank`` plays none and leaves the model's column open. Either says so on the page.
"""

from __future__ import annotations

import argparse
from collections.abc import Mapping
from pathlib import Path

import pandas as pd

PAGE = Path(__file__).parent / "facts.md"
SHOWN = tuple(f"K{k}" for k in range(1, 27))

# The same statistics of the Gitter log of volunteer learners (261 rooms), by the same code; see tests/data/README.md.
LOG: dict[tuple[str, str], float] = {
    ("K1", "silent_within_7_days"): 0.460,
    ("K4", "gini"): 0.578,
    ("K4", "top10"): 0.459,
    ("K5", "unanswered"): 0.470,
    ("K6", "return_gain"): 0.097,
    ("K7", "median_minutes"): 3.2,
    ("K7", "p90_over_median"): 144.0,
    ("K8", "exponent"): 1.33,
    ("K8", "burstiness"): 0.670,
    ("K9", "after_1_day"): 0.418,
    ("K9", "after_7_days"): 0.309,
    ("K13", "median_minutes"): 0.98,
    ("K13", "within_hour"): 0.812,
    ("K14", "burstiness"): 0.672,
    ("K15", "exponent"): 1.609,
    ("K16", "active_again"): 0.307,
    ("K17", "return_gain"): 0.109,
    ("K18", "early_peak"): 0.522,
    ("K18", "late_growth"): 0.060,
    ("K18", "hump"): 0.090,
    ("K18", "plateau"): 0.284,
    ("K18", "too_short"): 0.045,
    ("K19", "biggest_share"): 0.159,
    ("K20", "biggest_over_median"): 26.5,
    ("K21", "days_with_talk"): 0.163,
    ("K22", "wakes_again"): 0.836,
    ("K23", "weekday_unevenness"): 0.532,
    ("K23", "weekend_over_weekday"): 0.647,
    ("K24", "largest_share"): 0.256,
    ("K25", "a_day_decile"): 0.941,
    ("K26", "after_30"): 0.864,
    ("K26", "after_90"): 0.685,
    ("K26", "after_180"): 0.600,
}

HEAD = """# Facts: the model's baseline beside targets and a real log

{state}Written by `python docs/facts_table.py`; the targets stand in `sim/analysis/facts/facts.toml` and nowhere else.
The model and the log are measured by the same code (`sim.analysis.facts.targets`); `shequn validate` plays and measures
all of it anew, with the spread over communities, and draws simulated and real rooms side by side. Misses were mended in
the rules, and some sixty numbers (forty-eight of all worlds, four to eight of each world) were then searched for, by
machine and by hand, against **every row but K11 and K12** (four to fourteen communities of each world at a time), so
one that passes is a fit and no test of the model; what is kept back will be. Nothing here shows that a *strategy*
works; it shows how far the groups behave like groups when nobody manages them.

K5 and K7 hang on how replies are marked: people leave an answer to the line just above unmarked, so simulated talk is
read that way (`sim.analysis.logs.marking`). More than half of the real marks point one line up all the same; that share
was not tuned.

- **model**: every strategy off (but for K10 and K12, see below); 95 % interval by resampling communities, widened for
  their number (Student's t);
  {replicates} communities a world.
- **target** and **passes if**: as published, or recomputed from public logs.
- **log**: freeCodeCamp's public Gitter rooms (261 rooms of volunteer learners writing English, offered under
  ODbL 1.0 and BSD 3-Clause). Members there are posters; lurkers cannot be seen. Within rooms with at least 30 posters
  in the window, K4 of the log is 0.704 and 0.605.
- **world**: facts come from different worlds. {stand_ins}

| id | statistic | model | target | passes if | passes | log | world |
|---|---|---|---|---|---|---|---|
"""
FOOT = """
K13 to K26 have the log's own values as targets; the log column of K19 to K26 is what this code makes of the log, the
target what was measured when the fact was laid down. K19 to K23 are of rooms with at least 100 messages over at least
30 days (61 real ones; K23: 32 with more than 300), K24 to K26 of all.

Thirty of the 61 rooms were parted by lot before anything was tuned and looked at once, when nothing was tuned any more:
over their first 364 days a classifier tells them from 51 simulated ones with AUC 0.57 (0.44 to 0.69), the 31 others
with 0.59 (0.44 to 0.73). Medians, kept back, others, simulated: biggest day's share 0.13, 0.21, 0.23; days with talk
0.22, 0.17, 0.15; longest silence 48, 63, 68 days; messages a day 1.7, 0.7, 0.8. The rooms kept back talk more, and on
more days, than the model's. The targets of K19 to K26 are of all rooms, so the look is no test of those.

A log of talk tells nothing of K2, K3 and K10 to K12. How they are counted in the model:

- **K2**: an invitation is told by its coming, in whole days, of members watched for 34 days.
- **K3**: members of a group through a whole window of twelve weeks, counted from its birth, who wrote nothing in it;
  windows in which nobody spoke are left out, staff and advertisers too. Regulars looked in on at least three days of
  such a window, whenever they came and went. The value hangs on the window: of members' *own* first twelve weeks
  fewer are silent, since newcomers write.
- **K10**: the host puts a packet of 5 CNY in ten lucky shares into each group every day. Of those who took a share of
  one packet only luck says who drew much, so the sums they send on by midnight are compared within it. In the model
  everybody who sends puts in a usual share of the day, whatever they drew, and does so the likelier the more they drew:
  that more people send is written into the rule, so the second row tests nothing but its working.
- **K11**: people who came into a group in the first four weeks of a run, followed for two years each; leaving is of
  their own will. They know the groups of one community alone, most of them a single one, where people are in ten to
  thirty; over all groups of a life more would have muted one and more would have left one. Groups per person are of
  those still in any at the end of their two years, shown and not counted.
- **K12** (shown, not counted): a door at 9.90 CNY, a lesson a day, and a course at 1,584 CNY that the host offers as
  always; memberships that paid at the door and bought the course within four weeks. The people are those of a free
  study group, who came for company; a camp has people of its own, and that world is not built.

Sources of the targets: {sources}.
"""


def measured(world: str, replicates: int) -> pd.DataFrame:
    """Facts of one world, from a run that keeps every message."""
    from scenarios.experiments.validation import played

    return played(world, replicates)[0]


def unmeasured(world: str) -> pd.DataFrame:
    """The same rows with nothing measured."""
    from scenarios.experiments.validation import scenario_for
    from sim.analysis.facts.targets import band_text, targets

    table = targets().query("world == @world")
    spans = zip(table["low"], table["high"], strict=True)
    table = table.assign(band=[band_text(low, high) for low, high in spans])
    nothing = dict.fromkeys(("value", "low", "high"), float("nan"))
    return table.assign(**nothing).assign(passes=None, scenario=scenario_for(world))


def number(value: float) -> str:
    """Three figures; nothing where there is no number."""
    return "–" if pd.isna(value) else f"{value:#.3g}".rstrip(".")


def row(fact: Mapping[str, object]) -> str:
    """One line of the table."""
    value, low, high = (number(fact[name]) for name in ("value", "low", "high"))  # type: ignore[arg-type]
    model = "" if value == "–" else f"{value} ({low} to {high})"
    passes = fact["passes"]
    verdict = "–" if pd.isna(passes) or not fact["counted"] else ("yes" if passes else "no")  # type: ignore[call-overload]
    log = LOG.get((str(fact["id"]), str(fact["statistic"])), float("nan"))
    world = fact["scenario"] if fact["scenario"] == fact["world"] else f"{fact['world']} ({fact['scenario']})"
    cells = (fact["id"], fact["en"], model, number(fact["target"]), fact["band"], verdict, number(log), world)  # type: ignore[arg-type]
    return f"| {' | '.join(str(cell) for cell in cells)} |"


def page(table: pd.DataFrame, replicates: int, state: str) -> str:
    """The page as Markdown."""
    others = table.loc[table["world"] != table["scenario"], ["world", "scenario"]].drop_duplicates()
    said = [f"*{w}* is played by the scenario `{s}`" for w, s in others.itertuples(index=False)]
    stand_ins = f"Where the fact's own world is not built yet, another stands in:\n  {'; '.join(said)}." if said else ""
    head = HEAD.format(state=state, replicates=replicates, stand_ins=stand_ins).replace(" \n", "\n")
    rows = [row(fact) for fact in table.to_dict("records")]
    return head + "\n".join(rows) + "\n" + FOOT.format(sources="; ".join(dict.fromkeys(table["source"])))


def main() -> None:
    """Play the worlds, measure, write the page."""
    from scenarios.experiments.validation import WORLDS

    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--quick", action="store_true", help="few communities: only to see that it works")
    parser.add_argument("--blank", action="store_true", help="play nothing: leave the model's column open")
    parser.add_argument("--replicates", type=int, default=10, help="communities of each world (10)")
    parser.add_argument("--out", type=Path, default=PAGE, help="where the page goes (docs/facts.md)")
    options = parser.parse_args()
    replicates = 2 if options.quick else options.replicates
    state = "**A sketch from a quick run.**\n\n" if options.quick else ""
    state = "**Not measured yet: the model's column is open.**\n\n" if options.blank else state
    tables = [unmeasured(world) if options.blank else measured(world, replicates) for world in WORLDS]
    table = pd.concat(tables, ignore_index=True)
    table = table[table["id"].isin(SHOWN)]
    order = table["id"].str[1:].astype(int).argsort(kind="stable")
    options.out.write_text(page(table.loc[table.index[order]], replicates, state), encoding="utf-8")
    print(f"wrote {options.out.name}")


if __name__ == "__main__":
    main()

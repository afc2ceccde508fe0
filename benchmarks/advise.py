"""Is the advice of ``shequn advise`` any good? Asked where the answer is known.

A menu of eight strategies at two doses, up to three together (576 plans). Twenty hidden worlds: sets of constants kept
back from those that advice is looked for in, sets beyond the range of all others, sets with one mechanism off. In each
the whole menu is played; what comes out best is measured once more on fresh luck, beside what is advised and what its
rivals would do. ``advise`` sees what an operator sees: kind of group, hours, money, what matters; not the world.

    regret    (best − plan) / best, in score (nothing has 0): share of the gap between nothing and best that is lost
    coverage  how often the limits given for one world (90 %) hold the gain that the plan has in the hidden one

What is played lies in a store, and each world when it is done in a file that is kept with the project
(``benchmarks/results/advise``), since all of them take hours: a run that was stopped goes on, on another machine too.
Where the rules' text has changed since, every plan of the record is played once more on its fresh communities: if all
comes out the same to the last digit the truth stays, otherwise the menu is played anew. Where advice is looked for in
another way than then, it is asked again.
"""

from __future__ import annotations

import inspect
import json
from collections.abc import Callable, Sequence
from functools import cache, partial
from pathlib import Path
from typing import Any

import numpy as np

from benchmarks.advise_worlds import Extent, Hidden, folklore, hidden_worlds, menu_of, picked, without, written
from scenarios.config.compose import Composer
from scenarios.config.ensemble import SHIPPED, read_sets
from scenarios.experiments.advise import advise, growing, menu
from scenarios.experiments.advise import final as final_module
from scenarios.experiments.advise.advise import Question, Search, final
from scenarios.experiments.advise.growing import Sizes, grown
from scenarios.experiments.advise.menu import NOTHING, Plan, label, together
from scenarios.experiments.advise.situation import Situation
from scenarios.experiments.cells import rules_version
from scenarios.experiments.options import options_of
from scenarios.experiments.player import Player
from sim.analysis.statistics.skewed import mean_interval
from sim.data.store import Store
from sim.data.store.identity import version_of

__all__ = ["ADVISERS", "QUICK", "RECORDS", "Bench", "measure", "so_far", "summary"]

ADVISERS = ("advise", "folklore", "one_for_all", "one_at_a_time", "random")
QUICK = Extent(menu=("fixed_time", "red_packet"), kinds=("pet_owners",), worlds=(1, 1, 1), truth=((2, 3), (4, 1)),
               fresh=4, days=30, groups=2, seats=25, sets=3, runner="serial",
               search=Sizes(2, (3, 2), (2, 2), (2, 2), 0))  # fmt: skip
RECORDS = Path(__file__).parent / "results" / "advise"
_TRUTH, _LEAST = 1_000, 0.01
"""Seed of the hidden worlds' luck, which no search uses; a gap in score that is none to speak of."""


def measure(quick: bool = False, extent: Extent | None = None, folder: Path | None = None) -> dict[str, Any]:
    """Every hidden world that is not done yet, then the summary."""
    extent = extent or (QUICK if quick else Extent())
    place = (folder or Path("outputs") / "benchmarks") / f"advise-{picked(extent, rules_version(), among=2**40):x}"
    for one in (place, RECORDS):
        one.mkdir(parents=True, exist_ok=True)
    with Store(str(place / "store")) as store:
        bench = Bench(extent, place, store, RECORDS if extent == Extent() and folder is None else place)
        for hidden in bench.hidden:
            path = bench.records / f"{hidden.name}.json"
            _kept(path, partial(bench.world, hidden, _read(path)))
    return so_far(bench.records, extent)


def so_far(folder: Path = RECORDS, extent: Extent | None = None) -> dict[str, Any]:
    """What is known of the hidden worlds that are done, whose records stay where they are; of how many."""
    extent = extent or Extent()
    found = [_record(path) for path in sorted(folder.glob("[0-9]*_*.json"))]
    records = [one for one in found if one is not None]
    worlds = [{key: one[key] for key in ("name", "way", "playable")} for one in records]
    return {"plans": len(menu_of(extent.menu)), "of": sum(extent.worlds), **summary(records), "worlds": worlds}


def _kept(path: Path, make: Callable[[], dict[str, Any]]) -> dict[str, Any]:
    """What the file holds, if it is of these rules, or is made now."""
    found = _record(path)
    if found is None:
        found = {**make(), "rules": rules_version(), "search": search_version()}
        part = path.with_suffix(".part")
        part.write_text(json.dumps(found, indent=1, ensure_ascii=False) + "\n", "utf-8")
        part.replace(path)
    return found


def _record(path: Path) -> dict[str, Any] | None:
    """A record of these rules and this search, if there is one."""
    found, now = _read(path), (rules_version(), search_version())
    return found if (found.get("rules"), found.get("search")) == now else None


def _read(path: Path) -> dict[str, Any]:
    """A record of whatever rules."""
    found: dict[str, Any] = json.loads(path.read_text("utf-8")) if path.exists() else {}
    return found


@cache
def search_version() -> str:
    """Hash of how advice is looked for."""
    return version_of(inspect.getsource(module) for module in (advise, final_module, growing, menu))


class Bench:
    """The hidden worlds, and who advises in them."""

    def __init__(self, extent: Extent, folder: Path, store: Store, records: Path) -> None:
        self.extent, self.folder, self.records, self.composer = extent, folder, records, Composer()
        said = {"runner": extent.runner} if extent.runner else {}
        self.player = Player(options_of(said), store, self.composer)
        seen, self.hidden = hidden_worlds(read_sets(SHIPPED), extent)
        self.sets, self.seen = len(seen), written(seen, folder / "seen.json")
        self.menu = menu_of(extent.menu)
        self.known = {label(plan): plan for plan in (*self.menu, folklore(extent.menu), NOTHING)}

    def question(self, situation: Situation, world: Path, sets: int, seed: int = 1) -> Question:
        """A situation, in a file of worlds."""
        return Question(situation, (f"world={world}", f"population.seats={self.extent.seats}"), seed, sets,
                        self.extent.search)  # fmt: skip

    def search(self, situation: Situation) -> Search:
        """In the worlds that may be seen."""
        return Search(self.question(situation, self.seen, self.sets), self.player, self.composer)

    def world(self, hidden: Hidden, old: dict[str, Any]) -> dict[str, Any]:
        """The record of a hidden world, with what is left of an ``old`` one: its truth where none of its plans fares
        otherwise today, all of it where advice is looked for as it was then, too.
        """
        runs = len(self.menu) * self.extent.truth[0][0]
        with self.player.steadily(runs, runs):
            is_true = bool(old) and self._is_true(hidden, old)
            if is_true and old["search"] == search_version():
                return old
            return self._asked(hidden, old if is_true else self._swept(hidden))

    def _is_true(self, hidden: Hidden, old: dict[str, Any]) -> bool:
        """Does every plan of a record come out the same to the last digit?"""
        said = [old["best"], *old["advisers"].values()]
        if not all(one["plan"] in self.known for one in said):
            return False
        worth = self._fresh(hidden, [self.known[one["plan"]] for one in said])
        return all(_measured(self.known[one["plan"]], worth) == one for one in said)

    def _swept(self, hidden: Hidden) -> dict[str, Any]:
        """The whole menu in a hidden world: its best plan, how many can be played, and one of them by lot."""
        there = self._there(hidden, _TRUTH)
        playable = left = there.offered(self.menu)
        for communities, keep in self.extent.truth:
            means = np.nanmean(there.measure(left, communities), axis=1)
            left = [left[k] for k in np.argsort(-means, kind="stable")[:keep]]
        by_lot = playable[picked("random", hidden.name, among=len(playable))]
        return {"truth": label(left[0]), "playable": len(playable), "by_lot": label(by_lot), "swept": there.runs}

    def _asked(self, hidden: Hidden, true: dict[str, Any]) -> dict[str, Any]:
        """What everybody advises, and what each advice is worth beside the truth."""
        search = self.search(hidden.situation)
        finalists = grown(search.asked.singles, search.measure, search.offered, search.asked.sizes)
        found = final(search.asked, self.player, finalists, search)
        first = found.advised[0] if found.advised else None
        said = {"advise": first.plan if first else NOTHING, "folklore": folklore(self.extent.menu),
                "one_for_all": self.one_for_all(), "random": self.known[true["by_lot"]],
                "one_at_a_time": self.one_at_a_time(hidden.situation, search.runs)}  # fmt: skip
        worth = self._fresh(hidden, [self.known[true["truth"]], *said.values()])
        best = max(worth, key=lambda plan: float(np.nanmean(worth[plan])))  # an adviser may have found a better one
        return {
            "name": hidden.name, "way": hidden.way, "kind": hidden.situation.kind,
            "hours": hidden.situation.hours, "yuan": hidden.situation.yuan, "matters": dict(hidden.situation.matters),
            **{key: true[key] for key in ("truth", "playable", "by_lot", "swept")},
            "best": _measured(best, worth), "limits": list(first.one_world) if first else None,
            "advisers": {name: _measured(said[name], worth) for name in ADVISERS}, "searched": search.runs,
        }  # fmt: skip

    def _there(self, hidden: Hidden, seed: int) -> Search:
        """In the hidden world."""
        file = written([hidden.row], self.folder / f"world-{hidden.name}.json")
        return Search(self.question(hidden.situation, file, 1, seed), self.player, self.composer)

    def _fresh(self, hidden: Hidden, plans: Sequence[Plan]) -> dict[Plan, np.ndarray]:
        """Scores of plans on communities that nobody has seen, of those that can be played there."""
        fresh = self._there(hidden, _TRUTH + 1)
        fine = list(dict.fromkeys(fresh.offered([plan for plan in plans if plan])))
        return dict(zip(fine, fresh.measure(fine, self.extent.fresh), strict=True))

    def one_for_all(self) -> Plan:
        """The plan that is best on average over all kinds of group, for whom all matters alike."""
        def make() -> dict[str, Any]:
            kinds = [self.search(Situation(kind, self.extent.groups, without=without(self.extent.menu),
                                           days=self.extent.days)) for kind in self.extent.kinds]  # fmt: skip

            def offered(plans: Sequence[Plan]) -> list[Plan]:
                for one in kinds:
                    plans = one.offered(plans)
                return list(plans)

            found = grown(kinds[0].asked.singles, lambda plans, n: np.hstack([one.measure(plans, n) for one in kinds]),
                          offered, self.extent.search)  # fmt: skip
            return {"plan": label(found[0]) if found else ""}

        said = _kept(self.records / "one_for_all.json", make)["plan"]
        return next((plan for plan in self.menu if label(plan) == said), NOTHING)

    def one_at_a_time(self, situation: Situation, runs: int) -> Plan:
        """Each move alone against nothing, for as many runs as advice took; of what does good the best three."""
        search = self.search(situation)
        ones = search.offered(search.asked.singles)
        means = np.nanmean(search.measure(ones, max(1, runs // (1 + len(ones)))), axis=1)
        made: Plan = NOTHING
        for k in np.argsort(-means, kind="stable"):
            both = together(made, ones[k]) if means[k] > 0 else None
            made = both if both is not None and search.offered([both]) else made
        return made


def _measured(plan: Plan, worth: dict[Plan, np.ndarray]) -> dict[str, Any]:
    """A plan, and its score on fresh communities; nothing has 0, and so has what cannot be played there."""
    if plan not in worth:
        return {"plan": label(plan), "score": 0.0, "low": 0.0, "high": 0.0}
    found = mean_interval(worth[plan])
    return {"plan": label(plan), "score": float(found.mean), "low": float(found.low), "high": float(found.high)}


def summary(records: Sequence[dict[str, Any]]) -> dict[str, Any]:
    """Regret of each adviser, how often they are surely worse than nothing, coverage and width of the limits."""
    gaps = [one for one in records if one["best"]["score"] > _LEAST]
    advisers = {name: _regret(name, gaps, records) for name in ADVISERS}
    return {"advisers": advisers, "without_gap": len(records) - len(gaps),
            "limits": {way: _limits([one for one in records if one["way"] == way]) for way in
                       dict.fromkeys(one["way"] for one in records)}}  # fmt: skip


def _regret(name: str, gaps: Sequence[dict[str, Any]], records: Sequence[dict[str, Any]]) -> dict[str, float]:
    lost = np.array([max(0.0, one["best"]["score"] - one["advisers"][name]["score"]) for one in gaps])
    share = lost / np.array([one["best"]["score"] for one in gaps])
    median, high = np.quantile(share, (0.5, 0.9)) if len(gaps) else (np.nan, np.nan)
    return {"median": float(median), "p90": float(high), "absolute": float(np.median(lost)) if len(gaps) else np.nan,
            "surely_worse": sum(one["advisers"][name]["high"] < 0 for one in records)}  # fmt: skip


def _limits(records: Sequence[dict[str, Any]]) -> dict[str, float]:
    """Of the worlds in which a plan was advised, with limits."""
    told = [one for one in records if one["limits"] and np.isfinite(one["limits"]).all()]
    held = [one["limits"][0] <= one["advisers"]["advise"]["score"] <= one["limits"][1] for one in told]
    width = [one["limits"][1] - one["limits"][0] for one in told]
    return {"n": len(told), "held": float(np.mean(held)) if told else np.nan,
            "width": float(np.median(width)) if told else np.nan}  # fmt: skip

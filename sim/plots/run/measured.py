"""What the pictures draw: every analysis of one world of a run, computed when first asked for and then kept.

Both languages and the report share it, so nothing is computed twice. A picture takes ``Results`` or ``Measured``.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import cached_property
from typing import Any

import pandas as pd

from sim.analysis import funnel, lifecycle, lifetimes, money, outcomes, participation, retention
from sim.analysis.acquisition import Acquired, acquisition
from sim.analysis.ceilings import Ends, seats_of
from sim.analysis.lifecycle import STAGES
from sim.analysis.memberships import Memberships
from sim.analysis.noted import noted
from sim.analysis.panel import Panel
from sim.analysis.statistics import paired
from sim.analysis.statistics.combination import combination
from sim.data.frames import DTYPES
from sim.data.results import Results
from sim.locale.words import beside, say
from sim.plots.style import colours

__all__ = ["CURVES", "SHOWN", "STAGES", "Measured", "parts_of"]

CURVES = ("n_members", "n_posters", "n_messages", "advert_share")
SHOWN = 12  # arms a picture can hold


class Measured:
    """The analyses of one world of ``results``; ``reference`` is the arm the others are compared with: the one that
    was named when the run was played, else doing nothing, else the first.
    """

    def __init__(self, results: Results, world: str | None = None) -> None:
        worlds = [str(name) for name in results.daily["world"].cat.categories]
        self.world = worlds[0] if world is None else world
        self.results = results if len(worlds) == 1 else _only(results, self.world)
        present = set(Panel.of(self.results.daily).runs["arm"])
        arms = [arm for arm in results.arms if arm in present]
        reference = results.meta.get("reference", "nothing")
        self.reference = reference if reference in arms else arms[0]
        self.all_arms = [self.reference, *(arm for arm in arms if arm != self.reference)]
        self.arms = self.all_arms[:SHOWN]
        self.colours = colours(self.all_arms)

    @classmethod
    def of(cls, source: object) -> Measured:
        """``source`` itself, or the analyses of its first world if it is ``Results``."""
        if isinstance(source, Measured):
            return source
        if isinstance(source, Results):
            return cls(source)
        raise TypeError(f"a picture is drawn from Results or Measured, not from {type(source).__name__}")

    @cached_property
    def days(self) -> int:
        """Days simulated."""
        return Panel.of(self.results.daily).days

    @cached_property
    def curves(self) -> dict[str, pd.DataFrame]:
        """M1: the four curves of the lifecycle by measure."""
        return {measure: lifecycle.curve(self.results.daily, measure) for measure in CURVES}

    @cached_property
    def stage_shares(self) -> pd.DataFrame:
        """M1: share of groups in each stage by day."""
        return lifecycle.stage_shares(self.results.daily, running=self.running)

    @cached_property
    def running(self) -> list[str]:
        """Arms whose groups were there already on day 0."""
        starts = self.results.starts
        return [] if starts is None else sorted(set(starts["arm"].astype(str)))

    @cached_property
    def survival(self) -> dict[str, lifetimes.Survival]:
        """M2: survival by arm."""
        return lifetimes.survival(self.groups)

    @cached_property
    def groups(self) -> pd.DataFrame:
        """M2: one row a group, how long it lived."""
        return lifetimes.groups_table(self.results.daily)

    @cached_property
    def horizon(self) -> float:
        """Days up to which the restricted mean counts."""
        return max(one.horizon for one in self.survival.values())

    @cached_property
    def ends(self) -> Ends:
        """Where numbers end here: lives with the watch, groups with their seats."""
        notes = self.results.meta.get("arms", {})
        configs = [notes.get(f"{self.world}/{arm}", notes.get(arm, {})) for arm in self.all_arms]
        return Ends(self.horizon, seats_of(configs))

    @cached_property
    def shares(self) -> pd.DataFrame:
        """M3: posters, readers and absent by day."""
        return participation.shares(self.results.daily)

    @cached_property
    def inequality(self) -> pd.DataFrame:
        """M3: Gini, top shares, silent members."""
        return participation.inequality(self.results.spells)

    @cached_property
    def retention(self) -> pd.DataFrame:
        """M4: share still a member by age and joining cohort."""
        return retention.retention(self.results.spells, days=self.days)

    @cached_property
    def funnel(self) -> pd.DataFrame:
        """M5: from invitation to repurchase."""
        return funnel.funnel(self.results.spells)

    @cached_property
    def revenue(self) -> pd.DataFrame:
        """M5: revenue by source and per member."""
        return funnel.revenue(self.results.daily, self.results.spells)

    @cached_property
    def acquired(self) -> pd.DataFrame:
        """M5, M7, M19: by which door people came, who stayed and who bought, and what was spent to bring them in."""
        panel = Panel.of(self.results.daily)
        people = Memberships(self.results.spells, panel)
        wages = noted(panel, self.results.meta.get("arms", {}), "operator", "wage")
        return acquisition(Acquired(panel, people, self.results.mechanisms, self.days), panel.communities, wages)

    @cached_property
    def balance(self) -> pd.DataFrame:
        """M6: revenue, cost, profit, host hours."""
        return money.returns(self.results.daily)

    @cached_property
    def outcomes(self) -> pd.DataFrame:
        """One row per community, one column per outcome."""
        return outcomes.outcomes(self.results)

    @cached_property
    def summary(self) -> dict[str, dict[str, dict[str, float]]]:
        """arm → outcome → mean, low, high, n."""
        return outcomes.summarise(self.outcomes)

    @cached_property
    def paired(self) -> pd.DataFrame:
        """Differences to the reference under common luck; empty with a single arm."""
        return paired.paired(self.outcomes, self.reference)

    @cached_property
    def combination(self) -> pd.DataFrame:
        """Combined arms against the sum of their parts; empty where the run holds no such arm."""
        return combination(self.outcomes, self.combinations, self.reference, self.ends)

    @cached_property
    def combinations(self) -> dict[str, list[str]]:
        """Combined arm → the arms that hold its strategies alone."""
        return parts_of(self.results.meta, self.all_arms, self.world)

    @cached_property
    def events(self) -> list[Mapping[str, Any]]:
        """What happened to the world on its days: entries of its timeline."""
        return events_of(self.results.meta, self.all_arms, self.world)

    @cached_property
    def replicates(self) -> dict[str, int]:
        """Communities by arm."""
        communities = Panel.of(self.results.daily).communities
        counted = communities["arm"].value_counts()
        return {str(name): int(counted[name]) for name in communities["arm"].cat.categories}

    def measure(self) -> None:
        """Ask for everything now, so that whoever draws in a second process finds it done."""
        lacking = set() if self.combinations else {"combination"}
        for name, member in vars(type(self)).items():
            if isinstance(member, cached_property) and name not in lacking:
                getattr(self, name)

    def dash(self, arm: str) -> str:
        """The reference is drawn with a broken line."""
        return "--" if arm == self.reference and len(self.arms) > 1 else "-"

    def caption(self, key: str, lang: str, **values: object) -> str:
        """A picture's caption, ending in the number of communities it stands on."""
        return beside(say(key, lang, **values), self.sample(lang), lang)

    def sample(self, lang: str) -> str:
        """How many communities the numbers stand on, and arms left out of the picture."""
        counts = [self.replicates.get(arm, 0) for arm in self.arms]
        low, high = min(counts), max(counts)
        text = say("of_n", lang, n=high) if low == high else say("of_n_mixed", lang, low=low, high=high)
        left_out = len(self.all_arms) - len(self.arms)
        return text + (say("left_out", lang, n=left_out) if left_out else "") + say("stop", lang)


def events_of(meta: Mapping[str, Any], arms: list[str], world: str) -> list[Mapping[str, Any]]:
    """The timeline of the world, as the config of its arms tells it; the same in every arm."""
    notes = meta.get("arms", {})
    configs = [notes.get(f"{world}/{arm}", notes.get(arm, {})) for arm in arms] + [meta.get("config") or {}]
    return next((list(config["timeline"]) for config in configs if config.get("timeline")), [])


def _only(results: Results, world: str) -> Results:
    """The rows of one world."""
    own = {name: getattr(results, name) for name in DTYPES if getattr(results, name) is not None}
    mine, counted = ({name: table[table["world"] == world] for name, table in tables.items()}
                     for tables in (own, results.mechanisms))  # fmt: skip
    return Results(**mine, mechanisms=counted, meta=results.meta)


def parts_of(meta: Mapping[str, Any], arms: list[str], world: str) -> dict[str, list[str]]:
    """Combined arm → arms of one of its strategies alone in the same dose, as each arm's meta tells (or ``a+b``)."""
    notes = meta.get("arms", {})
    sets = {arm: _strategies(notes.get(f"{world}/{arm}", notes.get(arm, {})), arm) for arm in arms}
    single = {arm: played for arm, played in sets.items() if len(played) == 1}
    found = {arm: [next((alone for alone, one in single.items() if _holds(one, name, doses)), "")
                   for name, doses in sorted(played.items())] for arm, played in sets.items()}  # fmt: skip
    return {arm: parts for arm, parts in found.items() if len(parts) > 1 and all(parts)}


def _holds(played: Mapping[str, Any], name: str, doses: Any) -> bool:
    """Is this strategy among those played, in the same dose as far as doses are known?"""
    return name in played and (played[name] == doses or None in (played[name], doses))


def _strategies(notes: Mapping[str, Any], arm: str) -> dict[str, Any]:
    """The strategies of an arm with their doses, None where these are not known."""
    named = next((notes[key] for key in ("strategies", "strategy") if key in notes), arm.split("+"))
    if isinstance(named, Mapping):
        return {name: doses or None for name, doses in named.items() if name != "nothing"}
    if isinstance(named, str):
        named = [named]
    listed = [str(one.get("name", "")) if isinstance(one, Mapping) else str(one) for one in named]
    names = {name.strip() for one in listed for name in one.split("+")}
    return dict.fromkeys(sorted(names - {"nothing", ""}))

"""Every outcome of a community as one number: the table that comparisons, studies and summaries stand on."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from sim.analysis import assessments, presence, standings
from sim.analysis.acquisition import Acquired
from sim.analysis.coming import coming_and_going
from sim.analysis.feelings import belonging_of_all, feelings, hidden_accounts, hired_moderators
from sim.analysis.funnel import STEPS, count_steps
from sim.analysis.kept import kept
from sim.analysis.lifecycle import RATIOS
from sim.analysis.lifetimes import groups_table, labels, lives_of_any_line
from sim.analysis.memberships import Memberships
from sim.analysis.newcomers import write_again
from sim.analysis.noted import noted
from sim.analysis.panel import COMMUNITY, RUN, Panel, codes, is_one_of, place_of
from sim.analysis.participation import MEASURES, unequal
from sim.analysis.registry import OUTCOMES, Outcome, complete, counted
from sim.analysis.retention import watched
from sim.analysis.statistics.divided import ratio
from sim.analysis.statistics.kaplan_meier import counts, survival_matrix
from sim.analysis.statistics.skewed import mean_interval
from sim.analysis.writers import writers
from sim.data.frames import midnight
from sim.mechanisms import mechanisms

if TYPE_CHECKING:
    from sim.data.results import Results

__all__ = ["OUTCOMES", "Outcome", "counted", "outcomes", "summarise"]

RETENTION_DAY = 28
MINUTES_PER_HOUR = 60.0
DAYS_PER_MONTH = 30.0


def outcomes(results: Results) -> pd.DataFrame:
    """One row per (arm, world, replicate) and one float column per outcome of :data:`OUTCOMES`; NaN where undefined.

    Outcomes of mechanisms are there if one of the runs had the mechanism in play.

    A share is a sum over a sum within the community. Money, purchases, hours and people turned away are totals of the
    community over the run; the rest is per group. ``…_month`` are such totals divided by the groups there were on the
    first day and by the run's days / 30: what one founded group brings in a month, dead months and groups it split into
    counted. An hour of the host is worth ``operator.wage`` as kept in ``meta``, NaN where it is not. ``lifetime`` is the
    area under the community's own survival curve up to the day on which the last death can be known (see
    :func:`sim.analysis.lifetimes.survival`).
    """
    return _outcomes(results).copy()


@kept
def _outcomes(results: Results) -> pd.DataFrame:
    panel = Panel.of(results.daily)
    days = int(results.meta["days"]) if "days" in results.meta else panel.days
    people = Memberships(results.spells, panel)
    hidden = hidden_accounts(panel, people)
    values = {**_lives(panel, days, hidden), **_talk(panel, hidden), **_people(people, days)}
    hired = hired_moderators(panel, people)
    values |= feelings(panel, hidden_accounts(panel, people, in_the_morning=True), hired)
    wages = noted(panel, results.meta.get("arms", {}), "operator", "wage")
    values |= _money(panel, values.pop("ordinary"), wages, days) | _counted(panel, results)
    values |= _bonds(panel, results, people, wages, days)
    values |= coming_and_going(panel, hidden, days)
    names = [name for name in OUTCOMES if name in values]
    table = pd.DataFrame(np.column_stack([values[name] for name in names]), columns=names)
    return pd.concat([panel.communities, table], axis=1)


def _counted(panel: Panel, results: Results) -> dict[str, np.ndarray]:
    """What the mechanisms counted: sums over the run, or shares; where one was not in play it counted nothing."""
    complete()
    known, found = mechanisms(), {}
    for label, table in results.mechanisms.items():
        unit, units = codes(table, COMMUNITY)
        place = place_of(units, panel.communities)
        for name, column in known[label].columns("group", "daily").items() if label in known else ():
            if column.en:
                total = np.zeros(len(panel.communities))
                total[place] = np.bincount(unit, weights=table[name].to_numpy(float), minlength=len(units))
                found[name] = ratio(total, panel.totals(column.share_of)) if column.share_of else total
    return found


def _lives(panel: Panel, days: int, hidden: np.ndarray) -> dict[str, np.ndarray]:
    """``lifetime`` ends at the last day on which a death can be known: a run's number does not depend on which other
    runs stand in the table."""
    groups = groups_table(panel)
    died, lived = ~groups["censored"].to_numpy(), groups["lifetime"].to_numpy()
    n_units, horizon = len(panel.communities), max(0, days - 1 - int(groups["window"].iloc[0]))
    died, lived = died & (lived <= horizon), np.minimum(lived, horizon)
    curve, of_any_line = (
        survival_matrix(*counts(lasted, ended, panel.community, n_units, horizon + 1))
        for lasted, ended in ((lived, died), lives_of_any_line(panel, horizon))
    )
    number = panel.by_community(np.ones(len(groups)))
    alive = groups["cause"].isna().to_numpy()
    there, last = panel.by_community(panel.exists.sum(axis=1)), slice(days - 1, days)  # nothing if all ended before
    at_end = panel.by_community((panel.dense("n_members") - hidden)[:, last].sum(axis=1))
    members = panel.totals("n_members") - panel.by_community(hidden.sum(axis=1))
    pairs = panel.by_community(panel.dense("n_strong_pairs")[:, last].sum(axis=1))
    groups_left = panel.by_community(panel.exists[:, last].sum(axis=1))
    return {
        "lifetime": curve[:, :-1].sum(axis=1),
        "lifetime_any": of_any_line[:, :-1].sum(axis=1),
        "alive": panel.by_community(alive) / number,
        "members": ratio(members, there),
        "members_peak": panel.by_community(groups["n_peak"].to_numpy()) / number,
        "members_end": ratio(at_end, groups_left),
        "strong_pairs": ratio(pairs, groups_left),
        "pairs_per_member": ratio(pairs, at_end),
    }


def _talk(panel: Panel, hidden: np.ndarray) -> dict[str, np.ndarray]:
    """Hidden accounts are no members who might have looked in or written."""
    there, accounts = panel.totals_of_rows(), panel.by_community(hidden.sum(axis=1))
    per_day = {"messages": "n_messages", "member_messages": "n_member_messages", "active": "n_posters"}
    found = {name: panel.totals(column) / there for name, column in per_day.items()}
    for name, (top, bottom) in RATIOS.items():
        if name in OUTCOMES:
            found[name] = ratio(panel.totals(top), panel.totals(bottom) - accounts * (bottom == "n_members"))
    adverts = panel.totals("n_ads")
    return found | {"members_adverts": ratio(adverts, adverts + panel.totals("n_member_messages"))}


def _people(people: Memberships, days: int) -> dict[str, np.ndarray]:
    spells, unit, n_units = people.spells, people.unit, len(people.place)
    ordinary = people.ordinary
    step = dict(zip(STEPS, count_steps(spells, unit, ordinary, n_units).T, strict=True))
    joined = step["joined"]

    def sums(values: np.ndarray) -> np.ndarray:
        return np.bincount(unit, weights=values * ordinary, minlength=n_units)

    stayed, left = watched(people.joined, people.left, spells["reason"], days)
    beyond = RETENTION_DAY + 1
    lived = np.minimum(stayed, beyond)[ordinary]
    deaths, exits = counts(lived, left[ordinary], unit[ordinary], n_units, beyond + 1)
    found = {
        "stayed": np.where(joined > 0, survival_matrix(deaths, exits)[:, RETENTION_DAY], np.nan),
        "left": ratio(sums(is_one_of(spells["reason"], ["left"])), joined),
        "muted": ratio(sums(spells["muted"].to_numpy()), joined),
        "brought": ratio(sums(spells["n_brought"].to_numpy()), joined),
        "buyers": ratio(step["bought"], joined),
        "repurchase": ratio(step["bought_again"], step["bought"]),
        "ordinary": joined,
    }
    _, talk = unequal(spells)
    found |= {name: talk[:, i] for i, name in enumerate(MEASURES) if name in OUTCOMES}
    return {name: _spread(values, people.place, people.n) for name, values in found.items()}


def _spread(values: np.ndarray, place: np.ndarray, n: int) -> np.ndarray:
    """Values of some communities at their places among all, NaN elsewhere."""
    out = np.full(n, np.nan)
    out[place] = values
    return out


def _money(panel: Panel, ordinary: np.ndarray, wages: np.ndarray, days: int) -> dict[str, np.ndarray]:
    revenue, cost = panel.totals("revenue"), panel.totals("cost")
    hours = panel.totals("host_minutes") / MINUTES_PER_HOUR
    profit = revenue - cost - wages * hours
    months = panel.by_community(panel.exists[:, 0]) * days / DAYS_PER_MONTH
    return {
        "turned_away": panel.totals("n_turned_away"),
        "purchases": panel.totals("n_purchases"),
        "revenue": revenue,
        "revenue_per_member": ratio(revenue, ordinary),
        "cost": cost,
        "profit": revenue - cost,
        "host_hours": hours,
        "cost_with_hours": cost + wages * hours,
        "profit_with_hours": profit,
        "hours_month": ratio(hours, months),
        "profit_month": ratio(profit, months),
    }


def _bonds(
    panel: Panel, results: Results, people: Memberships, wages: np.ndarray, days: int
) -> dict[str, np.ndarray]:
    """Who is noticed, who stays, what binds them, and what it cost to bring them in."""
    counted, arms = results.mechanisms, results.meta.get("arms", {})
    knob, acquired = partial(noted, panel, arms), Acquired(panel, people, counted, days)
    found = {
        "presence": presence.presence(panel),
        "notice_board": presence.notice_board(panel),
        "without_expert": presence.without_expert(panel),
        "after_expert": presence.after_expert(panel, people),
        "veterans_left": standings.veterans_left(people, knob("talk", "veteran_days"), days),
        "newcomers_again": write_again(people, days),
        "writers": writers(people, days),
        "belonging_of_all": belonging_of_all(people),
        "customers_seen": standings.customers_seen(panel, results.starts),
        "willingness": assessments.willingness(panel, acquired.came.sum(axis=1)),
        "invested": assessments.invested(panel, people, counted),
        "invested_minutes": assessments.invested_minutes(panel, people, counted),
        "renewal": assessments.renewal(panel, counted),
        "net_promoters": assessments.net_promoters(people, knob("mind", "trusting")),
        "cost_of_leaving": assessments.cost_of_leaving(
            panel, counted, knob("mind", "leave_ties"), knob("honours", "leave_level")
        ),
    }
    found |= assessments.intimacy(panel, counted) | acquired.outcomes(wages)
    if results.messages is not None:
        found["handout_seekers"] = standings.handout_seekers(panel, results.messages, people, midnight(results.meta))
    return found


def summarise(table: pd.DataFrame) -> dict[str, dict[str, dict[str, float]]]:
    """arm (``world/arm`` with several worlds) → outcome → {mean, low, high, n}; 95 % over communities.

    Limits of :func:`sim.analysis.statistics.skewed.mean_interval`: NaN with one community, or where all are equal.
    """
    run, runs = codes(table, RUN)
    names = [name for name in OUTCOMES if name in table.columns]
    found = {}
    for i, label in enumerate(labels(runs)):
        sides = mean_interval(table.loc[run == i, names].to_numpy(dtype=np.float64))[:4]
        rows = zip(names, *(side.tolist() for side in sides), strict=True)
        found[label] = {name: {"mean": m, "low": low, "high": high, "n": n} for name, m, low, high, n in rows}
    return found

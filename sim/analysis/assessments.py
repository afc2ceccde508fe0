"""M7, M8: the founding material's five assessments of a community, and how close members are to it (亲密度).

Nobody is asked anything in the model. Willingness, money and renewal are what people do. The other two are restated from
what the model holds of members, and say no more than it does: a net promoter score without a survey, and what somebody
would lose by leaving.
"""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
import pandas as pd

from sim.analysis.memberships import Memberships
from sim.analysis.panel import COMMUNITY, Panel, codes, place_of
from sim.analysis.statistics.divided import ratio
from sim.mechanisms.honours import Honours
from sim.mechanisms.points import Points

__all__ = ["cost_of_leaving", "intimacy", "invested", "invested_minutes", "net_promoters", "renewal", "summed",
           "willingness"]  # fmt: skip

NEUTRAL = 0.5
"""Belonging at which a member is neither for nor against the group."""

Tables = Mapping[str, pd.DataFrame]


def willingness(panel: Panel, came: np.ndarray) -> np.ndarray:
    """M7: of the people who come to the door, the share who come in; (communities,). NaN where nobody came.

    ``came`` is how many did. By channel: :func:`sim.analysis.acquisition.acquisition`. Who finds no seat counts as staying outside, so it is a matter of seats as well as of wishes.
    """
    return ratio(came, panel.totals("n_knocks"))


def invested(panel: Panel, people: Memberships, counted: Tables) -> np.ndarray:
    """M7: CNY paid for being a member, at the door and as dues, per membership of an ordinary member; (communities,).

    What they give in time is :func:`invested_minutes`: an hour of a member has no price in the model.
    """
    entries = people.column("entry_paid")
    paid = people.sums(people.ordinary & (entries > 0.0), entries) + summed(panel, counted, "dues", "fen_dues")
    return ratio(paid, people.sums(people.ordinary))


def invested_minutes(panel: Panel, people: Memberships, counted: Tables) -> np.ndarray:
    """M7: minutes that members give to tasks and greetings, per membership of an ordinary member; (communities,).

    A task takes effort · ``tasks.effort_minutes`` (assumption). Reading and writing is what a group is for, and no cost.
    """
    return ratio(summed(panel, counted, "tasks", "minutes_done"), people.sums(people.ordinary))


def renewal(panel: Panel, counted: Tables) -> np.ndarray:
    """M7: of the memberships that were due, the share that was renewed; (communities,). NaN where none was."""
    return ratio(summed(panel, counted, "dues", "n_renewed"), summed(panel, counted, "dues", "n_asked_to_renew"))


def net_promoters(people: Memberships, trusting: np.ndarray) -> np.ndarray:
    """M7: 100 · (promoters − detractors) ÷ members, of those who are in at the end; (communities,).

    No survey, but a restatement: promoters are those whose belonging is above ½ and whose trust in the host is at least
    ``trusting`` (``mind.trusting``); detractors those who reach neither. NaN without members, or where the knob was not
    kept.
    """
    rows = np.flatnonzero(people.ordinary & (people.left < 0))
    home = people.home[rows]
    belongs, trusts = people.column("belonging")[rows] > NEUTRAL, people.column("trust")[rows] >= trusting[home]
    for_it, against = (np.bincount(home[side], minlength=people.n) for side in (belongs & trusts, ~(belongs | trusts)))
    score = 100.0 * ratio(for_it - against, np.bincount(home, minlength=people.n))
    return np.where(np.isnan(trusting), np.nan, score)


def cost_of_leaving(panel: Panel, counted: Tables, leave_ties: np.ndarray, leave_level: np.ndarray) -> np.ndarray:
    """M7: by what share ties and titles lower a member's hazard of leaving; (communities,).

    1 − e^−x, x = leave_ties · strong ties per member + leave_level · levels above the group's mean per member, over
    members and days: the two terms of the hazard that are lost by leaving. Money paid at the door is not in it: it makes
    people look in (``price.sunk``), and does not act on leaving. NaN where ``mind.leave_ties`` was not kept. A restatement of
    ``strong_pairs`` and of the titles held.
    """
    members = panel.totals("n_members")
    ties = ratio(2.0 * panel.totals("n_strong_pairs"), members)
    above = ratio(summed(panel, counted, Honours.name(), "distinction"), members)
    weight = np.where(np.isnan(leave_level), Honours.knobs()["leave_level"].default, leave_level)
    return 1.0 - np.exp(-leave_ties * ties - weight * above)


def intimacy(panel: Panel, counted: Tables) -> dict[str, np.ndarray]:
    """M8: points that a member gathers a day, and its four parts, by outcome; each (communities,).

    points = look · days looked in + post · posts (at most three a day, no adverts) + task · tasks done + purchase ·
    purchases, at the weights that the mechanism ``points`` declares, whether or not it is in play; staff gather none.
    NaN without members.
    """
    weight = {name: knob.default for name, knob in Points.knobs().items()}
    members = panel.totals("n_members")
    parts = {
        "intimacy_looks": weight["look"] * panel.totals("n_comers"),
        "intimacy_posts": weight["post"] * panel.totals("n_counted_posts"),
        "intimacy_tasks": weight["task"] * summed(panel, counted, "tasks", "n_checkins"),
        "intimacy_purchases": weight["purchase"] * panel.totals("n_purchases"),
    }
    found = {name: ratio(points, members) for name, points in parts.items()}
    return {"intimacy": sum(found.values(), start=np.zeros(len(members)))} | found


def summed(panel: Panel, counted: Tables, mechanism: str, column: str) -> np.ndarray:
    """What a mechanism counted over the whole run, (communities,); 0 where it was not in play, or did not count it yet."""
    total = np.zeros(len(panel.communities))
    table = counted.get(mechanism)
    if table is not None and len(table) and column in table:
        unit, units = codes(table, COMMUNITY)
        sums = np.bincount(unit, table[column].to_numpy(dtype=np.float64), len(units))
        total[place_of(units, panel.communities)] = sums
    return total

"""Which of the shipped scenarios a log resembles, or none: regularised discriminant analysis (Friedman 1989).

Rooms are compared with simulated rooms of about as many messages (:data:`CUTS`). There each scenario k has a mean m(k)
and a covariance S(k) of the :data:`~sim.analysis.logs.traits.TRAITS`, shrunk towards what all share (:func:`fitted`).
For a room with traits x, those the log cannot tell left out, p of them being there:

    d²(k) = (x − m)ᵀ S⁻¹ (x − m) / p                  how far off
    l(k)  = − ½ (p · d²(k) + ln det S)                how likely
    P(k)  ∝ exp(0.6/√n · Σ l(k))                      over the n rooms of the log; beforehand all are as likely

Traits are no normal values, and rooms of a log are alike, hence the 0.6/√n. Tried by leaving out communities, P was right
about as often as it says: of single rooms with P from 0.5 to 0.7 it was in 62 %, 0.7 to 0.9 in 86 %, above 0.9 in 97 %;
of logs of ten rooms in 64, 87 and 98 %.

A room is *unlike* all of them if d² to its likeliest kind exceeds what 99 of 100 simulated rooms of that size keep.
A log resembles none if more than half of its rooms are unlike.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cache
from importlib import resources
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from sim.analysis.logs.traits import TRAITS

__all__ = ["CUTS", "LEAST", "Known", "Likeness", "distances", "fitted", "known_kinds", "read", "resembled", "written"]

Floats = NDArray[np.float64]

LEAST = 50  # human messages, below which a room tells nothing of its kind
CUTS = (LEAST, 300, 2000)  # where the sizes of rooms begin, in human messages
WITHIN = 0.99  # share of the simulated rooms within the limit
SHRUNK, RIDGE = 0.5, 0.1  # covariance: part that all kinds share, and variance added to each trait
FEW = 60  # rooms of a kind and size, with fewer of which even more is shared
TEMPER = 0.6


@dataclass(frozen=True, eq=False)
class Known:
    """Means (sizes, kinds, traits), covariances (sizes, kinds, traits, traits) and limits of d² (sizes) of simulated rooms.

    ``right`` is the share of logs told rightly in trials by leaving out communities, by the number of their rooms.
    """

    kinds: tuple[str, ...]
    mean: Floats
    spread: Floats
    limit: Floats
    rooms: int
    communities: int
    right: Mapping[int, float] = field(default_factory=dict)


@dataclass(frozen=True, eq=False)
class Likeness:
    """What a log resembles. ``kind`` is None where too few rooms are like any; ``chance`` is by kind, likeliest first.

    ``rooms`` counts those long enough to be judged, ``unlike`` those that are like no kind. ``apart`` names the traits
    in which the rooms differ most from the nearest kind, with the sign and size of the difference in its standard deviations.
    """

    kind: str | None
    chance: dict[str, float]
    rooms: int
    unlike: int
    apart: dict[str, float]
    known: Known


def resembled(table: pd.DataFrame, known: Known | None = None) -> Likeness | None:
    """What the rooms of ``table`` (of :func:`~sim.analysis.logs.traits.traits`) resemble; None if all are too short."""
    known = known or known_kinds()
    table = table[table["n"] >= LEAST]
    if table.empty:
        return None
    off, likely = distances(table, known)
    near, size = likely.argmax(axis=1), _sizes(table)
    unlike = int((off[np.arange(len(table)), near] > known.limit[size]).sum())
    total = TEMPER * likely.sum(axis=0) / np.sqrt(len(table))
    weight = np.exp(total - total.max())
    order = np.argsort(-weight, kind="stable")
    chance = {known.kinds[k]: float(weight[k] / weight.sum()) for k in order}
    kind = known.kinds[order[0]] if 2 * unlike <= len(table) else None
    return Likeness(kind, chance, len(table), unlike, _apart(table, size, int(order[0]), known), known)


def _sizes(table: pd.DataFrame) -> NDArray[np.int64]:
    return np.searchsorted(CUTS, table["n"].to_numpy(), side="right") - 1


def distances(table: pd.DataFrame, known: Known) -> tuple[Floats, Floats]:
    """d² and l of every room (rows) from and for every kind (columns)."""
    x, size = table[[*TRAITS]].to_numpy(np.float64), _sizes(table)
    told = np.isfinite(x)
    off, likely = np.zeros((len(x), len(known.kinds))), np.zeros((len(x), len(known.kinds)))
    groups = np.unique(np.column_stack([size, told]), axis=0, return_inverse=True)[1].ravel()
    for group in range(int(groups.max(initial=-1)) + 1):
        rows = np.flatnonzero(groups == group)
        s, there = size[rows[0]], told[rows[0]]
        for k in range(len(known.kinds)):
            root = np.linalg.cholesky(known.spread[s, k][np.ix_(there, there)])
            z = np.linalg.solve(root, (x[rows][:, there] - known.mean[s, k, there]).T)
            squares = (z**2).sum(axis=0)
            off[rows, k] = squares / there.sum()
            likely[rows, k] = -squares / 2 - np.log(np.diag(root)).sum()
    return off, likely


def _apart(table: pd.DataFrame, size: NDArray[np.int64], kind: int, known: Known) -> dict[str, float]:
    """Traits by how far the median room is from the kind's mean, in standard deviations, the farthest first."""
    sd = np.sqrt(np.diagonal(known.spread[size, kind], axis1=1, axis2=2))
    z = pd.DataFrame((table[[*TRAITS]].to_numpy(np.float64) - known.mean[size, kind]) / sd, columns=[*TRAITS])
    middle = z.median().dropna()
    return {str(name): float(middle[name]) for name in middle.abs().sort_values(ascending=False, kind="stable").index}


def fitted(table: pd.DataFrame, kinds: Sequence[str]) -> Known:
    """Means, covariances and limits from simulated rooms: the columns of ``traits``, ``kind`` and ``community``.

    S = (1 − a) S(kind) + a S(all, about their own means) + 0.1 diag S(all), a = ½, or 60 / n where there are fewer
    than 120 rooms; where a room does not tell a trait its kind's mean stands in. The limit is the 99 % quantile of d² to the likeliest kind, over the rooms that were fitted.
    """
    table = table[table["n"] >= LEAST].reset_index(drop=True)
    size = _sizes(table)
    mean = np.zeros((len(CUTS), len(kinds), len(TRAITS)))
    spread = np.zeros((*mean.shape, len(TRAITS)))
    for s in range(len(CUTS)):
        own = [table.loc[(size == s) & (table["kind"] == kind), [*TRAITS]] for kind in kinds]
        n = np.array([len(part) for part in own])
        overall = pd.concat(own).mean()
        mean[s] = [part.mean().fillna(overall) for part in own]
        whole = [part.fillna(pd.Series(mean[s, k], part.columns)) for k, part in enumerate(own)]
        parts = np.stack([np.cov(part.to_numpy(np.float64), rowvar=False) for part in whole])
        shared = (parts * (n - 1)[:, None, None]).sum(axis=0) / (n - 1).sum()
        a = np.clip(FEW / n, SHRUNK, 1.0)[:, None, None]
        spread[s] = (1 - a) * parts + a * shared + RIDGE * np.diag(np.diag(shared))
    known = Known(tuple(kinds), mean, spread, np.zeros(len(CUTS)), len(table), table["community"].nunique())
    off, likely = distances(table, known)
    nearest = off[np.arange(len(table)), likely.argmax(axis=1)]
    limit = np.array([np.quantile(nearest[size == s], WITHIN) for s in range(len(CUTS))])
    return replace(known, limit=limit)


def written(known: Known) -> dict[str, Any]:
    """The numbers as they are stored: four figures, of each covariance the half below and on the diagonal."""
    low = np.tril_indices(len(TRAITS))
    return {
        "traits": [*TRAITS],
        "rooms": known.rooms,
        "communities": known.communities,
        "right": {str(rooms): round(share, 3) for rooms, share in known.right.items()},
        "limit": _rounded(known.limit),
        "kinds": {
            kind: [{"mean": _rounded(known.mean[s, k]), "spread": _rounded(known.spread[s, k][low])} for s in range(len(CUTS))]
            for k, kind in enumerate(known.kinds)
        },
    }


def _rounded(values: Floats) -> list[float]:
    return [float(f"{value:.4g}") for value in values]


def read(stored: Mapping[str, Any]) -> Known:
    """The reverse of :func:`written`."""
    if stored["traits"] != [*TRAITS]:
        raise ValueError("the stored kinds are of other traits: run docs/kinds_reference.py")
    kinds = tuple(stored["kinds"])
    n, low = len(TRAITS), np.tril_indices(len(TRAITS))
    spread = np.zeros((len(CUTS), len(kinds), n, n))
    for k, kind in enumerate(kinds):
        for s, part in enumerate(stored["kinds"][kind]):
            spread[s, k][low] = part["spread"]
            spread[s, k] += np.tril(spread[s, k], -1).T
    mean = np.array([[stored["kinds"][kind][s]["mean"] for kind in kinds] for s in range(len(CUTS))])
    right = {int(rooms): share for rooms, share in stored["right"].items()}
    return Known(kinds, mean, spread, np.array(stored["limit"]), stored["rooms"], stored["communities"], right)


@cache
def known_kinds() -> Known:
    """The kinds in ``reference/kinds.json``, which docs/kinds_reference.py writes."""
    place = resources.files("sim.analysis.logs") / "reference" / "kinds.json"
    return read(json.loads(place.read_text(encoding="utf-8")))

"""``shequn claims``: plays what claims need over the worlds of the ensemble, and says of each what came of it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any, ClassVar

import numpy as np
import pandas as pd

from scenarios.config import catalog
from scenarios.config.ensemble import NAME, SHIPPED, is_ensemble, read_sets
from scenarios.errors import ConfigError, shown
from scenarios.experiments.claims.file import FOLDER, Claim, Statement, read_claim
from scenarios.experiments.kind import Answer
from scenarios.experiments.options import Reader, setting, whole_number, yes
from scenarios.experiments.player import Player
from scenarios.experiments.several import SIZE, Several
from scenarios.experiments.study import Study
from scenarios.experiments.tables import Shelf
from sim.analysis.experiment.claim_verdict import ALL_OFF, Part, Verdict, of_claim, of_part
from sim.analysis.experiment.measure import measured
from sim.analysis.experiment.over_worlds import over_worlds
from sim.locale.words import say

__all__ = ["Claims", "Question", "Tried", "study_of", "table_of", "tried_of"]

EACH, FULL = 3, 20
"""Communities in each world of the ensemble."""


@dataclass(frozen=True)
class Question:
    """The claims on trial, a study each; ``sets`` worlds of the ensemble with ``each`` communities."""

    claims: tuple[Claim, ...]
    studies: tuple[Study, ...]
    sets: int
    each: int
    name: str = "claims"

    @property
    def title(self) -> Mapping[str, str]:
        """In both languages."""
        return {"en": "Folk claims on trial", "zh": "江湖经验受审"}

    @property
    def question(self) -> Mapping[str, str]:
        """In both languages."""
        return {"en": "What operators tell each other: does it hold in the model, and does it emerge or was it put in?",
                "zh": "群主之间口口相传的经验：在模型里成立吗？是自己长出来的，还是写进规则里的？"}  # fmt: skip


@dataclass(frozen=True)
class Tried:
    """A claim, what was measured of each statement, and the verdicts."""

    claim: Claim
    parts: tuple[Part, ...]
    verdicts: tuple[Verdict, ...]
    verdict: Verdict


class Claims(Several[Question]):
    """``shequn claims``."""

    name, what, example = "claims", "claims", "only=h1"
    words: ClassVar[Mapping[str, Reader]]

    def read(self, name: str, said: Mapping[str, Any], extra: tuple[str, ...]) -> Question:
        """All claims, or those said to ``only``."""
        claims = tuple(read_claim(one) for one in said.get("only", ()) or catalog.options(FOLDER))
        each = said.get("each", FULL if said.get("full") else EACH)
        sets = _sets(extra)
        studies = tuple(study_of(claim, sets * each, said.get("seed", 1), extra) for claim in claims)
        return Question(claims, studies, sets, each)

    def size(self, asked: Question, lang: str) -> str:
        """Claims, worlds, communities."""
        return say("size_claims", lang, claims=len(asked.claims), sets=asked.sets, each=asked.each)

    def play(self, asked: Question, player: Player) -> Answer:
        """Every claim in turn."""
        from scenarios.reports.claims_report import told, write_claims_report

        tried = []
        for claim, study in zip(asked.claims, asked.studies, strict=True):
            shelf = player.play(study)
            if shelf.outcomes().empty:
                return Answer(asked, study.n_runs, lambda lang: ([], []), why="why_no_run")
            tried.append(tried_of(claim, shelf, asked.sets))
        runs = sum(study.n_runs for study in asked.studies)
        return Answer(asked, runs, partial(told, tried), {"claims": table_of(tried)},
                      partial(write_claims_report, asked, tried))  # fmt: skip


def study_of(claim: Claim, seeds: int, seed: int, extra: tuple[str, ...]) -> Study:
    """Every world of a claim as it is, without each term, and without all of them; all arms in each."""
    base = ("world=" + NAME, SIZE)
    off = {"": (), **{term.name: term.set for term in claim.terms}}
    if len(claim.terms) > 1:
        off[ALL_OFF] = tuple(text for term in claim.terms for text in term.set)
    worlds = {_label(world, term): _merged((*base, *given, *gone))
              for world, given in claim.worlds.items() for term, gone in off.items()}  # fmt: skip
    outcomes = tuple(dict.fromkeys(one.measure.outcome for one in claim.statements if one.measure.outcome))
    daily = any(one.measure.needs_daily for one in claim.statements)
    return Study("claims", claim.title, {}, worlds, claim.arms, next(iter(claim.arms)), seeds,
                 outcomes or ("lifetime",), claim.days, seed, extra, daily, part=f"claims/{claim.name}")  # fmt: skip


def tried_of(claim: Claim, shelf: Shelf, sets: int) -> Tried:
    """What came of it, from the runs in the store."""
    outcomes = shelf.outcomes()
    daily = shelf.daily() if shelf.study.daily else pd.DataFrame()
    tables = {name: {key: one for key, one in table.groupby(["world", "arm"], observed=True)} if len(table) else {}
              for name, table in (("outcomes", outcomes), ("daily", daily))}  # fmt: skip
    terms = [term.name for term in claim.terms] + [ALL_OFF] * (len(claim.terms) > 1)
    replicates = range(shelf.study.seeds)

    def effect(one: Statement, term: str) -> np.ndarray:
        """Of each community."""
        total = np.zeros(len(replicates))
        for sign, places in ((1, one.more), (-1, one.less)):
            for arm, world in places:
                key = (_label(world, term), arm)
                values = measured(one.measure, tables["outcomes"].get(key, outcomes[:0]),
                                  tables["daily"].get(key, daily[:0]), replicates)  # fmt: skip
                total += sign * values.to_numpy()
        return total

    place = np.array(replicates) % sets
    parts = tuple(
        Part(one.name, one.sign, one.least, over_worlds(effect(one, ""), place),
             {term: over_worlds(effect(one, term), place) for term in terms}, one.same)
        for one in claim.statements
    )  # fmt: skip
    return Tried(claim, parts, tuple(map(of_part, parts)), of_claim(parts, bool(claim.by_construction)))


def table_of(tried: Sequence[Tried]) -> pd.DataFrame:
    """A row for each statement, with each term taken away: what the verdicts follow from."""
    rows = []
    for one in tried:
        for part, verdict in zip(one.parts, one.verdicts, strict=True):
            for term, found in {"": part.whole, **part.off}.items():
                rows.append({
                    "claim": one.claim.id, "statement": part.name, "without": term, "sign": part.sign,
                    "least": part.least, "effect": found.mean, "low": found.low, "high": found.high,
                    "spread": found.spread, "share_above_0": found.above, "worlds": len(found.worlds), "n": found.n,
                    "statement_verdict": verdict.word if not term else "", "claim_verdict": one.verdict.word,
                    "depends_on": ";".join(verdict.on) if not term else "",
                })  # fmt: skip
    return pd.DataFrame(rows)


def _label(world: str, term: str) -> str:
    return f"{world} − {term}" if term else world


def _merged(texts: Sequence[str]) -> tuple[str, ...]:
    """Of overrides of one key the last."""
    return tuple({text.partition("=")[0].strip().lstrip("+"): text for text in texts}.values())


def _sets(extra: Sequence[str]) -> int:
    """Worlds of the ensemble that is played."""
    said = [text.partition("=")[2] for text in extra if text.lstrip("+").startswith("world=")]
    path = Path(said[-1]) if said and is_ensemble(said[-1]) and said[-1] != NAME else SHIPPED
    return len(read_sets(path))


def _names(key: str, value: str) -> tuple[str, ...]:
    known = catalog.options(FOLDER)
    names = tuple(part.strip().lower() for part in value.strip("[]").split(",") if part.strip())
    names = tuple(_padded(one, known) for one in names)
    if not names:
        raise ConfigError(f"{key}={shown(value)} names no claim; write it like {key}=h1,h8")
    return names


def _padded(name: str, known: Sequence[str]) -> str:
    """``h1`` is ``h01``; a path stays."""
    return next((one for one in known if one.replace("h0", "h") == name), name)


def _each(key: str, value: str) -> int:
    number = whole_number(key, value)
    if not 1 <= number <= 1000:
        raise ConfigError(f"{key}={number} is out of range: it goes from 1 to 1,000")
    return number


Claims.words = {"only": _names, "each": _each, "full": yes, "seed": setting}

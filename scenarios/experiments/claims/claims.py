"""``shequn claims``: plays what claims need over the worlds of the ensemble, and says of each what came of it.

Every claim is played under the rules as they are. Only where a statement holds does it matter which rules made it hold,
so only then are they taken away, in one community of each world: how much communities of a world differ is known. Where
that leaves open what it hangs on, the rules in question are taken away in all communities.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any, ClassVar

import numpy as np
import pandas as pd

from scenarios.config import catalog
from scenarios.experiments.claims.file import FOLDER, Claim, Statement, read_claim
from scenarios.experiments.kind import Answer
from scenarios.experiments.options import Reader, setting, yes
from scenarios.experiments.over_ensemble import Runs, count, names_of, needed_by, over_the_ensemble, sets_of
from scenarios.experiments.player import Player
from scenarios.experiments.several import Several
from scenarios.experiments.study import Study
from scenarios.experiments.tables import Shelf
from sim.analysis.experiment.claim_verdict import ALL_OFF, Part, Verdict, holds, of_claim, of_part
from sim.analysis.experiment.over_worlds import OverWorlds, over_worlds
from sim.locale.words import say

__all__ = ["Claims", "Question", "Tried", "study_of", "study_without", "table_of", "tried_of"]

EACH, FULL = 3, 20
"""Communities in each world of the ensemble."""


@dataclass(frozen=True)
class Question:
    """The claims on trial; ``sets`` worlds of the ensemble with ``each`` communities."""

    claims: tuple[Claim, ...]
    sets: int
    each: int
    seed: int = 1
    extra: tuple[str, ...] = ()
    name: str = "claims"

    @property
    def studies(self) -> tuple[Study, ...]:
        """All that may be played: each claim under the rules as they are, and without the terms that speak for it."""
        made = (make(claim, self) for claim in self.claims for make in (study_of, study_without))
        return tuple(study for study in made if study.worlds)

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
    words: ClassVar[Mapping[str, Reader]] = {"only": names_of(FOLDER), "each": count, "full": yes, "seed": setting}

    def read(self, name: str, said: Mapping[str, Any], extra: tuple[str, ...]) -> Question:
        """All claims, or those said to ``only``."""
        claims = tuple(read_claim(one) for one in said.get("only", ()) or catalog.options(FOLDER))
        each = said.get("each", FULL if said.get("full") else EACH)
        return Question(claims, sets_of(extra), each, said.get("seed", 1), extra)

    def needed(self, asked: Question) -> list[Study]:
        """Each claim under the rules as they are: what comes of it says whether terms are taken away."""
        return [study_of(claim, asked) for claim in asked.claims]

    def size(self, asked: Question, lang: str) -> str:
        """Claims, worlds, communities."""
        return say("size_claims", lang, claims=len(asked.claims), sets=asked.sets, each=asked.each)

    def play(self, asked: Question, player: Player) -> Answer:
        """Every claim in turn."""
        from scenarios.reports.claims_report import told, write_claims_report

        tried: list[Tried] = []
        runs = 0
        for claim in asked.claims:
            shelf = player.play(study_of(claim, asked))
            if shelf.outcomes().empty:
                return Answer(asked, runs, lambda lang: ([], []), why="why_no_run")
            one, off = _without_terms(tried_of(claim, shelf, asked.sets), shelf, asked, player)
            tried.append(one)
            runs += len(claim.worlds) * len(claim.arms) * sum(each.study.seeds for each in (shelf, *off.values()))
        return Answer(asked, runs, partial(told, tried), {"claims": table_of(tried)},
                      partial(write_claims_report, asked, tried))  # fmt: skip


def _without_terms(tried: Tried, shelf: Shelf, asked: Question, player: Player) -> tuple[Tried, dict[str, Shelf]]:
    """A claim of which a statement holds is played without its terms, in few communities; then, where the verdict hangs
    on terms without which it is open whether it holds, without those in all. With what was played, by term.
    """
    claim, off = tried.claim, dict[str, Shelf]()
    terms = tuple(_off(claim)) if any(map(holds, tried.parts)) else ()
    for each in dict.fromkeys((_few(asked), asked.each)):
        if terms:
            off |= dict.fromkeys(terms, player.play(study_without(claim, asked, terms, each)))
            tried = tried_of(claim, shelf, asked.sets, off)
            terms = tried.verdict.on if tried.verdict.is_open else ()
    return tried, off


def study_of(claim: Claim, asked: Question) -> Study:
    """Every world of a claim with all its arms, as the rules are."""
    return _study(claim, asked, {world: over_the_ensemble(given) for world, given in claim.worlds.items()}, asked.each)


def study_without(claim: Claim, asked: Question, terms: Sequence[str] = (), each: int = 0) -> Study:
    """The same without each term and without all of them, or those named; in few communities, or ``each``."""
    worlds = {_label(world, term): over_the_ensemble(given, gone)
              for world, given in claim.worlds.items()
              for term, gone in _off(claim).items() if not terms or term in terms}  # fmt: skip
    return _study(claim, asked, worlds, each or _few(asked), "/without")


def _few(asked: Question) -> int:
    return max(1, asked.each // EACH)


def _study(claim: Claim, asked: Question, worlds: dict[str, tuple[str, ...]], each: int, part: str = "") -> Study:
    outcomes, daily, spells = needed_by([one.measure for one in claim.statements])
    return Study("claims", claim.title, {}, worlds, claim.arms, next(iter(claim.arms)), asked.sets * each,
                 outcomes or ("lifetime",), claim.days, asked.seed, asked.extra, daily,
                 part=f"claims/{claim.name}{part}", spells=spells)  # fmt: skip


def _off(claim: Claim) -> dict[str, tuple[str, ...]]:
    """Term → what takes it away; the last, of several, takes all of them away."""
    found = {term.name: term.set for term in claim.terms}
    if len(found) > 1:
        found[ALL_OFF] = (*(text for term in claim.terms for text in term.set), *claim.together)
    return found


def tried_of(claim: Claim, shelf: Shelf, sets: int, without: Mapping[str, Shelf] | None = None) -> Tried:
    """What came of it, from the runs in the store; ``without``: those with a term taken away, by term."""
    whole, off = Runs(shelf), {term: Runs(one) for term, one in (without or {}).items()}
    parts = []
    for one in claim.statements:
        found = _over(one, "", whole, sets)
        left = {term: _over(one, term, runs, sets, found.within) for term, runs in off.items()}
        parts.append(Part(one.name, one.sign, one.least, found, left, one.same))
    return Tried(claim, tuple(parts), tuple(map(of_part, parts)), of_claim(parts, bool(claim.by_construction)))


def _over(one: Statement, term: str, runs: Runs, sets: int, within: float | None = None) -> OverWorlds:
    """A statement's effect over worlds."""
    total = np.zeros(len(runs.replicates))
    for sign, places in ((1, one.more), (-1, one.less)):
        for arm, world in places:
            total += sign * runs.of(one.measure, _label(world, term), arm)
    return over_worlds(total, np.array(runs.replicates) % sets, within)


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

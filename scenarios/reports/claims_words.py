"""What came of a claim, in sentences that an operator may repeat: each says no more than its interval does."""

from __future__ import annotations

from scenarios.experiments.claims.claims import Tried
from scenarios.experiments.claims.file import Claim, Statement
from scenarios.reports.grid import bare
from sim.analysis.experiment.claim_verdict import ALL_OFF, Part, Verdict
from sim.analysis.experiment.measure import Measure
from sim.analysis.experiment.over_worlds import OverWorlds
from sim.analysis.experiment.rules import RULES
from sim.analysis.outcomes import OUTCOMES
from sim.locale.words import declared, join, number, say, unit_label

__all__ = ["headline", "sentence", "sized", "term_name", "unit_of"]

_HOLDS = ("supported", "assumed")


def headline(tried: Tried, lang: str) -> str:
    """``H1 · claim — verdict``."""
    return say("claim_headline", lang, id=tried.claim.id, title=declared(tried.claim.title, lang),
               verdict=say(f"claim_v_{tried.verdict.word}", lang))  # fmt: skip


def sentence(claim: Claim, statement: Statement, part: Part, verdict: Verdict, lang: str) -> str:
    """What came of one statement."""
    whole, unit = part.whole, unit_of(statement.measure)
    key = f"claim_s_{verdict.word}"
    if verdict.word == "depends":
        key = "claim_s_depends_worlds" if verdict.on == ("worlds",) else "claim_s_depends_terms"
    elif verdict.word == "supported":
        alone = "claim_s_supported_alone" if not part.off else "claim_s_supported_all"
        key = alone if part.sign else "claim_s_supported_same"
    gone = [term for term in verdict.on if term in part.off]
    left = sized(part.off[gone[0]], unit, lang) if gone else ""
    return say(key, lang, say=declared(statement.say, lang), effect=sized(whole, unit, lang),
               least=number(part.least, unit), share=number(_on_its_side(part), "share"), worlds=len(whole.worlds),
               terms=join([term_name(claim, term, lang) for term in gone], lang), left=left, n=whole.n)  # fmt: skip


def sized(found: OverWorlds, unit: str, lang: str) -> str:
    """``+3.2 lines (95 % interval +1.0 to +5.4)``."""
    label = unit_label(unit, lang, difference=True) if unit else ""
    return say("claim_sized", lang, mean=bare(found.mean, unit, sign=True), unit=f" {label}" * bool(label),
               low=bare(found.low, unit, sign=True), high=bare(found.high, unit, sign=True))  # fmt: skip


def unit_of(measure: Measure) -> str:
    """The unit of an outcome, or of a rule; a quotient and a column of the daily table have none of their own."""
    if measure.rule:
        return RULES[measure.rule].unit
    return OUTCOMES[measure.outcome].unit if measure.outcome and not measure.per else ""


def term_name(claim: Claim, term: str, lang: str) -> str:
    """What of the rules was taken away."""
    if term == ALL_OFF:
        return say("claim_all_terms", lang)
    return declared(next(one.say for one in claim.terms if one.name == term), lang)


def _on_its_side(part: Part) -> float:
    return part.whole.above if part.sign >= 0 else part.whole.turned().above

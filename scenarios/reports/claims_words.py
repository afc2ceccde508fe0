"""What came of a claim, in sentences that an operator may repeat: each says no more than its interval does."""

from __future__ import annotations

import math
from collections.abc import Sequence

import numpy as np

from scenarios.experiments.claims.claims import Tried
from scenarios.experiments.claims.file import Claim, Statement
from sim.analysis.experiment.claim_verdict import ALL_OFF, Part, Verdict
from sim.analysis.experiment.measure import Measure
from sim.analysis.experiment.over_worlds import OverWorlds
from sim.analysis.experiment.rules import RULES
from sim.analysis.outcomes import OUTCOMES
from sim.locale.words import declared, number, say, unit_label

__all__ = ["called", "fine", "headline", "sentence", "signed_finely", "sized", "term_name", "unit_of", "worth"]

_HOLDS = ("supported", "assumed")


def headline(tried: Tried, lang: str) -> str:
    """``H1 · claim — verdict``."""
    return say("claim_headline", lang, id=tried.claim.id, title=declared(tried.claim.title, lang),
               verdict=called(tried, lang))  # fmt: skip


def called(tried: Tried, lang: str) -> str:
    """The verdict, and in a word on what it depends."""
    word, on = tried.verdict.word, set(tried.verdict.on)
    if word != "depends":
        return say(f"claim_v_{word}", lang)
    if on == {"worlds"}:
        return say("claim_v_depends_worlds", lang)
    if not on & {part.name for part in tried.parts}:
        return say("claim_v_depends_terms", lang)
    of_settings: dict[str, set[str]] = {}
    for part in tried.parts:
        of_settings.setdefault(part.same or part.name, set()).add(part.name)
    differ = any(on & names and names - on for names in of_settings.values())
    return say("claim_v_depends_settings" if differ else "claim_v_depends_parts", lang)


def sentence(claim: Claim, statement: Statement, part: Part, verdict: Verdict, lang: str) -> str:
    """What came of one statement."""
    whole, unit = part.whole, unit_of(statement.measure)
    key = f"claim_s_{verdict.word}"
    if verdict.is_open:
        key = "claim_s_open"
    elif verdict.word == "depends":
        key = "claim_s_depends_worlds" if verdict.on == ("worlds",) else "claim_s_depends_terms"
    elif verdict.word == "supported":
        alone = "claim_s_supported_alone" if not part.off else "claim_s_supported_all"
        key = alone if part.sign else "claim_s_supported_same"
    gone = [term for term in verdict.on if term in part.off]
    return say(key, lang, say=declared(statement.say, lang), effect=sized(whole, unit, lang, part.least),
               least=worth(part.least, unit, lang), share=number(_on_its_side(part), "share"),
               worlds=len(whole.worlds), left=_left(claim, part, gone, unit, lang))  # fmt: skip


def _left(claim: Claim, part: Part, gone: Sequence[str], unit: str, lang: str) -> str:
    """``without the rule that adverts annoy it is +0.2 (…); without all of these rules it is −0.1 (…)``."""
    found = []
    for term in gone:
        left = sized(part.off[term], unit, lang, part.least)
        found.append(say("claim_without_all", lang, left=left) if term == ALL_OFF else
                     say("claim_without_one", lang, term=term_name(claim, term, lang), left=left))  # fmt: skip
    return say("claim_and", lang).join(found)


def worth(least: float, unit: str, lang: str) -> str:
    """What is worth naming, with its unit: ``5.00 days``, ``1.00 points``."""
    label = unit_label(unit, lang, difference=True) if unit else ""
    return fine(least, unit, least).removesuffix(" %") + f" {label}" * bool(label)


def sized(found: OverWorlds, unit: str, lang: str, least: float) -> str:
    """``+3.2 lines (95 % interval +1.0 to +5.4)``, as finely as what is worth naming."""
    label = unit_label(unit, lang, difference=True) if unit else ""
    mean, low, high = (signed_finely(value, unit, least) for value in (found.mean, found.low, found.high))
    return say("claim_sized", lang, mean=mean, unit=f" {label}" * bool(label), low=low, high=high, n=found.n)


def fine(value: float, unit: str, least: float) -> str:
    """A number; where ``least`` is so small that two decimals would not tell it, with two figures of that."""
    if unit or least >= 0.1 or not np.isfinite(value):
        return number(value, unit)
    return f"{value:.{1 - math.floor(math.log10(least))}f}".replace("-", "−")


def signed_finely(value: float, unit: str, least: float) -> str:
    """A difference, told so."""
    text = fine(value, unit, least).removesuffix(" %")
    return text if text[0] in "−–" or not text.strip("0.") else "+" + text


def unit_of(measure: Measure) -> str:
    """The unit of an outcome, or of a rule; a quotient and a column of the daily table have none of their own, nor has
    what an outcome is over a number.
    """
    if measure.rule:
        return RULES[measure.rule].unit
    return OUTCOMES[measure.outcome].unit if measure.outcome and not measure.per and not measure.over else ""


def term_name(claim: Claim, term: str, lang: str) -> str:
    """What of the rules was taken away."""
    if term == ALL_OFF:
        return say("claim_all_terms", lang)
    return declared(next(one.say for one in claim.terms if one.name == term), lang)


def _on_its_side(part: Part) -> float:
    return part.whole.above if part.sign >= 0 else part.whole.turned().above

"""What came of a claim: the rule that turns effects over worlds into a word.

A claim has parts, each with the sign expected (+1, −1, or 0 where it should be no more), the smallest effect worth
naming (δ > 0, set beforehand) and the terms of the rules that speak for it, which are taken away in turn and all at
once. With the effect turned so that + is expected, its 95 % interval (l, h) and mean m:

    holds            l > δ, and in at least 90 % of the worlds the effect (noise off) is above 0, unless worlds cannot be
                     seen to differ
    supported        holds, and still does with each term off, and with all of them off
    assumed          holds, but with a term off h < m/4: that term was the claim
    depends          holds, but with a term off surely no longer: it does not hold then, and h < m; or worlds surely
                     differ, and it is above δ in 10 % of them and below −δ in 10 %, or l > δ but it is above 0 in fewer
                     than 90 % of them
    contradicted     h < −δ
    no_effect        −δ < l and h < δ
    cannot_tell      else; so if it holds, but with a term off it can neither be seen to hold nor to be less

With sign 0 (*no more than*): supported if h < δ (with each term off, too), contradicted if l > δ; it depends on a term if
l > δ without it.
Terms need to be taken away only where a part holds (:func:`holds`): elsewhere they do not change the word.

Parts that say the same of several settings (``same``) and come out differently make a claim that depends on the
setting. Of all parts the worst counts: a claim that says two things is contradicted if one of them is. But one of
which a part holds and another has no effect worth naming is not without effect: it holds in part, and depends on which.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from sim.analysis.experiment.over_worlds import OverWorlds

__all__ = ["ALL_OFF", "SHARE", "VERDICTS", "Part", "Verdict", "holds", "of_claim", "of_part"]

VERDICTS = ("contradicted", "no_effect", "cannot_tell", "depends", "assumed", "by_construction", "supported")
"""From the worst to the best for a claim."""
ALL_OFF = "all"
SHARE = 0.9
_LEFT = 0.25
_BOTH_WAYS = 0.1


@dataclass(frozen=True)
class Part:
    """One statement of a claim and what was measured: ``whole`` under the rules as they are, ``off`` by the term that
    was taken away (:data:`ALL_OFF`: all of them)."""

    name: str
    sign: int
    least: float
    whole: OverWorlds
    off: Mapping[str, OverWorlds] = field(default_factory=dict)
    same: str = ""


@dataclass(frozen=True)
class Verdict:
    """One of :data:`VERDICTS`, and on what it hangs: terms, ``worlds``, or names of parts (those that hold)."""

    word: str
    on: tuple[str, ...] = ()

    @property
    def is_open(self) -> bool:
        """Whether it holds, and only more communities without some terms can tell what it hangs on."""
        return self.word == "cannot_tell" and bool(self.on)


def holds(part: Part) -> bool:
    """Whether the statement is true under the rules as they are, whatever it hangs on."""
    if not part.sign:
        return part.whole.high < part.least
    return _holds(part.whole if part.sign > 0 else part.whole.turned(), part.least)


def of_part(part: Part) -> Verdict:
    """The verdict on one statement."""
    if not part.sign:
        return _of_no_more(part)
    whole = part.whole if part.sign > 0 else part.whole.turned()
    off = {term: one if part.sign > 0 else one.turned() for term, one in part.off.items()}
    if holds(part):
        if gone := tuple(term for term, one in off.items() if one.high < _LEFT * whole.mean):
            return Verdict("assumed", _alone(gone))
        lost = {term: one for term, one in off.items() if not _holds(one, part.least)}
        return _hanging(lost, tuple(term for term, one in lost.items() if one.high < whole.mean))
    if whole.high < -part.least:
        return Verdict("contradicted")
    both = min(whole.beyond(part.least), whole.turned().beyond(part.least))
    if whole.differ and (whole.low > part.least or both >= _BOTH_WAYS):
        return Verdict("depends", ("worlds",))
    if -part.least < whole.low and whole.high < part.least:
        return Verdict("no_effect")
    return Verdict("cannot_tell")


def of_claim(parts: Sequence[Part], by_construction: bool = False) -> Verdict:
    """The verdict on all of it; what holds by the way the model is made is called so, not supported."""
    found = []
    for name in dict.fromkeys(part.same or part.name for part in parts):
        alike = [part for part in parts if (part.same or part.name) == name]
        found.append(_of_alike(alike))
    worst = min(found, key=lambda one: VERDICTS.index(one.word))
    if worst.word == "cannot_tell":
        return Verdict(worst.word, _on(one for one in found if one.word == worst.word))
    if worst.word == "no_effect":
        kept = tuple(part.name for part in parts if _is_true(of_part(part)))
        return Verdict("depends", kept) if kept else worst
    if by_construction and worst.word in ("supported", "assumed"):
        return Verdict("by_construction", worst.on)
    return worst


def _of_alike(parts: Sequence[Part]) -> Verdict:
    """Of one statement in one setting or several."""
    verdicts = [of_part(part) for part in parts]
    words = {one.word for one in verdicts}
    if len(words) == 1:
        return Verdict(verdicts[0].word, _on(verdicts))
    kept = tuple(part.name for part, one in zip(parts, verdicts, strict=True) if _is_true(one))
    if kept and words & {"contradicted", "no_effect"}:
        return Verdict("depends", kept)
    return min(verdicts, key=lambda one: VERDICTS.index(one.word))


def _of_no_more(part: Part) -> Verdict:
    """It should not be more by as much as ``least``."""
    if holds(part):
        lost = {term: one for term, one in part.off.items() if not one.high < part.least}
        return _hanging(lost, tuple(term for term, one in lost.items() if one.low > part.least))
    return Verdict("contradicted" if part.whole.low > part.least else "cannot_tell")


def _on(verdicts: Iterable[Verdict]) -> tuple[str, ...]:
    """All that some verdicts hang on."""
    return tuple(dict.fromkeys(name for one in verdicts for name in one.on))


def _hanging(lost: Mapping[str, OverWorlds], surely: tuple[str, ...]) -> Verdict:
    """Of what holds as the rules are: without which terms it does not, and of which that is sure."""
    if not lost:
        return Verdict("supported")
    return Verdict("depends", _alone(surely)) if surely else Verdict("cannot_tell", tuple(lost))


def _is_true(found: Verdict) -> bool:
    """Whether it holds as the rules are, if only by what is assumed, in every world."""
    return found.word in ("supported", "assumed") or (found.word == "depends" and found.on != ("worlds",))


def _holds(one: OverWorlds, least: float) -> bool:
    return one.low > least and (one.above >= SHARE or not one.differ)


def _alone(terms: tuple[str, ...]) -> tuple[str, ...]:
    """Without "all of them" where single ones are named already."""
    return tuple(term for term in terms if term != ALL_OFF) or terms

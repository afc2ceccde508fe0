"""The page of claims: how many hold; of each the verdict, a sentence, a picture, the numbers, and what it rests on."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from scenarios.experiments.claims.claims import Question, Tried, table_of
from scenarios.reports.claims_words import called, fine, headline, sentence, sized, term_name, unit_of, worth
from scenarios.reports.formats import PNG, Formats
from scenarios.reports.grid import Table, Told, cell, table
from scenarios.reports.page import Page, Place, methods, opening, pictures, said, source, write_page, written
from sim.analysis.experiment.claim_verdict import VERDICTS
from sim.locale.words import declared, join, number, say
from sim.plots.experiment.claims import draw_claim

__all__ = ["told", "write_claims_report"]


def told(tried: Sequence[Tried], lang: str) -> Told:
    """How many came out how; then a row for each claim."""
    heads = [say(f"claims_col_{key}", lang) for key in ("verdict", "sentence")]
    rows = [(f"{one.claim.id} {declared(one.claim.title, lang)}",
             [cell(called(one, lang)), cell(" ".join(_sentences(one, lang)))])
            for one in tried]  # fmt: skip
    return _counts(tried, lang), [table(say("claims_table", lang), heads, rows, say("claims_note", lang))]


def write_claims_report(
    asked: Question, tried: Sequence[Tried], folder: str | Path, language: str = "both", formats: Formats = PNG
) -> Path:
    """Write ``report.html`` and its pictures into ``folder`` and return the page's path."""
    return write_page("trial.html", folder, language, lambda place, lang: _page(place, asked, tried, lang),
                      formats=formats)  # fmt: skip


def _page(place: Place, asked: Question, tried: Sequence[Tried], lang: str) -> Page:
    """Everything the template says in one language."""
    return {
        **opening(asked, lang),
        "subtitle": say("claims_subtitle", lang, n=len(tried), sets=asked.sets, each=asked.each),
        "index": _index(tried, lang),
        "worlds": [_section(place, one, lang) for one in tried],
        "limits": said({"limit_model": True, "claims_limit_worlds": True, "claims_limit_least": True}, lang),
        "methods": methods("claims_methods", lang),
        "source": _source(asked, lang),
    }  # fmt: skip


def _section(place: Place, one: Tried, lang: str) -> Page:
    """One claim."""
    figure = draw_claim(one.claim.id, table_of([one]), _labels(one, lang), lang)
    rests = [declared(one.claim.rests, lang)]
    if one.claim.by_construction:
        rests.append(declared(one.claim.by_construction, lang))
    drawn = pictures(place, [(f"claim-{one.claim.name}", figure)], lang)
    return {"anchor": _anchor(one, lang), "name": headline(one, lang), "answer": [*_sentences(one, lang), *rests],
            "pictures": drawn, "tables": [_numbers(one, lang)]}  # fmt: skip


def _sentences(one: Tried, lang: str) -> list[str]:
    return [sentence(one.claim, statement, part, verdict, lang)
            for statement, part, verdict in zip(one.claim.statements, one.parts, one.verdicts, strict=True)
            ]  # fmt: skip


def _labels(one: Tried, lang: str) -> dict[tuple[str, str], str]:
    """What the rows of the picture are called."""
    found = {}
    for statement, part in zip(one.claim.statements, one.parts, strict=True):
        found[statement.name, ""] = declared(statement.say, lang)
        found |= {(statement.name, term): say("claim_without", lang, term=term_name(one.claim, term, lang))
                  for term in part.off}  # fmt: skip
    return found


def _numbers(one: Tried, lang: str) -> Table:
    """The numbers of a claim, a row for each statement and each term that was taken away."""
    rows, labels = [], _labels(one, lang)
    for statement, part in zip(one.claim.statements, one.parts, strict=True):
        unit = unit_of(statement.measure)
        for term, found in {"": part.whole, **part.off}.items():
            cells = [sized(found, unit, lang, part.least), worth(part.least, unit, lang),
                     fine(found.spread, unit, part.least), number(found.above, "share"), f"{found.n}"]  # fmt: skip
            rows.append((labels[statement.name, term], [cell(text) for text in cells]))
    heads = [say(f"claim_col_{key}", lang) for key in ("effect", "least", "spread", "above", "n")]
    return table(say("claim_numbers", lang), heads, rows)


def _counts(tried: Sequence[Tried], lang: str) -> list[str]:
    """A line for each verdict that there is."""
    found = {word: [one.claim.id for one in tried if one.verdict.word == word] for word in reversed(VERDICTS)}
    return [say("claims_count", lang, verdict=say(f"claim_v_{word}", lang), n=len(ids), ids=join(ids, lang))
            for word, ids in found.items() if ids]  # fmt: skip


def _index(tried: Sequence[Tried], lang: str) -> list[Page]:
    """The claims by verdict, from the best to the worst; each leads to its section."""
    found = {word: [one for one in tried if one.verdict.word == word] for word in reversed(VERDICTS)}
    return [{"name": say("claims_group", lang, verdict=say(f"claim_v_{word}", lang), n=len(ones)),
             "rows": [(_anchor(one, lang), _entry(one, lang)) for one in ones]}
            for word, ones in found.items() if ones]  # fmt: skip


def _entry(one: Tried, lang: str) -> str:
    """A claim in the index, and on what it depends where it does."""
    title = f"{one.claim.id} · {declared(one.claim.title, lang)}"
    return say("claim_headline_on", lang, title=title, on=called(one, lang)) if one.verdict.word == "depends" else title


def _anchor(one: Tried, lang: str) -> str:
    """Where its section is; a page holds both languages."""
    return f"{one.claim.name}-{lang}"


def _source(asked: Question, lang: str) -> list[tuple[str, list[str]]]:
    """What was run: enough to run it again."""
    first = asked.studies[0]
    return source({"source_world": written(first.extra, lang), "source_seeds": str(first.seeds),
                   "source_seed": str(first.seed)}, lang)  # fmt: skip

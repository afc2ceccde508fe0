"""Claims and cases, made of their files in conf/claim and conf/case and of what docs/verdicts.md keeps."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path

from docs.website.words import prose, shown, table, word
from scenarios.config import catalog
from scenarios.experiments.cases.file import Case, read_case
from scenarios.experiments.claims.file import Claim, read_claim
from scenarios.reports.claims_words import unit_of, worth
from sim.locale.catalogue import SOURCE, keys
from sim.locale.names import declared
from sim.locale.speaking import spoken
from sim.locale.words import say

__all__ = ["files", "pages"]

KEPT = Path(__file__).resolve().parents[1] / "verdicts.md"


def files() -> Iterator[str]:
    """What these pages lead to in the repository."""
    yield from (f"conf/{kind}/{name}.yaml" for kind in ("claim", "case") for name in catalog.options(kind))


def pages() -> dict[str, str]:
    """Both pages."""
    n = _counts()
    claims = [
        f"# {word('Claims')}",
        word(
            "What operators say, put on trial over {worlds} worlds that fit the facts about as well. Effects are means "
            "over worlds with 95 % intervals, in {n} communities ({fewest} where rules were taken away, unless more "
            "were needed to tell). They are predictions of the model.",
            **n,
        ),
    ]
    cases = [
        f"# {word('Cases')}",
        word(
            "What was reported of real groups beside what the model does in their place: the median of {n} "
            "communities with the middle 80 %. Reports are success stories, and no constant was tuned to one. The "
            "numbers are predictions of the model.",
            n=n["n_case"],
        ),
    ]
    claims += [_claim(read_claim(name)) for name in catalog.options("claim")]
    cases += [_case(read_case(name)) for name in catalog.options("case")]
    return {"trials/claims": "\n\n".join(claims) + "\n", "trials/cases": "\n\n".join(cases) + "\n"}


@cache
def _rows() -> dict[str, list[list[str]]]:
    """The rows of docs/verdicts.md by the id of claim or case."""
    found: dict[str, list[list[str]]] = {}
    for line in KEPT.read_text("utf-8").splitlines():
        cells = [cell.strip() for cell in line.strip("| ").split(" | ")]
        if re.fullmatch(r"[HC]\d+", cells[0]):
            found.setdefault(cells[0], []).append(cells)
    return found


def _counts() -> dict[str, int]:
    """Worlds and communities, as the page tells them."""
    text = KEPT.read_text("utf-8")
    ways = {
        "worlds": r"over (\d+) worlds",
        "n": r"in (\d+) communities \(",
        "fewest": r"\((\d+) where rules",
        "n_case": r"median of (\d+) communities",
    }
    return {name: int(re.search(way, text)[1]) for name, way in ways.items()}  # type: ignore[index]


def _verdict(english: str, kind: str, terms: dict[str, str] | None = None) -> str:
    """A verdict of the kept page in the language spoken, with what it depends on."""
    word_, _, on = english.partition(" (")
    key = next(key for key in keys(f"{kind}_v_") if say(key, SOURCE) == word_)
    names = [(terms or {}).get(one, one) for one in on.rstrip(")").split(", ") if one]
    return say(key, spoken()) + (f" ({word('; ').join(names)})" if names else "")


def _claim(one: Claim) -> str:
    rows = _rows()[one.id]
    terms = {term.name: declared(term.say, spoken()) for term in one.terms}
    terms |= {"all": word("all of these rules"), "worlds": word("worlds")}
    said = {statement.say[SOURCE]: statement for statement in one.statements}
    lines = []
    for _, _, _, english, effect, _, of_it in rows:
        statement = said[english]
        lines.append(
            (
                prose(declared(statement.say, spoken())),
                effect,
                worth(statement.least, unit_of(statement.measure), spoken()),
                _verdict(of_it, "claim", terms),
            )
        )
    parts = [
        f"## {one.id} {declared(one.title, spoken())}",
        f"**{_verdict(rows[0][2], 'claim')}** · {shown(f'conf/claim/{one.name}.yaml', 1)}",
        table((word("what was said"), word("effect"), word("worth naming"), word("verdict")), lines),
        prose(declared(one.rests, spoken())),
    ]
    if one.by_construction:
        parts.append(prose(declared(one.by_construction, spoken())))
    return "\n\n".join([*parts, f"```sh\nshequn claims only={one.id.lower()}\n```"])


def _case(one: Case) -> str:
    said = {beside.say[SOURCE]: beside for beside in one.measures}
    lines = [
        (
            prose(declared(said[english].say, spoken())),
            reported.replace(" to ", " – "),
            model,
            _verdict(verdict, "case"),
        )
        for _, _, english, reported, model, verdict in _rows()[one.id]
    ]
    silent = word("; ").join(declared(each.say, spoken()) for each in one.silent)
    parts = [
        f"## {one.id} {declared(one.title, spoken())}",
        shown(f"conf/case/{one.name}.yaml", 1),
        prose(declared(one.told, spoken())),
        table((word("beside the report"), word("reported"), word("in the model"), word("verdict")), lines),
    ]
    if silent:
        parts.append(word("The report leaves out: {what}.", what=prose(silent)))
    return "\n\n".join([*parts, f"```sh\nshequn cases only={one.id.lower()}\n```"])

"""The pages that are made of declarations when the site is built; they are not kept in docs/."""

from __future__ import annotations

import tomllib
from pathlib import Path

from docs.website import declared_pages, strategies, trials
from docs.website.words import table, word
from scenarios.config import catalog
from sim.locale.speaking import speaking

__all__ = ["files", "generate"]

ROOT = Path(__file__).resolve().parents[2]


def files() -> set[Path]:
    """What of the repository they lead to."""
    named = (*strategies.files(), *declared_pages.files(), *trials.files())
    return {ROOT / one for one in named}


def generate(folder: Path, lang: str) -> list[str]:
    """Write all of them in a language; their names."""
    catalog.name_all()
    with speaking(lang):
        made = {**strategies.pages(), **declared_pages.pages(), **trials.pages(), "explanation/glossary": _glossary()}
    for name, text in made.items():
        place = folder / f"{name}.md"
        place.parent.mkdir(parents=True, exist_ok=True)
        place.write_text(text, "utf-8")
    return sorted(made)


def _glossary() -> str:
    """One Chinese word for each term, and words that are not used for it."""
    terms = tomllib.loads((ROOT / "sim" / "locale" / "glossary.toml").read_text("utf-8"))
    rows = [
        (term, said["zh"], ", ".join(said.get("or", ())), ", ".join(said.get("not", ())))
        for term, said in sorted(terms.items(), key=lambda pair: pair[0].lower())
    ]
    head = ("English", "中文", word("also"), word("not used for it"))
    said = word("Pages, plots and messages use one Chinese word for each term.")
    return f"# {word('Glossary')}\n\n{said}\n\n{table(head, rows)}\n"

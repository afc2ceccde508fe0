"""The one way to make a page: it stands alone, pictures and Chinese letters inside, written whole or not at all."""

from __future__ import annotations

import base64
import gc
import hashlib
import os
import re
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from functools import partial
from importlib.resources import files
from itertools import count
from pathlib import Path
from types import MappingProxyType
from typing import Any

from jinja2 import Environment, FunctionLoader

from scenarios.errors import UserError
from scenarios.reports.forked import side_by_side
from scenarios.reports.formats import PNG, Formats
from scenarios.reports.whole import whole
from sim.locale.catalogue import LocaleError, html_code, paragraphs
from sim.locale.speaking import speaking
from sim.locale.words import declared, filled, languages, say
from sim.plots.experiment.searched import range_text
from sim.plots.style import to_png
from sim.plots.vector import to_vector
from sim.plots.webfont import web_font

__all__ = ["Page", "Place", "asked_languages", "dialled", "file_names", "methods", "money", "opening", "pictures",
           "put", "rendered", "said", "source", "write_page", "written"]  # fmt: skip

Page = dict[str, Any]
_LONGEST = 40
_FONT = "letters of this page"
_MONEY = {"revenue", "revenue_per_member", "cost", "profit", "cost_with_hours", "profit_with_hours"}


@dataclass(frozen=True)
class Place:
    """Where the pictures of a page go, and as what."""

    folder: Path
    formats: Formats = PNG


def write_page(
    template: str, folder: str | Path, language: str, page: Callable[[Place, str], Page],
    beside: Mapping[str, bytes] = MappingProxyType({}), formats: Formats = PNG,
) -> Path:  # fmt: skip
    """Write ``report.html`` into ``folder`` and return its path.

    ``page`` draws the pictures of one language into its place and returns what the template says in it; the last
    language is made in a second process. Files ``beside`` it go by name; ``formats`` are those of the pictures beside
    it. All of it is there in the end, or nothing.

    Raises
    ------
    ValueError
        ``language`` is none there is, nor ``both`` for all (a switch on the page).
    """
    langs = asked_languages(language)
    with whole(Path(folder)) as made:
        place = Place(made, formats)
        drawn = side_by_side([partial(_drawn, page, place, lang) for lang in langs])
        html = rendered(template, [{"lang": lang, **one} for lang, one in zip(langs, drawn, strict=True)])
        for name, data in {**beside, "report.html": html}.items():
            (made / name).write_bytes(data)
    return Path(folder) / "report.html"


def _drawn(page: Callable[[Place, str], Page], place: Place, lang: str) -> Page:
    """The page in a language, whose numbers are written in it too."""
    with speaking(lang):
        return page(place, lang)


def asked_languages(lang: str) -> list[str]:
    """The languages a word stands for: ``both`` for all there are, else itself.

    Raises
    ------
    ValueError
        There is no such language, or the file of one cannot be read (:class:`~scenarios.errors.UserError`).
    """
    if lang not in (*languages(), "both"):
        raise ValueError(f"lang={lang!r}: there is {', '.join(languages())} and both")
    langs = list(languages()) if lang == "both" else [lang]
    try:
        return [one for one in langs if html_code(one)]
    except LocaleError as error:
        raise UserError(str(error)) from error


def rendered(template: str, pages: Sequence[Page]) -> bytes:
    """The HTML of one or more languages, with the Chinese letters it needs where the template embeds a font."""
    world = Environment(autoescape=True, keep_trailing_newline=True, loader=FunctionLoader(_source))
    switch = " / ".join(dict.fromkeys(say("language_switch", lang) for lang in languages()))
    world.globals.update(say=say, html_lang=html_code, languages=languages(), switch=switch)
    draw = partial(world.get_template(template).render, pages=pages, first=pages[0]["lang"])
    scripts = re.findall(r"<script>(.*?)</script>", draw(font=""), re.DOTALL)
    hashes = (base64.b64encode(hashlib.sha256(one.encode()).digest()).decode() for one in scripts)
    allowed = " ".join(f"'sha256-{one}'" for one in hashes) or "'none'"
    draw = partial(draw, policy=f"default-src 'none'; img-src data:; font-src data:; style-src 'unsafe-inline'; "
                                f"script-src {allowed}")  # fmt: skip
    html = draw(font=_FONT)
    if _FONT in html:
        letters = re.sub(r"base64,[^\"]*", "", html)
        html = draw(font=base64.b64encode(web_font(letters)).decode())
    return html.encode("utf-8")


def _source(name: str) -> str:
    return (files("scenarios") / "reports" / "templates" / name).read_text("utf-8")


def opening(asked: Any, lang: str) -> Page:
    """Title and question of a study, a search or an analysis, in the reader's language if they are."""
    return {"title": declared(asked.title, lang) or asked.name, "question": declared(asked.question, lang)}


def said(sentences: Mapping[str, object], lang: str, **values: object) -> list[str]:
    """Of sentences by word those that hold, their slots filled."""
    return [say(key, lang, **values) for key, holds in sentences.items() if holds]


def money(outcomes: Collection[str]) -> bool:
    """Is one of the outcomes in yuan?"""
    return not _MONEY.isdisjoint(outcomes)


def methods(key: str, lang: str, **values: object) -> list[Page]:
    """Paragraphs with their slots filled; those that begin with '=' are equations."""
    texts = paragraphs(key, lang)
    return [{"equation": True, "text": text[1:]} if text.startswith("=") else
            {"equation": False, "text": filled(text, **values)} for text in texts]  # fmt: skip


def source(rows: Mapping[str, str | Sequence[str]], lang: str) -> list[tuple[str, list[str]]]:
    """What was run, enough to run it again: values by word; what is empty is left out."""
    lists = {key: [values] if isinstance(values, str) else list(values) for key, values in rows.items()}
    return [(say(key, lang), values) for key, values in lists.items() if any(values)]


def written(overrides: Iterable[object], lang: str) -> str:
    """Overrides as they are written, or that there are none."""
    return " ".join(map(str, overrides)) or say("as_they_are", lang)


def dialled(asked: Any, lang: str) -> dict[str, str | list[str]]:
    """Knobs, arms and world of a search or an analysis, as rows of :func:`source`."""
    return {"source_knobs": [range_text(axis, lang) for axis in asked.axes], "source_base": " ".join(asked.base),
            "source_world": written((*asked.world, *asked.extra), lang)}  # fmt: skip


def put(path: Path, data: bytes) -> Path:
    """Write a file whole or not at all."""
    part = path.with_name(f".{path.name}.part")
    part.write_bytes(data)
    os.replace(part, path)
    return path


def file_names(labels: Iterable[str]) -> dict[str, str]:
    """A name for files of each label: at most 40 letters of ASCII, and no two alike, even where case does not count.

    >>> file_names(["pet owners", "a/b", "a:b", "很多很多人"])
    {'pet owners': 'pet_owners', 'a/b': 'a_b', 'a:b': 'a_b-2', '很多很多人': 'world'}
    """
    labels = list(dict.fromkeys(labels))
    slugs = {label: re.sub(r"[^A-Za-z0-9_.-]", "_", label)[:_LONGEST].lstrip(".") for label in labels}
    slugs = {label: slug if slug.strip("_.-") else "world" for label, slug in slugs.items()}
    found: dict[str, str] = {}
    taken: set[str] = set()
    for label in sorted(labels, key=lambda label: slugs[label] != label):  # those that need no change keep their name
        name = slugs[label]
        for number in count(2):
            if name.lower() not in taken:
                break
            name = f"{slugs[label][: _LONGEST - 6]}-{number}"
        taken.add(name.lower())
        found[label] = name
    return {label: found[label] for label in labels}


def pictures(
    place: Place, figures: Iterable[tuple[str, Any]], lang: str, prefix: str = "", end: str | None = None
) -> list[dict[str, str]]:
    """Write each picture beside the page (``PREFIXnameEND.png``, ``.pdf`` …), and keep the PNG's bytes for the page.

    ``prefix`` is one of :func:`file_names`, ``end`` is ``-en`` or ``-zh`` if nothing else is said.
    """
    found, end = [], f"-{lang}" if end is None else end
    with _no_search_for_garbage():
        for name, figure in figures:
            data = to_png(figure)
            stem = f"{prefix}{name}{end}"
            for form in place.formats:
                put(place.folder / f"{stem}.{form}", data if form == "png" else to_vector(figure, form))
            alt = figure.texts[0].get_text().replace("\n", " ")
            about = {"name": stem, "drawn": name, "alt": alt, "file": f"{stem}.{place.formats[0]}"}
            found.append({**about, "data": base64.b64encode(data).decode()})
    return found


@contextmanager
def _no_search_for_garbage() -> Iterator[None]:
    """Hold the collector: a figure is ten thousand objects that all live until it is saved; searching them again and
    again for dead ones took a fifth of the drawing."""
    at_work = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if at_work:
            gc.enable()

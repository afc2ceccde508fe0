"""What the pages share: each stands alone, pictures and Chinese letters inside, written whole or not at all."""

from __future__ import annotations

import base64
import gc
import os
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from importlib.resources import files
from itertools import count
from pathlib import Path
from typing import Any

from jinja2 import Environment, FunctionLoader

from scenarios.errors import UserError
from sim.locale.catalogue import LocaleError, html_code
from sim.locale.words import bracket, declared, languages, say
from sim.plots.style import to_png
from sim.plots.webfont import web_font

__all__ = ["asked_languages", "file_names", "language_of", "opening", "overrides_text", "paragraph", "pictures",
           "put", "rendered", "switch"]  # fmt: skip

_LONGEST = 40


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


def rendered(template: str, pages: Sequence[Mapping[str, Any]]) -> bytes:
    """The HTML of one or more languages, with the Chinese letters it needs embedded."""
    page = Environment(autoescape=True, keep_trailing_newline=True, loader=FunctionLoader(_source)).get_template(
        template
    )
    values = {"pages": pages, "first": pages[0]["lang"], "title": pages[0]["title"], **switch()}
    letters = re.sub(r"base64,[^\"]*", "", page.render(**values, font=""))
    return page.render(**values, font=base64.b64encode(web_font(letters)).decode()).encode("utf-8")


def _source(name: str) -> str:
    return (files("scenarios") / "reports" / "templates" / name).read_text("utf-8")


def switch() -> dict[str, Any]:
    """What a template must know of all languages to show one: which there are, and what the switch is called."""
    words = dict.fromkeys(say("language_switch", lang) for lang in languages())
    return {"languages": languages(), "switch": " / ".join(words)}


def language_of(lang: str) -> dict[str, str]:
    """What a page says of its language: its code, its code in HTML, its name."""
    return {"lang": lang, "html_lang": html_code(lang), "language": say("language", lang)}


def opening(asked: Any, lang: str) -> dict[str, str]:
    """What the page of a study, a search or an analysis begins with: language, title, question, and the warning."""
    return {
        **language_of(lang),
        "title": declared(asked.title, lang) or asked.name,
        "honest": say("honest", lang),
        "question": declared(asked.question, lang),
    }


def paragraph(text: str, **values: object) -> dict[str, Any]:
    """A paragraph of the methods with its slots filled, or an equation where it begins with '='."""
    equation = text.startswith("=")
    return {"equation": equation, "text": text[1:] if equation else text.format(**values)}


def overrides_text(overrides: Sequence[str] | Mapping[str, object], lang: str) -> str:
    """Overrides in brackets."""
    parts = [f"{key}={value}" for key, value in overrides.items()] if isinstance(overrides, Mapping) else [*overrides]
    return bracket(" ".join(map(str, parts)) or say("as_they_are", lang), lang)


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
    place: Path, figures: Iterable[tuple[str, Any]], lang: str, prefix: str = "", joint: str = "-"
) -> list[dict[str, str]]:
    """Write each PNG beside the page, and keep its bytes for the page; ``prefix`` is one of :func:`file_names`."""
    found = []
    with _no_search_for_garbage():
        for name, figure in figures:
            data = to_png(figure)
            path = put(place / f"{prefix}{name}{joint}{lang}.png", data)
            alt = figure.texts[0].get_text().replace("\n", " ")
            found.append({"name": path.stem, "alt": alt, "file": path.name, "data": base64.b64encode(data).decode()})
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

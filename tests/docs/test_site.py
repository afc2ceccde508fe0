"""The site of the docs: built without a warning, every link alive, nothing loaded from elsewhere, searched offline."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator
from html import unescape
from pathlib import Path
from typing import Any

import polib
import pytest

from docs.website.building import build
from docs.website.examples import ROOT, commands
from docs.website.generated import generate
from docs.website.languages import LANGUAGES, in_both, translated
from docs.website.links import faults
from docs.website.search import SearchBoth
from docs.website.staging import Stage, own_pages
from docs.website.translations import templates
from docs.website.words import LOCALE
from scenarios.config import catalog
from tests.browser.pages import BROWSER, MOMENT

WORDS = ("红包", "packet", "入群费")


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The site in both languages; a warning of Sphinx is an error."""
    place = tmp_path_factory.mktemp("site")
    assert build(place / "site", place / "source") == 0
    return place / "site"


@pytest.mark.slow
def test_every_link_is_alive_and_nothing_is_loaded_from_elsewhere(site: Path) -> None:
    assert [*faults(site)] == []
    assert len([*site.rglob("*.html")]) > 600


@pytest.mark.slow
def test_every_page_is_there_in_both_languages(site: Path) -> None:
    english, chinese = ({path.relative_to(site / lang) for path in (site / lang).rglob("*.html")} for lang in LANGUAGES)
    assert english == chinese
    for path in own_pages():
        if path.is_relative_to(ROOT / "docs"):
            assert path.relative_to(ROOT / "docs").with_suffix(".html") in english, path
    assert 'lang="zh-CN"' in (site / "zh" / "index.html").read_text("utf-8")
    for name, is_told in (("guide", True), ("tutorials/study", False), ("reference/strategies/red_packet", False)):
        assert ("本页只有英文" in (site / "zh" / f"{name}.html").read_text("utf-8")) == is_told
        assert "本页只有英文" not in (site / "en" / f"{name}.html").read_text("utf-8")


@pytest.mark.slow
def test_translations_are_shown(site: Path) -> None:
    """What Sphinx cannot take as the same kind of paragraph it leaves in English without a word."""
    folder = LOCALE / LANGUAGES["zh"] / "LC_MESSAGES"
    for path in sorted(folder.rglob("*.po")):
        name = path.relative_to(folder).with_suffix("").as_posix()
        if translated(name):
            page = (site / "zh" / f"{name}.html").read_text("utf-8")
            plain = [one for one in polib.pofile(str(path), encoding="utf-8") if not set("[*`'\"") & set(one.msgstr)]
            assert [one.msgid for one in plain if one.msgstr not in page] == [], name


@pytest.mark.slow
def test_every_strategy_has_its_page(site: Path) -> None:
    for name, one in catalog.strategies().items():
        pages = [
            unescape((site / lang / "reference" / "strategies" / f"{name}.html").read_text("utf-8"))
            for lang in LANGUAGES
        ]
        assert all(title in page for title in one.title for page in pages), name
        assert all(f"strategies.{name}.{knob}" in page for knob in one.own_knobs() for page in pages), name


@pytest.fixture(scope="module")
def browser() -> Iterator[Any]:
    """A browser for which no name resolves."""
    if BROWSER is None:
        pytest.skip("no Chromium here")
    from playwright.sync_api import sync_playwright

    with sync_playwright() as made:
        yield made.chromium.launch(
            executable_path=BROWSER, args=["--no-sandbox", "--host-resolver-rules=MAP * ~NOTFOUND"]
        )


@pytest.mark.slow
@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("word", [*WORDS, "zxqv"])
def test_the_search_works_from_a_folder(site: Path, browser: Any, lang: str, word: str) -> None:
    """A word that is nowhere is not found; the others lead to pages that hold them."""
    page = browser.new_page()
    wrong: list[str] = []
    page.on("pageerror", lambda error: wrong.append(str(error)))
    page.on("console", lambda message: wrong.append(message.text) if message.type == "error" else None)
    page.on("request", lambda asked: None if asked.url.startswith(("file:", "data:")) else wrong.append(asked.url))
    page.set_default_timeout(MOMENT)
    page.goto((site / lang / "index.html").as_uri())
    page.fill("input[name=q]", word)
    page.press("input[name=q]", "Enter")
    page.wait_for_function(
        "document.querySelector('#search-results .search-summary')?.innerText.trim()"
        " && !document.querySelector('#search-results .search-summary').innerText.includes('...')"
    )
    found = page.eval_on_selector_all("#search-results ul.search a", "all => all.map(one => one.href)")
    texts = [
        (Path(href.removeprefix("file://").partition("?")[0].partition("#")[0])).read_text("utf-8") for href in found
    ]
    page.close()
    assert wrong == []
    assert bool(found) == (word in WORDS)
    assert all(word in text.lower() for text in texts)


@pytest.mark.slow
def test_every_paragraph_is_translated(tmp_path: Path) -> None:
    """After a change of an English page: ``python -m docs.website.translations``, and the Chinese by hand."""
    asked = templates(tmp_path)
    assert {"index", "tutorials/first_curve", "howto/windows"} <= asked.keys()
    missing = []
    for name, path in asked.items():
        kept = polib.pofile(str(LOCALE / LANGUAGES["zh"] / "LC_MESSAGES" / f"{name}.po"), encoding="utf-8")
        told = {entry.msgid for entry in kept if entry.msgstr and not entry.fuzzy and not entry.obsolete}
        missing += [
            (name, entry.msgid) for entry in polib.pofile(str(path), encoding="utf-8") if entry.msgid not in told
        ]
    assert missing == []


def test_what_is_wrong_with_a_site_is_told(tmp_path: Path) -> None:
    (tmp_path / "a.html").write_text(
        '<h1 id="top"></h1><a href="b.html#here"></a><a href="b.html#gone"></a><a href="c.html"></a><a href="#top"></a>'
        '<a href="https://example.org"></a><script src="https://example.org/x.js"></script>'
        '<img src="//example.org/y.png">'
        '<a href="shown:d.html"></a>',
        "utf-8",
    )
    (tmp_path / "b.html").write_text('<p id="here"></p>', "utf-8")
    (tmp_path / "s.css").write_text("@import url(https://example.org/z.css);", "utf-8")
    assert [*faults(tmp_path)] == [
        "a.html: b.html#gone: there is no such place on that page",
        "a.html: c.html: leads nowhere",
        "a.html: https://example.org/x.js: is loaded from elsewhere",
        "a.html: //example.org/y.png: is loaded from elsewhere",
        "a.html: shown:d.html: is no address that a page knows",
        "s.css: loads something from elsewhere",
    ]


def test_links_to_files_lead_to_the_pages_that_show_them(tmp_path: Path) -> None:
    stage = Stage(tmp_path)
    page = ROOT / "docs" / "howto" / "made_up.md"
    text = (
        "[a](../../sim/simulation.py) [b](../guide.md#run) [c](https://example.org) [d](gone.py)\n"
        "```sh\n[a](../../sim)\n```\n"
    )
    assert stage.linked(text, page) == (
        "[a](shown:../../files/sim/simulation.py.html) [b](../guide.md#run) [c](https://example.org) [d](gone.py)\n"
        "```sh\n[a](../../sim)\n```\n"
    )
    assert stage.files == {ROOT / "sim" / "simulation.py"}


def test_chinese_is_cut_into_pairs() -> None:
    assert SearchBoth({}).split("天天发red_packet 红包") == [
        "天",
        "天",
        "发",
        "天天",
        "天发",
        "red_packet",
        "红",
        "包",
        "红包",
    ]
    assert SearchBoth({}).stem("packets") == SearchBoth({}).stem("packet")


def test_the_glossary_is_kept_in_the_chinese_of_the_site() -> None:
    terms = tomllib.loads((ROOT / "sim" / "locale" / "glossary.toml").read_text("utf-8"))
    wrong = []
    for path in LOCALE.rglob("*.po"):
        for entry in polib.pofile(str(path), encoding="utf-8"):
            for said in terms.values():
                rest = entry.msgstr
                for innocent in said.get("but", ()):
                    rest = rest.replace(innocent, "")
                wrong += [(path.name, word) for word in said.get("not", ()) if word in rest]
    assert wrong == []


def test_pages_of_both_languages_are_known() -> None:
    assert translated("tutorials/study")
    assert not translated("guide")
    assert in_both("reference/strategies/cull")
    assert not in_both("model")


@pytest.mark.slow
def test_every_page_of_a_strategy_shows_a_command_that_names_it(tmp_path: Path) -> None:
    from scenarios.config.compose import compose

    generate(tmp_path, "en")
    for name in (*catalog.strategies(), *catalog.plans()):
        ((command, *words),) = commands(tmp_path / "reference" / "strategies" / f"{name}.md")
        assert command == "run"
        assert compose(words).strategies or name == "nothing", name

"""The site in both languages, in build/site. Not in ``__main__``: processes that are spawned have to find it.

Sphinx reads what :mod:`docs.website.staging` and the generated pages give it, and every warning of it is an error. No
network is needed.
"""

from __future__ import annotations

import shutil
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context
from pathlib import Path

from sphinx.cmd.build import build_main

from docs.website.frontpage import front_page
from docs.website.generated import files as files_of_declarations
from docs.website.generated import generate
from docs.website.languages import LANGUAGES
from docs.website.listings import write_listings
from docs.website.staging import ROOT, Stage

__all__ = ["build", "main", "source", "sphinx"]

HERE = Path(__file__).parent


def source(folder: Path, lang: str) -> set[Path]:
    """The source of one language, made anew; what files of the repository its pages lead to."""
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    stage = Stage(folder)
    stage.fill()
    generate(folder, lang)
    for name in ("_static", "_templates"):
        shutil.copytree(HERE / name, folder / name)
    shutil.copytree(ROOT / "docs" / "locale", folder / "locale")
    return stage.files


def sphinx(builder: str, made_from: Path, to: Path, lang: str, strict: bool = True) -> int:
    """Run Sphinx over a source; its exit code, which is 1 after a warning unless it is not to be ``strict``."""
    trees = made_from.parent / f"doctrees_{made_from.name}"
    said = [
        "-b",
        builder,
        "-c",
        str(HERE),
        "-d",
        str(trees),
        "-D",
        f"language={LANGUAGES[lang]}",
        "-E",
        *(("-q", "-W", "--keep-going") if strict else ("-Q",)),
        str(made_from),
        str(to),
    ]
    return build_main(said)


def build(out: Path, work: Path) -> int:
    """Both languages below ``out`` with a front page, each by a process of its own; the exit code of Sphinx."""
    files = files_of_declarations().union(*(source(work / lang, lang) for lang in LANGUAGES))
    with ProcessPoolExecutor(len(LANGUAGES), get_context("spawn")) as pool:
        done = []
        for lang in LANGUAGES:
            shutil.rmtree(out / lang, ignore_errors=True)
            done.append(pool.submit(sphinx, "html", work / lang, out / lang, lang))
        write_listings(out, files, ROOT)
        code = max(one.result() for one in done)
    (out / "index.html").write_text(front_page(), "utf-8")
    return code


def main() -> int:
    """Build it, and tell where it is."""
    out = ROOT / "build" / "site"
    code = build(out, ROOT / "build" / "site_source")
    print(f"the site is in {out}: open {out / 'index.html'}" if not code else "the site has faults, told above")
    return code


"""``python -m docs.website [FOLDER]``: the site in both languages, in build/site unless a folder is named.

Sphinx reads what :mod:`docs.website.staging` and the generated pages give it, and every warning of it is an error. No
network is needed.
"""

from __future__ import annotations

import shutil
import sys
from pathlib import Path

from sphinx.cmd.build import build_main

from docs.website.frontpage import front_page
from docs.website.generated import files as files_of_declarations
from docs.website.generated import generate
from docs.website.listings import write_listings
from docs.website.staging import ROOT, Stage

__all__ = ["LANGUAGES", "build", "main"]

HERE = Path(__file__).parent
LANGUAGES = {"en": "en", "zh": "zh_CN"}
"""Folder of the site → what Sphinx calls the language."""


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


def sphinx(builder: str, made_from: Path, to: Path, lang: str) -> int:
    """Run Sphinx over a source; its exit code."""
    trees = made_from.parent / f"doctrees_{made_from.name}"
    said = ["-b", builder, "-c", str(HERE), "-d", str(trees), "-D", f"language={LANGUAGES[lang]}", "-W", "--keep-going",
            "-q", "-E", str(made_from), str(to)]  # fmt: skip
    return build_main(said)


def build(out: Path, work: Path) -> int:
    """Both languages below ``out`` with a front page; the exit code of Sphinx."""
    files = files_of_declarations()
    for lang in LANGUAGES:
        shutil.rmtree(out / lang, ignore_errors=True)
        files |= source(work / lang, lang)
        if code := sphinx("html", work / lang, out / lang, lang):
            return code
    write_listings(out, files, ROOT)
    (out / "index.html").write_text(front_page(), "utf-8")
    return 0


def main(words: list[str]) -> int:
    """Build it, and tell where it is."""
    out = Path(words[0]) if words else ROOT / "build" / "site"
    code = build(out, out.parent / f"{out.name}_source")
    if not code:
        print(f"the site is in {out}: open {out / 'index.html'}")
    return code


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))

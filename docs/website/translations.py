"""``python -m docs.website.translations``: take what changed in the English pages over into the files of translations.

The pages for those who run groups are kept in other languages too, paragraph by paragraph (docs/locale, by
sphinx-intl); which they are is told by :mod:`docs.website.languages`. A paragraph that changed is marked as fuzzy, and
until somebody has looked at it the site shows English there; a test names every paragraph that has no translation.
"""

from __future__ import annotations

import sys
import tempfile
from pathlib import Path

from sphinx_intl import basic

from docs.website.building import source, sphinx
from docs.website.languages import LANGUAGES, translated
from docs.website.words import LOCALE

__all__ = ["templates"]


def templates(folder: Path) -> dict[str, Path]:
    """What is to be translated, as Sphinx finds it: a file for each page, by its name."""
    source(folder / "en", "en")
    for path in (folder / "en").rglob("*.md"):
        if not translated(path.relative_to(folder / "en").with_suffix("").as_posix()):
            path.unlink()
    if code := sphinx("gettext", folder / "en", folder / "pot", "en", strict=False):
        raise SystemExit(code)
    found = {
        path.relative_to(folder / "pot").with_suffix("").as_posix(): path for path in (folder / "pot").rglob("*.pot")
    }
    return {name: path for name, path in found.items() if translated(name)}


def main() -> int:
    """Renew the files of every language."""
    with tempfile.TemporaryDirectory() as folder:
        kept = {*templates(Path(folder)).values()}
        for path in (Path(folder) / "pot").rglob("*.pot"):
            if path not in kept:
                path.unlink()
        languages = [name for name in LANGUAGES.values() if name != "en"]
        basic.update(str(LOCALE), str(Path(folder) / "pot"), languages, line_width=118)
    return 0


if __name__ == "__main__":
    sys.exit(main())

"""The source that Sphinx reads: the pages of docs/, with links that hold in the site.

Pages are written to be read in the repository, where a link to ``../sim/simulation.py`` leads to a file. In the site it
leads to a page that shows that file (:mod:`docs.website.listings`). Nothing else of a page is changed, and docs/ is
left as it is.
"""

from __future__ import annotations

import os
import re
import shutil
from collections.abc import Iterator
from itertools import groupby
from operator import itemgetter
from pathlib import Path

from docs.website.listings import notebook_page, place_of

__all__ = ["ROOT", "Stage", "fenced", "own_pages"]

ROOT = Path(__file__).resolve().parents[2]
_LINK = re.compile(r"(!?\[[^\]]*\]\()([^)\s]+)(\))")
_FENCE = re.compile(r"^\s*(`{3,}|~{3,})")
_NAMED = {"README.md": "readme.md", "README.zh.md": "readme_zh.md", "CHANGELOG.md": "changelog.md"}
_ORPHAN = "---\norphan: true\n---\n"  # no table of contents names it


def own_pages() -> list[Path]:
    """The pages that people read first: those of docs/, both readmes, the changelog."""
    return [*sorted((ROOT / "docs").rglob("*.md")), *(ROOT / name for name in _NAMED)]


def fenced(text: str) -> Iterator[tuple[bool, str]]:
    """The lines of a page, each with whether it belongs to a block of code."""
    fence = ""
    for line in text.splitlines(keepends=True):
        mark = _FENCE.match(line)
        if mark and not fence:
            fence = mark[1]
            yield True, line
        elif mark and line.strip().startswith(fence) and not line.strip().strip(fence[0]):
            fence = ""
            yield True, line
        else:
            yield bool(fence), line


class Stage:
    """A folder that is filled with pages; ``files`` is what of the repository they lead to."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.files: set[Path] = set()
        self._waiting: list[Path] = []
        self._pages: dict[Path, str] = {}

    def fill(self) -> None:
        """Write every page, and every page that these lead to."""
        for path in own_pages():
            self._place(path)
        while self._waiting:
            self._write(self._waiting.pop())

    def _place(self, path: Path) -> str:
        """Where a page or a picture stands in the folder; it is written in its turn."""
        if path not in self._pages:
            inside = path.relative_to(ROOT).as_posix()
            place = _NAMED.get(inside) or (
                inside.removeprefix("docs/") if inside.startswith("docs/") else f"more/{inside}"
            )
            self._pages[path] = str(Path(place).with_suffix(".md")) if path.suffix == ".ipynb" else place
            self._waiting.append(path)
        return self._pages[path]

    def _write(self, path: Path) -> None:
        place = self.folder / self._pages[path]
        place.parent.mkdir(parents=True, exist_ok=True)
        if path.suffix == ".png":
            shutil.copyfile(path, place)
            return
        text = notebook_page(path) if path.suffix == ".ipynb" else path.read_text("utf-8")
        place.write_text(("" if path in own_pages() else _ORPHAN) + self.linked(text, path), "utf-8")

    def linked(self, text: str, page: Path) -> str:
        """A page with its links as they hold in the site."""
        parts = ((code, "".join(line for _, line in lines)) for code, lines in groupby(fenced(text), itemgetter(0)))
        return "".join(part if code else _LINK.sub(lambda link: self._link(link, page), part) for code, part in parts)

    def _link(self, link: re.Match[str], page: Path) -> str:
        before, target, after = link.groups()
        name, mark, anchor = target.partition("#")
        found = Path(os.path.normpath(page.parent / name)) if name and "://" not in name else None
        if found is None or not found.exists() or not found.is_relative_to(ROOT):
            return link[0]
        return f"{before}{self._way(page, found)}{mark}{anchor}{after}"

    def _way(self, page: Path, target: Path) -> str:
        """The way from a page to another, or to where a file is shown, one folder above the language's."""
        here = Path(self._place(page)).parent
        if target.suffix in (".md", ".ipynb", ".png"):
            return Path(os.path.relpath(self._place(target), here)).as_posix()
        self.files.add(target)
        return "shown:" + Path(os.path.relpath(Path("..") / place_of(target, ROOT), here)).as_posix()

"""What the pages show to be typed: commands, code and files, as the tests and the site find them."""

from __future__ import annotations

import re
import shlex
from collections.abc import Iterator
from pathlib import Path

from docs.website.staging import ROOT, fenced

__all__ = ["blocks", "commands", "files", "pages"]

_FILE = re.compile(
    r"`((?:my|conf)/(?:strategy|study|search|scenario)/\w+\.yaml)`|^# ((?:my|conf)/\w+/\w+\.yaml)", re.MULTILINE
)


def pages() -> list[Path]:
    """Every page that is read by users, in all languages it is kept in."""
    return [ROOT / "README.md", ROOT / "README.zh.md", *sorted((ROOT / "docs").rglob("*.md"))]


def blocks(page: Path) -> Iterator[tuple[str, str, str]]:
    """The blocks of code of a page: language, text, and the prose that leads to it."""
    prose, block = "", ""
    for is_code, line in [*fenced(page.read_text("utf-8")), (False, "")]:
        if is_code:
            block += line
            continue
        if block:
            head, *lines = block.splitlines()
            yield head.strip("` \n"), "\n".join(lines[:-1]) + "\n", prose
            prose, block = "", ""
        prose += line


def commands(page: Path) -> list[list[str]]:
    """The commands ``shequn …`` of a page, in words; comments are left out."""
    found = []
    for language, text, _ in blocks(page):
        if language in ("sh", ""):
            lines = re.sub(r"\\\n", " ", text).splitlines()
            found += [shlex.split(line, comments=True)[1:] for line in lines if line.startswith("shequn ")]
    return found


def files(page: Path) -> Iterator[tuple[str, str]]:
    """The YAML files of a page: where it says that they lie, and what they hold; a timeline is a part of a scenario."""
    for language, text, prose in blocks(page):
        if language == "yaml":
            named = [*_FILE.finditer(prose), *_FILE.finditer(text)]
            package = re.match(r"# @package strategies\.(\w+)", text)
            if named:
                yield named[-1][1] or named[-1][2], text
            elif package:
                yield f"my/strategy/{package[1]}.yaml", text
            else:
                yield "my/scenario/shown.yaml", text

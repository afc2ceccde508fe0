"""STUDY is the name of a study, a search or an analysis that was played, or the folder of its tables (out=).

settings: out=FILE.zip  the archive (NAME.zip beside the folder)
          store=FOLDER  where the runs lie, if they were moved
          replace=true  the file is there already: let it go
          lang=zh       language of the line that is printed (else that of LANG)

The archive holds the study's file, every setting of every run, the packages, tables, page and pictures, checksums,
and a README with the command that plays it again. Same study, same bytes.
"""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import TYPE_CHECKING

from scenarios.errors import UserError, shown
from sim.locale.speaking import spoken

if TYPE_CHECKING:
    from scenarios.experiments.bundle import Bundle

__all__ = ["arguments", "run"]

_SETTINGS = ("out", "store", "replace", "lang")


def arguments(parser: argparse.ArgumentParser) -> None:
    """The study, and settings."""
    parser.add_argument("study", help="name of a study that was played, or its folder")
    parser.add_argument("settings", nargs="*", metavar="name=value", help="out=, store=, replace=, lang=")


def run(options: argparse.Namespace) -> int:
    """Check, pack, write."""
    from scenarios.cli.words import settings_of
    from scenarios.experiments.bundle import left_in
    from scenarios.experiments.options import WORDS
    from scenarios.experiments.session import with_store
    from sim.data.store import Store

    said = settings_of("bundle", options.settings, {key: WORDS[key][1] for key in _SETTINGS})
    left = left_in(options.study)
    target = _target(said.get("out"), left.folder, said.get("replace", False))
    folder = said.get("store", left.store)
    if not (Path(folder) / "ledger.sqlite").exists():
        raise UserError(f"there is no store in {shown(folder)}; say store=FOLDER, where the runs of {left.name} lie")

    def work(store: Store) -> int:
        _write(target, left.bundle(store), said.get("lang", spoken()))
        return 0

    return with_store(folder, work)


def _target(said: str | None, folder: Path, replace: bool) -> Path:
    """The file to write, looked at before the work is done."""
    from scenarios.execution.folders import check_writable

    target = folder.with_name(f"{folder.name}.zip") if said is None else Path(said)
    if target.suffix != ".zip" or target.is_dir():
        raise UserError(f"out={shown(target)} is no archive; write it like out=mine.zip")
    if said is not None and target.exists() and not replace:
        raise UserError(f"out={shown(target)} is there already; name another file, or add replace=true")
    check_writable(target.parent)
    return target


def _write(target: Path, made: Bundle, lang: str) -> None:
    from scenarios.reports.page import put
    from sim.locale.words import say

    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        put(target, made.data)
    except OSError as error:
        raise UserError(f"out={target}: {error.strerror or error}; name a file that can be written") from error
    print(say("told_bundle", lang, file=target, runs=f"{made.runs:,}", files=made.files, digest=made.digest))

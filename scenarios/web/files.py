"""What the page gives to keep, and takes back: the question as a file, and the tables of its run."""

from __future__ import annotations

import io
import json
import zipfile
from dataclasses import asdict, fields
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any
from urllib.parse import urlencode

from scenarios.errors import UserError, shown
from scenarios.web.question import Question
from sim.engine.knobs import did_you_mean

__all__ = ["MOST_BYTES", "opened", "saved", "tables"]

MOST_BYTES = 20_000
"""Of a question's file; the longest that the page writes is far below."""
_KIND, _VERSION = "shequn question", 1
_FOLDER = "shequn-run"


def saved(question: Question, day: int | None) -> str:
    """The question as a file: a few names and numbers, which a person can read; ``day``: where the clock stands."""
    said = {"kind": _KIND, "version": _VERSION, **asdict(question), **({"day": day} if day else {})}
    return json.dumps(said, indent=1, ensure_ascii=False) + "\n"


def opened(data: bytes) -> str:
    """The part of an address that restores what a file says. It may come from anybody, and is only read.

    Raises
    ------
    UserError
        Naming what is wrong in it, in one sentence.
    """
    said = _read(data)
    day = said.pop("day", None)
    question = Question.read({name: str(value) for name, value in said.items()})
    if day is None:
        return question.link
    if type(day) is not int or not 1 <= day <= question.days:
        raise UserError(f"day={shown(day)} is out of range: it goes from 1 to {question.days}")
    return f"{question.link}&{urlencode({'day': day})}"


def _read(data: bytes) -> dict[str, Any]:
    """Names and plain values of a question's file."""
    if len(data) > MOST_BYTES:
        raise UserError(f"the file is too large for a question: at most {MOST_BYTES} bytes")
    try:
        said = json.loads(data.decode("utf-8-sig"))
        json.dumps(said, ensure_ascii=False).encode()  # half a letter cannot be told again
    except (ValueError, RecursionError):
        said = None
    if not isinstance(said, dict) or said.pop("kind", None) != _KIND:
        raise UserError("the file is no question that this page has saved")
    if (version := said.pop("version", None)) != _VERSION:
        raise UserError(f"the file is a question of version {shown(version)}; this page reads version {_VERSION}")
    known = {one.name: type(one.default) for one in fields(Question)}
    for name, value in said.items():
        if name not in known and name != "day":
            raise UserError(f"the file says '{shown(name)}', which is no part of a question{did_you_mean(name, known)}")
        if name in known and type(value) is not known[name]:
            raise UserError(f"the file says {name}={shown(value)}, which is of another kind than a question has there")
    return said


def tables(question: Question) -> bytes:
    """The run as `shequn run` writes it, as a zip, with what each community came to as a table for spreadsheets too."""
    from scenarios.execution.play import play, written
    from sim.analysis.outcomes import outcomes
    from sim.data.spreadsheet import to_csv

    try:
        results = play(question.composed(), lambda arm, share: None)
    except UserError as error:
        raise UserError(str(error)) from None  # sent without what it is made of
    packed = io.BytesIO()
    with TemporaryDirectory() as home, zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as into:
        for path in sorted(written(results, Path(home) / _FOLDER, False).iterdir()):
            into.write(path, f"{_FOLDER}/{path.name}")
        into.writestr(f"{_FOLDER}/outcomes.csv", "\ufeff" + to_csv(outcomes(results)))
        into.writestr(f"{_FOLDER}/command.sh", question.command + "\n")
    return packed.getvalue()

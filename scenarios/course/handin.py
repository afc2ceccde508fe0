"""What a student hands in: one small JSON file with the answers in the order in which they were given.

A file may come from anybody, so :func:`read` takes nothing for granted. Verdicts in it are what the student's program
said; whoever collects works them out again.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import Any, NoReturn

from scenarios.config import catalog
from scenarios.errors import UserError, brief, shown

__all__ = ["Handed", "Try", "program_version", "read", "write"]

FORMAT, VERSION = "shequn hand-in", 1
_LARGEST = 1_000_000  # bytes
_NAME, _WORDS, _MANY = 100, 200, 2_000


@dataclass(frozen=True)
class Try:
    """One answer to one exercise, and what was said of it."""

    exercise: str
    answer: float | str | None
    verdict: str


@dataclass(frozen=True)
class Handed:
    """A lesson as one student did it."""

    lesson: str
    seed: int
    lang: str
    name: str
    prediction: float | str | None
    tries: tuple[Try, ...]
    program: str = ""


def program_version() -> str:
    """The version of this program."""
    try:
        return version("shequn")
    except PackageNotFoundError:
        return "0"


def write(handed: Handed, before: Path | None = None) -> Path:
    """Write a hand-in into ``outputs/course``; ``before`` is the file of the same session, which is replaced."""
    folder = _folder()
    last = {one.exercise: one for one in handed.tries}
    data = {"format": FORMAT, "version": VERSION, **asdict(handed), "program": program_version(),
            "answers": {name: one.answer for name, one in last.items()},
            "verdicts": {name: one.verdict for name, one in last.items()}}  # fmt: skip
    try:
        folder.mkdir(parents=True, exist_ok=True)
        target = before or _free(folder, f"{handed.lesson}_{_as_file(handed.name)}")
        part = target.with_name(target.name + ".part")
        part.write_text(json.dumps(data, ensure_ascii=False, indent=1, allow_nan=False) + "\n", "utf-8")
        part.replace(target)
    except OSError as error:
        raise UserError(f"{folder}: {error.strerror or error}; begin the notebook in a folder that can be written "
                        "to") from error  # fmt: skip
    return target


def _folder() -> Path:
    """Beside the folder of the notebooks, wherever Jupyter was begun; where there is none, here."""
    root = catalog.CONF.parent
    return (root if (root / "notebooks").is_dir() else Path.cwd()) / "outputs" / "course"


def _as_file(name: str) -> str:
    return re.sub(r"[^\w-]+", "_", name)[:40].strip("_") or "student"


def _free(folder: Path, stem: str) -> Path:
    """A file that nobody has written yet: two students may have one name."""
    tried = (folder / f"{stem}{f'_{n}' if n > 1 else ''}.json" for n in range(1, 10_000))
    return next(path for path in tried if not path.exists())


def read(path: Path) -> Handed:
    """The hand-in in a file.

    Raises
    ------
    UserError
        It cannot be read, or is no hand-in; the message says what is wrong with it.
    """
    data = _json(path)
    if not isinstance(data, dict) or data.get("format") != FORMAT:
        raise UserError("is no hand-in of this course")
    if data.get("version") != VERSION:
        raise UserError(f"is of version {shown(data.get('version'))}, this program reads version {VERSION}")
    said = {key: _line(data, key, _NAME) for key in ("lesson", "lang", "name", "program")}
    seed = data.get("seed")
    if not isinstance(seed, int) or isinstance(seed, bool) or not 0 <= seed < 2**31:
        raise UserError("has no seed that can be played")
    tries = data.get("tries")
    if not isinstance(tries, list) or len(tries) > _MANY:
        raise UserError("has no list of tries")
    prediction = _value(data.get("prediction"), "prediction")
    return Handed(**said, seed=seed, prediction=prediction, tries=tuple(map(_try, tries)))


def _json(path: Path) -> Any:
    try:
        if path.stat().st_size > _LARGEST:
            raise UserError("is too large for a hand-in")
        return json.loads(path.read_text("utf-8"), parse_constant=_no_number)
    except OSError as error:
        raise UserError(f"cannot be read: {error.strerror or error}") from error
    except (ValueError, RecursionError) as error:
        if isinstance(error, UserError):
            raise
        raise UserError("is no JSON, or broken off") from error


def _no_number(word: str) -> NoReturn:
    raise UserError(f"has {word} where a number should be")


def _line(data: Mapping[str, Any], key: str, longest: int) -> str:
    text = data.get(key)
    if not isinstance(text, str) or not text.strip() or len(text) > longest:
        raise UserError(f"has no {key}")
    return brief(text, 1)


def _value(value: object, what: str) -> float | str | None:
    """A finite number, a short text, or nothing."""
    if value is None or (isinstance(value, str) and len(value) <= _WORDS):
        return value if value is None else brief(value, 1)
    if isinstance(value, int | float) and not isinstance(value, bool) and abs(value) < 1e300:
        return float(value)  # 1e999 is read as infinity, and is not below
    raise UserError(f"has a {what} that is neither number nor short text")


def _try(data: object) -> Try:
    if not isinstance(data, dict):
        raise UserError("has a try that is none")
    return Try(_line(data, "exercise", _NAME), _value(data.get("answer"), "answer"), _line(data, "verdict", _NAME))

"""``shequn bundle STUDY``: what a study, a search or an analysis left, and all it takes to check it, in one archive.

The folder of tables and page bears what was said to the command (:mod:`.output_folder`), so the same words compose the
same runs again. All of them must be in the store, and the tables in the folder must be those of the store; nothing is
played.
"""

from __future__ import annotations

import hashlib
import json
import shlex
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from scenarios.config import catalog
from scenarios.config.files import question_file
from scenarios.errors import UserError, shown
from scenarios.execution.job import versions
from scenarios.experiments.archive import packed
from scenarios.experiments.brought import CONF_DIR, brought
from scenarios.experiments.cells import rules_version
from scenarios.experiments.kind import Answer, Kind
from scenarios.experiments.kinds import HOMES, kind_of
from scenarios.experiments.output_folder import read_mark
from scenarios.experiments.session import read_words
from scenarios.experiments.stored import Lacking, Reader
from scenarios.reports.bundle_readme import Replay, readme
from sim.data.spreadsheet import to_csv
from sim.data.store import Store
from sim.locale.catalogue import SOURCE
from sim.locale.words import languages, say

__all__ = ["Bundle", "Left", "left_in"]

_LOCK = Path(__file__).resolve().parents[2] / "requirements.lock"
_SUMS = "SHA256SUMS"


@dataclass(frozen=True)
class Bundle:
    """An archive: the ``data`` of its file, how many runs and files it holds, and the hash of its tables' hashes."""

    data: bytes
    runs: int
    files: int
    digest: str


@dataclass(frozen=True)
class Left:
    """What a command left in a folder: its kind, the words that decided what it is, where the runs lie, which files."""

    folder: Path
    kind: Kind[Any]
    said: tuple[str, ...]
    store: str
    files: tuple[str, ...]

    @property
    def word(self) -> str:
        """The study, the search or the analysis as it was said: by name, or by the path of its file."""
        return dict(text.partition("=")[::2] for text in self.said).get(self.kind.name, "")

    @property
    def name(self) -> str:
        """What it is called."""
        return question_file(self.kind.name, self.word)[0] if self.word else ""

    @property
    def place(self) -> str:
        """Where its file lies in the archive: among those of the user's folders, or by itself."""
        return f"{CONF_DIR if self.is_known and not self.is_shipped else 'conf'}/{self.kind.name}/{self.name}.yaml"

    @property
    def is_known(self) -> bool:
        """Is its file found by its name, in ``conf/`` or in a folder of the user's?"""
        return self.name in catalog.options(self.kind.name)

    @property
    def is_shipped(self) -> bool:
        """Does its file lie in ``conf/``?"""
        return question_file(self.kind.name, self.word)[1].is_relative_to(catalog.CONF)

    def command(self, *more: str) -> list[str]:
        """The words of the command line that plays it; a file named by its path is that of the archive."""
        said = f"{self.kind.name}={self.word}"
        own = f"{self.kind.name}={self.name if self.is_known else self.place}"
        return ["shequn", self.kind.name, *(own if text == said else text for text in self.said), *more]

    def bundle(self, store: Store) -> Bundle:
        """The archive, made of the folder and of what the store holds.

        Raises
        ------
        UserError
            If runs are missing, or the folder's tables are not those of the store.
        """
        for text in self.said:
            if text.startswith("world=") and text.endswith(".json"):
                raise UserError(f"{self.folder}: '{shown(text)}' is a file of your own, which the archive would lack; "
                                "world=ensemble can be packed")  # fmt: skip
        asked, options = read_words(self.kind, self.said)
        reader = Reader(options, store)
        try:
            if more := self.kind.lacking(asked, store, reader.composer):
                raise Lacking(more)
            answer = self.kind.play(asked, reader)
        except Lacking as error:
            self._refuse(f"is not finished: {error}")
        if answer.why:
            self._refuse(f"holds no answer: {say(answer.why, SOURCE)}")
        results = {name: self._read(name) for name in self.files}
        self._check(answer, results)
        sums = "".join(f"{hashlib.sha256(data).hexdigest()}  {name}\n" for name, data in sorted(results.items())
                       if name.endswith(".csv")).encode()  # fmt: skip
        runs = sum(seeds for _, seeds in reader.read.values())
        files = {**{f"results/{name}": data for name, data in results.items()}, _SUMS: sums}
        own, words = brought()
        files |= own | self._sources(reader) | self._readmes(answer, runs, words)
        whole = packed({f"{self.name}/{name}": data for name, data in files.items()})
        return Bundle(whole, runs, len(files), hashlib.sha256(sums).hexdigest())

    def _refuse(self, why: str) -> None:
        again = shlex.join(["shequn", self.kind.name, *self.said, *self._where])
        raise UserError(f"{self.folder} {why}; give the command again:\n{again}")

    @property
    def _where(self) -> list[str]:
        own = Path("outputs", self.kind.name, self.name)
        out = [] if self.folder == own else [f"out={self.folder}"]
        return [f"store={self.store}", *out]

    def _read(self, name: str) -> bytes:
        """A file of the folder itself: through a link a stranger's folder would have any file of the user's packed."""
        if (self.folder / name).is_symlink():
            raise UserError(f"{self.folder / name} is a link; put the file itself there, or take it away")
        try:
            return (self.folder / name).read_bytes()
        except OSError:
            self._refuse(f"lacks {name}")
            raise

    def _check(self, answer: Answer, results: Mapping[str, bytes]) -> None:
        """The tables tell what the store holds."""
        for name, table in answer.tables.items():
            if results.get(f"{name}.csv") != to_csv(table).encode():
                self._refuse(f"has another {name}.csv than the store's runs make")

    def _sources(self, reader: Reader) -> dict[str, bytes]:
        """The question's file, every setting of every run, the rules and packages."""
        configs = [{"world": cell.world, "arm": cell.arm, "replicates": seeds, "rules": cell.rules,
                    "config": json.loads(cell.config)} for cell, seeds in reader.read.values()]  # fmt: skip
        found = {self.place: question_file(self.kind.name, self.word)[1].read_bytes(),
                 "configs.json": _json(configs), "versions.json": _json({"rules": rules_version(), **versions()})}
        return found | ({_LOCK.name: _LOCK.read_bytes()} if _LOCK.exists() else {})

    def _readmes(self, answer: Answer, runs: int, words: Sequence[str]) -> dict[str, bytes]:
        """What it is and how to play it again, in every language there is."""
        about = Replay(self.place, self.is_shipped, tuple(self.command(*words)), runs, rules_version(), bool(words),
                       _LOCK.exists(), _SUMS)  # fmt: skip
        return {f"README.{lang}.md": readme(answer.asked, about, lang).encode() for lang in languages()}


def _json(value: object) -> bytes:
    return (json.dumps(value, ensure_ascii=False, indent=1) + "\n").encode()


def left_in(place: str) -> Left:
    """What a study, a search or an analysis left in the folder ``place``, or in ``outputs/KIND/place``.

    Raises
    ------
    UserError
        If there is no such folder, or nothing of the kind in it.
    """
    folders = [Path(place), *(Path("outputs", kind, place) for kind in HOMES)]
    folder = next((one for one in folders if read_mark(one)), None) or next(filter(_is_folder, folders), None)
    if folder is None:
        raise UserError(f"there is no folder '{shown(place)}', nor one of that name in outputs/study; play the study "
                        f"first: shequn study study=NAME")  # fmt: skip
    mark = read_mark(folder)
    if not mark:
        raise UserError(f"{folder} {_what_else(folder)}")
    kind, said, store = mark.get("kind"), _texts(mark.get("said")), mark.get("store")
    if kind not in HOMES or not said or not isinstance(store, str):
        raise UserError(f"{folder} does not tell what it came of; give the study's command again")
    files = tuple(name for name in _texts(mark.get("files")) if Path(name).name == name)
    return Left(folder, kind_of(kind), said, store, files)


def _is_folder(path: Path) -> bool:
    try:
        return path.is_dir()
    except (OSError, ValueError):  # a name too long, or of letters no file has
        return False


def _texts(value: object) -> tuple[str, ...]:
    return tuple(map(str, value)) if isinstance(value, Sequence) and not isinstance(value, str) else ()


def _what_else(folder: Path) -> str:
    """Why a folder is nothing that a study left, and what to do."""
    if (folder / "ledger.sqlite").exists():
        return "is a store, which may hold many studies; name the folder of one of them, like outputs/study/NAME"
    if (folder / "meta.json").exists():
        return "holds a run (meta.json has its settings and digest); packed are studies, searches and analyses"
    return "holds nothing that a study left; play one first: shequn study study=NAME"

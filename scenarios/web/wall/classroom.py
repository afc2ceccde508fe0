"""A class: who joined, what each of them plans, and what came of it; kept in a file, so that it outlives the server."""

from __future__ import annotations

import json
import secrets  # noqa: TID251  codes and keys that nobody may guess: no luck of the model
import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

from scenarios.errors import UserError, shown
from scenarios.experiments.tournament.team import known_by, name_of
from scenarios.web.wall.rules import Choice, Rules, chosen

__all__ = ["CODE_LETTERS", "MOST_STUDENTS", "Classroom", "Student"]

CODE_LETTERS = "ABCDEFGHJKMNPQRSTUVWXYZ23456789"
"""None that is read as another."""
MOST_STUDENTS = 300
_CODE, _NUMBER, _NAME = 6, 6, 20
_FILE, _VERSION = "class.json", 1


@dataclass
class Student:
    """One of the class. ``token`` is what their phone shows; ``number`` brings them back on another one. ``plan`` is
    the last that could be played, ``found`` what came of it; ``asked`` was sent last, and is played or was refused.
    """

    token: str
    name: str
    number: str
    plan: tuple[Choice, ...] = ()
    found: Mapping[str, Any] = field(default_factory=dict)
    asked: tuple[Choice, ...] = ()
    is_waiting: bool = False
    mistake: str = ""


class Classroom:
    """Everything that must outlive the server, in ``folder``. ``code`` lets students in, ``key`` is the teacher's."""

    def __init__(self, folder: Path, rules: Rules) -> None:
        self.folder, self.rules = folder, rules
        self.code = "".join(secrets.choice(CODE_LETTERS) for _ in range(_CODE))
        self.key = secrets.token_urlsafe(16)
        self.round, self.is_rung = 1, False
        self._students: dict[str, Student] = {}

    @classmethod
    def begun(cls, folder: Path, rules: Rules) -> Classroom:
        """A new class in a new folder.

        Raises
        ------
        UserError
            The folder cannot be made.
        """
        made = cls(folder, rules)
        try:
            folder.mkdir(parents=True)
        except OSError as error:
            raise made._not_kept(error) from None
        made.save()
        return made

    @classmethod
    def kept(cls, folder: Path) -> Classroom:
        """A class as it was kept.

        Raises
        ------
        UserError
            There is none, or its file is broken.
        """
        path = folder / _FILE
        try:
            said = json.loads(path.read_text("utf-8"))
            if said["version"] != _VERSION:
                raise UserError(f"{shown(path)} is of another version of shequn; begin a new class by wall=true")
            return cls._read(folder, said)
        except UserError:
            raise
        except OSError as error:
            raise UserError(f"there is no class in {shown(folder)} ({error.strerror}); wall=true begins one") from None
        except (ValueError, KeyError, TypeError, AttributeError, RecursionError) as error:
            raise UserError(f"{shown(path)} is no file of a class, or it is broken ({type(error).__name__}); wall=true "
                            "begins a new one") from None  # fmt: skip

    @classmethod
    def _read(cls, folder: Path, said: Mapping[str, Any]) -> Classroom:
        made = cls(folder, Rules.read(said["rules"]))
        made.code, made.key = _of(str, said["code"]), _of(str, said["key"])
        made.round, made.is_rung = _of(int, said["round"]), _of(bool, said["is_rung"])
        students = [_student(_of(dict, one)) for one in _of(list, said["students"])]
        made._students = {one.token: one for one in students}
        return made

    def save(self) -> None:
        """Put everything down; whoever reads meanwhile finds the file before or after, never half of it.

        Raises
        ------
        UserError
            The disk is full, or may not be written to.
        """
        said = {"version": _VERSION, "code": self.code, "key": self.key, "round": self.round, "is_rung": self.is_rung,
                "rules": self.rules.said, "students": [asdict(one) for one in self.students]}  # fmt: skip
        part = self.folder / (_FILE + ".part")
        try:
            part.write_text(json.dumps(said, ensure_ascii=False, indent=1), "utf-8")
            part.chmod(0o600)  # names, and what lets one act for others
            part.replace(self.folder / _FILE)
        except OSError as error:
            raise self._not_kept(error) from None

    def _not_kept(self, error: OSError) -> UserError:
        return UserError(f"the class cannot be kept in {shown(self.folder)} ({error.strerror}); make room there, or "
                         "begin in another folder")  # fmt: skip

    def _change(self, thing: Student | Classroom, **values: Any) -> None:
        """Change something and put it down; where that fails, nothing has changed."""
        before = {name: getattr(thing, name) for name in values}
        for name, value in values.items():
            setattr(thing, name, value)
        try:
            self.save()
        except UserError:
            for name, value in before.items():
                setattr(thing, name, value)
            raise

    @property
    def students(self) -> Sequence[Student]:
        """In the order in which they joined."""
        return list(self._students.values())

    @property
    def place(self) -> Path:
        """Folder of this round."""
        return self.folder / f"round-{self.round}"

    def find(self, token: str) -> Student | None:
        """Whose phone it is."""
        return self._students.get(token)

    def is_code(self, said: str) -> bool:
        """Is it the code of the class, however it was typed?"""
        typed = unicodedata.normalize("NFKC", said).upper()
        return secrets.compare_digest("".join(filter(str.isalnum, typed)).encode(), self.code.encode())

    def is_key(self, said: str) -> bool:
        """Is it the teacher's?"""
        return secrets.compare_digest(said.encode(), self.key.encode())

    def join(self, name: str, number: str = "") -> Student:
        """A new student, or with the number they were given, one who comes back.

        Raises
        ------
        UserError
            No name, one too long, or one that somebody has.
        """
        if not name.strip():
            raise UserError("a name is needed; any that you like")
        if len(name) > _NAME:
            raise UserError(f"the name is too long: at most {_NAME} letters")
        name = name_of(name)  # in a tournament it will be a team's
        found = self._named(name)
        if found is not None:
            if secrets.compare_digest(found.number.encode(), number.strip().encode()):
                return found
            raise UserError(f"'{shown(name)}' is in the class already; take another name, or if it is you, give your "
                            "number")  # fmt: skip
        if len(self._students) >= MOST_STUDENTS:
            raise UserError(f"the class is full: {MOST_STUDENTS} have joined")
        digits = "".join(secrets.choice("0123456789") for _ in range(_NUMBER))
        made = Student(secrets.token_urlsafe(16), name, digits)
        self._change(self, _students={**self._students, made.token: made})
        return made

    def knows(self, name: str) -> bool:
        """Is somebody of that name in the class?"""
        return self._named(" ".join(name.split())) is not None

    def _named(self, name: str) -> Student | None:
        return next((one for one in self._students.values() if known_by(one.name) == known_by(name)), None)

    def plan(self, student: Student, plan: tuple[Choice, ...]) -> None:
        """Their group is played under another plan.

        Raises
        ------
        UserError
            The bell has rung, or their group is being played.
        """
        if self.is_rung:
            raise UserError("the bell has rung: what you played last counts")
        if student.is_waiting:
            raise UserError("your group is still being played; wait a moment")
        self._change(student, asked=plan, is_waiting=True, mistake="")

    def note(self, student: Student, found: Mapping[str, Any], mistake: str = "") -> None:
        """What came of the plan that was asked for; one that was refused, or came after the bell, leaves the last."""
        if self.is_rung and not mistake:
            mistake = "the bell rang before this plan was played: the one before counts"
        if mistake:
            self._change(student, is_waiting=False, mistake=mistake)
        else:
            self._change(student, is_waiting=False, plan=student.asked, found=found)

    def remove(self, name: str) -> None:
        """Take somebody out, as for a name that nobody wants to see on the wall."""
        self._change(self, _students={key: one for key, one in self._students.items() if one.name != name})

    def ring(self) -> None:
        """Nobody changes anything any more."""
        self._change(self, is_rung=True)

    def again(self) -> None:
        """Another round: the same students, their plans as they were."""
        self._change(self, round=self.round + 1, is_rung=False)

    def playing(self) -> Iterator[Student]:
        """Those who have a plan that could be played."""
        yield from (one for one in self._students.values() if one.found)


def _student(said: Mapping[str, Any]) -> Student:
    plan, asked = (chosen([(one["strategy"], one["dose"], one["when"]) for one in said[name]])
                   for name in ("plan", "asked"))  # fmt: skip
    token, name, number, mistake = (_of(str, said[one]) for one in ("token", "name", "number", "mistake"))
    return Student(token, name, number, plan, _of(dict, said["found"]), asked, _of(bool, said["is_waiting"]), mistake)


def _of[Kind](kind: type[Kind], value: object) -> Kind:
    if type(value) is not kind:
        raise TypeError(f"{value!r} is no {kind.__name__}")
    return value

"""A class: who joined, what each of them plans, and what came of it; kept in a file, so that it outlives the server."""

from __future__ import annotations

import json
import secrets  # noqa: TID251  codes and keys that nobody may guess: no luck of the model
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

from scenarios.errors import UserError, shown
from scenarios.experiments.tournament.team import known_by, name_of
from scenarios.web.wall.rules import Choice, Rules

__all__ = ["CODE_LETTERS", "MOST_STUDENTS", "Classroom", "Student"]

CODE_LETTERS = "ABCDEFGHJKMNPQRSTUVWXYZ23456789"
"""None that is read as another."""
MOST_STUDENTS = 300
_CODE, _NUMBER, _NAME = 6, 4, 20
_FILE, _VERSION = "class.json", 1


@dataclass
class Student:
    """One of the class. ``token`` is what their phone shows; ``number`` brings them back on another one. ``plan`` is
    what was played last, ``found`` what came of it (nothing yet while it is played), ``tries`` how often they played.
    """

    token: str
    name: str
    number: str
    plan: tuple[Choice, ...] = ()
    tries: int = 0
    found: Mapping[str, Any] = field(default_factory=dict)
    mistake: str = ""

    @property
    def is_waiting(self) -> bool:
        """Is their group being played?"""
        return self.tries > 0 and not self.found and not self.mistake


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
        """A new class in a new folder."""
        folder.mkdir(parents=True)
        made = cls(folder, rules)
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
            made = cls(folder, Rules.read(said["rules"]))
            made.code, made.key, made.round, made.is_rung = (said[one] for one in ("code", "key", "round", "is_rung"))
            made._students = {one["token"]: _student(one) for one in said["students"]}
        except OSError as error:
            raise UserError(f"there is no class in {shown(folder)} ({error.strerror}); wall=true begins one") from None
        except (ValueError, KeyError, TypeError) as error:
            raise UserError(f"{shown(path)} is no file of a class, or it is broken ({error!r}); wall=true begins a new "
                            "one") from None  # fmt: skip
        return made

    def save(self) -> None:
        """Put everything down; whoever reads meanwhile finds the file before or after, never half of it."""
        said = {"version": _VERSION, "code": self.code, "key": self.key, "round": self.round, "is_rung": self.is_rung,
                "rules": self.rules.said, "students": [asdict(one) for one in self.students]}  # fmt: skip
        part = self.folder / (_FILE + ".part")
        part.write_text(json.dumps(said, ensure_ascii=False, indent=1), "utf-8")
        part.chmod(0o600)  # names, and what lets one act for others
        part.replace(self.folder / _FILE)

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
        return secrets.compare_digest(said.replace(" ", "").upper().encode(), self.code.encode())

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
        found = next((one for one in self._students.values() if known_by(one.name) == known_by(name)), None)
        if found is not None:
            if secrets.compare_digest(found.number.encode(), number.strip().encode()):
                return found
            raise UserError(f"'{shown(name)}' is in the class already; take another name, or if it is you, give your "
                            "number")  # fmt: skip
        if len(self._students) >= MOST_STUDENTS:
            raise UserError(f"the class is full: {MOST_STUDENTS} have joined")
        digits = "".join(secrets.choice("0123456789") for _ in range(_NUMBER))
        made = Student(secrets.token_urlsafe(16), name, digits)
        self._students[made.token] = made
        self.save()
        return made

    def plan(self, student: Student, plan: tuple[Choice, ...]) -> None:
        """Their group is played under another plan.

        Raises
        ------
        UserError
            The bell has rung.
        """
        if self.is_rung:
            raise UserError("the bell has rung: what you played last counts")
        student.plan, student.found, student.mistake = plan, {}, ""
        student.tries += 1
        self.save()

    def note(self, student: Student, plan: tuple[Choice, ...], found: Mapping[str, Any], mistake: str = "") -> None:
        """What came of a plan, if it is still theirs."""
        if student.plan == plan and student.is_waiting:
            student.found, student.mistake = found, mistake
            self.save()

    def remove(self, name: str) -> None:
        """Take somebody out, as for a name that nobody wants to see on the wall."""
        found = next((one.token for one in self.students if one.name == name), "")
        if self._students.pop(found, None) is not None:
            self.save()

    def ring(self) -> None:
        """Nobody changes anything any more."""
        self.is_rung = True
        self.save()

    def again(self) -> None:
        """Another round: the same students, their plans as they were."""
        self.round, self.is_rung = self.round + 1, False
        self.save()

    def playing(self) -> Iterator[Student]:
        """Those who have a plan that could be played."""
        yield from (one for one in self._students.values() if one.found)


def _student(said: Mapping[str, Any]) -> Student:
    return Student(**{**said, "plan": tuple(Choice(**one) for one in said["plan"])})

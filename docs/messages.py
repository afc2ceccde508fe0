"""The parts of messages of mistakes, read from the code, for those who translate them (:mod:`sim.locale.messages`).

Messages are what errors of users are made with (``UserError(f"…")``) and what the functions named in :data:`HELPERS`
return; parts with no words of their own (a place, a value) are left out.
"""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator, Sequence
from pathlib import Path

from sim.locale.messages import FROM_ELSEWHERE, parts_of, places_of

__all__ = ["HELPERS", "found", "parts"]

ROOT = Path(__file__).resolve().parents[1]
#: Errors that are told to users.
ERRORS = ("UserError", "ConfigError", "KnobError", "StoreError", "ResultsError", "LogError", "LocaleError",
          "MechanismError", "RuleError", "TimelineError", "Contradiction", "RunningStartError", "TooLarge")  # fmt: skip
#: Functions that return a part of a message, and methods that make one.
HELPERS = ("did_you_mean", "contradiction", "_unknown", "_nearest", "_near_command", "_complaint", "unfed")
#: Methods that make an error of their arguments, which are parts of its message.
MAKERS = ("error", "at", "_wrong")
Known = dict[str, list[ast.expr]]
_WORDS = re.compile(r"[a-z]{2,} |\b[a-z]{2,}$| [a-z]{2,}", re.IGNORECASE)


def found() -> dict[str, list[str]]:
    """Every part in English, slots numbered, with the files it is in."""
    by_part = {part: ["a word or part that is not in one place of the code"] for part in FROM_ELSEWHERE}
    for folder in ("sim", "agents", "scenarios"):
        for path in sorted((ROOT / folder).rglob("*.py")):
            tree = ast.parse(path.read_text("utf-8"))
            for text in _messages(tree):
                for part in parts(text):
                    place = str(path.relative_to(ROOT))
                    if place not in by_part.setdefault(part, []):
                        by_part[part].append(place)
    return by_part


def parts(text: str) -> Iterator[str]:
    """The parts of a message in which slots are ``{}`` and braces of its own are doubled."""
    for line in text.split("\n"):
        for piece in parts_of(line.strip()):
            yield from _telling(piece)


def _telling(piece: str) -> Iterator[str]:
    """A part without the places before it, and those of the places that have words."""
    first, *rest = places_of(piece)
    numbered = _numbered(first.strip())
    own = re.sub(r"\{\d\}", "", numbered)
    if " " in numbered and _WORDS.search(own) and (len(own.split()) > 1 or not numbered.startswith("{1}")):
        yield numbered
    if rest:
        yield from _telling(": ".join(rest))


def _numbered(text: str) -> str:
    """Slots by number: ``{1} is no folder``."""
    pieces = re.split(r"(?<!\{)\{\}(?!\})", text)
    return "".join(piece + (f"{{{place}}}" if place < len(pieces) else "") for place, piece in enumerate(pieces, 1))


def _messages(tree: ast.Module) -> Iterator[str]:
    """The messages in a file, and the texts that are put into them by name."""
    shared = _assigned(tree.body)
    for function in ast.walk(tree):
        if not isinstance(function, ast.FunctionDef):
            continue
        known = shared | _assigned([node for node in ast.walk(function) if isinstance(node, ast.Assign)])
        for node in ast.walk(function):
            if isinstance(node, ast.Call) and _name(node.func) in ERRORS:
                yield from _all(node.args[:1], known)
            elif isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr in MAKERS:
                yield from _all(node.args, known)
            elif isinstance(node, ast.Return) and node.value is not None and function.name in HELPERS:
                yield from _all([node.value], known)


def _assigned(nodes: Sequence[ast.stmt]) -> Known:
    """Names and the expressions given to them; to several at once, too."""
    found: Known = {}
    for node in nodes:
        if isinstance(node, ast.Assign):
            target, value = node.targets[0], node.value
            pairs = zip(target.elts, value.elts, strict=False) if isinstance(target, ast.Tuple) and isinstance(
                value, ast.Tuple) else [(target, value)]  # fmt: skip
            for one, made in pairs:
                if isinstance(one, ast.Name):
                    found.setdefault(one.id, []).append(made)
    return found


def _all(nodes: Sequence[ast.expr], known: Known) -> Iterator[str]:
    """The texts of some expressions, and of the names in them."""
    for node in nodes:
        yield from _texts(node)
        looked_up = {inner.value.id for inner in ast.walk(node) if isinstance(inner, ast.Subscript)
                     and isinstance(inner.value, ast.Name)}  # fmt: skip
        for inner in ast.walk(node):
            for value in known.get(inner.id, ()) if isinstance(inner, ast.Name) else ():
                if not isinstance(value, ast.Dict) or inner.id in looked_up:  # else it is asked for its keys
                    yield from _texts(value)


def _name(function: ast.expr) -> str:
    return function.id if isinstance(function, ast.Name) else getattr(function, "attr", "")


def _texts(node: ast.expr) -> Iterator[str]:
    """The texts an expression may be, ``{}`` where something is filled in."""
    if isinstance(node, ast.Constant) and isinstance(node.value, str):
        yield node.value.replace("{", "{{").replace("}", "}}")
    elif isinstance(node, ast.JoinedStr):
        yield "".join(str(part.value).replace("{", "{{").replace("}", "}}") if isinstance(part, ast.Constant) else
                      "{}" if not _is_helper(part) else "" for part in node.values)  # fmt: skip
    elif isinstance(node, ast.BinOp):
        for left in _texts(node.left):
            yield from (left + right for right in _texts(node.right))
    elif isinstance(node, ast.IfExp):
        for one in (node.body, node.orelse):
            yield from _texts(one)
    elif isinstance(node, ast.Dict):
        for value in node.values:
            yield from _texts(value)
    else:
        yield "{}"


def _is_helper(part: ast.expr) -> bool:
    """Is a part of the message made elsewhere, with a part of its own?"""
    value = part.value if isinstance(part, ast.FormattedValue) else part
    return isinstance(value, ast.Call) and _name(value.func) in HELPERS

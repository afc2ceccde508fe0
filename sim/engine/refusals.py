"""What a rule may not do: what nobody would call or find, and what cannot be compiled; file, line and the cure.

:class:`RuleMistake` is for what is wrong in either lane, :class:`RuleError` for what plain Python alone can play.
"""

from __future__ import annotations

import ast
import difflib
import inspect
import re
import textwrap
from collections.abc import Callable, Collection, Iterator, Mapping
from pathlib import Path
from typing import Any

from sim.engine.knobs import did_you_mean

__all__ = ["RuleError", "RuleMistake", "check_columns", "check_role", "check_spelling", "explain_refusal", "place_of",
           "sets_columns_of"]  # fmt: skip

_NUMBERS = "; a rule works with numbers, columns and functions"
_NOT_COMPILED: dict[type[ast.AST], str] = {
    ast.Import: "it imports; write the import at the top of the file",
    ast.ImportFrom: "it imports; write the import at the top of the file",
    ast.Dict: f"it makes a dict{_NUMBERS}", ast.DictComp: f"it makes a dict{_NUMBERS}",
    ast.List: f"it makes a list{_NUMBERS}", ast.ListComp: f"it makes a list{_NUMBERS}",
    ast.Set: f"it makes a set{_NUMBERS}", ast.SetComp: f"it makes a set{_NUMBERS}",
    ast.GeneratorExp: f"it makes a generator{_NUMBERS}", ast.JoinedStr: f"it makes a text{_NUMBERS}",
    ast.Try: f"it catches errors{_NUMBERS}", ast.With: f"it opens something{_NUMBERS}",
    ast.Lambda: f"it makes a function{_NUMBERS}", ast.Yield: f"it yields{_NUMBERS}",
}  # fmt: skip
"""What Numba refuses, or takes half a minute to refuse."""
_OF_MESA = frozenset({"model", "pos", "random", "rng", "unique_id"})


class RuleError(TypeError):
    """A rule that cannot be compiled: which line, and why."""


class RuleMistake(TypeError):
    """A rule that is wrong whoever plays it: misspelt, with other parameters, or about a column that there is not."""


def check_role(role: type, acts: tuple[str, ...]) -> None:
    """Refuse rules that call ``super()`` or another method of ``self``, or reach for ``self.model``."""
    for name in acts:
        method = getattr(role, name, None)
        if method is None:
            raise RuleError(f"{role.__name__} has no rule '{name}': derive it from agents.Member")
        for node, line in _nodes(method):
            problem = _problem(node, role)
            if problem:
                where = f"{inspect.getsourcefile(method)}, line {line}"
                raise RuleError(f"{role.__name__}.{name} cannot be compiled: {problem}\n  at {where}")


def _problem(node: ast.AST, role: type) -> str:
    if (what := _NOT_COMPILED.get(type(node))) and not isinstance(getattr(node, "ctx", ast.Load()), ast.Store):
        return what
    if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "super":
        return "it calls super(); call a function that both classes share"
    if isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name) and node.value.id == "self":
        if node.attr in _OF_MESA:
            return f"it uses self.{node.attr}; a rule sees self's own columns, group and world"
        if callable(getattr(role, node.attr, None)):
            return f"it calls self.{node.attr}(); a rule calls functions, not other methods"
    return ""


def check_spelling(role: type, base: type, acts: tuple[str, ...], columns: Mapping[str, Collection[str]]) -> None:
    """Refuse methods that look like rules and are none, rules with other parameters than those of ``base``, and columns
    that there are not; ``columns`` of rows are by the names that the rules of ``base`` give them.

    Raises
    ------
    RuleMistake
        With the line, and the nearest name.
    """
    for klass in role.__mro__:
        own = {} if issubclass(base, klass) else vars(klass)
        for name, method in own.items():
            if not inspect.isfunction(method) or name.startswith("_"):
                continue
            if name in acts:
                _check_rule(klass, method, inspect.signature(getattr(base, name)), columns)
            elif not hasattr(base, name):
                _check_helper(klass, method, acts)


def _check_helper(klass: type, method: Callable[..., Any], acts: tuple[str, ...]) -> None:
    """A method that is no rule has neither the name nor the parameters of one."""
    near = difflib.get_close_matches(method.__name__, acts, n=1, cutoff=0.7)
    if near or {"group", "world"} <= set(inspect.signature(method).parameters):
        cure = f"did you mean '{near[0]}'?" if near else f"the rules are {', '.join(acts)}; a helper is a function " \
                                                        "outside of the class"  # fmt: skip
        raise RuleMistake(f"{klass.__name__}.{method.__name__}: there is no rule of this name; {cure}\n"
                          f"  at {place_of(method)}")  # fmt: skip


def _check_rule(
    klass: type, method: Callable[..., Any], asked: inspect.Signature, columns: Mapping[str, Collection[str]]
) -> None:
    who, given, wanted = f"{klass.__name__}.{method.__name__}", inspect.signature(method).parameters, asked.parameters
    if len(given) != len(wanted):
        raise RuleMistake(f"{who}({', '.join(given)}): this rule takes {', '.join(wanted)}\n  at {place_of(method)}")
    rows = {mine: columns[name] for mine, name in zip(given, wanted, strict=True) if name in columns}
    first = next(iter(given))
    check_columns(method, rows, who, lambda row, name: row == first and (
        name in _OF_MESA or name[0] == "_" or hasattr(klass, name)))  # fmt: skip


def check_columns(
    rule: Callable[..., Any], rows: Mapping[str, Collection[str]], who: str,
    is_allowed: Callable[[str, str], bool] = lambda row, name: False,
) -> None:  # fmt: skip
    """Refuse what a rule reads or sets of a row that has no such column; ``rows`` by the names of its parameters.

    Raises
    ------
    RuleMistake
        With the line, and the nearest name.
    """
    for node, line in _nodes(rule):
        if not (isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name) and node.value.id in rows):
            continue
        row, name = node.value.id, node.attr
        if name not in rows[row] and not is_allowed(row, name):
            near = did_you_mean(name, rows[row])
            cure = near if "did you" in near else f"; declare it in the class: {name}: int"
            raise RuleMistake(f"{who}: {row} has no column '{name}'{cure}\n  at {inspect.getsourcefile(rule)}, "
                              f"line {line}")  # fmt: skip


def place_of(method: Callable[..., Any]) -> str:
    """File and first line of a function."""
    return f"{method.__code__.co_filename}, line {method.__code__.co_firstlineno}"


def _nodes(method: Callable[..., Any]) -> Iterator[tuple[ast.AST, int]]:
    """Every node of a method's text with its line in the file; none if it was typed at a prompt."""
    try:
        lines, first = inspect.getsourcelines(method)
        tree = ast.parse(textwrap.dedent("".join(lines)))
    except (OSError, TypeError, SyntaxError):  # no text, or that of a page in which the code stands
        return  # Numba itself will name what it cannot compile
    if any(isinstance(node, ast.FunctionDef) for node in tree.body):  # else the file is another by now
        for node in ast.walk(tree):
            yield node, first + getattr(node, "lineno", 1) - 1


def sets_columns_of(rule: Callable[..., object], name: str) -> bool:
    """Does the text of a rule set a column of the argument of this name?"""
    columns = [node for node, _ in _nodes(rule) if isinstance(node, ast.Attribute) and isinstance(node.ctx, ast.Store)]
    return any(isinstance(column.value, ast.Name) and column.value.id == name for column in columns)


def explain_refusal(error: Exception, rule: Callable[..., Any] | None = None) -> str:
    """Numba's refusal in two lines: rule and reason, and the line of the role (or else of the engine) it lies in; those
    of ``rule``, which was being compiled, where Numba names none.

    Numba tells the story from the inside out: the innermost place and the reason before it come first.
    """
    said = f"there is no column {error}" if isinstance(error, KeyError) else str(error)
    text = re.sub(r"\x1b\[[0-9;]*m", "", said)
    lines = [line.strip() for line in text.splitlines()]
    places = [(i, str(m[1]), str(m[2])) for i, line in enumerate(lines) if (m := _PLACE.match(line))]
    own = [place for place in places if not _is_library(place[1])]
    at, path, line = next((p for p in own if not _is_engine(p[1])), own[0] if own else (len(lines), "", ""))
    reasons = [line for line in lines[:at] if _REASON.search(line)]
    name = re.search(r"<function (\w+\.\w+) at", "\n".join(lines[at:]))
    who = name.group(1) if name else rule.__qualname__.rpartition("<locals>.")[2] if rule else ""
    why = (reasons or [line for line in lines if line] or [type(error).__name__])[-1 if reasons else 0]
    if plain := _PLAIN.search(why):
        why = f"it calls {plain[1]}(), which is no rule; write @rule (of sim.engine.rule) above that function"
    where = f"{Path(path).resolve()}, line {line}" if path else place_of(rule) if rule else "an unknown line"
    return f"{who}{' cannot be compiled: ' if who else ''}{_OF_ROW.sub('', why)[:200]}\n  at {where}"


_PLACE = re.compile(r'File "([^"]+)", line (\d+)')
_REASON = re.compile(
    r"[Uu]nknown attribute|No implementation|Invalid use|Untyped|undefined|not supported|[Uu]nsupported|[Cc]annot"
    r"|has no|no column"
)
_PLAIN = re.compile(r"Untyped global name '(\w+)'.*<class 'function'>")
_OF_ROW = re.compile(r" of type (nested )?Record\(.*")


def _is_library(path: str) -> bool:
    return "site-packages" in path or "numba/" in path


def _is_engine(path: str) -> bool:
    return Path(path).resolve().is_relative_to(Path(__file__).resolve().parents[1])

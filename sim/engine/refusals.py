"""What a role's rule may not do if it is to be compiled; a refusal names the line and the cure."""

from __future__ import annotations

import ast
import inspect
import re
import textwrap
from collections.abc import Callable
from pathlib import Path

__all__ = ["RuleError", "check_role", "explain_refusal", "sets_columns_of"]


class RuleError(TypeError):
    """A rule that cannot be compiled: which line, and why."""


def check_role(role: type, acts: tuple[str, ...]) -> None:
    """Refuse rules that call ``super()`` or another method of ``self``, or reach for ``self.model``."""
    for name in acts:
        method = getattr(role, name, None)
        if method is None:
            raise RuleError(f"{role.__name__} has no rule '{name}': derive it from agents.Member")
        try:
            lines, first = inspect.getsourcelines(method)
        except (OSError, TypeError):
            continue  # typed at a prompt: Numba itself will name what it cannot compile
        for node in ast.walk(ast.parse(textwrap.dedent("".join(lines)))):
            problem = _problem(node, role)
            if problem:
                where = f"{inspect.getsourcefile(method)}, line {first + node.lineno - 1}"  # type: ignore[attr-defined]
                raise RuleError(f"{role.__name__}.{name} cannot be compiled: {problem}\n  at {where}")


def _problem(node: ast.AST, role: type) -> str:
    if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "super":
        return "it calls super(); call a function that both classes share"
    if isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name) and node.value.id == "self":
        if node.attr in ("model", "random", "rng", "unique_id"):
            return f"it uses self.{node.attr}; a rule sees self's own columns, group and world"
        if callable(getattr(role, node.attr, None)):
            return f"it calls self.{node.attr}(); a rule calls functions, not other methods"
    return ""


def sets_columns_of(rule: Callable[..., object], name: str) -> bool:
    """Does the text of a rule set a column of the argument of this name?"""
    try:
        tree = ast.parse(textwrap.dedent(inspect.getsource(rule)))
    except (OSError, TypeError):
        return False  # typed at a prompt
    columns = [node for node in ast.walk(tree) if isinstance(node, ast.Attribute) and isinstance(node.ctx, ast.Store)]
    return any(isinstance(column.value, ast.Name) and column.value.id == name for column in columns)


def explain_refusal(error: Exception) -> str:
    """Numba's refusal in two lines: rule and reason, and the line of the role (or else of the engine) it lies in.

    Numba tells the story from the inside out: the innermost place and the reason before it come first.
    """
    text = re.sub(r"\x1b\[[0-9;]*m", "", str(error))
    lines = [line.strip() for line in text.splitlines()]
    places = [(i, str(m[1]), str(m[2])) for i, line in enumerate(lines) if (m := _PLACE.match(line))]
    own = [place for place in places if not _is_library(place[1])]
    at, path, line = next((p for p in own if not _is_engine(p[1])), own[0] if own else (len(lines), "", ""))
    reasons = [line for line in lines[:at] if _REASON.search(line)]
    name = re.search(r"<function (\w+\.\w+) at", "\n".join(lines[at:]))
    who = f"{name.group(1)} cannot be compiled: " if name else ""
    why = (reasons or [line for line in lines if line] or [type(error).__name__])[-1 if reasons else 0]
    return f"{who}{why[:200]}\n  at {f'{path}, line {line}' if path else 'an unknown line'}"


_PLACE = re.compile(r'File "([^"]+)", line (\d+)')
_REASON = re.compile(
    r"[Uu]nknown attribute|No implementation|Invalid use|Untyped|undefined|not supported|[Cc]annot|has no"
)


def _is_library(path: str) -> bool:
    return "site-packages" in path or "numba/" in path


def _is_engine(path: str) -> bool:
    return Path(path).resolve().is_relative_to(Path(__file__).resolve().parents[1])

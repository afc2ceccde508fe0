"""What a role's rule may not do if it is to be compiled; a refusal names the line and the cure."""

from __future__ import annotations

import ast
import inspect
import re
import textwrap

from sim.resident import ACTS, Resident

__all__ = ["RuleError", "check_role", "explain_refusal"]


class RuleError(TypeError):
    """A rule that cannot be compiled: which line, and why."""


def check_role(role: type[Resident]) -> None:
    """Refuse rules that call ``super()`` or another method of ``self``, or reach for ``self.model``."""
    for name in ACTS:
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


def _problem(node: ast.AST, role: type[Resident]) -> str:
    if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "super":
        return "it calls super(); call a function that both classes share"
    if isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name) and node.value.id == "self":
        if node.attr in ("model", "random", "rng", "unique_id"):
            return f"it uses self.{node.attr}; a rule sees self's own columns, group and world"
        if callable(getattr(role, node.attr, None)):
            return f"it calls self.{node.attr}(); a rule calls functions, not other methods"
    return ""


def explain_refusal(error: Exception) -> str:
    """Numba's refusal in two lines: the reason, and the last line of the project or notebook it names."""
    text = re.sub(r"\x1b\[[0-9;]*m", "", str(error))
    places = [p for p in re.findall(r'File "([^"]+)", line (\d+)', text) if "numba" not in p[0]]
    reasons = [line.strip() for line in text.splitlines() if line.strip() and not line.startswith(("File", " "))]
    picked = [r for r in reasons if re.search(r"unknown attribute|Unknown attribute|No implementation|Invalid use|Untyped|"
                                              r"undefined|not supported|Cannot|cannot|has no", r)]
    where = f"{places[-1][0]}, line {places[-1][1]}" if places else "an unknown line"
    return f"{(picked or reasons or [text.strip() or type(error).__name__])[0]}\n  at {where}"

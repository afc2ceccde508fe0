"""Which run is it? The hash of everything that determines it, and of nothing else.

    id = SHA-256(canonical JSON of {model, config, replicate})

``model`` is the hash of the rules' sources without comments, docstrings and types, so that a better explanation does
not make a finished run be played again, and a changed rule does. ``config`` is the resolved scenario without what the
outcome does not depend on: labels, how many others are played beside it, by which lane and threads, what is kept.
"""

from __future__ import annotations

import ast
import hashlib
import json
from collections.abc import Iterable, Iterator, Mapping
from functools import lru_cache
from pathlib import Path
from typing import Any

__all__ = ["IRRELEVANT", "bare_source", "canonical", "config_of", "imported_files", "model_version", "run_id",
           "run_ids", "version_of"]  # fmt: skip

#: Keys of a resolved scenario that the outcome does not depend on.
IRRELEVANT = ("name", "arm", "world", "replicates", "threads", "lane", "record", "plugins")

_TYPES = ("collections.abc", "numpy.typing", "sim.model.rows", "typing")
"""Modules of names that only annotations use, or that would be nothing else under another name."""


def canonical(value: object) -> str:
    """JSON with sorted keys and no blanks: equal texts if and only if equal content.

    >>> canonical({"b": 1.0, "a": [True, None]})
    '{"a":[true,null],"b":1.0}'
    """
    return json.dumps(value, sort_keys=True, separators=(",", ":"), ensure_ascii=False, allow_nan=False)


def config_of(resolved: Mapping[str, Any]) -> str:
    """Canonical JSON of a resolved scenario (``Scenario.as_dict()``) without the irrelevant keys."""
    return canonical({key: value for key, value in resolved.items() if key not in IRRELEVANT})


def run_id(config: str, model: str, replicate: int) -> str:
    """Id (64 hex digits) of one replicate of the scenario whose :func:`config_of` is ``config``."""
    return run_ids(config, model, [replicate])[0]


def run_ids(config: str, model: str, replicates: Iterable[int]) -> list[str]:
    """Ids of several replicates; what they share, thousands of letters, is hashed once."""
    shared = hashlib.sha256(f'{{"config":{config},"model":"{model}","replicate":'.encode())
    found = []
    for replicate in replicates:
        one = shared.copy()
        one.update(b"%d}" % replicate)
        found.append(one.hexdigest())
    return found


def bare_source(source: str) -> str:
    """Python without comments, docstrings, titles, families, types and layout; what remains decides what it does.

    Types are those of functions and of what stands in them; those of a class stay, since they declare columns.

    >>> bare_source('def f(x: int) -> int:\\n    "Twice."\\n    return 2 * x  # of course')
    'def f(x):\\n    return 2 * x'
    """
    tree = ast.parse(source)
    tree.body = _bare(tree.body)
    return ast.unparse(tree)


def _bare(lines: Iterable[ast.stmt], is_local: bool = False) -> list[ast.stmt]:
    """Some lines without what decides nothing; ``is_local``: they stand in a function."""
    found: list[ast.stmt] = []
    for line in lines:
        if _is_text(line) or _is_for_types(line) or (_is_title(line) and not is_local):
            continue
        if _is_for_mypy(line):
            found += _bare(getattr(line, "orelse", ()), is_local)
            continue
        if is_local and isinstance(line, ast.AnnAssign):
            found += [ast.copy_location(ast.Assign([line.target], line.value), line)] if line.value else []
            continue
        is_function = _untyped(line)
        for block in (line, *getattr(line, "handlers", ()), *getattr(line, "cases", ())):
            for field in ("body", "orelse", "finalbody"):
                if inner := getattr(block, field, None):
                    inside = is_function or (is_local and not isinstance(line, ast.ClassDef))
                    setattr(block, field, _bare(inner, inside) or [ast.Pass()])
        found.append(line)
    return found


def _untyped(line: ast.stmt) -> bool:
    """Take the types out of a function's head, if it is a function."""
    if not isinstance(line, ast.FunctionDef | ast.AsyncFunctionDef):
        return False
    line.returns, taken = None, line.args
    for arg in (*taken.posonlyargs, *taken.args, taken.vararg, *taken.kwonlyargs, taken.kwarg):
        if arg is not None:
            arg.annotation = None
    return True


def _is_for_types(node: ast.stmt) -> bool:
    """An import of names of types."""
    return isinstance(node, ast.ImportFrom) and node.module in _TYPES


def _is_for_mypy(node: ast.stmt) -> bool:
    """What is never run."""
    return isinstance(node, ast.If) and isinstance(node.test, ast.Name) and node.test.id == "TYPE_CHECKING"


def _blocks(tree: ast.Module) -> Iterator[ast.AST]:
    """The module and every statement in it, outermost first; expressions, which are the most of it, hold none."""
    waiting: list[ast.AST] = [tree]
    while waiting:
        node = waiting.pop()
        yield node
        for field in ("body", "orelse", "finalbody", "handlers", "cases"):
            waiting.extend(getattr(node, field, ()))


def _is_text(node: ast.stmt) -> bool:
    """A docstring, or the text below a constant that explains it."""
    return isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant) and isinstance(node.value.value, str)


def _is_title(node: ast.stmt) -> bool:
    """What a mechanism or a strategy is called, and which family it is listed in."""
    targets = [node.target] if isinstance(node, ast.AnnAssign) else getattr(node, "targets", [])
    return any(isinstance(target, ast.Name) and target.id in ("title", "family") for target in targets)


def model_version(sources: Iterable[Path]) -> str:
    """Hash (16 hex digits) of the bare text of some files: of what they say, and not of where they lie."""
    return version_of(path.read_text("utf-8") for path in set(sources))


def version_of(texts: Iterable[str]) -> str:
    """Hash (16 hex digits) of some texts of Python without what decides nothing, in whatever order they come."""
    return hashlib.sha256(b"".join(sorted(map(_bare_hash, texts)))).hexdigest()[:16]


@lru_cache(maxsize=1_000)
def _bare_hash(text: str) -> bytes:
    """Of one file: many sets of mechanisms share theirs."""
    return hashlib.sha256(bare_source(text).encode()).digest()


def imported_files(root: Path, module: str, package: str) -> set[Path]:
    """The file of a module and of every module of ``package`` it imports, directly or not."""
    found: set[Path] = set()
    waiting = [module]
    while waiting:
        path = root.joinpath(*waiting.pop().split(".")).with_suffix(".py")
        if path in found or not path.exists():
            continue
        found.add(path)
        for node in _blocks(ast.parse(path.read_text("utf-8"))):
            if isinstance(node, ast.ImportFrom) and (node.module or "").startswith(f"{package}."):
                waiting.append(str(node.module))
    return found

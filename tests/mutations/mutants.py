"""Changes that take something out of a mechanism or a strategy, each of which some test ought to notice."""

from __future__ import annotations

import ast
import copy
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from docs.coverage import tests_of

__all__ = ["ROOT", "Mutant", "mutants"]

ROOT = Path(__file__).resolve().parents[2]
CONTRACT = "tests/contracts/test_strategies.py::test_a_strategy_turns_levers_and_nothing_else[{}]"
ALIKE = "tests/contracts/test_doses.py::test_groups_are_served_by_their_facts_not_by_their_place[{}]"
MATTERS = "tests/contracts/test_doses.py::test_every_knob_matters[{}-{}]"


@dataclass(frozen=True)
class Mutant:
    """One change of one file, and the tests that ought to notice, tried in this order."""

    name: str
    path: str
    text: str
    tests: tuple[str, ...]


def mutants() -> Iterator[Mutant]:
    """Of every mechanism's every hook: nothing in its place. Of every strategy: ``push`` does nothing; each knob is
    ignored; each lever turned by a group's facts is turned for the next group.
    """
    for path in sorted((ROOT / "sim" / "mechanisms").rglob("*.py")):
        yield from _of_mechanism(path)
    for path in sorted((ROOT / "scenarios" / "strategies").glob("*.py")):
        yield from _of_strategy(path)


def _of_mechanism(path: Path) -> Iterator[Mutant]:
    tree, where = ast.parse(path.read_text("utf-8")), path.relative_to(ROOT).as_posix()
    classes = {node.name for node in tree.body if isinstance(node, ast.ClassDef)}
    for number, node in enumerate(tree.body):
        if isinstance(node, ast.FunctionDef) and any(_is_hook(one, classes) for one in node.decorator_list):
            changed = copy.deepcopy(tree)
            _empty(changed.body[number])
            yield Mutant(f"{path.stem}.{node.name}", where, ast.unparse(changed), _tests_about(path.stem))


def _is_hook(decorator: ast.expr, classes: set[str]) -> bool:
    """``@Mechanism.each_member(…)``."""
    called = decorator.func if isinstance(decorator, ast.Call) else decorator
    return isinstance(called, ast.Attribute) and isinstance(called.value, ast.Name) and called.value.id in classes


def _empty(function: ast.stmt) -> None:
    """Leave the docstring and do nothing."""
    assert isinstance(function, ast.FunctionDef)
    function.body = [*function.body[:1], ast.Return(value=None)]
    ast.fix_missing_locations(function)


def _tests_about(stem: str) -> tuple[str, ...]:
    """Test files of this name, then those that import from the mechanism, then those that name it most."""
    counts = {}
    for path in sorted((ROOT / "tests").rglob("test_*.py")):
        text = path.read_text("utf-8")
        n = text.count(f"mechanisms.{stem} ") + text.count(f'"{stem}')
        if n or path.stem.startswith(f"test_{stem}"):
            does_import = f"mechanisms.{stem} import" in text
            counts[path.relative_to(ROOT).as_posix()] = (not path.stem.startswith(f"test_{stem}"), not does_import, -n)
    return tuple(sorted(counts, key=counts.__getitem__)[:6])


def _of_strategy(path: Path) -> Iterator[Mutant]:
    tree, where = ast.parse(path.read_text("utf-8")), path.relative_to(ROOT).as_posix()
    for number, node in enumerate(tree.body):
        is_one = isinstance(node, ast.ClassDef) and any(_is_push(one) for one in node.body)
        if not isinstance(node, ast.ClassDef) or not is_one or path.stem in ("base", "nothing"):
            continue
        name, tests = path.stem, tuple(tests_of(path.stem)[:3])
        for label, change, first in _changes(node):
            changed = copy.deepcopy(tree)
            place = changed.body[number]
            assert isinstance(place, ast.ClassDef)
            change.apply(place)
            ast.fix_missing_locations(changed)
            yield Mutant(f"{name}: {label}", where, ast.unparse(changed), (first.format(name, change.of), *tests))


def _is_push(node: ast.stmt) -> bool:
    return isinstance(node, ast.FunctionDef) and node.name == "push"


def _changes(node: ast.ClassDef) -> Iterator[tuple[str, _Change, str]]:
    yield "push does nothing", _Silent(""), CONTRACT
    knobs = [one.targets[0].id for one in node.body if isinstance(one, ast.Assign) and isinstance(one.value, ast.Call)
             and isinstance(one.value.func, ast.Name) and one.value.func.id == "Knob"
             and isinstance(one.targets[0], ast.Name)]  # fmt: skip
    for knob in knobs:
        yield f"{knob} is ignored", _Deaf(knob), MATTERS
    push = next(one for one in node.body if _is_push(one))
    turned = [call for call in ast.walk(push) if isinstance(call, ast.Call) and _by_facts(call)]
    for number, call in enumerate(turned):
        assert isinstance(call.func, ast.Attribute)
        assert isinstance(call.func.value, ast.Attribute)
        yield f"{call.func.value.attr} turned for the next group", _Shifted(str(number)), ALIKE


def _by_facts(call: ast.Call) -> bool:
    """``levers.NAME.law(something that is more than a number and a knob)``."""
    is_turn = (isinstance(call.func, ast.Attribute) and isinstance(call.func.value, ast.Attribute)
               and isinstance(call.func.value.value, ast.Name) and call.func.value.value.id == "levers")  # fmt: skip
    names = {one.id for argument in call.args for one in ast.walk(argument) if isinstance(one, ast.Name)}
    by_facts = {name for name in names if not name.isupper()} - {"self", "day", "float", "int", "min", "max", "bool"}
    return is_turn and bool(by_facts)


@dataclass(frozen=True)
class _Change:
    of: str

    def apply(self, node: ast.ClassDef) -> None:
        """Change the class."""
        raise NotImplementedError


class _Silent(_Change):
    def apply(self, node: ast.ClassDef) -> None:
        for one in node.body:
            if _is_push(one):
                _empty(one)


class _Deaf(_Change):
    def apply(self, node: ast.ClassDef) -> None:
        """Its default wherever the knob is read."""
        knob = self.of

        class Reads(ast.NodeTransformer):
            def visit_Attribute(self, one: ast.Attribute) -> ast.expr:
                if isinstance(one.value, ast.Name) and one.value.id == "self" and one.attr == knob:
                    return ast.parse(f"type(self).knobs()['{knob}'].default", mode="eval").body
                self.generic_visit(one)
                return one

        Reads().visit(node)


class _Shifted(_Change):
    def apply(self, node: ast.ClassDef) -> None:
        """Each group gets what was meant for the one before it."""
        push = next(one for one in node.body if _is_push(one))
        turned = [call for call in ast.walk(push) if isinstance(call, ast.Call) and _by_facts(call)]
        call = turned[int(self.of)]
        roll = "__import__('numpy').roll(__import__('numpy').zeros(len(groups.index)) + ({}), 1)"
        call.args[0] = ast.parse(roll.format(ast.unparse(call.args[0])), mode="eval").body

"""Words that nobody should have written, and ways to spoil those that somebody should."""

from __future__ import annotations

import copy
import random
from collections.abc import Iterable
from typing import Any

__all__ = ["NO_NUMBER", "SHORT", "WEIRD", "misspelt", "spoilt_text", "spoilt_tree"]

NO_NUMBER = (
    "", "plenty", "null", "none", "nan", "-inf", "inf", "1e999", "-1e999", "9" * 5000, "-" + "9" * 4400, "0x1G",
    "1,5e", "Ⅻ", "二十", "🙂" * 40, "a" * 300, "[1,2]", "[]", "{a:1}", "{}", "'5'", '"5"', "1 2", "1:2", "${", "${}",
    "${x}", "${oc.env:HOME}", "${${seed}}", "???", "[1,", "1]", "{a:", "}", "(", ")", "'", '"', "\\", "\\'", "\0",
    "\x1b[31m1", "\u202e1", "\ud800", "@", "a@b", "_target_", "{_target_:os.getcwd}", "!!python/name:os.system", "*x",
    "&x", "%s%n", "$(id)", "`id`", "=1", "1=1", "../..", "/", ".", "choice(1)", "int(x)", "glob(*)", "\u00a0",
    "\u3000", "+", "--", "~",
)  # fmt: skip
"""No number, no yes or no, and no choice of any knob."""
SHORT = tuple(word for word in NO_NUMBER if len(word) < 200)
WEIRD = (
    *NO_NUMBER,
    "x" * 5000,
    "群" * 100,
    "con",
    "NUL",
    "-",
    "-rf",
    "--help=x",
    ";",
    "|",
    "<script>",
    "=cmd|x",
    " ",
    "\n",
    "a\nb",
    "\r",
    "\t",
    "\x7f",
)


def misspelt(word: str, dice: random.Random, known: Iterable[str]) -> str:
    """The word with a letter doubled, left out, replaced or moved; none of the ``known``."""
    known = {one.casefold() for one in known}
    while True:
        at = dice.randrange(len(word))
        made = dice.choice(
            (
                word[:at] + word[at] + word[at:],
                word[:at] + word[at + 1 :],
                word[:at] + dice.choice("qxz0_群") + word[at + 1 :],
                word[:at] + word[at:][::-1],
                word[:at] + dice.choice("qxz") + word[at:],
            )
        )
        if made and made.casefold() not in known:
            return made


def spoilt_text(text: str, dice: random.Random) -> str:
    """A file's text with some letters gone, doubled or strange."""
    for _ in range(dice.randrange(1, 4)):
        at, width = dice.randrange(len(text) + 1), dice.randrange(1, 30)
        before, some, after = text[:at], text[at : at + width], text[at + width :]
        odd, mark = dice.choice(SHORT), dice.choice(":-[]{}#&*!|>'\"%@`,?")
        text = (
            dice.choice(
                (
                    before,
                    before + after,
                    before + odd + some + after,
                    before + some * 3 + after,
                    before + "\n\t" + some + after,
                    before + mark + some + after,
                )
            )
            or "x"
        )
    return text


def spoilt_tree(tree: Any, dice: random.Random) -> Any:
    """A mapping with something in it, anywhere, replaced by what does not belong there, renamed or left out."""
    tree = copy.deepcopy(tree)
    for _ in range(dice.choice((1, 1, 1, 2))):
        place, key = dice.choice(list(_places(tree)))
        if dice.random() < 0.2:
            del place[key]
        elif dice.random() < 0.2 and isinstance(place, dict):
            place[_strange(dice) if dice.random() < 0.3 else misspelt(str(key), dice, ())] = place.pop(key)
        else:
            place[key] = dice.choice((_strange(dice), [_strange(dice)], {"a": _strange(dice)}, [[]], {}, [], [{}]))
        if not list(_places(tree)):
            break
    return tree


def _strange(dice: random.Random) -> Any:
    wrong = (None, True, False, -1, 0, 0.5, -0.0, 1e308, 10**40, 10**4000, float("nan"), float("inf"), 2**63)
    return dice.choice(wrong) if dice.random() < 0.5 else dice.choice([word for word in SHORT if "\ud800" not in word])


def _places(tree: Any) -> Iterable[tuple[Any, Any]]:
    """Every mapping or list inside, with each of its keys or places."""
    inside = list(tree.items()) if isinstance(tree, dict) else list(enumerate(tree)) if isinstance(tree, list) else []
    for key, value in inside:
        yield tree, key
        yield from _places(value)

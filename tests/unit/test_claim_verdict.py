"""Every verdict on a claim turns when its data turn."""

from __future__ import annotations

from dataclasses import replace

import pytest

from sim.analysis.experiment.claim_verdict import ALL_OFF, SHARE, VERDICTS, Part, Verdict, of_claim, of_part
from sim.analysis.experiment.over_worlds import OverWorlds

LEAST = 1.0


def effect(low: float, high: float, above: float = 1.0) -> OverWorlds:
    """An interval, and how many of ten worlds lie on its mean's side."""
    mean = (low + high) / 2
    right = round(10 * above)
    return OverWorlds(mean, low, high, 1.0, (*[mean] * right, *[-mean] * (10 - right)), 90, differ=above < 1)


def part(whole: OverWorlds, sign: int = 1, same: str = "", name: str = "a", **off: OverWorlds) -> Part:
    return Part(name, sign, LEAST, whole, off, same)


@pytest.mark.parametrize(("whole", "off", "word"), [
    (effect(2, 4), {}, "supported"),
    (effect(2, 4), {"t": effect(1.5, 3)}, "supported"),
    (effect(0.9, 4), {}, "cannot_tell"),
    (effect(2, 4, above=0.8), {}, "depends"),
    (effect(2, 4), {"t": effect(-0.5, 0.7)}, "assumed"),
    (effect(2, 4), {"t": effect(-0.5, 0.8)}, "depends"),
    (effect(2, 4), {"t": effect(1.5, 3), ALL_OFF: effect(0.5, 2.9)}, "depends"),
    (effect(2, 4), {"t": effect(1.5, 3), ALL_OFF: effect(0.5, 3.1)}, "cannot_tell"),
    (effect(2, 4), {"t": effect(1.5, 3), ALL_OFF: effect(-1, 0.7)}, "assumed"),
    (effect(2, 4), {"t": effect(1.2, 2.8, above=0.8)}, "depends"),
    (effect(2, 4), {"t": effect(2, 4, above=0.8)}, "cannot_tell"),
    (effect(-4, -2), {}, "contradicted"),
    (effect(-0.9, 0.9), {}, "no_effect"),
    (effect(-0.9, 1.1), {}, "cannot_tell"),
    (effect(-1.1, 0.9), {}, "cannot_tell"),
    (effect(-1.5, 6, above=0.8), {}, "depends"),
])  # fmt: skip
def test_each_verdict_and_its_mirror(whole: OverWorlds, off: dict[str, OverWorlds], word: str) -> None:
    assert of_part(part(whole, **off)).word == word
    turned = {term: one.turned() for term, one in off.items()}
    assert of_part(part(whole.turned(), sign=-1, **turned)).word == word


def test_it_is_said_on_what_it_hangs() -> None:
    off = {"t": effect(-0.5, 0.7), "u": effect(2, 3), ALL_OFF: effect(-1, 0.5)}
    assert of_part(part(effect(2, 4), **off)) == Verdict("assumed", ("t",))
    assert of_part(part(effect(2, 4), u=effect(2, 3), **{ALL_OFF: effect(-1, 0.5)})) == Verdict("assumed", (ALL_OFF,))
    assert of_part(part(effect(2, 4, above=SHARE - 0.1))) == Verdict("depends", ("worlds",))
    off = {"t": effect(0.5, 2.5), "u": effect(0.5, 3.5)}  # the second may well be noise, and the first is surely less
    assert of_part(part(effect(2, 4), **off)) == Verdict("depends", ("t",))
    assert of_part(part(effect(2, 4), u=effect(0.5, 3.5))).is_open
    assert not of_part(part(effect(0, 4))).is_open


@pytest.mark.parametrize(("whole", "off", "word"), [
    (effect(-0.9, 0.9), {}, "supported"), (effect(-0.9, 0.9), {"t": effect(0.5, 1.5)}, "cannot_tell"),
    (effect(-0.9, 0.9), {"t": effect(1.1, 1.5)}, "depends"), (effect(-0.9, 0.9), {"t": effect(-0.9, 0.9)}, "supported"),
    (effect(-9, -2), {}, "supported"), (effect(-0.9, 1.1), {}, "cannot_tell"), (effect(1.1, 2), {}, "contradicted"),
])  # fmt: skip
def test_that_it_is_no_more(whole: OverWorlds, off: dict[str, OverWorlds], word: str) -> None:
    assert of_part(part(whole, sign=0, **off)).word == word


def test_of_two_statements_the_worse_counts() -> None:
    good, bad, open_ = part(effect(2, 4)), part(effect(-4, -2), name="b"), part(effect(-1, 4), name="c")
    assert of_claim([good]).word == "supported"
    assert of_claim([good, open_]).word == "cannot_tell"
    assert of_claim([good, open_, bad]).word == "contradicted"


def test_worlds_that_cannot_be_seen_to_differ_decide_nothing() -> None:
    """Two worlds of ten on the other side, by luck as far as anybody can tell."""
    by_luck = replace(effect(2, 4, above=0.8), differ=False)
    assert of_part(part(by_luck)).word == "supported"
    assert of_part(part(replace(effect(-0.9, 0.9, above=0.5), differ=False))).word == "no_effect"


def test_all_that_is_open_is_looked_at_again() -> None:
    one, other = part(effect(2, 4), t=effect(0.5, 3.5)), part(effect(2, 4), name="b", u=effect(0.5, 3.5))
    assert of_claim([one, other]) == Verdict("cannot_tell", ("t", "u"))


def test_what_has_an_effect_in_part_is_not_without_effect() -> None:
    good, small = part(effect(2, 4)), part(effect(-0.5, 0.5), name="b")
    hanging = part(effect(2, 4), t=effect(-0.5, 0.8))
    assert of_claim([good, small]) == Verdict("depends", ("a",))
    assert of_claim([hanging, small]) == Verdict("depends", ("a",))
    assert of_claim([small]).word == "no_effect"
    assert of_claim([part(effect(2, 4, above=0.8)), small]).word == "no_effect"  # in some worlds only
    assert of_claim([good, small, part(effect(-4, -2), name="c")]).word == "contradicted"


def test_the_same_in_two_settings_depends_on_the_setting() -> None:
    here, there = part(effect(2, 4), same="s", name="here"), part(effect(-4, -2), same="s", name="there")
    assert of_claim([here, there]) == Verdict("depends", ("here",))
    assert of_claim([here, part(effect(2, 5), same="s", name="there")]).word == "supported"
    assert of_claim([here, part(effect(-1, 4), same="s", name="there")]).word == "cannot_tell"


def test_what_holds_by_construction_is_called_so_only_where_it_holds() -> None:
    assert of_claim([part(effect(2, 4))], by_construction=True).word == "by_construction"
    assert of_claim([part(effect(-4, -2))], by_construction=True).word == "contradicted"


def test_without_an_interval_nothing_is_told() -> None:
    nothing = OverWorlds(float("nan"), float("nan"), float("nan"), float("nan"), (), 0)
    assert of_part(part(nothing)).word == "cannot_tell"
    assert of_part(part(nothing, sign=0)).word == "cannot_tell"
    assert of_part(part(effect(2, 4), t=nothing)) == Verdict("cannot_tell", ("t",))
    assert {of_part(part(effect(2, 4))).word, "by_construction"} <= set(VERDICTS)

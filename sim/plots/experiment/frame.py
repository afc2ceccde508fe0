"""What the pictures of a study share: which arms fit, in what colours, and how many communities stand behind them."""

from __future__ import annotations

from collections.abc import Mapping

from matplotlib.axes import Axes

from sim.analysis.experiment.findings import Findings
from sim.locale.catalogue import is_text
from sim.locale.words import arm_label, beside, bracket, say, unit_label
from sim.plots.run.comparison import outcome_label
from sim.plots.style import FAINT, FAMILY_TONES, INK, OWN, colours

__all__ = ["SHOWN", "arms_shown", "caption", "has_families", "inside", "is_many", "label_with_unit", "short", "tones",
           "write_in_cells"]  # fmt: skip

SHOWN = 12  # arms a picture can hold


def arms_shown(found: Findings, world: str, reference: bool = True) -> list[str]:
    """The arms of a world a picture draws: all, in the study's order, or the best of the primary outcome by rank."""
    there = set(found.table.loc[found.table["world"] == world, "arm"])
    arms = [arm for arm in found.arms if arm in there and (reference or arm != found.reference)]
    if len(arms) <= SHOWN:
        return arms
    first = [found.reference] if reference else []
    return [*first, *(arm for arm in found.ranked(world) if arm in arms and arm not in first)][:SHOWN]


def tones(found: Findings) -> Mapping[str, str]:
    """A colour for every arm of the study, the same in all its pictures: that of its family where there are many."""
    if not has_families(found):
        return colours(found.arms)
    return {arm: OWN["nothing"] if arm == found.reference else FAMILY_TONES[found.family(arm)] for arm in found.arms}


def is_many(found: Findings) -> bool:
    """Are there more arms than a picture can hold?"""
    return len(found.arms) > SHOWN


def has_families(found: Findings) -> bool:
    """Are there many arms, of more than one family?"""
    return is_many(found) and len({found.family(arm) for arm in found.arms if arm != found.reference}) > 1


def caption(found: Findings, world: str, key: str, lang: str, shown: int | None = None, **values: object) -> str:
    """The caption ``key``, ending in the number of communities and of arms left out."""
    low, high = found.replicates(world)
    text = say("of_n", lang, n=high) if low == high else say("of_n_mixed", lang, low=low, high=high)
    left_out = 0 if shown is None else len(found.arms) - shown
    text += say("left_out", lang, n=left_out) if left_out > 0 else ""
    return beside(say(key, lang, **values), text + say("stop", lang), lang)


def short(outcome: str, lang: str) -> str:
    """The outcome's short name where it has one."""
    return say(f"short_{outcome}", lang) if is_text(f"short_{outcome}") else _capital(outcome_label(outcome, lang))


def inside(outcome: str, lang: str) -> str:
    """The outcome's short name as it stands inside a sentence."""
    name = short(outcome, lang)
    return name[0].lower() + name[1:]


def label_with_unit(outcome: str, unit: str, lang: str, difference: bool = False, ratio: bool = False) -> str:
    """Short name and unit, for the head of a panel or an axis; of a ratio, that it is one."""
    if ratio:
        return short(outcome, lang) + bracket(say("unit.times_reference", lang), lang)
    if unit == "share" and not difference:
        return short(outcome, lang) + bracket("%", lang)
    return short(outcome, lang) + bracket(unit_label(unit, lang, difference), lang)


def write_in_cells(axes: Axes, texts: list[list[str]], dark: list[list[bool]], size: float = 9) -> None:
    """Text in the cells of an image, white on dark cells."""
    for row, (words, inks) in enumerate(zip(texts, dark, strict=True)):
        for column, (word, ink) in enumerate(zip(words, inks, strict=True)):
            axes.text(column, row, word, ha="center", va="center", fontsize=size, color="white" if ink else INK)
    axes.tick_params(length=0)
    for side in axes.spines.values():
        side.set_edgecolor(FAINT)


def arm_name(arm: str, lang: str) -> str:
    """The arm's name as a reader would say it."""
    return arm_label(arm, lang)


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]

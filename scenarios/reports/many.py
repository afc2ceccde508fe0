"""What the page of many arms says beside that of a few: arms ranked, a small picture of each, all of it by family."""

from __future__ import annotations

from scenarios.reports.multiples import families, multiples
from scenarios.reports.page import Page
from scenarios.reports.ranked import family_of, ranked
from sim.analysis.experiment.findings import Findings
from sim.locale.words import arm_label

__all__ = ["of_many"]


def of_many(page: Page, found: Findings, lang: str) -> Page:
    """The page of a study, with the table and the pictures of every world; its rows know their families."""
    family = {arm_label(arm, lang): family_of(found, arm) for arm in found.arms}
    for section, world in zip(page["worlds"], found.worlds, strict=True):
        section |= {"ranked": ranked(found, world, lang), "multiples": multiples(found, world, lang)}
        for one in section["arms"]:
            one["family"] = family.get(one["arm"], "")
        for row in (row for one in section["tables"] for row in one["rows"]):
            row["family"] = family.get(row["label"].removesuffix("‡"), "")
    return {**page, "families": families(found, lang), "n_arms": len(found.arms)}

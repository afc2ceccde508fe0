"""01 One member: what does a day do to somebody, and what may be said of all from those who are still there?"""

from __future__ import annotations

import pandas as pd

from scenarios.config.compose import compose
from scenarios.course.lesson import Exercise, Facts, Lesson
from sim.community import Community

__all__ = ["DAYS", "LESSON", "founded", "noted"]

DAYS = 60


def founded(lesson: Lesson, seed: int) -> Community:
    """The community on the eve of its first day; every member is a Mesa agent."""
    return Community(compose(lesson.overrides("nothing", seed)), lane="mesa")


def noted(community: Community) -> pd.DataFrame:
    """Everybody who is there this evening but the staff: day, person, role, belonging, and messages written so far.

    Somebody in several groups is one person: their messages are added up, their belonging is the mean.
    """
    people = community.agents.select(lambda agent: agent.is_staff == 0)
    rows = [(community.day, one.person, type(one).__name__, one.belonging, one.n_messages) for one in people]
    table = pd.DataFrame(rows, columns=["day", "person", "role", "belonging", "messages"])
    return table.groupby("person", as_index=False).agg(
        day=("day", "first"), role=("role", "first"), belonging=("belonging", "mean"), messages=("messages", "sum")
    )[list(table.columns)]


def _diary(lesson: Lesson, seed: int) -> pd.DataFrame:
    """What :func:`noted` says on each evening, one after the other."""
    community = founded(lesson, seed)
    evenings = []
    for _ in range(DAYS):
        community.step()
        evenings.append(noted(community))
    return pd.concat(evenings, ignore_index=True)


def facts(diary: pd.DataFrame) -> Facts:
    """The share of all who ever came that has gone, and what the typical one wrote, rightly and otherwise."""
    first, last = diary[diary["day"] == 1]["person"], diary[diary["day"] == DAYS]["person"]
    final = diary.sort_values("day", kind="stable").drop_duplicates("person", keep="last").set_index("person")
    wrote, gone = final["messages"], ~final.index.isin(last)
    return {
        "gone": float(gone.mean()), "n_gone": int(gone.sum()), "people": len(final),
        "first": len(first), "last": len(last),
        "founders": float((~first.isin(last)).mean()),
        "net": 1 - len(last) / len(first),
        "of_present": float(gone.sum() / len(last)),
        "typical": float(wrote.median()), "silent": int((wrote == 0).sum()),
        "mean": float(wrote.mean()),
        "writers": float(wrote[wrote > 0].median()),
        "most": float(wrote.max()),
    }  # fmt: skip


LESSON = Lesson(
    number="01",
    minutes=60,
    shared=["scenario=pet_owners", "population.groups=4", "population.seats=40", "replicates=1", "days=60"],
    arms={"nothing": ["strategy=[nothing]"]},
    facts=facts,
    exercises=(
        Exercise("01.1", "gone", {"net": "net", "selection": "founders", "denominator": "of_present"}, within=0.004),
        Exercise("01.2", "typical", {"mean_typical": "mean", "silent_dropped": "writers", "extreme": "most"},
                 within=0.2),
    ),
    played=_diary,
)

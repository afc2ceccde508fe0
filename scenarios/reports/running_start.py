"""What a run says of groups that were there already on day 0: were they as they were asked for?"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from sim.data.results import Results
from sim.locale.words import number, say, world_label

__all__ = ["has_running_start", "started"]

OFF = 0.1  # a size further from the one asked for is told


def started(results: Results, lang: str) -> list[str]:
    """A sentence for each world and size asked for: members and messages of its groups on the eve of day 0."""
    if results.starts is None:
        return []
    lines: dict[tuple[str, int], str] = {}
    many = results.daily["world"].nunique() > 1
    for notes in results.meta.get("arms", {}).values():
        world, members = str(notes.get("world")), int(_population(notes).get("members", 0))
        if members > 0 and (world, members) not in lines:  # the same in every arm
            text = _sentence(results, world, str(notes.get("arm")), members, lang)
            lines[world, members] = say("named", lang, name=world_label(world, lang), text=text) if many else text
    return list(lines.values())


def _sentence(results: Results, world: str, arm: str, asked: int, lang: str) -> str:
    rows = results.starts
    assert rows is not None
    rows = rows[(rows["world"] == world) & (rows["arm"] == arm)]
    members, messages = rows["n_members"], rows["n_messages"]
    return say(
        "running_start", lang, members=number(float(members.mean())), asked=number(asked), n=len(rows),
        off=int(((members - asked).abs() > OFF * asked).sum()), messages=number(float(messages.mean())),
        silent=int((messages == 0).sum()), days=int(rows["age"].max()),
    )  # fmt: skip


def _population(notes: Mapping[str, Any]) -> Mapping[str, Any]:
    found = notes.get("population")
    return found if isinstance(found, Mapping) else {}


def has_running_start(overrides: Iterable[str]) -> bool:
    """Do any of these overrides ask for groups that are there already?"""
    return any(text.lstrip("+").startswith("population.members=") and not text.endswith("=0") for text in overrides)

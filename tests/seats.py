"""Laws of the state between two days: seats, ties, homes and queues."""

from __future__ import annotations

import numpy as np

from sim.model.vocabulary import CHANNELS
from sim.simulation import Engine

__all__ = ["LAWS_OF_SEATS"]

MOVED = CHANNELS.index("transferred")


def nobody_has_two_seats_of_a_group(engine: Engine) -> None:
    """Persons in a group are distinct; seats taken and members counted agree; seats know their own number."""
    groups, rows = engine.state.groups, engine.recorder.seated()
    members = engine.state.members[rows]
    group = rows // (int(groups["seats"][0]) + 1)
    pairs = np.unique(np.stack([group, members["person"]]), axis=1)
    assert pairs.shape[1] == rows.size
    assert np.array_equal(np.bincount(group, minlength=groups.size), groups["n_members"])
    assert np.array_equal(members["slot"], rows - groups["first"][group])


def ties_are_few_and_mutual(engine: Engine) -> None:
    """At most 15 ties, to others, each once, of strength in (0, 1]; mutual and equal where nobody had to choose.

    People look after their ties on different days, so strengths are compared as they will be once both have done so
    today; what is then too weak is forgotten by both.
    """
    world = engine.state.worlds[0]
    connector, forget = world["role_connector"], float(world["tie_forget"]) * (1.0 + 1e-9)
    for first, used in zip(engine.state.groups["first"], engine.state.groups["n_slots"], strict=True):
        seated = {int(m["person"]): m for m in engine.state.members[first : first + used] if m["person"] >= 0}
        held = {p: ties_of(m) for p, m in seated.items()}
        today = {p: {o: s * since(m, world) for o, s in held[p].items()} for p, m in seated.items()}
        # A connector may leave and be back the next day: the others' ties have lasted, theirs begin anew. Who was moved
        # here may have had to choose in a larger group.
        back = {p for p, m in seated.items() if m["role"] == connector or m["channel"] == MOVED}
        for person, ties in held.items():
            assert person not in ties
            assert all(0.0 < s <= 1.0 for s in ties.values())
            if used <= 16 and person not in back:
                mine = {p: s for p, s in today[person].items() if s > forget and p in held and p not in back}
                assert all(np.isclose(today[p].get(person, 0.0), s, rtol=1e-9) for p, s in mine.items())


def ties_of(member: np.void) -> dict[int, float]:
    """Person → strength."""
    n = int(member["n_ties"])
    assert 0 <= n <= 15
    persons = member["tie_person"][:n].tolist()
    assert len(set(persons)) == n
    return dict(zip(persons, member["tie_strength"][:n].tolist(), strict=True))


def since(member: np.void, world: np.void) -> float:
    """What the days since a member last looked after their ties will leave of them."""
    return float(world["tie_keep"]) ** int(world["day"] - member["day_faded"])


def homes_agree_with_seats(engine: Engine) -> None:
    """A person's home is a group they sit in; the memberships of a connector form one ring of the right length."""
    rows = engine.recorder.seated()
    members, groups = engine.state.members, engine.state.groups
    at = rows // (int(groups["seats"][0]) + 1)
    sits = {(int(groups["community"][g]), int(members["person"][row]), int(g)) for row, g in zip(rows, at, strict=True)}
    count: dict[tuple[int, int], int] = {}
    for c, person, _ in sits:
        count[c, person] = count.get((c, person), 0) + 1
    for c in range(engine.n):
        home = engine.state.people["home"][c]
        for person in np.flatnonzero(home >= 0):
            assert (c, int(person), int(home[person])) in sits
    for row, g in zip(rows, at, strict=True):
        ring = ring_of(members, int(row))
        assert len(ring) == members["n_homes"][row] == count[int(groups["community"][g]), int(members["person"][row])]
        assert {int(members["person"][r]) for r in ring} == {int(members["person"][row])}


def ring_of(members: np.ndarray, row: int) -> list[int]:
    """Rows of one person's memberships, following ``elsewhere``."""
    ring, at = [row], int(members["elsewhere"][row])
    while at != row and len(ring) < 100:
        ring.append(at)
        at = int(members["elsewhere"][at])
    return ring


def queues_are_in_order(engine: Engine) -> None:
    """Nobody waits twice at one door."""
    for i, group in enumerate(engine.state.groups):
        waiting = engine.state.queues["person"][i, : group["n_queue"]].tolist()
        assert len(set(waiting)) == len(waiting)


LAWS_OF_SEATS = (nobody_has_two_seats_of_a_group, ties_are_few_and_mutual, homes_agree_with_seats, queues_are_in_order)

r"""A running start: groups that are there already when a run begins, cut out of a past that was played.

With ``population.members`` (:math:`N`) a community is founded ``population.age`` (:math:`A`) days before day 0 and
played under its own rules, without a strategy, an event or a record. Each morning whoever comes to group *g* of
themselves is let in while there is room, and its host brings in as many people of the market as are lacking then:

.. math:: room_g(d) = F_g + (K_g - F_g) \frac{d}{A - FREE}, \qquad d < A - FREE \text{ days since the founding},

with :math:`F_g = \min(founders, K_g)`. :data:`FREE` days before day 0 the hosts let go. From then on the groups are on
their own, so on day 0 nothing changes but that the record begins. :math:`K_g` is the size with which the group has *N*
members on the eve of day 0. Where ``population.messages_a_day`` (:math:`M`) is asked for, everybody's readiness to
answer is multiplied by a factor *s* of the community, in the past and in the run: the one with which its groups have
*M* messages a day in the week before, on the average.

There is no formula for :math:`K_g` and *s*: some pasts are tried, and the one that came nearest is played
(:mod:`sim.model.past_search`). They follow from seed, replicate and world alone: every arm begins with the same groups.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Callable
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from sim.data.plan import ScenarioLike
from sim.model.entities import State
from sim.model.past_search import Floats, Past, Standing, search

if TYPE_CHECKING:
    from sim.simulation import Engine

__all__ = ["FREE", "WEEK", "RunningStart", "age_of", "find", "founded"]

FREE = 14
"""Days before day 0 on which the groups are on their own."""
WEEK = 7
"""Days before day 0 over which messages are counted."""


def age_of(scenario: ScenarioLike) -> int:
    """Days that are played before day 0."""
    population = scenario.sections["population"]
    return int(population.age) if population.members > 0 else 0  # type: ignore[attr-defined]


def founded(state: State) -> NDArray[np.intp]:
    """Rows of the groups that were founded, not opened later."""
    rows: NDArray[np.intp] = np.flatnonzero(state.groups["index"] < state.worlds["groups"][state.groups["community"]])
    return rows


class RunningStart:
    """The past of an engine's communities; with ``age`` 0 there is none, and day 0 is the founding."""

    def __init__(self, age: int, past: Past | None) -> None:
        self.age, self._past = age, past

    def lay_out(self, state: State) -> None:
        """Before the founding: how readily people answer, rules that arms do not share, a purse that is never empty."""
        if self._past is not None:
            state.worlds["reply"] *= self._past.reply
            state.worlds["is_same_members"] = state.worlds["is_recording"] = 0
            state.worlds["purse_left"] = 1e9
            self.make_room(state, -self.age)

    def factor(self, knob: str) -> Floats | float:
        """What a number of the world is multiplied by, whatever value a timeline gives it."""
        return self._past.reply if self._past is not None and knob == "mind.reply" else 1.0

    def make_room(self, state: State, day: int) -> bool:
        """Set how many the groups founded have room for on a day before day 0; do their hosts bring people in?"""
        if self._past is None or day >= 0:
            return False
        if day >= -FREE:
            state.groups["room"] = state.groups["seats"]
            return False
        last, grown = self._past.kept.ravel(), (day + self.age) / (self.age - FREE)
        first = np.minimum(state.worlds["founders"][0], last)
        state.groups["room"][founded(state)] = np.rint(first + (last - first) * grown)
        return True

    def play(self, engine: Engine) -> Standing:
        """Play the days before day 0; how do the groups founded stand then?"""
        week: deque[np.ndarray] = deque(maxlen=WEEK)
        while engine.day < 0:
            engine.step()
            week.append(engine.state.groups["n_messages"].copy())
        rows = founded(engine.state)
        numbers = (engine.state.groups["n_members"].astype(float), np.mean(list(week), axis=0))
        return Standing(*(one[rows].reshape(engine.n, -1) for one in numbers))


def find(scenario: ScenarioLike, first: int, n: int, seed: int, play: Callable[[Past], Standing]) -> Past:
    """The past of communities ``first … first + n − 1``; ``play`` tries one.

    Each community's is found by itself: it does not depend on which others are tried with it.
    """
    world = _world(scenario, seed)
    known = [_FOUND.get((world, first + i)) for i in range(n)]
    if any(one is None for one in known):
        best = search(scenario.sections["population"], n, play)
        known = [(best.kept[i], float(best.reply[i])) for i in range(n)]
        if len(_FOUND) > _MOST_KEPT:
            _FOUND.clear()
        _FOUND.update({(world, first + i): one for i, one in enumerate(known) if one is not None})
    rows = [one for one in known if one is not None]
    return Past(np.stack([kept for kept, _ in rows]), np.array([reply for _, reply in rows]))


_FOUND: dict[tuple[object, int], tuple[Floats, float]] = {}  # pasts found by this process
_MOST_KEPT = 100_000


def _world(scenario: ScenarioLike, seed: int) -> object:
    """What a past depends on besides the replicate; arms of one world share it."""
    sections = {key: dict(section) for key, section in scenario.sections.items()}
    del sections["population"]["spare_groups"]
    own = [(one, {name: knob.default for name, knob in one.knobs().items()}) for one in scenario.mechanisms]
    mechanisms = tuple((type(one), repr(dict(one))) for one, defaults in own if dict(one) != defaults)
    return seed, scenario.luck, scenario.roles, repr(scenario.role_shares), repr(sections), mechanisms



"""From which past do groups come out as they are wanted? Pasts are tried, for many communities side by side.

Each guess follows from those before: members on the eve of day 0 as a line of the size that the group was brought to,
messages as a power of the readiness to answer, both fitted to the community's tries by least squares, where later tries
weigh more. The days of a community are chaotic (one person more at the beginning, and other people meet), so no line is
kept to exactly, and the past that came nearest is the answer.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from sim.engine.knobs import KnobSet

__all__ = ["FAR", "Past", "RunningStartError", "Standing", "search"]

Floats = NDArray[np.float64]

TRIES = 6, 12
"""Most pasts that are tried: for a size, for a size and messages."""
NEAR = 0.015, 0.05, 0.05
"""What ends the trying: how far off are the mean size, the sizes of single groups (root mean square), the messages."""
FAR = 0.25, 0.5
"""How far the mean size and the messages of a community may be off at most."""
_STEP = 4.0  # one guess is at most so many times the one before
_SLOPES = 0.4, 2.0  # members at the end for each more that are brought in
_POWERS = 0.2, 3.0
_REPLY = 0.02, 50.0


class RunningStartError(ValueError):
    """No past of this world ends with groups like those asked for. The message says how near it came, and the cure."""


class Past(NamedTuple):
    """What a past is played from: the size each group is brought to, (communities, groups), and a factor of everybody's
    readiness to answer, (communities,)."""

    kept: Floats
    reply: Floats


class Standing(NamedTuple):
    """The groups founded on the eve of day 0: members, and messages a day in the week before, (communities, groups)."""

    members: Floats
    messages: Floats


class _Asked(NamedTuple):
    members: float
    messages: float  # 0: whatever comes
    seats: int
    age: int


def search(population: KnobSet, n: int, play: Callable[[Past], Standing]) -> Past:
    """The past of ``n`` communities that ends nearest to what ``population`` asks for; ``play`` tries one.

    Each community's is found by itself, whichever others are tried with it.

    Raises
    ------
    RunningStartError
        Where the nearest is further off than :data:`FAR`.
    """
    knobs = dict(population)
    members, messages = float(knobs["members"]), float(knobs["messages_a_day"])
    asked = _Asked(members, messages, int(knobs["seats"]), int(knobs["age"]))
    guess = Past(np.full((n, int(knobs["groups"])), asked.members), np.ones(n))
    trial = _Trial(asked, guess)
    for _ in range(TRIES[asked.messages > 0]):
        trial.add(guess, play(guess))
        if trial.is_found.all():
            break
        guess = trial.next_guess()
    trial.refuse_far()
    return trial.best


class _Trial:
    """The tries so far, and the best of them."""

    def __init__(self, asked: _Asked, guess: Past) -> None:
        n = len(guess.reply)
        self.asked, self.best, self._tried = asked, guess, list[tuple[Past, Standing]]()
        self._stands = Standing(np.zeros_like(guess.kept), np.zeros_like(guess.kept))  # after the best
        self._off, self.is_found = np.full(n, np.inf), np.zeros(n, dtype=bool)

    def add(self, past: Past, found: Standing) -> None:
        """Keep for each community the past that came nearest, until one is near enough."""
        self._tried.append((past, found))
        mean, single, talk = self._errors(found)
        off = 3.0 * mean + single + talk
        is_better = ~self.is_found & (off < self._off)
        self._off = np.where(is_better, off, self._off)
        rows = is_better[:, None]
        self.best = Past(np.where(rows, past.kept, self.best.kept), np.where(is_better, past.reply, self.best.reply))
        self._stands = Standing(*(np.where(rows, new, old) for new, old in zip(found, self._stands, strict=True)))
        self.is_found |= (mean < NEAR[0]) & (single < NEAR[1]) & (talk < NEAR[2])

    def _errors(self, found: Standing) -> tuple[Floats, Floats, Floats]:
        """How far off each community is, as shares: its mean size, the sizes of its groups, its messages."""
        share = found.members / self.asked.members - 1.0
        said, asked = found.messages.mean(axis=1), self.asked.messages
        talk = np.abs(said / asked - 1.0) if asked > 0 else np.zeros(len(said))
        return np.abs(share.mean(axis=1)), np.sqrt((share**2).mean(axis=1)), talk

    def next_guess(self) -> Past:
        """Where the lines through the tries so far reach what is asked, not far from the last."""
        last = self._tried[-1][0]
        kept = np.stack([past.kept for past, _ in self._tried])
        members = np.stack([found.members for _, found in self._tried])
        slope = _slope(kept.mean(axis=2), members.mean(axis=2), 0.9, _SLOPES)[:, None]
        wanted = (self.asked.members - _mean(members - slope * kept)) / slope
        wanted = np.clip(wanted, last.kept / _STEP, last.kept * _STEP)
        return Past(np.clip(np.rint(wanted), 2, self.asked.seats), self._next_reply(last.reply))

    def _next_reply(self, last: Floats) -> Floats:
        if self.asked.messages <= 0:
            return last
        tried = np.log(np.stack([past.reply for past, _ in self._tried]))
        said = np.log(np.maximum(np.stack([found.messages.mean(axis=1) for _, found in self._tried]), 0.05))
        power = _slope(tried, said, 1.5, _POWERS)
        wanted = np.exp((np.log(self.asked.messages) - _mean(said - power * tried)) / power)
        reply: Floats = np.clip(np.clip(wanted, last / _STEP, last * _STEP), *_REPLY)
        return reply

    def refuse_far(self) -> None:
        """Say so where the best is too far off."""
        asked, (mean, _, talk) = self.asked, self._errors(self._stands)
        worst, cure = int(np.argmax(mean)), "another population.age"
        if mean[worst] > FAR[0]:
            raise RunningStartError(
                f"population.members={asked.members:g}: no past of {asked.age} days was found that ends with so many; "
                f"the nearest ends with {self._stands.members[worst].mean():.0f} a group. Give more population.seats "
                f"(now {asked.seats}), {cure}, or a number of members nearer to that"
            )
        worst = int(np.argmax(talk))
        if talk[worst] > FAR[1]:
            said = [found.messages[worst].mean() for _, found in self._tried]
            raise RunningStartError(
                f"population.messages_a_day={asked.messages:g}: groups of {asked.members:g} members after {asked.age} "
                f"days were tried with {min(said):.3g} to {max(said):.3g} messages a day, none of them near enough. "
                f"Give a number well between, {cure}, or leave it out"
            )


def _mean(values: Floats) -> Floats:
    """Mean over the tries (the first axis); each weighs half as much again as the one before."""
    weights = 1.5 ** np.arange(len(values))
    found: Floats = np.tensordot(weights / weights.sum(), values, axes=1)
    return found


def _slope(x: Floats, y: Floats, usual: float, limits: tuple[float, float]) -> Floats:
    """Slope of the line of least squares through the tries, drawn to a usual one by as much as one try would draw."""
    x, y = x - _mean(x), y - _mean(y)
    doubt = 0.1 * np.maximum(np.abs(x).max(axis=0), 1e-9) ** 2 + 1e-12
    slope: Floats = np.clip((_mean(x * y) + doubt * usual) / (_mean(x * x) + doubt), *limits)
    return slope

"""The honest peer: the same rules as an ordinary Mesa model, written without any of the engine.

Ordinary ``mesa.Model`` and ``mesa.Agent`` objects with ordinary attributes, Python lists and dictionaries, a heap for
the calendar of looks, Python's own random numbers. It shares with the engine what is given from outside: the knobs of
a scenario, who knows whom in the market, and the daily profiles. Counts that the engine keeps only for its tables are
left out, which is in the peer's favour.
"""

from benchmarks.peer.community import PeerCommunity

__all__ = ["PeerCommunity"]

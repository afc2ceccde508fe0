"""Names behind the codes in rows and tables. Their order is part of stored tables: append, never renumber."""

from __future__ import annotations

from sim.model.kinds import OWN

__all__ = ["CHANNELS", "KINDS", "NO_DOOR", "REASONS"]

CHANNELS = ("founder", "search", "invited", "paid_ad", "transferred", "carried", "appointed", "partner")
REASONS = ("null", "left", "removed", "culled", "dissolved", "transferred", "poached", "lapsed")
NO_DOOR = (CHANNELS.index("founder"), CHANNELS.index("appointed"))
"""Channels of those whom the host brings in, by no door: nobody asks them for money."""
KINDS = tuple(OWN)
"""The model's own kinds of message; mechanisms append theirs (:func:`sim.model.kinds.known_kinds`)."""

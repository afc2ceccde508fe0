"""Names behind the codes in rows and tables. Their order is part of stored tables: append, never renumber."""

from __future__ import annotations

__all__ = ["CHANNELS", "KINDS", "REASONS"]

CHANNELS = ("founder", "search", "invited", "paid_ad", "transferred", "carried")
REASONS = ("null", "left", "removed", "culled", "dissolved", "transferred", "poached")
KINDS = ("chat", "question", "answer", "content", "advert", "red_packet", "offer", "system", "preview", "news")

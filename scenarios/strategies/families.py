"""The families that strategies belong to, as the founding material groups them: by what they work on.

Lists, explanations and pages with many arms go by them. A strategy declares its own; one that names none, such as a
plugin's, is of the last, ``own``.
"""

from __future__ import annotations

__all__ = ["FAMILIES", "OWN", "SEVERAL"]

OWN = "own"
SEVERAL = "several"
"""What an arm is whose strategies are of more than one family."""
FAMILIES = ("entry", "welcome", "content", "rewards", "people", "order", "renewal", "growth", "events", "money", OWN)

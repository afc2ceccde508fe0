"""The characters: one Mesa agent class a file. Member holds what everybody does, roles are the exceptions."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from agents.advertiser import Advertiser
    from agents.connector import Connector
    from agents.guest import Guest
    from agents.host import Host
    from agents.kol import KOL
    from agents.lurker import Lurker
    from agents.member import Member
    from agents.moderator import Moderator
    from agents.poacher import Poacher
    from agents.regular import Regular
    from agents.shill import Shill

    ROLES: tuple[type[Member], ...]

__all__ = [
    "HOMES", "KOL", "ROLES", "Advertiser", "Connector", "Guest", "Host", "Lurker", "Member", "Moderator", "Poacher",
    "Regular", "Shill",
]  # fmt: skip

HOMES = {
    "Member": "agents.member",
    "Lurker": "agents.lurker",
    "Regular": "agents.regular",
    "Connector": "agents.connector",
    "Advertiser": "agents.advertiser",
    "KOL": "agents.kol",
    "Moderator": "agents.moderator",
    "Host": "agents.host",
    "Shill": "agents.shill",
    "Guest": "agents.guest",
    "Poacher": "agents.poacher",
}
"""The roles of every world and where each is written; a role's code is its place here. ``ROLES`` are the classes."""


def __getattr__(name: str) -> Any:
    """Import a role when it is first asked for: roles need Mesa, and their names and knobs do not."""
    from importlib import import_module

    if name == "ROLES":
        return tuple(getattr(import_module(home), role) for role, home in HOMES.items())
    if name not in HOMES:
        raise AttributeError(f"module 'agents' has no attribute '{name}'")
    return getattr(import_module(HOMES[name]), name)

"""The characters: one Mesa agent class a file. Member holds what everybody does, roles are the exceptions."""

from agents.advertiser import Advertiser
from agents.connector import Connector
from agents.host import Host
from agents.kol import KOL
from agents.lurker import Lurker
from agents.member import Member
from agents.moderator import Moderator
from agents.regular import Regular

ROLES: tuple[type[Member], ...] = (Member, Lurker, Regular, Connector, Advertiser, KOL, Moderator, Host)
"""The roles of every world; a role's code is its place here."""

__all__ = ["KOL", "ROLES", "Advertiser", "Connector", "Host", "Lurker", "Member", "Moderator", "Regular"]

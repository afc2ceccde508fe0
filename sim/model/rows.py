"""What rules are handed, by type: ``me: Member, group: Group, world: World …``.

Each is the class that declares the columns of the row (or several such classes together), so an editor completes them
and mypy sees a misspelt one. A mechanism's own rows are its own classes: ``mine: Quiz.member``, ``ours: Quiz.group``,
``knobs: Quiz``. Nothing here is needed to play: rules know rows by their columns alone. The rules of ``sim.model``
import it ``if TYPE_CHECKING``, since it stands above them.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from sim.engine.rows import Rows
from sim.model.entities import GroupRow, Knock, Someone, State, Waiting, WorldRow
from sim.model.hooks import Own, Scene, Tables
from sim.model.kinds import KindRow
from sim.model.submodels.conversation_log import Desk, Line, Look, Note, Planned, Today

__all__ = [
    "Desk", "Felt", "Group", "KindRow", "Knock", "Line", "Look", "Member", "Note", "Own", "Planned", "Rows", "Scene",
    "Someone", "State", "Tables", "Today", "Waiting", "World",
]  # fmt: skip


class Felt:
    """Levers of mechanisms that stand in the group's row too (``lever(…, felt=True)``)."""

    advert_ban: float
    advert_toll: float
    advert_window: float
    entry_price: float
    founder_pick: float


if TYPE_CHECKING:  # the rows are put together of what the roles declare, of which the model knows nothing else
    from agents.composition import Cast
    from agents.psychology import Mind
    from agents.topic import Purpose
    from agents.traits import Person as Member
    from sim.model.parameters import Market, Operator, Population, Talk

    class Group(GroupRow, Felt):
        """A group's row: its state, and the levers of mechanisms that roles feel."""

    class World(WorldRow, Population, Market, Operator, Talk, Purpose, Mind, Cast):
        """A community's row: its state, the knobs of all sections, and the codes of the roles."""

        role_member: int
        role_lurker: int
        role_regular: int
        role_connector: int
        role_advertiser: int
        role_kol: int
        role_moderator: int
        role_host: int
        role_shill: int
        role_guest: int
        role_poacher: int

else:
    Member, Group, World = object, GroupRow, WorldRow  # a member's class would ask for Mesa, which takes a second

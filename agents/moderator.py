"""R10 Moderator."""

from __future__ import annotations

from agents.host import Host
from sim.engine.luck import VISIT, uniform
from sim.model.rows import Group, Today, World

__all__ = ["Moderator"]


class Moderator(Host):
    """Shares the host's policing and welcoming (管理员): brings minutes of their own to the group's account.

    Moderators look several times a day, so adverts stand for a shorter time; they have no prepared posts. Source:
    founding material, R10.
    """

    def visit(self, today: Today, group: Group, world: World) -> None:
        """Look two to four times a day while there are minutes left."""
        self.n_looks = 0
        if group.minutes_left > 0.0:
            self.n_looks = 2 + int(3.0 * uniform(world, self.person, VISIT, group.index))

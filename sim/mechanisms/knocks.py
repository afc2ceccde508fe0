"""Knocks (到访): by which door people come who may stay outside. A record and nothing else: it moves nobody.

How many knock at a group's doors in all is always counted (``n_knocks`` of the daily table). By which of them is kept
only where it is asked for, since it is a row more for every group and day: ``knocks.by_channel=true``. From it follows
how willing people are who come by each door (:func:`sim.analysis.acquisition.acquisition`). Source: founding material,
M7 (willingness).
"""

from __future__ import annotations

from collections.abc import Mapping

from sim.engine.declarations import daily
from sim.engine.knobs import Knob
from sim.mechanisms import Mechanism
from sim.model.rows import Group, Knock, Member, World
from sim.model.vocabulary import CHANNELS

__all__ = ["Knocks"]

SEARCH, INVITED, PAID, PARTNER = (CHANNELS.index(name) for name in ("search", "invited", "paid_ad", "partner"))


class Knocks(Mechanism):
    """Notes the channel of everybody who comes to the door, before they know whether they want in.

    The same person may come on several days, and by several doors. Together they are ``n_knocks``, but under
    ``same_members``, where no door keeps anybody out and nothing is noted.
    """

    title = ("Knocks", "到访")
    by_channel = Knob(False, None, None, "", "note by which channel people come to the door", "definition",
                      is_founding=True)  # fmt: skip

    class group:
        n_knocks_search: int = daily("people at the door who searched", "搜索到访人数")
        n_knocks_invited: int = daily("people at the door whom a friend asked", "受邀到访人数")
        n_knocks_paid_ad: int = daily("people at the door by a paid advert", "付费推广到访人数")
        n_knocks_partner: int = daily("people at the door by a partner's word", "合作群到访人数")

    @classmethod
    def is_always(cls, knobs: Mapping[str, float]) -> bool:
        """Is it asked for?"""
        return knobs.get("knocks.by_channel", 0.0) > 0.0


@Knocks.each_knock()
def note(
    me: Member, theirs: object, group: Group, ours: Knocks.group, knock: Knock, knobs: Knocks, world: World
) -> None:
    """n_knocks_CHANNEL + 1, people: of the channel by which they come"""
    if knobs.by_channel == 0.0:
        return
    if me.channel == SEARCH:
        ours.n_knocks_search += 1
    elif me.channel == INVITED:
        ours.n_knocks_invited += 1
    elif me.channel == PAID:
        ours.n_knocks_paid_ad += 1
    elif me.channel == PARTNER:
        ours.n_knocks_partner += 1


@Knocks.on_seat()
def come_over(me: Member, mine: object, group: Group, ours: Knocks.group, knobs: Knocks, world: World) -> None:
    """Whoever comes over from a promoter's group was asked, and stood at no other door."""
    if knobs.by_channel > 0.0 and me.channel == INVITED and me.moving > 0:
        ours.n_knocks_invited += 1

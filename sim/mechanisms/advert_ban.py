"""The ban of adverts (禁广告): a rule in writing, and host and moderators who keep it. Source: S23, H7.

What the rule alone does stands with the people who feel it (``group.advert_ban`` in the rules of roles): it deters
imitators and advertisers, whether or not it is seen to be kept. What keeping it does stands here.
"""

from __future__ import annotations

from sim.engine.declarations import daily, lever
from sim.engine.knobs import Knob
from sim.engine.levers import any_of
from sim.mechanisms import Mechanism, give_minutes
from sim.model.rows import Group, Member, Scene, Today, World
from sim.model.submodels.conversation_log import LOG
from sim.model.submodels.messages import ADVERT, delete
from sim.model.vocabulary import REASONS

__all__ = ["AdvertBan"]

REMOVED = REASONS.index("removed")


class AdvertBan(Mechanism):
    """Host and moderators delete adverts they see and remove who posted them, while their minutes last."""

    title = ("Advert ban", "禁广告")
    policing_minutes = Knob(2.0, 0.0, 60.0, "minutes", "to delete an advert and deal with its author", "assumption")

    class group:
        advert_ban: float = lever(
            any_of, "yes/no", "adverts are forbidden in writing and removed", bears="policing", felt=True
        )
        removal: float = lever(any_of, "yes/no", "who posts an advert is removed", bears="policing")
        minutes_policing: float = daily(
            "staff minutes spent on adverts", "处理广告用时", unit="minutes", better=False, booked=True
        )


@AdvertBan.at_look(before="all", when="advert_ban")
def police(
    me: Member, mine: object, group: Group, ours: AdvertBan.group, today: Today, knobs: AdvertBan, world: World,
    look: Scene,
) -> None:  # fmt: skip
    """Staff go through the adverts they have just read, oldest first. Each costs ``policing_minutes`` of the group's
    minutes; minutes gone, adverts stand. With ``removal`` the author is out at once and writes no more.
    """
    if me.is_staff == 0 or me.n_ads_read == 0:
        return
    desk = look.desk
    for j in range(look.first, desk.n[LOG]):
        line = desk.log[j]
        if line.kind == ADVERT and give_minutes(knobs.policing_minutes, group):
            ours.minutes_policing += knobs.policing_minutes
            delete(desk, j, group)
            author = look.members[group.first + line.slot]
            if author.person != line.person or author.is_gone + author.is_staff > 0:
                continue
            desk.today[line.slot].n_caught += 1
            if ours.removal > 0.0:
                author.is_gone = 1
                if author.reason == 0:  # who leaves today anyway is counted already
                    author.reason = REMOVED
                    group.new_removed += 1

"""The levers of a group: all that a host can do to it."""

from __future__ import annotations

from sim.engine.levers import Lever

__all__ = ["LEVERS"]

LEVERS: tuple[Lever, ...] = (
    Lever("seat_limit", "at_most", 1e9, "members", "no more than this many members are let in"),
    Lever("queue_length", "plus", 0.0, "people", "people who may wait when the group is full"),
    Lever("open_new_group", "any_of", 0.0, "yes/no", "when the queue is full, a new group is opened for it"),
    Lever("entry_price", "plus", 0.0, "CNY", "price at the door"),
    Lever("content_posts", "plus", 0.0, "posts/day", "prepared posts of the host", "content"),
    Lever("content_hour", "only_one", -1.0, "hour", "hour at which the prepared post appears", "content"),
    Lever("content_preview", "any_of", 0.0, "yes/no", "each post announces the next", "content"),
    Lever("packet_yuan", "only_one", 0.0, "CNY/day", "money in the day's red packet", "packet"),
    Lever("packet_shares", "only_one", 0.0, "shares", "shares the packet is split into", "packet"),
    Lever("packet_lucky", "only_one", 0.0, "yes/no", "shares are drawn by luck instead of equal", "packet"),
    Lever("packet_hour", "only_one", -1.0, "hour", "hour at which the packet is sent", "packet"),
    Lever("advert_ban", "any_of", 0.0, "yes/no", "adverts are forbidden in writing and removed", "policing"),
    Lever("removal", "any_of", 0.0, "yes/no", "who posts an advert is removed", "policing"),
    Lever("advert_yuan", "plus", 0.0, "CNY/day", "money spent on paid adverts for the group", "paid_advert"),
)

"""Hours and money of one group: what the operator deals out in the morning, and what is spent of it."""

from __future__ import annotations

from types import SimpleNamespace

__all__ = ["Money"]


class Money:
    """The host's minutes and money for one group."""

    content_posts: float
    content_hour: float
    content_preview: bool
    packet_yuan: float
    packet_shares: float
    advert_yuan: float
    quiet_days: int
    index: int

    def __init__(self) -> None:
        self.content_debt, self.last_hour, self.slot_kept, self.is_content_day = 0.0, -1.0, 0.0, 0
        self.begin_books()

    def begin_books(self) -> None:
        """The day's books are empty."""
        self.new_joined = self.n_turned_away = self.packet_fen = 0
        self.is_offer_day = False
        self.minutes_left = self.minutes_spent = 0.0
        self.revenue = self.yuan_packet = self.yuan_advert = self.yuan_fee = 0.0

    def spend(self, what: str, minutes: float) -> None:
        """Minutes of the group's share go by; ``what`` they go for is for the reader."""
        self.minutes_left -= minutes
        self.minutes_spent += minutes

    def plan(self, k: SimpleNamespace, day: int, living: int, share: float, purse: float) -> float:
        """Plan posts, offers, packets and adverts within minutes and purse; return what is left of the purse."""
        self.begin_books()
        self.minutes_left = (share if self.quiet_days < 28 else 0.0) + k.moderators * k.moderator_minutes
        self.plan_content(k, living)
        every = int(k.offer_every)
        due = every > 0 and (day + 3 * self.index) % every == every - 1
        self.is_offer_day = due and self.minutes_left >= k.posting_minutes and k.item_price > 0.0
        if self.is_offer_day:
            self.spend("content", k.posting_minutes)
        self.advert_yuan += k.advert_yuan_base
        if self.advert_yuan > purse:
            self.advert_yuan = 0.0
        purse -= self.advert_yuan
        fen = int(self.packet_yuan * 100.0 + 0.5)
        if fen >= 1 and self.packet_shares >= 1.0 and fen / 100.0 <= purse:
            self.packet_fen = fen
            purse -= fen / 100.0
        return purse

    def plan_content(self, k: SimpleNamespace, living: int) -> None:
        """Prepared posts fall due and cost minutes; keeping the hour keeps the slot."""
        self.is_previewed = self.is_content_day > 0 and self.content_preview
        self.is_content_day = 0
        self.content_debt = min(5.0, self.content_debt + self.content_posts)
        minutes = k.posting_minutes + k.content_minutes / max(1, living)
        while self.content_debt >= 1.0 and self.minutes_left >= minutes:
            self.content_debt -= 1.0
            self.is_content_day += 1
            self.spend("content", minutes)
        if self.is_content_day:
            kept = abs(self.content_hour - self.last_hour) < 0.5
            self.slot_kept += k.content_slot_speed * (kept - self.slot_kept)
            self.last_hour = self.content_hour

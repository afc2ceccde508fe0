"""One chat group: its members, its log, its calendar of looks, its host's minutes and money."""

from __future__ import annotations

import heapq
import math
from itertools import count
from typing import TYPE_CHECKING

from benchmarks.peer.messages import (
    ADVERT,
    CHAT,
    CONTENT,
    DELETED,
    GLANCE,
    NEWS,
    OFFER,
    PREVIEW,
    QUESTION,
    RED_PACKET,
    TOPICAL,
    Message,
    Packet,
)
from benchmarks.peer.money import Money

if TYPE_CHECKING:
    from collections.abc import Callable

    from benchmarks.peer.community import PeerCommunity
    from benchmarks.peer.member import Member
    from benchmarks.peer.person import Person

__all__ = ["Group"]

BACKLOG, MOST_PACKETS = 16, 8


class Group(Money):
    """A group is an ordinary object; only members are Mesa agents."""

    host: Member

    def __init__(self, model: PeerCommunity, index: int) -> None:
        super().__init__()
        self.model, self.index, self.seats = model, index, int(model.knobs.seats)
        self.n_members = self.n_total = self.quiet_days = 0
        self.novelty, self.help_norm, self.ad_norm, self.heat = 1.0, 0.5, 0.0, 0.0
        self.found_by = math.exp(model.knobs.search_spread * model.random.gauss())
        self.need_ends = model.need_time()  # the need of those who share one; groups are founded on day 0
        self.queue: list[Person] = []
        self.inviters: list[Member] = []
        self.members: list[Member] = []
        self.log: list[Message] = []
        self.n_open = 0  # messages of yesterday at the head of the log
        self.tickets = count()
        self.new_joined = 0
        self.forget_levers()
        self.wake()

    def forget_levers(self) -> None:
        """Every lever neutral."""
        self.seat_limit, self.queue_length, self.entry_price = 1e9, 0.0, 0.0
        self.content_posts, self.content_hour, self.content_preview = 0.0, -1.0, False
        self.packet_yuan, self.packet_shares, self.packet_lucky, self.packet_hour = 0.0, 0.0, 0.0, -1.0
        self.advert_ban = self.removal = False
        self.advert_yuan = 0.0

    def wake(self) -> None:
        """The day's counts begin at zero."""
        self.visitors: list[Member] = []
        self.leaving: list[Member] = []
        self.calendar: list[tuple[float, int, Member, str]] = []
        self.packets: list[Packet] = []
        self.fen_taken = self.n_taken = 0
        self.n_messages = self.n_member_messages = self.n_ads = self.n_ads_unpunished = 0
        self.n_on_topic = self.n_pieces = 0
        self.n_openers = self.n_trivial = self.n_news = self.n_kol_messages = 0
        self.n_questions = self.n_questions_answered = 0
        self.n_purchases = self.n_trusting = self.n_left = self.n_removed = 0
        self.sum_trust = self.sum_belonging = 0.0

    def has_room(self) -> bool:
        """Is a seat free?"""
        return self.n_members < min(self.seats, self.seat_limit)

    def come(self, me: Member) -> None:
        """First look of the day: what is new begins where they stopped; of the missed only what lies open is read."""
        self.visitors.append(me)
        missed = self.n_total - me.read_upto
        me.cursor = max(0, self.n_open - missed)
        me.n_unread += max(0, missed - self.n_open)
        me.attention_left = me.attention / max(1, len(me.person.seats))

    def plan_look(self, t: float, me: Member, kind: str) -> None:
        """Write a look into the calendar."""
        heapq.heappush(self.calendar, (t, next(self.tickets), me, kind))

    def plan_wait(self, t: float, scale: float, me: Member, kind: str) -> None:
        """Another look after a heavy-tailed wait of at most two days; what falls after midnight is dropped."""
        share = self.model.draw() * 2880.0 / (scale + 2880.0)
        later = t + 0.05 + scale * share / (1.0 - share)
        if later < 1440.0:
            self.plan_look(later, me, kind)

    def notice(self, me: Member, t: float) -> None:
        """Someone answered looks again because of it, or not."""
        k = self.model.knobs
        if self.model.draw() < k.notice:
            self.plan_wait(t, k.notice_minutes, me, GLANCE)

    def buzz(self, author: Member, t: float) -> None:
        """An opener makes the phones of today's visitors buzz."""
        k, draw = self.model.knobs, self.model.draw
        chance = min(1.0, k.buzz * (1.0 + self.heat) * min(1.0, (1 + len(author.ties)) / self.n_members))
        scale = k.buzz_minutes
        for other in self.visitors:
            if other is not author and not other.is_muted and draw() < chance:
                self.plan_wait(t, scale, other, GLANCE)
        for _ in range(self.model.rng.poisson(self.n_members * chance * k.rouse)):
            other = self.model.random.choice(self.members)
            if other.can_be_roused() and draw() < other.belonging:
                self.plan_wait(t, scale, other, GLANCE)

    def matter(self, most: float = 1_000.0) -> float:
        """Heat of a matter: a heavy tail."""
        k = self.model.knobs
        return min(most, k.hot * ((1.0 - self.model.draw()) ** (-1.0 / k.hot_tail) - 1.0))  # type: ignore[no-any-return]

    def talk(self) -> None:
        """The day's looks in order of time."""
        self.plan_host_posts()
        calendar, pop = self.calendar, heapq.heappop
        while calendar:
            t, _, member, kind = pop(calendar)
            if not member.is_gone:
                member.look(t, kind)
        self.close()

    def plan_host_posts(self) -> None:
        """Prepared content and its preview, an offer, a packet, a word of chat."""
        host, model, k = self.host, self.model, self.model.knobs
        second = model.draw()
        if self.is_content_day:
            hour = self.content_hour if self.content_hour >= 0.0 else k.content_hour
            for i in range(self.is_content_day):
                self.plan_look(min(1438.0, hour * 60.0 + k.content_gap * i + second), host, CONTENT)
            if self.content_preview:
                self.plan_look(min(1439.0, hour * 60.0 + k.content_preview_after + second), host, PREVIEW)
        if self.packet_fen:
            self.plan_look(min(1439.0, max(0.0, self.packet_hour) * 60.0 + second), host, RED_PACKET)
        if self.is_offer_day:
            self.plan_look(k.offers_hour * 60.0 + second, host, OFFER)
        if model.draw() < k.chat_posts * model.heart:
            self.plan_look(model.minute_of(2), host, CHAT)

    def add(self, message: Message) -> None:
        """Append a message and count it; the author has read it."""
        author, kind, k = message.author, message.kind, self.model.knobs
        self.log.append(message)
        author.cursor = len(self.log)
        author.n_posts += 1
        self.n_messages += 1
        self.n_on_topic += message.is_topic
        self.n_pieces += kind in TOPICAL
        self.n_openers += message.is_opener and kind in (CHAT, QUESTION, CONTENT, NEWS)
        if message.is_opener and kind in (CHAT, QUESTION, CONTENT, NEWS):
            self.heat = max(self.heat, self.matter() * (message.quality if author.is_staff else 1.0))
        else:
            self.heat = max(0.0, self.heat - k.burn)
        if kind == ADVERT:
            author.n_ads_posted += 1
            self.n_ads += 1
            self.n_ads_unpunished += 1
        elif not author.is_staff and kind != RED_PACKET:
            self.n_member_messages += 1
        self.n_kol_messages += author.is_expert
        if kind == QUESTION:
            self.n_questions += 1
            self.n_trivial += author.tenure() < k.settle_days
        elif kind == NEWS:
            self.n_news += 1
        target = message.target
        if target is not None:
            if author.is_staff:
                self.spend("answers", k.answer_minutes)
            self.n_questions_answered += target.kind == QUESTION and not target.n_answers
            target.n_answers += 1

    def police(self, first: int) -> None:
        """Delete adverts just read and remove their authors, while minutes last."""
        minutes = self.model.knobs.advert_ban_policing_minutes
        if not self.advert_ban:
            return
        for j, message in enumerate(self.log[first:], first):
            if message.kind == ADVERT and self.minutes_left >= minutes:
                self.spend("policing", minutes)
                message.kind = DELETED
                self.n_ads_unpunished -= j >= self.n_open  # those of yesterday were counted yesterday
                author = message.author
                if self.removal and author.is_in and not author.is_gone and not author.is_staff:
                    author.is_gone = True
                    author.go("removed")

    def send_packet(self, sender: Member, fen: int, shares: int, lucky: bool) -> int:
        """Lay a packet into the group; none if too many lie open."""
        shares = min(shares, fen)
        if len(self.packets) >= MOST_PACKETS or shares < 1:
            return 0
        self.packets.append(Packet(sender, fen, shares, lucky))
        if sender.is_staff:
            self.yuan_packet += fen / 100.0
        return fen

    def close(self) -> None:
        """Midnight: packets go back, unanswered openers are felt, fresh messages stay open."""
        for packet in self.packets:
            if packet.sender is self.host:
                self.yuan_packet -= packet.fen / 100.0
        log, start, old = self.log, self.n_total, self.n_open
        self.n_total += len(log) - old
        for me in self.visitors:
            me.read_upto = start + me.cursor - old
        for j, message in enumerate(log):
            if message.is_opener and not message.is_felt and not message.n_answers and (j < old or message.t < 720.0):
                message.is_felt = True
                if message.author.is_in and message.kind in (CHAT, QUESTION, CONTENT):
                    message.author.n_ignored += 1
        self.log = log[old:][-BACKLOG:]
        for message in self.log:
            message.t -= 1440.0
            message.target = None
            message.by_staff = message.author is self.host
        self.n_open = len(self.log)

    def count(self, me: Member) -> None:
        """Everybody is counted in the morning."""
        self.n_trusting += me.trust >= self.model.knobs.trusting
        self.sum_trust += me.trust
        self.sum_belonging += me.belonging

    def sleep(self) -> None:
        """The night of those who have looked."""
        for me in self.visitors:
            me.night()

    def govern(self) -> None:
        """Norms follow what was seen; the matter is used up by talk and renewed by people and content."""
        k = self.model.knobs
        self.ad_norm += (self.n_ads_unpunished / (1.0 + self.n_openers + self.n_ads) - self.ad_norm) / k.norm_days
        if self.n_questions:
            answered = min(1.0, self.n_questions_answered / self.n_questions)
            self.help_norm += (answered - self.help_norm) / k.norm_days
        used = self.novelty * self.n_pieces / (k.matter_size + self.n_pieces)
        fresh = k.renewal + k.renewal_person * self.new_joined
        fresh += k.renewal_content * (self.is_content_day + self.n_kol_messages + self.n_news)
        self.novelty += min(1.0, fresh) * (1.0 - self.novelty) - used
        self.quiet_days = 0 if self.n_member_messages else self.quiet_days + 1
        self.heat *= k.heat_keep
        if self.model.draw() < k.event_rate:
            self.heat = max(self.heat, self.matter())

    def part(self, depart: Callable[[Member], None]) -> None:
        """Who has a reason to leave gives up the seat."""
        for me in self.leaving:
            self.n_removed += me.reason == "removed"
            self.n_left += me.reason == "left"
            self.n_members -= 1
            depart(me)

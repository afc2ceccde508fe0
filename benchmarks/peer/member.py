"""The member as a Mesa agent: their morning, their looks at the group, their night."""

from __future__ import annotations

from typing import TYPE_CHECKING

from benchmarks.peer.messages import CHAT, GLANCE, MORE, MORE_ON_TOPIC, PLAIN, RED_PACKET, Message
from benchmarks.peer.mind import Mind
from benchmarks.peer.ties import fade, strengthen

if TYPE_CHECKING:
    from benchmarks.peer.group import Group
    from benchmarks.peer.person import Person

__all__ = ["Member"]

SCREEN = 8


class Member(Mind):
    """An ordinary member; ``standing`` is member, lurker or regular by behaviour."""

    is_staff = False
    is_expert = False

    def __init__(self, group: Group, person: Person, channel: str, price: float) -> None:
        super().__init__(group.model)
        self.group, self.person, self.channel, self.entry_paid = group, person, channel, price
        self.take_traits(person)
        self.start_membership()
        self.is_in, self.is_gone, self.is_muted = True, False, False
        self.reason: str | None = None
        self.day_joined = self.day_rested = self.day_faded = self.model.day
        self.day_last_post = -1
        self.n_messages = self.n_active_days = self.n_purchases = self.n_invited = self.n_brought = 0
        self.ties: dict[Member, float] = {}
        self.n_strong = self.n_ties_lost = 0
        self.news = self.has_news = False
        self.n_looks = self.n_ignored = self.cursor = 0
        self.attention_left = 0.0
        self.read_upto = group.n_total
        self.wake()
        self.begin()

    def begin(self) -> None:
        """What a role is from the start."""

    def wake(self) -> None:
        """What one did and met yesterday is over."""
        self.n_posts = self.n_ads_posted = self.n_read = self.n_ads_read = self.n_host_read = self.n_unread = 0
        self.n_ties_lost = self.fen_received = self.fen_given = self.packets_seen = 0
        self.is_buying, self.owes = False, self.model.draw()
        self.read_quality = self.warmth = 0.0

    def pause(self) -> None:
        """Do nothing: for measuring what a step of an empty model costs."""

    def rise(self) -> None:
        """Morning: yesterday is over, newcomers are greeted, all are counted, and today's looks are planned."""
        if self.n_looks:
            self.wake()
        group, k, day = self.group, self.model.knobs, self.model.day
        if self.day_joined == day and not self.is_staff and group.minutes_left >= k.greet_minutes:
            group.spend("welcome", k.greet_minutes)
            self.belonging += k.welcome_joy * (1.0 - self.belonging)
        group.count(self)
        self.n_looks = self.looks_today()
        if self.n_looks:
            self.settle(day - 1)
            self.day_rested = day
            group.come(self)
            for i in range(self.n_looks):  # one look of the day may open a topic
                group.plan_look(self.look_minute(first=i == 0), self, GLANCE if i else PLAIN)
        elif (day + self.unique_id) % 7 == 0:
            self.settle(day - 1)
            if self.ties and (day + self.unique_id) % 28 == 0:
                fade(self, k)

    def can_be_roused(self) -> bool:
        """Somebody who had not meant to come today, and may hear the phone buzz."""
        return not (self.n_looks or self.is_muted or self.is_staff or self.is_gone)

    def settle(self, day: int) -> None:
        """Days without a look, up to ``day``, take effect: before the next look, and else once a week."""
        away = day - self.day_rested
        if away > 0:
            self.day_rested = day
            self.rest(away)

    def look_minute(self, first: bool) -> float:
        """Minute of a look; the first one may follow the habit of the hour."""
        group, k = self.group, self.model.knobs
        if first and group.is_content_day and group.content_hour >= 0.0:
            v = self.model.draw()
            if v < self.habit:
                return min(1439.0, group.content_hour * 60.0 + k.content_drawn_within * v)
        return self.model.minute_of(self.profile)

    def look(self, t: float, kind: str) -> None:
        """Read what is new, perhaps answer, perhaps open a topic, perhaps do what is planned."""
        group = self.group
        if self.n_looks == 0:
            self.n_looks = 1
            self.day_rested += self.day_rested < self.model.day  # called in: no day of rest
            group.come(self)
        first = self.read(group.log)
        if self.is_staff and self.n_ads_read:
            group.police(first)
        if kind is PLAIN or kind is GLANCE:
            if group.packets:
                self.take_packets()
            comes_to_ask = self.is_asking and kind is PLAIN
            if (comes_to_ask or not self.answer(t, first)) and kind is PLAIN:
                opened = self.opens()
                if opened is not None:
                    self.post(t, opened, None, opener=True)
            if self.fen_received and not self.fen_given:
                self.give(t)
            self.linger(t, first)
        elif kind is MORE or kind is MORE_ON_TOPIC:
            self.say_more(t, kind is MORE_ON_TOPIC)
        else:
            if kind is RED_PACKET:
                group.send_packet(self, group.packet_fen, int(group.packet_shares), group.packet_lucky > 0.0)
            self.post(t, kind, None, opener=True)

    def read(self, log: list[Message]) -> int:
        """Read the newest first, as far as today's attention goes; return where the reading began."""
        n = len(log)
        unread = n - self.cursor
        taken = min(unread, int(self.attention_left))
        first = n - taken
        if unread:
            for message in log[first:]:
                self.n_ads_read += message.kind == "advert"
                self.n_host_read += message.by_staff
                self.read_quality += message.quality
            self.n_read += taken
            self.n_unread += unread - taken
            self.attention_left -= taken
            self.cursor = n
        return first

    def answer(self, t: float, first: int) -> bool:
        """Answer one of the messages just read that are still on the screen, or not; newest first."""
        target = self.choose(t, first)
        if target is None:
            return False
        other = target.author
        if other.is_in:
            strengthen(self, other, self.model.knobs)
        self.post(t, "answer" if target.kind == "question" else CHAT, target, opener=False)
        return True

    def choose(self, t: float, first: int) -> Message | None:
        """The message to answer: the one that lifts the wishes, summed from the newest, over what time leaves."""
        log, k = self.group.log, self.model.knobs
        u, time = self.model.draw(), k.free / (1.0 + k.weary * self.n_posts)
        if u >= time:
            return None
        bar, total = u / (time - u) / (1.0 + self.group.heat), 0.0
        for message in reversed(log[max(first, len(log) - SCREEN) :]):
            total += self.wish(message, t)
            if total > bar:
                return message
        return None

    def linger(self, t: float, first: int) -> None:
        """Who has read something while others are talking may stay about."""
        k, log = self.model.knobs, self.group.log
        is_live = first < len(log) and log[-1].author is not self and t - log[-1].t < k.live_minutes
        if is_live and self.model.draw() < k.linger:
            self.group.plan_wait(t, k.stay_minutes, self, GLANCE)

    def post(self, t: float, kind: str, target: Message | None, opener: bool) -> None:
        """Write a message; phones buzz, the one answered is told, the author may stay about."""
        message = Message(t, self, kind, target, opener, self.worth(kind), target is not None and target.is_topic)
        self.group.add(message)
        self.stay(t, message)
        if target is None:
            self.group.buzz(self, t)
        elif target.author.is_in:
            self.group.notice(target.author, t)

    def say_more(self, t: float, on_topic: bool) -> None:
        """A further line: no phone buzzes, the author may stay about."""
        message = Message(t, self, CHAT, None, False, self.worth(CHAT), on_topic)
        self.group.add(message)
        self.stay(t, message)

    def stay(self, t: float, message: Message) -> None:
        """After a post: say more (not after an advert), or look again soon, or neither."""
        k, u = self.model.knobs, self.model.draw()
        if u < k.more:
            if self.n_ads_posted:
                return
            self.group.plan_wait(t, k.more_minutes, self, MORE_ON_TOPIC if message.is_topic else MORE)
        elif u < k.more + k.stay:
            self.group.plan_wait(t, k.stay_minutes, self, GLANCE)

    def take_packets(self) -> None:
        """Open every packet not opened before but one's own."""
        packets = self.group.packets
        for packet in packets[self.packets_seen :]:
            if packet.shares and packet.sender is not self:
                fen = packet.take(self.model.draw())
                self.fen_received += fen
                self.group.fen_taken += fen
                self.group.n_taken += 1
        self.packets_seen = len(packets)

    def give(self, t: float) -> None:
        """Pay a packet back."""
        group = self.group
        fen = self.gives()
        if fen and group.send_packet(self, fen, max(1, min(10, len(group.visitors))), True):
            self.fen_given += fen
            self.post(t, RED_PACKET, None, opener=False)

    def night(self) -> None:
        """After a day with a look: feel, let ties fade, take a standing, buy, invite, leave."""
        group, k = self.group, self.model.knobs
        self.feel()
        if self.ties:
            fade(self, k)
        self.bond()
        self.buy()
        wish, u = self.eagerness(), self.model.draw()
        most = min(int(k.invite_at_once), int(k.friends) - self.n_invited)
        group.inviters += [self for n in range(most) if u < wish ** (n + 1)]
        if self.reason is None:
            self.leave()
        self.n_ignored = 0
        if self.n_posts:
            self.day_last_post = self.model.day
            self.n_messages += self.n_posts
            self.n_active_days += 1
        if self.is_buying:
            group.n_purchases += 1
            group.revenue += k.item_price
            self.n_purchases += 1

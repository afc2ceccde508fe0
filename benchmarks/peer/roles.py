"""The exceptions: host, moderator, expert, connector, advertiser."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from benchmarks.peer.member import Member
from benchmarks.peer.messages import ADVERT, ANSWER, CHAT, CONTENT, NEWS, QUESTION
from benchmarks.peer.mind import logistic
from benchmarks.peer.person import clip

if TYPE_CHECKING:
    from benchmarks.peer.group import Group
    from benchmarks.peer.messages import Message
    from benchmarks.peer.person import Person

__all__ = ["KOL", "Advertiser", "Connector", "Host", "Moderator"]


class Aloof(Member):
    """In the group on business of their own: gives, feels, buys and brings nothing, and does not mind days away."""

    def gives(self) -> int:
        """Takes packets, gives none of their own accord."""
        return 0

    def feel(self) -> None:
        """The day's talk does not move them."""

    def rest(self, days: int) -> None:
        """Nor does its absence."""

    def bond(self) -> None:
        """Stays what they are."""

    def buy(self) -> None:
        """Sells, does not buy."""

    def eagerness(self) -> float:
        """Brings nobody."""
        return 0.0


class Host(Aloof):
    """Runs the plan as far as hours and purse go, and stays."""

    is_staff = True

    def begin(self) -> None:
        """Knows their subject, has all the attention their minutes allow."""
        self.match = self.fit = self.trust = self.belonging = 1.0
        self.expertise, self.attention, self.profile = 0.7, 2_000.0, 1
        self.reply, self.info_need, self.need_ends = 0.5, 0.5, 1e9

    def looks_today(self) -> int:
        """One look for every ten minutes at hand, at most eight."""
        left = self.group.minutes_left
        return min(8, int(self.model.draw() + 0.5 + left / 10.0)) if left > 0.0 else 0

    def opens(self) -> str | None:
        """Their openers are planned."""
        return None

    def wish(self, message: Message, t: float) -> float:
        """Questions nobody has answered; a word in reply when spoken to."""
        kind = message.kind
        if message.author is self or kind == "deleted":
            return 0.0
        if self.group.minutes_left < self.model.knobs.answer_minutes:
            return 0.0
        if kind == QUESTION and not message.n_answers:
            return 1.0
        addressed = message.target is not None and message.target.author is self
        return 0.3 if addressed and kind != ANSWER else 0.0

    def worth(self, kind: str) -> float:
        """Prepared content is worth most."""
        return {CONTENT: 1.0, ANSWER: 0.45}.get(kind, 0.05) * self.group.novelty

    def leave(self) -> None:
        """The account stays."""


class Moderator(Host):
    """Shares policing and welcoming."""

    def looks_today(self) -> int:
        """Two to four looks while there are minutes."""
        return 2 + int(3.0 * self.model.draw()) if self.group.minutes_left > 0.0 else 0


class KOL(Member):
    """An expert: answers questions, speaks on the subject, tires of trivial talk, costs a fee."""

    is_expert = True

    def begin(self) -> None:
        """Knowledge and a lasting interest."""
        self.expertise = self.match = 1.0
        self.talk, self.need_ends, self.belonging, self.is_asking = max(self.talk, 0.3), 1e9, 0.7, False

    def opens(self) -> str | None:
        """The less the more tired."""
        rate = self.talk * self.mood() * (1.0 - self.fatigue)
        return CONTENT if self.model.draw() < rate / (1.0 + rate) else None

    def wish(self, message: Message, t: float) -> float:
        """Questions three times as much."""
        eagerness = 3.0 if message.kind == QUESTION else 1.0
        return eagerness * (1.0 - self.fatigue) * super().wish(message, t)

    def idle(self, days: int) -> None:
        """Silence costs an expert no standing."""

    def bond(self) -> None:
        """Trivial questions tire."""
        group, k = self.group, self.model.knobs
        if self.n_posts:
            group.yuan_fee += k.kol_fee
        if group.n_messages:
            self.fatigue = clip(self.fatigue + 2.0 * k.bored * group.n_trivial / group.n_messages, 0.0, 1.0)


class Connector(Member):
    """Sits in several groups and carries news between them."""

    def opens(self) -> str | None:
        """News from elsewhere first; else a little more than others."""
        rate = 1.3 * self.talk * self.mood() * (1.0 + self.group.heat)
        rate += 0.5 if self.news and not self.is_asking else 0.0
        said = self.speaks(rate)
        if said != "":
            return said
        if self.news:
            self.news = False
            return NEWS
        return QUESTION if self.model.draw() < 0.4 * self.info_need else CHAT

    def idle(self, days: int) -> None:
        """Stays a connector."""

    def bond(self) -> None:
        """What was worth reading here can be told elsewhere."""
        self.has_news = self.read_quality > 0.5 * self.model.knobs.enough

    def eagerness(self) -> float:
        """Twice as ready to ask, and it does not fade below a fifth."""
        return 2.0 * self.wish_to_invite(0.2)


class Advertiser(Aloof):
    """Joins to post adverts where they pay."""

    @staticmethod
    def wants_in(person: Person, group: Group, channel: str, price: float) -> float:
        """Expected return against price and trouble."""
        expected = group.n_members * group.model.knobs.advert_value * (2.0 if group.advert_ban else 40.0)
        return logistic(3.0 * (math.log(0.01 + expected) - math.log(1.0 + price)))

    def can_be_roused(self) -> bool:
        """Comes to post, when they choose."""
        return False

    def looks_today(self) -> int:
        """On two days of three, less where nobody has written for long."""
        return 1 if self.model.draw() < 0.65 * 7.0 / (7.0 + self.group.quiet_days) else 0

    def opens(self) -> str | None:
        """An advert; with restraint where it is forbidden."""
        return ADVERT if self.model.draw() < (0.45 if self.group.advert_ban else 0.9) else None

    def wish(self, message: Message, t: float) -> float:
        """They are not here to talk."""
        return 0.0

    def leave(self) -> None:
        """Leaves what is too quiet for an advert."""
        worth = len(self.group.visitors) * self.model.knobs.advert_value * 7.0 / (7.0 + self.group.quiet_days)
        if worth < 0.05 and self.model.draw() < 0.15:
            self.go("left")

"""Messages, kinds of messages, and the kinds of looks that are not messages."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from benchmarks.peer.member import Member

__all__ = ["Message", "Packet"]

CHAT, QUESTION, ANSWER, CONTENT, ADVERT = "chat", "question", "answer", "content", "advert"
RED_PACKET, OFFER, PREVIEW, NEWS = "red_packet", "offer", "preview", "news"
DELETED = "deleted"
TOPICAL = frozenset((QUESTION, ANSWER, CONTENT, PREVIEW, NEWS))

PLAIN, MORE, GLANCE, MORE_ON_TOPIC = "plain look", "one more line", "glance", "one more line on topic"


class Message:
    """One message of the group's log."""

    __slots__ = (
        "author", "by_staff", "is_felt", "is_opener", "is_topic", "kind", "n_answers", "quality", "t", "target"
    )  # fmt: skip

    def __init__(
        self,
        t: float,
        author: Member,
        kind: str,
        target: Message | None,
        opener: bool,
        quality: float,
        follows: bool,
    ) -> None:
        self.t, self.author, self.kind, self.target = t, author, kind, target
        self.is_opener, self.quality = opener, quality
        self.is_topic = follows or kind in TOPICAL
        self.by_staff = author.is_staff
        self.n_answers = 0
        self.is_felt = False  # that nobody answered has been felt


class Packet:
    """A red packet lying open; sums in fen."""

    __slots__ = ("fen", "lucky", "sender", "shares")

    def __init__(self, sender: Member, fen: int, shares: int, lucky: bool) -> None:
        self.sender, self.fen, self.shares, self.lucky = sender, fen, shares, lucky

    def take(self, u: float) -> int:
        """The next share: uniform on [1, 2 · rest / shares left] fen if lucky, else equal; the last takes the rest."""
        if self.shares == 1:
            part = self.fen
        else:
            mean = self.fen / self.shares
            part = int(1.0 + u * (2.0 * mean - 1.0)) if self.lucky else int(mean)
            part = max(1, min(part, self.fen - (self.shares - 1)))
        self.fen -= part
        self.shares -= 1
        return part

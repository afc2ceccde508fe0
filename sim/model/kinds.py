"""Kinds of message: a table of declarations, so that nothing in the conversation asks which kind a message is.

Codes are places in this table. The model's own kinds come first; those that mechanisms append (``class kinds:``) follow
in the order of the mechanisms' names, over all mechanisms there are. So a code is known only when every mechanism is:
rules read it from their knobs (``knobs.kind_checkin``), and what a kind does from the table on the desk
(``desk.kinds[code]``).
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from sim.engine.mechanism import Mechanism, MechanismError
from sim.engine.rows import Rows, blank, record_type
from sim.engine.rule import inlined

if TYPE_CHECKING:
    from sim.model.rows import Group, Member

__all__ = [
    "BY_ADVERT", "BY_HOST", "BY_NOBODY", "BY_TALK", "KIND", "OWN", "Kind", "KindRow", "codes", "host_worth_of",
    "interest_in", "kind", "kind_table", "known_kinds", "worth_of",
]  # fmt: skip

AUTHORS = ("talk", "host", "nobody", "advert")
BY_TALK, BY_HOST, BY_NOBODY, BY_ADVERT = range(4)
"""As whose a message counts; what staff write counts as the host's, unless it is an advert."""
SUMS = ("adverts", "host")
"""Running sums along the log that a kind can feed, so that a stretch can be read at once."""


class KindRow:
    """A row of the table: what the rules need of a :class:`Kind`."""

    interest: float
    expertise: float
    info_need: float
    match: float
    crowding: float
    herd: float
    worth: float
    worth_known: float
    host_worth: float
    host_worth_known: float
    staged: float
    author: int
    is_piece: int
    is_opener: int
    is_missed: int
    is_question: int
    is_answer: int
    is_news: int
    is_ritual: int
    adverts: int  # the running sums it feeds
    host: int


KIND = record_type(KindRow)


@dataclass(frozen=True)
class Kind:
    """What a message of this kind is and does.

    Parameters
    ----------
    en, zh
        What it is called.
    author
        As whose it counts: ``talk`` of members, the ``host``'s whoever writes it, ``nobody``'s, or an ``advert``.
    is_piece
        A piece of the group's matter: it is on topic, and uses the matter up.
    is_opener
        Counts among the openers when it opens a topic.
    is_missed
        Whoever opened with it minds if nobody answers.
    is_question
        It asks: what answers it is an answer, and counts as help given.
    is_answer
        It gives help: staff who are addressed by it have nothing to say to it.
    is_news
        It brings news from elsewhere, which renews the matter.
    is_ritual
        It is said because it is time to: it earns no standing as a member who writes, and written by itself
        (:func:`sim.model.verbs.write`) it neither makes its author say more nor phones buzz. So a ritual cannot prolong
        a group's life by definition.
    interest, expertise, info_need, match
        Interest in answering it = ``interest`` + ``expertise`` · expertise + ``info_need`` · w + ``match`` · m.
    crowding
        Answers given crowd out further ones, by this share of the knob ``crowding``.
    herd
        Answers n given call for further ones: wish · (1 + ``herd`` · S(n)), S(n) = n / (1 + n).
    worth, host_worth
        Quality, written by a member or by staff: (a + b · expertise) · novelty.
    staged
        How plainly a line of this kind is not what it seems, 0 … 1: what a reader of it may see through
        (:mod:`sim.mechanisms.suspicion`). A mechanism may set it for a day, here: ``desk.kinds[code].staged``.
    feeds
        The running sum it feeds, ``adverts`` or ``host``; what staff write feeds the host's anyway.
    """

    en: str = ""
    zh: str = ""
    author: str = "talk"
    is_piece: bool = False
    is_opener: bool = False
    is_missed: bool = False
    is_question: bool = False
    is_answer: bool = False
    is_news: bool = False
    is_ritual: bool = False
    interest: float = 0.1
    expertise: float = 0.0
    info_need: float = 0.0
    match: float = 0.0
    crowding: float = 1.0
    herd: float = 0.0
    worth: tuple[float, float] = (0.0, 0.0)
    host_worth: tuple[float, float] = (0.05, 0.0)
    staged: float = 0.0
    feeds: str = ""

    def row(self) -> tuple[Any, ...]:
        """The kind as a row of the table."""
        same = {name: getattr(self, name) for name in KIND.names or () if hasattr(self, name)}
        sums = {name: self.feeds == name for name in SUMS}
        worth = dict(zip(("worth", "worth_known"), self.worth, strict=True))
        host_worth = dict(zip(("host_worth", "host_worth_known"), self.host_worth, strict=True))
        made = {**same, **sums, **worth, **host_worth, "author": AUTHORS.index(self.author)}
        return tuple(made[name] for name in KIND.names or ())


kind = Kind
"""Declares a kind that a mechanism appends, in its ``class kinds:``."""

OWN: dict[str, Kind] = {
    "chat": Kind("chat", "闲聊", is_opener=True, is_missed=True, interest=1.2, info_need=-0.7, worth=(0.08, 0.0)),
    "question": Kind("question", "提问", is_piece=True, is_opener=True, is_missed=True, is_question=True,
                     interest=0.6, expertise=1.4, worth=(0.08, 0.0)),
    "answer": Kind("answer", "回答", is_piece=True, is_answer=True, interest=1.2, info_need=-0.7,
                   worth=(0.15, 0.6), host_worth=(0.45, 0.0)),
    "content": Kind("content", "内容", is_piece=True, is_opener=True, is_missed=True, interest=0.4, match=0.8,
                    worth=(0.3, 0.7), host_worth=(1.0, 0.0)),
    "advert": Kind("advert", "广告", author="advert", feeds="adverts"),
    "red_packet": Kind("red packet", "红包", author="nobody"),
    "offer": Kind("offer", "促销"),
    "system": Kind("system", "系统消息", author="nobody"),
    "preview": Kind("preview", "预告", is_piece=True),
    "news": Kind("news", "消息", is_piece=True, is_opener=True, is_news=True, interest=0.4, match=0.8,
                 worth=(0.3, 0.7)),
}  # fmt: skip
"""The model's own kinds. Their order is part of stored tables: append, never renumber. Source: assumption."""


def known_kinds() -> dict[str, Kind]:
    """Every kind by name, in the order of codes: the model's own, then those of all mechanisms that are known."""
    found = dict(OWN)
    for name in sorted(Mechanism.known):
        one = Mechanism.known[name]
        for appended, declared in one.declared.kinds.items():
            if appended in found:
                raise MechanismError(f"{one.__name__}: there is a kind '{appended}' already; choose another name")
            found[appended] = declared
    return found


def codes() -> dict[str, int]:
    """The code of every kind."""
    return {name: code for code, name in enumerate(known_kinds())}


def kind_table() -> Rows[KindRow]:
    """One row of type :data:`KIND` for every kind."""
    kinds = known_kinds()
    table: Rows[KindRow] = blank(len(kinds), KIND)
    table[:] = [one.row() for one in kinds.values()]
    return table


@inlined
def interest_in(it: KindRow, me: Member) -> float:
    """Interest in answering: a + b · expertise + c · w + d · m."""
    return it.interest + it.expertise * me.expertise + it.info_need * me.info_need + it.match * me.match


@inlined
def worth_of(it: KindRow, me: Member, group: Group) -> float:
    """Quality of a member's message, for readers whom the topic fits: (a + b · expertise) · novelty."""
    return (it.worth + it.worth_known * me.expertise) * group.novelty


@inlined
def host_worth_of(it: KindRow, me: Member, group: Group) -> float:
    """Quality of a message of staff: (a + b · expertise) · novelty."""
    return (it.host_worth + it.host_worth_known * me.expertise) * group.novelty

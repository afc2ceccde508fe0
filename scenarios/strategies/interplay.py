"""What pairs of strategies are predicted to do together, said before they were played.

Fifteen pairs: seven that should be more than the sum, three that do the same thing twice, five of which one spoils the
other. Each names something that members do or feel. They are not tuned to afterwards: where it does not come, the table
of ``shequn pairs`` says so. Source of all: assumptions, made when the strategies were designed.
"""

from __future__ import annotations

from dataclasses import dataclass

__all__ = ["PREDICTED", "Predicted"]

_PURSE = ("operator.purse=1e8",)
"""Office hours and welfare cost more than the purse of a small operator; money is not what is asked about."""


@dataclass(frozen=True)
class Predicted:
    """``first`` and ``second`` together: ``word`` (synergy, substitutes, conflict) in ``outcome``, because of ``why``.

    ``beside`` is a strategy that is played in all four arms, ``settings`` are overrides of all four, ``doses`` values
    that differ from the default (``NAME.KNOB=VALUE``) where the strategy is played, ``days`` how long all are played.
    """

    first: str
    second: str
    word: str
    outcome: str
    why: str
    beside: str = ""
    settings: tuple[str, ...] = ()
    doses: tuple[str, ...] = ()
    days: int = 180


PREDICTED: tuple[Predicted, ...] = (
    # S8 × S32
    Predicted("introductions", "segments", "synergy", "purchases", "who introduces themselves is tagged for nothing"),
    # S12 × S16
    Predicted("daily_topic", "red_packet", "synergy", "member_messages", "the packet brings people to the topic"),
    # S19 × S35
    Predicted("office_hours", "packet_per_invite", "synergy", "stayed", "who was brought finds something to stay for",
              settings=_PURSE),
    # S23 × S52
    Predicted("advert_ban", "lively_founders", "synergy", "stayed", "lively first weeks, and none of them for adverts"),
    # S14 × S54
    Predicted("checkin", "pooled_fees", "synergy", "left", "penalties come back as prizes", beside="paid_entry"),
    # S29 × S53
    Predicted("regroup", "gift_at_n", "synergy", "brought", "who fits asks friends for the gift", days=365,
              doses=("gift_at_n.members=40",)),
    # S31 × S44
    Predicted("dissolve", "project_group", "synergy", "trust", "what ends in time is believed the next time", days=365),
    # S16 × S17
    Predicted("red_packet", "welfare", "substitutes", "stayed", "both please by money, and people get used to it",
              settings=_PURSE),
    # S22 × S50
    Predicted("co_moderators", "answer_at_once", "substitutes", "answered", "both answer who would wait",
              settings=("operator.hours=1",)),
    # S9 × S13
    Predicted("fixed_time", "morning_greeting", "substitutes", "readers", "both make a habit of looking in"),
    # S34 × S6
    Predicted("gift_for_invites", "screening", "conflict", "brought", "the gift brings the unsuited, who are refused"),
    # S21 × S19
    Predicted("shills", "office_hours", "conflict", "trust", "experts see through staged lines", settings=_PURSE),
    # S25 × S9
    Predicted("hard_adverts", "fixed_time", "conflict", "readers", "who comes for content meets adverts"),
    # S37 × S29
    Predicted("campaign_again", "regroup", "conflict", "posters", "new groups are asked the old favours", days=365),
    # S23 × S59
    Predicted("advert_ban", "members_market", "conflict", "off_host_replies", "trades look like adverts"),
)  # fmt: skip

"""Conversations, and who answers whom: how long until somebody does, how many join in, whether it goes both ways."""

from __future__ import annotations

import numpy as np
import pandas as pd

from sim.analysis.fit.scales import quantiles, share
from sim.analysis.logs.talk import DAY, MINUTE, Floats, Ints, Talk, first_posts, openers, room_gaps, until_other

__all__ = ["LABELS", "LOGS", "OF_REPLIES", "talks"]

_TALKING = 30 * MINUTE
_NEW = 7 * DAY  # since the first post
_LEAST = 6  # marked replies, below which nothing is told of them

OF_REPLIES: dict[str, tuple[str, str]] = {
    "replies": ("messages marked as replies", "标明回复的消息"),
    "reply_wait": ("minutes until a marked reply", "标明的回复相隔分钟数"),
    "replies_to_openers": ("of marked replies, those to an opener", "标明的回复中回应话题开头的"),
    "replies_to_new": ("of marked replies, those to somebody new", "标明的回复中回应新人的"),
    "replies_by_new": ("of marked replies, those by somebody new", "标明的回复中新人所写的"),
    "mutual": ("of pairs with marked replies, those where both reply", "有标明回复的成员对中互相回复的比例"),
    "again": ("marked replies of one member to one other", "同一人标明回复同一人的次数"),
}
"""Of a log in which replies are marked."""
LABELS: dict[str, tuple[str, str]] = {
    "wait": ("minutes until somebody else speaks after an opener", "话题开启后到他人开口的分钟数"),
    "talk_size": ("messages a conversation", "每场对话的消息数"),
    "talkers": ("people in a conversation", "每场对话的人数"),
    "largest_talks": ("share of the largest hundredth of conversations", "最大百分之一对话的消息占比"),
    "lines_one": ("conversations of one message", "只有一条消息的对话"),
    "lines_two": ("conversations of two messages", "两条消息的对话"),
    "lines_ten": ("conversations of ten messages or more", "十条及以上消息的对话"),
    "people_one": ("conversations of one person", "只有一人的对话"),
    "people_two": ("conversations of two people", "两个人的对话"),
    "people_five": ("conversations of five people or more", "五人及以上的对话"),
    **OF_REPLIES,
}
LOGS = ("wait", "talk_size", "talkers", "reply_wait", "again")
"""Stand as logarithms."""


def talks(talk: Talk) -> dict[str, float]:
    """Every summary of :data:`LABELS`."""
    return {**_conversations(talk), **_replies(talk), **_waits(talk)}


def _conversations(talk: Talk) -> dict[str, float]:
    """Messages and people of the conversations, which half an hour of silence ends."""
    begins = np.ones(talk.n, bool)
    gap, later = room_gaps(talk)
    begins[later] = gap >= _TALKING
    number: Ints = np.cumsum(begins) - 1
    size = np.bincount(number).astype(np.float64)
    pairs = pd.DataFrame({"talk": number, "author": talk.author}).drop_duplicates()
    people: Floats = pairs.groupby("talk").size().to_numpy(np.float64)
    largest = np.sort(size)[::-1][: max(1, round(len(size) / 100))].sum() / max(talk.n, 1)
    return {
        **quantiles("talk_size", np.log(size), (0.9, 0.99)),
        "talkers": float(np.log(people.mean())) if talk.n else float("nan"),
        "largest_talks": float(np.sqrt(largest)) if talk.n else float("nan"),
        "lines_one": share(size == 1), "lines_two": share(size == 2), "lines_ten": share(size >= 10),
        "people_one": share(people == 1), "people_two": share(people == 2), "people_five": share(people >= 5),
    }  # fmt: skip


def _waits(talk: Talk) -> dict[str, float]:
    """From each opener to the next message of somebody else within a day."""
    wait = until_other(talk)[openers(talk)]
    return quantiles("wait", np.log((wait[wait < DAY] + 1) / MINUTE))


def _replies(talk: Talk) -> dict[str, float]:
    """What marked replies tell; nothing where there are hardly any."""
    found = dict.fromkeys(OF_REPLIES, float("nan")) | {"replies": share(talk.answers)}
    at = np.flatnonzero(talk.reply >= 0)
    if len(at) < _LEAST:
        return found
    to = talk.reply[at]
    age = talk.t - talk.t[first_posts(talk)][talk.author]
    pairs = pd.DataFrame({"by": talk.author[at], "to": talk.author[to]}).value_counts().rename("n").reset_index()
    back = pairs.merge(pairs, left_on=["by", "to"], right_on=["to", "by"], how="left")["n_y"].notna().to_numpy(bool)
    return found | {
        "reply_wait": float(np.median(np.log((talk.t[at] - talk.t[to] + 1) / MINUTE))),
        "replies_to_openers": share(openers(talk)[to]),
        "replies_to_new": share(age[to] < _NEW),
        "replies_by_new": share(age[at] < _NEW),
        "mutual": share(back),
        "again": float(np.log(pairs["n"].mean())),
    }

"""What a line of WeChat is by the numbers and the words that exports give it."""

from __future__ import annotations

import re
from collections.abc import Iterator

from sim.exchange.format import Row
from sim.exchange.notices import told
from sim.exchange.tokens import kind_of_text

__all__ = ["kind_named", "rows_of"]

Kind = tuple[int, int]  # type, subtype
_KINDS = {1: "text", 3: "image", 34: "voice", 42: "file", 43: "video", 47: "sticker", 48: "file", 50: "notice"}
_APPS = {6: "file", 19: "text", 57: "text", 62: "action", 87: "notice", 2000: "notice", 2001: "red_packet",
         2003: "red_packet"}  # fmt: skip
_PROGRAM = (10000, 10002)
_NAMED = {
    "文本": (1, 0), "图片": (3, 0), "语音": (34, 0), "名片": (42, 0), "视频": (43, 0), "动画表情": (47, 0),
    "表情": (47, 0), "位置": (48, 0), "文件": (49, 6), "合并转发的聊天记录": (49, 19), "引用回复": (49, 57),
    "引用": (49, 57), "转账": (49, 2000), "红包": (49, 2001), "红包封面": (49, 2003), "语音通话": (50, 0),
    "系统通知": (10000, 0), "系统消息": (10000, 0), "拍一拍": (49, 62), "撤回消息": (10002, 0), "群公告": (49, 87),
}  # fmt: skip


def kind_named(word: str) -> Kind:
    """The numbers behind a word for a kind; of a word that is not known those of a link or a card."""
    return _NAMED.get(word.strip().removeprefix("(分享)"), (49, 0))


def rows_of(
    when: float, who: str, name: str, kind: Kind, body: str, group: str | None, own: str | None = None
) -> Iterator[Row]:
    """The rows that a line of WeChat stands for."""
    type_, sub = kind
    if type_ in _PROGRAM:
        for what, other, channel in told(re.sub(r"<[^<>]{0,200}>", "", body)):
            yield Row(when, "", what, group, other, None if other else own, channel=channel)
        return
    what = _APPS.get(sub, "link") if type_ == 49 else _KINDS.get(type_, "text")
    yield Row(when, who or "?", kind_of_text(body) if what == "text" else what, group, name, own)

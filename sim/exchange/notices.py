"""Sentences of WeChat, QQ and ChatLab files that tell who came and went: quoted names, in Chinese and English."""

from __future__ import annotations

import re
from collections.abc import Iterator

from sim.analysis.logs.comings import REMOVED

__all__ = ["told"]

_INTO, _OUT_OF = "加入了?(?:群聊|本群|该群|群)", "(?:群聊|本群|该群|群)"
_TABLE = [
    (re.compile(pattern), kind, channel)
    for pattern, kind, channel in (
        (rf".*?邀请(?P<who>.+?){_INTO}.*", "join", "invited"),
        (rf"(?P<who>.+?)通过扫描.*二维码.*{_INTO}.*", "join", "qr_code"),
        (r"(?P<who>.+?)通过.*(?:链接|分享).*加入.*", "join", "link"),
        (rf"(?P<who>.+?)已?经?{_INTO}.*", "join", None),
        (rf".*?将(?P<who>.+?)移出了?{_OUT_OF}.*", "leave", REMOVED),
        (rf"(?P<who>.+?)被.*移[出除].*{_OUT_OF}.*", "leave", REMOVED),
        (rf"(?P<who>.+?)已?经?(?:退出|离开)了?{_OUT_OF}.*", "leave", None),
        (r"(?P<who>.+?) (?:has )?joined(?: the group| via .*)?\.?", "join", None),
        (r"(?P<who>.+?) (?:has )?left(?: the group)?\.?", "leave", None),
    )
]
_RECALLED = re.compile(r".*撤回了一条消息.*|.*recalled a message.*", re.I)
_QUOTES = ' "“”「」'
_LONGEST = 200  # characters: such sentences are short
_SELF = ("你", "您", "You", "you")


def told(sentence: str) -> Iterator[tuple[str, str, str | None]]:
    """Kind, name and way of everybody of whom a sentence tells; a notice without a name where it tells of nobody.

    >>> list(told('"老王"邀请"小李、小陈"加入了群聊'))
    [('join', '小李', 'invited'), ('join', '小陈', 'invited')]
    >>> list(told('"老王"撤回了一条消息'))
    [('notice', '', None)]
    """
    text = " ".join(sentence[:_LONGEST].split())
    for pattern, kind, channel in _TABLE:
        if found := pattern.fullmatch(text):
            names = [one.strip(_QUOTES) for one in found["who"].split("、")]
            people = [one for one in names if one and one not in _SELF]
            yield from ((kind, one, channel) for one in people)
            if people:
                return
    yield ("notice" if _RECALLED.fullmatch(text) else "system"), "", None

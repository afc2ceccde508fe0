"""Words in square brackets that stand for what is no text: ``[图片]``, ``[Photo]``; simulated kinds are written so too.

A message that is nothing but such a word is of that kind. Programs in China write pictures and packets this way, and
what we write of a simulated group (``[question]``, ``[advert]``) is found again by it.
"""

from __future__ import annotations

import re

__all__ = ["kind_of_text", "placeholder"]

#: What is written for a simulated kind, in English and Chinese.
WRITTEN = {
    "chat": ("chat", "闲聊"), "question": ("question", "提问"), "answer": ("answer", "回答"),
    "content": ("content", "干货"), "preview": ("preview", "预告"), "news": ("news", "消息"),
    "advert": ("advert", "广告"), "offer": ("offer", "推销"), "red_packet": ("red packet", "红包"),
    "text": ("text", "文字"), "link": ("link", "链接"), "image": ("photo", "图片"), "voice": ("voice", "语音"),
    "video": ("video", "视频"), "sticker": ("sticker", "表情"), "file": ("file", "文件"),
    "code": ("code", "代码"), "crosspost": ("crosspost", "转贴"), "action": ("action", "动作"),
    "bot": ("bot", "机器人"), "system": ("system", "系统消息"), "notice": ("notice", "公告"),
}  # fmt: skip
_MORE = {
    "image": ("image", "picture", "gif", "照片", "動畫圖片"), "sticker": ("动画表情", "貼圖", "表情包", "emoji"),
    "voice": ("audio", "语音消息"), "video": ("短视频", "视频通话"), "file": ("document", "文档"),
    "red_packet": ("QQ红包", "微信红包", "口令红包", "恭喜发财，大吉大利"), "link": ("分享", "网页"),
    "action": ("戳一戳", "拍一拍"),
}  # fmt: skip
_KINDS = {word.lower(): kind for table in (_MORE, WRITTEN) for kind, words in table.items() for word in words}
_BRACKETS = re.compile(r"[\[【]([^\[\]【】]{1,40})[\]】]")


def placeholder(kind: str, lang: str) -> str:
    """The made-up text of a message of that kind.

    >>> placeholder("question", "en"), placeholder("advert", "zh")
    ('[question]', '[广告]')
    """
    words = WRITTEN.get(kind, (f"notice: {kind}", f"公告: {kind}"))  # kinds of mechanisms are no talk between people
    return f"[{words[lang == 'zh']}]"


def kind_of_text(text: str) -> str:
    """The kind of a message by its text: a word in brackets, a link, else text.

    >>> kind_of_text("[图片]"), kind_of_text("see https://example.org"), kind_of_text("[sic] no")
    ('image', 'link', 'text')
    """
    body = text.strip()
    if body[:1] in ("[", "【") and (found := _BRACKETS.fullmatch(body)):
        return _KINDS.get(found[1].partition(":")[0].strip().lower(), "text")
    return "link" if "http://" in body or "https://" in body else "text"

"""What WhatsApp itself writes into an exported chat, by language: English, German, Spanish, Portuguese, Chinese.

Catalogues of these sentences disagree, and they change; so any whole line in ``<…>`` is a picture or the like, and a
sentence that is not known here is a notice, never talk.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from sim.analysis.logs.comings import REMOVED

__all__ = ["GONE", "comings", "media", "plain"]

_MARKS = dict.fromkeys(map(ord, "\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069"))
_SPACES = str.maketrans("\u202f\u00a0", "  ")

_DELETED = (
    "This message was deleted", "You deleted this message", "Diese Nachricht wurde gelöscht",
    "Du hast diese Nachricht gelöscht", "Se eliminó este mensaje", "Eliminaste este mensaje",
    "Essa mensagem foi apagada", "Mensagem apagada", "Você apagou esta mensagem", "这条消息已删除", "您已删除这条消息",
    "此訊息已刪除", "您已刪除此訊息",
)  # fmt: skip
#: A message that was taken back: whole lines.
GONE = frozenset(mark + one + end for one in _DELETED for end in ("", ".", "。") for mark in ("", "\u200e"))

_EDITED = frozenset({
    "this message was edited", "diese nachricht wurde bearbeitet", "se editó este mensaje", "mensagem editada",
})  # fmt: skip

# Words for a kind of attachment, then what is said of one that was left out. Longer words before those they hold.
_ATTACHED = (
    ("sticker", r"sticker|figurinha|贴图|貼圖"),
    ("video", r"video|vídeo|视频|影片|gif"),
    ("voice", r"audio|áudio|ptt|opus|音频|音訊|语音|語音"),
    ("image", r"image|imagen|imagem|bild|photo|foto|图片|圖片|img"),
    ("file", r"document|documento|dokument|文档|文件|vcf|contact|kontakt|contacto|contato"),
)  # fmt: skip
_LEFT_OUT = re.compile(r"omitted|weggelassen|omitid[oa]|oculta|ausgeschlossen|略去|省略", re.I)
_ATTACHMENT = r"file attached|datei angehängt|archivo adjunto|arquivo anexado|文件附件|檔案附件|附件"
_FILE = re.compile(rf"\((?:{_ATTACHMENT})\)$", re.I)
_INSIDE = re.compile(r"<(?:attached|anhang|adjunto|anexado|附件)\s?[:：]", re.I)

# Who came and went: patterns of sentences, with the way in.
_WHO = r"(?P<who>.+?)"
_LINK = (
    rf"{_WHO} joined using (?:this group's|your|an?) invite link", rf"{_WHO} joined from the community",
    rf"{_WHO} ist .*Einladungslink.* beigetreten",
    rf"{_WHO} se unió (?:usando|mediante|con) el enlace de invitación.*",
    rf"{_WHO} entrou usando o link de convite.*", rf"{_WHO} entrou neste grupo através da comunidade",
    r"(?P<who>.+?)\s?(?:通过|使用).*链接加入.*", r"(?P<who>.+?)\s?(?:透過|使用).*連結加入.*",
)  # fmt: skip
_JOINED = (
    rf"{_WHO} joined", rf"{_WHO} (?:ist )?beigetreten", rf"{_WHO} se unió", rf"{_WHO} entrou",
    rf"{_WHO}\s?已?加入了?(?:本?群组?|群組)?",
)  # fmt: skip
_ADDED = (
    r"(?:.+?) added (?P<who>.+)", r"(?:.+?) hat (?P<who>.+?) hinzugefügt", r"(?:.+?) añadió a (?P<who>.+)",
    r"(?:.+?) adicionou (?P<who>.+)", r"(?:.+?)\s?添加了\s?(?P<who>.+)", r"(?:.+?)\s?新增了\s?(?P<who>.+)",
)  # fmt: skip
_LEFT = (
    rf"{_WHO} left(?: the group)?", rf"{_WHO} hat die Gruppe verlassen", rf"{_WHO} salió del grupo",
    rf"{_WHO} saiu(?: do grupo)?",
    r"(?P<who>.+?)\s?(?:已?退出了?|已离开)(?:本?群组?|群組)?", r"(?P<who>.+?)\s?已(?:離開|退出)群組",
)  # fmt: skip
_REMOVED = (
    r"(?:.+?) removed (?P<who>.+)", r"(?:.+?) hat (?P<who>.+?) entfernt", r"(?:.+?) eliminó a (?P<who>.+)",
    r"(?:.+?) removeu (?P<who>.+)", r"(?:.+?)\s?(?:移除了|已移除)\s?(?P<who>.+)",
)  # fmt: skip
_CREATED = (
    r".+ created (?:the )?group.*", r".+ hat die Gruppe .*erstellt", r".+ creó el grupo.*", r".+ criou o grupo.*",
    r".+(?:创建了|建立了).*群.*",
)  # fmt: skip
_TABLE = [
    (re.compile(f"(?:{pattern})[.。]?", re.I), kind, channel)
    for kind, channel, patterns in (
        ("created", None, _CREATED), ("join", "link", _LINK), ("join", "invited", _ADDED), ("leave", None, _LEFT),
        ("leave", REMOVED, _REMOVED), ("join", None, _JOINED),
    ) for pattern in patterns
]  # fmt: skip
_LONGEST = 500  # characters; whoever adds many people at once is told of in a long sentence
_BETWEEN = re.compile(r", | and | und | y | e |、|和|及")
_SELF = frozenset({"you", "du", "dich", "tú", "ti", "te", "você", "您", "你"})


def plain(name: str) -> str:
    """A name without marks of direction, with common spaces, and without the tilde before who is in no address book.

    >>> plain("\\u200e~\\u202fAna"), plain("+49\\u00a0170 1")
    ('Ana', '+49 170 1')
    """
    return name.translate(_MARKS).translate(_SPACES).strip().removeprefix("~").strip().removeprefix("@")


def media(body: str) -> str | None:
    """The kind of what a line stands for instead of text, or None; ``body`` begins with a mark or ends in a bracket."""
    text = body.translate(_MARKS).strip()
    whole = text.startswith("<") and text.endswith(">")
    marked = body.startswith("\u200e") and _LEFT_OUT.search(text) is not None
    if not (whole or marked or _FILE.search(text) or _INSIDE.search(text)):
        return None
    if text.lower().strip("<>.") in _EDITED:
        return None
    return next((kind for kind, words in _ATTACHED if re.search(words, text, re.I)), "image")


def comings(sentence: str) -> Iterator[tuple[str, str, str | None]]:
    """Kind, name and way of everybody of whom a sentence says that they came or went; of other sentences, a notice.

    >>> list(comings("Ana added Bo and Cem"))
    [('join', 'Bo', 'invited'), ('join', 'Cem', 'invited')]
    >>> list(comings("You're now an admin"))
    [('system', '', None)]
    """
    text = sentence[:_LONGEST].translate(_MARKS).translate(_SPACES).strip()
    for pattern, kind, channel in _TABLE:
        if found := pattern.fullmatch(text):
            names = [plain(one) for one in _BETWEEN.split(found.groupdict().get("who") or "")]
            people = [one for one in names if one and one.lower() not in _SELF]
            if kind == "created" or not people:
                yield ("created" if kind == "created" else "system"), "", None
            else:
                yield from ((kind, one, channel) for one in people)
            return
    yield "system", "", None

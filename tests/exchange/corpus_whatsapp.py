"""Made-up chats as WhatsApp exports them, by language."""

from __future__ import annotations

__all__ = ["IPHONE", "WHATSAPP"]

NNBSP, MARK = "\u202f", "\u200e"

# Locale → the lines of an Android export, then what is to be read: kinds in order ("join:link" with the way in).
WHATSAPP: dict[str, tuple[str, list[str]]] = {
    "en-US": (
        f"""12/31/25, 8:03{NNBSP}PM - Messages and calls are end-to-end encrypted. Tap to learn more.
12/31/25, 8:03{NNBSP}PM - Ana created group "Book club: 2026"
12/31/25, 8:04{NNBSP}PM - ~{NNBSP}Bo joined using this group's invite link
12/31/25, 8:05{NNBSP}PM - Ana: hi
and a second line

1/1/26, 12:01{NNBSP}AM - Bo: left
1/1/26, 12:02{NNBSP}AM - Bo: <Media omitted>
1/1/26, 12:02{NNBSP}AM - +1 (555)\u00a0010-0000: IMG-20260101-WA0001.jpg (file attached)
a caption
1/1/26, 12:03{NNBSP}AM - Ana: see https://example.org <This message was edited>
1/1/26, 12:03{NNBSP}AM - Bo: This message was deleted
1/1/26, 12:04{NNBSP}AM - Ana added Cem and +1 (555)\u00a0010-0001
1/2/26, 7:00{NNBSP}AM - Bo: look what he wrote:
12/24/25, 9:15{NNBSP}AM - Zed: pasted from elsewhere
1/2/26, 7:01{NNBSP}AM - Bo left
""",
        "system system join:link text text image image link notice join:invited join:invited text leave".split(),
    ),
    "en-GB": (
        """31/12/2025, 20:03 - Ana: hi
31/12/2025, 20:04 - Bo: POLL:
Which day?
01/01/2026, 00:00 - Cem joined using this group's invite link
01/01/2026, 00:01 - Cem: photo.webp (file attached)
01/01/2026, 00:02 - Ana removed Cem
""",
        "text text join:link image leave:removed".split(),
    ),
    "de": (
        """31.12.25, 20:03 - Ana hat die Gruppe „Lesekreis" erstellt
31.12.25, 20:03 - Bo ist über den Einladungslink dieser Gruppe beigetreten
31.12.25, 20:04 - Ana hat Cem hinzugefügt
31.12.25, 20:05 - Cem: <Medien ausgeschlossen>
31.12.25, 20:06 - Bo: Diese Nachricht wurde gelöscht
01.01.26, 00:01 - Cem: Frohes Neues <Diese Nachricht wurde bearbeitet.>
01.01.26, 00:02 - Cem hat die Gruppe verlassen
""",
        "system join:link join:invited image notice text leave".split(),
    ),
    "es": (
        f"""31/12/25, 8:03{NNBSP}p.{NNBSP}m. - Bo se unió usando el enlace de invitación de este grupo.
31/12/25, 8:04\u00a0p.\u00a0m. - Ana añadió a Cem
31/12/25, 8:05 p. m. - Cem: <Multimedia omitido>
1/1/26, 12:06 a. m. - Bo: Se eliminó este mensaje.
1/1/26, 12:07 a. m. - Bo: IMG-20260101-WA0002.jpg (archivo adjunto)
1/1/26, 12:08 a. m. - Cem salió del grupo
""",
        "join:link join:invited image notice image leave".split(),
    ),
    "pt-BR": (
        """31/12/2025 20:03 - Bo entrou usando o link de convite deste grupo
31/12/2025 20:03 - Ana adicionou Cem
31/12/2025 20:05 - Cem: <Mídia oculta>
31/12/2025 20:05 - Cem: <Arquivo de mídia oculto>
01/01/2026 00:06 - Bo: Essa mensagem foi apagada
01/01/2026 00:07 - Bo: bom dia
01/01/2026 00:08 - Cem saiu
""",
        "join:link join:invited image image notice text leave".split(),
    ),
    "zh-CN": (
        """2025/12/31 下午8:03 - 老王创建了群组“读书群”
2025/12/31 下午8:03 - 小李通过群组邀请链接加入
2025/12/31 下午8:04 - 老王添加了小陈
2025/12/31 下午8:05 - 小陈: <省略影音内容>
2025/12/31 下午8:05 - 小陈: <媒体省略>
2026/1/1 上午12:06 - 小李: 这条消息已删除
2026/1/1 上午12:07 - 小李: 新年好：大家
2026/1/1 上午12:08 - 小陈退出了
""",
        "system join:link join:invited image image notice text leave".split(),
    ),
    "zh-TW": (
        """2025/12/31 20:03 - 小李透過群組邀請連結加入
2025/12/31 20:04 - 老王新增了小陳
2025/12/31 20:05 - 小陳: <已省略多媒體檔案>
2026/1/1 00:06 - 小李: 此訊息已刪除
2026/1/1 00:07 - 小李: 新年快樂
2026/1/1 00:08 - 小陳已離開群組
""",
        "join:link join:invited image notice text leave".split(),
    ),
    "hi": (
        """31/12/25, 8:03 pm - कोई वाक्य जो ज्ञात नहीं है
31/12/25, 8:04 pm - Ana: नमस्ते
01/01/26, 12:05 am - Bo: <कुछ छोड़ा गया>
""",
        "system text image".split(),
    ),
}

# The same of an iPhone: U+200E before what is of the program; the group is the author of its notices.
IPHONE: dict[str, tuple[str, list[str]]] = {
    "en-US": (
        f"""[12/31/25, 8:03:15{NNBSP}PM] Book club: {MARK}Messages and calls are end-to-end encrypted.
{MARK}[12/31/25, 8:03:20{NNBSP}PM] ~{NNBSP}Bo: {MARK}Bo joined using this group's invite link
[12/31/25, 8:04:00{NNBSP}PM] Ana: hi
second line
{MARK}[12/31/25, 8:04:30{NNBSP}PM] Bo: {MARK}image omitted
[1/1/26, 12:05:00{NNBSP}AM] Bo: {MARK}sticker omitted
[1/1/26, 12:05:01{NNBSP}AM] Bo: {MARK}audio omitted
[1/1/26, 12:05:02{NNBSP}AM] Bo: {MARK}rules.pdf • 2 pages document omitted
[1/1/26, 12:05:03{NNBSP}AM] Bo: left
[1/1/26, 12:05:04{NNBSP}AM] Ana: {MARK}This message was deleted.
[1/1/26, 12:05:09{NNBSP}AM] Bo: {MARK}<attached: 00000007-PHOTO-2025-12-31-20-03-15.jpg>
[1/1/26, 12:06:09{NNBSP}AM] Bo: {MARK}Bo left
""",
        "system join:link text image sticker voice file text notice image leave".split(),
    ),
    "de": (
        f"""[31.12.25, 20:03:15] Lesekreis: {MARK}Nachrichten und Anrufe sind verschlüsselt.
[31.12.25, 20:04:15] Ana: {MARK}Bild weggelassen
[01.01.26, 00:04:15] Ana: {MARK}Audio weggelassen
[01.01.26, 00:05:15] Bo: {MARK}<Anhang: 00000007-PHOTO-2025-12-31-20-03-15.jpg>
""",
        "system image voice image".split(),
    ),
    "zh-TW": (
        f"""[2025/12/31 下午8:03:15] 讀書群: {MARK}訊息和通話都受到加密保護。
[2025/12/31 下午8:04:15] 小李: {MARK}圖片已略去
[2026/1/1 上午12:04:15] 小李: 晚安
""",
        "system image text".split(),
    ),
}

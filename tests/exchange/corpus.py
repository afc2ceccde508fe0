"""Made-up files of every format, with the traps that real ones have. Nobody in them lives."""

from __future__ import annotations

import json

from tests.exchange.corpus_whatsapp import IPHONE, WHATSAPP

__all__ = ["FILES"]

def _telegram() -> str:
    base = {"text": "", "text_entities": []}
    said = [
        {"id": 1, "type": "service", "date_unixtime": "1772366400", "actor": "Host", "actor_id": "user7",
         "action": "create_group", "title": "Book club", "members": ["Host"], **base},
        {"id": 2, "type": "service", "date_unixtime": "1772366401", "actor": "Lin", "actor_id": "user77",
         "action": "join_group_by_link", "inviter": "Host", **base},
        {"id": 3, "type": "service", "date_unixtime": "1772366402", "actor": "Host", "actor_id": "user7",
         "action": "invite_members", "members": ["Cem", None], **base},
        {"id": 41, "type": "message", "date_unixtime": "1772366403", "from": "Lin", "from_id": "user77", **base,
         "text": "hi"},
        {"id": 43, "type": "message", "date_unixtime": "1772366409", "from": "Host", "from_id": "user7",
         "reply_to_message_id": 41, **base, "text": ["welcome ", {"type": "mention", "text": "@lin"}]},
        {"id": 44, "type": "message", "date_unixtime": "1772366410", "from": "Cem", "from_id": "user9", **base,
         "photo": "(File not included.)", "reactions": [{"type": "emoji", "count": 2, "emoji": "👍"}]},
        {"id": 45, "type": "message", "date_unixtime": "1772366411", "from": None, "from_id": "user5", **base,
         "text": "an account that was deleted", "reply_to_message_id": 12},
        {"id": 46, "type": "message", "date_unixtime": "1772366412", "from": "Lin", "from_id": "user77", **base,
         "file": "x", "media_type": "sticker"},
        {"id": 47, "type": "service", "date_unixtime": "1772366413", "actor": "Lin", "actor_id": "user77",
         "action": "remove_members", "members": ["Lin"], **base},
    ]  # fmt: skip
    return json.dumps({"name": "Book club", "type": "private_supergroup", "id": 9, "messages": said}, indent=1)


def _account() -> str:
    group = json.loads(_telegram())
    alone = {**group, "type": "personal_chat", "name": "Lin", "id": 77}
    about = {"about": "…", "personal_information": {"user_id": 7}, "contacts": {"list": []}}
    return json.dumps({**about, "chats": {"about": "", "list": [alone, group, {**group, "id": 10}]},
                       "left_chats": {"list": [{**group, "id": 11}]}})  # fmt: skip


_CHATLAB = [
    {"sender": "a", "accountName": "老王", "timestamp": 1772366400, "type": 80,
     "content": '"老王"邀请"小李"加入了群聊'},
    {"sender": "b", "accountName": "小李", "timestamp": 1772366401, "type": 0, "content": "大家好"},
    {"sender": "a", "accountName": "老王", "timestamp": 1772366402, "type": 20, "content": None},
    {"sender": "a", "accountName": "老王", "timestamp": 1772366403, "type": 25, "content": "欢迎",
     "platformMessageId": "m2", "replyToMessageId": "m1"},
    {"sender": "b", "accountName": "小李", "timestamp": 1772366404, "type": 81, "content": "撤回了一条消息"},
    {"sender": "b", "accountName": "小李", "timestamp": 1772366405, "type": 5, "content": ""},
    {"sender": "a", "accountName": "老王", "timestamp": 1772366406, "type": 80, "content": '你将"小李"移出了群聊'},
]  # fmt: skip
_CHATLAB_HEAD = {"version": "0.0.1", "exportedAt": 1772370000}
_CHATLAB_KINDS = "join:invited text red_packet text notice sticker leave:removed".split()


def _chatlab() -> str:
    members = [{"platformId": "a", "accountName": "老王", "avatar": "data:image/png;base64," + "A" * 300_000}]
    return json.dumps({"chatlab": _CHATLAB_HEAD, "meta": {"name": "读书群", "platform": "wechat", "type": "group"},
                       "members": members, "messages": _CHATLAB}, ensure_ascii=False)  # fmt: skip


def _chatlab_lines() -> str:
    head = {"_type": "header", "chatlab": _CHATLAB_HEAD, "meta": {"name": "读书群"}}
    member = {"_type": "member", "platformId": "a", "accountName": "老王"}
    rows = [head, member, *({"_type": "message", **one} for one in _CHATLAB)]
    return "# made up\n" + "\n".join(json.dumps(one, ensure_ascii=False) for one in rows) + "\n"


def _wecom() -> str:
    def line(number: int, kind: str, who: str = "wm1", room: str = "wr1", **more: object) -> dict[str, object]:
        return {"msgid": f"m{number}", "action": "send", "from": who, "tolist": ["u2"], "roomid": room,
                "msgtime": 1772366400000 + 1000 * number, "msgtype": kind, **more}  # fmt: skip

    rows = [
        line(0, "agree"),
        line(1, "text", text={"content": "[图片]"}),
        line(2, "redpacket", redpacket={"type": 1, "totalcnt": 2, "totalamount": 20}),
        line(3, "text", who="u2", text={"content": "see https://example.org"}),
        {"msgid": "m4", "action": "switch", "time": 1772366400000, "user": "u2"},
        line(5, "text", room="", text={"content": "between two"}),
        line(6, "text", who="u2", room="wr2", text={"content": "elsewhere"}),
        {**line(7, "revoke", revoke={"pre_msgid": "m1"}), "action": "recall"},
        line(3, "text", who="u2", text={"content": "the same line, fetched twice"}),
    ]
    return "\n".join(json.dumps(one, ensure_ascii=False) for one in rows)


_QQ = """消息记录（此消息记录为文本格式，不支持重新导入）

================================================================
消息分组:我的群聊
================================================================
消息对象:读书群
================================================================

2026-03-01 20:15:00 【管理员】老王(10001)
大家好
第二行

2026-03-01 9:15:09 小李<li@example.org>
[图片]

2026-03-02 20:16:00 系统消息(10000)
小陈加入了本群

2026-03-02 20:17:00 小陈(20002)
[QQ红包]

2026-03-02 20:18:00 （全角）名字
https://example.org

================================================================
消息对象:另一个群
================================================================

2026-03-03 20:15:00 10001(10001)
在吗
"""


def _qq_exporter() -> str:
    def said(number: int, text: str, who: str = "u1", **more: object) -> dict[str, object]:
        return {"id": str(number), "seq": number, "timestamp": 1772366400000 + 1000 * number, "type": "type_1",
                "sender": {"uid": who, "uin": "1", "name": who}, "recalled": False, "system": False,
                "content": {"text": text, "elements": []}, **more}  # fmt: skip

    reply = {"text": "yes", "elements": [{"type": "reply", "data": {"messageId": "1"}}, {"type": "text", "data": {}}]}
    packet = {"text": "[红包]", "elements": [{"type": "wallet", "data": {}}]}
    rows = [said(0, "u2加入了群聊", system=True), said(1, "hi"), said(2, "", "u2", content=reply),
            said(3, "", content=packet), said(4, "gone", recalled=True)]  # fmt: skip
    return json.dumps({"metadata": {"name": "QQChatExporter V5"}, "chatInfo": {"name": "读书群", "type": "group"},
                       "statistics": {}, "messages": rows}, ensure_ascii=False)  # fmt: skip


_MEMOTRACE = '''localId,TalkerId,Type,SubType,IsSender,CreateTime,Status,StrContent,StrTime,Remark,NickName,Sender
1,7,10000,0,0,1772366400,2,"""老王""邀请""小李""加入了群聊",x,,,
2,7,1,0,0,1772366401,2,"two
lines, with a comma",x,,小李,wxid_1
3,7,49,2001,0,1772366402,2,<xml/>,x,,老王,wxid_2
4,7,47,0,1,1772366403,2,<xml/>,x,,me,
5,7,49,57,0,1772366404,2,quoted,x,,小李,wxid_1
6,7,10000,0,0,1772366405,2,"""小李""撤回了一条消息",x,,,
'''

_PYWXDUMP = '''id,MsgSvrID,type_name,is_sender,talker,room_name,msg,src,CreateTime
1,11,文本,0,wxid_1,1@chatroom,hello,,2026-03-01 20:15:00
2,12,图片,1,me,1@chatroom,,x.png,2026-03-01 20:15:01
3,13,系统通知,0,sys,1@chatroom,"""小李""通过扫描""老王""分享的二维码加入群聊",,2026-03-01 20:15:02
4,14,红包,0,wxid_2,1@chatroom,,,2026-03-01 20:15:03
'''

_PYWXDUMP_OLD = '''id,MsgSvrID,type_name,is_sender,talker,room_name,content,CreateTime
1,11,文本,0,wxid_1,1@chatroom,"{""src"": """", ""msg"": ""see https://example.org""}",1772366400
2,12,语音,0,wxid_2,1@chatroom,"{""src"": ""x"", ""msg"": """"}",1772366401
'''

_UTF16 = "utf-16"
_BOM = "utf-8-sig"

#: Name → format, encoding, text, and the kinds to be read, room by room in time.
FILES: dict[str, tuple[str, str, str, list[str]]] = {
    **{f"whatsapp {name}": ("whatsapp", "utf-8", *some) for name, some in WHATSAPP.items()},
    **{f"iphone {name}": ("whatsapp", _BOM, *some) for name, some in IPHONE.items()},
    "telegram": ("telegram", "utf-8", _telegram(),
                 "system join:invited join:link join:invited text text image text sticker leave".split()),
    "chatlab": ("chatlab", "utf-8", _chatlab(), _CHATLAB_KINDS),
    "chatlab lines": ("chatlab", _BOM, _chatlab_lines(), _CHATLAB_KINDS),
    "wecom": ("wecom", "utf-8", _wecom(), "system image red_packet link notice text".split()),
    "qq text": ("qq_text", _BOM, _QQ, "image text join red_packet link text".split()),
    "qq text in UTF-16": ("qq_text", _UTF16, _QQ.replace("\n", "\r\n"), "image text join red_packet link text".split()),
    "qq exporter": ("qq_exporter", "utf-8", _qq_exporter(), "join text text red_packet notice".split()),
    "memotrace": ("memotrace", _BOM, _MEMOTRACE, "join:invited text red_packet sticker text notice".split()),
    "pywxdump": ("pywxdump", "utf-8", _PYWXDUMP, "text image join:qr_code red_packet".split()),
    "pywxdump old": ("pywxdump", "utf-8", _PYWXDUMP_OLD, "link voice".split()),
    "telegram account": ("telegram", "utf-8", _account(),
                         3 * "system join:invited join:link join:invited text text image text sticker leave".split()),
}  # fmt: skip

"""Every format is told by its structure and read as it is meant, with its traps; broken files get one message."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pandas as pd
import pytest

from scenarios.__main__ import main
from sim.analysis.logs.columns import LogError
from sim.exchange.reading import is_our_table, read_export, sniffed, to_table
from sim.exchange.registry import formats
from sim.exchange.text import Text
from tests.exchange.corpus import FILES

NAMES = list(FILES)


def written(folder: Path, name: str, cut: slice | None = None) -> Path:
    """The file of that name, perhaps a part of it, under a name that tells nothing."""
    _, encoding, text, _ = FILES[name]
    raw = text.encode(encoding)
    path = folder / "chat"
    path.write_bytes(raw if cut is None else raw[cut])
    return path


def kinds(messages: pd.DataFrame) -> list[str]:
    channel = messages["channel"].astype(object).where(messages["channel"].notna(), "")
    return [f"{kind}:{way}".rstrip(":") for kind, way in zip(messages["kind"], channel, strict=True)]


def test_every_format_has_a_file_with_its_traps() -> None:
    assert {one for one, *_ in FILES.values()} == set(formats())


@pytest.mark.parametrize("name", NAMES)
def test_a_file_is_told_by_its_structure_and_read(name: str, tmp_path: Path) -> None:
    path = written(tmp_path, name)
    assert sniffed(Text(path)).name == FILES[name][0]
    assert not is_our_table(path)
    assert kinds(read_export(path).messages) == FILES[name][3]


@pytest.mark.parametrize("name", NAMES)
def test_a_file_may_be_cut_anywhere_while_it_is_read(
    name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("sim.exchange.text._PIECE", 7 if len(FILES[name][2]) < 100_000 else 70_001)
    monkeypatch.setattr("sim.exchange.table._BATCH", 2)
    assert kinds(read_export(written(tmp_path, name)).messages) == FILES[name][3]


@pytest.mark.parametrize("name", NAMES)
def test_neither_texts_nor_names_are_kept(name: str, tmp_path: Path) -> None:
    path = written(tmp_path, name)
    messages = read_export(path).messages
    assert set(messages.columns) == {"group", "id", "t", "author", "kind", "reply_to", "channel"}
    assert set(messages["channel"].dropna()) <= {"link", "invited", "qr_code", "search", "removed"}
    to_table(path, tmp_path / "table.parquet")
    raw = (tmp_path / "table.parquet").read_bytes()
    assert not any(word.encode() in raw for word in ("Ana", "hi and", "老王", "大家好", "wxid", "Host"))
    assert sorted(one.name for one in tmp_path.iterdir()) == ["chat", "table.parquet"]


@pytest.mark.parametrize("piece", [7, 1 << 18])
@pytest.mark.parametrize("name", [name for name in NAMES if len(FILES[name][2]) < 100_000])
def test_lines_may_end_as_on_windows(
    name: str, piece: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("sim.exchange.text._PIECE", piece)
    _, encoding, text, expected = FILES[name]
    (tmp_path / "chat").write_bytes(re.sub("\r?\n", "\r\n", text).encode(encoding))
    assert kinds(read_export(tmp_path / "chat").messages) == expected


@pytest.mark.parametrize("name", [name for name in NAMES if FILES[name][2].lstrip()[0] == "{" and "lines" not in name
                                  and name != "wecom"])  # fmt: skip
@pytest.mark.parametrize("share", [0.3, 0.6, 0.9, 0.999])
def test_a_file_that_is_cut_off_is_refused(name: str, share: float, tmp_path: Path) -> None:
    size = len(FILES[name][2].encode())
    path = written(tmp_path, name, slice(0, int(size * share)))
    with pytest.raises(LogError) as caught:
        to_table(path, tmp_path / "table.parquet")
    assert len(str(caught.value).splitlines()) <= 3
    assert [one.name for one in tmp_path.iterdir()] == ["chat"]


@pytest.mark.parametrize("raw", [b"", b"\n\n", b"\x00" * 500, bytes(range(256)) * 40, b"just a letter\n" * 50, b"{}",
                                 b"[]", b'{"messages": [}', b"PK\x03\x04" + bytes(90), b"{" * 5000, b"[" * 90_000,
                                 b'{"name": "x", "type": "private_group", "id": 1, "messages": [' + b"[" * 90_000,
                                 b"2025/12/31 20:03 - Ana: hi \xff\xfe\n", "31/12/25, 20:03 - Ana: ü".encode()[:-1],
                                 b"\xff\xfe[\x00", b'{"chatlab": {}, "messages": {"a": 1}}'])  # fmt: skip
def test_foreign_files_get_one_message(raw: bytes, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "chat.txt").write_bytes(raw)
    assert main(["read", str(tmp_path / "chat.txt"), f"out={tmp_path / 'out'}"]) == 2
    said = capsys.readouterr().err
    assert 1 <= len(said.strip().splitlines()) <= 3
    assert "Traceback" not in said
    assert [one.name for one in tmp_path.iterdir()] == ["chat.txt"]


def test_a_reader_that_understands_too_little_fails_and_names_the_lines(tmp_path: Path) -> None:
    lines = [f"31/12/25, 20:{minute:02d} - Ana: hi" for minute in range(50)]
    lines[7] = "99/99/25, 20:07 - Ana: hi"
    (tmp_path / "chat").write_text("\n".join(lines), "utf-8")
    assert len(read_export(tmp_path / "chat").messages) == 49  # one of fifty is borne
    lines[20] = "31/12/25 20:20 Ana - hi"
    (tmp_path / "chat").write_text("\n".join(lines), "utf-8")
    with pytest.raises(LogError, match=r"2 of 50 are not understood \(line 8, 21\)"):
        read_export(tmp_path / "chat")


def test_two_logs_in_one_file_are_refused(tmp_path: Path) -> None:
    half = "".join(f"{day:02d}/12/25, 20:03 - Ana: hi\n" for day in range(1, 31))
    (tmp_path / "chat").write_text(half + half, "utf-8")
    with pytest.raises(LogError, match="dated before what is said above"):
        read_export(tmp_path / "chat")


def test_replies_name_messages_of_the_same_group(tmp_path: Path) -> None:
    messages = read_export(written(tmp_path, "telegram account")).messages
    replies = messages[messages["reply_to"].notna()]
    assert replies["group"].tolist() == [0, 1, 2]
    for row in replies.itertuples():
        asked = messages[(messages["group"] == row.group) & (messages["id"] == row.reply_to)]
        assert asked["kind"].tolist() == ["text"]


def test_who_joined_by_name_is_the_one_who_then_speaks(tmp_path: Path) -> None:
    messages = read_export(written(tmp_path, "telegram")).messages
    host, *joined = messages[messages["kind"] == "join"]["author"].tolist()
    assert host in messages[messages["kind"] == "text"]["author"].tolist()  # whom the group was made with
    assert messages[messages["kind"] == "image"]["author"].tolist() == joined[1:]
    assert messages[messages["kind"] == "leave"]["author"].tolist() == joined[:1]
    assert messages[messages["kind"] == "system"]["author"].tolist() == [0]


def test_the_name_of_a_group_is_no_member(tmp_path: Path) -> None:
    messages = read_export(written(tmp_path, "iphone en-US")).messages
    assert set(messages["author"]) == {0, 1, 2}


@pytest.mark.parametrize(("name", "last"), [("telegram", 13), ("chatlab", 6), ("wecom", 7), ("qq exporter", 4),
                                            ("memotrace", 5), ("pywxdump old", 1)])  # fmt: skip
def test_times_are_true(name: str, last: int, tmp_path: Path) -> None:
    t = read_export(written(tmp_path, name), zone="Asia/Shanghai").messages["t"]
    assert (t.min().timestamp(), t.max().timestamp()) == (1772366400, 1772366400 + last)


def test_wall_clocks_are_of_the_zone_that_is_named(tmp_path: Path) -> None:
    for name in ("pywxdump", "qq text"):
        messages = read_export(written(tmp_path, name), zone="Asia/Shanghai").messages
        assert pd.Timestamp("2026-03-01T12:15:00Z") in set(messages["t"])


def test_who_came_in_by_themselves_and_left_is_one_person(tmp_path: Path) -> None:
    lin = {"type": "service", "actor": "Lin", "actor_id": "user1", "members": ["Lin"]}
    other = {"type": "message", "from": "Lin", "from_id": "user2", "text": "!"}
    said = [{"id": 1, "date_unixtime": "1772366400", "action": "invite_members", **lin},
            {"id": 2, "date_unixtime": "1772366401", "action": "remove_members", **lin},
            {"id": 3, "date_unixtime": "1772366402", **other}]  # fmt: skip
    chat = {"name": "x", "type": "public_supergroup", "id": 1, "messages": said}
    (tmp_path / "chat").write_text(json.dumps(chat), "utf-8")
    messages = read_export(tmp_path / "chat").messages
    assert kinds(messages) == ["join:search", "leave", "text"]
    assert messages["author"].tolist() == [1, 1, 2]  # another of the same name is another
    put_out = {**said[1], "actor": "Bo", "actor_id": "user3"}
    (tmp_path / "chat").write_text(json.dumps({**chat, "messages": [said[0], put_out, said[2]]}), "utf-8")
    assert kinds(read_export(tmp_path / "chat").messages) == ["join:search", "leave:removed", "text"]


def test_births_and_ends_are_told_where_the_file_tells_them(tmp_path: Path) -> None:
    rooms = read_export(written(tmp_path, "telegram")).rooms
    assert rooms["created"].tolist() == [pd.Timestamp(1772366400, unit="s", tz="UTC")]
    assert rooms["observed_until"].isna().all()
    rooms = read_export(written(tmp_path, "chatlab")).rooms
    assert rooms["observed_until"].tolist() == [pd.Timestamp(1772370000, unit="s", tz="UTC")]


def test_a_part_in_time(tmp_path: Path) -> None:
    from sim.exchange.table import Window

    path = written(tmp_path, "whatsapp en-GB")
    part = read_export(path, window=Window(since=pd.Timestamp("2026-01-01").timestamp())).messages
    assert kinds(part) == ["join:link", "image", "leave:removed"]


def test_the_command_reads_an_export_and_says_what_it_cannot_tell(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = written(tmp_path, "whatsapp de")
    assert main(["read", str(path), f"table={tmp_path / 't.parquet'}", "zone=Europe/Berlin", "lang=zh"]) == 0
    said = capsys.readouterr().out
    assert all(word in said for word in ("WhatsApp 文本", "Europe/Berlin", "没有秒", "t.parquet"))
    messages = pd.read_parquet(tmp_path / "t.parquet")
    assert messages["t"].iloc[0] == pd.Timestamp("2025-12-31T19:03:00Z")


@pytest.mark.parametrize("words", [["order=myd"], ["from=signal"], ["since=yesterday"], ["until=2025-13-01"],
                                   ["table=x.csv"], ["table=/nowhere/at/all/x.parquet"]])  # fmt: skip
def test_mistakes_end_in_exit_code_two(words: list[str], tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["read", str(written(tmp_path, "whatsapp de")), *words, f"out={tmp_path / 'out'}"]) == 2
    assert "Traceback" not in capsys.readouterr().err

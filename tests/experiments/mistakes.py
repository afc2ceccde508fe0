"""Files with mistakes: studies, searches and sensitivity analyses, each ending in one clear message and exit code 2."""

from __future__ import annotations

import copy
import random
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import yaml

from scenarios.__main__ import main

__all__ = ["Mistake", "check", "end_in_one_message", "file_of"]

Mistake = Callable[[dict[str, Any], random.Random], str]
"""Makes a mistake in the content of a file, and returns what the message must quote."""


def file_of(conf: Path, kind: str, content: object) -> str:
    """Write ``content`` (a text as it is) as mine.yaml among the files of its kind and return its name."""
    text = content if isinstance(content, str) else yaml.safe_dump(content, allow_unicode=True, sort_keys=False)
    (conf.parent / kind).mkdir(exist_ok=True)
    (conf.parent / kind / "mine.yaml").write_text(text, "utf-8")
    return "mine"


def check(code: int, message: str, offender: str) -> None:
    """One message of at most three lines that quotes the offender."""
    assert code == 2, message
    assert message.startswith("shequn: ")
    assert 1 <= len(message.strip().splitlines()) <= 3, message
    assert "Traceback" not in message
    assert len(message) < 900
    assert offender in message, message


def end_in_one_message(
    kind: str, good: dict[str, Any], mistake: Mistake, conf: Path, store: Path, capsys: pytest.CaptureFixture[str],
    times: int = 4,
) -> None:
    """The mistake, made in several ways (the dice are the mistake's own), is told before anything is made."""
    dice = random.Random(mistake.__name__)
    for _ in range(times):
        content = copy.deepcopy(good)
        offender = mistake(content, dice)
        code = main([kind, f"{kind}={file_of(conf, kind, content)}", f"store={store}", "plan=true"])
        check(code, capsys.readouterr().err, offender)
    assert not store.exists()

"""What stands in a bundle's README: what is in it, and how to play it again."""

from __future__ import annotations

import shlex
from dataclasses import dataclass
from typing import Any

from scenarios.reports.page import opening
from sim.locale.words import say

__all__ = ["Replay", "readme"]

_PLACE = ("store=replay/store", "out=replay/results")


@dataclass(frozen=True)
class Replay:
    """What the README tells of: the ``file`` of the question, and whether it has to lie in ``conf/``; the words of the
    command; how many runs came of it, under which rules; whether work of the user's own is there, and a lock file.
    """

    file: str
    is_shipped: bool
    command: tuple[str, ...]
    runs: int
    rules: str
    is_own: bool
    is_locked: bool
    sums: str


def readme(asked: Any, about: Replay, lang: str) -> str:
    """The text, in Markdown."""
    head = opening(asked, lang)
    items = [f"`{about.file}`: {say('bundle_file', lang)}", f"`configs.json`: {say('bundle_configs', lang)}",
             f"`versions.json`: {say('bundle_versions', lang)}",
             *([f"`requirements.lock`: {say('bundle_lock', lang)}"] if about.is_locked else []),
             *([f"`own/`: {say('bundle_own', lang)}"] if about.is_own else []),
             f"`results/`: {say('bundle_results', lang)}", f"`{about.sums}`: {say('bundle_sums', lang)}"]  # fmt: skip
    parts = [
        f"# {head['title']}",
        head["question"],
        say("bundle_what", lang, runs=f"{about.runs:,}"),
        "\n".join(f"- {item}" for item in items),
        say("bundle_replay", lang, rules=about.rules),
        *([say("bundle_put", lang, file=about.file)] if about.is_shipped else []),
        say("bundle_give", lang),
        _code(shlex.join([*about.command, *_PLACE])),
        say("bundle_check", lang),
        _code(f"cd replay/results && sha256sum -c ../../{about.sums}"),
    ]
    return "\n\n".join(parts) + "\n"


def _code(line: str) -> str:
    return f"```sh\n{line}\n```"

"""What can be said to a study, a search or a sensitivity analysis: some words are for the command itself (how to play,
where to put things), some for what is asked, and the rest changes the world."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from scenarios.config.settings import Settings
from scenarios.errors import ConfigError, shown
from scenarios.execution.folders import named_folder
from scenarios.execution.runners import RUNNERS, WITH_ADDRESS, default_runner
from scenarios.reports.formats import PNG, Formats, formats_of
from sim.engine.knobs import KnobError, did_you_mean
from sim.locale.speaking import spoken
from sim.locale.words import languages

__all__ = ["STORE", "WORDS", "Options", "Reader", "checked_setting", "lasting", "one_of", "options_of", "refuse_varied",
           "setting", "split", "taken", "whole_number", "yes"]  # fmt: skip

STORE = "outputs/store"
_KNOBS = {"seeds": "replicates", "fresh_seeds": "replicates"}


@dataclass(frozen=True)
class Options:
    """How to play, and what to leave behind.

    ``workers`` and ``chunk`` (runs of a chunk) are 0 where nothing is said; ``out`` None is outputs/KIND/NAME, and
    ``overwrite`` lets go of what else is there; ``formats`` are those of the pictures beside the page.
    """

    store: str = STORE
    runner: str = ""
    address: str = ""
    workers: int = 0
    chunk: int = 0
    plan: bool = False
    fail_fast: bool = False
    out: str | None = None
    report: bool = True
    overwrite: bool = False
    lang: str = "en"
    formats: Formats = PNG

    @property
    def leaves(self) -> bool:
        """Will there be tables or a page?"""
        return not self.plan and bool(self.report or self.out)


Reader = Callable[[str, str], object]


def split(texts: Sequence[str], controls: Collection[str], example: str) -> tuple[dict[str, str], list[str]]:
    """What is said to the command itself, by key, and the overrides that change the world."""
    said, extra = taken(texts, controls)
    keys: set[str] = set()
    for text in extra:
        key, equals, _ = text.lstrip("+").partition("=")
        if not equals:
            raise ConfigError(f"'{shown(text)}' cannot be read: write key=value, for instance {example}")
        if key in keys:
            raise ConfigError(f"'{shown(key)}' is given twice; give it once")
        keys.add(key)
    return said, extra


def taken(texts: Sequence[str], controls: Collection[str]) -> tuple[dict[str, str], list[str]]:
    """What is said to the command itself, by key, and all other words as they are."""
    said: dict[str, str] = {}
    rest: list[str] = []
    for text in texts:
        key, equals, value = text.lstrip("+").partition("=")
        if not equals or key not in controls:
            rest.append(text)
        elif key in said:
            raise ConfigError(f"'{shown(key)}' is given twice; give it once")
        else:
            said[key] = value
    return said, rest


def lasting(texts: Sequence[str]) -> tuple[str, ...]:
    """Of all words those that decide what is left, whoever plays it and wherever it is put."""
    decide = ("report", "format")
    return tuple(text for text in texts if (key := text.partition("=")[0]) not in WORDS or key in decide)


def refuse_varied(knobs: Collection[str], extra: Sequence[str], who: str) -> None:
    """Refuse to set, for every world, a knob that ``who`` varies."""
    for text in extra:
        if text.partition("=")[0].strip().lstrip("+") in knobs:
            raise ConfigError(f"'{shown(text)}': {who} varies this knob; leave it out, or write a file of your own")


def options_of(said: Mapping[str, str]) -> Options:
    """How to play, from the words of the command line."""
    found: dict[str, Any] = {"runner": default_runner(), "lang": spoken()}
    found |= {field: read(key, said[key]) for key, (field, read) in WORDS.items() if key in said}
    if found.get("address") and found["runner"] not in WITH_ADDRESS:
        raise ConfigError(f"runner.address={shown(found['address'])}: the runner '{found['runner']}' has no address; "
                          f"say runner={' or runner='.join(WITH_ADDRESS)}, or leave it out")  # fmt: skip
    return Options(**found)


def whole_number(key: str, value: str) -> int:
    """The whole number said to ``key``."""
    try:
        return int(value)
    except ValueError:
        raise ConfigError(f"{key}={shown(value)} is not a whole number") from None


def setting(key: str, value: str) -> int:
    """The number said to ``days``, ``seed``, ``seeds`` or ``fresh_seeds``, in the range of the setting."""
    return checked_setting(key, whole_number(key, value))


def checked_setting(key: str, value: object, place: str = "") -> int:
    """A number of communities, days or the seed, as a file or the command line says it.

    Raises
    ------
    ConfigError
        If it is none, or out of the range of the setting.
    """
    knob = Settings.knobs()[_KNOBS.get(key, key)]
    try:
        return int(knob.check(value))
    except KnobError as error:
        raise ConfigError(place + str(error).replace(f"{knob.name}=", f"{key}=", 1)) from error


def one_of(*choices: str) -> Callable[[str, str], str]:
    """What reads one of some words."""

    def read(key: str, value: str) -> str:
        if value not in choices:
            raise ConfigError(f"{key}={shown(value)}: there is no '{shown(value)}'{did_you_mean(value, choices)}")
        return value

    return read


def _count(key: str, value: str) -> int:
    number = whole_number(key, value)
    if not 1 <= number <= 10_000:
        raise ConfigError(f"{key}={number} is out of range: it goes from 1 to 10,000")
    return number


def yes(key: str, value: str) -> bool:
    """Is it true that is said?"""
    return one_of("true", "false")(key, value.lower()) == "true"


def _language(key: str, value: str) -> str:
    return one_of(*languages())(key, value)


def _is_fast(key: str, value: str) -> bool:
    return one_of("keep", "fast")(key, value) == "fast"


WORDS: dict[str, tuple[str, Reader]] = {
    "store": ("store", named_folder), "out": ("out", named_folder),
    "replace": ("overwrite", yes), "report": ("report", yes),
    "runner": ("runner", one_of(*RUNNERS)), "runner.address": ("address", lambda _, value: value),
    "workers": ("workers", _count), "chunk": ("chunk", _count), "plan": ("plan", yes), "fail": ("fail_fast", _is_fast),
    "lang": ("lang", _language), "format": ("formats", formats_of),
}  # fmt: skip
"""Word of the command line → field of :class:`Options`, and who reads it."""

"""Do some arms differ by one number only? Then they are doses of one thing, and a curve says more than a list."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from sim.analysis.experiment.asked import Asked

__all__ = ["Dose", "doses"]

_ENOUGH = 3


@dataclass(frozen=True)
class Dose:
    """One setting (``key``) and the arms that differ by its value alone, from the smallest to the largest."""

    key: str
    arms: tuple[str, ...]
    values: tuple[float, ...]


def doses(study: Asked) -> list[Dose]:
    """Every setting that at least three arms differ by, all else in their overrides being equal; largest set first."""
    arms = {label: _settings(overrides) for label, overrides in study.arms.items()}
    found: dict[tuple[str, frozenset[tuple[str, str]]], dict[str, float]] = {}
    for label, settings in arms.items():
        for key, value in settings.items():
            number = _number(value)
            if number is not None:
                rest = frozenset((name, text) for name, text in settings.items() if name != key)
                found.setdefault((key, rest), {})[label] = number
    lines = []
    for (key, _), members in found.items():
        ordered = sorted(members.items(), key=lambda item: item[1])
        if len({value for _, value in ordered}) >= _ENOUGH:
            lines.append(Dose(key, tuple(label for label, _ in ordered), tuple(value for _, value in ordered)))
    return sorted(lines, key=lambda line: -len(line.arms))


def _settings(overrides: Sequence[str] | Mapping[str, object]) -> dict[str, str]:
    """key → value of overrides such as ``strategies.group_cap.limit=100``; the last of a key counts."""
    if isinstance(overrides, Mapping):
        return {str(key): str(value) for key, value in overrides.items()}
    pairs = (text.lstrip("+").partition("=") for text in overrides)
    return {key.strip(): value.strip() for key, _, value in pairs}


def _number(text: str) -> float | None:
    try:
        return float(text)
    except ValueError:
        return None

"""Designs: from a few lines of YAML to named lists of overrides.

    arms:                            # explicit: label → overrides
      nothing: [strategy=nothing]

    arms:
      design: grid                   # every combination; `paired` takes the lists in step
      base: [strategy=red_packet]    # overrides of every arm made
      over: {strategies.red_packet.amount: [1, 5, 20], strategies.red_packet.occasion: [daily, weekly]}
      also: {nothing: [strategy=nothing]}

    arms:
      design: latin_hypercube        # or sobol: points that fill the ranges evenly
      n: 16
      over: {strategies.group_cap.limit: {low: 20, high: 200, scale: log}, mind.leave: declared}

    arms:
      design: leave_one_out          # all together, then all but each of them
      base: ['strategy=[group_cap,paid_entry,red_packet]']
"""

from __future__ import annotations

import itertools
import math
from collections.abc import Mapping, Sequence
from typing import Any

from scenarios.config.nodes import knobs_with
from scenarios.config.overrides import written
from scenarios.errors import ConfigError, shown
from scenarios.experiments.axes import CHOICES, Axis, axes_of, over_of, settings_of
from sim.engine.knobs import Knob, did_you_mean

__all__ = ["DESIGNS", "designed", "overrides_of", "sampled"]

Overrides = tuple[str, ...]
LEFT_OUT = "leave_one_out"
SAMPLERS = {"latin_hypercube": "LatinHypercube", "sobol": "Sobol"}  # in scipy.stats.qmc, imported when needed
DESIGNS = ("grid", "paired", LEFT_OUT, *SAMPLERS)
_KEYS = ("design", "base", "over", "also", "n", "seed")
_MOST = 10_000
_LONGEST = 120


def designed(value: object, what: str, place: str) -> tuple[dict[str, Overrides], tuple[str, ...]]:
    """Overrides by label, and the keys that the design varies; ``what`` is "arm" or "world"."""
    if not isinstance(value, Mapping) or not value:
        example = "{nothing: [strategy=nothing]}"
        raise ConfigError(f"{place}: {shown(value)} is no mapping of labels to overrides; write {what}s: {example}")
    if "design" not in value:
        return _explicit(value, place), ()
    for key in value:
        if key not in _KEYS:
            raise ConfigError(f"{place}: a design has no '{shown(key)}'{did_you_mean(str(key), _KEYS)}")
    name, base = value["design"], overrides_of(value.get("base", []), f"{place}: base")
    if name not in DESIGNS:
        raise ConfigError(f"{place}: there is no design '{shown(name)}'{did_you_mean(str(name), DESIGNS)}")
    made, varied = _left_out(base, value, place) if name == LEFT_OUT else _made(str(name), base, value, what, place)
    also = _explicit(value["also"], f"{place}: also") if value.get("also") else {}
    for label in also:
        if label in made:
            raise ConfigError(f"{place}: also: the design makes a '{label}' too; give it another name")
    return {**also, **made}, varied


def _left_out(base: Overrides, value: Mapping[str, Any], place: str) -> tuple[dict[str, Overrides], tuple[str, ...]]:
    for key in ("over", "n", "seed"):
        if key in value:
            raise ConfigError(f"{place}: {key}: {LEFT_OUT} varies nothing but who is there; leave it out")
    from scenarios.experiments.left_out import each_left_out

    return each_left_out(base, place), ("strategy",)


def _made(
    name: str, base: Overrides, value: Mapping[str, Any], what: str, place: str
) -> tuple[dict[str, Overrides], tuple[str, ...]]:
    """The arms of a design that varies knobs, and their keys."""
    known = knobs_with(base)
    over = over_of(value.get("over"), place, known)
    points = _points(name, over, value, place, known)
    made = {_label(over, point, place): (*base, *settings_of(list(over), point)) for point in points}
    if len(made) < len(points):
        cure = "take fewer points" if name in SAMPLERS else "name every value once"
        raise ConfigError(f"{place}: over: the design makes the same {what} twice; {cure}")
    return made, tuple(over)


def _points(
    name: str, over: Mapping[str, Any], value: Mapping[str, Any], place: str, knobs: Mapping[str, Knob]
) -> list[tuple[Any, ...]]:
    """The values of every arm, in the order of the keys of ``over``."""
    if name in SAMPLERS:
        n, seed = _count(value.get("n"), "n", 1, place), _count(value.get("seed", 1), "seed", 0, place)
        return sampled(name, axes_of(over, place, knobs), n, seed, place)
    for key in ("n", "seed"):
        if key in value:
            raise ConfigError(f"{place}: {key} belongs to {' and '.join(SAMPLERS)}; a {name} lists its values")
    lists = [_values(key, values, place) for key, values in over.items()]
    if name == "paired" and len({len(values) for values in lists}) > 1:
        lengths = ", ".join(str(len(values)) for values in lists)
        raise ConfigError(f"{place}: over: paired lists are of one length; these have {lengths} values")
    number = 1
    for values in lists:
        number *= len(values)
    if name == "grid" and number > _MOST:
        raise ConfigError(f"{place}: over: {number:,} combinations; the most is {_MOST:,}")
    return list(itertools.product(*lists) if name == "grid" else zip(*lists, strict=True))


def sampled(name: str, axes: Sequence[Axis], n: int, seed: int, place: str = "") -> list[tuple[Any, ...]]:
    """``n`` points that fill the ranges evenly; same seed, same points.

    McKay, Beckman & Conover (1979), Technometrics 21, 239–245; Sobol' (1967), scrambled after Owen (1998).
    """
    if name == "sobol" and n & (n - 1):
        near = 1 << max(0, round(math.log2(n)))
        raise ConfigError(f"{place}: n={n}: a Sobol sequence is even for powers of two only; take n: {near}")
    from scipy.stats import qmc

    cube = getattr(qmc, SAMPLERS[name])(d=len(axes), rng=seed).random(n)
    return [tuple(axis.at(float(u)) for axis, u in zip(axes, row, strict=True)) for row in cube]


def _count(value: object, key: str, least: int, place: str) -> int:
    most = _MOST if key == "n" else 10**9
    if isinstance(value, bool) or not isinstance(value, int) or not least <= value <= most:
        raise ConfigError(f"{place}: {key}={shown(value)} is no whole number from {least} to {most:,}")
    return value


def _values(key: str, values: object, place: str) -> list[Any]:
    if not isinstance(values, list) or not values:
        raise ConfigError(f"{place}: over: {key}: {shown(values)} is no list of values, like [1, 5, 20]")
    return values


def _explicit(value: object, place: str) -> dict[str, Overrides]:
    if not isinstance(value, Mapping):
        raise ConfigError(f"{place}: {shown(value)} is no mapping of labels to overrides")
    return {_checked(label, place): overrides_of(given, f"{place}: {shown(label)}") for label, given in value.items()}


def _checked(label: object, place: str) -> str:
    text = str(label)
    if isinstance(label, bool) or label is None or not text.strip() or not text.isprintable() or len(text) > _LONGEST:
        raise ConfigError(f"{place}: '{shown(label)}' is no label; give up to {_LONGEST} printable letters (quoted)")
    return text


def overrides_of(value: object, place: str) -> Overrides:
    """A list of overrides; a single one may stand alone."""
    texts = [value] if isinstance(value, str) else value
    if texts is None or texts == []:
        return ()
    if not isinstance(texts, list):
        raise ConfigError(f"{place}: {shown(value)} is no list of overrides, like [strategy=group_cap]")
    for text in texts:
        if not isinstance(text, str) or "=" not in text:
            raise ConfigError(f"{place}: {shown(text)} is no override; write key=value, in quotes if it has a list")
    return tuple(texts)


def _label(over: Mapping[str, Any], point: Sequence[Any], place: str) -> str:
    """``limit=50 occasion=daily``; of a choice the name alone."""
    parts = []
    for key, value in zip(over, point, strict=True):
        text = "+".join(map(str, value)) if isinstance(value, list) else written(value)
        parts.append(text if key in CHOICES else f"{key.rsplit('.', 1)[-1]}={_short(value, text)}")
    return _checked(" ".join(parts), place)


def _short(value: object, text: str) -> str:
    return f"{value:.6g}" if isinstance(value, float) else text

"""Every word of the pictures and of the report, in English and in Simplified Chinese: one table, one lookup.

Arms that bear a strategy's name are translated; ``a+b`` is the combination of ``a`` and ``b``; any other name stands
as the user wrote it. Titles carry slots in braces, filled from what the data show.
"""

from __future__ import annotations

from collections.abc import Sequence

__all__ = ["LANGS", "WORDS", "arm_label", "join", "number", "say", "signed"]

LANGS = ("en", "zh")

ARMS = {
    "nothing": ("Do nothing", "什么都不做"),
    "group_cap": ("Size cap", "限制人数"),
    "paid_entry": ("Paid entry", "付费入群"),
    "red_packet": ("Red packets", "发红包"),
    "fixed_time": ("Fixed-time content", "定时内容"),
    "irregular_time": ("Irregular content", "不定时内容"),
    "advert_ban": ("Advert ban", "禁广告"),
    "all_four": ("All four together", "四招并用"),
    "together": ("All together", "几招并用"),
    "combined": ("All together", "几招并用"),
}

WORDS: dict[str, tuple[str, str]] = {
    "language": ("English", "中文"),
    "day": ("day", "天"),
    "days": ("days", "天"),
    # stages and channels
    "germination": ("germination", "萌芽"),
    "growth": ("growth", "成长"),
    "activity": ("activity", "活跃"),
    "decline": ("decline", "衰退"),
    "dead": ("dead", "消亡"),
    # captions
    "of_n": ("{n} communities per arm", "每组 {n} 个社群"),
    "of_n_mixed": ("{low} to {high} communities per arm", "每组 {low} 至 {high} 个社群"),
    "band": ("Band: 95 % interval of the mean over communities", "色带：各社群均值的 95% 区间"),
    "bar": ("Bar: 95 % interval over communities", "横线：各社群间的 95% 区间"),
    "prediction": ("prediction of the model", "模型预测"),
}


def say(key: str, lang: str, **values: object) -> str:
    """The word or sentence ``key`` in ``lang`` (``en`` or ``zh``), its slots filled."""
    return WORDS[key][LANGS.index(lang)].format(**values)


def arm_label(arm: str, lang: str) -> str:
    """The arm's name as a reader would say it."""
    if arm in ARMS:
        return ARMS[arm][LANGS.index(lang)]
    if "+" in arm:
        return " + ".join(arm_label(part.strip(), lang) for part in arm.split("+"))
    return arm.replace("_", " ")


def join(parts: Sequence[str], lang: str) -> str:
    """A list in words: ``a, b and c``; ``a、b和c``."""
    if len(parts) < 2:
        return "".join(parts)
    comma, last = (", ", " and ") if lang == "en" else ("、", "和")
    return comma.join(parts[:-1]) + last + parts[-1]


def number(value: float, unit: str = "") -> str:
    """A number a reader can take in: three figures, a thin thousands mark, shares in per cent, a true minus."""
    if value != value:
        return "–"
    if unit == "share":
        value *= 100
    size = abs(value)
    digits = 0 if size >= 99.5 else 1 if size >= 9.95 else 2
    text = f"{value:,.{digits}f}"
    if digits and float(text) == round(value) and size >= 9.95:
        text = f"{value:,.0f}"
    text = "0" if float(text.replace(",", "")) == 0 else text.replace("-", "−")
    return text + (" %" if unit == "share" else "")


def signed(value: float, unit: str = "") -> str:
    """A difference with its sign; shares differ by percentage points, so no per-cent sign is added."""
    text = number(value, unit).removesuffix(" %")
    return text if text[0] in "−0–" else "+" + text

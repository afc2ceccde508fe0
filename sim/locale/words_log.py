"""The words of the pictures and the page of a real log, in English and in Simplified Chinese."""

from __future__ import annotations

from sim.locale.words import LANGS

__all__ = ["log_say"]

WORDS: dict[str, tuple[str, str]] = {
    "gaps_title": ("How talk is spread over time", "发言在时间上的分布"),
    "gaps_caption": (
        "{name}: {n:,} gaps between people, {own:,} gaps of one author from a minute to a day",
        "{name}：不同人间隔 {n:,} 个，同一作者一分钟至一天的间隔 {own:,} 个",
    ),
    "gaps_between": ("Gaps between messages of different people", "不同人相邻消息的间隔"),
    "gaps_own": ("Gaps of one author within a room", "同一作者在同一群里的间隔"),
    "share_of_gaps": ("share of gaps", "间隔占比"),
    "density": ("gaps per minute (share)", "每分钟间隔数（占比）"),
    "power_law": ("power law, exponent {a:.2f}", "幂律，指数 {a:.2f}"),
    "median_at": ("median {x}", "中位数 {x}"),
    "replies_title": ("How soon answers come", "多久得到回复"),
    "replies_caption": (
        "{name}: first reply by somebody else, {n:,} messages answered; dotted: median and ninth tenth",
        "{name}：他人的首次回复，{n:,} 条被回复的消息；虚线：中位数与九成分位",
    ),
    "all_answered": ("all messages answered", "所有被回复的消息"),
    "openers_answered": ("openers and first posts", "开场与首帖"),
    "share_answered": ("share answered by then", "此时已回复的占比"),
    "delay": ("delay of the first reply", "首次回复的延迟"),
    "rooms_title": ("How rooms live", "群的一生"),
    "rooms_caption": (
        "{name}: {n} rooms by weeks since birth; band: 95 % interval of the mean over the rooms still watched",
        "{name}：{n} 个群，横轴为诞生后的周数；色带：仍在观察的群之均值的 95% 区间",
    ),
    "posters_a_day": ("Members who post, per room and day", "每群每天发言的成员"),
    "stage_shares": ("Rooms by stage of life", "处于各阶段的群"),
    "week": ("weeks since birth", "诞生后的周数"),
    "survival_title": ("Share of rooms still alive", "仍存活的群"),
    "survival_caption": (
        "{name}: {n} rooms; Kaplan–Meier, rooms alive at the end of observation are censored; band: 95 % (28 days)",
        "{name}：{n} 个群；Kaplan–Meier 估计，观察结束时仍存活的群按删失处理；色带：95%（28 天）",
    ),
    "window": ("dead after {days} silent days", "沉默 {days} 天算死亡"),
    "age": ("days since birth", "诞生后的天数"),
    # the page and the terminal
    "page_title": ("A log read: {name}", "日志解读：{name}"),
    "measure": ("measure", "指标"),
    "value": ("value", "数值"),
    "interval": ("95 % interval", "95% 区间"),
    "target": ("target", "目标"),
    "band": ("band", "区间要求"),
    "passes": ("in band", "达标"),
    "yes": ("yes", "是"),
    "no": ("no", "否"),
    "numbers": ("The log", "日志概况"),
    "facts": ("Facts of talk", "发言的事实"),
    "pictures": ("Pictures", "图"),
    "note": (
        "The same code measures simulated groups. Only human messages count; intervals resample whole rooms.",
        "模拟群用同一套代码测量。只计人发的消息；区间由整群重抽样得到。",
    ),
    "no_rooms": (
        "No rooms file was given: births are the first 20 minutes with three people talking, and every room counts as "
        "watched until the log's last line.",
        "未提供群列表：诞生取首个有三人交谈的二十分钟，且每个群都视为被观察到日志末行。",
    ),
}


def log_say(key: str, lang: str, **values: object) -> str:
    """The word or sentence ``key`` in ``lang`` (``en`` or ``zh``), its slots filled."""
    return WORDS[key][LANGS.index(lang)].format(**values)

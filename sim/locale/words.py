"""Every word of the pictures and of the report, in English and in Simplified Chinese: one table, one lookup.

Arms that bear a strategy's name are translated; ``a+b`` is the combination of ``a`` and ``b``; any other name stands
as the user wrote it. Titles carry slots in braces, filled from what the data show.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from sim.locale.names import given_name
from sim.locale.words_answer import ANSWER
from sim.locale.words_report import REPORT
from sim.locale.words_search import SEARCH
from sim.locale.words_sensitivity import SENSITIVITY
from sim.locale.words_study import STUDY
from sim.locale.words_study_page import LIMITS, STUDY_PAGE

__all__ = [
    "LANGS", "WORDS", "arm_label", "bracket", "columns", "join", "name_arms", "number", "say", "signed", "unit_label", "world_label",
]  # fmt: skip

LANGS = ("en", "zh")

ARMS = {
    "all_four": ("All four together", "四招并用"),
    "together": ("All together", "几招并用"),
    "combined": ("All together", "几招并用"),
}

WORLDS = {
    "pet_owners": ("Pet owners", "养宠群"),
    "study_group": ("Study group", "学习群"),
    "deals": ("Deals", "优惠信息群"),
    "everyday": ("Everyday groups", "日常群"),
    "learners": ("Volunteer learners", "自学者群"),
    "tech_channel": ("Technical chat room", "技术聊天室"),
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
    "dissolved": ("dissolved", "解散"),
    "posters": ("post", "发言"),
    "readers": ("only read", "只看不说"),
    "away": ("do not look in", "没有打开"),
    # captions
    "of_n": ("{n} communities per arm", "每个方案 {n} 个社群"),
    "of_n_mixed": ("{low} to {high} communities per arm", "每个方案 {low} 至 {high} 个社群"),
    "left_out": ("; {n} more arms are in the table", "；另有 {n} 个方案见表"),
    "stop": (".", "。"),
    "sum_of_parts": ("Sum of the parts", "各自效果之和"),
    # lifecycle
    "curve_n_members": ("Members per group", "每群成员数"),
    "curve_n_posters": ("Members who post that day, per group", "每群当天发言人数"),
    "curve_n_messages": ("Messages per group and day", "每群每天消息数"),
    "curve_advert_share": ("Share of adverts in the talk", "广告占消息的比例"),
    "stage_strip": ("Groups by stage", "各阶段的群所占比例"),
    "peak_at": ("Groups are largest around day {day}", "群在第 {day} 天前后人最多"),
    "peak_between": ("Groups are largest between day {low} and day {high}", "群在第 {low} 至 {high} 天之间人最多"),
    "ends_with": ("; {n} members are left at the end", "；最后剩 {n} 人"),
    "ends_between": (
        "; at the end {n_most} members are left ({most}), or {n_least} ({least})",
        "；到最后，多则剩 {n_most} 人（{most}），少则剩 {n_least} 人（{least}）",
    ),
    "lifecycle_caption": (
        "Lines: mean over communities of a group's mean. Bands: 95 % interval of that mean. Below: stages found from the "
        "curves.",
        "线：先求社群内各群的平均，再求社群间的平均。色带：该均值的 95% 区间。下方：由曲线判定的阶段。",
    ),
    # survival
    "age_days": ("age of the group in days", "群龄（天）"),
    "share_alive": ("Share of groups still alive", "仍存活的群所占比例"),
    "restricted_mean": ("Mean life within {days} days", "{days} 天内的平均寿命"),
    "life_of": ("{days} days ({arm})", "{days} 天（{arm}）"),
    "lives_title": (
        "Within {within} days groups live {long} on average, or only {short}",
        "{within} 天内，群平均活 {long}，最短的只有 {short}",
    ),
    "life_title": ("Within {within} days groups live {long} on average", "{within} 天内，群平均活 {long}"),
    "were_dissolved": (", {n} were dissolved (no death)", "，{n} 个被解散（不算消亡）"),
    "survival_caption": (
        "Kaplan–Meier over {groups} groups; {alive} were alive at the end and count as censored{ended}. Dead: no word from an "
        "ordinary member for 28 days.\nBands and bars: 95 % intervals, clustered by community. Diamond: median.",
        "对 {groups} 个群的 Kaplan–Meier 估计；其中 {alive} 个到最后仍存活，按删失处理{ended}。"
        "消亡：普通成员连续 28 天无人发言。\n色带与横线：按社群聚类的 95% 区间。菱形：中位数。",
    ),
    # participation
    "gini_title": ("Gini among posters", "发言者的基尼系数"),
    "host_title": ("Host's share of messages, %", "群主发言占比（%）"),
    "participation_one": ("On an average day {share} of the members post", "平均每天有 {share} 的成员发言"),
    "participation_title": (
        "On an average day {low} to {high} of the members post, most under '{most}'",
        "平均每天有 {low} 至 {high} 的成员发言，最多的是“{most}”",
    ),
    "participation_caption": (
        "Left: members of a group on an average day, %. Gini 0: all who post write alike; 1: one writes everything. Bars: "
        "95 % intervals.",
        "左：平均一天里群成员的构成（%）。基尼系数为 0：发言者写得一样多；为 1：全由一人所写。横线：95% 区间。",
    ),
    # retention
    "cohort": ("Joined on days {first} to {last}", "第 {first} 至 {last} 天入群"),
    "since_joining": ("days since joining", "入群后天数"),
    "retention_one": (
        "{share} of the first to join are still members {days} days later",
        "最早入群的人，{days} 天后还有 {share} 在群里",
    ),
    "retention_title": (
        "Of the first to join, {low} to {high} are still members {days} days later, most under '{most}'",
        "最早入群的人，{days} 天后还有 {low} 至 {high} 在群里，最多的是“{most}”",
    ),
    "retention_caption": (
        "Share still a member, Kaplan–Meier over memberships; those still in at the end count as censored. Bands: 95 % "
        "intervals.",
        "仍在群里的比例，按成员关系做 Kaplan–Meier 估计；到最后仍在群里的按删失处理。色带：95% 区间。",
    ),
    # funnel
    "step_invited": ("invited", "受邀"),
    "step_joined": ("joined", "入群"),
    "step_active": ("posted", "发言"),
    "step_trusting": ("came to trust", "建立信任"),
    "step_bought": ("bought", "购买"),
    "step_bought_again": ("bought again", "复购"),
    "per_community": ("people per community", "每个社群的人次"),
    "of_joined": ("share of those who joined", "占入群者的比例"),
    "revenue_per_member": ("Revenue per member", "每位成员带来的收入"),
    "cny": ("CNY", "元"),
    "funnel_none": ("Nobody bought anything", "无人购买"),
    "funnel_one": ("{share} of those who join buy", "入群者中有 {share} 购买"),
    "funnel_title": (
        "Depending on the arm, {low} to {high} of those who join buy",
        "视方案而定，入群者中有 {low} 至 {high} 购买",
    ),
    "funnel_caption": (
        "Memberships, staff left out. Revenue counts entries and sales. Bars: 95 % intervals over communities. Compare "
        "arms; do not take the yuan literally.",
        "按成员关系计，不含工作人员。收入含入群费与销售。横线：社群间的 95% 区间。请比较各方案，不要把金额当真。",
    ),
    # money
    "cost": ("cost", "成本"),
    "revenue": ("revenue", "收入"),
    "profit": ("profit", "盈余"),
    "host_hours": ("Host's hours per community", "每个社群耗费群主的小时数"),
    "hours": ("hours", "小时"),
    "cny_per_community": ("CNY per community over the whole run", "整个模拟期内每个社群（元）"),
    "money_title": (
        "'{best}' leaves most money on average: {profit} CNY a community, against {base} under '{other}'",
        "“{best}”平均剩钱最多：每个社群 {profit} 元；“{other}”为 {base} 元",
    ),
    "perhaps": (" (could be luck)", "（可能只是运气）"),
    "money_reference": (
        "No arm leaves more money than '{best}': {profit} CNY a community",
        "没有哪个方案比“{best}”剩钱更多：每个社群 {profit} 元",
    ),
    "money_caption": (
        "Black: profit with its 95 % interval; the host's hours are shown, not paid for. Compare arms; do not take the yuan "
        "literally.",
        "黑色：盈余及其 95% 区间；群主的时间另列，未计入成本。请比较各方案，不要把金额当真。",
    ),
    # comparison
    "comparison_title": (
        "{clear} of {total} differences from '{reference}' are more than luck",
        "与“{reference}”相比，{total} 项差异中有 {clear} 项不是运气",
    ),
    "comparison_caption": (
        "Mean difference between paired communities (same people, same luck) with 95 % interval. Filled: clear after Holm's "
        "correction; hollow: could be luck.",
        "配对社群（同样的人、同样的运气）之差的均值及 95% 区间。实心：经 Holm 校正后仍明确；空心：可能只是运气。",
    ),
    # short names of the outcomes that pictures and verdicts speak of
    "short_lifetime": ("Life of a group", "群的寿命"),
    "short_alive": ("Groups alive at the end", "期末仍存活的群"),
    "short_members": ("Members per group", "每群成员数"),
    "short_member_messages": ("Members' messages", "普通成员的消息"),
    "short_advert_share": ("Adverts in the talk", "广告占比"),
    "short_trust": ("Trust in the host", "对群主的信任"),
    "short_revenue_per_member": ("Revenue per member", "人均收入"),
    "short_profit": ("Profit", "盈余"),
    # combination
    "combination_title": (
        "{arm}: the effect is weaker than the sum of the parts in {less} of {total} outcomes, stronger in {more}",
        "{arm}：{total} 项结果中，{less} 项的效果弱于各自之和，{more} 项强于各自之和",
    ),
    "combination_caption": (
        "Difference from the reference with 95 % interval: {parts}, alone and together.\n"
        "Diamond: what the parts would add up to if none touched another. Hollow: could be luck.",
        "与参照方案之差及 95% 区间：{parts}，各自单用与一起使用。\n菱形：若互不影响，各自效果相加之和。空心：可能只是运气。",
    ),
    "sum_stronger": ("stronger than the sum", "强于各自之和"),
    "sum_weaker": ("weaker than the sum", "弱于各自之和"),
    "sum_level": ("could be the sum", "与各自之和无明显差别"),
    **REPORT,
    **STUDY,
    **SENSITIVITY,
    **SEARCH,
    **ANSWER,
    **STUDY_PAGE,
    **LIMITS,
}


def say(key: str, lang: str, **values: object) -> str:
    """The word or sentence ``key`` in ``lang`` (``en`` or ``zh``), its slots filled."""
    return WORDS[key][LANGS.index(lang)].format(**values)


def name_arms(titles: Mapping[str, tuple[str, str]]) -> None:
    """Make known what arms are called in English and Chinese: strategies bear their titles themselves."""
    ARMS.update(titles)


def arm_label(arm: str, lang: str) -> str:
    """The arm's name as a reader would say it."""
    if arm in ARMS or given_name(arm, lang):
        return given_name(arm, lang) or ARMS[arm][LANGS.index(lang)]
    if "+" in arm:
        return " + ".join(arm_label(part.strip(), lang) for part in arm.split("+"))
    return arm.replace("_", " ")


def world_label(world: str, lang: str) -> str:
    """The world's name as a reader would say it."""
    known = WORLDS[world][LANGS.index(lang)] if world in WORLDS else world.replace("_", " ")
    return given_name(world, lang) or known


UNITS = {
    "days": ("days", "天"),
    "members": ("members", "人"),
    "people": ("people", "人"),
    "pairs": ("pairs", "对"),
    "purchases": ("purchases", "次"),
    "hours": ("hours", "小时"),
    "CNY": ("CNY", "元"),
    "1/day": ("a day", "条/天"),
    "times": ("times", "次"),
    "0 to 1": ("0 to 1", "0 至 1"),
}


def unit_label(unit: str, lang: str, difference: bool = False) -> str:
    """The unit in words; the difference of two shares is in percentage points."""
    if unit == "share":
        return ("points", "百分点")[LANGS.index(lang)] if difference else ""
    if unit == "0 to 1" and difference:
        return ""
    return UNITS.get(unit, (unit, unit))[LANGS.index(lang)]


def bracket(text: str, lang: str) -> str:
    """``text`` in brackets after a word; nothing if there is no text."""
    return "" if not text else f" ({text})" if lang == "en" else f"（{text}）"


def columns(text: str) -> int:
    """Width of a text in columns of print: a Chinese character takes two."""
    return sum(2 if ord(c) > 0x2E7F else 1 for c in text)


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
    digits = 3 if unit == "0 to 1" else 0 if size >= 99.5 else 1 if size >= 9.95 else 2
    text = f"{value:,.{digits}f}"
    text = "0" if float(text.replace(",", "")) == 0 else text.replace("-", "−")
    return text + (" %" if unit == "share" else "")


def signed(value: float, unit: str = "") -> str:
    """A difference with its sign; shares differ by percentage points, so no per-cent sign is added."""
    text = number(value, unit).removesuffix(" %")
    return text if text[0] in "−–" or text == "0" else "+" + text

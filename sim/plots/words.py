"""Every word of the pictures and of the report, in English and in Simplified Chinese: one table, one lookup.

Arms that bear a strategy's name are translated; ``a+b`` is the combination of ``a`` and ``b``; any other name stands
as the user wrote it. Titles carry slots in braces, filled from what the data show.
"""

from __future__ import annotations

from collections.abc import Sequence

__all__ = ["LANGS", "WORDS", "arm_label", "join", "number", "say", "signed", "unit_label"]

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
    "lives_title": ("Groups live {long} on average, or only {short}", "群平均活 {long}，最短的只有 {short}"),
    "life_title": ("Groups live {long} on average", "群平均活 {long}"),
    "survival_caption": (
        "Kaplan–Meier over {groups} groups; {alive} were alive at the end and count as censored. Dead: no word from an "
        "ordinary member for 28 days.\nBands and bars: 95 % intervals, clustered by community.",
        "对 {groups} 个群的 Kaplan–Meier 估计；其中 {alive} 个到最后仍存活，按删失处理。"
        "消亡：普通成员连续 28 天无人发言。\n色带与横线：按社群聚类的 95% 区间。",
    ),
    # participation
    "gini_title": ("Gini among posters", "发言者的基尼系数"),
    "host_title": ("Host's share of messages, %", "群主发言占比（%）"),
    "participation_one": ("On an average day {share} of the members post", "平均每天有 {share} 的成员发言"),
    "participation_title": (
        "On an average day {low} to {high} of the members post, most under “{most}”",
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
        "Of the first to join, {low} to {high} are still members {days} days later, most under “{most}”",
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
    "step_trusting": ("trust", "信任"),
    "step_bought": ("bought", "购买"),
    "step_bought_again": ("again", "复购"),
    "of_joined": ("Of those who joined (log scale)", "占入群者的比例（对数刻度）"),
    "revenue_per_member": ("Revenue per member", "每位成员带来的收入"),
    "cny": ("CNY", "元"),
    "funnel_none": ("Nobody bought anything", "无人购买"),
    "funnel_one": ("{share} of those who join buy", "入群者中有 {share} 购买"),
    "funnel_title": (
        "{high} of those who join buy under “{most}”, {low} under “{least}”",
        "入群者中，“{most}”下有 {high} 购买，“{least}”下有 {low}",
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
        "“{best}” leaves most money: {profit} CNY a community, against {base} under “{other}”",
        "“{best}”剩钱最多：每个社群 {profit} 元；“{other}”为 {base} 元",
    ),
    "money_reference": (
        "No arm leaves more money than “{best}”: {profit} CNY a community",
        "没有哪个方案比“{best}”剩钱更多：每个社群 {profit} 元",
    ),
    "money_caption": (
        "Black: profit with its 95 % interval; the host's hours are shown, not paid for. Compare arms; do not take the yuan "
        "literally.",
        "黑色：盈余及其 95% 区间；群主的时间另列，未计入成本。请比较各方案，不要把金额当真。",
    ),
    # comparison
    "comparison_title": (
        "{clear} of {total} differences from “{reference}” are more than luck",
        "与“{reference}”相比，{total} 项差异中有 {clear} 项不是运气",
    ),
    "comparison_caption": (
        "Mean difference between paired communities (same people, same luck) with 95 % interval. Filled: clear after Holm's "
        "correction; hollow: could be luck.",
        "配对社群（同样的人、同样的运气）之差的均值及 95% 区间。实心：经 Holm 校正后仍明确；空心：可能只是运气。",
    ),
    # combination
    "combination_title": (
        "{arm}: less than the sum of the parts in {less} of {total} outcomes, more in {more}",
        "{arm}：{total} 项结果中，{less} 项不及各自效果之和，{more} 项超过",
    ),
    "combination_caption": (
        "Difference from the reference with 95 % interval: {parts}, alone and together.\n"
        "Diamond: what the parts would add up to if none touched another. Hollow: could be luck.",
        "与参照方案之差及 95% 区间：{parts}，各自单用与一起使用。\n菱形：若互不影响，各自效果相加之和。空心：可能只是运气。",
    ),
    "verdict_more_than_the_sum": ("more than the sum", "超过各自之和"),
    "verdict_less_than_the_sum": ("less than the sum", "不及各自之和"),
    "verdict_could_be_the_sum": ("could be the sum", "与各自之和无明显差别"),
    # report: verdicts
    "live_longer": (
        "Groups live {days} days longer than under “{other}” (95 % interval {low} to {high}, {n} paired communities); this is "
        "a prediction of the model.",
        "群的寿命比“{other}”长 {days} 天（95% 区间 {low} 至 {high}，配对社群 {n} 个）；这是模型的预测。",
    ),
    "live_shorter": (
        "Groups live {days} days less than under “{other}” (95 % interval {low} to {high}, {n} paired communities); this is "
        "a prediction of the model.",
        "群的寿命比“{other}”短 {days} 天（95% 区间 {low} 至 {high}，配对社群 {n} 个）；这是模型的预测。",
    ),
    "live_luck": (
        "No clear effect on how long groups live: {days} days against “{other}” (95 % interval {low} to {high}, {n} paired "
        "communities) could be luck.",
        "对群的寿命没有明确影响：与“{other}”相差 {days} 天（95% 区间 {low} 至 {high}，配对社群 {n} 个），可能只是运气。",
    ),
    "also_clear": ("Also clear: {what}.", "同样明确：{what}。"),
    "could_be_luck": ("Could be luck: {what}.", "可能只是运气：{what}。"),
    "too_few": (
        "Too few communities to tell an effect from luck: at least two are needed.",
        "社群太少，分不清效果与运气：至少需要两个。",
    ),
    "reference_level": (
        "The others are compared with this arm ({n} communities): {what}.",
        "其他方案都与它相比（{n} 个社群）：{what}。",
    ),
    "only_level": ("{n} communities, nothing to compare with: {what}.", "{n} 个社群，没有可比的方案：{what}。"),
    "from_to": ("({low} to {high})", "（{low} 至 {high}）"),
    "combined_of": ("{arm} combines {parts}.", "{arm}：{parts}一起使用。"),
    "sum_in_days": (
        "Together they change the life of a group by {together} days; the sum of what each does alone would be {sum_of_parts}. "
        "The gap is {difference} days (95 % interval {low} to {high}, {n} paired communities).",
        "合用使群的寿命变化 {together} 天；各自效果相加为 {sum_of_parts} 天。两者相差 {difference} 天"
        "（95% 区间 {low} 至 {high}，配对社群 {n} 个）。",
    ),
    "list_more_than_the_sum": ("More than the sum of the parts: {what}.", "超过各自效果之和：{what}。"),
    "list_less_than_the_sum": ("Less than the sum of the parts: {what}.", "不及各自效果之和：{what}。"),
    "list_could_be_the_sum": ("Not to be told from the sum: {what}.", "与各自效果之和无明显差别：{what}。"),
    # report: page
    "report_title": ("How long do the groups live? {worlds}", "群能活多久？{worlds}"),
    "report_subtitle": (
        "{arms} arms, up to {n} communities each, {days} days; simulated",
        "{arms} 个方案，每个至多 {n} 个社群，{days} 天；模拟结果",
    ),
    "honest": (
        "Everything on this page is a prediction of a model under stated assumptions, not a measurement of real groups. "
        "The intervals tell how far luck among simulated communities may move a number; they do not cover the error of the "
        "model itself.",
        "本页的一切都是模型在既定假设下的预测，不是对真实群的测量。区间只说明模拟社群之间的运气能使数字变动多少，不包括模型本身的误差。",
    ),
    "verdict_heading": ("Verdict", "结论"),
    "combining_heading": ("What combining does", "合用的效果"),
    "table_heading": ("All outcomes", "全部结果"),
    "pictures_heading": ("Pictures", "图"),
    "reading_heading": ("How to read this", "如何阅读"),
    "source_heading": ("Where the numbers come from", "数字从何而来"),
    "table_note": (
        "Mean over communities, 95 % interval beneath. Green: clearly better than the reference, orange: clearly worse, grey: "
        "clearly different (paired, after Holm's correction).",
        "社群间均值，下方为 95% 区间。绿：明确好于参照方案；橙：明确差；灰：明确不同（配对比较，经 Holm 校正）。",
    ),
    "n_communities": ("communities (replicates)", "社群数（重复次数）"),
    "reading_unit": (
        "A community is one market, one operator and its groups; a replicate is the same community under another seed. "
        "Communities, not groups or members, are the independent units.",
        "社群是一个市场、一名运营者和他的若干个群；重复是换一个种子的同一社群。独立单位是社群，不是群，也不是成员。",
    ),
    "reading_death": (
        "A group is dead after 28 days without a word from an ordinary member; host, adverts and packets do not count. Groups "
        "alive at the end are censored, never dropped.",
        "普通成员连续 28 天无人发言，群即消亡；群主发言、广告和红包不算。到最后仍存活的群按删失处理，不剔除。",
    ),
    "reading_luck": (
        "Arms share their luck: the same people knock on the same doors, so differences are taken community by community.",
        "各方案共用同样的运气：同样的人敲同样的门，因此按社群逐一求差。",
    ),
    "reading_money": (
        "Money is hardly pinned down by the facts the model is fitted to: compare arms by ratio, not by yuan.",
        "模型所拟合的事实几乎不能确定金额：请按比例比较各方案，不要看绝对金额。",
    ),
    "source_seed": ("seed", "种子"),
    "source_lane": ("lane", "运行方式"),
    "source_versions": ("versions", "版本"),
    "source_digest": ("digest", "摘要值"),
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


UNITS = {
    "days": ("days", "天"),
    "members": ("members", "人"),
    "hours": ("hours", "小时"),
    "CNY": ("CNY", "元"),
    "messages/day": ("a day", "条/天"),
}


def unit_label(unit: str, lang: str, difference: bool = False) -> str:
    """The unit in words; the difference of two shares is in percentage points."""
    if unit == "share":
        return ("points", "个百分点")[LANGS.index(lang)] if difference else ""
    return UNITS.get(unit, (unit, unit))[LANGS.index(lang)]


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

"""The sentences of the report's page, in English and in Simplified Chinese; part of the table in :mod:`sim.locale.words`."""

from __future__ import annotations

__all__ = ["REPORT"]

REPORT: dict[str, tuple[str, str]] = {
    # report: verdicts
    "live_longer": (
        "Groups live {days} days longer than under '{other}' (95 % interval {low} to {high}, {n} paired communities); this is "
        "a prediction of the model.",
        "群的寿命比“{other}”长 {days} 天（95% 区间 {low} 至 {high}，配对社群 {n} 个）；这是模型的预测。",
    ),
    "live_shorter": (
        "Groups live {days} days less than under '{other}' (95 % interval {low} to {high}, {n} paired communities); this is "
        "a prediction of the model.",
        "群的寿命比“{other}”短 {days} 天（95% 区间 {low} 至 {high}，配对社群 {n} 个）；这是模型的预测。",
    ),
    "live_luck": (
        "No clear effect on how long groups live: {days} days against '{other}' (95 % interval {low} to {high}, {n} paired "
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
    "list_stronger": ("Stronger than the sum of the parts: {what}.", "强于各自效果之和：{what}。"),
    "list_weaker": ("Weaker than the sum of the parts: {what}.", "弱于各自效果之和：{what}。"),
    "list_level": ("Not to be told from the sum: {what}.", "与各自效果之和无明显差别：{what}。"),
    # report: page
    "report_title": ("How long do the groups live? {worlds}", "群能活多久？（{worlds}）"),
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
    "table_heading": ("In figures", "数字"),
    "all_heading": ("All outcomes", "全部结果"),
    "pictures_heading": ("Pictures", "图"),
    "reading_heading": ("How to read this", "如何阅读"),
    "source_heading": ("Where the numbers come from", "数字从何而来"),
    "table_note": (
        "Mean over communities, 95 % interval beneath. Green: clearly better than the reference, orange: clearly worse, grey: "
        "clearly different (paired, after Holm's correction over the arms, for each outcome on its own). ‡: rests on few unusual communities.",
        "社群间均值，下方为 95% 区间。绿：明确好于参照方案；橙：明确差；灰：明确不同（配对比较，每项结果各自对全部方案做 Holm 校正）。‡：只靠少数特殊社群。",
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
    "reading_life": (
        "The life of a group is a restricted mean: days lived within the span in which a death can be seen; a group that "
        "outlives the span counts up to its end.",
        "群的寿命是限制均值：在能够判定消亡的期间内存活的天数；活过这段期间的群只计到期末。",
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

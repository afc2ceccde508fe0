"""The words of a study's pictures, in English and in Simplified Chinese; part of the table in :mod:`sim.locale.words`."""

from __future__ import annotations

__all__ = ["STUDY"]

STUDY: dict[str, tuple[str, str]] = {
    # short names of outcomes that studies speak of
    "short_buyers": ("Members who buy", "购买率"),
    "short_revenue": ("Revenue", "收入"),
    "short_cost": ("Cost", "成本"),
    "short_host_hours": ("Host's hours", "群主工时"),
    "short_cost_with_hours": ("Cost with hours", "成本（含工时）"),
    "short_profit_with_hours": ("Profit after hours", "盈余（扣工时）"),
    "short_stayed": ("Still in after 28 days", "28天留存率"),
    "short_turned_away": ("Turned away", "入群被拒"),
    "short_members_end": ("Members at the end", "期末群均人数"),
    "short_silent": ("Never post", "从未发言"),
    "short_active": ("Posting a day", "日均发言人数"),
    "short_answered": ("Openers answered", "话题有回应"),
    "short_strong_pairs": ("Strong pairs", "强关系对数"),
    "short_repurchase": ("Buy again", "复购率"),
    "short_messages": ("Messages", "消息数"),
    "short_belonging": ("Belonging", "归属感"),
    # forest
    "forest_title": (
        "{what}: {better} of {total} arms are clearly better than '{reference}', {worse} clearly worse",
        "{what}：{total} 个方案中，{better} 个明确好于“{reference}”，{worse} 个明确差",
    ),
    "forest_title_neutral": (
        "{what}: {clear} of {total} arms clearly differ from '{reference}'",
        "{what}：{total} 个方案中，{clear} 个与“{reference}”明确不同",
    ),
    "forest_caption": (
        "Mean difference from '{reference}' between paired communities, 95 % interval. Filled: clear after Holm's correction; "
        "hollow: could be luck.\nGrey band: too small to matter. Predictions of the model;",
        "与“{reference}”配对社群之差的均值及 95% 区间。实心：经 Holm 校正后仍明确；空心：可能只是运气。\n"
        "灰带：小到无关紧要。模型的预测；",
    ),
    # best
    "chance": ("{p} %", "{p}%"),
    "loss": (", loses {loss}", "，损失 {loss}"),
    "loss_in": ("chance to be best; loss in {unit}", "最好的可能性；损失单位：{unit}"),
    "chance_only": ("chance to be best", "最好的可能性"),
    "best_title": (
        "{what}: '{arm}' is most likely the best ({p})",
        "{what}：最可能的优胜者是“{arm}”（{p}）",
    ),
    "best_title_none": ("Which arm is best", "哪个方案最好"),
    "best_caption": (
        "How likely each arm would come out best if communities were without end, and what choosing it would lose on average.\n"
        "From 2,000 draws of what the means may truly be, all arms together, common luck kept. Predictions of the model;",
        "若社群无限多，各方案胜出的可能性；以及选择它平均会损失多少。\n"
        "来自 2,000 次对各方案真实均值的抽取（所有方案一起，保留共同的运气）。模型的预测；",
    ),
    # survival and lifetimes
    "longer_by": ("Mean life compared with '{reference}'", "平均寿命与“{reference}”之差"),
    "days_and_hazard": ("{days}, hazard × {ratio}", "{days}，死亡风险 × {ratio}"),
    "rough": (" (rough)", "（粗略）"),
    "days_few_deaths": ("{days}, too few deaths", "{days}，死亡太少"),
    "study_survival_caption": (
        "Kaplan–Meier over {groups} groups; {alive} were alive at the end and count as censored{ended}. Bands and bars: 95 %, communities "
        "as clusters. Hazard: how fast\ngroups die, compared with the reference. Filled: the difference of means is clear after Holm.\n"
        "Rough: rests on few communities. Predictions of the model;",
        "对 {groups} 个群的 Kaplan–Meier 估计；其中 {alive} 个到最后仍存活，按删失处理{ended}。色带与横线：按社群聚类的 95% 区间。\n"
        "死亡风险：群消亡的快慢，与参照方案相比。实心：均值之差经 Holm 校正后明确。粗略：只靠少数社群。模型的预测；",
    ),
    "age_at_death": (
        "age of a group at its death, days; right of the line: alive at the end",
        "群消亡时的年龄（天）；竖线右侧：到最后仍存活",
    ),
    "dots_title": (
        "Of the groups under '{best}' {most} outlive {days} days; under '{other}' {base}",
        "“{best}”下有 {most} 的群活过 {days} 天；“{other}”下为 {base}",
    ),
    "dots_caption": (
        "Each of the {dots} dots of an arm stands for one group in {dots}, by the survival curve. Hollow: outlives the watch.\n"
        "Diamond and line: median with 95 % interval. Predictions of the model;",
        "每个方案 {dots} 个点，每点代表 {dots} 分之一的群，由生存曲线得出。空心：活过观察期。\n菱形与横线：中位数及 95% 区间。模型的预测；",
    ),
    # dose
    "dose_title": (
        "{what}: {first} at {knob} {low}, {last} at {knob} {high}",
        "{what}：{knob} 为 {low} 时 {first}，为 {high} 时 {last}",
    ),
    "dose_caption": (
        "Difference from '{reference}' by {knob}, mean of paired communities with 95 % interval; the line only connects what was run.\n"
        "Filled: clear after Holm's correction. Grey band: too small to matter. Predictions of the model;",
        "与“{reference}”之差随 {knob} 的变化：配对社群的均值及 95% 区间；连线只连接跑过的点。\n"
        "实心：经 Holm 校正后仍明确。灰带：小到无关紧要。模型的预测；",
    ),
    # trade-off
    "front_share": ("Unbeaten in", "未被胜过的比例"),
    "tradeoff_one": ("'{arms}' is at least as good as every other arm in all respects", "“{arms}”在各方面都不差于其他方案"),
    "tradeoff_title": ("A choice remains between {arms}", "需要取舍的是：{arms}"),
    "tradeoff_many": ("{n} of {total} arms cannot be beaten without losing something", "{total} 个方案中有 {n} 个无法被全面胜过"),
    "tradeoff_caption": (
        "Means with 95 % intervals; arrows point to better. Ring: no other arm is as good in {what} and better in one.\n"
        "Beside the names: share of 2,000 draws of the true means in which that holds. Predictions of the model;",
        "均值及 95% 区间；箭头指向更好的一侧。圆圈：没有别的方案在{what}上都不差且至少一项更好。\n"
        "名称旁：2,000 次真实均值的抽取中如此的比例。模型的预测；",
    ),
    # worlds
    "cell": ("{p} %\nrank {rank}: {mean}", "{p}%\n第 {rank} 名：{mean}"),
    "worlds_same": (
        "{what}: '{arm}' comes first in every world",
        "{what}：“{arm}”在每个世界里都是第一",
    ),
    "worlds_perhaps": (
        "{what}: the first place changes with the world ({n} arms), but not beyond doubt",
        "{what}：第一名随世界而变（{n} 个方案），但尚不确定",
    ),
    "worlds_change": (
        "{what}: the winner surely depends on the world; {n} arms come first somewhere",
        "{what}：优胜者确实取决于世界：{n} 个方案在某处居首",
    ),
    "worlds_caption": (
        "Per cent: how likely the arm is best for {what} in that world; below its rank and mean.\n"
        "Predictions of the model;",
        "百分数：该方案在该世界里就{what}而言最好的可能性；下方为名次与均值。\n模型的预测；",
    ),
    # seeds
    "times_between": ("{gain} × ({low} … {high})", "{gain} 倍（{low} … {high}）"),
    "to_within": ("{what} to ± {half}", "{what}精确到 ± {half}"),
    "communities_per_arm": ("communities per arm (log scale)", "每个方案的社群数（对数刻度）"),
    "seeds_title": (
        "{what}: without common luck some {low} to {high} times as many communities would be needed",
        "{what}：若没有共同的运气，约需 {low} 至 {high} 倍的社群",
    ),
    "seeds_title_one": (
        "{what}: without common luck some {low} times as many communities would be needed",
        "{what}：若没有共同的运气，约需 {low} 倍的社群",
    ),
    "seeds_title_none": ("How many communities are needed", "需要多少个社群"),
    "seeds_caption": (
        "Communities per arm for a 95 % interval of the difference from the reference of half width ½ of what matters; lines: 80 % range. "
        "Filled: with\ncommon luck; hollow: every arm with luck of its own. Numbers: ratio of the two variances, 95 % interval. Dotted: run. "
        "Predictions of the model;",
        "使与参照方案之差的 95% 区间半宽达到“有意义的差异”一半所需的每方案社群数；细线：80% 范围。实心：共同的运气；空心：各方案运气独立。\n"
        "数字：两种方差之比及 95% 区间。点线：已运行的社群数。模型的预测；",
    ),
}

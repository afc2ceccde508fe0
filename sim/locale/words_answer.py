"""The sentences of a study's answer, in English and in Simplified Chinese; part of the table in :mod:`sim.locale.words`."""

from __future__ import annotations

__all__ = ["ANSWER"]

ANSWER: dict[str, tuple[str, str]] = {
    # the answer in one breath, per world
    "answer_wins": (
        "'{arm}' does best for {what}: {difference} compared with '{reference}' ({interval}, {n} paired communities): "
        "{verdict}. It did better in {better} of {n} communities. That it is the best of the {arms} arms: {chance}.",
        "就{what}而言，“{arm}”最好：与“{reference}”相比 {difference}（{interval}，配对社群 {n} 个）：{verdict}。"
        "{n} 个社群中，它在 {better} 个里更好。它是 {arms} 个方案中最好的可能性：{chance}。",
    ),
    "answer_reference": (
        "No arm does better for {what} than '{reference}' on average: {mean} ({interval}, {n} communities). That it is "
        "the best of the {arms} arms: {chance}.",
        "就{what}而言，平均没有方案好于“{reference}”：{mean}（{interval}，{n} 个社群）。"
        "它是 {arms} 个方案中最好的可能性：{chance}。",
    ),
    "answer_luck": (
        "No arm clearly differs from '{reference}' in {what}. The largest difference on average: '{arm}', {difference} ({span}, 95 % "
        "for all comparisons together, {n} paired communities); it could be luck.",
        "就{what}而言，没有方案与“{reference}”明确不同。平均差异最大的是“{arm}”：{difference}（{span}，全部比较合计 95%，"
        "配对社群 {n} 个）；可能只是运气。",
    ),
    "answer_leads": (
        "'{arm}' leads for {what}: {difference} compared with '{reference}' ({interval}, {n} paired communities), but that "
        "could be luck. That it is the best of the {arms} arms: {chance}.",
        "就{what}而言，“{arm}”暂时领先：与“{reference}”相比 {difference}（{interval}，配对社群 {n} 个），但可能只是运气。"
        "它是 {arms} 个方案中最好的可能性：{chance}。",
    ),
    "answer_better": ("Clearly better than '{reference}': {named}.", "明确好于“{reference}”：{named}。"),
    "answer_worse": ("Clearly worse than '{reference}': {named}.", "明确差于“{reference}”：{named}。"),
    "answer_moves": (
        "'{arm}' moves {what} most: {difference} compared with '{reference}' ({interval}, {n} paired communities). "
        "Whether more is better is not for the model to say.",
        "对{what}影响最大的是“{arm}”：与“{reference}”相比 {difference}（{interval}，配对社群 {n} 个）。"
        "多是否更好，不由模型判断。",
    ),
    "answer_too_few": (
        "Too few communities to tell anything from luck: at least two are needed, {n} were run.",
        "社群太少，分不清效果与运气：至少需要两个，现有 {n} 个。",
    ),
    "answer_alone": ("There is nothing to compare with: only one arm was run.", "没有可比的方案：只运行了一个方案。"),
    "answer_runner_up": (
        "Choosing '{arm}' instead of '{leader}' would lose {loss} on these means; the {n} communities cannot rule out that it is the best ({chance}).",
        "若改选“{arm}”而不选“{leader}”，就这些均值而言损失 {loss}；{n} 个社群尚不能排除它才是最好的（{chance}）。",
    ),
    "interval_95": ("95 % interval {low} to {high}", "95% 区间 {low} 至 {high}"),
    "interval_plain": ("{low} to {high}", "{low} 至 {high}"),
    "no_interval": ("no interval", "无区间"),
    # verdict words
    "v_clear": ("clear, and enough to matter", "明确，且足以有意义"),
    "v_clear_size_open": ("clear, but perhaps too small to matter", "明确，但也许小到无关紧要"),
    "v_clear_tiny": ("clear, but too small to matter", "明确，但小到无关紧要"),
    "v_equal": ("no difference that matters", "没有有意义的差异"),
    "v_same": ("the same in every community", "每个社群都完全相同"),
    "v_open": ("cannot be told: could be luck", "分不清：可能只是运气"),
    "v_too_few": ("too few communities", "社群太少"),
    "v_still": (
        "no two of the {n} communities differ in it, so there is no interval: that it is otherwise in up to {share} of communities is not ruled out",
        "{n} 个社群在此完全一致，故没有区间：不能排除至多 {share} 的社群并非如此",
    ),
    "v_rough": ("rests on few unusual communities", "只靠少数特殊社群"),
    # per arm
    "arm_primary": (
        "{what}: {difference} ({span}), {verdict}. Better in {better} of {n} communities{ties}.",
        "{what}：{difference}（{span}），{verdict}。{n} 个社群中 {better} 个更好{ties}。",
    ),
    "arm_primary_more": (
        "{what}: {difference} ({span}), {verdict}. More in {better} of {n} communities{ties}.",
        "{what}：{difference}（{span}），{verdict}。{n} 个社群中 {better} 个更多{ties}。",
    ),
    "arm_ties": (", equal in {equal}", "，{equal} 个相等"),
    "arm_gains": ("Better beyond luck: {what}.", "明确更好：{what}。"),
    "arm_losses": ("Worse beyond luck: {what}.", "明确更差：{what}。"),
    "arm_moved": ("Different beyond luck: {what}.", "明确不同：{what}。"),
    "arm_tiny": ("Clear, but too small to matter: {what}.", "明确，但小到无关紧要：{what}。"),
    "arm_equal": ("No difference that matters: {what}.", "没有有意义的差异：{what}。"),
    "arm_same": ("The same in every community: {what}.", "每个社群都完全相同：{what}。"),
    "arm_open": ("Cannot be told yet: {what}.", "尚不能判断：{what}。"),
    # further sentences
    "more_needed": (
        "To know every arm's difference from the reference in {what} to ± {half}, about {low} to {high} communities per arm are needed "
        "(80 % range); {n} were run.",
        "要使每个方案与参照方案的{what}之差精确到 ± {half}，每个方案约需 {low} 至 {high} 个社群（80% 范围）；现有 {n} 个。",
    ),
    "enough": (
        "The {n} communities per arm are enough to know every arm's difference from the reference in {what} to ± {half}.",
        "每个方案 {n} 个社群，足以使每个方案与参照方案的{what}之差精确到 ± {half}。",
    ),
    "needed_unknown": (
        "Whether the {n} communities are enough for ± {half} cannot be told in {rough} of {of} comparisons: nothing varies there, or few "
        "unusual communities carry the difference.",
        "{of} 项比较中有 {rough} 项无法判断 {n} 个社群是否足以精确到 ± {half}：那里毫无变化，或差异只靠少数特殊社群。",
    ),
    "choice_of": (
        "Weighing {what}, on the means of {n} communities: {arms} cannot be beaten in one without losing in another; in brackets how sure that is.",
        "权衡{what}，就 {n} 个社群的均值而言：{arms}无法在一项上被超过而不在另一项上受损；括号内为把握程度。",
    ),
    "choice_one": (
        "Weighing {what}, on the means of {n} communities: {arms} is at least as good as every other arm in all of them; in brackets how sure "
        "it is that no arm beats it.",
        "权衡{what}，就 {n} 个社群的均值而言：{arms}在各项上都不差于其他方案；括号内为没有方案胜过它的把握。",
    ),
    "with_chance": ("'{arm}' ({chance})", "“{arm}”（{chance}）"),
    "twins": (
        "{arms} gave exactly the same numbers in every community: they differ in name alone, or a setting of theirs has no effect here.",
        "{arms}在每个社群都给出完全相同的数字：它们只是名称不同，或某个设置在此没有作用。",
    ),
    "robust_same": (
        "In all {n} worlds '{arm}' comes first for {what} on these means. How sure it is the best: {winners}.",
        "就这些均值而言，在全部 {n} 个世界里“{arm}”的{what}都居首。它确为最好的把握：{winners}。",
    ),
    "robust_perhaps": (
        "Which arm comes first for {what} differs between the worlds ({winners}), but these communities cannot rule out that it is luck.",
        "就{what}而言，各世界居首的方案不同（{winners}），但这些社群尚不能排除是运气。",
    ),
    "robust_change": (
        "Which arm is best for {what} depends on the world ({winners}): find out in which world you are before you choose.",
        "就{what}而言，最好的方案取决于世界（{winners}）：选择之前，先弄清自己处于哪个世界。",
    ),
    "robust_regret": (
        "Who does not know the world loses least in the worst case with '{arm}': at most {regret} on average.",
        "不知道处于哪个世界的人，选“{arm}”最坏时损失最小：平均至多 {regret}。",
    ),
    "winner_in": ("{world}: {arm}, {chance} (n = {n})", "{world}：{arm}，{chance}（n = {n}）"),
}

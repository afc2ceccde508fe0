"""The words of sensitivity, pictures and page, in English and in Simplified Chinese; part of :mod:`sim.locale.words`."""

from __future__ import annotations

__all__ = ["SENSITIVITY", "SENSITIVITY_METHODS"]

SENSITIVITY: dict[str, tuple[str, str]] = {
    "morris_title": ("{what}: '{knob}' moves it most", "{what}：影响最大的是“{knob}”"),
    "sensitivity_title_luck": (
        "{what}: no knob stands out clearly from luck yet",
        "{what}：尚无参数明确超出运气的影响",
    ),
    "sobol_title": (
        "{what}: '{knob}' has the largest part in its variance",
        "{what}：与其方差关系最大的是“{knob}”",
    ),
    "sensitivity_title_none": ("{what}: no index can be told", "{what}：无法得出指标"),
    "morris_caption": (
        "Screening after Morris, {base} trajectories, {n} communities at each point; 95 % intervals.\n"
        "Grey: what would be seen if the knob only reshuffled luck. Predictions of the model.",
        "Morris 筛选法：{base} 条轨迹，每点 {n} 个社群；95% 区间。\n灰色：参数只是重新洗牌运气时也会出现的大小。模型的预测。",
    ),
    "sobol_caption": (
        "Sobol indices from {base} base points, {n} communities at each point; 95 % intervals.\n"
        "What knobs do together is counted for each of them. Grey: what would be seen if the knob only reshuffled luck; hollow: not beyond it. "
        "Predictions of the model.",
        "Sobol 指标：{base} 个基点，每点 {n} 个社群；95% 区间。\n参数共同的作用对每个参数各计一次。灰色：参数只是重新洗牌运气时也会出现的大小；空心：未超出它。模型的预测。",
    ),
    "mu_star": ("Mean size of the effect over the whole range", "在整个范围内影响的平均大小"),
    "sigma": ("How much that depends on the other knobs", "这一影响取决于其他参数的程度"),
    "mu_star_short": ("mean size of the effect", "影响的平均大小"),
    "ST": ("Share of the variance it has a part in", "与其有关的方差占比"),
    "S1": ("Share it explains alone", "单独解释的方差占比"),
    "by_luck": ("luck alone", "仅由运气"),
    # the page
    "sens_subtitle": (
        "knobs: {knobs}; points: {points}; communities at each: {n}; days: {days}; simulated",
        "{knobs} 个参数，{points} 个点，每点 {n} 个社群，{days} 天；模拟结果",
    ),
    "sens_none": (
        "{what}: nothing can be told; it is undefined at some points, or does not vary.",
        "{what}：无法判断；它在某些点没有定义，或没有变化。",
    ),
    "sens_top": (
        "{what}: {knob} matters most. Moving it through its whole range changes {inside} by {value} on average (95 % interval {low} to {high}; "
        "{base} trajectories, {n} communities at each point){luck}. {way}",
        "{what}：最要紧的是 {knob}。把它从范围的一端调到另一端，{inside}平均变化 {value}（95% 区间 {low} 至 {high}；{base} 条轨迹，"
        "每点 {n} 个社群）{luck}。{way}",
    ),
    "sens_by_luck": ("; luck alone would show {noise}", "；仅由运气也会出现 {noise}"),
    "sens_more": ("More of it means more.", "调高它，此项增加。"),
    "sens_less": ("More of it means less.", "调高它，此项减少。"),
    "sens_mixed": (
        "Whether more of it means more or less cannot be told, or depends on the other knobs.",
        "调高它使此项增加还是减少，尚不能判断，或取决于其他参数。",
    ),
    "sens_luck_all": (
        "{what}: no knob stands out clearly from what luck alone would show; more seeds lower that height.",
        "{what}：没有参数明确超出仅由运气就会出现的大小；增加 seeds 可以降低这一大小。",
    ),
    "sens_also": ("Beyond luck as well: {knobs}.", "同样超出运气的：{knobs}。"),
    "sens_open": ("Not to be told from luck, may do nothing: {knobs}.", "与运气分不清、也许没有作用的：{knobs}。"),
    "sens_still": ("Did nothing at all here: {knobs}.", "在此完全没有作用的：{knobs}。"),
    "sens_share": (
        "{what}: {knob} has the largest part in its variance: {value} (95 % interval {low} to {high}); alone it explains {alone} ({alone_low} to "
        "{alone_high}){luck}. {base} base points, {n} communities at each point.",
        "{what}：与其方差关系最大的是 {knob}：{value}（95% 区间 {low} 至 {high}）；它单独解释 {alone}（{alone_low} 至 {alone_high}）{luck}。"
        "{base} 个基点，每点 {n} 个社群。",
    ),
    "sens_part": ("Have a part in it as well: {knobs}.", "同样有关系的：{knobs}。"),
    "sens_no_part": ("A part cannot be told from none: {knobs}.", "尚不能判断有无关系的：{knobs}。"),
    "sens_table": ("{what}: the knobs, the most important first", "{what}：各参数，最要紧的在前"),
    "sens_table_morris": (
        "µ*: mean size of what moving the knob through its whole range does; µ: the same with its sign; σ: how much that depends on the other "
        "knobs; luck: the µ* that would be seen if the knob only reshuffled luck. Beneath: 95 % interval. Green: beyond luck.",
        "µ*：把参数从范围一端调到另一端的影响的平均大小；µ：带符号的平均；σ：这一影响取决于其他参数的程度；"
        "运气：参数只是重新洗牌运气时也会出现的 µ*。下方为 95% 区间。绿：超出运气。",
    ),
    "sens_table_sobol": (
        "ST: share of the variance the knob has a part in ; S1: share it explains alone; luck: the ST that would be seen if the knob only reshuffled luck. "
        "Beneath: 95 % interval. Green: beyond luck.",
        "ST：与该参数有关的方差占比；S1：它单独解释的占比；运气：参数只是重新洗牌运气时也会出现的 ST。下方为 95% 区间。绿：超出运气。",
    ),
    "col_mu_star": ("µ*", "µ*"),
    "col_mu": ("µ", "µ"),
    "col_sigma": ("σ", "σ"),
    "col_ST": ("ST, %", "ST（%）"),
    "col_S1": ("S1, %", "S1（%）"),
    "col_luck": ("luck", "运气"),
    "col_morris": ("trajectories × communities", "轨迹 × 社群"),
    "col_sobol": ("base points × communities", "基点 × 社群"),
    "sens_limit_ranges": (
        "How far apart the ends of the ranges lie decides what matters: a knob given a wide range looks important. Say why they are what they are.",
        "范围两端相距多远，决定什么要紧：范围给得宽，参数就显得重要。请说明为何取这些范围。",
    ),
    "sens_limit_average": (
        "A knob that matters on average over the ranges may do nothing at your place in them, and the other way round. Intervals are 95 % each on "
        "its own.",
        "在整个范围内平均要紧的参数，在你所处的位置也许没有作用；反之亦然。区间各自为 95%。",
    ),
    "sens_limit_seed": (
        "With one community at each point the intervals know nothing of luck. Play more seeds.",
        "每点只有一个社群时，区间不含运气。请增加 seeds。",
    ),
    "sens_limit_few": (
        "{n} base points are few: the shares are rough and may come out below 0 or above 100 %. Take 64 or more.",
        "{n} 个基点偏少：占比粗略，可能小于 0 或超过 100%。请取 64 个或更多。",
    ),
    "sens_method": ("method", "方法"),
    "sens_morris": ("screening after Morris, {n} trajectories", "Morris 筛选法，{n} 条轨迹"),
    "sens_sobol": ("Sobol indices, {n} base points", "Sobol 指标，{n} 个基点"),
}

#: How it was done, by method; lines that begin with "=" are equations.
SENSITIVITY_METHODS: dict[str, tuple[tuple[str, str], ...]] = {
    "morris": (
        (
            "The value y of a point is the mean of the outcome over {seeds} communities, the same at every point. u is a knob's place in its range "
            "from 0 to 1. Along each of {n} trajectories one knob moves at a time by Δ:",
            "点的取值 y 是结果指标在 {seeds} 个社群上的均值，各点所用社群相同。u 是参数在范围中的位置（0 至 1）。在 {n} 条轨迹上，每次只移动一个参数 Δ：",
        ),
        ("=EE = (y(u + Δ) − y(u)) / Δ,   µ* = mean |EE|,   µ = mean EE,   σ = sd EE", "=EE = (y(u + Δ) − y(u)) / Δ，   µ* = mean |EE|，   µ = mean EE，   σ = sd EE"),
        (
            "Luck: the mean over trajectories of √(2/π) · sd(EE over communities) / √communities, the µ* of a knob that only reshuffles who meets "
            "whom.",
            "运气：对各轨迹求 √(2/π) · sd(EE 在社群间) / √社群数 的平均，即只重新洗牌谁遇见谁的参数会有的 µ*。",
        ),
        (
            "Intervals: trajectories, and apart from them communities, are drawn anew {draws} times each; the two half widths, each with its own t, "
            "are added in squares. Morris 1991; Campolongo et al. 2007.",
            "区间：轨迹与社群分别重抽样 {draws} 次；两个半宽各用自己的 t，平方相加后开方。Morris 1991；Campolongo 等 2007。",
        ),
    ),
    "sobol": (
        (
            "The value y of a point is the mean of the outcome over {seeds} communities, the same at every point; {n} base points of Sobol's sequence, "
            "Saltelli's design. With u the knob's place in its range:",
            "点的取值 y 是结果指标在 {seeds} 个社群上的均值，各点所用社群相同；Sobol 序列 {n} 个基点，Saltelli 设计。以 u 记参数在范围中的位置：",
        ),
        ("=S1 = V(E(y|u)) / V(y),   ST = 1 − V(E(y|others)) / V(y)", "=S1 = V(E(y|u)) / V(y)，   ST = 1 − V(E(y|其他)) / V(y)"),
        (
            "Luck: the mean over base points of var(y − y′ over communities) / communities, over 2 V(y), with y′ at the point that differs in this knob "
            "alone: the ST of a knob that only reshuffles who meets whom.",
            "运气：对各基点求 var(y − y′，在社群间) / 社群数 的平均，再除以 2 V(y)，y′ 为只在该参数上不同的点：即只重新洗牌谁遇见谁的参数会有的 ST。",
        ),
        (
            "Intervals: base points, and apart from them communities, are drawn anew {draws} times each; the two half widths, each with its own t, "
            "are added in squares. Saltelli et al. 2010.",
            "区间：基点与社群分别重抽样 {draws} 次；两个半宽各用自己的 t，平方相加后开方。Saltelli 等 2010。",
        ),
    ),
}

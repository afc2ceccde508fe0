"""Headings, tables and the small print of a study's page, in English and in Simplified Chinese; part of :mod:`sim.locale.words`."""

from __future__ import annotations

__all__ = ["LIMITS", "METHODS", "STUDY_PAGE"]

STUDY_PAGE: dict[str, tuple[str, str]] = {
    "study_subtitle": (
        "arms: {arms}; worlds: {worlds}; communities per arm and world: {n}; days: {days}; simulated",
        "{arms} 个方案，{worlds} 个世界，各 {n} 个社群，{days} 天；模拟结果",
    ),
    "study_question": ("The question", "问题"),
    "study_answer": ("The answer", "答案"),
    "study_worlds": ("Over all worlds", "跨世界"),
    "study_arms": ("Arm by arm", "逐个方案"),
    "study_pictures": ("Pictures", "图"),
    "study_figures": ("In figures", "数字"),
    "study_trust": ("How far to trust it", "可信到什么程度"),
    "study_methods": ("Methods, for a referee", "方法（供审稿人）"),
    "study_source": ("What was run", "运行了什么"),
    "table_differences": (
        "Differences from '{reference}' with 95 % intervals",
        "与“{reference}”之差及 95% 区间",
    ),
    "table_primary": ("{what}, in detail", "{what}：详情"),
    "table_lives": ("Survival of groups", "群的生存"),
    "table_dead_by": ("Age in days by which so many groups are dead", "多少比例的群消亡时的年龄（天）"),
    "study_table_note": (
        "First row: mean under the reference. Green: clearly better, orange: clearly worse, grey: clearly different, after Holm's "
        "correction. ‡: rests on few unusual communities, rough.",
        "首行：参照方案的均值。绿：明确更好；橙：明确更差；灰：明确不同（经 Holm 校正）。‡：只靠少数特殊社群，粗略。",
    ),
    "lives_note": (
        "‡: fewer than {many} communities have a death, or few unusual ones carry the number; rough, the interval may be far too short. "
        "Too few deaths: a hazard ratio needs {many} communities with a death in one arm or the other, and {each} in each.",
        "‡：有群消亡的社群不足 {many} 个，或数字只靠少数特殊社群；粗略，区间可能远远偏窄。死亡太少：风险比要求两方案合计至少 {many} 个社群、各方案至少 {each} 个社群有群消亡。",
    ),
    "too_few_deaths": ("too few deaths", "死亡太少"),
    "col_mean": ("mean", "均值"),
    "col_difference": ("difference", "差异"),
    "col_p": ("p", "p 值"),
    "col_p_holm": ("p, Holm", "p 值（Holm）"),
    "col_d": ("effect size d_z", "效应量 d_z"),
    "col_better": ("better in", "更好的社群"),
    "col_best": ("chance to be best", "最好的可能性"),
    "col_regret": ("expected loss", "预期损失"),
    "col_n": ("n", "n"),
    "col_needed": ("communities needed, 80 % range", "所需社群数（80% 范围）"),
    "col_needed_own": ("without common luck", "若无共同的运气"),
    "col_gain": ("gain of common luck", "共同运气的增益"),
    "col_life": ("mean life", "平均寿命"),
    "col_hazard": ("hazard ratio", "风险比"),
    "col_log_rank": ("log-rank p, Holm", "对数秩 p 值（Holm）"),
    "col_groups": ("groups", "群数"),
    "col_arm": ("arm", "方案"),
    "of_these": ("{k} of {n}", "{n} 中 {k}"),
    "beyond": ("> {days}", "> {days}"),
    "source_worlds": ("worlds", "世界"),
    "source_arms": ("arms", "方案"),
    "source_reference": ("reference", "参照方案"),
    "source_replicates": ("communities per arm", "每个方案的社群数"),
    "source_days": ("days", "天数"),
    "source_outcomes": ("outcomes", "结果指标"),
    "as_they_are": ("as it is", "原样"),
    "table_returns": ("What each strategy brings in the company of the others", "每一招在与其余各招并用时带来什么"),
    "returns_note": (
        "All strategies together minus all but this one, in the same communities under the same luck, with 95 % intervals; n: paired "
        "communities, where they are fewer. Green: clearly good, orange: clearly bad, grey: clearly different, after Holm's correction over the strategies. "
        "‡: rough. Revenue per yuan: revenue gained for each yuan of cost with hours, with Fieller's limits; told only where that cost is "
        "clearly above 0.",
        "全部并用减去少了这一招，同样的社群、同样的运气，附 95% 区间；n：配对社群数（少于标题所示时注明）。绿：明确有利；橙：明确不利；灰：明确不同（对各招作 Holm 校正）。"
        "‡：粗略。每花一元的收入：成本（含群主工时折价）每多一元所多得的收入，附 Fieller 界限；只在该成本明确大于 0 时给出。",
    ),
    "col_return": ("Revenue per yuan spent", "每花一元的收入"),
    "return_open": ("cost not clearly above 0", "成本未明确大于 0"),
    "return_free": ("costs nothing", "没有成本"),
    "return_saves": ("saves cost", "反而节省成本"),
    "returns_size": ("{value}, {low} to {high}", "{value}，{low} 至 {high}"),
    "returns_answer": (
        "A prediction of the model, for {what} in {n} paired communities: in the company of the others '{best}' brings most ({best_by}) "
        "and '{worst}' least ({worst_by}); {rest}.",
        "模型的预测（{what}，{n} 个配对社群）：与其余各招并用时，“{best}”带来最多（{best_by}），“{worst}”最少（{worst_by}）；{rest}。",
    ),
    "returns_open": (
        "after Holm's correction over {of} strategies these cannot be told from 0: {names}",
        "对 {of} 招作 Holm 校正后，无法与 0 区分的是：{names}",
    ),
    "returns_clear": (
        "after Holm's correction over {of} strategies each of them can be told from 0",
        "对 {of} 招作 Holm 校正后，每一招都能与 0 区分",
    ),
}

#: How far to trust it; slots filled by the page.
LIMITS: dict[str, tuple[str, str]] = {
    "limit_model": (
        "Everything here is a prediction of a model under stated assumptions, not a measurement of real groups. The intervals say how "
        "far luck among simulated communities may move a number; the error of the model itself is not in them.",
        "这里的一切都是模型在既定假设下的预测，不是对真实群的测量。区间只说明模拟社群之间的运气能使数字变动多少，不含模型本身的误差。",
    ),
    "limit_varied": (
        "Varied: what the host does (arms: {arms}), what fate decides (worlds: {worlds}) and luck (communities per arm and world: {n}). Held fixed: every other number of the "
        "model, at the values of the worlds below.",
        "变动的：群主的做法（{arms} 个方案）、境遇（{worlds} 个世界）与运气（每个方案和世界 {n} 个社群）。不变的：模型的其他一切数值，按下列世界取值。",
    ),
    "limit_worlds": (
        "The worlds were chosen, not drawn from a population of worlds: nothing is said about worlds that were not run.",
        "世界是挑选的，不是从世界总体中抽取的：对没有运行的世界，这里什么也没有说。",
    ),
    "limit_horizon": (
        "The simulation ends after {days} days, and a death is known only 28 days later: lives count up to {horizon} days. What comes "
        "after is not seen.",
        "模拟在 {days} 天后结束，而消亡要再过 28 天才能判定：寿命只计到 {horizon} 天，之后的看不到。",
    ),
    "limit_primary": (
        "The question is answered by one outcome, named beforehand: {what}. The other {others} were looked at as well; their correction "
        "for many comparisons is made together.",
        "问题由事先指定的一项结果回答：{what}。另外 {others} 项也看了，它们的多重比较一并校正。",
    ),
    "limit_gone": (
        "Not here, because no run of it was finished: {arms}. It may be the better choice.",
        "未列入（没有完成任何一次运行）：{arms}。它也许是更好的选择。",
    ),
    "limit_fewer": (
        "Not all runs were finished: {asked} communities were asked for, some cells have {fewest}. Runs that fail may differ from those that do not.",
        "并非全部运行都已完成：要求 {asked} 个社群，有的只有 {fewest} 个。失败的运行可能与成功的不同。",
    ),
    "limit_many": (
        "Whichever of {arms} arms comes first is partly carried there by luck, so its own number flatters it. To see what is left, play it and "
        "the reference again under another luck (seed=…).",
        "{arms} 个方案中居首者部分靠运气，其数字因此偏好。要看真实效果，请换一种运气（seed=…）重跑它与参照方案。",
    ),
    "limit_money": (
        "Money is hardly pinned down by the facts the model is fitted to: compare arms by ratio, not by yuan.",
        "模型所拟合的事实几乎不能确定金额：请按比例比较各方案，不要看绝对金额。",
    ),
    "limit_rough": (
        "Marked ‡: differences that rest on few unusual communities. Their intervals are rough and may be too short: {what}.",
        "标 ‡ 的：只靠少数特殊社群的差异，区间粗略，可能偏窄：{what}。",
    ),
    "limit_until": (
        "The number of communities was chosen by looking at the intervals: communities were added until every difference from the "
        "reference in {what} was known to ± {half}, and a quarter more to confirm it, or until that was given up. In trials of this rule "
        "the 95 % intervals at the end covered 93 to 98 % (90 to 94 % for very skewed differences).",
        "社群数是看着区间定的：不断增加社群，直到各方案与参照方案的{what}之差都精确到 ± {half}，再加四分之一以确认，或中途放弃。"
        "对这一规则的模拟试验中，最终的 95% 区间覆盖 93% 至 98%（差异极偏时为 90% 至 94%）。",
    ),
    "limit_uneven": (
        "Not every arm has the same number of communities ({low} to {high}); each comparison uses those that both arms have.",
        "各方案的社群数不同（{low} 至 {high}）；每项比较只用两个方案都有的社群。",
    ),
}

#: Methods, line by line; those that begin with "=" are equations.
METHODS: tuple[tuple[str, str], ...] = (
    (
        "Unit. A community is a market, its operator and its groups; a replicate r is the same community under another luck. Under "
        "common luck the same people knock on the same doors in every arm, so arms are compared replicate by replicate:",
        "单位。社群是一个市场、其运营者及其若干群；重复 r 是换一种运气的同一社群。在共同的运气下，各方案中同样的人敲同样的门，因此逐个重复比较：",
    ),
    ("=d(r) = arm(r) − reference(r),   d̄ = Σ d(r) / n,   s² = Σ (d(r) − d̄)² / (n − 1)", "=d(r) = 方案(r) − 参照(r)，   d̄ = Σ d(r) / n，   s² = Σ (d(r) − d̄)² / (n − 1)"),
    (
        "Interval of a difference. The wider side of Student's t and of Hall's transformation, which removes skewness γ; p is "
        "the larger of the two at μ = 0; where Hall's can say little (a long tail towards 0), signs may. Where all differences are equal there is no interval, and p is that of a test of signs. Means of a "
        "single arm have the same interval. With T = (d̄ − μ)/σ̂, σ̂² = Σ (d − d̄)²/n:",
        "差异的区间。取 Student t 与 Hall 变换（消除偏度 γ）两者中较宽的一侧；p 取两者在 μ = 0 处的较大值；Hall 统计量受限处（长尾朝向 0）可由符号得出。差异全部相等时没有区间，"
        "p 为符号检验的 p 值。单个方案的均值用同样的区间。记 T = (d̄ − μ)/σ̂，σ̂² = Σ (d − d̄)²/n：",
    ),
    ("=√(n−1)·T ~ t(n−1),   √(n−1)·(T + γT²/3 + γ²T³/27 + γ/6n) ~ t(n−1)", "=√(n−1)·T ~ t(n−1)，   √(n−1)·(T + γT²/3 + γ²T³/27 + γ/6n) ~ t(n−1)"),
    (
        "Many arms. Holm's correction over all arms and worlds of the primary outcome, and separately over all arms, worlds and further "
        "outcomes together: in each family the chance of even one false alarm is about 5 %, several times that where differences are very skewed and "
        "communities few. The terminal says the same. Restricted means and log-rank tests are two further families. “Clear”: "
        "corrected p < 0.05. Intervals are 95 % each on its own, where nothing else is said.",
        "多个方案。主要结果对全部方案与世界做 Holm 校正；其余结果对全部方案、世界和结果一并校正：每一族中哪怕只出现一次误报的概率约 5%，差异偏度很大而社群很少时可达其数倍。终端所示与此一致。"
        "限制均值与对数秩检验另成两族。“明确”：校正后 p < 0.05。未另说明处，区间各自为 95%。",
    ),
    (
        "Too small to matter. Below δ, declared by the outcome, else 5 % of the reference's mean. “No difference that matters”: the whole "
        "interval lies within ± δ; “enough to matter”: wholly beyond. The limits used are those that hold for all comparisons of a family "
        "together (Bonferroni, 1 − 0.05/m each).",
        "小到无关紧要。小于 δ：由结果指标声明，否则为参照均值的 5%。“没有有意义的差异”：整个区间落在 ± δ 之内；“足以有意义”：整个落在其外。"
        "所用界限对一族的全部比较同时成立（Bonferroni，各取 1 − 0.05/m）。",
    ),
    ("Effect size, its limits from the noncentral t (exact for normal differences):", "效应量，界限由非中心 t 得出（差异为正态时精确）："),
    ("=d_z = d̄ / s,   P(t(n−1, λ) ≤ √n·d_z) = 0.975 and 0.025, limits λ/√n", "=d_z = d̄ / s，   P(t(n−1, λ) ≤ √n·d_z) = 0.975 与 0.025，界限为 λ/√n"),
    (
        "Chance to be best and expected loss. {draws} draws of the means of all arms together, multivariate t with n − 1 degrees of freedom "
        "(what is known of the true means after n normal replicates); the share of draws in which the arm's mean is best (ties shared), and "
        "the mean distance to the best. Monte Carlo error at most 1.1 points. The same replicates for every arm, so means here may rest on "
        "fewer communities than a difference does; n is told where it differs.",
        "最好的可能性与预期损失。对所有方案的均值一起抽取 {draws} 次，服从自由度 n − 1 的多元 t 分布（n 个正态重复之后对真实均值的了解）；"
        "取该方案均值最好的次数比例（并列均分），以及与最好者的平均距离。蒙特卡罗误差至多 1.1 个百分点。"
        "各方案用相同的重复，故此处的均值所依据的社群可能少于差异；n 不同时注明。",
    ),
    (
        "Winner and world. That the winner surely depends on the world takes two worlds and two arms, each better than the other in one of "
        "them: the larger of both one-sided p values, times the number of ways to pick worlds and arms, is below 0.05.",
        "优胜者与世界。称优胜者确实取决于世界，须有两个世界与两个方案，各在其一更好：两个单侧 p 值的较大者乘以世界与方案的挑选方式数，小于 0.05。",
    ),
    (
        "Survival. Kaplan–Meier over groups; those alive at the end are censored. Restricted mean: area under the curve up to the same day "
        "in every arm; pseudo-values with one community left out, then the interval above. Log-rank: each community's score U under the "
        "hazard h of both arms pooled, s being the arm's share of the groups at risk, its own deaths d and groups at risk r in arm (1) and "
        "reference (0); the hazard ratio is Peto's. A p below 2^(1−k) is not given where the arms differ in k communities only.",
        "生存。对群做 Kaplan–Meier 估计；到最后仍存活的按删失处理。限制均值：各方案到同一天为止的曲线下面积；逐个剔除社群得伪值，再用上述区间。"
        "对数秩：各社群在两方案合并风险 h 下的得分 U，s 为该方案在受险群中的份额，d 与 r 为该社群在方案 (1) 与参照 (0) 中的死亡数和受险群数；风险比用 Peto 估计。"
        "若两方案只在 k 个社群中不同，p 值不小于 2^(1−k)。",
    ),
    ("=θ_j = n·θ − (n−1)·θ(without j)", "=θ_j = n·θ − (n−1)·θ(剔除 j)"),
    ("=U_j = Σ_t [(1−s)(d₁ − r₁h) − s(d₀ − r₀h)],   ΣU/√ΣU² ~ N(0, 1),   ln HR ≈ (ΣU ± 1.96 √ΣU²) / V", "=U_j = Σ_t [(1−s)(d₁ − r₁h) − s(d₀ − r₀h)]，   ΣU/√ΣU² ~ N(0, 1)，   ln HR ≈ (ΣU ± 1.96 √ΣU²) / V"),
    (
        "Communities needed: the smallest n whose interval of the difference from the reference has half width h = δ/2, s taken from these "
        "runs; its range is that of 80 % limits of s², with degrees of freedom ν that fit the tails (excess kurtosis γ₂), the upper one "
        "longer by as much as the interval shown is than Student's. Gain of common luck: the ratio of the variances with luck of its own for "
        "every arm and with common luck; interval by redrawn communities on the log scale; it covers about 95 %, where differences are skewed about 90 %.",
        "所需社群数：使与参照方案之差的区间半宽为 h = δ/2 的最小 n，s 取自本次运行；其范围由 s² 的 80% 界限得出，自由度 ν 随尾部（超额峰度 γ₂）而定，"
        "上限再按所示区间比 Student 区间长的倍数放大。共同运气的增益：各方案运气独立与共同运气两种方差之比；区间由对数尺度上的社群重抽样得出，覆盖约 95%，差异有偏时约 90%。",
    ),
    ("=ν = min(n − 1, 2n/(γ₂ + 2)),   s²·ν/χ²(0.9, ν) … s²·ν/χ²(0.1, ν)", "=ν = min(n − 1, 2n/(γ₂ + 2))，   s²·ν/χ²(0.9, ν) … s²·ν/χ²(0.1, ν)"),
    ("=t(0.975, n−1)·s/√n ≤ h,   gain = (s²(arm) + s²(ref)) / s²(d)", "=t(0.975, n−1)·s/√n ≤ h，   增益 = (s²(方案) + s²(参照)) / s²(d)"),
    (
        "Trade-off. An arm is on the front if no other is at least as good in every objective and better in one; the share is over the "
        "same draws.",
        "权衡。若没有别的方案在每项目标上都不差且至少一项更好，该方案即在前沿上；比例取自同样的抽取。",
    ),
    (
        "Holm 1979; Hall 1992; Cumming & Finch 2001; Andersen & Perme 2010; Yusuf et al. 1985; Kaplan & Meier 1958; Wilson 1927.",
        "Holm 1979；Hall 1992；Cumming & Finch 2001；Andersen & Perme 2010；Yusuf 等 1985；Kaplan & Meier 1958；Wilson 1927。",
    ),
)

"""The words of a search's pictures and page, in English and in Simplified Chinese; part of :mod:`sim.locale.words`."""

from __future__ import annotations

__all__ = ["SEARCH", "SEARCH_METHODS"]

SEARCH: dict[str, tuple[str, str]] = {
    # pictures
    "search_tried": ("tried", "试过的点"),
    "search_tried_breaks": ("tried, breaks a limit", "试过，超出限制"),
    "search_mark_unbeaten": ("still unbeaten on fresh seeds", "换新种子后仍未被胜过"),
    "search_mark_beaten": ("beaten on fresh seeds", "换新种子后被胜过"),
    "search_mark_breaks": ("breaks a limit on fresh seeds", "换新种子后超出限制"),
    "search_mark_unknown": ("cannot be judged on fresh seeds", "换新种子后无法判断"),
    "search_points": ("Point: its knobs", "点：参数取值"),
    "search_more": ("{n} more are in the table", "另有 {n} 个见表"),
    "search_front_title": (
        "Of {n} points tried {first} came out unbeaten; on fresh seeds {still} of them still are",
        "试了 {n} 个点，{first} 个未被胜过；换新种子后，其中 {still} 个仍是如此",
    ),
    "search_front_none": ("None of the {n} points tried keeps the limits", "试过的 {n} 个点都超出限制"),
    "search_front_caption": (
        "Grey: means over {n} communities of the search. Large: unbeaten there, played again on {fresh} fresh communities (mean and "
        "95 % interval);\nthe dashed line leads there from the small ring, the mean in the search. {dashed}Arrows point to better. Predictions "
        "of the model.",
        "灰：搜索所用 {n} 个社群的均值。大标记：当时未被胜过的点，在 {fresh} 个新社群上重跑（均值及 95% 区间）；\n"
        "虚线从小圆圈（搜索中的均值）引到重跑后的均值。{dashed}箭头指向更好的一侧。模型的预测。",
    ),
    "search_dashed": ("Dashed: a limit, where it is near. ", "虚线：限制（在附近时画出）。"),
    "search_limit": ("limit", "限制"),
    "search_tried_caption": (
        "Every point that was tried: means over {n} communities of the search. {dashed}Arrows point to better. Predictions of the model.",
        "试过的每个点：搜索所用 {n} 个社群的均值。{dashed}箭头指向更好的一侧。模型的预测。",
    ),
    "search_knobs_title": ("The {n} points that are still unbeaten: {knobs}", "仍未被胜过的 {n} 个点：{knobs}"),
    "search_knobs_title_one": ("The point that is still unbeaten: {knobs}", "仍未被胜过的点：{knobs}"),
    "search_knobs_title_best": ("The best point of those tried: {knobs}", "试过的点中最好的：{knobs}"),
    "search_knobs_none": ("No point keeps the limits: every dose that was tried", "没有点守住限制：试过的全部取值"),
    "search_knobs_caption": (
        "Every point that was tried, by the value of each knob; its other knobs differ too. Grey: means over {n} communities of the "
        "search.\nLarge: unbeaten there, on {fresh} fresh communities with 95 % interval. {dashed}Predictions of the model.",
        "试过的每个点，按各参数的取值排列；同时其他参数也不同。灰：搜索所用 {n} 个社群的均值。\n"
        "大标记：当时未被胜过的点，在 {fresh} 个新社群上的均值及 95% 区间。{dashed}模型的预测。",
    ),
    "limit_at_most": ("{what} at most {value}", "{what}不超过 {value}"),
    "limit_at_least": ("{what} at least {value}", "{what}不低于 {value}"),
    # the answer
    "search_subtitle": (
        "points tried: {points}; communities at each: {n}; fresh communities for the unbeaten: {fresh}; days: {days}; simulated",
        "试了 {points} 个点，每点 {n} 个社群；未被胜过的点另用 {fresh} 个新社群重跑；{days} 天；模拟结果",
    ),
    "search_counts": (
        "Of {points} points tried, {first} came out unbeaten: no other is at least as good in {what} and better in one of them. Played "
        "again on {fresh} fresh communities: {still} still unbeaten, {beaten} beaten by another{broken}.",
        "试了 {points} 个点，{first} 个未被胜过：没有别的点在{what}上都不差且至少一项更好。在 {fresh} 个新社群上重跑后："
        "{still} 个仍未被胜过，{beaten} 个被别的点胜过{broken}。",
    ),
    "search_counts_one": (
        "Of {points} points tried, the best for {what} was played again on {fresh} fresh communities.",
        "试了 {points} 个点，其中{what}最好的一个在 {fresh} 个新社群上重跑。",
    ),
    "search_broken": (", {n} beyond a limit", "，{n} 个超出限制"),
    "search_unknown": (", {n} cannot be judged (an outcome is undefined there)", "，{n} 个无法判断（某项结果没有定义）"),
    "search_best": (
        "Best for {what}: {knobs} (point {trial}): {values}; {n} fresh communities.",
        "就{what}而言最好的是 {knobs}（第 {trial} 点）：{values}；{n} 个新社群。",
    ),
    "search_best_all": (
        "One point is best in all respects: {knobs} (point {trial}): {values}; {n} fresh communities.",
        "有一个点在各方面都最好：{knobs}（第 {trial} 点）：{values}；{n} 个新社群。",
    ),
    "search_choice": (
        "The choice: point {one} instead of point {other} means {values}; {n} paired communities.",
        "取舍：选第 {one} 点而不选第 {other} 点，意味着{values}；配对社群 {n} 个。",
    ),
    "search_luck": (", which could be luck", "，可能只是运气"),
    "search_left": (
        "No point is left: on fresh seeds every one goes beyond a limit. Search again with a stricter limit, so that luck has room.",
        "没有点留下：换新种子后都超出限制。请收紧限制再搜索一次，为运气留出余地。",
    ),
    "search_left_unknown": (
        "No point could be judged to be unbeaten on fresh seeds: at some an outcome is undefined, or the runs failed.",
        "换新种子后没有点可以判断为未被胜过：某项结果没有定义，或运行失败。",
    ),
    "search_kept": (
        "Limit, {limit}: kept by {kept} of {n} points on fresh seeds, surely (by the whole 95 % interval) by {sure}.",
        "限制（{limit}）：换新种子后 {n} 个点中 {kept} 个守住，其中 {sure} 个确定守住（整个 95% 区间都在限制内）。",
    ),
    "search_none": ("None of the {points} points tried keeps the limits: {limits}.", "试过的 {points} 个点都没有守住限制：{limits}。"),
    "search_nearest": (
        "Nearest to the limit “{limit}”: {value} (95 % interval {low} to {high}, {n} communities) at {knobs} (point {trial}).",
        "最接近限制“{limit}”的：{value}（95% 区间 {low} 至 {high}，{n} 个社群），取值 {knobs}（第 {trial} 点）。",
    ),
    "search_none_cure": (
        "That nearest value was picked out of many, so part of it is luck. Loosen a limit, or let the knobs go further.",
        "最接近的值是从许多点里挑出来的，其中有运气的成分。请放宽限制，或扩大参数范围。",
    ),
    # the winner's curse
    "search_curse": ("How much the choice flattered", "挑选带来的美化"),
    "search_curse_name": ("The winner's curse", "赢家的诅咒"),
    "search_curse_why": (
        "Points were chosen because they did well on the seeds of the search, and part of that was those seeds' luck: winners look better "
        "than they are. The fresh communities had no part in the choice: believe them.",
        "这些点是因为在搜索所用的种子上表现好才被选中，其中一部分是那些种子的运气：优胜者看上去比实际更好。"
        "新社群没有参与挑选：请以它们为准。",
    ),
    "search_flattered": (
        "In the search {size} {way} than on fresh seeds, on average over {n} points (95 % interval {low} to {high}; {seeds} communities in the "
        "search, {fresh} fresh ones): {verdict}.",
        "搜索中比新种子上{way} {size}（{n} 个点的平均；95% 区间 {low} 至 {high}；搜索 {seeds} 个社群，新 {fresh} 个）：{verdict}。",
    ),
    "search_flattered_one": (
        "In the search {size} {way} than on fresh seeds, for one point (95 % interval {low} to {high}; {seeds} communities in the search, "
        "{fresh} fresh ones): {verdict}.",
        "搜索中比新种子上{way} {size}（一个点；95% 区间 {low} 至 {high}；搜索 {seeds} 个社群，新 {fresh} 个）：{verdict}。",
    ),
    "search_flattery_none": ("Nothing can be told: it is undefined on fresh seeds.", "无法判断：换新种子后没有定义。"),
    "search_way_better": ("better", "好"),
    "search_way_worse": ("worse", "差"),
    "search_verdict_flattered": ("the choice flattered", "挑选美化了结果"),
    "search_verdict_unlucky": (
        "nothing was flattered, the search had the poorer communities",
        "没有美化，搜索所用的社群反而较差",
    ),
    "search_verdict_open": ("could be luck", "可能只是运气"),
    # tables
    "search_table": ("The unbeaten points, in the search and on fresh seeds", "未被胜过的点：搜索中与新种子上"),
    "search_table_note": (
        "Mean; beneath it the 95 % interval and the number of communities. Green: still unbeaten; orange: beyond a limit. A limit is "
        "judged by the mean. ‡: rests on few unusual communities, rough. The number of a point is the column trial in trials.csv and "
        "front.csv, which hold every digit.",
        "均值，下方为 95% 区间与社群数。绿：仍未被胜过；橙：超出限制。是否守住限制按均值判断。‡：只靠少数特殊社群，粗略。"
        "点的编号即 trials.csv 与 front.csv 中的 trial 列，那里有完整数字。",
    ),
    "search_table_more": ("{n} more points are in front.csv.", "另有 {n} 个点见 front.csv。"),
    "search_best_table": ("The points nearest to the limits, in the search", "最接近限制的点（搜索中）"),
    "search_point": ("point {trial}", "第 {trial} 点"),
    "col_fate": ("on fresh seeds", "换新种子后"),
    "col_in_search": ("{what}, in the search", "{what}，搜索中"),
    "col_on_fresh": ("{what}, fresh seeds", "{what}，新种子"),
    "fate_unbeaten": ("still unbeaten", "仍未被胜过"),
    "fate_beaten": ("beaten", "被胜过"),
    "fate_breaks": ("breaks a limit", "超出限制"),
    "fate_unknown": ("cannot be judged", "无法判断"),
    "with_n": ("n = {n}", "n = {n}"),
    # how far to trust it
    "search_limit_varied": (
        "Varied: the knobs below within the ranges given, and luck. Held fixed: every other number of the model, at the values of the "
        "world below. Nothing is said about doses beyond the ranges, nor about other worlds.",
        "变动的：下列参数（在所给范围内）与运气。不变的：模型的其他一切数值，按下列世界取值。对范围之外的取值和别的世界，这里什么也没有说。",
    ),
    "search_limit_tried": (
        "{points} points are not all there are: a better one may lie between them. A larger trials= goes on from here.",
        "{points} 个点不是全部：更好的点也许在它们之间。加大 trials= 可以接着搜索。",
    ),
    "search_limit_again": (
        "To pick the best of the points by their fresh numbers is a choice again, and flatters a little again, the more the closer the "
        "points lie together. Intervals are 95 % each on its own.",
        "按新种子的数字再挑最好的点，又是一次挑选，又会略有美化；各点越接近，美化越大。区间各自为 95%。",
    ),
    "search_limit_days": (
        "The simulation ends after {days} days; what comes after is not seen.",
        "模拟在 {days} 天后结束，之后的看不到。",
    ),
    "search_limit_lost": (
        "{n} of {trials} trials could not be evaluated: an outcome was undefined, a run failed, or two knobs contradicted each other.",
        "{trials} 次尝试中有 {n} 次无法评估：某项结果没有定义、运行失败，或两个参数互相矛盾。",
    ),
    # what was run
    "search_methods": ("How the search was done, for a referee", "搜索是怎样做的（供审稿人）"),
    "source_knobs": ("knobs", "参数"),
    "source_range": ("{low} to {high}", "{low} 至 {high}"),
    "source_log": ("log scale", "对数刻度"),
    "source_objectives": ("sought", "目标"),
    "source_limits": ("limits", "限制"),
    "source_sampler": ("sampler", "采样器"),
    "source_trials": ("points tried", "试过的点"),
    "source_of_trials": ("{points} of {trials} trials", "{trials} 次尝试，{points} 个点"),
    "source_per_point": ("communities at each point", "每点的社群数"),
    "source_fresh": ("fresh communities", "新社群数"),
    "source_seeds": ("seeds", "种子"),
    "source_two_seeds": ("{seed} in the search, {fresh} for the fresh communities", "搜索用 {seed}，新社群用 {fresh}"),
    "source_world": ("world", "世界"),
    "source_base": ("held fixed", "固定设置"),
    "maximize": ("as much as possible", "越多越好"),
    "minimize": ("as little as possible", "越少越好"),
    "sampler_tpe": ("TPE of Optuna, several objectives, constraints", "Optuna 的 TPE（多目标、带约束）"),
    "sampler_nsga2": ("NSGA-II of Optuna, several objectives, constraints", "Optuna 的 NSGA-II（多目标、带约束）"),
}

#: How the search was done; lines that begin with "=" are equations.
SEARCH_METHODS: tuple[tuple[str, str], ...] = (
    (
        "Points. {trials} trials, one after the other; the sampler ({sampler}) is told the mean of every outcome over the {seeds} communities "
        "of a point, and by how much each limit is missed. All points meet the same communities (common luck), and the sampler's own luck "
        "is a function of seed and trial.",
        "取点。依次做 {trials} 次尝试；采样器（{sampler}）得知该点 {seeds} 个社群的各项均值，以及超出限制多少。所有点面对同样的社群（共同的运气），采样器自身的运气是种子与尝试序号的函数。",
    ),
    (
        "Unbeaten. With g the objectives by their means, signed so that more is better, among the points that keep every limit, point a beats b if:",
        "未被胜过。在守住全部限制的点中，以 g 记各目标的均值（符号统一为越大越好），点 a 胜过 b，若：",
    ),
    ("=g_k(a) ≥ g_k(b) for all k,   g_k(a) > g_k(b) for one k", "=对所有 k：g_k(a) ≥ g_k(b)，   且对某个 k：g_k(a) > g_k(b)"),
    (
        "Fresh seeds. The unbeaten points are played on {fresh} communities of another seed, which the sampler never saw; limits and beating are "
        "judged again among them, by the fresh means.",
        "新种子。未被胜过的点在另一个种子的 {fresh} 个社群上重跑，采样器从未见过它们；再按新的均值在这些点之间重新判断限制与胜负。",
    ),
    (
        "Intervals of means, and of paired differences between two points: over communities, the wider side of Student's t and of Hall's "
        "transformation, which removes skewness γ. With T = (mean − μ)/σ̂:",
        "均值的区间、两点配对差异的区间：以社群为单位，取 Student t 与 Hall 变换（消除偏度 γ）两者中较宽的一侧。记 T = (均值 − μ)/σ̂：",
    ),
    ("=√(n−1)·T ~ t(n−1),   √(n−1)·(T + γT²/3 + γ²T³/27 + γ/6n) ~ t(n−1)", "=√(n−1)·T ~ t(n−1)，   √(n−1)·(T + γT²/3 + γ²T³/27 + γ/6n) ~ t(n−1)"),
    (
        "Flattery. Mean over the unbeaten points of (search − fresh), told as better or worse by what is sought. The points share their "
        "communities, so communities are the units: each gives its mean over the points, and the interval is Welch's for the difference "
        "between those of the search and the fresh ones. Luck that all points had in common is in it as well.",
        "美化。对未被胜过的各点求（搜索 − 新种子）的平均，按目标方向说成更好或更差。各点共用同样的社群，因此以社群为单位：每个社群先对各点求平均，区间为搜索社群与新社群之差的 Welch 区间。其中也含各点共有的运气。",
    ),
    (
        "Ozaki et al. 2022 (TPE); Deb et al. 2002 (NSGA-II); Akiba et al. 2019 (Optuna); Hall 1992; Welch 1947.",
        "Ozaki 等 2022（TPE）；Deb 等 2002（NSGA-II）；Akiba 等 2019（Optuna）；Hall 1992；Welch 1947。",
    ),
)

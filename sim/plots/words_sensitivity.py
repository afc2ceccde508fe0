"""The words of the pictures of sensitivity, in English and in Simplified Chinese; part of :mod:`sim.plots.words`."""

from __future__ import annotations

__all__ = ["SENSITIVITY"]

SENSITIVITY: dict[str, tuple[str, str]] = {
    "morris_title": ("{what}: '{knob}' moves it most", "{what}：影响最大的是“{knob}”"),
    "morris_title_luck": (
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
        "What knobs do together is counted for each of them; luck reshuffled counts too. Predictions of the model.",
        "Sobol 指标：{base} 个基点，每点 {n} 个社群；95% 区间。\n参数共同的作用对每个参数各计一次；被重新洗牌的运气也计入其中。模型的预测。",
    ),
    "mu_star": ("Mean size of the effect over the whole range", "在整个范围内影响的平均大小"),
    "sigma": ("How much that depends on the other knobs", "这一影响取决于其他参数的程度"),
    "mu_star_short": ("mean size of the effect", "影响的平均大小"),
    "ST": ("Share of the variance it has a part in", "与其有关的方差占比"),
    "S1": ("Share it explains alone", "单独解释的方差占比"),
    "by_luck": ("luck alone", "仅由运气"),
}

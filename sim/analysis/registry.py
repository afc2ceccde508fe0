"""Which outcomes there are: what each is called, its unit, and whether more of it is better.

They are worked out by :mod:`sim.analysis.outcomes`; here nothing is imported but the mechanisms, so that a command that
only names outcomes starts at once.
"""

from __future__ import annotations

from dataclasses import dataclass

from sim.engine.declarations import Column
from sim.mechanisms import mechanisms

__all__ = ["OUTCOMES", "SCORE", "Outcome", "complete", "counted"]

SCORE = "−100 to 100"
"""Unit of a score, which passes through 0: neither its logarithm nor 5 % of it says anything."""
TOTALS = {"CNY": "CNY in all", "hours": "hours in all"}


@dataclass(frozen=True)
class Outcome:
    """What an outcome is called in English and Chinese, its unit, whether more of it is better (None: neither).

    ``relevant`` is the smallest difference that matters to an operator, in the outcome's unit; None means 5 % of what it
    is compared with. An operator sees people, so shares of members matter from one in a hundred, groups from one member
    or half a message a day, and feelings from a hundredth of their scale (assumptions). ``needs`` names a table that has
    to be recorded: without it a run does not have the outcome at all.
    """

    name: str
    en: str
    zh: str
    unit: str
    more_is_better: bool | None
    relevant: float | None = None
    needs: str = ""


#: The registry, in order of display. "Per group" is per day on which the group existed, unless a moment is named.
OUTCOMES: dict[str, Outcome] = {
    outcome.name: outcome
    for outcome in (
        Outcome("lifetime", "lifetime of a group (restricted mean)", "群寿命（限制均值）", "days", True),
        Outcome("lifetime_any", "lifetime of a group if rituals and paid lines count", "群寿命（打卡、付费发言也算）",
                "days", True),
        Outcome("alive", "groups still talking at the end", "期末仍活跃的群占比", "share", True, 0.05),
        Outcome("members", "members per group", "群均人数", "members", True, 1.0),
        Outcome("members_peak", "members per group at its peak", "群峰值人数", "members", True, 1.0),
        Outcome("members_end", "members per group at the end", "期末群均人数", "members", True, 1.0),
        Outcome("stayed", "members still in after 28 days", "入群28天留存率", "share", True, 0.01),
        Outcome("newcomers_again", "newcomers who write once their first days are over", "过了最初几天还发言的新人占比", "share", True, 0.01),
        Outcome("left", "memberships ended by the member", "主动退群占比", "share", False, 0.01),
        Outcome("veterans_left", "veterans who leave within a month", "老成员月流失率", "share", False, 0.01),
        Outcome("coming", "people who come in, in the last two weeks", "最后两周每百名成员日均入群人数", "of 100 a day", None),
        Outcome("leaving", "members who leave, in the last two weeks", "最后两周每百名成员日均退群人数", "of 100 a day", False),
        Outcome("muted", "memberships that muted the group", "屏蔽群消息占比", "share", False, 0.01),
        Outcome("messages", "messages per group and day", "群日均消息数", "1/day", None, 0.5),
        Outcome("member_messages", "members' messages per group and day", "普通成员群日均消息数", "1/day", True, 0.5),
        Outcome("lines_each", "lines that a member writes a day", "人均日发言条数", "1/day", True),
        Outcome("opened_messages", "members' messages a day in groups opened later", "后开各群的普通成员日均消息数", "1/day", True, 0.5),
        Outcome("active", "people posting per group and day", "群日均发言人数", "members", True),
        Outcome("posters", "members who post on a day", "日发言率", "share", True, 0.01),
        Outcome("writers", "members who write on a day, advertisers left out", "日发言率（不计广告党）", "share", True, 0.01),
        Outcome("readers", "members who look in on a day", "日阅读率", "share", True, 0.01),
        Outcome("silent", "people who never post", "从未发言者占比", "share", False, 0.01),
        Outcome("gini_posters", "inequality of talk among posters (Gini)", "发言者基尼系数", "0 to 1", None),
        Outcome("top_posters", "talk by the top tenth of posters", "前10%发言者的消息占比", "share", None),
        Outcome("advert_share", "adverts in the talk", "广告消息占比", "share", False, 0.02),
        Outcome("members_adverts", "adverts in what members write", "成员发言中的广告占比", "share", False, 0.02),
        Outcome("host_share", "host's share of the talk", "群主消息占比", "share", False),
        Outcome("veteran_share", "veterans' share of the talk", "老成员消息占比", "share", None),
        Outcome("on_topic_share", "talk that is on topic", "切题消息占比", "share", True, 0.01),
        Outcome("answered", "openers answered", "话题得到回应的比例", "share", True, 0.01),
        Outcome("off_host_replies", "replies that do not involve the host", "不经群主的回复占比", "share", True, 0.01),
        Outcome("presence", "people who write and are answered within their week", "当周发言者得到回应的比例", "share", True, 0.01),
        Outcome("notice_board", "days on which only the host speaks", "只有群主发言的天数占比", "share", False),
        Outcome("without_expert", "members' talk on days without an expert's word, against days with one",
                "专家不发言时与发言时的成员消息之比", "times", True),
        Outcome("after_expert", "members' talk after an expert has left, against before",
                "专家退群后与退群前的成员消息之比", "times", True),
        Outcome("handout_seekers", "members who ask and never answer", "伸手党占比", "share", False, None, "messages"),
        Outcome("trust", "trust in the host", "对群主的信任", "0 to 1", True, 0.01),
        Outcome("belonging", "belonging", "归属感", "0 to 1", True, 0.01),
        Outcome("belonging_of_all", "belonging of all who ever came in (who left: 0)", "凡进过群的人的归属感（离开者计0）",
                "0 to 1", True, 0.01),
        Outcome("trusting", "members who trust the host", "信任群主的成员占比", "share", True, 0.01),
        Outcome("strong_pairs", "strong pairs per group at the end", "期末群均强关系对数", "pairs", True),
        Outcome("pairs_per_member", "strong pairs per member at the end", "期末人均强关系对数", "pairs", True),
        Outcome("intimacy", "points a member gathers a day", "人均日增亲密度", "points a day", True),
        Outcome("intimacy_looks", "intimacy by looking in", "其中：来看", "points a day", True),
        Outcome("intimacy_posts", "intimacy by writing", "其中：发言", "points a day", True),
        Outcome("intimacy_tasks", "intimacy by doing tasks", "其中：打卡", "points a day", True),
        Outcome("intimacy_purchases", "intimacy by buying", "其中：购买", "points a day", True),
        Outcome("willingness", "people at the door who come in", "到访者入群率", "share", True, 0.01),
        Outcome("invested", "money paid for being a member", "人均投入（入群费与会费）", "CNY", None),
        Outcome("invested_minutes", "minutes given to tasks by a member", "人均投入时间（打卡）", "minutes", None),
        Outcome("renewal", "memberships renewed when due", "到期续费率", "share", True, 0.01),
        Outcome("net_promoters", "net promoters, restated from belonging and trust", "净推荐值（由归属感与信任换算）",
                SCORE, True, 5.0),
        Outcome("cost_of_leaving", "leaving held back by ties and titles", "人情与头衔减少的退群", "share", True),
        Outcome("brought", "members brought per member", "裂变系数（人均带来新成员）", "members", True),
        Outcome("turned_away", "people turned away at the door", "入群被拒人数", "people", None),
        Outcome("buyers", "members who buy", "购买率", "share", True, 0.01),
        Outcome("repurchase", "buyers who buy again", "复购率", "share", True),
        Outcome("customers_seen", "customers who look in within a week", "付费用户周访问率", "share", True),
        Outcome("purchases", "purchases", "购买次数", "purchases", True),
        Outcome("revenue", "revenue of a community", "社群收入", "CNY in all", True),
        Outcome("revenue_per_member", "revenue per member", "人均收入", "CNY in all", True),
        Outcome("cost", "cost of a community", "社群成本", "CNY in all", False),
        Outcome("profit", "profit of a community before the host's own time", "社群利润（未计群主工时）", "CNY in all", True),
        Outcome("host_hours", "host's hours for a community", "社群的群主工时", "hours in all", False),
        Outcome("cost_with_hours", "cost of a community, a wage for the host's hours included",
                "社群成本（含群主工时折价）", "CNY in all", False),
        Outcome("profit_with_hours", "profit of a community, a wage for the host's hours paid",
                "社群利润（扣除群主工时折价）", "CNY in all", True),
        Outcome("cost_per_kept", "money spent to bring in a member who stays 28 days", "留存28天成员的获客成本", "CNY", False),
        Outcome("cost_per_kept_with_hours", "cost of bringing in a member who stays 28 days, with hours",
                "留存28天成员的获客成本（含工时折价）", "CNY", False),
        Outcome("cost_per_buyer", "money spent to bring in a member who buys", "购买成员的获客成本", "CNY", False),
        Outcome("cost_per_buyer_with_hours", "cost of bringing in a member who buys, with hours",
                "购买成员的获客成本（含工时折价）", "CNY", False),
        Outcome("new_to_repeat", "cost of a first purchase against a repeat purchase", "首次与再次购买成本之比", "times", None),
        Outcome("hours_month", "host's hours per group", "每群群主工时", "hours a month", False),
        Outcome("profit_month", "profit per group, a wage for the host's hours paid",
                "每群利润（扣除群主工时折价）", "CNY a month", True),
    )
}


_OWN = frozenset(OUTCOMES)


def complete() -> None:
    """Let the registry hold what mechanisms count: of those declared since the last time too, of none that is gone."""
    columns = _columns()
    for name in OUTCOMES.keys() - _OWN - columns.keys():
        del OUTCOMES[name]
    for name, column in columns.items():
        if name not in OUTCOMES:
            unit = TOTALS.get(column.unit, column.unit) or ("share" if column.share_of else "times")
            OUTCOMES[name] = Outcome(name, column.en, column.zh, unit, column.better)


def counted() -> set[str]:
    """Names of the outcomes that mechanisms count; a run in which one was not in play may lack them: it counted 0."""
    complete()
    return set(_columns())


def _columns() -> dict[str, Column]:
    """What mechanisms count a day and group, as far as it has a title."""
    found = (one.columns("group", "daily") for one in mechanisms().values())
    return {name: column for columns in found for name, column in columns.items() if column.en}


complete()

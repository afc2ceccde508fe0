"""The tables of a world in play: members, groups, communities, and what lies between them.

Members of group *g* sit in rows ``first … first + seats − 1`` of one array, each in one seat while they are in.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Annotated, ClassVar, NamedTuple, cast

import numpy as np
from numpy.typing import NDArray

from sim.engine.calls import MOST_CALLS, WORDS, Calls
from sim.engine.declarations import HOOKS
from sim.engine.mechanism import felt_levers
from sim.engine.rows import Long, Rows, Small, Tiny, Word, blank, new_rows, record_type, row_type
from sim.model.census import Census
from sim.model.hands import Hands
from sim.model.population import market_people
from sim.model.submodels.conversation_log import LINE, Line

if TYPE_CHECKING:
    from sim.model.rows import Group, Member, World

__all__ = [
    "APPOINTED", "BACKLOG", "CLOSING", "COUNTED", "MOST_PLANNED", "OPENING", "QUEUE", "GroupRow", "Knock",
    "Someone", "State", "Waiting", "WorldRow", "new_state", "places_of_the_day",
]  # fmt: skip

APPOINTED = 32
"""Numbers kept for appointed persons of each group: host, experts, moderators, and those of ``hands``."""
MAX_ROLES = 32
"""Most roles in a world."""
QUEUE = 60
"""Most people who can wait at one door."""
LEAVING, BUYING, ASKING, SEATED = range(4)
"""Columns of ``State.listed``."""
ARRIVING = LEAVING  # in the morning the first column holds the rows of those who got a seat today
OPENING, CLOSING = 1, 2
"""What is ordered for a group: it opens tomorrow morning, it closes tonight."""
BACKLOG = 16
"""Messages of yesterday that lie open for an answer in the morning."""
MOST_PLANNED = 7
"""Lines that mechanisms can plan for a group's host on one day; more end the run."""

COUNTED = (
    "n_members", "n_visitors", "n_readers", "n_posters", "n_messages", "n_member_messages", "n_ads", "n_host_messages",
    "n_kol_messages", "n_on_topic", "n_veterans", "n_veteran_messages", "n_trusting", "n_strong", "n_openers",
    "n_answered", "n_replies", "n_replies_off_host", "n_queue", "n_turned_away", "n_invitations", "new_joined",
    "new_left", "new_removed", "new_moved_in", "new_moved_out", "new_muted", "n_purchases", "is_open", "revenue",
    "novelty", "minutes_content", "minutes_welcome", "minutes_answers", "minutes_given", "yuan_fee", "yuan_paid",
    "sum_trust", "sum_belonging", "n_shills", *Census.__annotations__,
)  # fmt: skip
"""Columns of a group that the daily table is made of. They stand first in the row, so that a day is one copy."""


class GroupRow(Hands, Census):
    """One chat group."""
    hot: ClassVar[tuple[str, ...]] = COUNTED

    index: int  # number in its community, its identity in luck
    community: int  # row of the community
    first: Long  # row of its first seat
    seats: int
    n_slots: int  # seats in use or used before: rows beyond were never touched
    room: int  # members up to whom anybody is let in without a strategy: its seats; fewer in a played past
    is_open: int  # 0 not yet, 1 open, 2 closed for good
    day_born: int  # -1 while not opened
    parent: int  # number of the founded group it descends from, its own if it was founded
    fate: Small  # what is ordered for it, 0: nothing
    n_promised: Small  # seats promised to people who move in tomorrow
    host_slot: int
    free_slot: int  # head of the chain of free seats, -1 if there is none
    n_members: int
    n_peak: int  # most members there ever were
    n_ever: int  # who came in at the door since day 0, founders not counted
    n_queue: int
    n_leaving: int  # rows listed in the evening, see State.listed
    n_buying: int
    n_asking: int
    n_to_ask: Small  # friends whom they will ask tomorrow, all together
    n_seated: Small
    is_watched: Small  # rules of mechanisms act in its day: one bit for each place of INSIDE (sim.engine.declarations)
    said: int  # lines that mechanisms have planned: head of a chain on the desk, plus one
    passers_mean: float  # passers-by of today, on the average; n_passers is drawn from it
    n_passers: Small  # who will knock today, besides friends asked: passers-by
    n_hawkers: Small  # … advertisers
    n_called: Small  # … people whom mechanisms have called
    n_sent: Small  # … and people sent by a partner, each the fittest of so many, from a part of the market
    sent_from: Annotated[list[int], 3]  # its first person, how many people it is, and of how many each is the fittest
    first_place: int  # in State.proposals; there is a place for everybody who knocks
    n_proposed: Small  # people who want to come in today
    n_arriving: Small  # rows listed in the morning: seats taken today and not filled yet
    n_parting: Small  # who gave up a seat this evening and is, or may be, on the list of connectors
    n_fresh: Small  # of mechanisms, felt: pieces that the host brings today and that renew the matter
    is_offer_day: Small  # of mechanisms, felt: the product is offered today …
    price_today: float  # … at this price, CNY …
    rung_today: Small  # … as this rung of a ladder of products, 0: of none
    n_host_looks: Small  # of mechanisms, felt: looks that the host takes today beside their own
    withheld: float  # of mechanisms, felt: share of the worth of what the host tells today that they keep to themselves
    seats_offered: int  # of mechanisms, felt at the door: members up to whom somebody is let in today, …
    places_to_wait: Small  # … how many may wait …
    is_relieved: Small  # … and whether a new group is opened when they are as many
    n_planned: Small  # how many lines mechanisms have planned for the host …
    n_total: Long  # messages ever written
    n_open: int  # messages of yesterday still open
    quiet_days: int  # days since a member wrote
    novelty: float  # of the group's matter, 1 new … 0 used up
    heat: float  # of what is talked about, 0 calm
    ad_norm: float  # what goes unpunished becomes normal: adverts seen and not acted upon, moving average
    help_norm: float  # share of questions seen answered, moving average
    planned_at: Annotated[list[float], MOST_PLANNED]  # … at which minutes, and of what kind
    planned_kind: Annotated[list[Small], MOST_PLANNED]
    knocks_paid: float  # people whom mechanisms call to the door today, on the average; n_called is drawn from it
    minutes_left: float  # host's minutes left for this group today
    # counters of the day
    n_visitors: int
    n_readers: int
    n_posters: int
    n_messages: int
    n_member_messages: int
    n_ads: int
    n_ads_unpunished: int
    n_host_messages: int
    n_kol_messages: int
    n_on_topic: int
    n_pieces: int  # of the group's matter: questions, answers, content, previews, news
    n_trivial: int
    n_news: int
    n_veterans: int
    n_veteran_messages: int
    n_trusting: int
    n_strong: int
    n_openers: int
    n_answered: int
    n_questions: int
    n_questions_answered: int
    n_replies: int
    n_replies_off_host: int
    n_turned_away: int
    n_invitations: int
    new_joined: int
    new_left: int
    new_removed: int
    new_moved_in: int
    new_moved_out: int
    new_muted: int
    n_purchases: int
    n_opened: int  # groups opened to relieve this one
    revenue: float
    minutes_content: float
    minutes_welcome: float
    minutes_answers: float
    minutes_given: float  # by staff, through mechanisms
    yuan_fee: float
    yuan_paid: float  # by the operator, through mechanisms
    yuan_aside: float  # set aside this morning for what mechanisms may pay
    pool_fen: Long  # what lies in the group's pool
    sum_trust: float
    sum_belonging: float


class WorldRow:
    """One community: its luck, its operator, its market. The world's knobs follow as further columns."""

    seed_key: Word
    day_key: Word
    is_philox: int
    is_same_members: int
    is_recording: int  # messages are kept
    day: int
    calendar: float  # logit of opening a group today, by weekday and season
    first_group: int
    n_groups: int
    n_living: int  # groups in which a member wrote lately: they share the operator's hours
    blank_row: Long  # of a member who never was
    n_born: int  # groups opened so far
    market_size: int  # people who may be friends; advertisers and appointed persons have numbers beyond
    n_advertisers: int
    n_roles: int
    role_edges: Annotated[list[float], MAX_ROLES]  # cumulative shares of the market by role code
    own_rules: Long  # where compiled loops find the rules of roles that are not built in
    n_moving: int  # orders to be carried out tomorrow morning: people who move, groups to be opened
    n_circuit: int  # memberships of persons who sit in several groups
    heart: float  # the operator's readiness to give hours, 0 … 1
    purse_left: float
    income: float  # margin earned, moving average per day
    outlay: float  # money and hours spent, moving average per day


class Someone:
    """A person of the market."""

    home: int  # first group they are in, -1 if none
    known: Tiny  # bits: 1 was a member before, 2 was asked by a friend, 4 was turned away, 16 alumnus


class Waiting:
    """Someone at a door."""

    person: int
    channel: int  # how they came
    inviter: int  # who asked them, -1: nobody
    inviter_row: int
    n_friends: int  # friends they saw inside


class Knock:
    """What somebody meets at a door, by what mechanisms add to it; zero for each."""

    price: float  # CNY asked
    worth: float  # logit, what is offered in money's worth: it is held against the price
    enter: float  # logit of wanting in
    was_refused: Long  # they were turned away from a door before
    is_refused: Long  # they are sent away, whatever they want


PERSON, WAITING = row_type(Someone, line=1), row_type(Waiting, line=1)  # packed: a city has thirty million
KNOCK = record_type(Knock)


class State(NamedTuple):
    """Everything that moves, of any number of communities (replicates) side by side, which never touch each other."""

    members: Rows[Member]
    groups: Rows[Group]
    worlds: Rows[World]
    open_log: Rows[Line]  # (groups, BACKLOG) yesterday's messages that may still be answered, newest last
    people: Rows[Someone]  # (communities, people)
    queues: Rows[Waiting]  # (groups, QUEUE) in order of arrival
    proposals: Rows[Waiting]  # who wants to come in today, from the group's first place on
    circuit: Rows[int]  # (communities, n) rows of members who sit in several groups
    listed: Rows[int]  # (rows, 4) rows of who leaves, buys, asks, took a seat, from the group's first on
    at_door: Rows[Knock]  # (groups) of whoever stands at the door
    calls: Calls  # what rules of mechanisms act today where somebody comes to a door

    def rows_listed(self, counts: NDArray[np.integer], column: int) -> NDArray[np.int32]:
        """The first ``counts`` rows (one count a group) of a column of ``listed``, in the order of groups."""
        rank = np.arange(counts.sum()) - np.repeat(np.cumsum(counts) - counts, counts)
        rows: NDArray[np.int32] = self.listed[np.repeat(self.groups["first"], counts) + rank, column]
        return rows

    def seated_today(self) -> NDArray[np.int32]:
        """Rows of the seats that were taken today."""
        return self.rows_listed(self.groups["n_seated"], SEATED)


def group_type() -> np.dtype:
    """Row type of a group: its state, then one column per lever of mechanisms that roles feel."""
    return row_type(GroupRow, extra=[(lever.name, "f8") for lever in felt_levers()])


def new_state(
    types: Mapping[str, np.dtype], knobs: dict[str, float], n_communities: int, shares: dict[str, float],
    roles: list[str],
) -> State:  # fmt: skip
    """Empty tables for ``n_communities`` communities; ``shares`` are shares of the market by name of the role.

    ``types`` of rows are by the names of :func:`sim.model.role_columns.row_types`.
    """
    per, seats = int(knobs["groups"] + knobs["spare_groups"]), int(knobs["seats"])
    n_groups, people = per * n_communities, market_people(knobs)
    advertisers = int(people * shares.get("advertiser", 0.0))
    members = new_rows(n_groups * (seats + 1) + 1, types["self"])  # a doorstep in each group, and one row left blank
    groups, worlds = new_rows(n_groups, types["group"]), new_rows(n_communities, types["world"], behind=1)
    for name, value in knobs.items():
        worlds[name] = value
    for code, name in enumerate(roles):
        worlds["role_" + name] = code
    groups["index"] = groups["parent"] = np.tile(np.arange(per), n_communities)
    groups["community"] = np.repeat(np.arange(n_communities), per)
    groups["first"], groups["seats"], groups["room"] = np.arange(n_groups) * (seats + 1), seats, seats
    groups["day_born"], groups["host_slot"], groups["free_slot"] = -1, -1, -1
    for lever in felt_levers():
        groups[lever.name] = lever.neutral
    worlds["blank_row"] = n_groups * (seats + 1)
    worlds["first_group"], worlds["n_groups"] = np.arange(n_communities) * per, per
    worlds["market_size"], worlds["n_advertisers"] = people, advertisers
    edges = np.cumsum([0.0 if name == "advertiser" else shares.get(name, 0.0) for name in roles])
    worlds["role_edges"][:, : len(roles)], worlds["n_roles"] = edges, len(roles)
    everybody = blank((n_communities, people + advertisers + per * APPOINTED), PERSON)
    everybody["home"] = -1
    several = 1.0 if knobs["idle_reachable"] > 0.0 else min(1.0, 4.0 * shares.get("connector", 0.0))
    walkers = int(per * seats * several) + 64
    return State(
        members, groups, worlds, blank((n_groups, BACKLOG), LINE), everybody, blank((n_groups, QUEUE), WAITING),
        blank(16 * n_groups, WAITING), blank((n_communities, walkers), np.int64),
        blank((members.size, SEATED + 1), np.int32), blank(n_groups, KNOCK),
        cast("Calls", blank((len(HOOKS["each_knock"]), MOST_CALLS + 1, WORDS), np.int64)),
    )  # fmt: skip


def places_of_the_day(state: State) -> Rows[Waiting]:
    """Lay out the table of proposals: every group gets as many places as people will knock. It grows where it must."""
    groups = state.groups
    places = sum(groups[who] for who in ("n_to_ask", "n_passers", "n_hawkers", "n_called", "n_sent"))
    ends = np.cumsum(places, dtype=np.int64)
    groups["first_place"] = ends - places
    return state.proposals if ends[-1] <= state.proposals.size else blank(int(1.5 * ends[-1]), WAITING)

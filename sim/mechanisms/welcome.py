"""Introductions (自我介绍): newcomers say who they are, and are answered; the host greets with a word that fits.

That somebody has introduced themselves gives them nothing by itself: answers do, by the rules of the talk, and an
introduction nobody answers is felt like any opener that is ignored. Source: founding material, S8, H9.
"""

from __future__ import annotations

from sim.engine.declarations import carried, daily, lever
from sim.engine.knobs import Knob
from sim.engine.levers import any_of, plus
from sim.engine.luck import purpose, uniform
from sim.engine.rows import Tiny
from sim.mechanisms import Mechanism, give_minutes, kind, write
from sim.mechanisms.tags import Tags
from sim.model.rows import Desk, Group, Look, Member, Today, World
from sim.model.submodels.conversation_log import PLAIN
from sim.model.vocabulary import CHANNELS

__all__ = ["Welcome"]

FOUNDER, SEARCH = CHANNELS.index("founder"), CHANNELS.index("search")
INTRODUCE = purpose("welcome: introduce")
FIRST_DAYS = 3


class Welcome(Mechanism):
    """At their first look, within three days, newcomers introduce themselves or do not; once a membership.

    Founders, staff, experts and advertisers do not. Interest in answering = draw (1.2 − 0.7 w) (1 + welcome_call) /
    (1 + newcomers of today / flood); answers n already given call for further ones, · (1 + herd n / (1 + n)).
    """

    title = ("Welcome", "迎新")
    uses = (Tags,)
    rate = Knob(0.5, 0.0, 1.0, "probability", "to introduce oneself before nobody but friends, with a template",
                "assumption")  # fmt: skip
    template_help = Knob(0.5, 0.0, 1.0, "share", "shyness before strangers that a template takes away", "assumption")
    draw = Knob(1.0, 0.0, 10.0, "ratio", "interest in answering an introduction; that in chat is as large",
                "assumption")  # fmt: skip
    herd = Knob(1.0, 0.0, 5.0, "ratio", "answers already given call for further ones", "assumption")
    flood = Knob(5.0, 1.0, 100.0, "newcomers/day", "that halve the interest in each of them", "assumption")
    fit_minutes = Knob(2.0, 0.0, 60.0, "minutes", "for the host to greet somebody with a word that fits", "assumption")
    fit_joy = Knob(0.5, 0.0, 5.0, "ratio", "belonging given by a word that fits, over that of any greeting",
                   "assumption")  # fmt: skip

    class kinds:
        intro = kind("introduction", "自我介绍", is_opener=True, is_missed=True, interest=1.2, info_need=-0.7,
                     crowding=0.0, herd=1.0, worth=(0.08, 0.0))  # fmt: skip

    kind_intro: int  # its code

    class member:
        has_looked: Tiny = carried()  # their first look is over, and with it the time to introduce themselves
        introduced: int = carried()  # the day on which they did, plus one
        fitted: Tiny = carried()  # they have had a word that fits

    class group:
        intro_template: float = lever(any_of, "yes/no", "newcomers have a template to introduce themselves by")
        welcome_call: float = lever(plus, "share", "by how much the host's call makes others answer introductions")
        greet_fit: float = lever(any_of, "yes/no", "the host greets with a word that fits", bears="greeting")
        n_intros: int = daily("newcomers who introduce themselves", "自我介绍的新人数")
        minutes_greeting: float = daily("staff minutes spent on fitting greetings", "针对性欢迎用时", unit="minutes",
                                        better=False, booked=True)  # fmt: skip


@Welcome.each_group(before="talk", since=("intro_template", "welcome_call"))
def call(group: Group, ours: Welcome.group, knobs: Welcome, world: World, desk: Desk, tags: object) -> None:
    """What an introduction draws today, here, stands in its row of the table of kinds on the desk."""
    draw = knobs.draw * (1.0 + ours.welcome_call) / (1.0 + group.new_joined / knobs.flood)
    it = desk.kinds[knobs.kind_intro]
    it.interest, it.info_need, it.herd = 1.2 * draw, -0.7 * draw, knobs.herd


@Welcome.at_look(before="reply", when=("intro_template", "welcome_call"))
def introduce(
    me: Member, mine: Welcome.member, group: Group, ours: Welcome.group, today: Today, knobs: Welcome, world: World,
    look: Look, tags: Tags.member,
) -> None:  # fmt: skip
    """P = rate (½ + ½ template) (1 − shyness · strangers (1 − template_help · template)), strangers = 1 − (1 + ties) /
    members
    """
    if mine.has_looked > 0 or look.kind != PLAIN or world.day - me.day_joined >= FIRST_DAYS:
        return
    if me.is_staff + me.is_expert > 0 or me.role == world.role_advertiser or me.channel == FOUNDER:
        return
    mine.has_looked = 1
    template = 1.0 if ours.intro_template > 0.0 else 0.0
    strangers = 1.0 - min(1.0, (1.0 + me.n_ties) / (group.n_members + group.n_fakes))
    p = knobs.rate * (0.5 + 0.5 * template) * (1.0 - world.shyness * strangers * (1.0 - knobs.template_help * template))
    if uniform(world, me.person, INTRODUCE, group.index) < p:
        mine.introduced = world.day + 1
        tags.is_tagged = max(tags.is_tagged, int(template))
        ours.n_intros += 1
        write(look, knobs.kind_intro)


@Welcome.each_visitor(after="talk", when="greet_fit")
def greet(
    me: Member, mine: Welcome.member, group: Group, ours: Welcome.group, today: Today, knobs: Welcome, world: World,
    tags: Tags.member,
) -> None:  # fmt: skip
    """β ← β + fit_joy · welcome_joy (1 − β), once, while minutes last, for newcomers of whom the host knows something.

    That is, on the day on which they have introduced themselves by the template, or on which they came, if they did not
    find the group by themselves.
    """
    is_known = me.day_joined == world.day and me.channel != SEARCH
    is_known = is_known or (tags.is_tagged > 0 and mine.introduced == world.day + 1)
    if is_known and mine.fitted == 0 and me.is_expert == 0 and me.channel != FOUNDER:
        mine.fitted = 1
        if give_minutes(knobs.fit_minutes, group):
            ours.minutes_greeting += knobs.fit_minutes
            me.belonging += knobs.fit_joy * world.welcome_joy * (1.0 - me.belonging)

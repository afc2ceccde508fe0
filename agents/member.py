"""The member: what everybody does unless a role says otherwise. Each method is one rule for one person on one day.

Roles override single methods. A rule reads and writes ``self``, reads ``group`` and ``world`` (the knobs of all
sections, and the luck of the day), and calls functions; it calls neither ``super()`` nor other methods of ``self``,
so that the same text can be compiled.
"""

from __future__ import annotations

import math

from agents.propensities import friends_to_ask, mood, wish_to_answer, wish_to_invite
from agents.standing import idle, lull, take_standing
from agents.traits import Person, draw_traits, start_membership
from sim.engine.distributions import clip, logistic
from sim.engine.luck import BUY, KIND, LEAVE, MUTE, SHOCK, VISIT, uniform
from sim.model.kinds import worth_of
from sim.model.rows import Group, KindRow, Knock, Today, World
from sim.model.submodels.heat import felt_heat
from sim.model.submodels.messages import ADVERT, CHAT, CONTENT, QUESTION
from sim.model.submodels.need import may_need_anew
from sim.model.submodels.yuan import chance_at_price
from sim.model.vocabulary import CHANNELS, REASONS

__all__ = ["Member"]

LEFT = REASONS.index("left")
INVITED, PAID = CHANNELS.index("invited"), CHANNELS.index("paid_ad")


class Member(Person):
    """A member who is neither regular nor lurker, newcomers among them.

    Source: sketch; the model page says rule by rule what is published and what is assumed.
    """

    def appears(self, group: Group, world: World) -> None:
        """Come to the door as the person one is."""
        draw_traits(self, group, world)
        start_membership(self, group, world)

    def enters(self, knock: Knock, group: Group, world: World) -> float:
        """Probability to enter: want in, and pay.

        x = e₀ + e_m (m − ½) + e_f ln(1 + friends inside) + e_l ln(1 + what members wrote yesterday) + pulls of the door
        + a friend's word, − the doubt that a paid advert meets;
        P = σ(x + max(0, b)), b = money's worth offered − e_p ln(1 + price and trouble / (h free money)); where b < 0,
        the share e^b of all people would pay it, the same people at all times, and the others stay outside
        """
        life = math.log(1.0 + group.n_member_messages)
        pull = world.invited_pull if self.channel == INVITED else 0.0
        if self.channel == PAID:
            pull = -world.broadcast_push
        x = world.enter + world.enter_match * (self.match - 0.5) + world.enter_friends * math.log(1.0 + self.n_friends)
        return chance_at_price(x + pull + world.enter_life * life + knock.enter, knock, self, world)

    def visit(self, today: Today, group: Group, world: World) -> None:
        """Open the group today? And how often? One draw decides both.

        P = σ(c₀ + c_β β + c_a appeal + curiosity − c_φ φ − muted − need met + c_h S(heat) + calendar + pulls of the
        day); further looks are geometric with mean ``looks`` · β · attention / its median. Silence breeds silence
        through ``appeal``.
        """
        x = world.visit + world.visit_belonging * self.belonging + world.visit_appeal * self.appeal
        x -= world.visit_fatigue * self.fatigue
        if world.day - self.day_joined < 3:
            x += world.visit_new
        if self.is_muted > 0:
            x -= world.visit_muted
        if world.day >= self.need_ends:
            x -= world.visit_over
        x += today.visit + world.calendar
        if group.heat > 0.0:
            x += world.visit_heat * felt_heat(group)
        u = uniform(world, self.person, VISIT, group.index)
        self.n_looks = 0
        if x < 0.0 and u * (2.0 - x + 0.5 * x * x) >= 1.0:
            return  # most stay away, and σ(x) < 1 / (2 − x + x²/2) tells so without an exponential
        chance = logistic(x)
        if u < chance:
            more = world.looks * self.belonging * self.attention / world.attention
            self.n_looks = min(24, 1 + int(-math.log(u / chance) * more))

    def rest(self, days: int, group: Group, world: World) -> None:
        """Days without a look: all drifts to neutral; whoever stays away leaves only for reasons of life.

        What they once came for may arise anew (:func:`~sim.model.submodels.need.may_need_anew`).

        A day: β ← β + drift (0.3 − β), τ ← τ + drift (τ₀ − τ), φ ← 0.9 φ, appeal ← 0.99 appeal; numbness fades.
        """
        lull(self, days, world)
        idle(self, days, world)
        may_need_anew(self, days, group, world)
        for _ in range(days):
            self.belonging += world.drift * (0.3 - self.belonging)
            self.trust += world.drift * (world.trust_start - self.trust)
            self.fatigue *= 0.9
            self.appeal *= 0.99
        chance = world.leave_shock * days
        if uniform(world, self.person, SHOCK, group.index) < chance:
            self.reason = LEFT

    def opens(self, u: float, second: int, today: Today, group: Group, world: World) -> int:
        """Open a topic at this look? Returns the kind of message, or -1.

        Asked once a visit. Rate: talk · mood · audience · (1 + heat), and ``eager`` more for who has come with a
        question and not asked it yet; that is what they then ask. Audience = 1 − shyness · (share of strangers
        among those shown). P = rate / (1 + rate). Newcomers ask; who copies others posts adverts where that has become
        normal.
        """
        audience = 1.0 - world.shyness * (1.0 - min(1.0, (1.0 + self.n_ties) / (group.n_members + group.n_fakes)))
        rate = self.talk * mood(self, world) * audience * (1.0 + today.open + group.heat)
        if self.is_asking > 0:
            rate += world.eager
        chance = rate / (1.0 + rate)
        if u >= chance:
            return -1
        if self.is_asking > 0:
            self.is_asking = 0
            return QUESTION
        v = uniform(world, self.person, KIND, second)
        rule_left = world.deterrence if group.advert_ban > 0.0 else 1.0
        if v < world.imitation * self.copying * group.ad_norm * rule_left:
            return ADVERT
        asks = self.info_need * (0.7 if world.day - self.day_joined < world.settle_days else 0.3) + today.ask
        v = uniform(world, self.person, KIND, second + 86_400)
        if v < asks:
            return QUESTION
        return CONTENT if v > 1.0 - 0.3 * self.info_need * self.match else CHAT

    def answers(
        self, kind: KindRow, n_answers: int, age: float, tie: float, addressed: int, today: Today, group: Group,
        world: World,
    ) -> float:  # fmt: skip
        """Weight of the wish to answer one message on the screen; see :func:`agents.propensities.wish_to_answer`."""
        return wish_to_answer(self, kind, n_answers, age, tie, addressed, today, group, world)

    def worth(self, kind: KindRow, group: Group, world: World) -> float:
        """Quality of a message of one's own: what the kind declares of what one knows, while the matter is new."""
        return worth_of(kind, self, group)

    def feel(self, today: Today, group: Group, world: World) -> None:
        """After a visit: gain less cost less part of what one expected; belonging, trust and the rest follow.

        news = w·m·S(quality/enough) + packet joy, S(x) = x/(1+x)
        gain = news + (1−w)·S((warmth + ambience·read)/company)
        cost = overload·S(unread/attention) + annoyance·dislike·adverts/(1 + read) + neglect·S(openers ignored)
        feeling = gain − cost − used_to·expectation;  β ← β + rate·(clip(½ + swing·feeling) − β)
        Expectation follows news: people get used to what they learn and are given, not to company.
        """
        interest = self.match if world.day < self.need_ends else 0.35 * self.match
        useful = self.read_quality / (world.enough + self.read_quality)
        warmth = self.warmth + world.ambience * (self.n_read - self.n_ads_read)
        news = self.info_need * interest * useful + today.gain
        gain = news + (1.0 - self.info_need) * warmth / (world.company + warmth)
        load = self.n_unread / (self.n_unread + self.attention)
        cost = world.overload * load + world.annoyance * self.dislike * self.n_ads_read / (1.0 + self.n_read)
        cost += world.neglect * self.n_ignored / (1.0 + self.n_ignored)
        cost += today.cost
        feeling = gain - cost - world.used_to * self.expectation
        self.expectation += world.expect_rate * (news - self.expectation)
        rate = world.warm_fast if world.day - self.day_joined < world.settle_days else world.warm_slow
        self.belonging += rate * (clip(0.5 + world.swing * feeling, 0.0, 1.0) - self.belonging)
        self.appeal += 0.15 * (clip(2.0 * (gain - cost), 0.0, 1.0) - self.appeal)
        self.fatigue += 0.2 * (load - self.fatigue)
        self.overload_days += (1.0 if load > 0.4 else 0.0) - 0.2 * self.overload_days
        told = max(0, self.n_host_read - today.n_selling)
        heard = told / (1.0 + told) * useful * interest
        self.trust += world.trust_useful * heard * (1.0 - self.trust)
        self.trust -= world.trust_advert * self.n_ads_read * self.trust / (1.0 + 0.2 * self.n_ads_read)

    def bond(self, today: Today, group: Group, world: World) -> None:
        """Take the standing that behaviour has earned; numbness fades."""
        take_standing(self, world)
        lull(self, 1, world)

    def buy(self, today: Today, group: Group, world: World) -> None:
        """Take an offer seen today?

        P = σ(b₀ + b_τ τ + b_f fit + b_s bought before − b_p ln(1 + price / free money) − b_n numbness + pulls of the
        day). Seen is what the host says by whoever has read something of the host's, if it is for them.
        """
        if group.is_offer_day == 0 or group.price_today <= 0.0 or today.offered < 0:
            return
        if self.n_host_read == 0 and today.offered == 0:
            return
        x = world.buy + world.buy_trust * self.trust + world.buy_fit * self.fit - world.buy_numb * self.numb_offer
        x += world.buy_again if self.n_purchases > 0 else 0.0
        x -= world.buy_price * math.log(1.0 + group.price_today / self.budget)
        x += today.buy
        self.numb_offer += world.numbing * (1.0 + today.numb) * (1.0 - self.numb_offer)
        chance = logistic(x)
        if uniform(world, self.person, BUY, group.index) < chance:
            self.is_buying = 1

    def invite(self, today: Today, group: Group, world: World) -> None:
        """Ask friends; see :func:`agents.propensities.wish_to_invite` and ``friends_to_ask``."""
        wish = wish_to_invite(self, group, world, world.invite_late) + today.invite
        self.n_invitations = friends_to_ask(self, wish, today, group, world)

    def leave(self, today: Today, group: Group, world: World) -> None:
        """Mute after days of overload; leave with hazard h₀ · exp(−l_β (β − ½) − l_t ties + l_l ties lost).

        Feeling acts on those who look; the absent leave only for reasons of life (``rest``).
        """
        if self.is_muted == 0 and self.overload_days > world.mute_days:
            self.is_muted = 1 if uniform(world, self.person, MUTE, group.index) < world.mute else 0
        x = world.leave_belonging * (self.belonging - 0.5) + world.leave_ties * self.n_strong
        x -= world.leave_lost * self.n_ties_lost
        x -= today.leave
        chance = world.leave * math.exp(-x) + world.leave_shock
        if uniform(world, self.person, LEAVE, group.index) < chance:
            self.reason = LEFT

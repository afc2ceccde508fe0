"""What a member feels and wants: the same rules as ``agents``, for ordinary objects."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

import mesa

from benchmarks.peer.messages import ADVERT, ANSWER, CHAT, CONTENT, NEWS, QUESTION
from benchmarks.peer.person import clip

if TYPE_CHECKING:
    from benchmarks.peer.community import PeerCommunity
    from benchmarks.peer.group import Group
    from benchmarks.peer.member import Member
    from benchmarks.peer.messages import Message
    from benchmarks.peer.person import Person

__all__ = ["Mind", "logistic"]


def logistic(x: float) -> float:
    """σ(x)."""
    return 1.0 / (1.0 + math.exp(-x))


class Mind(mesa.Agent):  # type: ignore[misc]
    """Traits, state of mind, and the rules that need nothing but them and the group."""

    model: PeerCommunity
    group: Group
    ties: dict[Member, float]
    standing: str = "member"
    is_muted: bool
    reason: str | None

    def take_traits(self, person: Person) -> None:
        """A member is the person they were before."""
        self.talk, self.reply, self.info_need = person.talk, person.reply, person.info_need
        self.match, self.fit, self.budget = person.match, person.fit, person.budget
        self.attention, self.dislike, self.copying = person.attention, person.dislike, person.copying
        self.generosity, self.profile = person.generosity, person.profile
        self.expertise = 0.3 * person.match
        is_founder = self.channel == "founder"
        lasts = person.interest_lasts if is_founder else person.need_lasts
        self.need_ends = self.group.need_ends if person.shares_need else self.model.day + lasts
        self.is_asking = person.is_asker and not is_founder

    def start_membership(self) -> None:
        """No habit yet, small expectations; the first impression is what members wrote the day before."""
        k, written = self.model.knobs, self.group.n_member_messages
        self.trust, self.belonging = k.trust_start, k.belonging_start
        self.fatigue = self.habit = self.numb_packet = self.numb_offer = self.activity = self.overload_days = 0.0
        self.expectation = 0.1
        self.appeal = 0.35 if self.model.day == 0 else 0.35 * written / (1.0 + written)

    @staticmethod
    def wants_in(person: Person, group: Group, channel: str, price: float) -> float:
        """Probability to enter a group at whose door one stands."""
        k = group.model.knobs
        x = k.enter + k.enter_match * (person.match - 0.5)
        x += k.enter_friends * math.log(1.0 + person.friends_in(group))
        x += k.enter_life * math.log(1.0 + group.n_member_messages)
        if channel == "invited":
            x += k.invited_pull
        elif channel == "paid_ad":
            x -= k.broadcast_push
        share = (1.0 + price / (k.price_half * person.budget)) ** -k.enter_price
        return logistic(x) if price <= person.budget and person.thrift < share else 0.0

    def looks_today(self) -> int:
        """Number of looks planned for today."""
        k, group = self.model.knobs, self.group
        x = k.visit + k.visit_belonging * self.belonging + k.visit_appeal * self.appeal
        x -= k.visit_fatigue * self.fatigue
        if group.packet_fen:
            x += k.red_packet_notice * (1.0 - self.numb_packet)
        if group.is_content_day:
            x += k.content_habit_pull * self.habit
            if group.is_previewed and self.n_looks:  # they looked in yesterday
                x += k.content_preview_pull
        if self.entry_paid > 0.0:
            worn = math.exp(-self.tenure() / k.price_sunk_days)
            x += k.price_sunk * math.log(1.0 + self.entry_paid / self.budget) * worn
        if self.tenure() < 3:
            x += k.visit_new
        if self.is_muted:
            x -= k.visit_muted
        if self.model.day >= self.need_ends:
            x -= k.visit_over
        x += self.model.calendar + k.visit_heat * group.heat / (1.0 + group.heat)
        p, u = logistic(x), self.model.draw()
        if u >= p:
            return 0
        return min(24, 1 + int(-math.log(u / p) * k.looks * self.belonging * self.attention / k.attention))

    def mood(self) -> float:
        """How much one feels like talking, less once the need has been met."""
        k = self.model.knobs
        reason = 1.0 if self.model.day < self.need_ends else k.after
        return reason * (0.5 + self.belonging) * (k.glow + 2.0 * self.appeal) * (1.0 - 0.5 * self.fatigue)

    def opens(self) -> str | None:
        """Open a topic at this visit? Which kind?"""
        k, draw = self.model.knobs, self.model.draw
        if self.standing == "lurker":
            woken = 1.0 if self.fen_received else 0.5
            rate = woken * self.talk * self.mood() * (1.0 - k.shyness) * (1.0 + self.group.heat)
            if (asked := self.speaks(rate)) is not None:
                return asked or (QUESTION if self.info_need > 0.5 else CHAT)
            return None
        audience = 1.0 - k.shyness * (1.0 - min(1.0, (1.0 + len(self.ties)) / self.group.n_members))
        if asked := self.speaks(self.talk * self.mood() * audience * (1.0 + self.group.heat)):
            return asked
        if asked is None:
            return None
        rule_left = k.deterrence if self.group.advert_ban else 1.0
        if draw() < k.imitation * self.copying * self.group.ad_norm * rule_left:
            return ADVERT
        v = draw()
        if v < self.info_need * (0.7 if self.tenure() < k.settle_days else 0.3):
            return QUESTION
        return CONTENT if v > 1.0 - 0.3 * self.info_need * self.match else CHAT

    def speaks(self, rate: float) -> str | None:
        """Speak at this visit? None: no; else the question somebody came with, or an empty word."""
        rate += self.model.knobs.eager if self.is_asking else 0.0
        if self.model.draw() >= rate / (1.0 + rate):
            return None
        was_asking, self.is_asking = self.is_asking, False
        return QUESTION if was_asking else ""

    def wish(self, message: Message, t: float) -> float:
        """Weight of the wish to answer a message."""
        kind, k = message.kind, self.model.knobs
        if message.author is self or kind == "deleted":
            return 0.0
        if kind == QUESTION:
            interest = 0.6 + 1.4 * self.expertise
            if self.standing == "regular":
                interest *= 1.5
        elif kind in (CHAT, ANSWER):
            interest = 1.2 - 0.7 * self.info_need
        elif kind in (CONTENT, NEWS):
            interest = 0.4 + 0.8 * self.match
        else:
            interest = 0.1
        weight = self.reply * interest * (0.5 + self.group.help_norm)
        weight *= 1.0 + k.tie_reply * self.ties.get(message.author, 0.0)
        if message.target is not None and message.target.author is self:
            weight *= k.addressed
        fade = 1.0 + (t - message.t) / k.freshness
        return weight / (fade * fade * (1.0 + k.crowding * message.n_answers))

    def worth(self, kind: str) -> float:
        """Quality of one's own message."""
        if kind in (CONTENT, NEWS):
            return (0.3 + 0.7 * self.expertise) * self.group.novelty
        if kind == ANSWER:
            return (0.15 + 0.6 * self.expertise) * self.group.novelty
        return 0.08 * self.group.novelty if kind in (QUESTION, CHAT) else 0.0

    def gives(self) -> int:
        """Fen paid back of those received today."""
        usual = max(1, self.group.fen_taken // self.group.n_taken)
        return usual if self.owes < self.generosity * self.fen_received / usual else 0

    def feel(self) -> None:
        """After a visit feeling moves belonging, trust and the rest."""
        k = self.model.knobs
        interest = self.match if self.model.day < self.need_ends else 0.35 * self.match
        useful = self.read_quality / (k.enough + self.read_quality)
        warmth = self.warmth + k.ambience * (self.n_read - self.n_ads_read)
        news = self.info_need * interest * useful
        if self.fen_received:
            yuan = self.fen_received / 100.0
            felt = yuan / (k.red_packet_joy_half * self.budget + yuan)
            news += k.red_packet_joy * felt * (1.0 - self.numb_packet)
            self.numb_packet += k.numbing * (1.0 - self.numb_packet)
        gain = news + (1.0 - self.info_need) * warmth / (k.company + warmth)
        load = self.n_unread / (self.n_unread + self.attention)
        cost = k.overload * load + k.annoyance * self.dislike * self.n_ads_read / (1.0 + self.n_read)
        cost += k.neglect * self.n_ignored / (1.0 + self.n_ignored)
        feeling = gain - cost - k.used_to * self.expectation
        self.expectation += k.expect_rate * (news - self.expectation)
        rate = k.warm_fast if self.tenure() < k.settle_days else k.warm_slow
        self.belonging += rate * (clip(0.5 + k.swing * feeling, 0.0, 1.0) - self.belonging)
        self.appeal += 0.15 * (clip(2.0 * (gain - cost), 0.0, 1.0) - self.appeal)
        self.fatigue += 0.2 * (load - self.fatigue)
        self.overload_days += (load > 0.4) - 0.2 * self.overload_days
        self.judge_host(useful, interest)

    def judge_host(self, useful: float, interest: float) -> None:
        """Trust and habit follow what the host said, and what the host let stand."""
        k, group = self.model.knobs, self.group
        heard = self.n_host_read / (1.0 + self.n_host_read) * useful * interest
        self.trust += k.trust_useful * heard * (1.0 - self.trust)
        self.trust -= k.trust_advert * self.n_ads_read * self.trust / (1.0 + 0.2 * self.n_ads_read)
        if group.is_content_day and group.slot_kept > 0.5 and self.n_host_read:
            self.habit += k.content_habit_gain * (1.0 - self.habit) * useful
        else:
            self.habit -= k.content_habit_loss * self.habit

    def bond(self) -> None:
        """Regulars tire of trivial talk; a standing is earned or lost; numbness fades."""
        k, group = self.model.knobs, self.group
        if self.standing == "regular" and group.n_messages:
            trivial = group.n_trivial / group.n_messages
            self.fatigue = clip(self.fatigue + k.bored * trivial * self.match, 0.0, 1.0)
            self.belonging -= 0.1 * k.bored * trivial * self.belonging
        self.activity += ((self.n_posts > 0) - self.activity) / k.active_days
        last = self.day_last_post if self.day_last_post >= 0 else self.day_joined
        if self.n_posts:
            last = self.model.day
        if self.activity >= k.regular_share:
            self.standing = "regular"
        elif self.model.day - last >= k.lurker_days:
            self.standing = "lurker"
        elif self.standing != "regular" or self.activity <= 0.7 * k.regular_share:
            self.standing = "member"
        self.lull(1)

    def lull(self, days: int) -> None:
        """Numbness fades."""
        kept = (1.0 - self.model.knobs.recovery) ** days
        self.numb_packet *= kept
        self.numb_offer *= kept

    def rest(self, days: int) -> None:
        """Days without a look: all drifts to neutral; the absent leave only for reasons of life."""
        k = self.model.knobs
        self.lull(days)
        self.idle(days)
        self.need_anew(days)
        kept = (1.0 - k.drift) ** days
        self.belonging = 0.3 + kept * (self.belonging - 0.3)
        self.trust = k.trust_start + kept * (self.trust - k.trust_start)
        self.fatigue *= 0.9**days
        self.appeal *= 0.99**days
        self.habit *= (1.0 - k.content_habit_loss) ** days
        if self.model.draw() < k.leave_shock * days:
            self.go("left")

    def need_anew(self, days: int) -> None:
        """A need that was met may arise anew."""
        model = self.model
        if model.day >= self.need_ends and model.draw() < model.knobs.need_again * days:
            self.need_ends = model.day + 1.0 + model.need_time(self.person.is_asker)
            self.is_asking = self.person.is_asker

    def idle(self, days: int) -> None:
        """Days without a post cost a regular their standing, and make a lurker in the end."""
        k = self.model.knobs
        self.activity *= (1.0 - 1.0 / k.active_days) ** days
        last = self.day_last_post if self.day_last_post >= 0 else self.day_joined
        if self.model.day - last >= k.lurker_days:
            self.standing = "lurker"
        elif self.standing == "regular" and self.activity <= 0.7 * k.regular_share:
            self.standing = "member"

    def buy(self) -> None:
        """Take an offer seen today, or not."""
        k = self.model.knobs
        if not self.group.is_offer_day or not self.n_host_read or k.item_price <= 0.0:
            return
        x = k.buy + k.buy_trust * self.trust + k.buy_fit * self.fit - k.buy_numb * self.numb_offer
        x += (k.buy_again if self.n_purchases else 0.0) - k.buy_price * math.log(1.0 + k.item_price / self.budget)
        self.numb_offer += k.numbing * (1.0 - self.numb_offer)
        self.is_buying = self.model.draw() < logistic(x)

    def eagerness(self) -> float:
        """Probability to ask a friend today."""
        return self.wish_to_invite(0.1 if self.standing == "regular" else self.model.knobs.invite_late)

    def wish_to_invite(self, least: float) -> float:
        """Most while the group is new, and only into a group worth a visit."""
        k = self.model.knobs
        eager = max(least, math.exp(-self.tenure() / k.invite_days))
        return k.invite * self.belonging * self.match * 2.0 * self.appeal * eager  # type: ignore[no-any-return]

    def leave(self) -> None:
        """Leave for reasons of life, or for what the group is worth; mute when overloaded."""
        k, draw = self.model.knobs, self.model.draw
        if not self.is_muted and self.overload_days > k.mute_days:
            self.is_muted = draw() < k.mute
        x = k.leave_belonging * (self.belonging - 0.5) + k.leave_ties * self.n_strong
        x -= k.leave_lost * self.n_ties_lost
        if draw() < k.leave * math.exp(-x) + k.leave_shock:
            self.go("left")

    def go(self, reason: str) -> None:
        """They will give up their seat in the evening."""
        if self.reason is None:
            self.group.leaving.append(self)
        self.reason = reason

    def tenure(self) -> int:
        """Days since joining."""
        return self.model.day - self.day_joined

"use strict";
/* Which rules acted for a member on a day, with which numbers: the day is played once more on the server, watched. */
shequn.parts.rules = (run) => {
  const { make } = shequn;
  const COUNTERS = ["u", "second", "days", "k", "last", "row", "c"]; // local numbers that tell nothing
  const NOTES = ["day_faded", "day_rested", "day_looked", "day_last_post", "read_upto"]; // when something was last done
  const place = make("ol", { class: "rules", id: "rules" });
  const status = make("p", { class: "soft", role: "status" });
  let shown = null; // what was asked for: arm, group, day
  let fired = null;
  let now = null;
  let listed = null;

  async function ask() {
    const { which, group } = run.now.follow;
    const mine = `${which} ${group} ${now.day}`;
    run.act.stop();
    shown = mine;
    status.textContent = run.word("people.playing");
    try {
      const found = await run.ask.rules(which, group + 1, now.day + 1);
      if (mine !== shown) return;
      fired = { key: mine, ...found };
      status.textContent = "";
    } catch (error) {
      if (mine === shown) status.textContent = error.message;
    }
    list();
  }
  const text = (value) => {
    const size = Math.abs(value);
    return String(size >= 1e4 || Number.isInteger(value) ? Math.round(value) : Number(value.toPrecision(3))).replace(
      "-",
      "−",
    );
  };
  const named = (name) => {
    const key = `people.num_${name.replace(/^(today|mine)\./, "")}`;
    const word = run.word(key);
    return word === key ? name : word;
  };
  function heading(rule) {
    const [owner, act] = rule.includes(".") ? rule.split(".") : ["", rule];
    const title =
      run.word(`mechanism:${owner}`) !== `mechanism:${owner}`
        ? run.word(`mechanism:${owner}`)
        : run.word(`people.rule_${act}`);
    return make("p", {}, [make("b", {}, [title]), " ", make("code", {}, [rule])]);
  }
  /** A rule that is asked many times a day (a weight for each message on the screen) is told once, at its first time. */
  const isAskedOften = (rule) => /\.(answers|worth)$/.test(rule);
  function joined(mine) {
    const found = [];
    for (const one of mine) {
      const before = isAskedOften(one.rule) && found.find((other) => other.rule === one.rule);
      if (before) before.results.push(one.result);
      else found.push({ ...one, results: [one.result] });
    }
    return found;
  }
  /** The draw that a rule of a role compares with its `chance`; its other draws decide other things. */
  const DECIDES = { visit: "visit", rest: "shock", buy: "buy", leave: "leave" };
  /** Of most who stay away the chance is not worked out (member.py): x tells it. */
  function chanceOf({ rule, numbers = {} }, what) {
    const act = rule.split(".")[1];
    if (DECIDES[act] !== what) return undefined;
    const isShort = act === "visit" && numbers.chance === undefined && numbers.x !== undefined;
    return isShort ? 1 / (1 + Math.exp(-numbers.x)) : numbers.chance;
  }
  /** The draws of a rule; whether to open a topic is drawn before, and handed to it as u. */
  const drawsOf = ({ rule, numbers = {}, draws = [] }) =>
    rule.endsWith(".opens") && numbers.u !== undefined ? [["open", numbers.u, numbers.chance], ...draws] : draws;
  function card(one) {
    const parts = [heading(one.rule)];
    const numbers = Object.entries(one.numbers || {}).filter(([name]) => !COUNTERS.includes(name));
    if (isAskedOften(one.rule)) {
      const weights = one.results.toSorted((a, b) => b - a).slice(0, 6).map(text); // prettier-ignore
      parts.push(make("p", {}, [run.word("people.weighed", { n: one.results.length, weights: weights.join(", ") })]));
    } else if (numbers.length) {
      parts.push(make("p", { class: "soft" }, [numbers.map(([name, v]) => `${named(name)} = ${text(v)}`).join(";  ")]));
    }
    drawsOf(one).forEach(([what, u, known]) => {
      const chance = known ?? chanceOf(one, what);
      const hit =
        chance === undefined ? "" : run.word(u < chance ? "people.so_yes" : "people.so_no", { chance: text(chance) });
      const said = what
        ? run.word("people.luck", { what: run.word(`people.draw_${what}`), u: text(u) })
        : run.word("people.luck_alone", { u: text(u) }); /* of a strategy's own draw only the number is known */
      parts.push(make("p", {}, [said, " ", hit]));
    });
    const changed = Object.entries(one.changes || {}).filter(([name]) => !NOTES.includes(name));
    const changes = changed.map(([name, [from, to]]) => `${named(name)} ${text(from)} → ${text(to)}`);
    if (changes.length) parts.push(make("p", { class: "changes" }, [changes.join(";  ")]));
    const doc = (fired.docs || {})[one.rule];
    if (doc)
      parts.push(
        make("details", {}, [make("summary", {}, [run.word("people.as_written")]), make("pre", { lang: "en" }, [doc])]),
      );
    return make("li", {}, parts);
  }
  function list() {
    const isFor = fired && now && fired.key === `${run.now.follow.which} ${run.now.follow.group} ${now.day}`;
    place.hidden = !isFor;
    const state = `${fired?.key} ${run.now.follow.person} ${document.documentElement.getAttribute("data-lang")}`;
    if (!isFor || state === listed) return; /* what was opened in the list stays open */
    listed = state;
    const hasActed = (one) => one.draws || one.changes || isAskedOften(one.rule);
    const mine = joined(fired.fired.filter((one) => one.who === run.now.follow.person && hasActed(one)));
    place.replaceChildren(...(mine.length ? mine.map(card) : [make("li", {}, [run.word("people.no_rule")])]));
  }
  const button = run.button("people.ask_rules", ask, "ask-rules");
  const head = make("h3", {}, [run.said("people.rules")]);
  const note = make("p", { class: "soft" }, [run.said("people.rules_note")]);
  const node = make("section", {}, [head, note, make("div", { class: "row" }, [button]), status, place]);
  function tell(crowd, day, k) {
    now = { day };
    button.disabled = k < 0;
    list();
  }
  return { node, tell };
};

"use strict";
/* One member's day: what they saw, felt and did, and why they left; their life as a line; and everybody's day as a table. */
shequn.parts.diary = (run, choose) => {
  const { make, figure } = shequn;
  const who = make("select", { id: "people-who" });
  who.addEventListener("change", () => choose(Number(who.value)));
  const head = make("p", { class: "verdict-line", id: "member" });
  const told = make("dl", { class: "told" });
  const life = make("canvas", { role: "img", id: "life" });
  const body = make("tbody");
  const heads = ["name", "role", "read", "posts", "trust", "belonging", "ties"];
  const cells = heads.map((name) => make("th", { scope: "col" }, [run.said(`people.col_${name}`)]));
  const table = make("table", {}, [make("thead", {}, [make("tr", {}, cells)]), body]);
  const all = make("details", {}, [
    make("summary", {}, [run.said("people.everybody")]),
    make("div", { class: "scroll tall", tabindex: 0 }, [table]),
  ]);
  const caption = make("figcaption", {}, [run.said("people.life")]);
  const two = make("div", { class: "walls" }, [make("div", {}, [head, told]), make("figure", {}, [caption, life])]);
  const row = make("div", { class: "row" }, [make("label", {}, [run.said("people.who"), who])]);
  const node = make("section", {}, [make("h3", {}, [run.said("people.follow")]), row, two, all]);

  const percent = (now, before) => {
    const change = before === null ? 0 : now - before;
    return `${now} %${change === 0 ? "" : ` (${change > 0 ? "+" : "−"}${Math.abs(change)})`}`;
  };
  function options(crowd, day, chosen) {
    const people = [...new Set([...crowd.here(day), ...(chosen < 0 ? [] : [chosen])])].sort((a, b) => a - b);
    const text = (k) => {
      const now = crowd.of(k, day);
      return `${crowd.name(run, k)}${now ? ` · ${run.word(`people.role_${crowd.role(now)}`)}` : ""}`;
    };
    const texts = people.map(text);
    if (texts.join() !== [...who.options].map((one) => one.textContent).join())
      /* a list that is open stays so */
      who.replaceChildren(...people.map((k, place) => make("option", { value: crowd.data.people[k] }, [texts[place]])));
    who.value = String(crowd.data.people[chosen]);
  }
  function title(crowd, day, k) {
    const spell = crowd.spell(k, day) || crowd.last(k);
    if (!spell) return crowd.name(run, k);
    const how = run.word(`people.channel_${crowd.data.channels[spell.channel]}`);
    const who = spell.inviter >= 0 ? crowd.name(run, spell.inviter) : null;
    const came = who === null ? "people.came" : "people.came_asked";
    const parts = [crowd.name(run, k), run.word(came, { day: spell.came + 1, how, who })];
    if (spell.left <= day) {
      const why = run.word(`people.reason_${crowd.data.reasons[spell.reason]}`);
      parts.push(run.word("people.left", { day: spell.left + 1, why }));
    }
    return parts.join(" · ");
  }
  function lines(crowd, day, k) {
    const now = crowd.of(k, day);
    const was = day > 0 ? crowd.of(k, day - 1) : null;
    if (!now || !crowd.spell(k, day)) return [["people.not_here", ""]];
    const said = crowd.data.lines[day].filter((line) => line[1] === k);
    const kinds = [...new Set(said.map((line) => run.word(`people.kind_${crowd.data.kinds[line[2]]}`)))].join(", ");
    const bought = crowd.data.bought.filter(([on, by]) => on === day && by === k).map(([, , price]) => figure(price));
    const did = [said.length ? run.word("people.wrote", { n: said.length, kinds }) : run.word("people.silent")];
    if (bought.length) did.push(run.word("people.bought", { yuan: bought.join(" + ") }));
    const saw = now.looks > 0 ? run.word("people.saw", now) : run.word("people.away");
    const met = run.word("people.met", { answered: now.answered, ignored: now.ignored, ties: now.ties });
    const felt = ["belonging", "trust", "appeal", "fatigue"].map((name) => [
      `people.col_${name}`,
      percent(now[name], was && was[name]),
    ]);
    return [["people.l_saw", saw], ["people.l_did", did.join(" ")], ["people.l_met", met], ...felt]; // prettier-ignore
  }
  function drawLife(crowd, day, k) {
    const days = [...Array(run.last + 1).keys()];
    const values = { belonging: [], trust: [] };
    days.forEach((d) => {
      const isThere = d <= day && crowd.spell(k, d);
      const now = isThere ? crowd.of(k, d) : null;
      Object.entries(values).forEach(([name, list]) => list.push(now ? now[name] / 100 : null));
    });
    crowd.of(k, day);
    const frame = shequn.frame(run, life, [1], true);
    frame.pen.lineWidth = 2.2;
    for (const [name, tone, dash] of [
      ["belonging", "#009E73", []],
      ["trust", "#AA3377", [6, 4]],
    ]) {
      // prettier-ignore
      frame.pen.strokeStyle = tone;
      frame.pen.setLineDash(dash);
      shequn.line(frame.pen, values[name].map((v, d) => (v === null ? null : [frame.x(d), frame.y(v)]))); // prettier-ignore
    }
    frame.pen.setLineDash([]);
    frame.pen.fillStyle = "#333";
    crowd.data.lines.slice(0, day + 1).forEach((said, d) => {
      if (said.some((line) => line[1] === k)) frame.pen.fillRect(frame.x(d) - 1, 184, 2, 6);
    });
    const last = ["belonging", "trust"].map(
      (name) => `${run.word(`people.col_${name}`)}: ${figure(values[name][day], true)}`,
    );
    life.setAttribute("aria-label", `${crowd.name(run, k)}. ${last.join("; ")}`);
  }
  function everybody(crowd, day) {
    const cell = (k, name, now) => {
      if (name === "role") return run.word(`people.role_${crowd.role(now)}`);
      return ["trust", "belonging"].includes(name) ? `${now[name]} %` : String(now[name]);
    };
    const rows = crowd.here(day).map((k) => [k, crowd.of(k, day)]).filter(([, now]) => now); // prettier-ignore
    body.replaceChildren(
      ...rows.map(([k, now]) => {
        const first = make("th", { scope: "row" }, [crowd.name(run, k)]);
        return make("tr", {}, [first, ...heads.slice(1).map((name) => make("td", {}, [cell(k, name, now)]))]);
      }),
    );
  }
  all.addEventListener("toggle", () => run.tell());
  function tell(crowd, day, k) {
    options(crowd, day, k);
    node.querySelectorAll(".walls, .told").forEach((one) => (one.hidden = k < 0));
    if (k >= 0) {
      head.textContent = title(crowd, day, k);
      const pairs = lines(crowd, day, k).flatMap(([key, text]) => [
        make("dt", {}, [run.word(key)]),
        make("dd", {}, [text]),
      ]);
      told.replaceChildren(...pairs);
      drawLife(crowd, day, k);
    }
    if (all.open) everybody(crowd, day);
  }
  return { node, tell };
};

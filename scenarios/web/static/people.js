"use strict";
/* Follow one member: who is in a group, how they are tied, what they say, and what one of them saw, felt and did on the day
   shown. The group is asked for when somebody wants to see it (`run.ask.people`); `run.now.follow` is {which, group, person}:
   a person is the same in both arms. */

/** Everybody in a group, day by day: the state of each on a day is what was last written of them. */
shequn.crowd = (data) => {
  const column = Object.fromEntries(data.columns.map((name, k) => [name, k + 1]));
  const spells = data.people.map(() => []);
  data.spells.forEach(([k, came, left, channel, inviter, reason, paid]) => {
    spells[k].push({ came, left: left < 0 ? Infinity : left, channel, inviter, reason, paid });
  });
  let at = -1;
  let rows = new Map();
  let ties = new Map();

  function go(day) {
    if (day < at) [at, rows, ties] = [-1, new Map(), new Map()];
    while (at < day) {
      at += 1;
      data.days[at].forEach((row) => rows.set(row[0], row));
      data.ties[at].forEach(([a, b]) => {
        const key = `${a} ${b}`;
        if (!ties.delete(key)) ties.set(key, [a, b]);
      });
    }
  }
  /** What was last written of person k up to a day. */
  function of(k, day) {
    go(day);
    const row = rows.get(k);
    return row ? Object.fromEntries(Object.entries(column).map(([name, place]) => [name, row[place]])) : null;
  }
  const spell = (k, day) => spells[k].find((one) => one.came <= day && day <= one.left);
  return {
    data,
    of,
    spell,
    last: (k) => spells[k].at(-1),
    /** What was last written of person k in the whole run. */
    ever: (k) => of(k, data.days.length - 1),
    here: (day) => data.people.map((_, k) => k).filter((k) => spell(k, day)),
    ties: (day) => {
      go(day);
      return [...ties.values()];
    },
    number: (person) => data.people.indexOf(person),
    name: (run, k) => (k < 0 ? run.word("people.somebody") : run.word("people.name", { n: data.people[k] })),
    role: (told) => data.roles[told.role],
  };
};

shequn.views.people = (run) => {
  const { make } = shequn;
  if (!run.ask) return { node: make("div"), tell: () => {} };
  let crowd = null;
  let asked = 0;
  const follow = (run.now.follow = { which: "b", group: 0, person: null, isOpen: false, ...run.now.follow });
  const arm = make(
    "select",
    { id: "people-arm" },
    ["a", "b"].map((which) => make("option", { value: which })),
  );
  const group = make("select", { id: "people-group" });
  const status = make("p", { class: "soft", role: "status", id: "people-status" });
  const inside = make("div", { hidden: "" });
  const parts = ["crowd", "chat", "diary", "rules"].map((name) => shequn.parts[name](run, choose));

  function choose(person) {
    follow.person = person;
    run.tell();
  }
  async function load() {
    const mine = ++asked;
    status.textContent = run.word("people.playing");
    follow.isOpen = true;
    try {
      const found = await run.ask.people(follow.which, follow.group + 1);
      if (mine !== asked) return;
      crowd = shequn.crowd(found);
      const { person } = follow;
      const isThere = crowd.number(person) >= 0;
      if (!isThere) follow.person = found.people[shequn.liveliest(crowd, run.now.day)] ?? null;
      status.textContent = isThere || person === null ? "" : run.word("people.never", { n: person });
    } catch (error) {
      if (mine !== asked) return;
      crowd = null;
      status.textContent = error.message;
    }
    run.tell();
  }
  const numbers = () => run.arm(follow.which).wall.of.flatMap(([community, k]) => (community === 0 ? [k] : []));
  const again = () => {
    Object.assign(follow, { which: arm.value, group: Number(group.value) });
    if (!numbers().includes(follow.group)) follow.group = 0; /* it was opened in the other arm alone */
    if (follow.isOpen) load();
  };
  arm.addEventListener("change", again);
  group.addEventListener("change", again);

  const row = make("div", { class: "row" }, [
    make("label", {}, [run.said("people.arm"), arm]),
    make("label", {}, [run.said("people.group"), group]),
    run.button("people.show", load, "people-show"),
  ]);
  inside.append(make("div", { class: "walls" }, [parts[0].node, parts[1].node]), parts[2].node, parts[3].node);
  const note = make("p", { class: "soft" }, [run.said("people.note")]);
  const node = make("section", { class: "people" }, [
    make("h2", {}, [run.said("people.head")]),
    note,
    row,
    status,
    inside,
  ]);
  if (follow.isOpen) load();

  function tell() {
    node.hidden = !run.now.open;
    for (const one of arm.options) one.textContent = run.armName(run.now[one.value]);
    arm.value = follow.which;
    const groups = numbers();
    if (groups.join() !== [...group.options].map((one) => one.value).join())
      /* groups opened later may be others */
      group.replaceChildren(...groups.map((k) => make("option", { value: k }, [String(k + 1)])));
    group.value = String(follow.group);
    inside.hidden = crowd === null;
    if (crowd && run.now.open) parts.forEach((part) => part.tell(crowd, run.now.day, crowd.number(follow.person)));
  }
  return { node, tell };
};
shequn.parts = {};

/** Whom to follow first: of those who are here, staff left out, who writes most; of a dead group, who wrote most in it. */
shequn.liveliest = (crowd, day) => {
  const written = new Map();
  crowd.data.lines.flat().forEach(([, who]) => written.set(who, (written.get(who) || 0) + 1));
  const everybody = crowd.data.people.map((_, k) => k);
  const isOrdinary = (k) => ["member", "lurker", "regular"].includes(crowd.role(crowd.ever(k)));
  const most = (people) => people.sort((a, b) => (written.get(b) || 0) - (written.get(a) || 0))[0];
  return most(crowd.here(day).filter(isOrdinary)) ?? most(everybody.filter(isOrdinary));
};

"use strict";
/* Members as a living picture: one mark a person, in the order of their coming from the middle outwards; its form and colour
   tell the role, its size whether they wrote today, its strength how much they trust; lines are strong ties. */
shequn.ROLES = {
  host: { tone: "#D55E00", form: "square" },
  moderator: { tone: "#D55E00", form: "ring" },
  kol: { tone: "#CC79A7", form: "diamond" },
  guest: { tone: "#CC79A7", form: "diamond" },
  advertiser: { tone: "#E69F00", form: "triangle" },
  poacher: { tone: "#111111", form: "triangle" },
  shill: { tone: "#111111", form: "square" },
  regular: { tone: "#009E73", form: "dot" },
  connector: { tone: "#0072B2", form: "diamond" },
  member: { tone: "#0072B2", form: "dot" },
  lurker: { tone: "#56B4E9", form: "ring" },
};

/** One mark, at a place, as large as r. */
shequn.mark = (pen, { tone, form }, [x, y], r) => {
  const corners = {
    square: [[-1, -1], [1, -1], [1, 1], [-1, 1]], // prettier-ignore
    diamond: [[0, -1.3], [1.3, 0], [0, 1.3], [-1.3, 0]], // prettier-ignore
    triangle: [[0, -1.3], [1.2, 0.9], [-1.2, 0.9]], // prettier-ignore
  }[form];
  Object.assign(pen, { fillStyle: tone, strokeStyle: tone, lineWidth: 2 });
  pen.beginPath();
  if (corners) corners.forEach(([dx, dy]) => pen.lineTo(x + r * dx, y + r * dy));
  else pen.arc(x, y, r, 0, 7);
  pen.closePath();
  if (form === "ring") pen.stroke();
  else pen.fill();
};

shequn.parts.crowd = (run, choose) => {
  const { make } = shequn;
  const canvas = make("canvas", { role: "img", id: "crowd" });
  const key = make("p", { class: "stages soft" });
  const caption = make("figcaption", {}, [make("b", {}, [run.said("people.crowd")])]);
  const node = make("figure", {}, [caption, canvas, key]);
  let places = [];
  let shown = null;

  canvas.addEventListener("click", (press) => {
    const box = canvas.getBoundingClientRect();
    const [x, y] = [press.clientX - box.left, press.clientY - box.top];
    const near = places.map(([k, [px, py]]) => [Math.hypot(px - x, py - y), k]).sort((a, b) => a[0] - b[0])[0];
    if (near && near[0] < 20) choose(shown.data.people[near[1]]);
  });
  /** Seeds of a sunflower: each has its own place for good, whoever leaves. */
  function placeOf(k, n, wide, high) {
    const far = Math.sqrt((k + 0.5) / Math.max(n, 12)) * 0.46;
    const turn = k * 2.399963;
    return [wide / 2 + wide * far * Math.cos(turn), high / 2 + high * far * Math.sin(turn)];
  }
  function tell(crowd, day, chosen) {
    shown = crowd;
    const { pen, wide, high } = shequn.sheet(canvas, 340);
    const at = (k) => placeOf(k, crowd.data.people.length, wide, high);
    const here = crowd.here(day);
    places = here.map((k) => [k, at(k)]);
    const isHere = new Set(here);
    for (const [a, b] of crowd.ties(day)) {
      if (!isHere.has(a) || !isHere.has(b)) continue;
      const isTheirs = a === chosen || b === chosen;
      Object.assign(pen, { strokeStyle: isTheirs ? "#333" : "rgba(90,90,90,.22)", lineWidth: isTheirs ? 1.6 : 0.8 });
      shequn.line(pen, [at(a), at(b)]);
    }
    const counts = {};
    for (const [k, place] of places) {
      const told = crowd.of(k, day);
      const role = told ? crowd.role(told) : "member";
      counts[role] = (counts[role] || 0) + 1;
      pen.globalAlpha = told ? 0.3 + 0.7 * (told.trust / 100) : 0.3;
      shequn.mark(
        pen,
        shequn.ROLES[role] || shequn.ROLES.member,
        place,
        told && told.posts > 0 ? 7 : told && told.looks > 0 ? 5 : 3.5,
      );
      pen.globalAlpha = 1;
      if (k === chosen) {
        Object.assign(pen, { strokeStyle: "#111", lineWidth: 2.5 });
        pen.beginPath();
        pen.arc(...place, 11, 0, 7);
        pen.stroke();
      }
    }
    legend(counts, here.filter((k) => crowd.spell(k, day).left > day).length);
  }
  function legend(counts, n) {
    const said = Object.entries(counts).map(([role, count]) => `${run.word(`people.role_${role}`)}: ${count}`);
    canvas.setAttribute(
      "aria-label",
      `${run.word("people.crowd")}. ${run.word("people.here", { n })} ${said.join("; ")}`,
    );
    const entry = (role, count) => {
      const sample = make("canvas", { width: 16, height: 16, class: "sample", "aria-hidden": "true" });
      shequn.mark(sample.getContext("2d"), shequn.ROLES[role] || shequn.ROLES.member, [8, 8], 5);
      return make("span", {}, [sample, `${run.word(`people.role_${role}`)} ${count}`]);
    };
    key.replaceChildren(
      ...Object.entries(counts).map(([role, count]) => entry(role, count)),
      run.word("people.crowd_note"),
    );
  }
  return { node, tell };
};

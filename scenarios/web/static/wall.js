"use strict";
/* The class wall and a student's page: what comes is asked for every second or two; forms are plain forms. */
(() => {
  const about = document.body.dataset;
  const told = document.getElementById("told");
  const SVG = "http://www.w3.org/2000/svg";
  const AGAIN = about.page === "wall" ? 1_000 : 2_000; /* milliseconds between two looks */
  const LEFT = 60, BOTTOM = 360, WIDE = 560, HIGH = 340; /* the dots' axes in the picture */

  function drawn(name, where, text) {
    const made = document.createElementNS(SVG, name);
    for (const [key, value] of Object.entries(where)) made.setAttribute(key, value);
    if (text !== undefined) made.textContent = text;
    return made;
  }

  function axes(svg) {
    const most = Number(about.most);
    svg.append(drawn("line", { x1: LEFT, y1: BOTTOM, x2: LEFT + WIDE, y2: BOTTOM }));
    svg.append(drawn("line", { x1: LEFT, y1: BOTTOM, x2: LEFT, y2: BOTTOM - HIGH }));
    for (const part of [0, 0.25, 0.5, 0.75, 1]) {
      const end = { "text-anchor": "middle" };
      svg.append(drawn("text", { x: LEFT + part * WIDE, y: BOTTOM + 22, ...end }, Math.round(part * most)));
      svg.append(drawn("text", { x: LEFT - 26, y: BOTTOM - part * HIGH + 5, ...end }, part));
    }
  }

  /* A dot where groups came out; the more of them came to the same place, the larger, with their number in it. */
  function dots(places) {
    const svg = document.getElementById("dots"), said = [];
    svg.replaceChildren();
    axes(svg);
    for (const [across, up, n] of places) {
      const x = LEFT + (across / Number(about.most)) * WIDE, y = BOTTOM - up * HIGH;
      svg.append(drawn("circle", { cx: x, cy: y, r: 8 * Math.sqrt(n) }));
      if (n > 1) svg.append(drawn("text", { x, y: y + 5, "text-anchor": "middle", class: "n" }, n));
      said.push(`${n} × (${Math.round(across)}, ${up.toFixed(2)})`);
    }
    svg.setAttribute("aria-label", `${svg.dataset.said} ${said.join("; ")}`);
  }

  function names(said) {
    const list = document.getElementById("names");
    if (list.dataset.said === JSON.stringify(said)) return;
    list.dataset.said = JSON.stringify(said);
    list.replaceChildren(...said.map((name) => {
      const item = document.createElement("li"), form = document.createElement("form");
      form.method = "post";
      form.action = "/wall/remove";
      for (const [key, value] of [["name", name], ["lang", about.lang]]) {
        const hidden = document.createElement("input");
        [hidden.type, hidden.name, hidden.value] = ["hidden", key, value];
        form.append(hidden);
      }
      const button = document.createElement("button");
      button.textContent = list.dataset.remove;
      button.setAttribute("aria-label", `${list.dataset.remove}: ${name}`);
      form.append(`${name} `, button);
      item.append(form);
      return item;
    }));
  }

  function after(found) {
    if (found.mistake) [told.className, told.textContent] = ["mistake", found.mistake];
    if (!found.far) return;
    document.getElementById("go-on").hidden = !found.is_lost;
    document.getElementById("far").textContent = found.is_lost ? about.lost : `${found.far.text} ${found.far.left}`;
    const bar = document.getElementById("bar");
    if (found.far.of) [bar.max, bar.value] = [found.far.of, found.far.done];
  }

  function wall(found) {
    if (["rung", "done", "round"].some((name) => String(found[name]) !== about[name])) return location.assign(`/wall?lang=${about.lang}`);
    for (const name of ["joined", "played"]) document.getElementById(name).textContent = found[name];
    document.getElementById("ready").textContent = found.ready;
    names(found.names);
    dots(found.dots);
    if (found.rung) after(found);
  }

  function mine(found) {
    const now = [found.waiting, found.rung, found.round].map(String);
    if (now.join() !== [about.waiting, about.rung, about.round].join()) location.replace(`/mine?lang=${document.documentElement.lang.slice(0, 2)}`);
  }

  async function look() {
    try {
      const answer = await fetch(`/${about.page}/state?lang=${about.lang || ""}`);
      if (answer.status === 403) return location.assign("/join");
      const found = await answer.json();
      if (told.textContent === about.away) told.textContent = "";
      (about.page === "wall" ? wall : mine)(found);
    } catch {
      told.textContent = about.away;
    }
    setTimeout(look, AGAIN);
  }

  look();
})();

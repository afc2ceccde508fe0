/* A guess may be a curve: members of a group in one arm or both, drawn by pointer or by sliders before the run plays. It
   stays on the picture, dotted, and is scored at the end. `run.now.drawn` holds it as text, so that a link can: `a12-30-…`,
   a number for each handle, and `b…` after a dot. */
shequn.drawing = (() => {
  const HANDLES = 5;
  const MOST = 100000;

  /** The days of the handles; the last is the last day. */
  const days = (run) => [...Array(HANDLES).keys()].map((k) => Math.round((run.last * (k + 1)) / HANDLES));

  /** Members at the handles of an arm, null where none were drawn, or where a link says something else. */
  function read(run, which) {
    const part = String(run.now.drawn || "").split(".").find((one) => one[0] === which); // prettier-ignore
    const values = part && /^[ab]\d{1,6}(-\d{1,6})*$/.test(part) ? part.slice(1).split("-").map(Number) : [];
    return values.length === HANDLES && Math.max(...values) <= MOST ? values : null;
  }
  function write(run, which, values) {
    const drawn = { a: read(run, "a"), b: read(run, "b"), [which]: values };
    const parts = Object.entries(drawn).filter(([, some]) => some);
    run.now.drawn = parts.map(([one, some]) => one + some.join("-")).join(".") || null;
  }

  /** Members by day: straight from the first day, which is known, through the handles. */
  function curve(run, which) {
    const values = read(run, which);
    if (!values) return null;
    const points = [[0, run.arm(which).curves.members.mean[0] || 0], ...days(run).map((day, k) => [day, values[k]])];
    return [...Array(run.reel.days).keys()].map((day) => {
      const next = Math.max(
        1,
        points.findIndex(([at]) => at >= day),
      );
      const [[from, low], [to, high]] = [points[next - 1], points[next]];
      return to > from ? low + ((high - low) * (day - from)) / (to - from) : high;
    });
  }

  /** The highest number of the scale: above all that came, and round, so that it gives little away. */
  function top(run) {
    const { a, b } = { a: run.arm("a").curves.members, b: run.arm("b").curves.members };
    const most = 1.3 * Math.max(1, ...[...a.high, ...b.high, ...a.mean, ...b.mean].filter((v) => v !== null));
    const power = Math.pow(10, Math.floor(Math.log10(most)));
    return [1, 2, 5, 10].map((k) => k * power).find((round) => round >= most);
  }

  /** How far the drawn curve was off: members a group on the mean of days, and as a share of the range of both curves. */
  function score(run, which) {
    const drawn = curve(run, which);
    const { mean } = run.arm(which).curves.members;
    if (!drawn) return null;
    const gaps = drawn.map((v, day) => (mean[day] === null ? null : Math.abs(v - mean[day]))).filter((v) => v !== null);
    const both = [...run.arm("a").curves.members.mean, ...run.arm("b").curves.members.mean].filter((v) => v !== null);
    const range = Math.max(1, Math.max(...both) - Math.min(...both));
    const gap = gaps.reduce((sum, one) => sum + one, 0) / Math.max(1, gaps.length);
    const share = gap / range;
    return { gap, share, word: share <= 0.1 ? "close" : share <= 0.25 ? "near" : "far" };
  }
  return { days, read, write, curve, top, score };
})();

/** A slider for each handle; `set(k, value)` is told when one moves. */
shequn.handles = (run, days, top, set) => {
  const { make } = shequn;
  const rows = days.map((_, k) => {
    const slider = make("input", { type: "range", min: 0, max: top, step: 1, id: `draw-${k}` });
    slider.addEventListener("input", () => set(k, Number(slider.value)));
    return { name: make("span"), slider, said: make("output", { for: `draw-${k}` }) };
  });
  function tell(which, values) {
    const arm = run.armName(run.now[which]);
    rows.forEach(({ name, slider, said }, k) => {
      const day = days[k] + 1;
      name.textContent = run.word("day_word", { day });
      slider.value = said.textContent = values[k];
      slider.setAttribute("aria-label", run.word("draw_handle", { arm, day }));
    });
  }
  const nodes = rows.map(({ name, slider, said }) => make("label", { class: "handle" }, [name, slider, said]));
  return { nodes, tell };
};

/** The chart one draws on: dotted curves of both arms, dots of the one that is drawn. Gives where days and values are. */
shequn.drawnOn = (run, canvas, days, top, which, values) => {
  const frame = shequn.frame(run, canvas, [0, top], false);
  ["a", "b"].forEach((one) => shequn.dotted(run, frame, one));
  Object.assign(frame.pen, { fillStyle: shequn.TONES[which], strokeStyle: "#fff", lineWidth: 2 });
  values.forEach((value, k) => {
    frame.pen.beginPath();
    frame.pen.arc(frame.x(days[k]), frame.y(value), 7, 0, 7);
    frame.pen.fill();
    frame.pen.stroke();
  });
  const said = values.map((value, k) => `${run.word("day_word", { day: days[k] + 1 })}: ${value}`);
  canvas.setAttribute("aria-label", `${run.word("draw")}. ${run.armName(run.now[which])}. ${said.join("; ")}`);
  return frame;
};

/** Which of the two arms is drawn. */
shequn.armChoice = (run, choose) => {
  const { make } = shequn;
  const labels = ["a", "b"].map((one) => {
    const box = make("input", { type: "radio", name: "drawn_arm", value: one, on: { change: () => choose(one) } });
    box.checked = one === "a";
    return make("label", { class: "pick" }, [box, shequn.swatch(shequn.TONES[one]), run.said(`guess_${one}`)]);
  });
  return make("div", { class: "row", role: "radiogroup" }, labels);
};

/** An empty chart with handles, and a slider for each of them; folded, since one may just pick the winner. */
shequn.views.draw = (run, changed) => {
  const { make, drawing } = shequn;
  const [days, top] = [drawing.days(run), drawing.top(run)];
  const canvas = make("canvas", { role: "img", id: "draw" });
  let which = "a";
  let frame = null;
  const arms = shequn.armChoice(run, (one) => {
    which = one;
    tell();
  });
  const handles = shequn.handles(run, days, top, set);
  const erase = run.button("draw_erase", () => set(null), "erase");
  const box = make("div", { class: "drawing" }, [canvas, make("div", {}, [...handles.nodes, erase])]);
  const ask = make("p", { class: "soft" }, [run.said("draw_ask")]);
  const node = make("details", {}, [make("summary", {}, [run.said("draw")]), ask, arms, box]);
  node.open = Boolean(run.now.drawn);
  node.addEventListener("toggle", tell);

  /** As drawn, else level with the first day. */
  function values() {
    const level = Math.round(run.arm(which).curves.members.mean[0] || 0);
    return drawing.read(run, which) || days.map(() => level);
  }
  function set(k, value) {
    const some = values().map((old, place) => (place === k ? Math.max(0, Math.min(top, Math.round(value))) : old));
    drawing.write(run, which, k === null ? null : some);
    changed();
  }
  shequn.dragged(canvas, (x, y) => {
    const away = days.map((day) => Math.abs(frame.x(day) - x));
    set(away.indexOf(Math.min(...away)), (y - frame.y(0)) / (frame.y(1) - frame.y(0)));
  });
  function tell() {
    if (!node.open) return;
    frame = shequn.drawnOn(run, canvas, days, top, which, values());
    handles.tell(which, values());
    arms.setAttribute("aria-label", run.word("draw_which"));
    erase.disabled = !drawing.read(run, which);
  }
  return { node, tell };
};

/** Where a pressed pointer is on a canvas; the page does not scroll meanwhile. */
shequn.dragged = (canvas, act) => {
  canvas.style.touchAction = "none";
  const at = (event) => {
    const box = canvas.getBoundingClientRect();
    act(event.clientX - box.left, event.clientY - box.top);
  };
  canvas.addEventListener("pointerdown", (event) => {
    canvas.setPointerCapture(event.pointerId);
    at(event);
  });
  canvas.addEventListener("pointermove", (event) => canvas.hasPointerCapture(event.pointerId) && at(event));
};

/** The guessed curve of an arm on a chart of members. */
shequn.dotted = (run, { pen, x, y }, which) => {
  const drawn = shequn.drawing.curve(run, which);
  if (!drawn) return;
  Object.assign(pen, { strokeStyle: shequn.TONES[which], lineWidth: 2.5 });
  pen.setLineDash([2, 5]);
  shequn.line(pen, drawn.map((value, day) => [x(day), y(value)])); // prettier-ignore
  pen.setLineDash([]);
};

/* Beside the verdict: what the dotted curves are, and at the end how near they came. */
shequn.views.drawn = (run) => {
  const node = shequn.make("p", { class: "drawn-line", "aria-live": "polite" });
  function scored(which) {
    const found = shequn.drawing.score(run, which);
    if (!found) return [];
    const slots = { arm: run.armName(run.now[which]), gap: shequn.figure(found.gap), n: run.reel.communities };
    const share = shequn.figure(found.share, true);
    return [run.word("draw_score", { ...slots, share }), run.word(`draw_${found.word}`)];
  }
  function text() {
    if (!run.now.open || !run.now.drawn) return "";
    if (run.now.day < run.last) return run.word("draw_dotted");
    return ["a", "b"].flatMap(scored).join(" ");
  }
  function tell() {
    const told = text();
    if (node.textContent !== told) node.textContent = told; /* said aloud once */
  }
  return { node, tell };
};

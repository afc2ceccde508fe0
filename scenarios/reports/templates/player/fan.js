/* The same question in many communities: a thin line for each behind the curves, and at the end the difference between the
   arms with its interval. `run.fan` is what has come of it ({of, n, days, lines, ends}), null where none comes, as in a
   file. It gives nothing away: it is not seen before play is unlocked, and not beyond the day that is shown. */
shequn.NO_FAN = { of: 0, n: 0, days: [], lines: {}, ends: {}, mistake: "" };

/** Is it to be seen? */
shequn.hasFan = (run) => run.now.open && run.fan !== null && run.fan.n > 0;

/** Values that a chart must have room for. */
shequn.fanValues = (run, name) =>
  shequn.hasFan(run) ? ["a", "b"].flatMap((which) => run.fan.lines[run.now[which]][name].flat()) : [];

/** The lines up to the day that is shown. They are drawn once for each state of the fan and then copied: there may be two
    hundred of them, and the clock ticks sixty times a second. */
shequn.fanLines = (run, canvas, frame, name) => {
  if (!shequn.hasFan(run)) return;
  const { pen, x, y, low, top } = frame;
  const state = [run.fan.n, canvas.width, canvas.height, low, top].join();
  run.fanSheets ||= {};
  if (run.fanSheets[name]?.state !== state) {
    const kept = Object.assign(document.createElement("canvas"), { width: canvas.width, height: canvas.height });
    const own = kept.getContext("2d");
    own.setTransform(pen.getTransform());
    Object.assign(own, { globalAlpha: 0.16, lineWidth: 1 });
    for (const which of ["a", "b"]) {
      own.strokeStyle = shequn.TONES[which];
      for (const one of run.fan.lines[run.now[which]][name])
        shequn.line(own, one.map((value, k) => (value === null ? null : [x(run.fan.days[k]), y(value)]))); // prettier-ignore
    }
    run.fanSheets[name] = { state, kept };
  }
  const scale = pen.getTransform().a;
  const wide = Math.min(canvas.width, Math.ceil(x(run.now.day) * scale));
  pen.drawImage(run.fanSheets[name].kept, 0, 0, wide, canvas.height, 0, 0, wide / scale, canvas.height / scale);
};

shequn.views.fan = (run) => {
  const { make, figure } = shequn;
  const state = make("p", { id: "fan-state" });
  const heads = ["a", "b", "gap"].map(() => make("th", { scope: "col" }));
  const body = make("tbody");
  const table = make("table", {}, [make("thead", {}, [make("tr", {}, [make("td"), ...heads])]), body]);
  const scroll = make("div", { class: "scroll", tabindex: 0, id: "fan" }, [table]);
  const note = make("p", { class: "soft" }, [run.said("fan_note")]);
  const node = make("section", { class: "fan" }, [make("h2", {}, [run.said("fan_title")]), state, scroll, note]);

  function row(name) {
    const one = run.fan.ends[name];
    const isShare = run.arm("a").curves[name].share;
    const edges = ([, low, high], of) => `${figure(low, of)} … ${figure(high, of)}`;
    const cell = (text, ...remarks) => make("td", {}, [text, make("small", {}, [remarks.filter(Boolean).join("; ")])]);
    const gap = one.gap.map((value) => (value === null || !isShare ? value : 100 * value));
    const text = (gap[0] > 0 ? "+" : "") + figure(gap[0]);
    const few = one.n < run.fan.n ? run.word("fan_known", { n: one.n }) : null;
    const rough = one.rough ? run.word("fan_rough") : null;
    return make("tr", {}, [
      make("th", { scope: "row" }, [run.word(`measure_${name}`)]),
      ...["first", "second"].map((key) => cell(figure(one[key][0], isShare), edges(one[key], isShare))),
      cell(isShare ? run.word("fan_points", { gap: text }) : text, edges(gap), few, rough),
    ]);
  }
  function said() {
    const { n, of, most, mistake } = run.fan;
    const texts = [run.word(n === of ? "fan_whole" : "fan_so_far", { n, of })];
    if (most) texts.push(run.word("fan_cap", { of, most: most.toLocaleString("en-US") }));
    if (mistake) texts.push(run.word("fan_stopped", { error: mistake }));
    else if (run.now.day < run.last) texts.push(run.word("fan_wait"));
    return texts.join(" ");
  }
  function tell() {
    node.hidden = !shequn.hasFan(run) && !(run.now.open && run.fan?.mistake);
    if (node.hidden) return;
    state.textContent = said();
    const isTold = run.now.day === run.last && run.fan.ends.members && run.fan.n >= shequn.MANY;
    scroll.hidden = note.hidden = !isTold;
    if (!isTold) return;
    heads[0].textContent = run.armName(run.now.a);
    heads[1].textContent = run.armName(run.now.b);
    heads[2].textContent = run.word("fan_gap", { day: run.last + 1 });
    body.replaceChildren(...shequn.MEASURES.map(row));
  }
  return { node, tell };
};

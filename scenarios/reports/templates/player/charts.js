/* Two arms on one clock: a curve with its band for each measure, and the numbers of the day in a table. */
shequn.MEASURES = ["members", "messages", "adverts", "money"];
/* Communities from which on an interval is told. */
shequn.MANY = 8;

/** Where days and values stand on a chart's canvas, with its axes drawn. */
shequn.frame = (run, canvas, values, isShare) => {
  const { pen, wide } = shequn.sheet(canvas, 210);
  const [left, right, head, foot] = [46, wide - 8, 8, 190];
  const known = [0, ...values].filter((v) => v !== null);
  const low = Math.min(...known);
  const top = Math.max(...known) > low ? Math.max(...known) : low + 1;
  const x = (day) => left + ((right - left) * day) / Math.max(1, run.last);
  const y = (v) => foot - ((foot - head) * (v - low)) / (top - low);
  const step = shequn.niceStep(top - low);
  Object.assign(pen, { textBaseline: "middle", textAlign: "right", lineWidth: 1 });
  for (let v = Math.ceil(low / step) * step; v <= top + 1e-9; v += step) {
    const isZero = Math.abs(v) < 1e-9;
    pen.strokeStyle = isZero ? "#888" : "#e3e3e3";
    shequn.line(pen, [[left, y(v)], [right, y(v)]]); // prettier-ignore
    pen.fillStyle = "#555";
    pen.fillText(shequn.figure(isZero ? 0 : v, isShare), left - 5, y(v));
  }
  Object.assign(pen, { textBaseline: "top", textAlign: "center" });
  pen.fillText(run.word("day_word", { day: 1 }), left + 12, foot + 5);
  pen.textAlign = "right";
  pen.fillText(run.word("day_word", { day: run.last + 1 }), right, foot + 5);
  pen.strokeStyle = "#777";
  pen.setLineDash([2, 3]);
  run.reel.events.forEach((event) =>
    shequn.line(pen, [
      [x(event.day), head],
      [x(event.day), foot],
    ]),
  );
  pen.setLineDash([]);
  return { pen, x, y, low, top };
};

shequn.views.charts = (run) => {
  const { make, figure, TONES, DASHES } = shequn;
  const canvases = {};
  const figures = shequn.MEASURES.map((name) => {
    canvases[name] = make("canvas", { role: "img", id: `chart-${name}` });
    const caption = make("figcaption", {}, [make("b", {}, [run.said(`measure_${name}`)])]);
    return make("figure", {}, [caption, canvases[name]]);
  });

  function curve({ pen, x, y }, one, which) {
    const days = [...Array(run.now.day + 1).keys()];
    const known = days.filter((day) => one.low[day] !== null && one.high[day] !== null);
    Object.assign(pen, { globalAlpha: 0.14, fillStyle: TONES[which], strokeStyle: TONES[which], lineWidth: 2.2 });
    pen.beginPath();
    known.forEach((day) => pen.lineTo(x(day), y(one.high[day])));
    known.reverse().forEach((day) => pen.lineTo(x(day), y(one.low[day])));
    pen.fill();
    pen.globalAlpha = 1;
    pen.setLineDash(DASHES[which]);
    shequn.line(pen, days.map((day) => (one.mean[day] === null ? null : [x(day), y(one.mean[day])]))); // prettier-ignore
    pen.setLineDash([]);
    const at = one.mean[run.now.day];
    if (at === null) return;
    pen.beginPath();
    pen.arc(x(run.now.day), y(at), 4, 0, 7);
    pen.fill();
  }

  function chart(name) {
    const two = { a: run.arm("a").curves[name], b: run.arm("b").curves[name] };
    const values = Object.values(two).flatMap((one) => [...one.low, ...one.high, ...one.mean]);
    if (name === "members") values.push(...["a", "b"].flatMap((which) => shequn.drawing.read(run, which) || []));
    const frame = shequn.frame(run, canvases[name], [...values, ...shequn.fanValues(run, name)], two.a.share);
    shequn.fanLines(run, canvases[name], frame, name);
    const said = Object.entries(two).map(([which, one]) => {
      if (name === "members") shequn.dotted(run, frame, which);
      curve(frame, one, which);
      return `${run.armName(run.now[which])}: ${figure(one.mean[run.now.day], one.share)}`;
    });
    canvases[name].setAttribute("aria-label", `${run.word(`measure_${name}`)}. ${said.join("; ")}`);
  }
  return { node: make("section", { class: "charts" }, figures), tell: () => shequn.MEASURES.forEach(chart) };
};

shequn.views.numbers = (run) => {
  const { make, figure } = shequn;
  const heads = [make("th", { scope: "col" }), make("th", { scope: "col" })];
  const body = make("tbody");
  const table = make("table", {}, [make("thead", {}, [make("tr", {}, [make("td"), ...heads])]), body]);
  const scroll = make("div", { class: "scroll", tabindex: 0 }, [table]);
  const node = make("details", { open: "" }, [make("summary", {}, [run.said("numbers")]), scroll]);

  function cell(name, which) {
    const one = run.arm(which).curves[name];
    const [low, high] = [one.low, one.high].map((edge) => edge[run.now.day]);
    const band = low === null ? null : make("small", {}, [`${figure(low, one.share)} … ${figure(high, one.share)}`]);
    return make("td", {}, [figure(one.mean[run.now.day], one.share), band]);
  }
  function tell() {
    ["a", "b"].forEach((which, k) => (heads[k].textContent = run.armName(run.now[which])));
    const row = (name) => [
      make("th", { scope: "row" }, [run.word(`measure_${name}`)]),
      cell(name, "a"),
      cell(name, "b"),
    ];
    body.replaceChildren(...shequn.MEASURES.map((name) => make("tr", {}, row(name))));
  }
  return { node, tell };
};

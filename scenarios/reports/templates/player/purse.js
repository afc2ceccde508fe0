/* Funnel and purse: how far people got, and what came in and went out, per group from day 1 to the day shown. */
shequn.views.purse = (run) => {
  const { make } = shequn;
  const { names } = run.reel.account;
  const funnel = shequn.bars(run, "funnel", [{ rows: names.funnel }], false);
  const parts = ["income", "cost", "left"].map((part) => ({ head: `part_${part}`, rows: names[part] }));
  const purse = shequn.bars(run, "purse", parts, true);
  const note = make("p", { class: "soft" }, [run.said("account_note")]);
  const two = make("div", { class: "charts" }, [funnel.node, purse.node]);
  const node = make("section", {}, [make("h2", {}, [run.said("account")]), note, two]);
  return { node, tell: () => [funnel, purse].forEach((one) => one.tell()) };
};

/** What one arm has of a row by a day: mean, low and high, null where nothing is known. */
shequn.soFar = (run, which, row, day) => {
  const one = run.reel.account.arms[run.now[which]][row];
  return { mean: one.mean[day], low: one.low[day], high: one.high[day] };
};

/** How tall a bar is; a row has a line of words and two of them. */
shequn.BAR = 12;

/** The ends of the scale of some rows, the same on all days. */
shequn.scale = (run, rows) => {
  const arms = ["a", "b"].map((which) => run.reel.account.arms[run.now[which]]);
  const values = rows.flatMap((row) => arms.flatMap((arm) => Object.values(arm[row]).flat()));
  const known = values.filter((value) => value !== null);
  return known.reduce(([low, top], value) => [Math.min(low, value), Math.max(top, value)], [0, 1e-9]);
};

/** The bar of an arm, the first one's hollow, with a line from low to high. */
shequn.bar = (pen, which, { mean, low, high }, x, y) => {
  const { BAR, TONES, line } = shequn;
  const [from, to] = [x(Math.min(0, mean)), x(Math.max(0, mean))];
  Object.assign(pen, { fillStyle: TONES[which], strokeStyle: TONES[which], lineWidth: 2 });
  if (which === "a") pen.strokeRect(from + 1, y + 2, Math.max(0, to - from - 2), BAR - 4);
  else pen.fillRect(from, y + 1, Math.max(1, to - from), BAR - 2);
  if (low === null) return;
  Object.assign(pen, { strokeStyle: "#222", lineWidth: 1 });
  const middle = Math.round(y + BAR / 2) + 0.5;
  line(pen, [[x(low), middle], [x(high), middle]]); // prettier-ignore
};

/** A row: what it is, and both arms with their means to the right. */
shequn.barRow = (run, { pen, wide }, row, y, [low, top]) => {
  const { BAR } = shequn;
  const x = (value) => ((wide - 66) * (value - low)) / (top - low);
  Object.assign(pen, { fillStyle: "#222", textAlign: "left", textBaseline: "top" });
  pen.fillText(run.word(`row_${row}`), 0, y);
  ["a", "b"].forEach((which, k) => {
    const found = shequn.soFar(run, which, row, run.now.day);
    const at = y + 16 + k * BAR;
    if (found.mean !== null) shequn.bar(pen, which, found, x, at);
    Object.assign(pen, { fillStyle: "#222", textAlign: "right", textBaseline: "middle" });
    pen.fillText(shequn.figure(found.mean), wide, at + BAR / 2 + 1);
  });
  pen.strokeStyle = "#767676";
  shequn.line(pen, [[x(0), y + 15], [x(0), y + 17 + 2 * BAR]]); // prettier-ignore
};

/** Bars of both arms, row by row under heads, and their table; on one scale or each row on its own. */
shequn.bars = (run, key, parts, isOneScale) => {
  const { make } = shequn;
  const canvas = make("canvas", { role: "img", id: `chart-${key}` });
  const table = shequn.table(run, parts);
  const caption = make("figcaption", {}, [make("b", {}, [run.said(`bars_${key}`)])]);
  const node = make("figure", { class: "bars" }, [caption, canvas, table.node]);
  const rows = parts.flatMap((part) => part.rows);
  const lines = parts.flatMap(({ head, rows: some }) => [...(head ? [{ head }] : []), ...some.map((row) => ({ row }))]);
  const tall = ({ head }) => (head ? 26 : 2 * shequn.BAR + 26);

  function tell() {
    const all = isOneScale ? shequn.scale(run, rows) : null;
    const high = lines.reduce((sum, line) => sum + tall(line), 0);
    const page = shequn.sheet(canvas, high);
    let y = 2;
    for (const line of lines) {
      if (line.row) shequn.barRow(run, page, line.row, y, all || shequn.scale(run, [line.row]));
      else shequn.head(page.pen, run.word(line.head), y);
      y += tall(line);
    }
    const said = rows.map((row) => shequn.saidOfRow(run, row));
    canvas.setAttribute("aria-label", `${run.word(`bars_${key}`)}. ${said.join("; ")}`);
    table.tell();
  }
  return { node, tell };
};

/** The head of a part of the bars. */
shequn.head = (pen, text, y) => {
  const plain = pen.font;
  Object.assign(pen, { font: `bold ${plain}`, fillStyle: "#222", textAlign: "left", textBaseline: "top" });
  pen.fillText(text, 0, y + 4);
  pen.font = plain;
};

shequn.saidOfRow = (run, row) => {
  const values = ["a", "b"].map((which) => shequn.figure(shequn.soFar(run, which, row, run.now.day).mean));
  return `${run.word(`row_${row}`)}: ${values.join(", ")}`;
};

/** The numbers of the bars, folded: a row a kind, an arm a column. */
shequn.table = (run, parts) => {
  const { make, figure } = shequn;
  const arms = ["a", "b"];
  const heads = arms.map(() => make("th", { scope: "col" }));
  const body = make("tbody");
  const table = make("table", {}, [make("thead", {}, [make("tr", {}, [make("td"), ...heads])]), body]);
  const scroll = make("div", { class: "scroll", tabindex: 0 }, [table]);
  const node = make("details", {}, [make("summary", {}, [run.said("as_table")]), scroll]);
  node.addEventListener("toggle", () => tell());

  function cell(which, row) {
    const { mean, low, high } = shequn.soFar(run, which, row, run.now.day);
    const band = low === null ? null : make("small", {}, [`${figure(low)} … ${figure(high)}`]);
    return make("td", {}, [figure(mean), band]);
  }
  function tell() {
    if (!node.open) return;
    arms.forEach((which, k) => (heads[k].textContent = run.armName(run.now[which])));
    const rows = parts.flatMap(({ head, rows: some }) => [
      ...(head ? [make("tr", {}, [make("th", { scope: "colgroup", colspan: 3 }, [run.word(head)])])] : []),
      ...some.map((row) => {
        const cells = arms.map((which) => cell(which, row));
        return make("tr", {}, [make("th", { scope: "row" }, [run.word(`row_${row}`)]), ...cells]);
      }),
    ]);
    body.replaceChildren(...rows);
  }
  return { node, tell };
};

/* The charts as they are seen, with what they show written beside them, as one picture. */

/** A text cut into lines of a width: between words, and between letters where there are no words. */
shequn.wrapped = (pen, text, wide) => {
  const lines = [""];
  for (const piece of text.match(/[\x21-\u2e7f]+\s*|\s+|[^\x20-\u2e7f]/g) || []) {
    const longer = lines[lines.length - 1] + piece;
    if (pen.measureText(longer.trimEnd()).width <= wide || longer === piece) lines[lines.length - 1] = longer;
    else lines.push(piece);
  }
  return lines.map((one) => one.trimEnd());
};

/** What is written above and below the charts: [text, size, weight, the arm whose line stands before it]. */
shequn.pictureTexts = (run, about) => {
  const slots = run.slots();
  const day = run.word("day_of", { day: run.now.day + 1, days: run.last + 1 });
  const fan = shequn.hasFan(run)
    ? [[run.word(run.fan.n === run.fan.of ? "fan_whole" : "fan_so_far", run.fan), 13, "normal", null]]
    : [];
  const arm = (which, key) => [`${run.word(key)} · ${run.armName(run.now[which])}`, 15, "bold", which];
  const head = [[`${run.word("world")} · ${day}`, 20, "bold", null], arm("a", "first_arm"), arm("b", "second_arm")];
  const band = [run.word(`band_${run.reel.band}`, slots), 13, "normal", null];
  const foot = run.word("picture_foot", { ...about, groups: slots.of, days: run.last + 1, n: slots.n });
  return { head: [...head, band, ...fan], foot: [[foot, 13, "normal", null]] };
};

/** Lines of text from `top` on; gives where they end. */
shequn.writeTexts = (pen, texts, left, top, wide) => {
  let at = top;
  for (const [text, size, weight, which] of texts) {
    const indent = which ? 44 : 0;
    pen.font = `${weight} ${size}px ${getComputedStyle(document.body).fontFamily}`;
    if (which) {
      Object.assign(pen, { strokeStyle: shequn.TONES[which], lineWidth: 3 });
      pen.setLineDash(shequn.DASHES[which]);
      shequn.line(pen, [[left, at + size * 0.7], [left + 34, at + size * 0.7]]); // prettier-ignore
      pen.setLineDash([]);
    }
    for (const one of shequn.wrapped(pen, text, wide - indent)) {
      pen.fillText(one, left + indent, at);
      at += size * 1.45;
    }
  }
  return at;
};

/** A canvas with everything; `about` has what the player does not know: {seed, digest}. */
shequn.picture = (run, about) => {
  const charts = shequn.MEASURES.map((name) => document.getElementById(`chart-${name}`));
  const scale = charts[0].width / charts[0].clientWidth;
  const [wide, high] = [Math.max(...charts.map((one) => one.clientWidth)), charts[0].clientHeight];
  const [edge, gap, caption] = [24, 28, 28];
  const inner = 2 * wide + gap;
  const { head, foot } = shequn.pictureTexts(run, about);
  const canvas = document.createElement("canvas");
  const pen = canvas.getContext("2d");
  const start = shequn.writeTexts(pen, head, edge, edge, inner) + 12;
  const end = start + 2 * (high + caption + 16);
  canvas.width = (inner + 2 * edge) * scale;
  canvas.height = (shequn.writeTexts(pen, foot, edge, end, inner) + edge) * scale;
  pen.scale(scale, scale);
  Object.assign(pen, { fillStyle: "#fff", textBaseline: "top" });
  pen.fillRect(0, 0, canvas.width, canvas.height);
  pen.fillStyle = "#222";
  shequn.writeTexts(pen, head, edge, edge, inner);
  charts.forEach((chart, k) => {
    const [x, y] = [edge + (k % 2) * (wide + gap), start + Math.floor(k / 2) * (high + caption + 16)];
    shequn.writeTexts(pen, [[run.word(`measure_${shequn.MEASURES[k]}`), 15, "bold", null]], x, y, wide);
    pen.drawImage(chart, x, y + caption, chart.clientWidth, high);
  });
  shequn.writeTexts(pen, foot, edge, end, inner);
  return canvas;
};

/* A guess comes before the picture, stays beside it, and is scored at the end. */
shequn.views.guess = (run) => {
  const { make } = shequn;
  const choices = ["a", "b", "same"].map((which) => {
    const choose = () => {
      run.now.guess = which;
      run.tell();
    };
    const box = make("input", { type: "radio", name: "guess", value: which, on: { change: choose } });
    return make("label", {}, [box, run.said(`guess_${which}`)]);
  });
  const skip = () => {
    Object.assign(run.now, { guess: null, drawn: null });
    run.act.open();
  };
  const drawing = shequn.views.draw(run, () => run.tell());
  const unlock = run.button("guess_play", run.act.open, "unlock");
  const buttons = make("div", { class: "row" }, [unlock, run.button("guess_skip", skip, "skip")]);
  const node = make("fieldset", { class: "guess" }, [
    make("legend", {}, [run.said("guess_ask")]),
    ...choices,
    drawing.node,
    buttons,
  ]);

  function tell() {
    node.hidden = run.now.open;
    const isDrawn = ["a", "b"].some((which) => shequn.drawing.read(run, which)); /* a link may hold nonsense */
    unlock.disabled = run.now.guess === null && !isDrawn;
    drawing.tell();
    node.querySelectorAll("[name=guess]").forEach((one) => (one.checked = one.value === run.now.guess));
  }
  return { node, tell };
};

/* At the end: the guess, whether it was right, and the difference with its interval. */
shequn.views.verdict = (run) => {
  const node = shequn.make("p", { class: "verdict-line", "aria-live": "polite" });

  const NEAR = 0.05; // of the members in the first arm: so small a difference is none

  /** By the interval: the same if all of it is near 0, open if it reaches from one arm to the other. Without: by the mean. */
  function judged({ mean, low, high, n }) {
    const near = NEAR * Math.max(1, run.arm("a").curves.members.mean[run.last] || 0);
    const isKnown = low !== null;
    const [least, most] = isKnown ? [low, high] : [mean, mean];
    const isOpen = isKnown && least <= 0 && most >= 0;
    const won = Math.max(Math.abs(least), Math.abs(most)) <= near ? "same" : isOpen ? "open" : mean > 0 ? "b" : "a";
    return { mean, low, high, n, isKnown, won };
  }

  /** By the fan, where it is whole; else by what is shown. */
  function compared() {
    const { n, of, ends } = run.fan || shequn.NO_FAN;
    if (n < of || !ends.members) return shown();
    const [mean, low, high] = ends.members.gap;
    return judged({ mean, low, high, n: ends.members.n });
  }

  /** Members on the last day, second arm against first, community by community under the same luck. */
  function shown() {
    const [a, b] = ["a", "b"].map((which) => run.arm(which).curves.members.ends);
    const pairs = a.map((end, k) => [end, b[k]]).filter((pair) => !pair.includes(null));
    const gaps = pairs.map(([first, second]) => second - first);
    const n = gaps.length;
    const mean = gaps.reduce((sum, gap) => sum + gap, 0) / n;
    const squares = gaps.reduce((sum, gap) => sum + (gap - mean) ** 2, 0);
    const isKnown = run.reel.band === "interval" && n > 1;
    const half = run.reel.t * Math.sqrt(squares / (n - 1) / n);
    return judged({ mean, low: isKnown ? mean - half : null, high: isKnown ? mean + half : null, n });
  }

  function text() {
    const { guess, day, open } = run.now;
    const { figure } = shequn;
    if (!open) return "";
    const guessed = guess === null ? [] : [run.word("guess_said", { guess: run.word(`guess_${guess}`, run.slots()) })];
    if (day < run.last) return guessed.join("");
    if (run.fan && !run.fan.mistake && (run.fan.of === 0 || run.fan.n < run.fan.of))
      return [...guessed, run.word("fan_score")].join(" ");
    const found = compared();
    const scored = found.won === "open" ? "guess_open" : guess === found.won ? "guess_right" : "guess_wrong";
    if (guess !== null) guessed.push(run.word(scored));
    const gap = {
      gap: (found.mean > 0 ? "+" : "") + figure(found.mean),
      low: figure(found.low),
      high: figure(found.high),
      n: found.n,
    };
    const end = run.word(`end_${found.won}`, run.slots());
    return [...guessed, end, run.word(found.isKnown ? "gap_known" : "gap_few", gap)].join(" ");
  }
  function tell() {
    const told = text();
    if (node.textContent !== told) node.textContent = told; /* said aloud once */
  }
  return { node, tell };
};

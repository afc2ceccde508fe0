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
    unlock.disabled = run.now.guess === null && !run.now.drawn;
    drawing.tell();
    node.querySelectorAll("[name=guess]").forEach((one) => (one.checked = one.value === run.now.guess));
  }
  return { node, tell };
};

/* At the end: the guess, whether it was right, and the difference with its interval. */
shequn.views.verdict = (run) => {
  const node = shequn.make("p", { class: "verdict-line", "aria-live": "polite" });

  /** By the fan, where it is whole; else by what is shown. */
  function compared() {
    const { n, of, ends } = run.fan || shequn.NO_FAN;
    if (n < of || !ends.members) return shown();
    const [gap, low, high] = ends.members.gap;
    const isSame = low === null ? !gap : low <= 0 && high >= 0;
    return { mean: gap, low, high, n: ends.members.n, isKnown: true, won: isSame ? "same" : gap > 0 ? "b" : "a" };
  }

  /** Members on the last day, second arm against first, community by community under the same luck. */
  function shown() {
    const [a, b] = ["a", "b"].map((which) => run.arm(which).curves.members);
    const gaps = a.ends
      .map((end, k) => (end === null || b.ends[k] === null ? null : b.ends[k] - end))
      .filter((gap) => gap !== null);
    const n = gaps.length;
    const mean = gaps.reduce((sum, gap) => sum + gap, 0) / n;
    const squares = gaps.reduce((sum, gap) => sum + (gap - mean) ** 2, 0);
    const half = n > 1 ? run.reel.t * Math.sqrt(squares / (n - 1) / n) : null;
    const isKnown = run.reel.band === "interval" && half !== null;
    const limit = isKnown ? half : 0.05 * Math.max(1, a.mean[run.last] || 0);
    const won = Math.abs(mean) <= limit ? "same" : mean > 0 ? "b" : "a";
    return { mean, low: mean - half, high: mean + half, n, isKnown, won };
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
    if (guess !== null) guessed.push(run.word(guess === found.won ? "guess_right" : "guess_wrong"));
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

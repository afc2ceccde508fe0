/* Play, pause, speed, step, scrub: the clock is run.act, here are its handles. */
shequn.views.controls = (run) => {
  const { make } = shequn;
  const { act, reel } = run;
  const by = (steps) => () => {
    act.stop();
    act.go(run.now.day + steps);
  };
  const to = (day) => {
    act.stop();
    act.go(day);
  };

  const scrub = make("input", { type: "range", min: 0, max: run.last, value: 0, id: "scrub" });
  scrub.addEventListener("input", () => to(Number(scrub.value)));
  const marks = reel.events.map((event, k) => {
    const left = `left:${(100 * event.day) / Math.max(1, run.last)}%`;
    return make("button", { type: "button", style: left, "data-event": k, on: { click: () => to(event.day) } }, ["▲"]);
  });
  const speeds = run.SPEEDS.map((_, k) => make("option", { value: k }));
  const speed = make("select", { id: "speed" }, speeds);
  speed.value = run.now.speed;
  speed.addEventListener("change", () => (run.now.speed = Number(speed.value)));
  const day = make("output", { id: "day" });
  const row = make("div", { class: "row" }, [
    run.button("play", act.toggle, "play"),
    run.button("back", by(-1), "back"),
    run.button("forward", by(1), "forward"),
    make("label", {}, [run.said("speed"), speed]),
    day,
    run.button("anew", act.anew, "anew"),
  ]);
  const clock = make("div", { class: "clock" }, [scrub, make("div", { class: "marks" }, marks)]);
  const node = make("div", { class: "controls" }, [row, clock, make("p", { class: "soft keys" }, [run.said("keys")])]);

  const dayOf = (k) => run.word("day_of", { day: k + 1, days: run.last + 1 });
  function tell() {
    node.hidden = !run.now.open;
    speeds.forEach((one, k) => (one.textContent = run.word("per_second", { n: run.SPEEDS[k] })));
    day.textContent = dayOf(run.now.day);
    scrub.value = run.now.day;
    scrub.setAttribute("aria-label", run.word("scrub"));
    scrub.setAttribute("aria-valuetext", dayOf(run.now.day));
    marks.forEach((one, k) => {
      const text = `${dayOf(reel.events[k].day)}: ${run.word(`event:${k}`)}`;
      one.title = text;
      one.setAttribute("aria-label", text);
    });
  }
  return { node, tell };
};

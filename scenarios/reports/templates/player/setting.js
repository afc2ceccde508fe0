/* Which two arms are compared. On the web page the form says it (`run.isFixed`), in a file one chooses here. */
shequn.views.setting = (run) => {
  const { make } = shequn;
  const boxes = {};
  const names = {};

  function chooser(which) {
    names[which] = make("b");
    boxes[which] = make("select", {
      on: {
        change: () => {
          run.now[which] = boxes[which].value;
          run.act.forget();
        },
      },
    });
    run.names.forEach((arm) => boxes[which].append(make("option", { value: arm })));
    boxes[which].value = run.now[which];
    const swatch = shequn.swatch(shequn.TONES[which]);
    const label = run.said(which === "a" ? "first_arm" : "second_arm");
    return make("label", { class: `pick ${which}` }, [swatch, label, run.isFixed ? names[which] : boxes[which]]);
  }

  function tell() {
    for (const which of ["a", "b"]) {
      for (const one of boxes[which].options) one.textContent = run.armName(one.value);
      names[which].textContent = run.armName(run.now[which]);
    }
  }

  const picks = make("div", { class: "row" }, [chooser("a"), chooser("b")]);
  const band = make("p", { class: "soft" }, [run.said(`band_${run.reel.band}`)]);
  return { node: make("section", { class: "setting" }, [picks, band]), tell };
};

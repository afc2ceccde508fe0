/* The first groups of each arm one by one: a square as large as the group, coloured by its stage. */
shequn.views.wall = (run) => {
  const { make, swatch } = shequn;
  const walls = {};
  const figures = ["a", "b"].map((which) => {
    walls[which] = { canvas: make("canvas", { role: "img", id: `wall-${which}` }), name: make("figcaption") };
    return make("figure", {}, [walls[which].name, walls[which].canvas]);
  });
  const key = make("p", { class: "stages soft" });
  const note = make("p", { class: "soft" }, [run.said("wall_note")]);
  const two = make("div", { class: "walls" }, figures);
  const node = make("section", {}, [make("h2", {}, [run.said("wall")]), note, key, two]);
  const most = Math.max(1, ...run.names.flatMap((arm) => run.reel.arms[arm].wall.members.flat()));

  /** One group; hollow where it is dead or dissolved, which is told without colour too. */
  function square(pen, stage, size, [cx, cy], side) {
    const half = Math.max(3, Math.sqrt(Math.max(size, 0) / most) * side * 0.44);
    const box = [cx - half, cy - half, 2 * half, 2 * half];
    pen.fillStyle = pen.strokeStyle = run.reel.colours[stage];
    pen.lineWidth = 2;
    if (stage === "dead" || stage === "dissolved") pen.strokeRect(...box);
    else pen.fillRect(...box);
    Object.assign(pen, { fillStyle: "#111", textAlign: "center", textBaseline: "middle" });
    if (size >= 0) pen.fillText(String(size), cx, cy);
  }
  function wall(which) {
    const { canvas, name } = walls[which];
    const { stage, members } = run.arm(which).wall;
    const across = Math.max(4, Math.min(8, Math.floor((canvas.clientWidth || 300) / 56)));
    const side = (canvas.clientWidth || 300) / across;
    const { pen } = shequn.sheet(canvas, Math.ceil(stage.length / across) * side);
    const counts = {};
    stage.forEach((codes, k) => {
      const code = codes[run.now.day];
      if (code < 0) return;
      const stageName = run.reel.stages[code];
      counts[stageName] = (counts[stageName] || 0) + 1;
      const at = [((k % across) + 0.5) * side, (Math.floor(k / across) + 0.5) * side];
      square(pen, stageName, members[k][run.now.day], at, side);
    });
    const said = Object.entries(counts).map(([one, n]) => `${run.word(`stage:${one}`)}: ${n}`);
    name.textContent = run.armName(run.now[which]);
    canvas.setAttribute("aria-label", `${name.textContent}. ${said.join("; ")}`);
  }
  function tell() {
    const stages = run.reel.stages.map((one) =>
      make("span", {}, [swatch(run.reel.colours[one]), run.word(`stage:${one}`)]),
    );
    key.replaceChildren(...stages);
    ["a", "b"].forEach(wall);
  }
  return { node, tell };
};

/* Plays a run: two arms on one clock under the same luck. `playRun(place, changed, isFixed)` gives a player; its
   `load(reel, words, state)` shows a run: numbers, the words of each language, and where to begin ({a, b, day, guess, drawn,
   open}); `state()` tells where it is, `fan(found)` shows what has come of many communities (see fan.js), `picture(about)`
   draws the charts with what they show; `isFixed`: the arms are chosen elsewhere, and a fan comes; `ask` fetches what only a
   server has (people and rules of a group). A view that is not there is left out. The same in a replay file and on the web
   page. */
shequn.ORDER = "setting guess controls verdict drawn charts fan numbers purse wall people".split(" ");

/** What every view is given: the run, where the clock stands (`now`), words, and what can be done (`act`). */
shequn.run = (reel, words, state, isFixed, ask) => {
  const names = Object.keys(reel.arms);
  const other = names.find((name) => name !== reel.reference) || reel.reference;
  const start = { day: 0, a: reel.reference, b: other, speed: 1, guess: null, drawn: null, open: false };
  const now = { ...start, ...state, playing: false };
  if (!names.includes(now.a)) now.a = reel.reference;
  if (!names.includes(now.b)) now.b = other;
  if (!["a", "b", "same"].includes(now.guess)) now.guess = null; /* a link may say anything */
  const fan = isFixed ? shequn.NO_FAN : null;
  const run = { reel, words, names, now, isFixed, ask, fan, last: reel.days - 1, SPEEDS: [4, 10, 20, 60], act: {} };
  const said = [];

  run.word = (key, slots = {}) => {
    const texts = words[document.documentElement.getAttribute("data-lang")] || Object.values(words)[0];
    return (texts[key] || key).replace(/\{(\w+)\}/g, (_, name) => (name in slots ? slots[name] : ""));
  };
  run.armName = (arm) => run.word(`arm:${arm}`);
  run.arm = (which) => reel.arms[now[which]];
  run.slots = () => {
    const { wall, groups } = run.arm("a");
    const arms = { a: run.armName(now.a), b: run.armName(now.b) };
    return { ...arms, n: reel.communities, day: reel.days, groups: wall.stage.length, of: groups };
  };
  /** A text that follows the language. */
  run.said = (key) => {
    const one = shequn.make("span");
    said.push([one, key]);
    return one;
  };
  run.button = (key, act, id) => shequn.make("button", { type: "button", id, on: { click: act } }, [run.said(key)]);
  run.tellTexts = () => {
    for (const [one, key] of said)
      one.textContent = run.word(key === "play" && now.playing ? "pause" : key, run.slots());
  };
  return run;
};

/** The clock of a run: it waits before the first day until a guess was made. */
shequn.clock = (run) => {
  const { now, act } = run;
  let waiting = 0;
  const focus = (selector) => document.querySelector(selector).focus();
  function tick() {
    clearTimeout(waiting);
    if (!now.playing) return;
    waiting = setTimeout(() => {
      if (now.day >= run.last) return act.stop();
      act.go(now.day + 1);
      tick();
    }, 1000 / run.SPEEDS[now.speed]);
  }
  act.go = (day) => {
    now.day = now.open ? Math.max(0, Math.min(run.last, Math.floor(day))) : 0; /* a link may say half a day */
    run.tell();
  };
  act.stop = () => {
    now.playing = false;
    clearTimeout(waiting);
    run.tell();
  };
  act.toggle = () => {
    if (!now.open) return;
    now.playing = !now.playing;
    if (now.playing && now.day >= run.last) act.go(0);
    run.tell();
    tick();
  };
  act.open = () => {
    now.open = true;
    const isCalm = matchMedia(
      "(prefers-reduced-motion: reduce)",
    ).matches; /* then nothing moves before Play is pressed */
    if (!now.playing && now.day === 0 && !isCalm) act.toggle();
    run.tell();
    focus("#play");
  };
  /** Other arms: what was guessed of the old ones says nothing of them. */
  act.forget = () => {
    act.stop();
    Object.assign(now, { open: false, guess: null, drawn: null });
    act.go(0);
  };
  act.anew = () => {
    act.forget();
    focus("#player [name=guess]");
  };
};

shequn.keys = (run, press) => {
  const isTyped = /^(INPUT|SELECT|BUTTON|SUMMARY|A|TEXTAREA)$/.test(press.target.tagName);
  if (!run || isTyped || press.altKey || press.ctrlKey || press.metaKey) return;
  const to = (day) => () => {
    run.act.stop();
    run.act.go(day);
  };
  const { day } = run.now;
  const acts = { " ": run.act.toggle, ArrowRight: to(day + 1), ArrowLeft: to(day - 1), Home: to(0), End: to(run.last) };
  if (!acts[press.key]) return;
  press.preventDefault();
  acts[press.key]();
};

/** Where a replay stands, while its window is open: a refresh resumes. Where nothing may be kept it begins anew. */
shequn.kept = (name) => ({
  read() {
    try {
      return JSON.parse(sessionStorage.getItem(name));
    } catch {
      return null;
    }
  },
  write({ a, b, day, speed, guess, drawn, open }) {
    try {
      sessionStorage.setItem(name, JSON.stringify({ a, b, day, speed, guess, drawn, open }));
    } catch {
      /* then it is not kept */
    }
  },
});

const playRun = (place, changed, isFixed, ask) => {
  let run = null;
  const tell = () => run && run.tell();
  new MutationObserver(tell).observe(document.documentElement, { attributes: true, attributeFilter: ["data-lang"] });
  document.fonts.ready.then(tell); /* canvases wrote before their letters were there */
  window.addEventListener("resize", tell);
  document.addEventListener("keydown", (press) => shequn.keys(run, press));
  return {
    load(reel, words, state) {
      if (run) {
        run.act.stop();
        run.tell = () => {}; /* what still comes for it is not told: it is off the page */
      }
      const one = (run = shequn.run(reel, words, state, isFixed, ask));
      one.tell = () => {};
      shequn.clock(one);
      const views = shequn.ORDER.filter((name) => shequn.views[name]).map((name) => shequn.views[name](one));
      one.tell = () => {
        if (changed) changed(one.now);
        one.tellTexts();
        views.forEach((view) => view.tell());
      };
      place.replaceChildren(...views.map((view) => view.node));
      one.act.go(one.now.day);
    },
    /** Null before anything was loaded. */
    state: () => run && { ...run.now },
    picture: (about) => shequn.picture(run, about),
    fan(found) {
      run.fan = found;
      run.tell();
    },
    stop: () => run && run.act.stop(),
  };
};

"use strict";
/* Plays a run: two arms on one clock under the same luck. `playRun(place)` gives a player whose `load(reel, words, state)`
   shows a run: numbers, the words of each language, and where to begin ({a, b, day, guess, open}); `state()` tells where it
   is; `isFixed`: the arms are chosen elsewhere. It needs nothing else, and is the same in a replay file and on the web page. */
var playRun = function (player, changed, isFixed) {
  var root = document.documentElement, reel, words, LAST, names, now;
  var SPEEDS = [4, 10, 20, 60], MEASURES = ["members", "messages", "adverts", "money"];
  var clock = 0, shown = {}, drawn = {};

  function word(key, slots) {
    var lang = root.getAttribute("data-lang"), text = (words[lang] || words[Object.keys(words)[0]])[key] || key;
    return text.replace(/\{(\w+)\}/g, function (_, name) { return slots && name in slots ? slots[name] : ""; });
  }
  function armName(arm) { return word("arm:" + arm); }
  /* Two lines on one clock need two colours that differ for everybody: the first arm is blue and broken, the second vermilion. */
  var TONES = { a: "#0072B2", b: "#D55E00" };
  function make(tag, about, inner) {
    var one = document.createElement(tag);
    Object.keys(about || {}).forEach(function (k) { if (k === "on") Object.keys(about.on).forEach(function (e) { one.addEventListener(e, about.on[e]); }); else one.setAttribute(k, about[k]); });
    (inner || []).forEach(function (part) { if (part) one.append(part); });
    return one;
  }
  function said(key) { var one = make("span"); shown[key] = shown[key] || []; shown[key].push(one); return one; }
  function figure(value, share) {
    if (value === null || value === undefined) return "–";
    var v = share ? value * 100 : value, size = Math.abs(v), digits = size >= 99.5 ? 0 : size >= 9.95 ? 1 : 2;
    return v.toLocaleString("en-US", { minimumFractionDigits: 0, maximumFractionDigits: digits }).replace("-", "−") + (share ? " %" : "");
  }

  /* ---- building ---- */
  function chooser(which) {
    drawn["fixed_" + which] = isFixed ? make("b") : null;
    var box = make("select", { on: { change: function () { now[which] = box.value; forget(); } } });
    names.forEach(function (arm) { box.append(make("option", { value: arm })); });
    box.value = now[which];
    drawn[which] = box;
    return make("label", { "class": "pick " + which }, [make("i", { "class": "swatch " + which, "aria-hidden": "true" }), said(which === "a" ? "first_arm" : "second_arm"), drawn["fixed_" + which] || box]);
  }
  function button(key, act, id) { return make("button", { type: "button", id: id || "", on: { click: act } }, [said(key)]); }
  function build() {
    var guesses = ["a", "b", "same"].map(function (which) {
      return make("label", {}, [make("input", { type: "radio", name: "guess", value: which, on: { change: function () { now.guess = which; tell(); } } }), said("guess_" + which)]);
    });
    drawn.guess = make("fieldset", { "class": "guess" }, [make("legend", {}, [said("guess_ask")])].concat(guesses, [
      make("div", { "class": "row" }, [button("guess_play", open, "unlock"), button("guess_skip", function () { now.guess = null; open(); }, "skip")])]));
    drawn.scrub = make("input", { type: "range", min: 0, max: LAST, value: 0, id: "scrub", on: { input: function () { stop(); go(Number(drawn.scrub.value)); } } });
    drawn.marks = make("div", { "class": "marks" }, reel.events.map(function (event, k) {
      return make("button", { type: "button", style: "left:" + 100 * event.day / Math.max(1, LAST) + "%", "data-event": k, on: { click: function () { stop(); go(event.day); } } }, ["▲"]);
    }));
    drawn.speed = make("select", { id: "speed", on: { change: function () { now.speed = Number(drawn.speed.value); } } }, SPEEDS.map(function (_, k) { return make("option", { value: k }); }));
    drawn.speed.value = now.speed;
    drawn.controls = make("div", { "class": "controls" }, [
      make("div", { "class": "row" }, [button("play", toggle, "play"), button("back", function () { stop(); go(now.day - 1); }, "back"),
        button("forward", function () { stop(); go(now.day + 1); }, "forward"), make("label", {}, [said("speed"), drawn.speed]), make("output", { id: "day" }), button("anew", anew, "anew")]),
      make("div", { "class": "clock" }, [drawn.scrub, drawn.marks]), make("p", { "class": "soft keys" }, [said("keys")])]);
    drawn.verdict = make("p", { "class": "verdict-line", "aria-live": "polite" });
    var charts = MEASURES.map(function (name) {
      drawn[name] = make("canvas", { role: "img", id: "chart-" + name });
      return make("figure", {}, [make("figcaption", {}, [make("b", {}, [said("measure_" + name)])]), drawn[name]]);
    });
    drawn.table = make("tbody");
    drawn.heads = [make("th", { scope: "col" }), make("th", { scope: "col" })];
    drawn.walls = ["a", "b"].map(function (which) {
      drawn["wall_" + which] = make("canvas", { role: "img", id: "wall-" + which });
      drawn["name_" + which] = make("figcaption");
      return make("figure", {}, [drawn["name_" + which], drawn["wall_" + which]]);
    });
    drawn.stages = make("p", { "class": "stages soft" });
    player.append(
      make("section", { "class": "setting" }, [make("div", { "class": "row" }, [chooser("a"), chooser("b")]), make("p", { "class": "soft" }, [said("band_" + reel.band)])]),
      drawn.guess, drawn.controls, drawn.verdict, make("section", { "class": "charts" }, charts),
      make("details", { open: "" }, [make("summary", {}, [said("numbers")]), make("div", { "class": "scroll", tabindex: 0 }, [make("table", {}, [make("thead", {}, [make("tr", {}, [make("td")].concat(drawn.heads))]), drawn.table])])]),
      make("section", {}, [make("h2", {}, [said("wall")]), make("p", { "class": "soft" }, [said("wall_note")]), drawn.stages, make("div", { "class": "walls" }, drawn.walls)]));
  }

  /* ---- the clock ---- */
  function open() { now.open = true; if (!now.playing && now.day === 0) toggle(); tell(); document.getElementById("play").focus(); }
  function anew() { stop(); now.open = false; now.guess = null; document.querySelectorAll("[name=guess]").forEach(function (one) { one.checked = false; }); go(0); drawn.guess.querySelector("input").focus(); }
  function forget() { stop(); now.open = false; now.guess = null; document.querySelectorAll("[name=guess]").forEach(function (one) { one.checked = false; }); go(0); }
  function stop() { now.playing = false; clearTimeout(clock); tell(); }
  function toggle() {
    if (!now.open) return;
    now.playing = !now.playing;
    if (now.playing && now.day >= LAST) go(0);
    tell();
    tick();
  }
  function tick() {
    clearTimeout(clock);
    if (!now.playing) return;
    clock = setTimeout(function () { if (now.day >= LAST) stop(); else { go(now.day + 1); tick(); } }, 1000 / SPEEDS[now.speed]);
  }
  function go(day) { now.day = now.open ? Math.max(0, Math.min(LAST, day)) : 0; tell(); }
  document.addEventListener("keydown", function (press) {
    if (!reel || press.altKey || press.ctrlKey || press.metaKey || /^(INPUT|SELECT|BUTTON|SUMMARY|A)$/.test(press.target.tagName)) return;
    var act = { " ": toggle, ArrowRight: function () { stop(); go(now.day + 1); }, ArrowLeft: function () { stop(); go(now.day - 1); }, Home: function () { stop(); go(0); }, End: function () { stop(); go(LAST); } }[press.key];
    if (act) { press.preventDefault(); act(); }
  });

  /* ---- saying ---- */
  function tell() {
    if (changed) changed(now);
    var slots = { a: armName(now.a), b: armName(now.b), n: reel.communities, day: LAST + 1, groups: reel.arms[now.a].wall.stage.length, of: reel.arms[now.a].groups };
    Object.keys(shown).forEach(function (key) { shown[key].forEach(function (one) { one.textContent = word(key === "play" && now.playing ? "pause" : key, slots); }); });
    ["a", "b"].forEach(function (which) {
      [].forEach.call(drawn[which].options, function (one) { one.textContent = armName(one.value); });
      drawn["name_" + which].textContent = armName(now[which]);
      if (isFixed) drawn["fixed_" + which].textContent = armName(now[which]);
      document.querySelector(".swatch." + which).style.background = TONES[which];
    });
    [].forEach.call(drawn.speed.options, function (one, k) { one.textContent = word("per_second", { n: SPEEDS[k] }); });
    drawn.guess.hidden = now.open; drawn.controls.hidden = !now.open;
    document.getElementById("unlock").disabled = now.guess === null;
    document.getElementById("day").textContent = word("day_of", { day: now.day + 1, days: LAST + 1 });
    drawn.scrub.value = now.day; drawn.scrub.setAttribute("aria-label", word("scrub"));
    drawn.scrub.setAttribute("aria-valuetext", word("day_of", { day: now.day + 1, days: LAST + 1 }));
    [].forEach.call(drawn.marks.children, function (one, k) { var text = word("day_of", { day: reel.events[k].day + 1, days: LAST + 1 }) + ": " + word("event:" + k); one.title = text; one.setAttribute("aria-label", text); });
    drawn.verdict.textContent = verdict(slots);
    rows(); MEASURES.forEach(chart); wall("a"); wall("b"); stageKey();
  }
  function compared() {
    var a = reel.arms[now.a].curves.members.ends, b = reel.arms[now.b].curves.members.ends, gaps = [];
    for (var k = 0; k < Math.min(a.length, b.length); k++) if (a[k] !== null && b[k] !== null) gaps.push(b[k] - a[k]);
    var n = gaps.length, mean = gaps.reduce(function (x, y) { return x + y; }, 0) / n;
    var half = n > 1 ? reel.t * Math.sqrt(gaps.reduce(function (s, g) { return s + (g - mean) * (g - mean); }, 0) / (n - 1) / n) : null;
    var whole = reel.arms[now.a].curves.members.mean[LAST] || 0, known = reel.band === "interval" && half !== null;
    var same = known ? Math.abs(mean) <= half : Math.abs(mean) <= 0.05 * Math.max(1, whole);
    return { mean: mean, low: mean - half, high: mean + half, n: n, known: known, won: same ? "same" : mean > 0 ? "b" : "a" };
  }
  function verdict(slots) {
    var guess = now.guess === null ? "" : word("guess_said", { guess: word("guess_" + now.guess, slots) }) + " ";
    if (!now.open) return "";
    if (now.day < LAST) return guess;
    var found = compared(), text = word("end_" + found.won, slots) + " " + word(found.known ? "gap_known" : "gap_few", {
      gap: (found.mean > 0 ? "+" : "") + figure(found.mean), low: figure(found.low), high: figure(found.high), n: found.n });
    return guess + (now.guess === null ? "" : word(now.guess === found.won ? "guess_right" : "guess_wrong") + " ") + text;
  }
  function rows() {
    drawn.heads[0].textContent = armName(now.a); drawn.heads[1].textContent = armName(now.b);
    drawn.table.replaceChildren.apply(drawn.table, MEASURES.map(function (name) {
      return make("tr", {}, [make("th", { scope: "row" }, [word("measure_" + name)])].concat([now.a, now.b].map(function (arm) {
        var one = reel.arms[arm].curves[name], d = now.day, low = one.low[d];
        return make("td", {}, [figure(one.mean[d], one.share), low === null ? "" : make("small", {}, [figure(low, one.share) + " … " + figure(one.high[d], one.share)])]);
      })));
    }));
  }

  /* ---- drawing ---- */
  function sheet(canvas, high) {
    var wide = canvas.clientWidth || 300, scale = window.devicePixelRatio || 1;
    if (canvas.width !== Math.round(wide * scale) || canvas.height !== Math.round(high * scale)) { canvas.width = Math.round(wide * scale); canvas.height = Math.round(high * scale); canvas.style.height = high + "px"; }
    var pen = canvas.getContext("2d");
    pen.setTransform(scale, 0, 0, scale, 0, 0); pen.clearRect(0, 0, wide, high); pen.font = "12px " + getComputedStyle(document.body).fontFamily;
    return { pen: pen, wide: wide, high: high };
  }
  function nice(span) { var step = Math.pow(10, Math.floor(Math.log10(span / 3 || 1))); return [1, 2, 5, 10].map(function (k) { return k * step; }).filter(function (k) { return span / k <= 4.2; })[0]; }
  function chart(name) {
    var page = sheet(drawn[name], 210), pen = page.pen, two = [now.a, now.b].map(function (arm) { return reel.arms[arm].curves[name]; });
    var all = [0].concat(two[0].high, two[1].high, two[0].low, two[1].low, two[0].mean, two[1].mean).filter(function (v) { return v !== null; });
    var low = Math.min.apply(null, all), top = Math.max.apply(null, all); if (top === low) top = low + 1;
    var left = 46, right = page.wide - 8, foot = page.high - 20, head = 8;
    function x(day) { return left + (right - left) * day / Math.max(1, LAST); }
    function y(v) { return foot - (foot - head) * (v - low) / (top - low); }
    pen.textBaseline = "middle"; pen.textAlign = "right"; pen.lineWidth = 1;
    for (var step = nice(top - low), v = Math.ceil(low / step) * step; v <= top + 1e-9; v += step) { pen.strokeStyle = Math.abs(v) < 1e-9 ? "#888" : "#e3e3e3"; line([[left, y(v)], [right, y(v)]]); pen.fillStyle = "#555"; pen.fillText(figure(Math.abs(v) < 1e-9 ? 0 : v, two[0].share), left - 5, y(v)); }
    pen.textAlign = "center"; pen.textBaseline = "top"; pen.fillText(word("day_word", { day: 1 }), left + 12, foot + 5); pen.textAlign = "right"; pen.fillText(word("day_word", { day: LAST + 1 }), right, foot + 5);
    reel.events.forEach(function (event) { pen.strokeStyle = "#777"; pen.setLineDash([2, 3]); line([[x(event.day), head], [x(event.day), foot]]); pen.setLineDash([]); });
    function line(points) { pen.beginPath(); var up = true; points.forEach(function (p) { if (p === null) { up = true; return; } if (up) pen.moveTo(p[0], p[1]); else pen.lineTo(p[0], p[1]); up = false; }); pen.stroke(); }
    two.forEach(function (one, k) {
      var tone = TONES["ab"[k]], end = now.day + 1;
      pen.globalAlpha = 0.14; pen.fillStyle = tone; pen.beginPath();
      var known = []; for (var d = 0; d < end; d++) if (one.low[d] !== null && one.high[d] !== null) known.push(d);
      known.forEach(function (d, i) { if (i) pen.lineTo(x(d), y(one.high[d])); else pen.moveTo(x(d), y(one.high[d])); });
      known.slice().reverse().forEach(function (d) { pen.lineTo(x(d), y(one.low[d])); });
      pen.fill(); pen.globalAlpha = 1; pen.strokeStyle = tone; pen.lineWidth = 2.2; pen.setLineDash(k === 0 ? [6, 4] : []);
      line(one.mean.slice(0, end).map(function (v, d) { return v === null ? null : [x(d), y(v)]; })); pen.setLineDash([]);
      var at = one.mean[now.day]; if (at !== null) { pen.fillStyle = tone; pen.beginPath(); pen.arc(x(now.day), y(at), 4, 0, 7); pen.fill(); }
    });
    drawn[name].setAttribute("aria-label", word("measure_" + name) + ". " + [now.a, now.b].map(function (arm) { var one = reel.arms[arm].curves[name]; return armName(arm) + ": " + figure(one.mean[now.day], one.share); }).join("; "));
  }
  function wall(which) {
    var arm = reel.arms[now[which]], n = arm.wall.stage.length, canvas = drawn["wall_" + which], across = Math.max(4, Math.min(8, Math.floor((canvas.clientWidth || 300) / 56)));
    var side = (canvas.clientWidth || 300) / across, page = sheet(canvas, Math.ceil(n / across) * side), pen = page.pen;
    var most = Math.max(1, Math.max.apply(null, [].concat.apply([], names.map(function (one) { return [].concat.apply([], reel.arms[one].wall.members); }))));
    var counts = {};
    for (var k = 0; k < n; k++) {
      var stage = arm.wall.stage[k][now.day], size = arm.wall.members[k][now.day], name = reel.stages[stage];
      var cx = (k % across + 0.5) * side, cy = (Math.floor(k / across) + 0.5) * side, half = Math.max(3, Math.sqrt(Math.max(size, 0) / most) * side * 0.44);
      if (stage < 0) continue;
      counts[name] = (counts[name] || 0) + 1;
      pen.fillStyle = pen.strokeStyle = reel.colours[name]; pen.lineWidth = 2;
      if (name === "dead" || name === "dissolved") pen.strokeRect(cx - half, cy - half, 2 * half, 2 * half); /* hollow: told without colour */
      else pen.fillRect(cx - half, cy - half, 2 * half, 2 * half);
      if (size >= 0) { pen.fillStyle = "#111"; pen.textAlign = "center"; pen.textBaseline = "middle"; pen.fillText(String(size), cx, cy); }
    }
    canvas.setAttribute("aria-label", armName(now[which]) + ". " + Object.keys(counts).map(function (one) { return word("stage:" + one) + ": " + counts[one]; }).join("; "));
  }
  function stageKey() {
    drawn.stages.replaceChildren.apply(drawn.stages, reel.stages.map(function (name) { return make("span", {}, [make("i", { "class": "swatch", style: "background:" + reel.colours[name], "aria-hidden": "true" }), word("stage:" + name)]); }));
  }

  new MutationObserver(function () { if (reel) tell(); }).observe(root, { attributes: true, attributeFilter: ["data-lang"] });
  document.fonts.ready.then(function () { if (reel) tell(); }); /* canvases wrote before their letters were there */
  window.addEventListener("resize", function () { if (reel) tell(); });
  return {
    load: function (numbers, texts, state) {
      clearTimeout(clock);
      reel = numbers; words = texts; LAST = reel.days - 1; names = Object.keys(reel.arms); shown = {}; drawn = {};
      var other = names.filter(function (n) { return n !== reel.reference; })[0] || reel.reference;
      now = Object.assign({ day: 0, a: reel.reference, b: other, speed: 1, guess: null, open: false }, state, { playing: false });
      if (names.indexOf(now.a) < 0) now.a = reel.reference;
      if (names.indexOf(now.b) < 0) now.b = other;
      player.replaceChildren();
      build();
      go(now.day);
    },
    state: function () { return Object.assign({}, now); },
    stop: function () { if (reel) stop(); }
  };
};

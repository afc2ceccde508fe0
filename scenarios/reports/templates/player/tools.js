"use strict";
/* What every view of the player draws with: elements, figures, canvases. Views are in `shequn.views`: each is a function of
   the run that is played (see player.js) and gives {node, tell}: what stands on the page, and how to show the day. */
const shequn = (() => {
  /* Two lines on one clock need two colours that differ for everybody: the first arm is blue and broken, the second
     vermilion and whole. */
  const TONES = { a: "#0072B2", b: "#D55E00" };
  const DASHES = { a: [6, 4], b: [] };

  /** An element with attributes (`on`: listeners) and what is in it. */
  function make(tag, about = {}, inner = []) {
    const one = document.createElement(tag);
    for (const [key, value] of Object.entries(about)) {
      if (key === "on") Object.entries(value).forEach(([event, act]) => one.addEventListener(event, act));
      else one.setAttribute(key, value);
    }
    one.append(...inner.filter(Boolean));
    return one;
  }

  /** A number in three figures; – where nothing is known. */
  function figure(value, isShare) {
    if (value === null || value === undefined) return "–";
    const v = isShare ? value * 100 : value;
    const size = Math.abs(v);
    const digits = size >= 99.5 ? 0 : size >= 9.95 ? 1 : 2;
    const text = v.toLocaleString("en-US", { minimumFractionDigits: 0, maximumFractionDigits: digits });
    return text.replace("-", "−") + (isShare ? " %" : "");
  }

  /** A canvas as wide as its place, cleared, and the pen for it. */
  function sheet(canvas, high) {
    const wide = canvas.clientWidth || 300;
    const scale = window.devicePixelRatio || 1;
    if (canvas.width !== Math.round(wide * scale) || canvas.height !== Math.round(high * scale)) {
      canvas.width = Math.round(wide * scale);
      canvas.height = Math.round(high * scale);
      canvas.style.height = `${high}px`;
    }
    const pen = canvas.getContext("2d");
    pen.setTransform(scale, 0, 0, scale, 0, 0);
    pen.clearRect(0, 0, wide, high);
    pen.font = `12px ${getComputedStyle(document.body).fontFamily}`;
    return { pen, wide, high };
  }

  /** A line through points; null breaks it. */
  function line(pen, points) {
    let isUp = true;
    pen.beginPath();
    for (const point of points) {
      if (point && isUp) pen.moveTo(...point);
      else if (point) pen.lineTo(...point);
      isUp = !point;
    }
    pen.stroke();
  }

  /** Between two marks of an axis: 1, 2 or 5 times a power of ten, at most four of them. */
  function niceStep(span) {
    const power = Math.pow(10, Math.floor(Math.log10(span / 3 || 1)));
    return [1, 2, 5, 10].map((k) => k * power).find((step) => span / step <= 4.2);
  }

  function swatch(tone) {
    return make("i", { class: "swatch", style: `background:${tone}`, "aria-hidden": "true" });
  }

  return { TONES, DASHES, make, figure, sheet, line, niceStep, swatch, views: {} };
})();

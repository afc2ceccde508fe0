"use strict";
/* The chat of the day, scrolling by: who says what kind of thing to whom. Texts are not simulated. */
shequn.parts.chat = (run, choose) => {
  const { make } = shequn;
  const MOST = 120;
  const list = make("ol", { class: "chat", tabindex: 0, id: "chat" });
  const caption = make("figcaption", {}, [make("b", {}, [run.said("people.chat")])]);
  const node = make("figure", {}, [caption, list]);

  const clock = (minute) =>
    `${String(Math.floor(minute / 60)).padStart(2, "0")}:${String(minute % 60).padStart(2, "0")}`;
  function speaker(crowd, k) {
    if (k < 0) return make("span", {}, [crowd.name(run, k)]);
    const pick = () => choose(crowd.data.people[k]);
    return make("button", { type: "button", class: "who", on: { click: pick } }, [crowd.name(run, k)]);
  }
  function tell(crowd, day, chosen) {
    const lines = crowd.data.lines[day];
    const from = Math.max(0, lines.length - MOST);
    const items = lines.slice(from).map(([minute, who, kind, answered]) => {
      const to = answered < 0 ? [] : [" → ", crowd.name(run, lines[answered][1])];
      const words = [` ${run.word(`people.kind_${crowd.data.kinds[kind]}`)}`];
      const isTheirs = who === chosen && who >= 0;
      const time = make("time", {}, [`${clock(minute)} `]);
      return make("li", isTheirs ? { class: "theirs" } : {}, [time, speaker(crowd, who), ...to, ...words]);
    });
    const before = from > 0 ? [make("li", { class: "soft" }, [run.word("people.lines_before", { n: from })])] : [];
    const silence = lines.length === 0 ? [make("li", { class: "soft" }, [run.word("people.silence")])] : [];
    list.setAttribute("aria-label", run.word("people.chat_of", { n: lines.length, day: day + 1 }));
    const at = [...list.querySelectorAll(".who")].indexOf(document.activeElement);
    list.replaceChildren(...before, ...silence, ...items);
    list.querySelectorAll(".who")[at]?.focus({ preventScroll: true }); /* who goes by keyboard keeps their place */
    if (run.now.playing) list.scrollTop = list.scrollHeight;
  }
  return { node, tell };
};

"use strict";
/* The page's own script: it asks the server for a run over plain HTTP, gives it to the player, and keeps the address such
   that a refresh, or a link sent to somebody else, shows the same. */
const shequnApp = (() => {
  const AWHILE = 250; // milliseconds in which further changes belong to the same question
  const AGAIN = 2000; // … until a server that is away is asked again
  const BUSY = 503; // so many wait that one has to come again
  let [player, fan, files, about] = [];
  let link = ""; // what is asked
  let played = ""; // what is shown: it may be an earlier question, while the server plays or after a mistake
  let latest = 0;
  let waiting = 0;

  function told(text, kind = "") {
    const place = document.getElementById("told");
    place.className = kind;
    place.textContent = text || "";
  }

  /* ---- the address ---- */
  function remember(now = {}) {
    const asked = new URLSearchParams(link);
    const { follow } = now;
    asked.set("lang", about.lang);
    if (now.open) asked.set("day", now.day + 1);
    if (now.open && now.guess) asked.set("guess", now.guess);
    if (now.drawn) asked.set("drawn", now.drawn);
    if (follow?.isOpen) asked.set("follow", [follow.which, follow.group + 1, follow.person ?? ""].join("."));
    history.replaceState(null, "", `?${asked}`);
    document.getElementById("board").href = `/board?${asked}`;
  }
  /** Whom a link follows: "b.3.52087" is arm, group, person. */
  function followed(text) {
    const [, which, group, person] = /^([ab])\.(\d{1,4})\.(\d{0,9})$/.exec(text || "") || [];
    if (!which) return undefined;
    return {
      which,
      group: Math.max(0, Number(group) - 1),
      person: person === "" ? null : Number(person),
      isOpen: true,
    };
  }
  function fromAddress() {
    const now = new URLSearchParams(location.search);
    const day = Number(now.get("day"));
    const open = { open: true, day: day - 1, guess: now.get("guess"), follow: followed(now.get("follow")) };
    return { drawn: now.get("drawn"), ...(day >= 1 ? open : {}) };
  }
  function speak(lang) {
    const asked = new URLSearchParams(location.search);
    asked.set("lang", lang);
    location.search = asked;
  }

  /* ---- the server ---- */
  async function play(state) {
    const mine = ++latest;
    fan.stop();
    told(about.texts.playing, "busy");
    try {
      const answer = await fetch(`/answer?${link}&lang=${about.lang}`);
      const found = await answer.json();
      if (mine !== latest) return;
      if (answer.ok) show(found, state);
      else told(found.error, "mistake");
      if (answer.status === BUSY) again();
    } catch {
      if (mine !== latest) return;
      told(about.texts.lost, "mistake");
      again();
    }
    function again() {
      setTimeout(() => mine === latest && play(state), AGAIN);
    }
  }
  function show(found, state) {
    played = link;
    const [a, b = a] = Object.keys(found.reel.arms);
    told(about.mistake, about.mistake && "mistake"); // of the link: told until something else is asked
    player.load(found.reel, found.words, { a, b, ...state });
    foot(found);
    remember(state);
    fan.ask(link);
  }
  /** What only the server has, of a group of an arm: its people, the rules that acted on a day. */
  async function get(what, which, group, day) {
    const place = `arm=${which === "a" ? "first" : "second"}&group=${group}${day ? `&day=${day}` : ""}`;
    const lost = new Error(about.texts.away);
    const answer = await fetch(`/${what}?${played}&${place}&lang=${about.lang}`).catch(() => Promise.reject(lost));
    if (answer.ok) return answer.json();
    throw answer.status === 502 ? lost : new Error((await answer.json()).error);
  }
  const ask = {
    people: (which, group) => get("people", which, group),
    rules: (which, group, day) => get("rules", which, group, day),
  };

  function foot({ digest, ...found }) {
    const { make } = shequn;
    const place = document.getElementById("made") || make("p", { id: "made", class: "soft made" });
    place.replaceChildren(`${about.texts.digest} `, make("code", { title: digest }, [digest.slice(0, 16)]));
    document.getElementById("player").after(place);
    files.show(link, { digest, ...found });
  }

  return {
    begin(told_, first) {
      about = told_;
      link = first;
      document.documentElement.lang = about.html;
      document.documentElement.setAttribute("data-lang", about.lang);
      player = playRun(document.getElementById("player"), remember, true, ask);
      fan = shequnFan(player, about.lang);
      files = shequnFiles(document.getElementById("files"), about, player, told);
      play(fromAddress());
      document.querySelectorAll("[data-lang-to]").forEach((one) => {
        one.addEventListener("click", () => speak(one.getAttribute("data-lang-to")));
      });
    },
    ask(asked) {
      link = asked;
      latest += 1; // an answer that is still on its way belongs to an earlier question
      about.mistake = "";
      clearTimeout(waiting);
      waiting = setTimeout(() => {
        const { open, day, follow } = player.state() || fromAddress();
        play(open ? { open, day, follow } : { follow });
      }, AWHILE);
    },
  };
})();

"use strict";
/* The page for one's own groups: a log is sent, and how far the work has come is asked for. All else are plain forms. */
(() => {
  const about = document.body.dataset;
  const told = document.getElementById("told");
  const AGAIN = 1_000; /* milliseconds between two looks */

  function tell(text, isMistake) {
    told.textContent = text;
    told.className = isMistake ? "mistake" : "";
    if (isMistake) told.scrollIntoView({ block: "center" });
  }

  /* What is worked on: the words and the bar follow; when a stage ends the page is asked for anew, at that stage. */
  async function look() {
    try {
      const answer = await fetch(`/advice/state?job=${encodeURIComponent(about.job)}&lang=${about.lang}`);
      const found = await answer.json();
      if (!answer.ok || found.stages !== about.stages.trim()) {
        const at = found.at ? `#${found.at}` : "";
        history.replaceState(null, "", `/advice?job=${about.job}&lang=${about.lang}${at}`); /* where a form was sent, too */
        location.reload();
        return;
      }
      tell("", false);
      document.getElementById("far").textContent = found.far.text;
      const bar = document.getElementById("bar");
      if (found.far.of) [bar.max, bar.value] = [found.far.of, found.far.done];
    } catch {
      if (told.textContent !== about.away) tell(about.away, false); /* the work goes on meanwhile */
    }
    setTimeout(look, AGAIN);
  }

  function begin(form) {
    const box = document.getElementById("chat");
    const drop = document.getElementById("drop");
    const zone = Intl.DateTimeFormat().resolvedOptions().timeZone;
    if (zone) form.elements.zone.value = zone;
    for (const kind of ["dragover", "dragleave", "drop"]) {
      addEventListener(kind, (event) => {
        event.preventDefault(); /* a file that misses its place must not take the page away */
        drop.classList.toggle("over", kind === "dragover");
        if (kind === "drop" && event.dataTransfer.files.length) {
          box.files = event.dataTransfer.files;
          form.requestSubmit();
        }
      });
    }
    form.addEventListener("submit", (event) => {
      event.preventDefault();
      send(form, box.files[0]);
    });
  }

  async function send(form, file) {
    if (file.size > Number(about.most)) return tell(about.large, true);
    const button = form.querySelector("button");
    button.disabled = true;
    tell(about.sending, false);
    const said = new URLSearchParams({ lang: about.lang, job: about.job, zone: form.elements.zone.value, order: form.elements.order.value });
    try {
      const answer = await fetch(`/advice/log?${said}`, { method: "POST", body: file });
      const found = await answer.json();
      if (answer.ok) return location.assign(found.link);
      tell(found.error, true);
    } catch {
      tell(about.away, true);
    }
    button.disabled = false;
  }

  const form = document.getElementById("sending");
  if (form) begin(form);
  if (document.getElementById("bar")) setTimeout(look, AGAIN);
  const at = location.hash && document.getElementById(location.hash.slice(1));
  if (at) at.focus();
})();

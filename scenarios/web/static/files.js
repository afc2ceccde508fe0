"use strict";
/* What can be kept: the command, the tables, the picture, the question; and a question's file can be opened again. */
const shequnFiles = (place, about, player, told) => {
  const { make } = shequn;
  const MOST = 20_000; /* bytes of a question's file; of a longer one the server is sent enough to say that it is too long */
  const row = make("div", { class: "row" });

  function save(data, name) {
    const link = make("a", { href: URL.createObjectURL(data), download: name });
    link.click();
    setTimeout(() => URL.revokeObjectURL(link.href), 10_000);
  }
  const button = (id, act) => make("button", { type: "button", id, on: { click: act } }, [about.texts[id]]);

  /** What the server answers; null where it could not do it, which is told. */
  async function asked(path, sent) {
    try {
      const answer = await fetch(`${path}lang=${about.lang}`, sent);
      if (answer.ok) return answer;
      told((await answer.json()).error, "mistake");
    } catch {
      told(about.texts.away, "mistake");
    }
    document.getElementById("told").scrollIntoView({ block: "center" });
    return null;
  }
  async function saveTables(link) {
    const pressed = document.getElementById("tables");
    pressed.disabled = true; /* they are played once more, which takes a moment */
    const answer = await asked(`/tables.zip?${link}&`);
    if (answer) save(await answer.blob(), "shequn-run.zip");
    pressed.disabled = false;
  }
  async function open(box) {
    const answer = await asked("/question?", { method: "POST", body: box.files[0].slice(0, MOST + 1) });
    if (answer) location.search = `${(await answer.json()).link}&lang=${about.lang}`;
    box.value = ""; /* the same file may be chosen again, when it was mended */
  }

  const box = make("input", { type: "file", id: "file", accept: ".json,application/json", hidden: "" });
  box.addEventListener("change", () => open(box));
  const opening = button("open", () => box.click());
  row.append(opening);
  place.append(row, box);
  return {
    /** The run that is played now, and its question's link. */
    show(link, found) {
      const command = new Blob([`${found.command}\n`], { type: "text/plain" });
      const seed = new URLSearchParams(link).get("seed");
      const picture = () =>
        player.picture({ seed, digest: found.digest.slice(0, 16) }).toBlob((png) => save(png, "shequn-picture.png"));
      const question = make("a", { id: "question", download: "shequn-question.json" }, [about.texts.question]);
      question.addEventListener("click", () => (question.href = `/question.json${location.search}`));
      question.href = `/question.json?${link}`;
      row.replaceChildren(
        button("config", () => save(command, "shequn-run.sh")),
        button("tables", () => saveTables(link)),
        button("picture", picture),
        question,
        opening,
      );
    },
  };
};

"use strict";
/* Asks for the fan of the question that is played: what came since, after play was unlocked and while somebody looks; once
   a second, and more seldom while nothing comes. The server stops what nobody asked for in ten seconds. */
const shequnFan = (player, lang) => {
  const [SOON, LATE] = [1000, 4000];
  let link = null;
  let turn = 0; // of asking: what still comes for an earlier question is left
  let found = null;
  let waiting = 0;
  let pause = SOON;

  /** What was there, and what came behind it. */
  function joined(came) {
    const lines = {};
    for (const [arm, measures] of Object.entries(came.lines)) {
      lines[arm] = {};
      for (const [name, more] of Object.entries(measures))
        lines[arm][name] = [...(found.lines[arm]?.[name] || []).slice(0, came.from), ...more];
    }
    return { ...came, lines: came.n > 0 ? lines : {} };
  }
  async function poll() {
    const mine = turn;
    if (player.state().open && !document.hidden) {
      try {
        const answer = await fetch(`/fan?${link}&have=${found.n}&lang=${lang}`);
        const came = await answer.json();
        if (mine !== turn) return;
        if (answer.status === 400) return; // the question is refused, as the page tells
        const isNew = answer.ok && (came.n > found.n || came.of !== found.of || came.mistake);
        pause = isNew ? SOON : Math.min(LATE, 1.5 * pause);
        if (isNew) player.fan((found = joined(came)));
      } catch {
        /* the server is away for a moment: it is asked again */
      }
    }
    const isDone = found.mistake || (found.of > 0 && found.n === found.of);
    if (mine === turn && !isDone) waiting = setTimeout(poll, pause);
  }
  return {
    /** The question that is played now. */
    ask(asked) {
      link = asked;
      turn += 1;
      found = shequn.NO_FAN;
      pause = SOON;
      clearTimeout(waiting);
      poll();
    },
    /** Nothing is played that had a fan. */
    stop() {
      turn += 1;
      clearTimeout(waiting);
    },
  };
};

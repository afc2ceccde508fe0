"use strict";
/* The page's own script: it asks the server for a run over plain HTTP, gives it to the player, and keeps the address such
   that a refresh, or a link sent to somebody else, shows the same. */
var shequnApp = (function () {
  var player = null, about = null, latest = 0, waiting = 0, link = "";

  function told(text, kind) {
    var place = document.getElementById("told");
    place.className = kind || "";
    place.textContent = text || "";
  }
  function remember(now) {
    var asked = new URLSearchParams(link);
    asked.set("lang", about.lang);
    if (now && now.open) { asked.set("day", now.day + 1); if (now.guess) asked.set("guess", now.guess); }
    history.replaceState(null, "", "?" + asked.toString());
    document.getElementById("board").href = "/board?" + asked.toString();
  }
  function fetchNow(state) {
    var mine = ++latest;
    told(about.texts.playing, "busy");
    fetch("/answer?" + link + "&lang=" + about.lang).then(function (answer) {
      return answer.json().then(function (found) { return { ok: answer.ok, found: found }; });
    }).then(function (got) {
      if (mine !== latest) return;
      if (!got.ok) { told(got.found.error, "mistake"); return; }
      told(about.mistake, about.mistake ? "mistake" : "");
      var arms = Object.keys(got.found.reel.arms);
      player.load(got.found.reel, got.found.words, Object.assign({ a: arms[0], b: arms[1] || arms[0] }, state));
      foot(got.found);
      remember(state);
    }).catch(function () { if (mine === latest) { told(about.texts.lost, "mistake"); setTimeout(function () { if (mine === latest) fetchNow(state); }, 2000); } });
  }
  function foot(found) {
    var place = document.getElementById("made") || document.createElement("p");
    place.id = "made"; place.className = "soft made";
    var save = document.createElement("a");
    save.id = "config"; save.textContent = about.texts.config; save.download = "shequn-run.sh";
    save.href = URL.createObjectURL(new Blob([found.command + "\n"], { type: "text/plain" }));
    place.replaceChildren(about.texts.digest + " ", Object.assign(document.createElement("code"), { textContent: found.digest.slice(0, 16), title: found.digest }), " · ", save);
    document.getElementById("player").after(place);
  }
  return {
    begin: function (told_, first) {
      about = told_;
      document.documentElement.lang = about.html;
      document.documentElement.setAttribute("data-lang", about.lang);
      player = playRun(document.getElementById("player"), remember, true);
      var now = new URLSearchParams(location.search), day = Number(now.get("day"));
      link = first;
      fetchNow(day >= 1 ? { open: true, day: day - 1, guess: now.get("guess") } : {});
      document.querySelectorAll("[data-lang-to]").forEach(function (one) {
        one.addEventListener("click", function () { var asked = new URLSearchParams(location.search); asked.set("lang", one.getAttribute("data-lang-to")); location.search = asked.toString(); });
      });
    },
    ask: function (asked) {
      link = asked; about.mistake = "";
      clearTimeout(waiting);
      waiting = setTimeout(function () { var now = player.state(); fetchNow(now.open ? { open: true, day: now.day } : {}); }, 250);
    }
  };
})();

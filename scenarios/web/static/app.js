"use strict";
/* The page's own script: it asks the server for a run over plain HTTP, gives it to the player, and keeps the address such
   that a refresh, or a link sent to somebody else, shows the same. */
var shequnApp = (function () {
  var player = null,
    fan = null,
    files = null,
    about = null,
    latest = 0,
    waiting = 0,
    link = "";

  function told(text, kind) {
    var place = document.getElementById("told");
    place.className = kind || "";
    place.textContent = text || "";
  }
  function remember(now) {
    var asked = new URLSearchParams(link);
    asked.set("lang", about.lang);
    if (now && now.open) {
      asked.set("day", now.day + 1);
      if (now.guess) asked.set("guess", now.guess);
    }
    var who = now && now.follow;
    if (who && who.isOpen)
      asked.set("follow", [who.which, who.group + 1, who.person === null ? "" : who.person].join("."));
    if (now && now.drawn) asked.set("drawn", now.drawn);
    history.replaceState(null, "", "?" + asked.toString());
    document.getElementById("board").href = "/board?" + asked.toString();
  }
  function fetchNow(state) {
    var mine = ++latest;
    fan.stop();
    told(about.texts.playing, "busy");
    fetch("/answer?" + link + "&lang=" + about.lang)
      .then(function (answer) {
        return answer.json().then(function (found) {
          return { ok: answer.ok, found: found };
        });
      })
      .then(function (got) {
        if (mine !== latest) return;
        if (!got.ok) {
          told(got.found.error, "mistake");
          return;
        }
        told(about.mistake, about.mistake && "mistake"); /* of the link: told until something else is asked */
        var arms = Object.keys(got.found.reel.arms);
        player.load(got.found.reel, got.found.words, Object.assign({ a: arms[0], b: arms[1] || arms[0] }, state));
        foot(got.found);
        remember(state);
        fan.ask(link);
      })
      .catch(function () {
        if (mine === latest) {
          told(about.texts.lost, "mistake");
          setTimeout(function () {
            if (mine === latest) fetchNow(state);
          }, 2000);
        }
      });
  }
  /* What only the server has: people of a group of an arm ("a", "b"), rules that acted on a day. */
  async function get(what, which, group, day) {
    var place = link + "&arm=" + (which === "a" ? "first" : "second") + "&group=" + group + (day ? "&day=" + day : "");
    var answer = await fetch("/" + what + "?" + place + "&lang=" + about.lang);
    if (answer.ok) return answer.json();
    throw new Error(answer.status === 502 ? about.texts.lost : (await answer.json()).error);
  }
  function foot(found) {
    var place = document.getElementById("made") || document.createElement("p");
    place.id = "made";
    place.className = "soft made";
    place.replaceChildren(
      about.texts.digest + " ",
      Object.assign(document.createElement("code"), { textContent: found.digest.slice(0, 16), title: found.digest }),
    );
    document.getElementById("player").after(place);
    files.show(link, found);
  }
  /* Whom a link follows: "b.3.52087", arm, group, person. */
  function followed(text) {
    var found = /^([ab])\.(\d{1,4})\.(\d{0,9})$/.exec(text || "");
    return (
      found && {
        which: found[1],
        group: Math.max(0, Number(found[2]) - 1),
        person: found[3] === "" ? null : Number(found[3]),
        isOpen: true,
      }
    );
  }
  return {
    begin: function (told_, first) {
      about = told_;
      document.documentElement.lang = about.html;
      document.documentElement.setAttribute("data-lang", about.lang);
      player = playRun(document.getElementById("player"), remember, true, {
        people: function (which, group) {
          return get("people", which, group);
        },
        rules: function (which, group, day) {
          return get("rules", which, group, day);
        },
      });
      fan = shequnFan(player, about.lang);
      files = shequnFiles(document.getElementById("files"), about, player, told);
      var now = new URLSearchParams(location.search),
        day = Number(now.get("day"));
      link = first;
      var open = { open: true, day: day - 1, guess: now.get("guess"), follow: followed(now.get("follow")) };
      fetchNow(Object.assign({ drawn: now.get("drawn") }, day >= 1 ? open : {}));
      if (about.mistake) told(about.mistake, "mistake");
      document.querySelectorAll("[data-lang-to]").forEach(function (one) {
        one.addEventListener("click", function () {
          var asked = new URLSearchParams(location.search);
          asked.set("lang", one.getAttribute("data-lang-to"));
          location.search = asked.toString();
        });
      });
    },
    ask: function (asked) {
      link = asked;
      about.mistake = "";
      clearTimeout(waiting);
      waiting = setTimeout(function () {
        var now = player.state();
        fetchNow(now.open ? { open: true, day: now.day, follow: now.follow } : { follow: now.follow });
      }, 250);
    },
  };
})();

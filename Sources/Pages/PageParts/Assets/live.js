// Puts the parts that the server sends into their places. Without this the page loads itself again each ten seconds.
"use strict";
(function () {
  var address = document.documentElement.dataset.live || "/live" + location.search;
  var quiet = document.getElementById("quiet");
  var source;
  var heard;

  function say(isQuiet) { if (quiet) quiet.hidden = !isQuiet; }

  function put(place, html) {
    // Whoever stands on a link with the keyboard stays on it; an old value never stays for that.
    var link = place.contains(document.activeElement) ? document.activeElement.getAttribute("href") : null;
    place.innerHTML = html;
    if (link === null) return;
    place.querySelectorAll("a").forEach(function (other) {
      if (other.getAttribute("href") === link) other.focus({ preventScroll: true });
    });
  }

  function hear() {
    heard = Date.now();
    say(false);
  }

  function connect() {
    heard = Date.now();
    source = new EventSource(address);
    source.onmessage = function (message) {
      hear();
      var parts = JSON.parse(message.data);
      Object.keys(parts).forEach(function (id) {
        var place = document.getElementById(id);
        if (place) put(place, parts[id]);
      });
    };
    source.addEventListener("same", hear);
    source.addEventListener("gone", function () {
      heard = Date.now();
      say(true);
    });
    source.onerror = function () { say(true); };
  }

  connect();
  setInterval(function () {
    // The browser does not try again after a refusal, and a connection that hangs says nothing.
    if (source.readyState !== EventSource.CLOSED && Date.now() - heard < 15000) return;
    say(true);
    source.close();
    connect();
  }, 5000);
})();

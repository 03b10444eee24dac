// Puts the parts that the server sends into their places. Without this the page loads itself again each ten seconds.
"use strict";
(function () {
  var body = document.body;
  var source = new EventSource(document.documentElement.dataset.live || "/live" + location.search);
  var quiet = document.getElementById("quiet");
  source.onmessage = function (message) {
    if (quiet) quiet.hidden = true;
    var parts = JSON.parse(message.data);
    Object.keys(parts).forEach(function (id) {
      var place = document.getElementById(id);
      // What is being read or pointed at stays where it is.
      if (place && !place.contains(document.activeElement)) place.innerHTML = parts[id];
    });
    body.dispatchEvent(new CustomEvent("parts"));
  };
  source.addEventListener("gone", function () { if (quiet) quiet.hidden = false; });
  source.onerror = function () { if (quiet) quiet.hidden = false; };
})();

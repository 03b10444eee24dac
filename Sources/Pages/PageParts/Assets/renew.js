// Loads a page again that has no live values: each half minute while somebody looks at it, and types nothing.
"use strict";
setInterval(function () {
  var here = document.activeElement;
  var types = here && ["INPUT", "SELECT", "TEXTAREA"].indexOf(here.tagName) >= 0;
  if (!types && document.visibilityState === "visible") location.reload();
}, 30000);

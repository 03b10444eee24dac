// Loads a page again that has no live values: each half minute while somebody looks at it, and nothing in it is used.
"use strict";
setInterval(function () {
  var here = document.activeElement;
  var isUsed = here && here !== document.body;
  if (!isUsed && document.visibilityState === "visible") location.reload();
}, 30000);

// Draws an interactive chart in place of each that the server drew, from the same values as its CSV. The server's
// drawing stays in the page, for paper.
"use strict";
(function () {
  if (typeof Dygraph === "undefined") return;
  var comma = document.documentElement.lang === "id";
  function say(value) {
    if (value === null || value === undefined || isNaN(value)) return "";
    return Number(value.toPrecision(7)).toLocaleString(comma ? "id-ID" : "en-GB", { maximumFractionDigits: 3 });
  }
  // Times carry the box's offset already, wherever the reader is.
  function clock(time) {
    return new Date(time).toISOString().slice(11, 16).replace(":", comma ? "." : ":");
  }
  document.querySelectorAll("svg.chart[data-csv]").forEach(function (drawn) {
    var offset = Number(drawn.dataset.offset || 0) * 1000;
    fetch(drawn.dataset.csv).then(function (answer) { return answer.ok ? answer.text() : ""; }).then(function (text) {
      var rows = text.trim().split("\n").slice(1).map(function (line) {
        var cells = line.split(",");
        function number(place) { return cells[place] === "" ? null : Number(cells[place]); }
        var mean = number(2);
        return [new Date(Date.parse(cells[0]) + offset), mean === null ? null : [number(1), mean, number(3)]];
      });
      if (rows.length < 2) return;
      var place = document.createElement("div");
      place.className = "chart live";
      place.setAttribute("role", "img");
      place.setAttribute("aria-label", drawn.getAttribute("aria-label"));
      drawn.after(place);
      drawn.classList.add("replaced");
      var style = getComputedStyle(document.body);
      var options = {
        customBars: true,
        labels: ["t", drawn.getAttribute("aria-label")],
        labelsUTC: true,
        colors: [style.getPropertyValue("--line").trim()],
        gridLineColor: style.getPropertyValue("--edge").trim(),
        axisLineColor: style.getPropertyValue("--edge").trim(),
        legend: "never",
        axes: {
          x: { axisLabelFormatter: clock, pixelsPerLabel: 45 },
          y: { axisLabelFormatter: say, axisLabelWidth: 70 },
        },
        highlightCallback: function (event, x, points) {
          var point = points[0];
          place.dataset.at = clock(x) + "  " + (point ? say(point.yval) : "");
        },
        unhighlightCallback: function () { place.removeAttribute("data-at"); },
      };
      // A finger on a chart scrolls the page.
      if (matchMedia("(pointer: coarse)").matches) options.interactionModel = {};
      new Dygraph(place, rows, options);
    }).catch(function () {
      // Without an answer the server's drawing stays.
    });
  });
})();

// Draws an interactive chart in place of each that the server drew, from the same values as its CSV.
"use strict";
(function () {
  if (typeof Dygraph === "undefined") return;
  var comma = document.documentElement.lang === "id";
  function say(value) {
    if (value === null || value === undefined || isNaN(value)) return "";
    return Number(value.toPrecision(7)).toLocaleString(comma ? "id-ID" : "en-GB", { maximumFractionDigits: 3 });
  }
  document.querySelectorAll("svg.chart[data-csv]").forEach(function (drawn) {
    fetch(drawn.dataset.csv).then(function (answer) { return answer.ok ? answer.text() : ""; }).then(function (text) {
      var rows = text.trim().split("\n").slice(1).map(function (line) {
        var cells = line.split(",");
        function number(place) { return cells[place] === "" ? null : Number(cells[place]); }
        var mean = number(2);
        return [new Date(cells[0]), mean === null ? null : [number(1), mean, number(3)]];
      });
      if (rows.length < 2) return;
      var place = document.createElement("div");
      place.className = "chart live";
      place.setAttribute("role", "img");
      place.setAttribute("aria-label", drawn.getAttribute("aria-label"));
      drawn.replaceWith(place);
      var style = getComputedStyle(document.body);
      new Dygraph(place, rows, {
        customBars: true,
        labels: ["t", drawn.getAttribute("aria-label")],
        colors: [style.getPropertyValue("--line").trim()],
        axisLabelColor: style.color,
        gridLineColor: style.getPropertyValue("--edge").trim(),
        legend: "never",
        axes: { y: { axisLabelFormatter: say, axisLabelWidth: 70 } },
        highlightCallback: function (event, x, points) {
          var point = points[0];
          place.dataset.at = new Date(x).toTimeString().slice(0, 5).replace(":", comma ? "." : ":") +
            "  " + (point ? say(point.yval) : "");
        },
        unhighlightCallback: function () { place.removeAttribute("data-at"); },
      });
    });
  });
})();

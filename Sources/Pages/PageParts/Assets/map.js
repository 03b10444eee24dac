// Puts a map that can be moved in place of the drawing: the same places, and tiles where a server of tiles is configured.
"use strict";
(function () {
  var place = document.getElementById("map");
  if (!place || typeof L === "undefined") return;
  var sites = JSON.parse(place.dataset.sites);
  if (sites.length === 0) return;
  place.textContent = "";
  place.classList.add("live");
  var map = L.map(place, { attributionControl: Boolean(place.dataset.tiles) });
  if (place.dataset.tiles) L.tileLayer(place.dataset.tiles, { maxZoom: 19, attribution: place.dataset.credit }).addTo(map);
  if (place.dataset.outline) {
    L.geoJSON(JSON.parse(place.dataset.outline), { interactive: false, className: "outline" }).addTo(map);
  }
  var points = sites.map(function (site) {
    var marker = L.circleMarker([site.lat, site.lon], { radius: 9, className: "site " + site.kind });
    marker.bindTooltip(site.title, { permanent: sites.length < 12, direction: "right" });
    marker.on("click", function () { location.href = site.link; });
    return marker.addTo(map);
  });
  map.fitBounds(L.featureGroup(points).getBounds().pad(0.5), { maxZoom: 15 });
})();

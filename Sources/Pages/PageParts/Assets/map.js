// Puts a map that can be moved in place of the drawing: the same places, and tiles where a server of tiles is configured.
// The drawing stays in the page, for paper.
"use strict";
(function () {
  var drawn = document.getElementById("map");
  if (!drawn || typeof L === "undefined") return;
  var sites = JSON.parse(drawn.dataset.sites);
  if (sites.length === 0) return;
  var place = document.createElement("div");
  place.className = "map live";
  drawn.after(place);
  drawn.classList.add("replaced");
  var map = L.map(place, { attributionControl: Boolean(drawn.dataset.tiles) });
  if (drawn.dataset.tiles) L.tileLayer(drawn.dataset.tiles, { maxZoom: 19, attribution: drawn.dataset.credit }).addTo(map);
  if (drawn.dataset.outline) {
    L.geoJSON(JSON.parse(drawn.dataset.outline), { interactive: false, className: "outline" }).addTo(map);
  }
  var points = sites.map(function (site) {
    // Leaflet takes text for markup; a site's name is none.
    var title = document.createElement("span");
    title.textContent = site.title;
    var marker = L.circleMarker([site.lat, site.lon], { radius: 9, fillOpacity: 0.9, className: "site " + site.kind });
    // Among many sites only those with trouble have their words beside them; the list below has all.
    marker.bindTooltip(title, { permanent: sites.length < 12 || site.kind === "bad", direction: "top", offset: [0, -8] });
    marker.on("click", function () { location.href = site.link; });
    return marker.addTo(map);
  });
  map.fitBounds(L.featureGroup(points).getBounds(), {
    maxZoom: 15, paddingTopLeft: [90, 50], paddingBottomRight: [90, 20],
  });
})();

import Control
import Domain
import JSON
package import PageParts
import Speech

/// The sites on a map: a drawing that needs no script, in whose place Leaflet puts one that can be moved.
package struct MapPage: Sendable {
    /// What the map has besides the sites.
    package struct Ground: Sendable {
        package var tiles: String?
        package var credit: String
        package var outline: Outline?

        package init(tiles: String?, credit: String, outline: Outline?) {
            self.tiles = tiles
            self.credit = credit
            self.outline = outline
        }
    }

    private struct Place {
        var site: SiteStatus
        var latitude: Double
        var longitude: Double
        var badge: Badge
    }

    private let view: BoxView
    private let ground: Ground
    private let telling: Telling
    private let scripts: [String]
    private let styles: [String]

    package init(
        _ view: BoxView,
        on ground: Ground,
        telling: Telling,
        scripts: [String] = [],
        styles: [String] = []
    ) {
        self.view = view
        self.ground = ground
        self.telling = telling
        self.scripts = scripts
        self.styles = styles
    }

    package var html: HTML {
        BoxPage.layout(telling).html(
            Layout.Page(
                title: telling.text(PagePhrase.map),
                subtitle: "\(view.status.gateway) · \(BoxPage.subtitle(view, telling))",
                body: "\(map)\(list)",
                path: "/map",
                scripts: scripts + [Asset.map.path],
                styles: styles
            )
        )
    }

    private var places: [Place] {
        (view.status.sites ?? []).compactMap { site in
            guard let latitude = site.latitude, let longitude = site.longitude else { return nil }
            return Place(site: site, latitude: latitude, longitude: longitude, badge: badge(of: site))
        }
    }

    /// A site is as well as its worst device.
    private func badge(of site: SiteStatus) -> Badge {
        let states = view.status.devices.filter { $0.site == site.id }.map {
            DeviceState($0, on: view.bus(of: $0), now: view.now, telling: telling).badge
        }
        let order: [Badge.Kind] = [.bad, .unsure, .unknown, .good]
        return order.lazy.compactMap { kind in states.first { $0.kind == kind } }.first
            ?? Badge(.unknown, telling.text(PagePhrase.nothingYet))
    }

    private var map: HTML {
        let places = places
        guard !places.isEmpty else { return "" }
        let sites = DataValue.array(
            places.map { place in
                .object([
                    .init("lat", .number(.float64(place.latitude))), .init("lon", .number(.float64(place.longitude))),
                    .init("title", .string("\(place.site.name): \(place.badge.word)")),
                    .init("kind", .string(place.badge.kind.rawValue)),
                    .init("link", .string(telling.link("/map#" + place.site.id))),
                ])
            }
        )
        var text = JSONText()
        text.json(sites)
        let json = String(decoding: text.bytes, as: UTF8.self)
        return """
            <div id="map" data-sites="\(json)" data-tiles="\(ground.tiles ?? "")" data-credit="\(ground.credit)" \
            data-outline="\(ground.outline?.json ?? "")">\(drawing(places))</div>
            """
    }

    private func drawing(_ places: [Place]) -> HTML {
        let frame = MapFrame(
            places.map { ($0.longitude, $0.latitude) } + (ground.outline?.rings.flatMap(\.self) ?? [])
        )
        let outline = (ground.outline?.rings ?? []).map { ring -> HTML in
            let points = ring.map { frame.text($0) }.joined(separator: " ")
            return "<polygon class=\"outline\" points=\"\(points)\"/>"
        }
        let dots = places.map { place -> HTML in
            let (x, y) = frame.place(place.longitude, place.latitude)
            // Names on the right stand before their points, so that none is cut.
            let (anchor, start) = x < 300 ? ("start", x + 11) : ("end", x - 11)
            return """
                <circle class="site \(place.badge.kind.rawValue)" cx="\(x)" cy="\(y)" r="7"/>\
                <text x="\(start)" y="\(y + 4)" text-anchor="\(anchor)">\(place.site.name): \(place.badge.word)</text>
                """
        }
        return """
            <svg viewBox="0 0 600 400" role="img" aria-label="\(telling.text(PagePhrase.map))">\(outline)\(dots)</svg>
            """
    }

    private var list: HTML {
        let items = (view.status.sites ?? []).map { site -> HTML in
            let devices = view.status.devices.filter { $0.site == site.id }.map { device -> HTML in
                let state = DeviceState(device, on: view.bus(of: device), now: view.now, telling: telling)
                return "<a href=\"\(telling.link("/device/" + device.id))\">\(device.id)</a> \(state.badge.html)"
            }
            let place = [site.kelurahan, site.kecamatan].compactMap(\.self).joined(separator: ", ")
            return """
                <li id="\(site.id)"><b>\(site.name)</b> \(badge(of: site).html) <span class="grey">\(place)</span><br>\
                \(devices.joined(separator: ", "))</li>
                """
        }
        return "<ul class=\"facts\">\(items)</ul>"
    }
}

/// Puts degrees into a drawing of 600 by 400, north up, as wide as it is high in metres.
private struct MapFrame {
    private let west: Double
    private let north: Double
    private let scale: Double
    private let flatness: Double
    private let margin = (x: 60.0, y: 40.0)

    init(_ points: [(longitude: Double, latitude: Double)]) {
        let longitudes = points.map(\.longitude)
        let latitudes = points.map(\.latitude)
        let (west, east) = (longitudes.min() ?? 0, longitudes.max() ?? 0)
        let (south, north) = (latitudes.min() ?? 0, latitudes.max() ?? 0)
        // A degree of longitude at the equator's is as long as one of latitude; the city lies within 8 degrees of it.
        flatness = 0.99
        let width = max((east - west) * flatness, 0.002)
        let height = max(north - south, 0.002)
        scale = min((600 - 3 * 60.0) / width, (400 - 2 * 40.0) / height)
        self.west = west
        self.north = north
    }

    func place(_ longitude: Double, _ latitude: Double) -> (x: Int, y: Int) {
        (
            Int(margin.x + (longitude - west) * flatness * scale), Int(margin.y + (north - latitude) * scale)
        )
    }

    func text(_ point: (longitude: Double, latitude: Double)) -> String {
        let (x, y) = place(point.longitude, point.latitude)
        return "\(x),\(y)"
    }
}

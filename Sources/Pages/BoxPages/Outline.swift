import Foundation

/// The outline of a city or a kelurahan: the rings of the polygons in a GeoJSON text (RFC 7946).
package struct Outline: Sendable {
    /// Longitude and latitude, degrees.
    package let rings: [[(longitude: Double, latitude: Double)]]
    /// The text itself, for a map that draws it.
    package let json: String

    /// - Returns: nil for a text that is no GeoJSON with a polygon.
    package init?(geoJSON text: String) {
        // Whatever is wrong with the file, the map goes without it.
        guard let tree = try? JSONSerialization.jsonObject(with: Data(text.utf8)) else { return nil }
        let rings = Self.rings(in: tree)
        guard !rings.isEmpty else { return nil }
        self.rings = rings
        json = text
    }

    private static func rings(in tree: Any) -> [[(longitude: Double, latitude: Double)]] {
        guard let object = tree as? [String: Any] else { return [] }
        switch object["type"] as? String {
        case "FeatureCollection": return (object["features"] as? [Any] ?? []).flatMap(rings)
        case "Feature": return object["geometry"].map(rings) ?? []
        case "GeometryCollection": return (object["geometries"] as? [Any] ?? []).flatMap(rings)
        case "Polygon": return polygon(object["coordinates"])
        case "MultiPolygon": return (object["coordinates"] as? [Any] ?? []).flatMap(polygon)
        default: return []
        }
    }

    private static func polygon(_ coordinates: Any?) -> [[(longitude: Double, latitude: Double)]] {
        (coordinates as? [[[Double]]] ?? []).map { ring in
            ring.compactMap { $0.count >= 2 ? (longitude: $0[0], latitude: $0[1]) : nil }
        }
    }
}

/// A file of the pages that is inside the program.
package struct Asset: Sendable {
    /// Where it is served. The number follows its content, so that a browser may keep it.
    package let path: String
    package let type: String
    package let bytes: [UInt8]

    private init(_ name: String, _ type: String, _ bytes: [UInt8]) {
        // FNV-1a: equal bytes have an equal name.
        let sum = bytes.reduce(UInt64(0xCBF2_9CE4_8422_2325)) { ($0 ^ UInt64($1)) &* 0x100_0000_01B3 }
        path = "/static/\(String(sum, radix: 36))/\(name)"
        self.type = type
        self.bytes = bytes
    }

    package static let stylesheet = Asset("page.css", "text/css; charset=utf-8", PackageResources.page_css)
    package static let live = Asset("live.js", "text/javascript; charset=utf-8", PackageResources.live_js)
    package static let renew = Asset("renew.js", "text/javascript; charset=utf-8", PackageResources.renew_js)
    package static let charts = Asset("charts.js", "text/javascript; charset=utf-8", PackageResources.charts_js)
    package static let map = Asset("map.js", "text/javascript; charset=utf-8", PackageResources.map_js)
    package static let icon = Asset("icon.svg", "image/svg+xml", PackageResources.icon_svg)

    package static let all = [stylesheet, live, renew, charts, map, icon]
}

import Foundation
import HTTP

/// Files of Debian's script libraries that the pages use where they are installed; no other file can be asked for.
enum ScriptLibrary: String, CaseIterable {
    case dygraphsScript = "dygraphs/dygraph.min.js"
    case dygraphsStyle = "dygraphs/dygraph.min.css"
    case leafletScript = "leaflet/leaflet.min.js"
    case leafletStyle = "leaflet/leaflet.css"

    static let charts: [ScriptLibrary] = [.dygraphsScript, .dygraphsStyle]
    static let map: [ScriptLibrary] = [.leafletScript, .leafletStyle]

    var path: String { "/lib/" + rawValue }

    private var isScript: Bool { rawValue.hasSuffix(".js") }

    /// - Returns: nil where it is not installed.
    func reply(from folder: String) -> Reply? {
        // A file that cannot be read counts as not installed: the pages read without it.
        guard let data = try? Data(contentsOf: URL(fileURLWithPath: folder + "/" + rawValue)) else { return nil }
        let type = isScript ? "text/javascript; charset=utf-8" : "text/css; charset=utf-8"
        var reply = Reply(type: type, body: .bytes(Array(data)))
        reply.headers = [("Cache-Control", "public, max-age=86400")]
        return reply
    }

    /// The paths of the scripts and of the stylesheets among these; none where any of them is not installed.
    static func paths(of wanted: [ScriptLibrary], in folder: String) -> (scripts: [String], styles: [String]) {
        guard wanted.allSatisfy({ access(folder + "/" + $0.rawValue, R_OK) == 0 }) else { return ([], []) }
        return (wanted.filter(\.isScript).map(\.path), wanted.filter { !$0.isScript }.map(\.path))
    }
}

import NIOCore
package import NIOHTTP1
package import PageParts

/// An answer before it goes out: what every answer has in common is added in one place.
package struct Reply: Sendable {
    package enum Body: Sendable {
        case bytes([UInt8])
        case stream(LiveStream)
    }

    package var status: HTTPResponseStatus = .ok
    package var type: String
    package var body: Body
    /// Further headers.
    package var headers: [(name: String, value: String)] = []
    /// Whether a browser may keep it; only what has its content in its name.
    package var isKept = false

    package init(
        status: HTTPResponseStatus = .ok,
        type: String,
        body: Body,
        headers: [(name: String, value: String)] = [],
        isKept: Bool = false
    ) {
        self.status = status
        self.type = type
        self.body = body
        self.headers = headers
        self.isKept = isKept
    }

    package static let pageType = "text/html; charset=utf-8"

    package static func html(_ html: HTML, status: HTTPResponseStatus = .ok) -> Reply {
        Reply(status: status, type: pageType, body: .bytes(Array(html.text.utf8)))
    }

    package static func text(
        _ text: String,
        status: HTTPResponseStatus = .ok,
        type: String = "text/plain; charset=utf-8"
    ) -> Reply {
        Reply(status: status, type: type, body: .bytes(Array(text.utf8)))
    }

    package static func json(_ bytes: [UInt8]) -> Reply { Reply(type: "application/json", body: .bytes(bytes)) }

    /// A table as a file; the name is what a browser proposes.
    package static func csv(_ text: String, name: String) -> Reply {
        var reply = Reply.text(text, type: "text/csv; charset=utf-8")
        let safe = name.filter { $0.isASCII && ($0.isLetter || $0.isNumber || "-_.".contains($0)) }
        reply.headers.append(("Content-Disposition", "attachment; filename=\"\(safe)\""))
        return reply
    }

    /// All headers, with those that keep other pages and hosts out.
    ///
    /// - Parameter tiles: the server of map tiles, the one other host that a page may load pictures from.
    func fields(tiles: String?) -> HTTPHeaders {
        var fields = HTTPHeaders([
            ("Content-Type", type),
            ("Cache-Control", isKept ? "public, max-age=31536000, immutable" : "no-store"),
            ("Content-Security-Policy", Self.policy(tiles: tiles)),
            ("X-Content-Type-Options", "nosniff"),
            ("X-Frame-Options", "DENY"),
            ("Referrer-Policy", "same-origin"),
            ("Cross-Origin-Opener-Policy", "same-origin"),
            ("Cross-Origin-Resource-Policy", "same-origin"),
            ("Permissions-Policy", "camera=(), geolocation=(), microphone=()"),
        ])
        for (name, value) in headers { fields.replaceOrAdd(name: name, value: value) }
        // An answer without its content does not say how long that is.
        if case .bytes(let bytes) = body, status != .notModified {
            fields.replaceOrAdd(name: "Content-Length", value: "\(bytes.count)")
        }
        return fields
    }

    /// No script and no style inside a page, and nothing from anywhere else.
    private static func policy(tiles: String?) -> String {
        let pictures = tiles.flatMap(host).map { " " + $0 } ?? ""
        return [
            "default-src 'none'", "script-src 'self'", "style-src 'self'",
            // The charts' library places its labels so; markup of anybody else never gets into a page.
            "style-src-attr 'unsafe-inline'", "img-src 'self' data:\(pictures)",
            "connect-src 'self'", "form-action 'self'", "base-uri 'none'", "frame-ancestors 'none'",
        ]
        .joined(separator: "; ")
    }

    /// `https://*.tile.example` of `https://{s}.tile.example/{z}/{x}/{y}.png`.
    private static func host(of tiles: String) -> String? {
        guard let slashes = tiles.firstRange(of: "://") else { return nil }
        let host = tiles[slashes.upperBound...].prefix { $0 != "/" }.replacing("{s}", with: "*")
        guard host.allSatisfy({ $0.isASCII && ($0.isLetter || $0.isNumber || "*.-:".contains($0)) }) else { return nil }
        return String(tiles[..<slashes.upperBound]) + host
    }
}

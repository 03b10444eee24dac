/// The two forms of the same metrics.
public enum MetricsFormat: Sendable, CaseIterable {
    /// Prometheus' text format, version 0.0.4: what everything reads.
    case text
    /// OpenMetrics 1.0.
    case openMetrics

    /// For the header `Content-Type`.
    public var contentType: String {
        switch self {
        case .text: "text/plain; version=0.0.4; charset=utf-8"
        case .openMetrics: "application/openmetrics-text; version=1.0.0; charset=utf-8"
        }
    }

    /// Chooses by a request's header `Accept` (RFC 9110, section 12.5.1).
    ///
    /// OpenMetrics goes only to a client that names it, in version 1.0.0 or in none, and gives it no lower weight than
    /// the text format. Everybody else gets the text format, a client that accepts neither too: a scraper's mistake
    /// then shows in what it says of the answer.
    ///
    /// - Parameter accept: the header's value, several of them joined by commas; nil without one.
    public init(accept: String?) {
        var named: Double = 0
        // By how exactly the client named the text format, from `*/*` to `text/plain`.
        var text: [Double?] = [nil, nil, nil]
        for range in (accept ?? "").split(separator: ",").map(MediaRange.init) {
            switch range.type {
            case "application/openmetrics-text":
                let version = range.parameters["version"]
                if version == nil || version == "1.0.0" { named = max(named, range.weight) }
            case "text/plain": text[2] = max(text[2] ?? 0, range.weight)
            case "text/*": text[1] = max(text[1] ?? 0, range.weight)
            case "*/*": text[0] = max(text[0] ?? 0, range.weight)
            default: continue
            }
        }
        self = named > 0 && named >= (text[2] ?? text[1] ?? text[0] ?? 0) ? .openMetrics : .text
    }

    /// One part of the header: `text/plain;version=0.0.4;q=0.5`.
    private struct MediaRange {
        var type: String
        var parameters: [String: String] = [:]

        init(_ part: Substring) {
            let pieces = part.split(separator: ";", omittingEmptySubsequences: false).map { piece in
                String(piece.filter { $0 != " " && $0 != "\t" && $0 != "\"" }).lowercased()
            }
            type = pieces[0]
            for piece in pieces.dropFirst() {
                let sides = piece.split(separator: "=", maxSplits: 1).map(String.init)
                if sides.count == 2 { parameters[sides[0]] = sides[1] }
            }
        }

        /// 0 to 1. A weight that is no number counts as 0: what the client meant is not known.
        var weight: Double {
            guard let text = parameters["q"] else { return 1 }
            guard let weight = Double(text), (0...1).contains(weight) else { return 0 }
            return weight
        }
    }
}

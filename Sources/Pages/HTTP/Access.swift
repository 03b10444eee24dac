import Installation

/// Says who may see and ask what. It decides from what a request says and where it came from, and knows no PIN.
package struct Access: Sendable {
    package enum Verdict: Hashable, Sendable {
        case open
        case needsPIN
        /// Another site's page may be behind it.
        case foreign
    }

    /// What is known of a request.
    package struct Request: Sendable {
        /// The address at the other end of the connection.
        package var peer: String
        /// Whether a proxy says that it passes on another's request.
        package var isForwarded: Bool
        package var host: String?
        package var origin: String?
        /// The browser's `Sec-Fetch-Site`.
        package var fetchSite: String?
        /// Whether it asks a device or makes a record.
        package var asks: Bool

        package init(
            peer: String,
            isForwarded: Bool = false,
            host: String?,
            origin: String? = nil,
            fetchSite: String? = nil,
            asks: Bool = false
        ) {
            self.peer = peer
            self.isForwarded = isForwarded
            self.host = host
            self.origin = origin
            self.fetchSite = fetchSite
            self.asks = asks
        }
    }

    package static func verdict(_ request: Request) -> Verdict {
        let isLocal = ListenAddress.isLoopback(request.peer) && !request.isForwarded
        // A name that an attacker's server gives this machine's address: its page would read ours.
        if isLocal, !isOwnName(request.host) { return .foreign }
        if request.asks {
            if let site = request.fetchSite, site != "same-origin", site != "none" { return .foreign }
            if let origin = request.origin, !isSame(origin, request.host) { return .foreign }
        }
        return request.asks || !isLocal ? .needsPIN : .open
    }

    /// Whether a Host header names this machine itself: an IP address or `localhost`.
    private static func isOwnName(_ host: String?) -> Bool {
        guard let host else { return true }
        if host.hasPrefix("[") { return ListenAddress(host) != nil || ListenAddress(host + ":80") != nil }
        let name = host.split(separator: ":", omittingEmptySubsequences: false)[0].lowercased()
        return name == "localhost" || ListenAddress("\(name):80") != nil
    }

    private static func isSame(_ origin: String, _ host: String?) -> Bool {
        guard let host, let slashes = origin.firstRange(of: "://") else { return false }
        return origin[slashes.upperBound...].lowercased() == host.lowercased()
    }
}

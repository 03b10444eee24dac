import HTTP
import Testing

@Suite struct `Who may see the pages` {
    private func verdict(
        peer: String = "127.0.0.1",
        forwarded: Bool = false,
        host: String? = "127.0.0.1:8080",
        origin: String? = nil,
        site: String? = nil,
        asks: Bool = false
    ) -> Access.Verdict {
        Access.verdict(
            .init(peer: peer, isForwarded: forwarded, host: host, origin: origin, fetchSite: site, asks: asks)
        )
    }

    @Test(arguments: ["127.0.0.1", "127.9.9.9", "::1", "::ffff:127.0.0.1"])
    func `on the box itself is everybody`(_ peer: String) {
        #expect(verdict(peer: peer) == .open)
    }

    @Test(arguments: ["192.168.1.7", "10.0.0.1", "fe80::1", "::ffff:10.0.0.1", "", "128.0.0.1"])
    func `over a network is who has the PIN`(_ peer: String) {
        #expect(verdict(peer: peer) == .needsPIN)
    }

    @Test func `behind a proxy on the box is who has the PIN`() {
        #expect(verdict(forwarded: true, host: "kotak.example") == .needsPIN)
    }

    @Test func `asking a device always needs the PIN`() {
        #expect(verdict(asks: true) == .needsPIN)
        #expect(verdict(origin: "http://127.0.0.1:8080", site: "same-origin", asks: true) == .needsPIN)
    }

    @Test(arguments: ["evil.example", "evil.example:8080", "localhost.evil.example", "", "127.0.0.1.evil.example"])
    func `is nobody who came by a name that is not the box's`(_ host: String) {
        #expect(verdict(host: host) == .foreign)
    }

    @Test(
        arguments: ["localhost", "localhost:8080", "LOCALHOST:80", "127.0.0.1", "[::1]:8080", "[::1]", "10.0.0.5:8080"]
    )
    func `may be called by an address or as localhost`(_ host: String) {
        #expect(verdict(host: host) == .open)
    }

    @Test(
        arguments: [
            ("https://evil.example", nil), ("http://127.0.0.1:9999", nil), ("null", nil), (nil, "cross-site"),
            (nil, "same-site"), ("http://127.0.0.1:8080", "cross-site"),
        ] as [(String?, String?)]
    )
    func `is no form of another site`(_ origin: String?, _ site: String?) {
        #expect(verdict(origin: origin, site: site, asks: true) == .foreign)
    }
}

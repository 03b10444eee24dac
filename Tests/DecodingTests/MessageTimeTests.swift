import Decoding
import Domain
import Profiles
import Testing

@Suite struct `The time of a message` {
    private static func decoded(_ json: String, _ time: String) throws -> PayloadDecoder.Decoded {
        let profile = try Written.profile(
            """
            profile: written
            name: Written
            measures: water
            source: a test
            mqtt: { messages: { m: { topic: t, time: { path: t, \(time) } } } }
            points:
              v: { message: m, path: v }
            """
        )
        // Seven hours ahead of UTC.
        return PayloadDecoder(profile: profile) { _ in 25_200 }.decode(Array(json.utf8), message: 0)
    }

    @Test func `without an offset is in the gateway's zone, unless the profile names another`() throws {
        let json = "{\"t\":\"2026-11-21T08:00:00\",\"v\":1}"
        let one = Instant(iso8601: "2026-11-21T01:00:00Z")
        #expect(try Self.decoded(json, "format: iso8601").sourceTime == one)
        #expect(try Self.decoded(json, "format: iso8601, zone: gateway").sourceTime == one)
        #expect(
            try Self.decoded(json, "format: iso8601, zone: utc").sourceTime == Instant(iso8601: "2026-11-21T08:00:00Z")
        )
    }

    @Test(arguments: [
        ("1795000000000", "epoch_s"), ("1795000000", "epoch_ms"), ("0", "epoch_s"),
        ("\"1970-01-01T00:00:12Z\"", "iso8601"),
    ])
    func `outside the years 2020 to 2100 is none, and says so`(time: String, format: String) throws {
        let decoded = try Self.decoded("{\"t\":\(time),\"v\":1}", "format: \(format)")
        #expect(decoded.sourceTime == nil)
        guard case .implausible? = decoded.timeFault else {
            return #expect(Bool(false), "\(String(describing: decoded.timeFault))")
        }
    }

    @Test func `that is missing or no time says so`() throws {
        #expect(try Self.decoded("{\"v\":1}", "format: epoch_s").timeFault == .absent)
        #expect(try Self.decoded("{\"t\":\"yesterday\",\"v\":1}", "format: iso8601").timeFault == .unreadable)
        #expect(try Self.decoded("{\"t\":1795000000,\"v\":1}", "format: epoch_s").timeFault == nil)
    }

    /// Frigate's events have no end while they go on: each of their messages once made a warning.
    @Test(arguments: ["epoch_s", "epoch_ms", "iso8601"])
    func `that is null is none yet, and nothing is wrong`(format: String) throws {
        let decoded = try Self.decoded("{\"t\":null,\"v\":1}", "format: \(format)")
        #expect(decoded.sourceTime == nil)
        #expect(decoded.timeFault == nil)
        #expect(decoded.hasPoints)
    }

    @Test(arguments: ["true", "[]", "{}", "\"\"", "\"null\""])
    func `that is something else than a time says so`(value: String) throws {
        for format in ["epoch_s", "iso8601"] {
            let decoded = try Self.decoded("{\"t\":\(value),\"v\":1}", "format: \(format)")
            #expect(decoded.timeFault == .unreadable, "\(format)")
        }
    }

    @Test func `without a named zone is a hint`() throws {
        func hints(_ time: String) throws -> [ProfileHint] {
            try Written.profile(
                "profile: w\nname: W\nmeasures: water\nsource: s\n"
                    + "mqtt: { messages: { m: { topic: t, time: { path: t, \(time) } } } }\n"
                    + "points: { v: { message: m, path: v } }\n"
            ).hints
        }
        #expect(try hints("format: iso8601") == [.timeWithoutZone(message: "m")])
        #expect(try hints("format: iso8601, zone: gateway") == [])
        #expect(try hints("format: epoch_s") == [])
    }
}

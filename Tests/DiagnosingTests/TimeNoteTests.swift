import Documents
import Domain
import Profiles
import TestSupport
import Testing

@testable import Diagnosing

@Suite struct `The time of a message` {
    private static let now = Instant(iso8601: "2026-11-28T08:00:00Z")

    /// What the report of a device says about a message's time.
    private func note(_ format: String, _ payload: String, isRetained: Bool = false) throws -> TimeNote? {
        let text = """
            profile: meter
            name: Meter
            measures: water
            source: a test
            mqtt: { messages: { m: { topic: t, time: { path: at, format: \(format), zone: utc } } } }
            points: { level: { message: m, path: level, unit: m } }
            """
        let log = ProblemLog()
        let map = try #require(Document.mapping(of: text, file: "meter.yaml", log: log))
        let profile = try #require(ProfileReader.read(map, expectedID: nil, hash: "h"))
        let decoder = TopicDecoder(
            ProbeTarget(profile: profile, bus: "b", unit: UnitID(0)),
            gatewayOffset: { _ in 0 }
        )
        var state = TopicState(decoder)
        let said = try #require(decoder.decode(Array(payload.utf8), on: "t", isRetained: isRetained))
        let now = try #require(Self.now)
        let stamp = Stamp(time: now, clock: .synchronised, boot: "b00t", uptime: Uptime(nanoseconds: 0))
        state.accept(said, stamp: stamp)
        return state.report(waited: .seconds(1)).timeNote
    }

    @Test func `is not mentioned where it is right, or the message is an old one`() throws {
        #expect(try note("iso8601", #"{"at":"2026-11-28T07:59:58","level":1}"#) == nil)
        #expect(try note("iso8601", #"{"at":"2026-11-28T01:00:00","level":1}"#, isRetained: true) == nil)
    }

    @Test func `is not mentioned where the device says that there is none yet`() throws {
        #expect(try note("epoch_s", #"{"at":null,"level":1}"#) == nil)
    }

    @Test func `is said to be far where it is an hour or more away`() throws {
        #expect(try note("iso8601", #"{"at":"2026-11-28T15:00:00","level":1}"#) == .far(.seconds(-7 * 3_600)))
        #expect(try note("iso8601", #"{"at":"2026-11-28T07:00:00","level":1}"#) == .far(.seconds(3_600)))
    }

    @Test func `is said to be in another format`() throws {
        guard case .implausible("at", "epoch_s", _)? = try note("epoch_s", #"{"at":1795852800000,"level":1}"#)
        else { return #expect(Bool(false), "milliseconds for seconds") }
        #expect(try note("iso8601", #"{"at":"yesterday","level":1}"#) == .unreadable(path: "at", format: "iso8601"))
        #expect(try note("iso8601", #"{"level":1}"#) == .absent(path: "at"))
    }
}

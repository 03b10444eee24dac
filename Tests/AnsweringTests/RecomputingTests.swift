import Control
import Domain
import Testing

@testable import Answering
@testable import Indicators

@Suite struct `The event of computing again` {
    private static func recomputing(
        by claimed: String = "sari",
        reason: String = "a damaged card",
        from: String = "2026-11-01",
        userID: UInt32? = 0
    ) throws(Recomputing.Refusal) -> Recomputing {
        try Recomputing(
            RecomputeRequest(from: from, to: "2026-11-02", reason: reason, by: claimed),
            userID: userID
        )
    }

    /// For root the person is the one who called sudo; for a user hidden by a sandbox the kernel shows nobody. Debian
    /// gives `daemon` the id 1.
    @Test(
        arguments: [
            (0, "sari", "sari"), (65_534, "sari", "sari"), (nil, "sari", "sari"), (1, "sari", "daemon"),
            (0, "", "root"),
            (4_000_000_000, "sari", "sari"), (nil, "", "unknown"),
        ] as [(UInt32?, String, String)]
    )
    func `names the user whom the kernel knows, else the one that the command names`(
        userID: UInt32?,
        claimed: String,
        user: String
    ) throws {
        #expect(try Self.recomputing(by: claimed, userID: userID).user == user)
    }

    @Test(arguments: [0, 50, 51, 120]) func `names 50 figures at most, and how many more there are`(count: Int) throws {
        let zone = Zone(name: "Asia/Jakarta", hours: 7)
        let time = try #require(Instant(iso8601: "2026-11-01T10:00:00+07:00"))
        let changes = (0..<count).map { number in
            FigureChange(
                indicator: "water-volume",
                scope: "device-\(number)",
                window: Window(.day, containing: time, in: zone),
                old: nil,
                new: "\(number)"
            )
        }
        let stamp = Stamp(time: time, clock: .synchronised, boot: "boot", uptime: Uptime(nanoseconds: 0))
        let event = try Self.recomputing().event(by: "sari", changes, refused: 2, stamp: stamp)
        let data = Dictionary(uniqueKeysWithValues: event.data.map { ($0.key, $0.value) })
        guard case .array(let told)? = data["changed"] else {
            Issue.record("\(data)")
            return
        }
        #expect(told.count == min(50, count))
        #expect(data["more"] == .integer(max(0, count - 50)))
        #expect(data["refused"] == .integer(2))
        #expect(data["from"] == .string("2026-11-01") && data["to"] == .string("2026-11-02"))
        #expect(event.severity == .info && !event.byDevice)
    }

    @Test func `is of no request without a reason or with days in the wrong order`() {
        #expect(throws: Recomputing.Refusal.self) { try Self.recomputing(reason: " \n") }
        #expect(throws: Recomputing.Refusal.self) { try Self.recomputing(reason: String(repeating: "x", count: 501)) }
        #expect(throws: Recomputing.Refusal.self) { try Self.recomputing(from: "2026-11-03") }
        #expect(throws: Recomputing.Refusal.self) { try Self.recomputing(from: "yesterday") }
    }
}

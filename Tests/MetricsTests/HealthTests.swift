import Control
import Foundation
import Metrics
import Testing

@Suite struct `The health of a gateway` {
    private func health(_ changes: [String: Any]) throws -> Health {
        let well: [String: Any] = [
            "devices": [SampleStatus.device("flow", ["answering": true])],
            "journal": ["bytes": 1, "limit": 2, "stored": 0, "waiting": 7, "lost": 0, "is_stalled": false],
        ]
        return Health(of: try SampleStatus.status(well.merging(changes) { $1 }))
    }

    @Test func `is good while it reads, keeps and sends`() throws {
        let health = try health([:])
        #expect(health.state == .healthy && health.code == 200 && health.line == "healthy")
        #expect(String(decoding: health.json, as: UTF8.self) == #"{"reasons":[],"status":"healthy"}"#)
    }

    @Test func `fails when no gateway answers, when it ends, and when the disk takes nothing`() throws {
        let none = Health(of: nil)
        #expect(none.code == 503 && none.line == "failing: no gateway answers")
        #expect(
            String(decoding: none.json, as: UTF8.self)
                == #"{"reasons":[{"text":"no gateway answers","word":"no_gateway"}],"status":"failing"}"#
        )
        let stopping = try health(["state": "stopping"])
        #expect(stopping.code == 503 && stopping.reasons.map(\.word) == ["stopping"])
        let stalled = try health([
            "journal": ["bytes": 1, "limit": 2, "stored": 0, "waiting": 7, "lost": 0, "is_stalled": true]
        ])
        #expect(stalled.code == 503)
        #expect(stalled.line == "failing: the disk takes nothing; 7 entries wait in memory")
    }

    /// It reads and keeps meanwhile; whoever restarts it for that loses readings and mends nothing.
    @Test func `is only noted to be degraded while the uplink is down, whatever waits`() throws {
        let away = SampleStatus.destination(
            "city",
            ["connected": false, "pending": 4_000_000, "oldest_pending": "2026-01-01T00:00:00.000Z"]
        )
        let health = try health(["destinations": [away]])
        #expect(health.state == .degraded && health.code == 200)
        #expect(health.line == "degraded: destination city is not connected; 4000000 entries wait")
    }

    @Test func `is noted to be degraded where somebody should look`() throws {
        let journal: [String: Any] = [
            "bytes": 1, "limit": 2, "stored": 0, "waiting": 0, "lost": 3, "is_stalled": false,
        ]
        let cases: [(String, [String: Any])] = [
            ("entries_lost", ["journal": journal]),
            ("destination_refuses", ["destinations": [SampleStatus.destination("city", ["refuses_all": "0x87"])]]),
            (
                "nobody_subscribes",
                ["destinations": [SampleStatus.destination("city", ["waits_for_subscriber": true])]]
            ),
            ("bus_away", ["buses": [SampleStatus.bus("line", ["connected": false])]]),
            ("devices_silent", ["devices": [SampleStatus.device("flow", ["answering": false])]]),
            ("clock_unsynchronised", ["clock": "unsynchronised"]),
        ]
        for (word, changes) in cases {
            let health = try health(changes)
            #expect(health.state == .degraded && health.code == 200, "\(word)")
            #expect(health.reasons.map(\.word) == [word])
        }
    }

    @Test func `stands on one line, whatever an id holds`() throws {
        let bus = SampleStatus.bus(SampleStatus.odd, ["connected": false])
        let line = try health(["buses": [bus]]).line
        #expect(!line.unicodeScalars.contains { $0.value < 0x20 })
    }
}

import Domain
import Forwarding
import Testing

/// Every payload is written today as it was when its golden file was made.
@Suite struct `The golden files` {
    @Test(arguments: GoldenCase.all) func `hold each payload byte for byte`(_ example: GoldenCase) throws {
        if let difference = try GoldenFiles.difference(of: try example.payload(), from: example.name) {
            Issue.record(Comment(rawValue: difference))
        }
    }

    @Test func `are all compared with a payload`() throws {
        let cases = GoldenCase.all.map(\.name)
        #expect(Set(cases).count == cases.count)
        if !GoldenFiles.areWritten {
            #expect(try GoldenFiles.names().subtracting(cases + ToldCases.names).sorted() == [])
        }
    }

    /// What the forwarders notice, in the order of the files' names.
    private static let notices: [ForwarderNotice] = [
        .identityCloned,
        .refusesAll(code: 0x97, words: "quota exceeded", since: arrived.uptime, isAlarm: false),
        .refusesAll(code: 0x87, words: "not authorized", since: arrived.uptime, isAlarm: true),
        .refusesAll(code: nil, words: "the broker drops the connection", since: arrived.uptime, isAlarm: false),
        .quarantined(epoch: "7-3f2a9c1d", seq: 12, code: 0x95, words: "packet too large", ofQuarantine: false),
        .quarantined(
            epoch: "7-3f2a9c1d",
            seq: 12,
            code: nil,
            words: "the broker drops the connection",
            ofQuarantine: false
        ),
    ]

    @Test func `hold the events that only a running gateway tells`() throws {
        let payloads = try HousekeepingRun.told(of: Self.notices) + HousekeepingRun.told(of: [])
        #expect(payloads.count == ToldCases.names.count)
        for (name, payload) in zip(ToldCases.names, payloads) {
            if let difference = try GoldenFiles.difference(of: steady(payload), from: name) {
                Issue.record(Comment(rawValue: difference))
            }
        }
    }

    /// The payload without what differs in every run: the machine's boot and when that began.
    private func steady(_ payload: [UInt8]) -> [UInt8] {
        let text = String(decoding: payload, as: UTF8.self)
            .replacing(/"since":"[^"]*"/, with: #""since":"2026-11-21T09:18:09.944Z""#)
            .replacing(/"boot":"[0-9a-f]*"/, with: #""boot":"00000000000000000000000000000000""#)
            .replacing(/"boot_time_ms":[0-9]*/, with: #""boot_time_ms":1795252589944"#)
        return Array(text.utf8)
    }
}

import Testing

/// Every payload is written today as it was when its golden file was made.
@Suite struct `The golden files` {
    @Test(arguments: GoldenCase.all) func `hold each payload byte for byte`(_ example: GoldenCase) throws {
        try expect(example.name, example.payload())
    }

    @Test func `are all compared with a payload`() throws {
        let cases = GoldenCase.all.map(\.name) + ToldCases.names + RunCase.all.map(\.name)
        #expect(Set(cases).count == cases.count)
        if !GoldenFiles.areWritten { #expect(try GoldenFiles.names().subtracting(cases).sorted() == []) }
    }

    @Test func `hold the events that only the housekeeping tells`() throws {
        let told = try HousekeepingRun.told(of: ToldCases.notices.map(\.notice)) + HousekeepingRun.told(of: [])
        #expect(told.count == ToldCases.names.count)
        for (name, payload) in zip(ToldCases.names, told) { try expect(name, Self.steady(payload)) }
    }

    @Test(arguments: RunCase.all) func `hold the events that only a whole run tells`(_ example: RunCase) throws {
        try expect(example.name, try example.payload(among: FieldRun.heard.get()))
    }

    private func expect(_ name: String, _ payload: [UInt8]) throws {
        if let difference = try GoldenFiles.difference(of: payload, from: name) {
            Issue.record(Comment(rawValue: difference))
        }
    }

    /// The payload without what differs in every run: the machine's boot and when that began.
    private static func steady(_ payload: [UInt8]) -> [UInt8] {
        let text = String(decoding: payload, as: UTF8.self)
            .replacing(/"since":"[^"]*"/, with: #""since":"2026-11-21T09:18:09.944Z""#)
            .replacing(/"boot":"[0-9a-f]*"/, with: #""boot":"00000000000000000000000000000000""#)
            .replacing(/"boot_time_ms":[0-9]*/, with: #""boot_time_ms":1795252589944"#)
        return Array(text.utf8)
    }
}

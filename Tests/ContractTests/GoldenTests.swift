import Testing

/// The program writes every payload as it did when the golden file was made.
@Suite struct `The golden files` {
    @Test(arguments: GoldenCase.all) func `hold each payload byte for byte`(_ example: GoldenCase) throws {
        try expect(example.name, example.payload())
    }

    @Test func `are all compared with a payload`() throws {
        let cases = GoldenCase.all.map(\.name) + RunCase.all.map(\.name)
        #expect(Set(cases).count == cases.count)
        if !GoldenFiles.areWritten { #expect(try GoldenFiles.names().subtracting(cases).sorted() == []) }
    }

    @Test(arguments: RunCase.all) func `hold the events that only a whole run tells`(_ example: RunCase) throws {
        try expect(example.name, try example.payload(among: FieldRun.heard.get()))
    }

    private func expect(_ name: String, _ payload: [UInt8]) throws {
        if let difference = try GoldenFiles.difference(of: payload, from: name) {
            Issue.record(Comment(rawValue: difference))
        }
    }
}

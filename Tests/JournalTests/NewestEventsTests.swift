import Contract
import Domain
import TestSupport
import Testing

@testable import Journal

@Suite struct `The newest events of a journal` {
    @Test func `are those of earlier starts, without the readings between them`() throws {
        let folder = try TemporaryFolder()
        var rows: [Int64] = []
        do {
            let bench = try Bench(folder)
            for _ in 0..<3 {
                bench.journal.append(flowReading(bench.clock.stamp()))
                rows.append(bench.event().row)
            }
            bench.journal.close()
        }
        let bench = try Bench(folder)
        #expect(bench.journal.newest(.gatewayEvent, 10).map(\.row) == rows)
        #expect(bench.journal.newest(.gatewayEvent, 2).map(\.row) == rows.suffix(2))
        #expect(bench.journal.newest(.gatewayEvent, 2).compactMap(StoredEvent.init).count == 2)
        #expect(bench.journal.newest(.deviceEvent, 2).isEmpty)
        #expect(bench.failures.all.isEmpty)
    }
}

import Contract
import Domain
import GRDB
import TestSupport
import Testing

@testable import Journal

/// Numbers in a journal that no program wrote: they pass SQLite's own check, but are not safe to count on.
@Suite struct OddNumbersTests {
    @Test(arguments: [
        "UPDATE entries SET row = 9223372036854775807 WHERE row = 3", "UPDATE entries SET row = -5 WHERE row = 3",
        "UPDATE epochs SET base = -9223372036854775807", "UPDATE epochs SET counter = 9223372036854775807",
        "UPDATE ledgers SET owed_from = -9223372036854775807", "UPDATE ledgers SET owed_from = 9223372036854775807",
        "UPDATE ledgers SET owed = '1-9223372036854775806', owed_from = 9223372036854775807",
        "UPDATE sources SET kind = -9223372036854775807",
    ]) func theFileIsSetAsideAndAReaderSaysWhatIsWrong(change: String) throws {
        let folder: TemporaryFolder
        do {
            let bench = try Bench()
            for number in 0..<5 { bench.journal.append(flowReading(bench.clock.stamp(), volume: UInt64(number))) }
            bench.journal.flush()
            folder = bench.folder
        }
        try DatabaseQueue(path: folder.database).write { try $0.execute(sql: change) }
        // A reader finds a part of it, or an error.
        _ = try? JournalReader(directory: folder.path).entries(after: -10, limit: 10)
        _ = try? JournalReader(directory: folder.path).lastReading(through: .max)
        let bench = try Bench(folder)
        guard case .corruptFileSetAside? = bench.journal.incidents.first else {
            Issue.record("\(bench.journal.incidents)")
            return
        }
        #expect(bench.journal.append(flowReading(bench.clock.stamp())).seq == 1)
    }
}

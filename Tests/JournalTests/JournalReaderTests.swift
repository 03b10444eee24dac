import Contract
import Domain
import TestSupport
import Testing

@testable import Journal

/// A second process that reads the file.
@Suite struct `A reader of the journal` {
    @Test func `sees entries, values and origins as they were when it was opened`() throws {
        let bench = try Bench()
        let reading = bench.journal.append(flowReading(bench.clock.stamp()))
        #expect(bench.journal.save([("bins/a", [1])], through: reading.row))
        let reader = try JournalReader(directory: bench.folder.path)
        // Later entries must not appear beside the earlier value: they would count twice, or not at all.
        bench.event()
        #expect(bench.journal.save([("bins/a", [2])], through: reading.row + 1))
        #expect(try reader.load("bins/a") == [1])
        let entries = try reader.entries(after: 0, limit: 10)
        #expect(entries.map(\.row) == [reading.row])
        #expect(entries.first?.epoch == reading.epoch && entries.first?.seq == reading.seq)
        #expect(entries.first?.stamp == reading.stamp && entries.first?.body == reading.body)
        #expect(try JournalReader(directory: bench.folder.path).load("bins/a") == [2])
    }

    @Test func `tells the last reading up to a row, and no event`() throws {
        let bench = try Bench()
        let first = bench.journal.append(flowReading(bench.clock.stamp()))
        bench.event()
        let second = bench.journal.append(flowReading(bench.clock.stamp(), volume: 184_224))
        #expect(bench.journal.flush())
        let reader = try JournalReader(directory: bench.folder.path)
        #expect(try reader.lastReading(through: .max)?.seq == second.seq)
        #expect(try reader.lastReading(through: second.row - 1)?.seq == first.seq)
        #expect(try reader.lastReading(through: first.row)?.device == "flow-soyo")
        #expect(try reader.lastReading(through: first.row - 1) == nil)
    }

    @Test func `is no hindrance to the gateway, and knows whether one runs`() throws {
        let folder = try TemporaryFolder()
        #expect(!JournalReader.isHeld(directory: folder.path))
        do {
            let bench = try Bench(folder)
            #expect(JournalReader.isHeld(directory: folder.path))
            bench.event()
            #expect(bench.journal.flush())
            let reader = try JournalReader(directory: folder.path)
            #expect(try reader.entries(after: 0, limit: 10).count == 1)
            bench.event()
            #expect(bench.journal.flush())
        }
        #expect(!JournalReader.isHeld(directory: folder.path))
        // The right is looked up and not taken: the next start gets it.
        #expect(try Bench(folder).journal.previous?.clean == true)
    }
}

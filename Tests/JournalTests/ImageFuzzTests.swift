import Contract
import Domain
import Foundation
import TestSupport
import Testing

@testable import Journal

/// A journal with damaged files opens, sets the file aside or reports what is wrong; a program that only reads it does
/// the same.
@Suite struct ImageFuzzTests {
    /// A journal as a kill left it, with every kind of contents.
    private static func image() throws -> TemporaryFolder {
        let bench = try Bench(destinations: [JournalDestination(id: "city"), JournalDestination(id: "archive")])
        for number in 0..<120 {
            bench.clock.advance(by: .milliseconds(10))
            let reading = flowReading(bench.clock.stamp(), volume: UInt64(number))
            let entry = bench.journal.append(reading, remembering: ("volume", [UInt8(number)]))
            if number % 9 == 0 { bench.journal.acknowledge(row: entry.row, destination: "city") }
            if number % 40 == 7 { bench.event("pump", bytes: 5_000) }
        }
        #expect(
            bench.journal.save([("bins/a", [1, 2, 3]), ("state", Array(repeating: 7, count: 9_000))], through: 60)
        )
        bench.journal.flush()
        bench.clock.advance(by: .seconds(1))
        bench.journal.whenSettled()
        return try bench.folder.copyAsCrashed()
    }

    private static let whole = Result { try image() }

    @Test func `opening and reading a damaged journal never ends the process`() throws {
        let whole = try Self.whole.get()
        for var chance in FuzzRounds("journal images", 60) {
            let folder = try whole.copyAsCrashed()
            if chance.isLucky(oneIn: 3) { try Self.moveLogIn(folder) }
            for _ in 0...chance.next(in: 0..<3) { try Self.damage(folder, &chance) }
            Self.readBeside(folder)
            let settings = JournalSettings(
                directory: folder.path,
                gateway: "kdr-soyo-01",
                limit: 64 << 20,
                destinations: [JournalDestination(id: "city"), JournalDestination(id: "archive")]
            )
            // It is opened again, as a service manager would, if the damage shows only at run time.
            for _ in 0..<2 {
                do throws(JournalError) {
                    try Self.live(settings)
                } catch {
                    #expect(!"\(error)".isEmpty)
                }
            }
        }
    }

    /// Reads everything that a program beside the gateway reads.
    private static func readBeside(_ folder: TemporaryFolder) {
        // Every failure is an error; the next read may still succeed.
        guard let reader = try? JournalReader(directory: folder.path) else { return }
        for key in (try? reader.savedKeys(beginning: "")) ?? [] { _ = try? reader.load(key) }
        var last: Int64 = 0
        while let entries = try? reader.entries(after: last, limit: 50), let entry = entries.last {
            last = max(last + 1, entry.row)
        }
        _ = try? reader.lastReading(through: .max)
        _ = try? reader.lastReading(through: 40)
    }

    /// Reads everything that the gateway reads, and appends some entries.
    private static func live(_ settings: JournalSettings) throws(JournalError) {
        let journal = try Journal(settings: settings, time: HandClock(), onIncident: { _ in }, onFailure: { _ in })
        defer { journal.close() }
        for destination in ["city", "archive"] {
            journal.requestPage(destination: destination, after: 0, limit: 1_000) { page in
                for entry in page.prefix(20) { journal.acknowledge(row: entry.row, destination: destination) }
            }
        }
        journal.whenSettled()
        _ = journal.recall("volume")
        for key in journal.savedKeys(beginning: "") { _ = journal.load(key) }
        for number in 0..<5 { journal.append(flowReading(HandClock().stamp(), volume: UInt64(number))) }
        journal.flush()
        journal.requestPage(destination: "city", after: 0, limit: 1_000) { _ in }
        journal.whenSettled()
    }

    /// Moves everything into the database itself, so that no write-ahead log remains.
    private static func moveLogIn(_ folder: TemporaryFolder) throws {
        _ = try JournalFile(path: folder.database, limit: 64 << 20).close()
    }

    private static func damage(_ folder: TemporaryFolder, _ chance: inout SeededChance) throws {
        let file = URL(fileURLWithPath: folder.path + "/" + chance.one(of: try folder.files))
        var data = Array(try Data(contentsOf: file))
        guard !data.isEmpty else { return }
        switch chance.next(in: 0..<8) {
        case 0: data.removeSubrange(chance.next(in: 0..<data.count)...)
        case 1:
            let page = chance.next(in: 0..<data.count) / 4_096 * 4_096
            for index in page..<min(data.count, page + 4_096) { data[index] = 0 }
        case 2:
            let (from, to) = (chance.next(in: 0..<data.count), chance.next(in: 0..<data.count))
            for index in 0..<min(512, data.count - max(from, to)) { data[to + index] = data[from + index] }
        default:
            // Often where it matters: the heads of the file, of its pages and of their cells.
            for _ in 0..<chance.one(of: [1, 1, 2, 8, 100]) {
                let page = chance.next(in: 0..<data.count) / 4_096 * 4_096
                let place = page + chance.next(in: 0..<chance.one(of: [16, 120, 4_096]))
                if place < data.count { data[place] = UInt8(truncatingIfNeeded: chance.next()) }
            }
        }
        try Data(data).write(to: file)
    }
}

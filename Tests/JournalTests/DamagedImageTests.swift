import Contract
import Domain
import Foundation
import Platform
import TestSupport
import Testing

@testable import Journal

@Suite("A damaged image")
struct DamagedImageTests {
    struct Identity: Hashable, Sendable {
        var epoch: String
        var seq: UInt64
    }

    /// A journal with a backlog of three epochs, as a kill left it, and the entries written into it.
    private struct Master {
        var folder: TemporaryFolder
        var written: [Identity: JournalEntry] = [:]
        var owed: Set<Identity> = []

        init() throws {
            folder = try TemporaryFolder()
            for life in 0..<3 {
                let bench = try Bench(folder)
                for number in 0..<500 {
                    bench.clock.advance(by: .milliseconds(10))
                    let reading = flowReading(bench.clock.stamp(), volume: UInt64(life * 1_000 + number))
                    let entry = bench.journal.append(reading)
                    let identity = Identity(epoch: entry.epoch, seq: entry.seq)
                    written[identity] = entry
                    owed.insert(identity)
                    if number % 100 == 99 { bench.journal.flush() }
                    if number % 50 == 10 {
                        bench.journal.acknowledge(row: entry.row, destination: "city")
                        owed.remove(identity)
                    }
                }
                bench.journal.flush()
                // The acknowledgements too; nothing else is due.
                bench.clock.advance(by: .seconds(1))
                bench.journal.whenSettled()
                folder = try folder.copyAsCrashed()
            }
        }
    }

    private static let master = Result { try Master() }

    /// Flips bytes in the database or its log, or cuts it short, as a bad card would.
    private func damage(_ folder: TemporaryFolder, _ chance: inout SeededChance) throws -> String {
        let suffix = chance.next(in: 0..<2) == 0 ? "" : "-wal"
        let file = URL(fileURLWithPath: folder.database + suffix)
        var data = try Data(contentsOf: file)
        let size = data.count
        var done = "journal.sqlite\(suffix) of \(size) bytes "
        if chance.next(in: 0..<10) < 3 {
            let lengths = [0, 1, 100, 4_096, chance.next(in: 0..<size), size / 16_384 * 8_192]
            let length = min(size, lengths[chance.next(in: 0..<lengths.count)])
            data = data.prefix(length)
            done += "cut to \(length)"
        } else {
            done += "flipped at"
            for _ in 0..<[1, 1, 8, 200][chance.next(in: 0..<4)] {
                let place = chance.next(in: 0..<min(size, [100, 16_384, size][chance.next(in: 0..<3)]))
                data[place] ^= 1 << UInt8(chance.next(in: 0..<8))
                done += " \(place)"
            }
        }
        try data.write(to: file)
        return done
    }

    @Test("starts within 5 s, gives no wrong entry, and tells what is gone", arguments: 0..<30)
    func image(number: Int) throws {
        let master = try Self.master.get()
        let folder = try master.folder.copyAsCrashed()
        var chance = SeededChance(UInt64(number))
        let done = Comment(rawValue: try damage(folder, &chance))

        var arrived: Set<Identity> = []
        var damaged = 0
        var tail: Set<Identity> = []
        var isSetAside = false
        // As a service manager would: once more, if the damage shows only at run time.
        var starts = 0
        var isSound = false
        while !isSound, starts < 3 {
            starts += 1
            let begin = SystemClock().uptime()
            let bench = try Bench(folder)
            #expect(SystemClock().uptime() - begin < .seconds(5), done)
            for entry in bench.page() {
                let identity = Identity(epoch: entry.epoch, seq: entry.seq)
                arrived.insert(identity)
                #expect(isTrue(entry, master.written[identity]), done)
            }
            isSound = bench.failures.all.isEmpty
            for incident in bench.journal.incidents + bench.incidents.all {
                switch incident {
                case .corruptFileSetAside: isSetAside = true
                case .loss(let loss):
                    #expect(loss.reason == .damaged, done)
                    damaged += loss.count
                default: Issue.record("\(incident): \(done)")
                }
            }
            if let previous = bench.journal.previous {
                tail.formUnion(
                    master.owed.filter { $0.epoch == previous.epoch && $0.seq > previous.committedThrough }
                )
            }
            #expect(bench.journal.append(flowReading(bench.clock.stamp())).seq >= 1)
        }
        #expect(isSound, done)
        // A file that was set aside is reported with its name: everything that it still owed is in it.
        if !isSetAside { #expect(master.owed.subtracting(arrived).count == tail.count + damaged, done) }
    }

    private func isTrue(_ entry: JournalEntry, _ written: JournalEntry?) -> Bool {
        guard let written else { return false }
        return entry.body == written.body && entry.stamp == written.stamp && entry.gateway == written.gateway
            && entry.kind == written.kind && entry.site == written.site && entry.device == written.device
    }
}

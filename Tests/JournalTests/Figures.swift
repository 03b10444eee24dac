import Contract
import Domain
import Foundation
import Platform
import Synchronization
import TestSupport
import Testing

@testable import Journal

@Suite("Figures", .enabled(if: ProcessInfo.processInfo.environment["GATEWAY_FIGURES"] != nil))
struct Figures {
    @Test("rows a second, in and out")
    func throughput() throws {
        let folder = try TemporaryFolder()
        let clock = SystemClock()
        let count = 200_000
        let settings = JournalSettings(
            directory: folder.path,
            gateway: "figures",
            limit: 1 << 30,
            destinations: [JournalDestination(id: "city")]
        )
        let journal = try Journal(settings: settings, time: clock) { Issue.record($0) }
        let watch = ContinuousClock()
        let stamp = clock.stamp()
        let reading = flowReading(stamp)
        let forms = ReadingForms()
        let encoding = watch.measure { for _ in 0..<count { _ = EntryBody.encode(reading, forms) } }
        let writing = watch.measure {
            for index in 1...count {
                journal.append(reading)
                if index % 10_000 == 0, journal.snapshot.waiting > 30_000 { journal.flush() }
            }
            journal.flush()
        }
        #expect(journal.snapshot.stored == count)
        let draining = watch.measure {
            let after = Mutex(Int64(0))
            while journal.pending(destination: "city").count > 0 {
                journal.requestPage(destination: "city", after: after.withLock { $0 }, limit: 500) { page in
                    for entry in page { journal.acknowledge(row: entry.row, destination: "city") }
                    after.withLock { $0 = page.last?.row ?? $0 }
                }
                journal.whenSettled()
            }
        }
        let snapshot = journal.snapshot
        journal.close()
        let opening = try watch.measure { try Journal(settings: settings, time: clock) { _ in }.close() }
        for (name, took) in [("encode", encoding), ("append+commit", writing), ("page+acknowledge", draining)] {
            print("\(name): \(Int(Double(count) / took.inSeconds)) rows/s")
        }
        print(
            "\(snapshot.bytes / Int64(count)) bytes a row, \(snapshot.commits) commits, "
                + "longest \(snapshot.longestCommit)"
        )
        print("open, check and close \(snapshot.bytes >> 20) MiB: \(opening)")
    }
}

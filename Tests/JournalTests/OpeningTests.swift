import Contract
import Domain
import Foundation
import GRDB
import TestSupport
import Testing

@testable import Journal

@Suite("Opening")
struct OpeningTests {
    struct Damage: CustomTestStringConvertible, Sendable {
        var testDescription: String
        var change: @Sendable (inout Data) -> Void
    }

    static let damages = [
        Damage(testDescription: "zero length") { $0 = Data() },
        Damage(testDescription: "a single byte") { $0 = $0.prefix(1) },
        Damage(testDescription: "a text file") { $0 = Data(String(repeating: "gateway: kdr\n", count: 5_000).utf8) },
        Damage(testDescription: "cut in half") { $0 = $0.prefix($0.count / 2) },
        Damage(testDescription: "cut within the first page") { $0 = $0.prefix(3_000) },
        Damage(testDescription: "a flipped byte in the header") { $0[3] ^= 0xFF },
        Damage(testDescription: "flipped bytes in every later page") { data in
            for page in stride(from: 4_096, to: data.count, by: 4_096) {
                for byte in 0..<8 { data[page + byte] ^= 0x5A }
            }
        },
        Damage(testDescription: "zeros from the second page on") { data in
            data.replaceSubrange(4_096..., with: Data(count: data.count - 4_096))
        },
    ]

    @Test("sets a damaged file aside, says so, and begins a new one", arguments: damages)
    func damaged(_ damage: Damage) throws {
        let folder = try TemporaryFolder()
        let epoch: String
        do {
            let bench = try Bench(folder)
            epoch = bench.journal.epoch
            for _ in 0..<2_000 { bench.event(bytes: 50) }
        }
        var data = try Data(contentsOf: URL(fileURLWithPath: folder.database))
        damage.change(&data)
        try data.write(to: URL(fileURLWithPath: folder.database))
        let bench = try Bench(folder)
        guard case .corruptFileSetAside(let file, let message) = try #require(bench.journal.incidents.first) else {
            Issue.record("\(bench.journal.incidents)")
            return
        }
        #expect(file == folder.database + ".corrupt-1")
        #expect(!message.isEmpty)
        #expect(try Data(contentsOf: URL(fileURLWithPath: file)) == data)
        #expect(bench.journal.epoch != epoch)
        #expect(bench.journal.previous == nil)
        bench.event()
        #expect(bench.journal.flush())
        #expect(bench.page().count == 1)
    }

    @Test("sets a file aside in which SQLite met damage while running")
    func damagedWhileRunning() throws {
        let bench = try Bench()
        bench.event()
        bench.journal.flush()
        bench.journal.fail(.corrupt(file: bench.folder.database, message: "malformed"))
        bench.journal.fail(.corrupt(file: bench.folder.database, message: "malformed"))
        #expect(bench.failures.all.count == 1)
        #expect(!bench.journal.flush())
        bench.journal.close()
        #expect(try Bench(bench.folder).journal.incidents.count == 1)
        #expect(try Bench(bench.folder).journal.incidents.isEmpty)
    }

    /// Flips something in the database on the disk, and starts again.
    private func flipped(_ sql: String, entries: Int) throws -> (folder: TemporaryFolder, bench: Bench) {
        let folder = try TemporaryFolder()
        do {
            let bench = try Bench(folder)
            for _ in 0..<entries { bench.journal.append(flowReading(bench.clock.stamp())) }
            bench.journal.flush()
            bench.withFile { file in try file.queue.write { try $0.execute(sql: sql) } }
        }
        return (folder, try Bench(folder))
    }

    @Test(
        "never hands out an entry that is not as it was written: it is told as lost",
        arguments: [
            "UPDATE entries SET body = CAST(replace(CAST(body AS TEXT), '12.53', '72.53') AS BLOB) WHERE row = 2",
            "UPDATE entries SET time = time + 1 WHERE row = 2",
        ]
    )
    func flippedInARow(_ sql: String) throws {
        let (_, bench) = try flipped(sql, entries: 3)
        #expect(bench.page().map(\.row) == [1, 3])
        let losses = bench.incidents.all.compactMap { if case .loss(let loss) = $0 { loss } else { nil } }
        #expect(losses.map(\.reason) == [.damaged])
        #expect(losses.first.map { [Int($0.first), Int($0.last), $0.count] } == [2, 2, 1])
        #expect(bench.journal.pending(destination: "city").count == 2)
        #expect(bench.failures.all.isEmpty)
    }

    @Test(
        "sets a file aside in which all entries have another origin than they were written with",
        arguments: [
            "UPDATE sources SET device = 'flow-soya'", "UPDATE epochs SET base = base + 1",
            "UPDATE epochs SET gateway = 'kdr-soyo-02'",
        ]
    )
    func flippedOrigin(_ sql: String) throws {
        let folder: TemporaryFolder
        do {
            let (its, bench) = try flipped(sql, entries: 20)
            folder = its
            #expect(bench.page().isEmpty)
            #expect(bench.failures.all.contains { if case .corrupt = $0 { true } else { false } })
        }
        let bench = try Bench(folder)
        #expect(bench.journal.incidents.contains { if case .corruptFileSetAside = $0 { true } else { false } })
    }

    @Test("keeps three damaged files at most")
    func damagedOften() throws {
        let folder = try TemporaryFolder()
        for _ in 0..<6 {
            try Data("damage".utf8).write(to: URL(fileURLWithPath: folder.database))
            _ = try Bench(folder)
        }
        #expect(
            try folder.files.filter { $0.contains("corrupt") } == [4, 5, 6].map { "journal.sqlite.corrupt-\($0)" }
        )
    }

    @Test("refuses a journal by a newer program, and leaves it as it is")
    func newer() throws {
        let folder = try TemporaryFolder()
        try Bench(folder).journal.close()
        let queue = try DatabaseQueue(path: folder.database)
        try queue.write { try $0.execute(sql: "INSERT INTO grdb_migrations VALUES ('from the future')") }
        try queue.close()
        #expect(throws: JournalError.newerThanProgram(file: folder.database)) { try Bench(folder) }
        #expect(try folder.files.allSatisfy { !$0.contains("corrupt") })
    }

    @Test("sets a file aside whose migrations are no words: GRDB reads them before the file is checked")
    func unreadableMigrations() throws {
        let folder = try TemporaryFolder()
        try Bench(folder).journal.close()
        let queue = try DatabaseQueue(path: folder.database)
        try queue.write { db in
            try db.execute(sql: "DROP TABLE grdb_migrations; CREATE TABLE grdb_migrations (identifier)")
            try db.execute(sql: "INSERT INTO grdb_migrations VALUES (NULL)")
        }
        try queue.close()
        #expect(try Bench(folder).journal.incidents.count == 1)
    }

    @Test("names the last epoch, even where the write-ahead log with all its entries is gone")
    func withoutLog() throws {
        let bench = try Bench()
        bench.event()
        bench.journal.flush()
        let crashed = try bench.folder.copyAsCrashed()
        try FileManager.default.removeItem(atPath: crashed.database + "-wal")
        let previous = try Bench(crashed).journal.previous
        #expect(previous == PreviousEpoch(epoch: bench.journal.epoch, committedThrough: 0, clean: false))
    }

    @Test("refuses a journal that is open, and names the remedy")
    func locked() throws {
        let bench = try Bench()
        let error = #expect(throws: JournalError.self) { try Bench(bench.folder) }
        #expect(error == .inUse(directory: bench.folder.path))
        #expect(error?.description.contains("systemctl stop gateway") == true)
        bench.journal.close()
        _ = try Bench(bench.folder)
    }

    @Test("refuses a folder that cannot be made")
    func folder() throws {
        #expect(throws: JournalError.self) {
            try Journal(
                settings: JournalSettings(directory: "/proc/none/x", gateway: "g", limit: 1 << 24, destinations: []),
                time: HandClock(),
                onFailure: { _ in }
            )
        }
    }

    @Test("writes through to the disk with every commit")
    func durable() throws {
        let bench = try Bench()
        let settings = Box<String>()
        bench.withFile { file in
            try file.queue.read { db in
                for name in ["journal_mode", "synchronous", "page_size", "secure_delete"] {
                    settings.add(try Row.fetchOne(db, sql: "PRAGMA \(name)").map { "\($0[0] as DatabaseValue)" } ?? "")
                }
            }
        }
        #expect(settings.all == ["\"wal\"", "2", "4096", "0"])
    }

    @Test("goes on in a file of other pages")
    func otherPages() throws {
        let folder = try TemporaryFolder()
        do {
            let queue = try DatabaseQueue(path: folder.database)
            try queue.writeWithoutTransaction { db in
                try db.execute(sql: "PRAGMA page_size = 16384; CREATE TABLE t (a); DROP TABLE t")
            }
            try queue.close()
        }
        let bench = try Bench(folder)
        #expect(bench.journal.incidents.isEmpty)
        let entry = bench.event()
        #expect(bench.journal.flush())
        #expect(bench.page().map(\.body) == [entry.body])
        #expect(bench.journal.snapshot.bytes % 16_384 == 0)
    }

    @Test("reads the entries of a journal that knew no forms and had other sums")
    func earlierSums() throws {
        let folder = try TemporaryFolder()
        do {
            let bench = try Bench(folder)
            bench.event(bytes: 21)
            #expect(bench.journal.flush())
            let entry = try #require(bench.page().first)
            bench.withFile { file in
                try file.queue.write { db in
                    try db.execute(sql: "UPDATE entries SET sum = ?", arguments: [Self.earlierSum(of: entry)])
                }
            }
        }
        let bench = try Bench(folder)
        #expect(bench.page().count == 1)
        #expect(bench.incidents.all.isEmpty)
    }

    /// FNV-1a over all fields of an entry, as in schema 3.
    private static func earlierSum(of entry: JournalEntry) -> Int64 {
        func bytes(_ number: Int64) -> [UInt8] { withUnsafeBytes(of: number.littleEndian) { Array($0) } }
        func bytes(_ text: String) -> [UInt8] { Array(text.utf8) + bytes(Int64(text.utf8.count)) }
        let stamp = entry.stamp
        let all: [[UInt8]] = [
            bytes(entry.gateway), bytes(entry.epoch), bytes(Int64(entry.seq)), bytes(Int64(entry.kind.rawValue)),
            bytes(entry.site ?? ""), bytes(entry.device ?? ""), bytes(stamp.time.millisecondsSince1970),
            bytes(stamp.clock.rawValue), bytes(stamp.boot), bytes(stamp.uptime.nanoseconds), entry.body,
        ]
        var hash: UInt64 = 0xCBF2_9CE4_8422_2325
        for byte in all.joined() { hash = (hash ^ UInt64(byte)) &* 0x100_0000_01B3 }
        return Int64(bitPattern: hash)
    }

    @Test("gives up what a damaged form would fill wrongly")
    func damagedForm() throws {
        let folder = try TemporaryFolder()
        do {
            let bench = try Bench(folder)
            bench.journal.append(flowReading(bench.clock.stamp()))
            #expect(bench.journal.flush())
            bench.withFile { file in
                try file.queue.write { db in
                    try db.execute(
                        sql:
                            "UPDATE sources SET form = CAST(replace(CAST(form AS TEXT), 'L/s', 'm/s') AS BLOB) "
                            + "WHERE form NOT NULL"
                    )
                }
            }
        }
        let bench = try Bench(folder)
        #expect(bench.page().isEmpty)
        #expect(!bench.incidents.all.isEmpty)
    }
}

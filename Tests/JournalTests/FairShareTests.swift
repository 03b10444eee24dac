import Contract
import Domain
import GRDB
import Platform
import Testing

@testable import Journal

/// What goes at the limit when one device has more in the journal than the others.
@Suite("A device's share of the journal")
struct FairShareTests {
    private func losses(_ bench: Bench) -> [JournalLoss] {
        bench.incidents.all.compactMap { if case .loss(let loss) = $0 { loss } else { nil } }
    }

    private func device(_ entry: JournalEntry) -> String { entry.device ?? "" }

    @Test("is its own to lose: one that floods loses its oldest, and takes nothing from forty quiet ones")
    func flood() throws {
        let bench = try Bench(limit: 4 << 20)
        var made: [String: [Int64]] = [:]
        func append(_ name: String, bytes: Int) {
            made[name, default: []].append(bench.message(of: name, bytes: bytes).row)
        }
        // The quiet devices' backlog is as old as any, and lies between the flood's rows too.
        for round in 0..<400 {
            for _ in 0..<30 { append("flood", bytes: 500) }
            if round % 20 == 0 { for number in 0..<40 { append("quiet-\(number)", bytes: 200) } }
            if round % 5 == 0 { #expect(bench.journal.flush()) }
        }
        #expect(bench.journal.flush())
        let snapshot = bench.journal.snapshot
        #expect(snapshot.lost > 3_000)
        #expect(snapshot.bytes <= 4 << 20)
        let left = Dictionary(grouping: bench.page(), by: device).mapValues { $0.map(\.row) }
        for (name, rows) in made where name != "flood" { #expect(left[name] == rows, "\(name)") }
        #expect(left["flood"] == made["flood"].map { Array($0.dropFirst(snapshot.lost)) })
        // The freed room is used again: what is left fills most of the limit.
        let held = bench.page().reduce(0) { $0 + JournalFile.Group.bytes(of: $1) }
        #expect(held > 2 << 20)

        let losses = losses(bench)
        #expect(losses.allSatisfy { $0.device == JournalDevice(site: "pond", device: "flood") && $0.reason == .limit })
        #expect(losses.reduce(0) { $0 + $1.count } == snapshot.lost)
        #expect(bench.journal.givenUp(destination: "city") == snapshot.lost)
        #expect(losses.first?.first == 1)
    }

    @Test("is known after a restart: the one that flooded before gives, whoever comes now")
    func restart() throws {
        let bench = try Bench(limit: 2 << 20)
        for round in 0..<300 {
            bench.message(of: round % 50 == 0 ? "quiet" : "flood", bytes: 5_000)
            if round % 50 == 0 { bench.journal.flush() }
        }
        let quiet = bench.page().count { device($0) == "quiet" }
        bench.journal.close()
        let next = try Bench(bench.folder, limit: 2 << 20)
        for _ in 0..<100 {
            next.message(of: "newcomer", bytes: 2_000)
            next.journal.flush()
        }
        #expect(!losses(next).isEmpty)
        #expect(losses(next).allSatisfy { $0.device?.device == "flood" && $0.epoch == bench.journal.epoch })
        let left = next.page()
        #expect(left.count { device($0) == "quiet" } == quiet)
        #expect(left.count { device($0) == "newcomer" } == 100)
    }

    @Test("counts in memory too, while the disk takes nothing")
    func stalled() throws {
        let bench = try Bench { $0.waitingLimit = 1_000 }
        bench.event()
        bench.journal.flush()
        bench.withFile { file in
            try file.queue.writeWithoutTransaction { try $0.execute(sql: "PRAGMA max_page_count = 1") }
        }
        let own = bench.event("own").row
        let quiet = (0..<100).map { bench.message(of: "quiet-\($0 % 10)", bytes: 10).row }
        for _ in 0..<2_000 { bench.message(of: "flood", bytes: 10) }
        #expect(!bench.journal.flush())
        bench.withFile { file in
            try file.queue.writeWithoutTransaction { try $0.execute(sql: "PRAGMA max_page_count = 100000") }
        }
        #expect(bench.journal.flush())
        let left = bench.page()
        #expect(Set([own] + quiet).isSubset(of: left.map(\.row)))
        let losses = losses(bench)
        #expect(losses.allSatisfy { $0.reason == .stalled && $0.device?.device == "flood" })
        #expect(losses.reduce(0) { $0 + $1.count } == bench.journal.snapshot.lost)
        #expect(bench.journal.givenUp(destination: "city") == bench.journal.snapshot.lost)
        #expect(left.count + bench.journal.snapshot.lost == 2_102)
    }

    @Test("is told in one event where a thousand devices lose a little each, and they lose alike")
    func alike() throws {
        let bench = try Bench(limit: 4 << 20)
        for round in 0..<15 {
            for number in 0..<1_000 { bench.message(of: "meter-\(number)", bytes: 200) }
            bench.journal.flush()
            if round % 7 == 6 { bench.event("own") }
        }
        let losses = losses(bench)
        #expect(losses.reduce(0) { $0 + $1.count } == bench.journal.snapshot.lost)
        #expect(bench.journal.snapshot.lost > 1_000)
        #expect(losses.count < 100)
        #expect(losses.allSatisfy { $0.device == nil })
        let left = Dictionary(grouping: bench.page(), by: device).mapValues(\.count)
        #expect(left[""] == 2)
        let counts = left.filter { $0.key != "" }.map(\.value)
        #expect(counts.count == 1_000)
        #expect((counts.max() ?? 0) - (counts.min() ?? 0) <= 2)
    }

    @Test("of a loss that is still to be told survives a restart, as words of an earlier version do")
    func tellings() {
        var loss = JournalLoss(reason: .limit, epoch: "1-a", first: 1, last: 9, count: 4, destinations: ["a", "b"])
        for device in [nil, JournalDevice(site: "pond", device: "gate"), JournalDevice(site: nil, device: "gate")] {
            loss.device = device
            let telling = Telling(loss: loss, row: 12)
            #expect(Telling.encode([telling]).map(Telling.decode) == [telling])
        }
        loss.device = nil
        #expect(Telling.decode(Array("12 limit 1-a 1 9 4 a b".utf8)) == [Telling(loss: loss, row: 12)])
    }

    /// Random devices, sizes, acknowledgements, restarts and crashes: nothing is lost without a report, no device loses
    /// what is below an equal share, and each device loses its oldest.
    @Test("is kept, and every loss adds up", arguments: 1...4 as ClosedRange<UInt64>)
    func model(seed: UInt64) throws {
        var random = ModelTests.Generator(state: seed)
        let limit: Int64 = 1 << 20
        func open(_ folder: TemporaryFolder) throws -> Bench {
            try Bench(folder, limit: limit) { ($0.groupCount, $0.groupFill) = (.max, .max) }
        }
        var bench = try open(TemporaryFolder())
        let names = (0..<20).map { "device-\($0)" }
        let flood = names[Int.random(in: 0..<20, using: &random)]
        var owed: [Int64: (device: String, bytes: Int64)] = [:]
        var saved = owed
        var told = 0
        var lost = 0
        /// What the journal no longer owes must be reported, and must be the oldest of a device above its share.
        func compare() {
            let left = Set(bench.page(limit: .max / 2).map(\.row))
            let gone = owed.filter { !left.contains($0.key) }
            lost += gone.count
            let losses = losses(bench)
            #expect(losses.reduce(0) { $0 + $1.count } == told + gone.count)
            told = losses.reduce(0) { $0 + $1.count }
            for (name, rows) in Dictionary(grouping: owed, by: \.value.device) {
                let held = rows.reduce(0) { $0 + $1.value.bytes }
                let lostRows = rows.filter { gone[$0.key] != nil }.map(\.key)
                guard let newest = lostRows.max() else { continue }
                #expect(held > limit / 40, "\(name) held \(held)")
                #expect(rows.allSatisfy { $0.key > newest || gone[$0.key] != nil }, "\(name)")
            }
            for row in gone.keys { owed[row] = nil }
            #expect(left == Set(owed.keys))
        }
        for _ in 0..<160 {
            switch Int.random(in: 0..<100, using: &random) {
            case 0..<90:
                for _ in 0..<Int.random(in: 1...60, using: &random) {
                    let isFlood = Int.random(in: 0..<3, using: &random) > 0
                    let name = isFlood ? flood : names[Int.random(in: 0..<20, using: &random)]
                    let entry = bench.message(of: name, bytes: Int.random(in: 10...600, using: &random))
                    owed[entry.row] = (name, JournalFile.Group.bytes(of: entry))
                }
                #expect(bench.journal.flush())
                compare()
                saved = owed
            case 90..<96:
                for row in owed.keys.sorted().prefix(Int.random(in: 0...200, using: &random)) {
                    bench.journal.acknowledge(row: row, destination: "city")
                    owed[row] = nil
                }
                #expect(bench.journal.flush())
                saved = owed
            case 96..<98:
                bench.journal.close()
                bench = try open(bench.folder)
                (told, owed) = (0, saved)
            default:
                let folder = try bench.folder.copyAsCrashed()
                bench.journal.close()
                bench = try open(folder)
                (told, owed) = (0, saved)
            }
            #expect(bench.journal.pending(destination: "city").count == owed.count)
            #expect(bench.journal.snapshot.bytes <= limit)
        }
        #expect(lost > 300)
    }
}

import Contract
import DequeModule
import Domain
import Foundation
import GRDB
import Synchronization

extension JournalFile {
    /// What a start finds, and what it has made durable.
    struct Opening: Sendable {
        var epoch: Epoch
        var previous: PreviousEpoch?
        var stored: RowRanges
        /// One for each configured destination, in its order.
        var pending: [RowRanges]
        var remembered: [String: [UInt8]]
        var incidents: [JournalIncident] = []
    }

    /// Reads everything except the entries, and commits the new epoch.
    func begin(_ destinations: [JournalDestination], gateway: String, boot: String) throws(JournalError) -> Opening {
        try Self.converting("begin an epoch in", path) {
            var result: Opening?
            try queue.inTransaction(.immediate) { db in
                result = try begin(destinations, gateway: gateway, boot: boot, db)
                return .commit
            }
            guard let result else { throw JournalError.corrupt(file: path, message: "no epoch") }
            return result
        }
    }

    private func begin(
        _ destinations: [JournalDestination],
        gateway: String,
        boot: String,
        _ db: Database
    ) throws -> Opening {
        let first = try Int64.fetchOne(db, sql: "SELECT min(row) FROM entries")
        let last = try Int64.fetchOne(db, sql: "SELECT max(row) FROM entries") ?? 0
        try demandNumbers([first ?? 0, last])
        var ledgers = try readLedgers(db)
        var epochs = try readEpochs(db, oldestRow: first ?? .max)
        let previous = try epochs.last.map { epoch in
            let clean = try Bool.fetchOne(
                db,
                sql: "SELECT clean FROM epochs WHERE counter = ?",
                arguments: [epoch.counter]
            )
            return PreviousEpoch(
                epoch: epoch.name,
                committedThrough: UInt64(max(0, last - epoch.base)),
                clean: clean ?? false
            )
        }
        // Above every row in a ledger: rows that never reached the disk may have been settled already.
        let base = ledgers.values.reduce(max(last, epochs.last?.base ?? 0)) { max($0, $1.owedFrom - 1) }
        let counter = (epochs.last?.counter ?? 0) + 1
        let random = String(UInt32.random(in: .min ... .max), radix: 16)
        let name = "\(counter)-\(String(repeating: "0", count: 8 - random.count))\(random)"
        let epoch = Epoch(counter: counter, name: name, gateway: gateway, base: base, boot: boot)
        try db.execute(
            sql: "INSERT INTO epochs (counter, name, gateway, base, boot) VALUES (?, ?, ?, ?, ?)",
            arguments: [counter, name, gateway, base, boot]
        )
        epochs.append(epoch)
        self.epochs.withLock { $0 = epochs }
        let sources = try readSources(db)
        self.sources.withLock { $0 = sources }

        let stored =
            ledgers.removeValue(forKey: "")?.rows(below: last + 1) ?? RowRanges(first.map { [$0..<last + 1] } ?? [])
        var result = Opening(epoch: epoch, previous: previous, stored: stored, pending: [], remembered: [:])
        for destination in destinations {
            let owed = ledgers.removeValue(forKey: destination.id)?.rows(below: last + 1) ?? RowRanges()
            // After a crash between a deletion and the next ledger, rows may be owed that are gone.
            let pending = owed.intersection(stored)
            result.pending.append(pending)
            try Self.write(Ledger(pending: pending, next: base + 1), of: destination.id, db)
        }
        for (id, ledger) in ledgers.sorted(by: { $0.key < $1.key }) {
            let owed = ledger.rows(below: last + 1).intersection(stored)
            if !owed.isEmpty { result.incidents.append(.removed(id, owed: owed, epochs)) }
            try db.execute(sql: "DELETE FROM ledgers WHERE destination = ?", arguments: [id])
        }
        try Self.write(Ledger(pending: stored, next: base + 1), of: "", db)
        for row in try Row.fetchAll(db, sql: "SELECT key, value FROM remembered") {
            result.remembered[try row.decode(atIndex: 0)] = Array(try row.decode(Data.self, atIndex: 1))
        }
        return result
    }

    /// Learns which rows belong to which source, in a file that another process writes.
    func learnOrigins() throws(JournalError) {
        let (epochs, sources) = try Self.converting("read", path) {
            try reader.read { db in (try allEpochs(db), try readSources(db)) }
        }
        self.epochs.withLock { $0 = epochs }
        self.sources.withLock { $0 = sources }
    }

    private func allEpochs(_ db: Database) throws -> [Epoch] {
        try Row.fetchAll(db, sql: "SELECT counter, name, gateway, base, boot FROM epochs ORDER BY counter")
            .map {
                let epoch = Epoch(
                    counter: try $0.decode(atIndex: 0),
                    name: try $0.decode(atIndex: 1),
                    gateway: try $0.decode(atIndex: 2),
                    base: try $0.decode(atIndex: 3),
                    boot: try $0.decode(atIndex: 4)
                )
                try demandNumbers([epoch.counter, epoch.base])
                return epoch
            }
    }

    private func demandNumbers(_ found: [Int64]) throws(JournalError) {
        guard let wrong = found.first(where: { !Self.numbers.contains($0) }) else { return }
        throw .corrupt(file: path, message: "\(wrong) is no number of a row or an epoch")
    }

    /// The epochs that still have rows, and the last epoch; the others are forgotten.
    private func readEpochs(_ db: Database, oldestRow: Int64) throws -> [Epoch] {
        var epochs = try allEpochs(db)
        while epochs.count > 1, epochs[1].base < oldestRow {
            try db.execute(sql: "DELETE FROM epochs WHERE counter = ?", arguments: [epochs.removeFirst().counter])
        }
        return epochs
    }

    private func readLedgers(_ db: Database) throws -> [String: Ledger] {
        var ledgers: [String: Ledger] = [:]
        for row in try Row.fetchAll(db, sql: "SELECT destination, owed_from, owed FROM ledgers") {
            let destination: String = try row.decode(atIndex: 0)
            let owedFrom: Int64 = try row.decode(atIndex: 1)
            guard let owed = RowRanges(try row.decode(String.self, atIndex: 2)),
                (owed.ranges.last?.upperBound ?? .min) <= owedFrom
            else { throw JournalError.corrupt(file: path, message: "the ledger of \(destination) is unreadable") }
            try demandNumbers([owedFrom, owed.last ?? 0])
            ledgers[destination] = Ledger(owed: owed, owedFrom: owedFrom)
        }
        return ledgers
    }

    private func readSources(_ db: Database) throws -> [Source: Int64] {
        var sources: [Source: Int64] = [:]
        var ids: Set<Int64> = []
        for row in try Row.fetchAll(db, sql: "SELECT id, kind, clock, site, device, form, gaps FROM sources") {
            let id: Int64 = try row.decode(atIndex: 0)
            guard ids.insert(id).inserted else {
                throw JournalError.corrupt(file: path, message: "source \(id) is there twice")
            }
            guard let kind = UInt8(exactly: try row.decode(Int64.self, atIndex: 1)).flatMap(JournalEntry.Kind.init),
                let clock = ClockState(rawValue: try row.decode(atIndex: 2))
            else { throw JournalError.corrupt(file: path, message: "source \(id) is unreadable") }
            var form: BodyForm?
            if let text = try row.decode(Data?.self, atIndex: 5) {
                let gaps = (try row.decode(String?.self, atIndex: 6) ?? "").split(separator: " ").compactMap { Int($0) }
                form = BodyForm(text: Array(text), gaps: gaps)
                if form == nil {
                    throw JournalError.corrupt(file: path, message: "the form of source \(id) is unreadable")
                }
            }
            let source = Source(
                kind: kind,
                clock: clock,
                site: try row.decode(atIndex: 3),
                device: try row.decode(atIndex: 4),
                form: form
            )
            sources[source] = id
        }
        return sources
    }

    /// Marks the epoch as closed in order.
    func end(_ epoch: Epoch) throws(JournalError) {
        try Self.converting("end an epoch in", path) {
            try queue.write { db in
                try db.execute(sql: "UPDATE epochs SET clean = 1 WHERE counter = ?", arguments: [epoch.counter])
            }
        }
    }
}

import Domain

/// A loss that must still be reported. If the event that reports it is lost, the loss must not be forgotten.
///
/// It is kept from the transaction that deletes until every destination concerned has the event: with the deletion on
/// disk, so that after a crash between the two the next start reports it; and while the event waits, so that when the
/// limit takes the event too, the next one reports the loss again.
struct Telling: Hashable, Sendable {
    var loss: JournalLoss
    /// The row of the event that reports it; nil before that is appended.
    var row: Int64?

    static let key = "journal/losses"

    static func encode(_ tellings: [Telling]) -> [UInt8]? {
        if tellings.isEmpty { return nil }
        let lines = tellings.map { telling in
            let loss = telling.loss
            let words = [
                telling.row.map(String.init) ?? "-", loss.reason.rawValue, loss.epoch, "\(loss.first)", "\(loss.last)",
                "\(loss.count)",
            ]
            // A name that no destination can have, so that an earlier version does not take it for one.
            let device = loss.device.map { ["@\($0.site ?? "")/\($0.device)"] } ?? []
            return (words + loss.destinations + device).joined(separator: " ")
        }
        return Array(lines.joined(separator: "\n").utf8)
    }

    /// A line of text that cannot be read is left out.
    static func decode(_ bytes: [UInt8]) -> [Telling] {
        String(decoding: bytes, as: UTF8.self).split(separator: "\n").compactMap { line in
            var words = line.split(separator: " ").map(String.init)
            let device = words.last.flatMap(device)
            if device != nil { words.removeLast() }
            guard words.count >= 7, let reason = JournalLoss.Reason(rawValue: words[1]), let first = UInt64(words[3]),
                let last = UInt64(words[4]), let count = Int(words[5])
            else { return nil }
            let loss = JournalLoss(
                reason: reason,
                epoch: words[2],
                first: first,
                last: last,
                count: count,
                destinations: Array(words[6...]),
                device: device
            )
            return Telling(loss: loss, row: Int64(words[0]))
        }
    }

    private static func device(_ word: String) -> JournalDevice? {
        let parts = word.split(separator: "/", maxSplits: 1, omittingEmptySubsequences: false)
        guard parts.count == 2, let site = parts.first, site.first == "@" else { return nil }
        return JournalDevice(site: site.count > 1 ? String(site.dropFirst()) : nil, device: String(parts[1]))
    }
}

extension JournalState {
    /// Notes that these losses must be reported.
    mutating func owe(_ losses: [JournalLoss], now: Uptime) {
        if losses.isEmpty { return }
        tellings += losses.map { Telling(loss: $0, row: nil) }
        keepTellings(now: now)
    }

    /// Notes that the entry of that row reports the loss.
    mutating func tells(_ loss: JournalLoss, row: Int64, now: Uptime) {
        guard let index = tellings.firstIndex(where: { $0.row == nil && $0.loss == loss }) else { return }
        tellings[index].row = row
        keepTellings(now: now)
    }

    /// Forgets the losses that all destinations concerned have received, and stores the rest with the next commit.
    mutating func keepTellings(now: Uptime) {
        tellings.removeAll { telling in
            guard let row = telling.row else { return false }
            return !debts.contains { debt in
                telling.loss.destinations.contains(debt.destination.id) && debt.pending.contains(row)
            }
        }
        remember(Telling.key, Telling.encode(tellings), now: now)
    }

    /// Returns the losses that the last run did not report: their event is not on disk.
    mutating func untold() -> [JournalLoss] {
        for index in tellings.indices where (tellings[index].row ?? .max) > committedThrough {
            tellings[index].row = nil
        }
        return tellings.filter { $0.row == nil }.map(\.loss)
    }
}

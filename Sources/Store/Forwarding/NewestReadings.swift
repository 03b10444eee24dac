import Contract
import DequeModule
import Domain
import Installation
import Journal

/// The newest reading of each device, for a destination to which readings go in packs: it is published as a state, and
/// acknowledges nothing. Pure.
///
/// A device's goes out at most once in `every`, and only where it is newer than the last.
struct NewestReadings: Sendable {
    private struct Held {
        var entry: JournalEntry
        /// Whether it has not gone out yet.
        var isNew = true
        /// Whether the device stands in `due` or `resting`.
        var isQueued = true
    }

    private let every: Duration
    /// By site and device.
    private var held: [String: Held] = [:]
    private var due: Deque<String> = []
    /// Devices whose last reading went out, and until when; the earliest first.
    private var resting: Deque<(device: String, until: Uptime)> = []
    private var count: Int64 = 0
    /// Devices whose state is on its way, by its count.
    private var inFlight: [Int64: String] = [:]

    init(_ publishing: StatePublishing) { every = publishing.every }

    var isIdle: Bool { inFlight.isEmpty }

    /// When the next device's rest is over.
    var nextDue: Uptime? { resting.first?.until }

    /// - Returns: whether it may go out at once.
    mutating func note(_ entry: JournalEntry) -> Bool {
        guard entry.kind == .reading, let device = entry.device else { return false }
        let key = "\(entry.site ?? "")/\(device)"
        guard var known = held[key] else {
            held[key] = Held(entry: entry)
            due.append(key)
            return true
        }
        let isDue = !known.isQueued
        known.entry = entry
        known.isNew = true
        known.isQueued = true
        held[key] = known
        if isDue { due.append(key) }
        return isDue
    }

    /// Returns the next state to be sent, with its count.
    mutating func next(now: Uptime) -> (entry: JournalEntry, count: Int64)? {
        while let first = resting.first, first.until <= now {
            resting.removeFirst()
            if held[first.device]?.isNew ?? false {
                due.append(first.device)
            } else {
                held[first.device]?.isQueued = false
            }
        }
        guard let device = due.popFirst(), let entry = held[device]?.entry else { return nil }
        held[device]?.isNew = false
        resting.append((device, now + every))
        count += 1
        inFlight[count] = device
        return (entry, count)
    }

    /// - Returns: the reading that a state's answer is about, or a newer one of its device.
    mutating func answered(_ count: Int64) -> JournalEntry? {
        inFlight.removeValue(forKey: count).flatMap { held[$0]?.entry }
    }

    /// The connection has ended: what was on its way goes again after the device's rest.
    mutating func lost() {
        for device in inFlight.values { held[device]?.isNew = true }
        inFlight = [:]
    }
}

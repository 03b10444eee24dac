public import Contract
public import Domain
import Synchronization

/// What a follower of the journal has not yet taken: everything appended, in the order of its rows.
///
/// It grows until the follower takes it, about once a second.
public final class JournalFeed: Sendable {
    public enum Item: Sendable {
        case reading(JournalEntry, Reading)
        case event(JournalEntry, Event)
        /// A reading that was not sent: it is no row, and is counted in a later one.
        case held(Reading)
        /// Readings through this row that the follower does not need.
        case others(through: Int64)

        /// Nil for what is no row.
        public var row: Int64? {
            switch self {
            case .reading(let entry, _), .event(let entry, _): entry.row
            case .others(let row): row
            case .held: nil
            }
        }
    }

    private struct State: Sendable {
        var items: [Item] = []
        var devices: Set<String> = []
    }

    private let state = Mutex(State())

    public init() {}

    /// Sets the devices whose readings are kept from now on; events are always kept.
    public func want(_ devices: Set<String>) { state.withLock { $0.devices = devices } }

    /// Returns everything that has come since the last call.
    public func take() -> [Item] {
        state.withLock { state in
            defer { state.items.removeAll(keepingCapacity: true) }
            return state.items
        }
    }

    /// Called within the journal's lock, which preserves the order.
    func add(_ entry: JournalEntry, _ reading: Reading) {
        state.withLock { state in
            if state.devices.contains(reading.shape.device) {
                state.items.append(.reading(entry, reading))
            } else if case .others = state.items.last {
                state.items[state.items.count - 1] = .others(through: entry.row)
            } else {
                state.items.append(.others(through: entry.row))
            }
        }
    }

    /// Called within the journal's lock, which preserves the order.
    func add(_ entry: JournalEntry, _ event: Event) { state.withLock { $0.items.append(.event(entry, event)) } }

    /// Called within the journal's lock, which preserves the order.
    func add(held reading: Reading) {
        state.withLock { state in
            if state.devices.contains(reading.shape.device) { state.items.append(.held(reading)) }
        }
    }
}

public import Contract
public import Domain
import Control
import JSON
import Synchronization

/// The newest events of all kinds, for whoever looks: those of this run, and before them those that the journal held at
/// the start.
public final class EventBoard: Sendable {
    /// How many are kept.
    public static let most = 200
    /// How many bytes the data of one may have.
    private static let longestData = 8_192

    private struct Entry: Sendable {
        var stamp: Stamp
        var event: RecentEvents.Event
    }

    /// Oldest first.
    private let entries = Mutex<[Entry]>([])

    public init() {}

    public func note(_ event: Event) {
        let entry = Entry(
            stamp: event.stamp,
            event: Self.event(event.name, event.severity, event.site, event.device) { text in
                text.object(event.data.lazy.map { ($0.key, $0.value) })
            }
        )
        entries.withLock { entries in
            entries.append(entry)
            if entries.count > Self.most { entries.removeFirst(entries.count - Self.most) }
        }
    }

    /// Puts events of earlier runs before those of this one, oldest first. What is no event is left out.
    public func fill(_ stored: [JournalEntry]) {
        let earlier = stored.compactMap { entry in
            StoredEvent(entry).map { event in
                Entry(
                    stamp: entry.stamp,
                    event: Self.event(event.name, event.severity, event.site, event.device) { text in
                        text.object(event.data.lazy.map { ($0.key, $0.value) })
                    }
                )
            }
        }
        entries.withLock { $0 = Array((earlier + $0).suffix(Self.most)) }
    }

    /// The newest first. A time of this boot is the present clock's, so that events before its correction are right.
    func recent(_ time: some TimeSource) -> RecentEvents {
        let entries = entries.withLock { $0 }
        let now = time.stamp()
        return RecentEvents(
            events: entries.reversed().map { entry in
                var event = entry.event
                let stamp = entry.stamp.boot == now.boot ? time.stamp(at: entry.stamp.uptime) : entry.stamp
                event.time = stamp.time.description
                event.clock = stamp.clock == .synchronised ? nil : stamp.clock.rawValue
                return event
            }
        )
    }

    private static func event(
        _ name: EventName,
        _ severity: Severity,
        _ site: String?,
        _ device: String?,
        _ write: (inout JSONText) -> Void
    ) -> RecentEvents.Event {
        var text = JSONText()
        write(&text)
        if text.count > longestData {
            let count = text.count
            text.removeAll()
            text.raw("{\"bytes_left_out\":")
            text.integer(count)
            text.raw("}")
        }
        return RecentEvents.Event(
            time: "",
            name: name.rawValue,
            severity: severity.rawValue,
            site: site,
            device: device,
            data: String(decoding: text.bytes, as: UTF8.self)
        )
    }
}

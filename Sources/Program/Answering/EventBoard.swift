public import Contract
public import Domain
import Control
import JSON
import Synchronization

/// The newest events, for whoever looks: those of this run, and before them those that the journal held at the start.
///
/// A camera reports more passages in a minute than everything else happens in a month. So what devices report has
/// places of its own, and drives out nothing that the gateway itself has noticed.
public final class EventBoard: Sendable {
    /// How many events of the gateway, and of devices, are kept.
    public static let mostOfGateway = 150
    public static let mostOfDevices = 50
    /// How many bytes the data of one may have.
    private static let longestData = 8_192

    private struct Entry: Sendable {
        var stamp: Stamp
        var event: RecentEvents.Event
    }

    private struct Entries: Sendable {
        /// Each oldest first.
        var gateway: [Entry] = []
        var devices: [Entry] = []
    }

    private let entries = Mutex(Entries())

    public init() {}

    public func note(_ event: Event) {
        let entry = Entry(
            stamp: event.stamp,
            event: Self.event(event.name, event.severity, event.site, event.device) { text in
                text.object(event.data.lazy.map { ($0.key, $0.value) })
            }
        )
        entries.withLock { entries in
            if event.byDevice {
                entries.devices = Array((entries.devices + [entry]).suffix(Self.mostOfDevices))
            } else {
                entries.gateway = Array((entries.gateway + [entry]).suffix(Self.mostOfGateway))
            }
        }
    }

    /// Puts events of earlier runs before those of this one, oldest first. What is no event is left out.
    public func fill(ofGateway: [JournalEntry], ofDevices: [JournalEntry]) {
        let (gateway, devices) = (Self.entries(ofGateway), Self.entries(ofDevices))
        entries.withLock { entries in
            entries.gateway = Array((gateway + entries.gateway).suffix(Self.mostOfGateway))
            entries.devices = Array((devices + entries.devices).suffix(Self.mostOfDevices))
        }
    }

    private static func entries(_ stored: [JournalEntry]) -> [Entry] {
        stored.compactMap { entry in
            StoredEvent(entry).map { event in
                Entry(
                    stamp: entry.stamp,
                    event: Self.event(event.name, event.severity, event.site, event.device) { text in
                        text.object(event.data.lazy.map { ($0.key, $0.value) })
                    }
                )
            }
        }
    }

    /// The newest first. A time of this boot is the present clock's, so that events before its correction are right.
    func recent(_ time: some TimeSource) -> RecentEvents {
        let entries = entries.withLock { $0 }
        let now = time.stamp()
        var all = (entries.gateway + entries.devices).map { entry in
            var entry = entry
            if entry.stamp.boot == now.boot { entry.stamp = time.stamp(at: entry.stamp.uptime) }
            entry.event.time = entry.stamp.time.description
            entry.event.clock = entry.stamp.clock == .synchronised ? nil : entry.stamp.clock.rawValue
            return entry
        }
        all.sort { $0.stamp.time > $1.stamp.time }
        return RecentEvents(events: all.map(\.event))
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

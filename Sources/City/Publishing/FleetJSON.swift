public import Domain
import JSON

/// All gateways as JSON, for programs.
public enum FleetJSON {
    public static func text(_ boxes: [FleetBox], now: Instant) -> [UInt8] {
        var json = JSONText(reserving: 256 * (boxes.count + 1))
        json.json(.array(FleetBox.sorted(boxes, now: now).map { value(of: $0, now: now) }))
        return json.bytes
    }

    private static func value(of box: FleetBox, now: Instant) -> DataValue {
        var members: [DataValue.Member] = [.init("gateway", .string(box.name))]
        func add(_ name: String, _ value: DataValue?) { members.append(.init(name, value ?? .null)) }
        add("need", .string(box.need(now: now).word))
        add("state", box.state.map { .string($0) })
        add("silent", .bool(box.isSilent(now: now)))
        add("heard_at", box.heardAt.map { .string($0.description) })
        add(
            "devices",
            box.devices.map {
                .object([
                    .init("total", .integer($0.total)), .init("answering", .integer($0.answering)),
                    .init("verified", .integer($0.verified)),
                ])
            }
        )
        add("pending", box.pending.map { .integer($0) })
        add("oldest_pending", box.oldestPending.map { .string($0.description) })
        add("waiting", box.waiting(now: now).map { .string($0.rawValue) })
        add("clock_synchronised", box.hasTime.map { .bool($0) })
        add("journal_bytes", box.journal.map { .integer($0) })
        add("journal_limit", box.journalLimit.map { .integer($0) })
        add("free_bytes", box.free.map { .integer($0) })
        add("temperature", box.temperature.map { .number(.float64($0)) })
        add("version", box.version.map { .string($0) })
        add("configuration", box.configuration.map { .string($0) })
        add(
            "last_event",
            box.event.map {
                .object([
                    .init("event", .string($0.name)), .init("severity", .string($0.severity)),
                    .init("at", .string($0.at.description)),
                ])
            }
        )
        add(
            "day",
            box.day.map {
                .object([
                    .init("day", .string($0.day)), .init("verdict", .string($0.verdict)),
                    .init("missing", .integer($0.missing)),
                ])
            }
        )
        return .object(members)
    }
}

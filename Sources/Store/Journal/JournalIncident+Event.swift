import Contract
public import Domain

extension JournalIncident {
    private static func naming(_ device: JournalDevice) -> [(key: String, value: DataValue)] {
        (device.site.map { [("site", .string($0))] } ?? []) + [("device", .string(device.device))]
    }

    private static func value(_ range: OwedRange) -> DataValue {
        .object([
            .init("epoch", .string(range.epoch)), .init("first", .integer(range.first)),
            .init("last", .integer(range.last)), .init("count", .integer(range.count)),
        ])
    }

    /// Returns the event that reports the incident.
    public func event(_ stamp: Stamp) -> Event {
        switch self {
        case .corruptFileSetAside(let file, let message):
            Event(
                .storage,
                severity: .alarm,
                stamp: stamp,
                data: [
                    ("what", .string("corrupt_file_set_aside")), ("file", .string(file)), ("detail", .string(message)),
                ]
            )
        case .destinationRemoved(let id, let owed, let ranges):
            Event(
                .gap,
                severity: .warning,
                stamp: stamp,
                data: [
                    ("reason", .string("destination_removed")), ("destination", .string(id)), ("count", .integer(owed)),
                    ("ranges", .array(ranges.map(Self.value))),
                ]
            )
        case .loss(let loss):
            Event(
                .gap,
                // What is not kept had been acknowledged once.
                severity: loss.reason == .notKept ? .warning : .alarm,
                stamp: stamp,
                data: [
                    ("reason", .string(loss.reason.rawValue)), ("epoch", .string(loss.epoch)),
                    ("first", .integer(loss.first)), ("last", .integer(loss.last)), ("count", .integer(loss.count)),
                    ("destinations", .array(loss.destinations.map { .string($0) })),
                ] + (loss.device.map(Self.naming) ?? [])
            )
        case .slowCommit(let duration):
            Event(
                .storage,
                severity: .warning,
                stamp: stamp,
                data: [("what", .string("slow_commit")), ("milliseconds", .integer(duration.wholeMilliseconds))]
            )
        case .stalled(let error):
            Event(
                .storage,
                severity: .alarm,
                stamp: stamp,
                data: [("what", .string("stalled")), ("detail", .string(error.description))]
            )
        case .resumed:
            Event(.storage, severity: .info, stamp: stamp, data: [("what", .string("resumed"))])
        }
    }
}

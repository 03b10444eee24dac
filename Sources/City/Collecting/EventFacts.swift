import Contract
import Domain

/// What an event of a gateway says about its ledger, read from the event's data.
struct EventFacts {
    struct Previous {
        var epoch: String
        var committedThrough: Int64
        var isClean: Bool
    }

    struct Lost {
        var epoch: String
        var first: Int64
        var last: Int64
        var count: Int64
        var reason: String
        /// The destinations that do not get them; empty where the event names none.
        var destinations: [String]
    }

    enum Kind {
        case start
        case lost(Lost)
        case clockSet(boot: String, began: Int64)
        case other
    }

    let kind: Kind
    let previous: Previous?
    let eventID: String?
    /// The event's members behind its name and severity.
    let body: [(String, DataValue)]

    var lostEpoch: String? { if case .lost(let lost) = kind { lost.epoch } else { nil } }

    init(_ event: StoredEvent) {
        let data = Members(event.data)
        eventID = data.text("event_id")
        var body: [(String, DataValue)] = [("data", .object(event.data))]
        if let time = event.sourceTime { body.append(("source_time", .string(time.description))) }
        if !event.tooLong.isEmpty { body.append(("too_long", .array(event.tooLong.map { .string($0) }))) }
        self.body = body
        // A device's event may have any name.
        let isGateways = event.device == nil || event.name.rawValue == "gap"
        switch event.name.rawValue {
        case "start" where isGateways:
            kind = .start
            let previous = Members(data.members("previous"))
            if let epoch = previous.text("epoch"), let through = previous.number("committed_through") {
                self.previous = Previous(
                    epoch: epoch,
                    committedThrough: through,
                    isClean: previous.truth("clean") ?? false
                )
            } else {
                self.previous = nil
            }
            return
        case "gap":
            kind = Self.gap(data).map { .lost($0) } ?? .other
        case "quarantine":
            if let epoch = data.text("epoch"), let seq = data.number("seq"), seq > 0 {
                let code = data.number("code").map { " \($0)" } ?? ""
                kind = .lost(
                    Lost(
                        epoch: epoch,
                        first: seq,
                        last: seq,
                        count: 1,
                        reason: "quarantine" + code,
                        destinations: data.text("destination").map { [$0] } ?? []
                    )
                )
            } else {
                kind = .other
            }
        case "clock" where data.text("clock") == ClockState.synchronised.rawValue:
            if let boot = data.text("boot"), let began = data.number("boot_time_ms") {
                kind = .clockSet(boot: boot, began: began)
            } else {
                kind = .other
            }
        default: kind = .other
        }
        previous = nil
    }

    private static func gap(_ data: Members) -> Lost? {
        guard let epoch = data.text("epoch"), let first = data.number("first"), let last = data.number("last"),
            let count = data.number("count"), first > 0, first <= last, last < .max, count > 0
        else { return nil }
        return Lost(
            epoch: epoch,
            first: first,
            last: last,
            count: min(count, last - first + 1),
            reason: data.text("reason") ?? "",
            destinations: data.texts("destinations") + (data.text("destination").map { [$0] } ?? [])
        )
    }
}

/// The members of an event's data.
private struct Members {
    private let members: [DataValue.Member]

    init(_ members: [DataValue.Member]) { self.members = members }

    private func value(_ name: String) -> DataValue? { members.first { $0.key == name }?.value }

    func text(_ name: String) -> String? {
        if case .string(let text)? = value(name) { text } else { nil }
    }

    func number(_ name: String) -> Int64? {
        if case .number(.integer(let number))? = value(name) { number } else { nil }
    }

    func truth(_ name: String) -> Bool? {
        if case .bool(let truth)? = value(name) { truth } else { nil }
    }

    func members(_ name: String) -> [DataValue.Member] {
        if case .object(let members)? = value(name) { members } else { [] }
    }

    func texts(_ name: String) -> [String] {
        guard case .array(let elements)? = value(name) else { return [] }
        return elements.compactMap { if case .string(let text) = $0 { text } else { nil } }
    }
}

import Domain
import PageParts
import Speech

/// A gateway's row in the words of a reader.
struct FleetWords {
    let box: FleetBox
    let now: Instant
    let telling: Telling

    init(_ box: FleetBox, now: Instant, telling: Telling) {
        self.box = box
        self.now = now
        self.telling = telling
    }

    private func text(_ phrase: FleetPhrase, _ blanks: String...) -> String {
        telling.text(Sentence(phrase, arguments: blanks))
    }

    var state: String {
        switch box.state {
        case nil: text(.unknown)
        case "online": text(box.isSilent(now: now) ? .silent : .online)
        case "stopping": text(.stopping)
        default: text(.offline)
        }
    }

    /// `12/13`.
    var devices: String { box.devices.map { "\($0.answering)/\($0.total)" } ?? "–" }

    /// `1.204 kirim`: how many wait, and why.
    var owed: String {
        guard let pending = box.pending else { return "–" }
        let count = telling.number(pending)
        switch box.waiting(now: now) {
        case .away: return count + " " + text(.away)
        case .sending: return count + " " + text(.sending)
        case .late: return count + " " + text(.late)
        case nil: return count
        }
    }

    var clock: String { box.hasTime.map { text($0 ? .clockSet : .clockUnset) } ?? "–" }

    var free: String { box.free.map(telling.bytes) ?? "–" }

    /// The digest's beginning: equal beginnings are equal configurations.
    var configuration: String { box.configuration.map { String($0.prefix(4)) } ?? "–" }

    var event: String { box.event.map { $0.name + " " + telling.moment($0.at, now: now) } ?? "–" }

    /// The newest day's verdict.
    var day: String {
        switch box.day?.verdict {
        case nil: "–"
        case "complete": text(.complete)
        case "given_up": text(.givenUp)
        case "open": text(.open)
        default: text(.incomplete)
        }
    }

    /// What a person should do; nil for nothing.
    var need: String? {
        switch box.need(now: now) {
        case .neverHeard: text(.neverHeard)
        case .silent: text(.silentSince, box.heardAt.map { telling.moment($0, now: now) } ?? "–")
        case .missing: text(.missing, telling.number(box.day?.missing ?? 0), box.day?.day ?? "", box.name)
        case .clock: text(.needsClock)
        case .disk: text(.needsDisk, free)
        case .devices:
            box.devices.map { text(.needsDevices, telling.number($0.total - $0.answering), telling.number($0.total)) }
        case .backlog:
            text(
                .needsSending,
                telling.number(box.pending ?? 0),
                box.oldestPending.map { telling.moment($0, now: now) } ?? "–"
            )
        case .event: box.event.map { text(.needsEvent, $0.name, telling.moment($0.at, now: now)) }
        case .none: nil
        }
    }

    var badge: Badge {
        switch box.need(now: now) {
        case .none: Badge(.good, state)
        case .neverHeard: Badge(.unknown, state)
        case .silent, .missing, .clock, .disk: Badge(.bad, state)
        case .devices, .backlog, .event: Badge(.unsure, state)
        }
    }
}

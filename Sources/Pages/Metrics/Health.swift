public import Control
import Domain

/// Whether the gateway does its work, for whoever restarts it or looks after many.
///
/// It fails only where the gateway itself cannot do its work. An uplink that is down, a device that is silent or a
/// clock without NTP is a note: readings are made and kept meanwhile, and a restart would mend nothing.
public struct Health: Hashable, Sendable {
    public enum State: String, Sendable {
        case healthy
        /// It works, and somebody should look.
        case degraded
        /// It does not do its work.
        case failing
    }

    /// Why it is not healthy. The words are for programs, and never change.
    public struct Reason: Hashable, Sendable {
        public var word: String
        /// For people, in English like all words in payloads.
        public var text: String
        /// Whether it keeps the gateway from its work.
        public var fails: Bool
    }

    public let reasons: [Reason]

    /// - Parameter status: nil when no gateway answers.
    public init(of status: SystemStatus?) {
        guard let status else {
            reasons = [Reason(word: "no_gateway", text: "no gateway answers", fails: true)]
            return
        }
        reasons = Self.failures(of: status) + Self.notes(of: status)
    }

    public var state: State {
        if reasons.contains(where: \.fails) { return .failing }
        return reasons.isEmpty ? .healthy : .degraded
    }

    /// The code of the answer in HTTP: 503 when it fails, else 200.
    public var code: Int { state == .failing ? 503 : 200 }

    /// One line of text without its end: `degraded: destination city is not connected; ...`.
    public var line: String {
        let texts = reasons.map { $0.text.visible }
        return texts.isEmpty ? state.rawValue : state.rawValue + ": " + texts.joined(separator: "; ")
    }

    private static func failures(of status: SystemStatus) -> [Reason] {
        var reasons: [Reason] = []
        if status.state != "online" {
            reasons.append(Reason(word: "stopping", text: "the gateway is \(status.state)", fails: true))
        }
        if status.journal.isStalled {
            let text = "the disk takes nothing; \(status.journal.waiting) entries wait in memory"
            reasons.append(Reason(word: "journal_stalled", text: text, fails: true))
        }
        return reasons
    }

    private static func notes(of status: SystemStatus) -> [Reason] {
        var reasons: [Reason] = []
        func note(_ word: String, _ text: String) { reasons.append(Reason(word: word, text: text, fails: false)) }
        if status.journal.lost > 0 {
            note("entries_lost", "\(status.journal.lost) entries were given up since the start")
        }
        for destination in status.destinations {
            if !destination.connected {
                note(
                    "destination_away",
                    "destination \(destination.id) is not connected; \(destination.pending) entries wait"
                )
            } else if destination.refusesAll != nil {
                note("destination_refuses", "destination \(destination.id) refuses every message")
            } else if destination.waitsForSubscriber {
                note("nobody_subscribes", "nobody subscribes to what waits for destination \(destination.id)")
            }
        }
        for bus in status.buses where !bus.connected { note("bus_away", "bus \(bus.id) is not connected") }
        let silent = status.devices.count { $0.answering == false }
        if silent > 0 { note("devices_silent", "\(silent) of \(status.devices.count) devices do not answer") }
        if status.clock != .synchronised { note("clock_unsynchronised", "nobody vouches for the clock") }
        return reasons
    }
}

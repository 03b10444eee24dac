import Contract
import Domain
import Forwarding
import Installation
import Journal

/// The open figures on their way to each destination, as far as its configuration wants them.
struct OpenFigures {
    private var paces: [String: OpenPace] = [:]
    /// Topics that are being emptied because the destination does not get them any more.
    private var clearing: [String: [String]] = [:]

    private static func key(_ destination: String) -> String { "selection/" + destination }

    /// Gives every destination the figures of a round, now or at its next turn.
    mutating func take(
        _ figures: [(figure: Figure, topic: String, payload: [UInt8])],
        for destinations: [Destinations.Served],
        now: Uptime
    ) {
        for (destination, forwarder) in destinations {
            let selection = destination.indicators
            let wanted = figures.filter {
                selection.takesOpen(scope: $0.figure.scope, window: $0.figure.window.kind.rawValue)
            }
            guard case .every(let pause) = selection.open else {
                for figure in wanted { forwarder.announce(topic: figure.topic, payload: figure.payload) }
                continue
            }
            let turn = paces[destination.id, default: OpenPace()].take(
                wanted.map { ($0.topic, $0.payload) },
                every: pause,
                now: now
            )
            for (topic, payload) in turn { forwarder.announce(topic: topic, payload: payload, once: true) }
        }
    }

    /// Empties the retained figures that a destination got before its configuration left them out.
    ///
    /// - Parameter names: of all figures, as in topics.
    mutating func leaveOut(
        _ names: [String],
        for destinations: [Destinations.Served],
        _ topics: Topics,
        _ journal: Journal
    ) {
        clearing = [:]
        for (destination, forwarder) in destinations {
            let stored = journal.load(Self.key(destination.id)).map { String(decoding: $0, as: UTF8.self) }
            let before = stored.flatMap { FigureSelection($0) } ?? .everything
            let now = destination.indicators
            guard "\(before)" != "\(now)" else { continue }
            let gone = names.filter { name in
                let (scope, window) = Self.place(of: name)
                return before.takesOpen(scope: scope, window: window) && !now.takesOpen(scope: scope, window: window)
            }
            clearing[destination.id] = gone.map { topics.indicator($0) }
            for topic in clearing[destination.id] ?? [] { forwarder.announce(topic: topic, payload: nil) }
        }
        // What waits may no longer be wanted; it comes again when it changes.
        paces = paces.filter { id, _ in
            clearing[id] == nil && destinations.contains { $0.configured.id == id }
        }
    }

    /// Notes the destinations that have acknowledged all that was emptied; nothing is emptied again at the next start.
    mutating func settle(_ destinations: [Destinations.Served], _ journal: Journal) {
        for (destination, forwarder) in destinations {
            guard let topics = clearing[destination.id], !forwarder.owesState(of: topics) else { continue }
            // If the disk stores nothing now, the next start empties them again.
            _ = journal.save([(Self.key(destination.id), Array("\(destination.indicators)".utf8))], through: 0)
            clearing[destination.id] = nil
        }
    }

    /// The scope and the window of `mobility/traffic-volume/gateway/day`.
    private static func place(of name: String) -> (scope: String, window: String) {
        let parts = name.split(separator: "/").suffix(2).map(String.init)
        return parts.count == 2 ? (parts[0], parts[1]) : ("", "")
    }
}

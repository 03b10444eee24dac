import Contract
import Domain
import Foundation
import Journal

/// Reads a journal's entry back into what was appended, as far as the indicators need it.
enum EntryReader {
    /// Nil when the entry's body is not what this program writes.
    static func observation(_ entry: JournalEntry) -> Observation? {
        // Only a damaged body is no JSON, and damaged rows are not read.
        guard let body = try? JSONDecoder().decode(Body.self, from: Data([0x7B] + entry.body + [0x7D])) else {
            return nil
        }
        let sourceTime = body.source_time.flatMap { Instant(iso8601: $0) }
        if let points = body.points {
            let observed = points.map { name, point in
                PointObservation(
                    name: name,
                    value: point.value?.number,
                    quality: point.quality.flatMap(Quality.init) ?? .good,
                    increase: point.increase?.number,
                    since: point.since.flatMap { Instant(iso8601: $0) },
                    reason: point.reason
                )
            }
            return Observation(entry, sourceTime: sourceTime, .reading(observed))
        }
        guard let name = body.event else { return nil }
        var event = EventObservation(name: name)
        for (key, value) in body.data ?? [:] { add(value, key, to: &event) }
        return Observation(entry, sourceTime: sourceTime, .event(event))
    }

    private static func add(_ node: Node, _ key: String, to event: inout EventObservation) {
        switch node {
        case .number: event.numbers[key] = node.number
        case .word(let text): event.words[key] = text
        case .object(let members): for (inner, value) in members { add(value, key + "." + inner, to: &event) }
        case .other: break
        }
    }

    private struct Body: Decodable {
        var points: [String: Point]?
        var source_time: String?
        var event: String?
        var data: [String: Node]?
    }

    private struct Point: Decodable {
        var value: Node?
        var quality: String?
        var reason: String?
        var increase: Node?
        var since: String?
    }

    private enum Node: Decodable {
        case number(Fixed?)
        case word(String)
        case object([String: Node])
        case other

        init(from decoder: any Decoder) throws {
            // Each attempt that does not fit throws; what fits none is nothing that is computed with.
            let container = try decoder.singleValueContainer()
            if let bool = try? container.decode(Bool.self) {  // a coil counts as 0 or 1, like `Value.decimal`
                self = .number(Fixed(bool ? 1 : 0))
            } else if let number = try? container.decode(Decimal.self) {  // exact, where Double is not
                self = .number(DecimalNumber("\(number)").flatMap { Fixed($0) })
            } else if let number = try? container.decode(Double.self) {  // beyond Decimal's exponents
                self = .number(DecimalNumber(number.description).flatMap { Fixed($0) })
            } else if let text = try? container.decode(String.self) {  // else the next type
                self = .word(text)
            } else if let members = try? container.decode([String: Node].self) {  // else the next type
                self = .object(members)
            } else {
                self = .other
            }
        }

        var number: Fixed? {
            guard case .number(let number) = self else { return nil }
            return number
        }
    }
}

import Domain
import JSON
import Profiles

/// Makes the messages for one event: its beginning, sometimes an update, its end, and sometimes the end again, so that
/// a test sees whether it is counted once.
struct EventCasting: Sendable {
    private let chance: Chance
    private let measures: Profile.Measures

    init(chance: Chance, measures: Profile.Measures) {
        self.chance = chance
        self.measures = measures
    }

    /// - Parameters:
    ///   - number: the event's number, for its id and its random values.
    ///   - base: the other members of the message.
    func story(
        _ rule: EventRule,
        number: Int64,
        base: DataValue,
        message: MQTTAccess.Message,
        at now: MQTTDevice.Moment
    ) -> [DataValue] {
        var document = base
        for (key, path) in rule.data { MessageWriter.put(plausible(key, path, number, now), at: path, in: &document) }
        for (path, accepted) in rule.when where !accepted.isEmpty {
            MessageWriter.put(.string(chance.choice(accepted, number, 1)), at: path, in: &document)
        }
        MessageWriter.put(.string(id(number, now)), at: rule.id, in: &document)
        let end = withBefore(document)
        var story: [DataValue] = []
        if let (path, accepted) = rule.when.first(where: { $0.path.leaf == "type" }) {
            let words = ["new"] + (chance.fraction(number, 2) < 0.5 ? ["update"] : [])
            for word in words where !accepted.contains(word) {
                var earlier = document
                MessageWriter.put(.string(word), at: path, in: &earlier)
                if case .path(let time)? = message.time?.place, time.leaf.hasPrefix("end") {
                    MessageWriter.put(.null, at: time, in: &earlier)
                }
                story.append(withBefore(earlier))
            }
        }
        story.append(end)
        if chance.fraction(number, 3) < 0.1 { story.append(end) }
        return story
    }

    /// Frigate reports the state before beside the state after.
    private func withBefore(_ document: DataValue) -> DataValue {
        guard case .object(let members) = document, let after = members.first(where: { $0.key == "after" }) else {
            return document
        }
        return .object(members + [DataValue.Member("before", after.value)])
    }

    /// Unique across devices and starts: the event's time, its number and letters that depend on both.
    private func id(_ number: Int64, _ now: MQTTDevice.Moment) -> String {
        let millis = now.time.millisecondsSince1970
        let letters = String(chance.word(number, millis) % 2_176_782_336, radix: 36)  // six of them
        return "\(DecimalNumber(millis).shifted(by: -3))-\(number)-\(letters)"
    }

    private func plausible(_ key: String, _ path: JSONPath, _ number: Int64, _ now: MQTTDevice.Moment) -> DataValue {
        let name = key + " " + path.leaf
        func decimal(_ low: Double, _ high: Double) -> DataValue {
            let value = (chance.between(low, high, number, 4) * 100).rounded() / 100
            return MessageWriter.json(.real(value))
        }
        if name.contains("zone") {
            let zones = ["utara", "selatan", "timur", "barat"]
            let from = chance.choice([0, 1, 2, 3], number, 5)
            let list = [zones[from]] + (chance.fraction(number, 6) < 0.6 ? [zones[(from + 1) % 4]] : [])
            if case .index? = path.steps.last { return .string(list[0]) }
            return .array(list.map { .string($0) })
        }
        if name.containsAny("label", "class", "category") {
            let words =
                measures == .waste
                ? ["plastik", "kertas", "logam", "kaca"]
                : ["motorcycle", "motorcycle", "motorcycle", "car", "car", "truck", "bus", "bicycle"]
            return .string(chance.choice(words, number, 7))
        }
        if name.containsAny("time", "start", "end") {
            return .number(.decimal(DecimalNumber(now.time.millisecondsSince1970).shifted(by: -3)))
        }
        if name.containsAny("weight", "net", "gross", "kg") { return decimal(0.2, 25) }
        if name.contains("speed") { return decimal(18, 48) }
        if name.contains("score") { return decimal(0.6, 0.95) }
        if name.contains("direction") { return .string(chance.choice(["masuk", "keluar"], number, 8)) }
        if name.contains("camera") { return .string("simpang_1") }
        if name.contains("unit") { return .string("kg") }
        return .string("simulasi")
    }
}

extension JSONPath {
    /// The last key.
    var leaf: String {
        for case .key(let key) in steps.reversed() { return key }
        return ""
    }
}

import Documents
import Domain
import JSON

/// Reads the `mqtt` part of a profile.
enum MQTTReader {
    static func access(_ map: DocumentMap) -> MQTTAccess? {
        let problems = map.log.problems.count
        var messages: [MQTTAccess.Message] = []
        if let node = map.required("messages"), let named = node.mapping() {
            for (name, node) in named.entries() {
                if !Identifier.isPointName(name) { node.failName("\"\(name)\" is not a name: a-z, 0-9 and _") }
                guard let message = node.mapping() else { continue }
                let topic = message.required("topic").flatMap(topic)
                let parts = PartReader.read(message.optional("parts"))
                let time = message.optional("time")?.mapping().flatMap { Self.time($0, messages.count, parts) }
                let nodeIn = message.optional("node_in").flatMap { $0.jsonPath() }
                let row = message.optional("row")
                if let row, !message.has("time") {
                    row.fail("the row of an interval needs \"time\": where the message says which interval")
                }
                let end = row?.word(MQTTAccess.Row.self)
                message.finish()
                guard let topic else { continue }
                messages.append(
                    MQTTAccess.Message(name: name, topic: topic, parts: parts, time: time, nodeIn: nodeIn, row: end)
                )
            }
            if messages.isEmpty, map.log.problems.count == problems { node.fail("names no message") }
        }
        let availability = map.optional("availability")?.mapping().flatMap { map -> MQTTAccess.Availability? in
            let topic = map.required("topic").flatMap(topic)
            let online = map.optional("online")?.string() ?? "online"
            let offline = map.optional("offline")?.string() ?? "offline"
            map.finish()
            return topic.map { MQTTAccess.Availability(topic: $0, online: online, offline: offline) }
        }
        let reports = map.optional("reports")
        let reportsChangesOnly = reports?.word(of: ["always": false, "on_change": true]) ?? false
        if reportsChangesOnly, !map.has("availability") {
            reports?.fail("needs \"availability\": what else says that a device that tells nothing is there?")
        }
        map.finish()
        guard map.log.problems.count == problems else { return nil }
        return MQTTAccess(messages: messages, availability: availability, reportsChangesOnly: reportsChangesOnly)
    }

    private static func topic(_ node: DocumentNode) -> String? {
        guard let topic = node.string() else { return nil }
        if topic.utf8.contains(0) {
            node.fail("a topic has no NUL")
            return nil
        }
        if topic.contains("#") {
            node.fail("no # in a topic: + stands for one level that does not matter, {node} for what names the device")
            return nil
        }
        if topic.split(separator: "/").contains(where: { $0.contains("+") && $0 != "+" }) {
            node.fail("+ stands for a whole level, between two slashes")
            return nil
        }
        let rest = topic.split(separator: "{node}", omittingEmptySubsequences: false).joined()
        if rest.contains("{") || rest.contains("}") {
            node.fail("only {node} can be filled in")
            return nil
        }
        return topic
    }

    private static func time(_ map: DocumentMap, _ message: Int, _ parts: [MessagePart]) -> MessageTime? {
        let place: MessageTime.Place?
        if let node = map.optional("part") {
            place = PartPlaceReader(parts: parts, message: message).place(node, map, time: true)
                .map { .part($0, name: parts[$0.part].name) }
        } else {
            place = map.required("path").flatMap { $0.jsonPath() }.map { .path($0) }
        }
        let format = map.required("format")?.word(MessageTime.Format.self)
        // As a configuration says: times without an offset are in the gateway's timezone.
        var zone: MessageTime.Zone = .gateway
        if let node = map.optional("zone"), let text = node.string() {
            switch text {
            case "utc": zone = .utc
            case "gateway": zone = .gateway
            default:
                guard let offset = offset(text) else {
                    node.fail("expected utc, gateway (the configuration's timezone) or an offset such as \"+07:00\"")
                    break
                }
                zone = .offset(offset)
            }
        }
        map.finish()
        guard let place, let format else { return nil }
        return MessageTime(place: place, format: format, zone: zone, isZoneNamed: map.has("zone"))
    }

    private static func offset(_ text: String) -> Int64? {
        guard Instant(iso8601: "2000-01-01T00:00:00" + text) != nil, text.hasPrefix("+") || text.hasPrefix("-"),
            let shifted = Instant(iso8601: "2000-01-01T00:00:00" + text),
            let base = Instant(iso8601: "2000-01-01T00:00:00Z")
        else { return nil }
        return (base - shifted).wholeMilliseconds / 1_000
    }
}

extension DocumentNode {
    func jsonPath() -> JSONPath? {
        guard let text = string() else { return nil }
        if let path = JSONPath(text) { return path }
        fail(
            "\"\(text)\" is not a path; write keys with dots, such as HX711.Weight or lanes[0].count; a "
                + "key that holds dots stands in quotes, such as '[\"a.b\"].c'"
        )
        return nil
    }
}

/// Reads the `events` part of an MQTT profile.
enum EventReader {
    static func read(_ node: DocumentNode?, messages: [MQTTAccess.Message]) -> [EventRule] {
        guard let map = node?.mapping() else { return [] }
        return map.entries().compactMap { name, node in
            if !Identifier.isPointName(name) { node.failName("\"\(name)\" is not a name: a-z, 0-9 and _") }
            guard let map = node.mapping() else { return nil }
            let message = map.required("message").flatMap { $0.message(of: messages) }
            let id = map.required("id").flatMap { $0.jsonPath() }
            let when = map.optional("when")?.mapping()?.entries().compactMap {
                path,
                node -> (path: JSONPath, accepted: [String])? in
                let parsed = JSONPath(path)
                if parsed == nil {
                    node.failName("\"\(path)\" is not a path; write keys with dots, such as after.label")
                }
                return parsed.map { (path: $0, accepted: node.oneOrMore().compactMap { $0.string() }) }
            }
            let data = map.optional("data")?.mapping()?.entries().compactMap { key, node in
                if ["event_id"].contains(key) || !Identifier.isPointName(key) {
                    node.failName("\"\(key)\" cannot be a key of an event's data: a-z, 0-9 and _, and not event_id")
                }
                return node.jsonPath().map { (key: key, path: $0) }
            }
            let maxLength = map.optional("max_length")?.integer(in: 1...Point.greatestLength)
            map.finish()
            guard let message, let id else { return nil }
            return EventRule(
                name: name,
                message: message,
                when: when ?? [],
                id: id,
                data: data ?? [],
                maxLength: maxLength ?? EventRule.usualLength
            )
        }
    }
}

extension DocumentNode {
    /// Returns the index of a message by its name.
    func message(of messages: [MQTTAccess.Message]) -> Int? {
        guard let name = string() else { return nil }
        if let index = messages.firstIndex(where: { $0.name == name }) { return index }
        fail("no message is named \"\(name)\"\(NearestWord.hint(for: name, in: messages.map(\.name)))")
        return nil
    }
}

import Documents
import Domain
import JSON

/// Reads the `parts` of a message.
enum PartReader {
    /// More would be a mistake, and each costs time with every message.
    private static let most = 32

    static func read(_ node: DocumentNode?) -> [MessagePart] {
        guard let node, let map = node.mapping() else { return [] }
        let entries = map.entries()
        if entries.count > most { node.fail("at most \(most) parts") }
        var parts: [MessagePart] = []
        for (name, node) in entries {
            if !Identifier.isPointName(name) { node.failName("\"\(name)\" is not a name: a-z, 0-9 and _") }
            guard let map = node.mapping() else { continue }
            let part = part(name, map, after: parts)
            map.finish()
            if let part { parts.append(part) }
        }
        return parts
    }

    private enum Form: String, CaseIterable {
        case json
        case list
        case base64
        case hex
        case bytes

        var encoding: MessagePart.Encoding? { MessagePart.Encoding(rawValue: rawValue) }
    }

    private static func part(_ name: String, _ map: DocumentMap, after parts: [MessagePart]) -> MessagePart? {
        let problems = map.log.problems.count
        let form = map.required("as")?.word(Form.self)
        let source: PartSource?
        if let node = map.optional("part") {
            source = PartPlaceReader(parts: parts, message: 0).source(node, map)
        } else {
            source = map.has("path") ? map.optional("path")?.jsonPath().map { .payload($0) } : .payload(nil)
        }
        let channels = map.optional("channels")
        let separator = map.optional("separator")
        let pairs = map.optional("pairs")
        let items = map.optional("items")
        let length = map.optional("length")
        let order = map.optional("byte_order")
        let begins = map.optional("begins")
        let when = map.optional("when")?.mapping()?.entries().compactMap(condition)
        guard let form, let source else { return nil }
        if form != .list {
            for node in [separator, pairs, items] { node?.fail("only a list has separators and items") }
        }
        if form.encoding == nil {
            for node in [channels, length, order] { node?.fail("only bytes (as: base64, hex or bytes) have this") }
        }
        let kind: MessagePart.Kind
        switch form {
        case .json: kind = .json
        case .list:
            guard let text = separator?.string(), !text.isEmpty else {
                if separator == nil { map.fail("\"separator\" is missing: what stands between the items?") }
                return nil
            }
            let sign = pairs?.string()
            if sign?.isEmpty == true || sign == text { pairs?.fail("must be another text than the separator") }
            kind = .list(MessagePart.ListForm(separator: text, pairs: sign))
        case .base64, .hex, .bytes:
            guard let encoding = form.encoding else { return nil }
            if encoding == .bytes, case .payload(.some) = source {
                map.optional("as")?.fail("a JSON text holds no bare bytes; they are base64 or hex there")
            }
            kind = channels.map { .channels(encoding, self.channels($0)) } ?? .frame(encoding)
        }
        if channels != nil { length?.fail("channels come in any number; take the line away") }
        let beginning = begins.map { node in
            form == .list ? Array((node.string() ?? "").utf8) : bytes(node) ?? []
        }
        if form == .json { begins?.fail("only bytes and lists have a beginning") }
        let part = MessagePart(
            name: name,
            source: source,
            kind: kind,
            byteOrder: order?.word(of: PartPlaceReader.orders),
            length: (form == .list ? items : length).flatMap(span),
            begins: beginning ?? [],
            when: when ?? []
        )
        return map.log.problems.count == problems ? part : nil
    }

    private static func condition(_ path: String, _ node: DocumentNode) -> PathCondition? {
        let accepted = node.oneOrMore().compactMap { $0.scalar("a text") }
        guard let parsed = JSONPath(path) else {
            node.failName("\"\(path)\" is not a path; write keys with dots, such as after.label")
            return nil
        }
        return PathCondition(path: parsed, accepted: accepted)
    }

    // MARK: Channels

    private static func channels(_ node: DocumentNode) -> [MessagePart.Channel] {
        guard let map = node.mapping() else { return [] }
        var channels: [MessagePart.Channel] = []
        for (name, node) in map.entries() {
            if !Identifier.isPointName(name) { node.failName("\"\(name)\" is not a name: a-z, 0-9 and _") }
            guard let map = node.mapping() else { continue }
            let id = map.required("id")
            let count = map.required("bytes")
            map.finish()
            guard let id, let bytes = bytes(id), let length = count.flatMap(length) else { continue }
            if !(1...8).contains(bytes.count) { id.fail("an id has 1 to 8 bytes") }
            if let other = channels.first(where: { bytes.starts(with: $0.id) || $0.id.starts(with: bytes) }) {
                id.fail("begins as the id of \"\(other.name)\" does; which one follows could not be known")
            }
            channels.append(MessagePart.Channel(name: name, id: bytes, length: length))
        }
        if channels.isEmpty { node.fail("names no channel") }
        return channels
    }

    private static func length(_ node: DocumentNode) -> MessagePart.Channel.Length? {
        if node.isWord("counted") { return .counted }
        if node.isWord("rest") { return .rest }
        return node.integer(in: 0...255).map { .fixed($0) }
    }

    /// Bytes in hexadecimal: `01 75`.
    private static func bytes(_ node: DocumentNode) -> [UInt8]? {
        guard let text = node.scalar("bytes in hexadecimal, such as \"01 75\"") else { return nil }
        let words = text.split(separator: " ")
        let bytes = words.compactMap { $0.count == 2 ? UInt8($0, radix: 16) : nil }
        guard bytes.count == words.count, !bytes.isEmpty else {
            node.fail("expected bytes of two hexadecimal digits, in quotes, such as \"01 75\", found \"\(text)\"")
            return nil
        }
        return bytes
    }

    /// A number or two: `11`, `8-11`.
    private static func span(_ node: DocumentNode) -> ClosedRange<Int>? {
        PartPlaceReader.span(node, "a number such as 11, or numbers such as \"8-11\"", most: 65_536)
    }
}

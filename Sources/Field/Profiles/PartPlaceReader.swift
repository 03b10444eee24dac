import Documents
import Domain
import JSON

/// Reads where in a message's parts something is: a point's value, a message's time, or another part.
struct PartPlaceReader {
    let parts: [MessagePart]
    let message: Int

    static let orders: [String: ByteOrder] = [
        "big": .big, "little": .little, "ABCD": .big, "DCBA": .little, "BADC": .badc, "CDAB": .cdab,
    ]

    /// Where another part is, by `part` and `path`, `item`, `bytes` or `channel`.
    func source(_ node: DocumentNode, _ map: DocumentMap) -> PartSource? {
        guard let part = part(node), let locator = locator(part, map) else { return nil }
        if case .whole = locator, case .list = parts[part].kind {
            map.fail("which item? Write \"item\": its number from 1, or its name")
            return nil
        }
        return .part(part, locator)
    }

    /// - Parameter isTime: whether the value is a time, which needs no `type` in text.
    func place(_ node: DocumentNode, _ map: DocumentMap, time isTime: Bool = false) -> PartPlace? {
        guard let part = part(node) else { return nil }
        let type = map.optional("type")
        let order = map.optional("byte_order")?.word(of: Self.orders)
        guard let locator = locator(part, map) else { return nil }
        switch parts[part].kind {
        case .json, .list:
            if case .whole = locator {
                map.fail("where in \"\(parts[part].name)\"? Write a path, or the item's number from 1")
                return nil
            }
            map.optional("byte_order")?.fail("only bytes have an order")
            let value = isTime ? .string : type.map { $0.word(Point.MessageValue.self) } ?? .number
            return value.map { PartPlace(message: message, part: part, locator: locator, form: .text($0)) }
        case .frame, .channels:
            guard let type else {
                map.fail("\"type\" is missing: what do the bytes hold?")
                return nil
            }
            guard let form = bytes(type, order, part, locator, map) else { return nil }
            return PartPlace(message: message, part: part, locator: locator, form: form)
        }
    }

    private func part(_ node: DocumentNode) -> Int? {
        guard let name = node.string() else { return nil }
        if let index = parts.firstIndex(where: { $0.name == name }) { return index }
        node.fail("no part is named \"\(name)\" here or above\(NearestWord.hint(for: name, in: parts.map(\.name)))")
        return nil
    }

    // MARK: Where

    private func locator(_ part: Int, _ map: DocumentMap) -> PartLocator? {
        let keys = ["path", "item", "bytes", "channel"]
        let kind = parts[part].kind
        func only(_ allowed: [String]) -> Bool {
            for key in keys where map.has(key) && !allowed.contains(key) {
                map.optional(key)?
                    .fail(
                        "\"\(parts[part].name)\" is \(words(kind)); in it "
                            + "\(allowed.joined(separator: ", ")) is possible"
                    )
                return false
            }
            return true
        }
        switch kind {
        case .json:
            guard only(["path"]) else { return nil }
            return map.has("path") ? map.optional("path")?.jsonPath().map { .path($0) } : .whole
        case .list(let form):
            guard only(["item"]) else { return nil }
            guard let node = map.optional("item") else { return .whole }
            if form.pairs != nil, let name = node.scalar("an item's number from 1, or its name"), Int(name) == nil {
                return .named(name)
            }
            return node.integer(in: 1...65_536).map { .item($0) }
        case .frame:
            guard only(["bytes"]) else { return nil }
            return map.optional("bytes").map { node in span(node).map { .bytes($0) } } ?? .whole
        case .channels(_, let channels):
            guard only(["channel", "bytes"]) else { return nil }
            guard let node = map.optional("channel") else {
                map.fail("\"channel\" is missing: which channel of \"\(parts[part].name)\"?")
                return nil
            }
            guard let name = node.string() else { return nil }
            guard let index = channels.firstIndex(where: { $0.name == name }) else {
                node.fail("no channel is named \"\(name)\"\(NearestWord.hint(for: name, in: channels.map(\.name)))")
                return nil
            }
            guard let bytes = map.optional("bytes") else { return .channel(index, bytes: nil) }
            guard let span = span(bytes) else { return nil }
            if case .fixed(let count) = channels[index].length, span.upperBound > count {
                bytes.fail("channel \"\(name)\" has \(count) bytes")
            }
            return .channel(index, bytes: span)
        }
    }

    private func words(_ kind: MessagePart.Kind) -> Message {
        switch kind {
        case .json: "JSON"
        case .list: "a list"
        case .frame: "bytes"
        case .channels: "channels"
        }
    }

    private func span(_ node: DocumentNode) -> ClosedRange<Int>? {
        Self.span(node, "a byte such as 3, or bytes such as \"3-4\"; the first is 1", most: 65_536)
    }

    /// A number from 1, or two with a hyphen.
    static func span(_ node: DocumentNode, _ expected: Message, most: Int) -> ClosedRange<Int>? {
        guard let text = node.scalar(expected) else { return nil }
        let words = text.split(separator: "-", omittingEmptySubsequences: false)
        let numbers = words.compactMap { Int($0.filter { $0 != " " }) }
        guard (1...2).contains(words.count), numbers.count == words.count, let low = numbers.first,
            let high = numbers.last, low >= 1, low <= high, high <= most
        else {
            node.fail("expected \(expected), found \"\(text)\"")
            return nil
        }
        return low...high
    }

    // MARK: What

    private func bytes(
        _ node: DocumentNode,
        _ order: ByteOrder?,
        _ part: Int,
        _ locator: PartLocator,
        _ map: DocumentMap
    ) -> PartPlace.Form? {
        guard let (kind, widths) = node.word(of: ByteType.words) else { return nil }
        let width: Int
        if let known = self.width(of: locator, in: part) {
            width = known
        } else if widths.count == 1 {
            width = widths.lowerBound
            if case .whole = locator {
                map.fail("\"bytes\" is missing: which bytes of \"\(parts[part].name)\"? The first is 1")
                return nil
            }
        } else {
            map.fail("\"bytes\" is missing: which bytes of \"\(parts[part].name)\"? The first is 1")
            return nil
        }
        let type = ByteType(kind: kind, width: width)
        guard widths.contains(width) else {
            if widths.count == 1 {
                node.fail("takes \(widths.lowerBound) bytes, and here are \(width)")
            } else {
                node.fail("takes \(widths.lowerBound) to \(widths.upperBound) bytes, and here are \(width)")
            }
            return nil
        }
        guard type.hasOrder else {
            map.optional("byte_order")?.fail("the order of bytes changes nothing here; take the line away")
            return .bytes(type, .big)
        }
        guard let order = order ?? parts[part].byteOrder else {
            if !map.has("byte_order") {
                map.fail("\"byte_order\" is missing: big (most significant byte first) or little, here or at the part")
            }
            return nil
        }
        if order == .cdab || order == .badc, !width.isMultiple(of: 2) {
            map.fail("CDAB and BADC are orders of pairs of bytes; here are \(width) bytes")
        }
        return .bytes(type, order)
    }

    private func width(of locator: PartLocator, in part: Int) -> Int? {
        switch locator {
        case .bytes(let span), .channel(_, bytes: .some(let span)): return span.count
        case .channel(let index, bytes: nil):
            guard case .channels(_, let channels) = parts[part].kind, case .fixed(let count) = channels[index].length
            else { return nil }
            return count
        case .whole, .path, .item, .named: return nil
        }
    }
}

extension PointReader {
    func partPoint(
        _ map: DocumentMap,
        _ message: DocumentNode?,
        _ part: DocumentNode,
        _ messages: [MQTTAccess.Message]
    ) -> Point.Origin? {
        guard let message else {
            map.fail("\"message\" is missing: which of the profile's messages carries it?")
            return nil
        }
        guard let index = message.message(of: messages) else { return nil }
        return PartPlaceReader(parts: messages[index].parts, message: index).place(part, map).map { .part($0) }
    }
}

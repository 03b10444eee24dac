import Domain
import JSON
import Profiles

/// Decodes the parts of one kind of message, and finds values in them.
struct PartDecoder: Sendable {
    let parts: [MessagePart]
    /// What is read of each JSON part.
    private let wanted: [JSONSelection]
    /// How many bytes or items of each part are read.
    private let needed: [Int]

    init(message: Int, in profile: Profile) {
        let described = profile.mqtt?.messages[message]
        parts = described?.parts ?? []
        var locators: [[PartLocator]] = Array(repeating: [], count: parts.count)
        for case .part(let place) in profile.points.map(\.origin) where place.message == message {
            locators[place.part].append(place.locator)
        }
        if case .part(let place, _)? = described?.time?.place { locators[place.part].append(place.locator) }
        for part in parts {
            if case .part(let outer, let locator) = part.source { locators[outer].append(locator) }
        }
        wanted = locators.map { locators in
            let paths = locators.compactMap { locator -> JSONPath? in
                guard case .path(let path) = locator else { return nil }
                return path
            }
            return locators.contains(.whole) ? .all : JSONSelection(paths)
        }
        needed = locators.map { locators in
            locators.map { locator in
                switch locator {
                case .item(let item): item
                case .bytes(let span): span.upperBound
                case .whole, .path, .named, .channel: 0
                }
            }.max() ?? 0
        }
    }

    /// The paths that the parts need of the message's own JSON.
    var paths: [JSONPath] {
        parts.flatMap { part -> [JSONPath] in
            let conditions = part.when.map(\.path)
            guard case .payload(let path?) = part.source else { return conditions }
            return conditions + [path]
        }
    }

    /// Decodes each part.
    ///
    /// - Parameter tree: the message's JSON; nil where it is none.
    func contents(_ payload: [UInt8], _ tree: JSONTree?) -> [PartContent] {
        var contents: [PartContent] = []
        for (index, part) in parts.enumerated() { contents.append(content(index, part, payload, tree, contents)) }
        return contents
    }

    func faults(_ contents: [PartContent]) -> [PartFault] {
        zip(parts, contents).compactMap { part, content in
            guard case .damaged(let why) = content else { return nil }
            return PartFault(part: part.name, why: why)
        }
    }

    private func content(
        _ index: Int,
        _ part: MessagePart,
        _ payload: [UInt8],
        _ tree: JSONTree?,
        _ before: [PartContent]
    ) -> PartContent {
        if !part.when.isEmpty {
            guard let tree else { return .damaged("the message is no JSON") }
            let holds = part.when.allSatisfy { condition in
                let text = tree[condition.path]?.text.map(ExactText.init)
                return text != nil && condition.accepted.contains { ExactText($0) == text }
            }
            guard holds else { return .absent }
        }
        let found: Found
        switch part.source {
        case .payload(nil): found = .bytes(payload)
        case .payload(let path?):
            guard let tree else { return .damaged("the message is no JSON") }
            found = Self.node(tree[path])
        case .part(let outer, let locator): found = find(locator, in: before[outer])
        }
        switch found {
        case .absent: return .absent
        case .null: return .null
        case .damaged(let why): return .damaged(why)
        case .bytes(let bytes): return PartContent.of(part, bytes, needed: needed[index], wanted: wanted[index])
        case .node(.string(let text)):
            return PartContent.of(part, Array(text.utf8), needed: needed[index], wanted: wanted[index])
        case .node(let node):
            // Some senders put the object itself where others put its text.
            if case .json = part.kind { return .json(node) }
            return .damaged("no text stands there")
        }
    }

    // MARK: Values

    /// What stands at a place.
    private enum Found {
        case absent
        case null
        case damaged(String)
        case bytes([UInt8])
        case node(JSONTree)
    }

    private static func node(_ node: JSONTree?) -> Found {
        switch node {
        case nil: .absent
        case .null?: .null
        case let node?: .node(node)
        }
    }

    private func find(_ locator: PartLocator, in content: PartContent) -> Found {
        switch (content, locator) {
        case (.absent, _): return .absent
        case (.null, _): return .null
        case (.damaged, _): return .damaged("what it stands in is damaged")
        case (.json(let tree), .path(let path)): return Self.node(tree[path])
        case (.json(let tree), .whole): return Self.node(tree)
        case (.list(let items, _), .item(let number)):
            guard number <= items.count else { return .absent }
            return .bytes(Array(items[number - 1].utf8))
        case (.list(_, let named), .named(let name)):
            guard let value = named[ExactText(name)] else { return .absent }
            return value.map { .bytes(Array($0.utf8)) } ?? .damaged("item \(name) comes twice")
        case (.frame(let bytes), .whole): return .bytes(bytes)
        case (.frame(let bytes), .bytes(let span)):
            guard span.upperBound <= bytes.count else { return .absent }
            return .bytes(Array(bytes[span.lowerBound - 1..<span.upperBound]))
        case (.channels(let bytes, let places), .channel(let index, let span)):
            switch places[index] {
            case .absent: return .absent
            case .repeated: return .damaged("the channel comes twice")
            case .at(let range):
                guard let span else { return .bytes(Array(bytes[range])) }
                guard span.upperBound <= range.count else { return .damaged("the channel has \(range.count) bytes") }
                return .bytes(Array(bytes[range.lowerBound + span.lowerBound - 1..<range.lowerBound + span.upperBound]))
            }
        default: return .damaged("another kind of part")
        }
    }

    /// The value of a point, and why it is none where the part is not what the profile says; nil where the message does
    /// not carry it.
    func value(_ place: PartPlace, of point: Point, in contents: [PartContent]) -> (raw: RawValue, why: String?)? {
        let part = parts[place.part].name
        switch find(place.locator, in: contents[place.part]) {
        case .absent: return nil
        case .null: return (.missing(.invalid), nil)
        case .damaged(let why):
            var why = why
            if case .damaged(let whole) = contents[place.part] { why = whole }
            return (.missing(.decode), PartFault(part: part, why: why).words)
        case .node(let node):
            guard case .text(let type) = place.form else { return (.missing(.decode), nil) }
            return explained(point.text.map { node.number(in: $0) } ?? node.value(type), place)
        case .bytes(let bytes):
            switch place.form {
            case .text(let type): return explained(JSONTree.value(bytes, type, point.text), place)
            case .bytes(let type, let order):
                if type.kind == .text { return explained(JSONTree.value(bytes, .number, point.text), place) }
                guard type.isText || bytes.count == type.width else {
                    let why = "\(bytes.count) bytes, and \(type.word) takes \(type.width)"
                    return (.missing(.decode), PartFault(part: part, why: why).words)
                }
                return explained(type.value(of: bytes[...], order: order, invalid: point.invalid), place)
            }
        }
    }

    /// Says of a value that cannot be one what it should have been.
    private func explained(_ raw: RawValue, _ place: PartPlace) -> (raw: RawValue, why: String?) {
        guard raw == .missing(.decode) else { return (raw, nil) }
        let wanted =
            switch place.form {
            case .text(let type): type.rawValue
            case .bytes(let type, _): type.word
            }
        let part = parts[place.part]
        return (raw, PartFault(part: part.name, why: "\(place.locator.words(in: part)) is no \(wanted)").words)
    }

    /// The value that a time is read from; nil where the message does not carry it.
    func time(_ place: PartPlace, in contents: [PartContent]) -> JSONTree? {
        switch (find(place.locator, in: contents[place.part]), place.form) {
        case (.node(let node), _): return node
        case (.bytes(let bytes), .text):
            return String(validating: bytes, as: UTF8.self).map { .string($0) }
        case (.bytes(let bytes), .bytes(let type, let order)) where type.isText || bytes.count == type.width:
            guard let value = type.value(of: bytes[...], order: order, invalid: []).value else { return nil }
            return .string(value.description)
        default: return nil
        }
    }
}

extension PartLocator {
    fileprivate func words(in part: MessagePart) -> String {
        switch self {
        case .whole: return "it"
        case .path(let path): return path.description
        case .item(let number): return "item \(number)"
        case .named(let name): return "item \(name)"
        case .bytes(let span):
            return span.count == 1 ? "byte \(span.lowerBound)" : "bytes \(span.lowerBound)-\(span.upperBound)"
        case .channel(let index, _):
            guard case .channels(_, let channels) = part.kind else { return "it" }
            return "channel \(channels[index].name)"
        }
    }
}

extension JSONTree {
    /// The value of a text that is no JSON: a bare payload, an item of a list.
    static func value(_ bytes: [UInt8], _ type: Point.MessageValue, _ form: NumberText?) -> RawValue {
        guard let text = String(validating: bytes, as: UTF8.self) else { return .missing(.decode) }
        return switch type {
        case .number: form.map { number(text, in: $0) } ?? number(text)
        case .bool: bool(text)
        case .string: .value(.string(text))
        }
    }
}

import Documents
import Domain

/// Reads the `stream` part of a profile.
enum StreamReader {
    static func access(_ map: DocumentMap) -> StreamAccess? {
        let problems = map.log.problems.count
        let line = map.optional("line")?.mapping()
            .flatMap { SerialSettingsReader.read($0, finish: true) }
        let start = map.optional("start").flatMap(bytes) ?? []
        let end = map.optional("end").flatMap(bytes) ?? []
        let length = map.optional("length")?.integer(in: 1...StreamAccess.longestFrame)
        let ask = map.optional("ask").flatMap(bytes)
        let reply = map.optional("reply_time")
        let replyTime = reply?.duration(in: .milliseconds(1) ... .seconds(60))
        if let reply, !map.has("ask") { reply.fail("only a device that is asked has a reply_time; give \"ask\" too") }
        let checksum = map.optional("checksum")?.mapping().flatMap { self.checksum($0, length: length) }
        let frames = map.required("frames").flatMap { self.frames($0, hasChecksum: map.has("checksum")) }
        if map.log.problems.count == problems {
            if start.isEmpty, end.isEmpty {
                map.fail("\"start\" or \"end\" is missing: which bytes are around a frame?")
            } else if end.isEmpty, length == nil {
                map.fail("\"end\" or \"length\" is missing: where does a frame end?")
            }
        }
        map.finish()
        guard map.log.problems.count == problems, let frames else { return nil }
        return StreamAccess(
            line: line,
            start: start,
            end: end,
            length: length,
            ask: ask,
            replyTime: replyTime ?? .seconds(1),
            checksum: checksum,
            frames: frames
        )
    }

    /// Text whose characters are bytes: YAML writes those that cannot be typed as "\x02".
    static func bytes(_ node: DocumentNode) -> [UInt8]? {
        guard let text = node.string() else { return nil }
        return bytes(text, node)
    }

    private static func bytes(_ text: String, _ node: DocumentNode) -> [UInt8]? {
        let bytes = text.unicodeScalars.compactMap { UInt8(exactly: $0.value) }
        if bytes.count == text.unicodeScalars.count { return bytes }
        node.fail("holds a character that is no byte; write bytes as \"\\x02\", in double quotes")
        return nil
    }

    // MARK: Frames

    private static func frames(_ node: DocumentNode, hasChecksum: Bool) -> [StreamAccess.Frame]? {
        guard let named = node.mapping() else { return nil }
        let frames = named.entries().compactMap { name, node -> StreamAccess.Frame? in
            if !Identifier.isPointName(name) { node.failName("\"\(name)\" is not a name: a-z, 0-9 and _") }
            guard let map = node.mapping() else { return nil }
            let pattern = map.optional("pattern")
            let parts = pattern.flatMap(self.pattern)
            let ignored = map.optional("ignore")
            let isIgnored = ignored?.bool() ?? false
            let bad = map.optional("bad")
            let reason = bad?.word(of: [
                Reason.outOfRange.word: Reason.outOfRange, Reason.invalid.word: .invalid,
                Reason.condition.word: .condition,
            ])
            if isIgnored, let bad { bad.fail("an ignored frame says nothing about the values; keep one of both") }
            if pattern == nil, !hasChecksum {
                map.fail("\"pattern\" is missing: without a checksum it is all that vouches for a frame")
            }
            map.finish()
            if pattern != nil, parts == nil { return nil }
            let says: StreamAccess.Frame.Says = isIgnored ? .nothing : reason.map { .bad($0) } ?? .values
            return StreamAccess.Frame(name: name, pattern: parts, says: says)
        }
        if frames.isEmpty, named.entries().isEmpty { node.fail("names no frame") }
        return frames
    }

    private static func pattern(_ node: DocumentNode) -> FramePattern? {
        guard let text = node.string() else { return nil }
        var parts: [FramePattern.Part] = []
        var rest = text[...]
        while let first = rest.first {
            guard first == "{" else {
                let literal = rest.prefix { $0 != "{" }
                guard let bytes = bytes(String(literal), node) else { return nil }
                parts.append(.literal(bytes))
                rest = rest.dropFirst(literal.count)
                continue
            }
            guard let close = rest.firstIndex(of: "}") else {
                node.fail("a { has no }; a field is {name:7}, {name} or {:*}")
                return nil
            }
            let inner = rest[rest.index(after: rest.startIndex)..<close]
            rest = rest[rest.index(after: close)...]
            guard let part = part(inner) else {
                node.fail(
                    "{\(inner)} is no field: write {name:7} for 7 bytes, {name} for all up to what follows, {:2} or "
                        + "{:*} for bytes that are not read"
                )
                return nil
            }
            if case .fixed = part {
            } else if let last = parts.last, !last.isOfKnownEnd, !part.isLiteral {
                node.fail("two fields without a length stand side by side: where does the first end?")
                return nil
            }
            parts.append(part)
        }
        let pattern = FramePattern(parts: joined(parts), text: text)
        let open = zip(pattern.parts, pattern.parts.dropFirst()).contains { !$0.isOfKnownEnd && !$1.isLiteral }
        if open { node.fail("a field without a length needs a letter or sign behind it, or the frame's end") }
        if Set(pattern.fields).count < pattern.fields.count { node.fail("names a field twice") }
        return open ? nil : pattern
    }

    /// `name:7`, `name`, `:2`, `:*`.
    private static func part(_ text: Substring) -> FramePattern.Part? {
        let parts = text.split(separator: ":", omittingEmptySubsequences: false)
        let name = parts[0].isEmpty ? nil : String(parts[0])
        if let name, !Identifier.isPointName(name) { return nil }
        if parts.count == 1 { return name.map { .upToNext($0) } }
        guard parts.count == 2 else { return nil }
        if parts[1] == "*", name == nil { return .anything }
        guard let width = Int(parts[1]), (1...StreamAccess.longestFrame).contains(width) else { return nil }
        return .fixed(name, width)
    }

    private static func joined(_ parts: [FramePattern.Part]) -> [FramePattern.Part] {
        parts.reduce(into: []) { joined, part in
            if case .literal(let more) = part, case .literal(let bytes)? = joined.last {
                joined[joined.count - 1] = .literal(bytes + more)
            } else {
                joined.append(part)
            }
        }
    }

    // MARK: Checksum

    private static func checksum(_ map: DocumentMap, length: Int?) -> FrameChecksum? {
        let kind = map.required("kind")?.word(FrameChecksum.Kind.self)
        let over = map.required("over").flatMap { span($0, length: length) }
        let atNode = map.required("at")
        let at = atNode.flatMap { span($0, length: length) }
        let form = map.required("as")?.word(FrameChecksum.Form.self)
        let bits = map.optional("bits")?.integer(in: 7...8) ?? 8
        map.finish()
        guard let kind, let over, let at, let form else { return nil }
        if (at.first < 0) == (at.last < 0), at.last - at.first + 1 != form.length {
            atNode?.fail("has \(at.last - at.first + 1) bytes, but \(form.rawValue) takes \(form.length)")
        }
        if form == .byte, length == nil {
            map.optional("as")?.fail(
                "one byte may be any, the frame's end too; say how long a frame is with \"length\""
            )
        }
        return FrameChecksum(kind: kind, over: over, at: at, form: form, bits: bits)
    }

    /// `18`, `2-9`, or `[2, -4]` with bytes counted from the end.
    static func span(_ node: DocumentNode, length: Int?) -> FrameSpan? {
        let expected: Message = "bytes counted from 1 such as \"2-9\", or [2, -4] where -1 is the frame's last byte"
        var numbers: [Int] = []
        if node.isList {
            numbers =
                node.list()?.compactMap { $0.integer(in: -StreamAccess.longestFrame...StreamAccess.longestFrame) }
                ?? []
        } else if let text = node.scalar(expected) {
            let parts = text.split(separator: "-").map { $0.filter { $0 != " " } }
            numbers = text.hasPrefix("-") ? [Int(text)].compactMap(\.self) : parts.compactMap { Int($0) }
            if numbers.count != (text.hasPrefix("-") ? 1 : parts.count) { numbers = [] }
        } else {
            return nil
        }
        guard (1...2).contains(numbers.count), let first = numbers.first, let last = numbers.last, first != 0,
            last != 0, (first < 0) != (last < 0) || first <= last, first > 0 || last < 0
        else {
            node.fail("expected \(expected)")
            return nil
        }
        let span = FrameSpan(first: first, last: last)
        if let length, span.range(in: length) == nil { node.fail("is not within a frame of \(length) bytes") }
        return span
    }
}

extension FramePattern.Part {
    var isLiteral: Bool {
        if case .literal = self { return true }
        return false
    }

    /// Whether it says by itself where it ends.
    var isOfKnownEnd: Bool {
        switch self {
        case .literal, .fixed: true
        case .upToNext, .anything: false
        }
    }
}

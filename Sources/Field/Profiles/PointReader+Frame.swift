import Documents
import Domain

/// Reads where a value stands in the frames of a stream, and how.
extension PointReader {
    func framePoint(_ map: DocumentMap) -> Point.Origin? {
        let problems = map.log.problems.count
        let known = access.stream?.frames ?? []
        guard let frames = frames(map, known) else { return nil }
        guard let place = place(map, frames.map { known[$0] }) else { return nil }
        let words = map.optional("words").map(words) ?? [:]
        let type = map.optional("type")
        let kind = type.map { $0.word(FrameValue.Kind.self) } ?? (map.has("bits") ? .bits : .number)
        let sign = map.optional("sign").flatMap { signPlace($0, frames.map { known[$0] }) }
        let reversed = map.optional("reversed")
        let isReversed = reversed?.bool() ?? false
        let decimalNode = map.optional("decimal")
        let decimal = decimalNode?.word(NumberText.DecimalSign.self)
        guard let kind else { return nil }
        if kind != .number || !words.isEmpty {
            for key in ["sign", "reversed", "decimal"] where map.has(key) {
                map.optional(key)?.fail("only a number that is written in digits has a \(key)")
            }
        }
        if kind != .number, !words.isEmpty { type?.fail("words stand for numbers; take \"type\" away") }
        guard map.log.problems.count == problems else { return nil }
        return .frame(
            FrameValue(
                frames: Set(frames),
                place: place,
                kind: kind,
                sign: sign,
                isReversed: isReversed,
                decimal: decimal ?? .point,
                words: words
            )
        )
    }

    /// Whether its `field` lies in another point's word, `status.stable`; otherwise it is a field of a frame.
    func namesOtherPoint(_ map: DocumentMap) -> Bool {
        guard let node = map.optional("field"), !node.isList, !node.isMapping, !node.isNull else { return false }
        return node.scalar("a field")?.contains(".") ?? false
    }

    /// The indices of the frames that carry the point: all of those with values where it names none.
    private func frames(_ map: DocumentMap, _ known: [StreamAccess.Frame]) -> [Int]? {
        guard let node = map.optional("frame") else {
            let all = known.indices.filter { known[$0].says == .values }
            if all.count == 1 { return all }
            map.fail("\"frame\" is missing: which of the profile's frames carries it?")
            return nil
        }
        let nodes = node.oneOrMore()
        let indices = nodes.compactMap { node -> Int? in
            guard let name = node.string() else { return nil }
            guard let index = known.firstIndex(where: { $0.name == name }) else {
                node.fail("no frame is named \"\(name)\"\(NearestWord.hint(for: name, in: known.map(\.name)))")
                return nil
            }
            if known[index].says != .values { node.fail("frame \(name) carries no values") }
            return index
        }
        return indices.count == nodes.count ? indices : nil
    }

    private func place(_ map: DocumentMap, _ frames: [StreamAccess.Frame]) -> FrameValue.Place? {
        if let node = map.optional("bytes") {
            if map.has("field") { map.optional("field")?.fail("a value has a field or bytes, not both") }
            return StreamReader.span(node, length: access.stream?.length).map { .bytes($0) }
        }
        guard let node = map.optional("field") else {
            map.fail("where is it in the frame? Name a \"field\" of its pattern, or \"bytes\" counted from 1")
            return nil
        }
        return fieldPlace(node, frames)
    }

    private func signPlace(_ node: DocumentNode, _ frames: [StreamAccess.Frame]) -> FrameValue.Place? {
        if !node.isList, let text = node.scalar("a field of the pattern, or a byte counted from 1"), Int(text) != nil {
            return StreamReader.span(node, length: access.stream?.length).map { .bytes($0) }
        }
        return fieldPlace(node, frames)
    }

    private func fieldPlace(_ node: DocumentNode, _ frames: [StreamAccess.Frame]) -> FrameValue.Place? {
        guard let name = node.string() else { return nil }
        for frame in frames where !(frame.pattern?.fields.contains(name) ?? false) {
            let there = frame.pattern?.fields ?? []
            node.fail("frame \(frame.name) has no field \"\(name)\"\(NearestWord.hint(for: name, in: there))")
            return nil
        }
        return .field(name)
    }

    /// Texts with their numbers: `{ ST: 1, US: 0 }`. Blanks around a text do not count.
    private func words(_ node: DocumentNode) -> [String: Int64] {
        guard let map = node.mapping() else { return [:] }
        var words: [String: Int64] = [:]
        for (text, node) in map.entries() {
            words[FrameValue.trimmed(text)] = node.integer(in: Int.min...Int.max).map(Int64.init)
        }
        return words
    }
}

extension FrameValue {
    /// A text without the blanks around it.
    public static func trimmed(_ text: String) -> String {
        String(text.drop { $0 == " " }.reversed().drop { $0 == " " }.reversed())
    }
}

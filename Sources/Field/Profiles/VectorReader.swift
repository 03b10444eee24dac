import Documents
import Domain

/// Reads the `vectors` of a profile: what a document prints and what it must decode to.
enum VectorReader {
    static func read(_ node: DocumentNode?, access: ProfileReader.Access?, points: [Point]) -> [ProfileVector] {
        guard let access, let list = node?.list() else { return [] }
        return list.compactMap { node in node.mapping().flatMap { vector($0, node.located, access, points) } }
    }

    private static func vector(
        _ map: DocumentMap,
        _ place: Place,
        _ access: ProfileReader.Access,
        _ points: [Point]
    ) -> ProfileVector? {
        let problems = map.log.problems.count
        let source = map.required("source")?.string()
        var input: ProfileVector.Input?
        var request: [UInt8]?
        if let modbus = access.modbus {
            let ranges = RegisterTable.allCases.flatMap { table in
                map.optional(table.rawValue)?.mapping()?.entries().compactMap { number, node in
                    registers(table, number, node, first: modbus.numbering.first)
                } ?? []
            }
            request = map.optional("request").flatMap(bytes)
            input = .registers(ranges)
        } else {
            let topic = map.required("topic")?.string()
            let payload = map.required("payload")?.string()
            if let topic, let payload { input = .message(topic: topic, payload: payload) }
        }
        let expected = Self.values(map.optional("values"), known: points.map(\.name))
        let event = access.mqtt == nil ? [] : Self.values(map.optional("event"), known: nil)
        map.finish()
        guard map.log.problems.count == problems, let source, let input else { return nil }
        return ProfileVector(
            source: source,
            input: input,
            request: request,
            values: expected.map { (point: $0.key, value: $0.value) },
            event: event,
            place: place
        )
    }

    private static func registers(
        _ table: RegisterTable,
        _ number: String,
        _ node: DocumentNode,
        first: Int
    ) -> (range: RegisterRange, words: [UInt16])? {
        let start = number.hasPrefix("0x") ? Int(number.dropFirst(2), radix: 16) : Int(number)
        guard let start, (first...65_535 + first).contains(start) else {
            node.failName("\"\(number)\" is not a register's number")
            return nil
        }
        guard let text = node.scalar("registers in hexadecimal, such as \"806B 4212\"") else { return nil }
        let words = text.split(separator: " ").compactMap { UInt16($0, radix: 16) }
        guard words.count == text.split(separator: " ").count, !words.isEmpty else {
            node.fail("expected registers in hexadecimal, such as \"806B 4212\", found \"\(text)\"")
            return nil
        }
        return (RegisterRange(table, start: start - first, count: words.count), words)
    }

    private static func bytes(_ node: DocumentNode) -> [UInt8]? {
        guard let text = node.scalar("bytes in hexadecimal") else { return nil }
        let bytes = text.split(separator: " ").compactMap { UInt8($0, radix: 16) }
        guard bytes.count == text.split(separator: " ").count else {
            node.fail("expected bytes in hexadecimal, such as \"01 03 00 00 00 0A C5 CD\"")
            return nil
        }
        return bytes
    }

    private static func values(
        _ node: DocumentNode?,
        known: [String]?
    ) -> [(key: String, value: ProfileVector.VectorValue)] {
        guard let map = node?.mapping() else { return [] }
        return map.entries().compactMap { name, node in
            if let known, !known.contains(name) {
                node.failName("no point is named \"\(name)\"\(NearestWord.hint(for: name, in: known))")
                return nil
            }
            return (name, ProfileVector.VectorValue(text: node.vectorText, place: node.located))
        }
    }
}

extension DocumentNode {
    /// A scalar's text; nil for null; a list's elements joined with commas.
    var vectorText: String? {
        if isList { return list()?.compactMap(\.vectorText).joined(separator: ",") }
        return isNull ? nil : scalar("a value")
    }
}

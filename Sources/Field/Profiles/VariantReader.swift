public import Documents

/// Reads the `variants` of a profile.
enum VariantReader {
    /// A range such as 0-9 stands for that many values at most.
    private static let mostValues = 256

    static func read(_ node: DocumentNode?) -> [Variant] {
        guard let map = node?.mapping() else { return [] }
        let variants = map.entries().compactMap { name, node in node.mapping().flatMap { variant(name, node, $0) } }
        if map.entries().isEmpty { map.fail("names no variant") }
        return variants
    }

    private static func variant(_ name: String, _ node: DocumentNode, _ map: DocumentMap) -> Variant? {
        if !Identifier.isPointName(name) { node.failName("\"\(name)\" is not a name: a-z, 0-9 and _") }
        let values = map.required("values").flatMap(values)
        let standard = map.optional("default")
        let chosen = standard?.scalar("one of the values")
        let label = map.optional("label")?.label()
        map.finish()
        guard let values else { return nil }
        if let chosen, !values.contains(chosen) {
            standard?.fail("\"\(chosen)\" is none of the values\(VariantReader.known(values))")
        }
        return Variant(name: name, values: values, standard: chosen, label: label)
    }

    /// The whole choice where it is short: a value of one letter is like any other.
    static func known(_ values: [String]) -> Message {
        values.count > 32 ? "" : "; known: \(values.joined(separator: ", "))"
    }

    /// `[1, 3]`, `[a, b]`, or `0-9`.
    private static func values(_ node: DocumentNode) -> [String]? {
        if node.isList {
            let values = (node.list() ?? []).compactMap { element -> String? in
                guard let text = element.scalar("a value such as 3 or a") else { return nil }
                if VariantChoice.isValue(text) { return text }
                element.fail("\"\(text)\" cannot be a value: letters, digits, \".\", \"_\" and \"-\", at most 32")
                return nil
            }
            if Set(values).count != values.count { node.fail("a value is given twice") }
            if values.isEmpty { node.fail("has no value") }
            return values.isEmpty ? nil : values
        }
        guard let text = node.scalar("values such as [1, 3] or 0-9") else { return nil }
        let ends = text.split(separator: "-", omittingEmptySubsequences: false).map { Int($0.filter { $0 != " " }) }
        guard ends.count == 2, let first = ends[0], let last = ends[1], first < last, last - first < mostValues else {
            node.fail("expected values such as [1, 3] or 0-9, found \"\(text)\"")
            return nil
        }
        return (first...last).map(String.init)
    }
}

extension Profile {
    /// The profile as it is for a device with that installed, or nil with what is wrong in the log.
    ///
    /// - Parameters:
    ///   - set: the `set` of a device; nil for a device that says nothing.
    ///   - device: the device, for a `set` that is missing.
    public func chosen(by set: DocumentNode?, of device: DocumentMap) -> Profile? {
        guard !variants.isEmpty else {
            set?.fail("profile \"\(id)\" has no variants; take the line away")
            return set == nil ? self : nil
        }
        let problems = device.log.problems.count
        var choices: [VariantChoice] = []
        for (name, node) in set?.mapping()?.entries() ?? [] {
            guard let variant = variants.first(where: { $0.name == name }) else {
                let hint = NearestWord.hint(for: name, in: variants.map(\.name))
                node.failName("profile \"\(id)\" has no variant \"\(name)\"\(hint)")
                continue
            }
            guard let value = node.scalar("one of \(variant.values.joined(separator: ", "))") else { continue }
            guard variant.values.contains(value) else {
                node.fail("\"\(value)\" is none of the values\(VariantReader.known(variant.values))")
                continue
            }
            choices.append(VariantChoice(name, value))
        }
        for variant in variants
        where variant.standard == nil && !choices.contains(where: { $0.variant == variant.name }) {
            let values = variant.values.joined(separator: ", ")
            let message: Message =
                "which \(variant.name) is installed? Write set: { \(variant.name): ... }, one of \(values)"
            if let set { set.fail(message) } else { device.fail(message) }
        }
        guard device.log.problems.count == problems else { return nil }
        return chosen(choices, log: device.log)
    }

    /// - Parameter choices: of the profile's variants and their values; the others are standard.
    public func chosen(_ choices: [VariantChoice], log: ProblemLog) -> Profile? {
        if choices.isEmpty, ProfileIdentity(hash).choices.isEmpty { return self }
        let identity = ProfileIdentity(text: ProfileIdentity(hash).text, choices: choices)
        return Document.mapping(of: text, file: file, log: log).flatMap { map in
            ProfileReader.read(map, expectedID: id, hash: identity.hash)
        }
    }

    /// The profile read for each combination of its variants; of very many, each value once.
    public func combinations(log: ProblemLog) -> [Profile] {
        guard !variants.isEmpty else { return [self] }
        var all: [[VariantChoice]] = [[]]
        for variant in variants {
            all = all.flatMap { choices in variant.values.map { choices + [VariantChoice(variant.name, $0)] } }
            if all.count > Self.mostCombinations {
                all = variants.flatMap { variant in variant.values.map { [VariantChoice(variant.name, $0)] } }
                break
            }
        }
        return all.compactMap { chosen($0, log: log) }
    }

    private static let mostCombinations = 64

    /// The profile as each of its vectors needs it.
    public func asVectorsNeed(log: ProblemLog) -> [Profile] {
        guard !variants.isEmpty else { return [self] }
        return vectorChoices.compactMap { chosen($0, log: log) }
    }
}

import Documents

/// Makes of a profile's document the one for a device: points that it does not have go, and attributes and addresses
/// become its own. Whoever reads the document after that sees an ordinary profile.
struct VariantResolver {
    let variants: [Variant]
    /// A value for each variant.
    let chosen: [VariantChoice]
    /// The points that a device with another choice has.
    private(set) var elsewhere: [String] = []

    /// - Parameter choices: of the device; the others are standard, or the first value where none is.
    init(_ variants: [Variant], choices: [VariantChoice]) {
        self.variants = variants
        chosen = variants.map { variant in
            let value = choices.first { $0.variant == variant.name }?.value
            return VariantChoice(variant.name, value ?? variant.standard ?? variant.values[0])
        }
    }

    mutating func resolve(_ map: DocumentMap) -> DocumentMap {
        guard !variants.isEmpty else { return map }
        var changes: [(key: String, value: DocumentNode?)] = []
        for key in ["points", "events"] {
            guard let node = map.optional(key), node.isMapping, let entries = node.mapping() else { continue }
            changes.append((key, resolved(entries, isOfPoints: key == "points").node))
        }
        for key in ["modbus", "mqtt", "stream"] where map.has(key) {
            guard let node = map.optional(key), node.isMapping, var access = node.mapping() else { continue }
            access = merged(access)
            access.mayHave(["by"])
            if key == "mqtt", let messages = access.optional("messages"), messages.isMapping,
                let entries = messages.mapping()
            {
                access = access.with([("messages", resolved(entries, isOfPoints: false).node)])
            }
            changes.append((key, access.node))
        }
        return map.with(changes)
    }

    private mutating func resolved(_ map: DocumentMap, isOfPoints: Bool) -> DocumentMap {
        var changes: [(key: String, value: DocumentNode?)] = []
        for (name, node) in map.entries() {
            guard node.isMapping, let entry = node.mapping() else { continue }
            entry.mayHave(isOfPoints ? ["only", "by", "step"] : ["only", "by"])
            if let only = entry.optional("only"), !fits(only) {
                changes.append((name, nil))
                if isOfPoints { elsewhere.append(name) }
            } else {
                let own = isOfPoints ? moved(merged(entry)) : merged(entry)
                changes.append((name, own.with([("only", nil)]).node))
            }
        }
        return map.with(changes)
    }

    /// Whether the device is one of those that `only` names.
    private func fits(_ node: DocumentNode) -> Bool {
        (node.mapping()?.entries() ?? []).allSatisfy { name, node in
            guard let variant = variant(name, node) else { return true }
            let values = node.oneOrMore().compactMap { $0.scalar("one of \(variant.values.joined(separator: ", "))") }
            for value in values where !variant.values.contains(value) { failValue(value, variant, node) }
            return values.contains { $0 == value(of: name) }
        }
    }

    /// The attributes that `by` gives for what is installed, in place of the general ones.
    private func merged(_ map: DocumentMap) -> DocumentMap {
        guard let by = map.optional("by")?.mapping() else { return map }
        var changes: [(key: String, value: DocumentNode?)] = [("by", nil)]
        for (name, node) in by.entries() {
            guard let variant = variant(name, node) else { continue }
            for (value, node) in node.mapping()?.entries() ?? [] {
                guard variant.values.contains(value) else {
                    node.failName("\"\(value)\" is none of the values of \(name)\(hint(variant))")
                    continue
                }
                if value == self.value(of: name) {
                    changes += (node.mapping()?.entries() ?? []).map { (key: $0.name, value: $0.node) }
                }
            }
        }
        return map.with(changes)
    }

    /// The register that the slot or channel moves: its number and, for each variant, the value times the step.
    private func moved(_ map: DocumentMap) -> DocumentMap {
        guard let steps = map.optional("step")?.mapping() else { return map }
        let key = ["holding", "input", "coil", "discrete"].first { map.has($0) }
        guard let key, let register = map.optional(key) else {
            map.optional("step")?.fail("only a register moves by a step")
            return map
        }
        var number = register.integer(in: 0...65_536)
        for (name, node) in steps.entries() {
            guard variant(name, node) != nil, let step = node.integer(in: -65_536...65_536) else { continue }
            guard let value = value(of: name).flatMap({ Int($0) }) else {
                node.fail("the values of \(name) are no numbers, so that nothing can be counted by them")
                continue
            }
            number = number.map { $0 + value * step }
        }
        return map.with([(key, number.map { register.replaced(by: $0) } ?? register), ("step", nil)])
    }

    private func value(of variant: String) -> String? { chosen.first { $0.variant == variant }?.value }

    private func variant(_ name: String, _ node: DocumentNode) -> Variant? {
        if let variant = variants.first(where: { $0.name == name }) { return variant }
        node.failName("no variant is named \"\(name)\"\(NearestWord.hint(for: name, in: variants.map(\.name)))")
        return nil
    }

    private func failValue(_ value: String, _ variant: Variant, _ node: DocumentNode) {
        node.fail("\"\(value)\" is none of the values of \(variant.name)\(hint(variant))")
    }

    private func hint(_ variant: Variant) -> Message { VariantReader.known(variant.values) }
}

extension VariantResolver {
    /// What a vector's `set` says is installed, the rest standard; nil where it cannot be read.
    func choices(of vector: DocumentNode?) -> [VariantChoice]? {
        guard let vector else { return [] }
        guard !variants.isEmpty else {
            vector.fail("the profile has no \"variants\" to choose from")
            return nil
        }
        return vector.mapping()?.entries().compactMap { name, node in
            guard let variant = variant(name, node),
                let value = node.scalar("one of \(variant.values.joined(separator: ", "))")
            else { return nil }
            guard variant.values.contains(value) else {
                failValue(value, variant, node)
                return nil
            }
            return VariantChoice(name, value)
        }
    }

    /// Whether a device with these choices is the one that the document is resolved for.
    func isOf(_ choices: [VariantChoice]) -> Bool { VariantResolver(variants, choices: choices).chosen == chosen }
}

package import Domain
package import Profiles

/// The lines of a device profile for what a search found: to paste under its `points:`.
package struct ProfileLines: Sendable {
    /// How the profile's manual counts.
    package var numbering: ModbusAccess.Numbering

    package init(numbering: ModbusAccess.Numbering = .from0) { self.numbering = numbering }

    /// - Parameters:
    ///   - name: the point's name.
    ///   - unit: what the display shows, when the person gave it.
    package func point(_ hit: ExpectationHit, name: String, unit: Unit?) -> [String] {
        var lines = ["  \(name):"]
        func add(_ key: String, _ value: String, _ remark: String? = nil) {
            lines.append("    \(key): \(value)" + (remark.map { " # \($0)" } ?? ""))
        }
        let number = hit.range.start + numbering.first
        add(hit.range.table.rawValue, String(number), numbering == .from1 ? nil : "numbering: from_0")
        let same = hit.sameAs.map(\.rawValue).joined(separator: ", ")
        add("type", hit.type.rawValue, same.isEmpty ? nil : "\(same): the same number so far")
        // One register has no word order; only its bytes may be swapped.
        if hit.type.registers > 1 || hit.order != .abcd { add("word_order", hit.order.rawValue) }
        if let scale = hit.scale { add("scale", scale.description) }
        if let conversion = hit.conversion {
            add("unit", Self.quoted(conversion.from))
            add("publish", Self.quoted(conversion.to))
        } else if let unit {
            add("unit", Self.quoted(unit))
        }
        return lines
    }

    /// In YAML a `%`, `[` or `{` begins something else, so such a unit is quoted.
    private static func quoted(_ unit: Unit) -> String {
        unit.code.first?.isLetter == true ? unit.code : "\"\(unit.code)\""
    }
}

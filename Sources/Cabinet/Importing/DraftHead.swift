import Domain
import Profiles

/// Writes a profile's file: what stands above the points, the points, and the rows that became none.
struct DraftHead {
    let options: ImportOptions
    let name: String
    let file: String
    /// Nil where the table does not say it.
    let numbering: ModbusAccess.Numbering?
    let isTableOpen: Bool
    /// Nil where the table does not say it.
    let order: WordOrder?
    /// Whether no value of the table depends on the order.
    private let isOrderIdle: Bool

    init(_ built: DraftBuilder, options: ImportOptions, name: String, file: String) {
        self.options = options
        self.name = name
        self.file = file
        numbering = built.numbering
        isTableOpen = built.isTableOpen
        let long = built.points.filter { $0.registers > 1 && $0.type != .string }
        let swapped = built.points.compactMap(\.order).filter { $0.swapsBytes }
        isOrderIdle = long.isEmpty && swapped.isEmpty && options.wordOrder == nil
        let general = long.compactMap(\.order).filter { WordOrder.general.values.contains($0) }
        let isOpen = options.wordOrder == nil && long.contains { $0.order == nil }
        order = isOpen ? nil : options.wordOrder ?? Self.mostCommon(general) ?? .abcd
    }

    private static func mostCommon(_ orders: [WordOrder]) -> WordOrder? {
        let groups = Dictionary(grouping: orders) { $0 }
        return groups.max { ($0.value.count, $1.key.rawValue) < ($1.value.count, $0.key.rawValue) }?.key
    }

    func text(of built: DraftBuilder, said: (ImportRemark) -> String) -> String {
        let measures = Self.choice(Profile.Measures.allCases.map(\.rawValue))
        var lines = [
            "# yaml-language-server: $schema=profile.schema.json",
            "# Made by `gateway profiles import` from \(YAMLText.line(file)).",
            "# A value that begins with TODO is a blank: the table does not say it, and the gateway refuses the file",
            "# until somebody who knows has written it.",
            "profile: \(options.id)",
            "name: \(YAMLText.quoted(name))",
            "measures: \(options.measures?.rawValue ?? "TODO " + measures)",
            "source: \(YAMLText.quoted(options.source ?? "TODO the document and page that the table is from"))",
            "modbus:",
            "  numbering: " + numberingText,
        ]
        if isTableOpen { lines.append(DraftBlanks.tableComment) }
        if isOrderIdle {
            lines.append("  word_order: ABCD # no value takes more than one register")
        } else {
            let orders = WordOrder.asTried.map(\.rawValue)
            lines.append("  word_order: \(order?.rawValue ?? "TODO " + Self.choice(orders))")
        }
        lines.append("points:")
        for point in built.points {
            let remarks = built.remarks.filter { $0.line == point.row.line && $0.line != 0 }
            lines += self.lines(point, remarks: remarks.map(said))
        }
        if !built.leftOut.isEmpty {
            lines.append("# Left out:")
            for (row, remark) in built.leftOut {
                lines.append("# \(Self.place(row))\(YAMLText.line(row.text)) -- \(YAMLText.line(said(remark)))")
            }
        }
        return lines.joined(separator: "\n") + "\n"
    }

    private var numberingText: String {
        let choice = numbering?.rawValue ?? Self.choice(ModbusAccess.Numbering.allCases.map(\.rawValue))
        if isTableOpen { return "TODO \(choice), and holding or input" }
        return numbering == nil ? "TODO \(choice)" : choice
    }

    private static func choice(_ words: [String]) -> String {
        guard let last = words.last, words.count > 1 else { return words.first ?? "" }
        return words.dropLast().joined(separator: ", ") + " or " + last
    }

    private static func place(_ row: ImportRow) -> String { row.line > 0 ? "line \(row.line): " : "" }

    private func lines(_ point: DraftPoint, remarks: [String]) -> [String] {
        var lines = ["  # \(Self.place(point.row))\(YAMLText.line(point.row.text))"]
        lines += remarks.map { "  # " + YAMLText.line($0) }
        if point.isPerhapsTotal {
            let bits = point.type?.bitWidth ?? 64
            lines.append("  # If this is a total that only grows: counter: { bits: \(bits), max_rate: ... }")
        }
        lines.append("  \(point.name):")
        let place = point.table.map { "    \($0.rawValue): \(point.number)" }
        lines.append(place ?? "    holding: \(point.number) \(DraftBlanks.tableMark)")
        if point.fields.isEmpty {
            lines += point.keys.map { "    \($0.name): \($0.value)" }
        } else {
            lines.append("    bits:")
            for (name, bits) in point.fields {
                let last = bits.count == 1 ? "" : "-\(bits.upperBound)"
                lines.append("      \(name): \(bits.lowerBound)\(last)")
            }
        }
        let hasOrder = point.table?.holdsBits != true && point.fields.isEmpty && point.type != .string
        if hasOrder, let own = point.order, own != order,
            point.registers > 1 || own.swapsBytes != (order ?? .abcd).swapsBytes
        {
            lines.append("    word_order: \(own.rawValue)")
        }
        return lines
    }
}

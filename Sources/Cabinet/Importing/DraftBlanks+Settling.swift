package import Domain
package import Profiles

extension DraftBlanks {
    /// What a file leaves open that a value on the display can settle.
    package struct Open: Hashable, Sendable {
        package var isNumberingOpen: Bool
        /// The numbering that the file has, or names first.
        package var numbering: ModbusAccess.Numbering?
        package var isTableOpen: Bool
        package var order: WordOrder?

        package var isNothing: Bool { !isNumberingOpen && !isTableOpen && order != nil }
    }

    package static func open(in text: String) -> Open {
        let numbering = value(of: "numbering", in: text) ?? ""
        let order = value(of: "word_order", in: text) ?? ""
        let isOpen = numbering.hasPrefix(mark)
        let choices = numbering.split { " ,".contains($0) }.compactMap { ModbusAccess.Numbering(rawValue: String($0)) }
        return Open(
            isNumberingOpen: isOpen && choices.count != 1,
            numbering: choices.count == 1 ? choices[0] : nil,
            isTableOpen: isOpen && numbering.contains("holding or input"),
            order: order.hasPrefix(mark) ? nil : WordOrder.general[order]
        )
    }

    /// Whether a point says its own word order: it then settles nothing about that of the others.
    package static func hasOwnOrder(_ point: String, in text: String) -> Bool {
        let lines = text.split(separator: "\n").drop { $0 != "  \(point):" }.dropFirst()
        return lines.prefix { $0.hasPrefix("    ") }.contains { $0.hasPrefix("    word_order:") }
    }

    /// The file with what was settled in place of its blanks.
    ///
    /// - Parameters:
    ///   - shift: the printed number less this is the address; nil where that is still open.
    ///   - table: nil where it is still open, or never was.
    ///   - remark: what settled it.
    package static func settled(
        _ text: String,
        shift: Int?,
        table: RegisterTable?,
        order: WordOrder?,
        remark: String
    ) -> String {
        let open = open(in: text)
        let isTableLeft = open.isTableOpen && table == nil
        let isNumberingLeft = open.isNumberingOpen && shift == nil
        var numbering = open.numbering
        if open.isNumberingOpen, let shift { numbering = shift.isMultiple(of: 10) ? .from0 : .from1 }
        // References lose their first digit, so that the numbers are those of the table.
        let reduction = open.isNumberingOpen ? (shift ?? 0) / 10_000 * 10_000 : 0
        return text.split(separator: "\n", omittingEmptySubsequences: false).compactMap { line -> String? in
            if line == tableComment, open.isTableOpen, !isTableLeft { return nil }
            let key = line.prefix { $0 == " " } + line.drop { $0 == " " }.prefix { $0 != ":" && $0 != "#" }
            switch key {
            case "  numbering" where line.contains(": " + mark):
                if isTableLeft || isNumberingLeft {
                    let choice = numbering?.rawValue ?? "from_0 or from_1"
                    return "  numbering: \(mark) \(choice)" + (isTableLeft ? ", and holding or input" : "")
                }
                return "  numbering: \(numbering?.rawValue ?? mark) # \(YAMLText.line(remark))"
            case "  word_order" where line.contains(": " + mark):
                guard let order else { return String(line) }
                return "  word_order: \(order.rawValue) # \(YAMLText.line(remark))"
            case "    holding", "    input", "    coil", "    discrete":
                return place(line, reducedBy: reduction, table: isTableLeft ? nil : table)
            default:
                return String(line)
            }
        }.joined(separator: "\n")
    }

    /// What stands behind a point's register where the table does not say which kind it is.
    static let tableMark = "# or input?"

    /// What stands in a file whose table does not say which registers it means.
    static let tableComment =
        "  # The table does not say whether it means holding or input registers. The points say holding."

    private static func place(_ line: Substring, reducedBy reduction: Int, table: RegisterTable?) -> String {
        var line = String(line)
        if let table, line.contains(tableMark) {
            line = line.replacing(tableMark, with: "").replacing("holding", with: table.rawValue)
            while line.last == " " { line.removeLast() }
        }
        guard reduction > 0, let colon = line.firstIndex(of: ":") else { return line }
        let rest = line[line.index(after: colon)...].drop { $0 == " " }
        let digits = rest.prefix { $0.isASCII && $0.isNumber }
        guard let number = Int(digits), number > reduction else { return line }
        return line[...colon] + " \(number - reduction)" + rest.dropFirst(digits.count)
    }

    private static func value(of key: String, in text: String) -> String? {
        text.split(separator: "\n").first { $0.hasPrefix("  \(key): ") }
            .map { line in
                let value = line.dropFirst(key.count + 4).prefix { $0 != "#" }
                return String(value.reversed().drop { $0 == " " }.reversed())
            }
    }
}

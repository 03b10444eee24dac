import Yams

/// Numbers with a decimal comma, as most of the world writes them. YAML takes a comma between braces or brackets for
/// the beginning of the next entry: `{ latitude: -7,85 }` has the entries `latitude: -7` and `85`.
enum DecimalComma {
    /// An entry whose number was cut in two.
    struct Cut {
        /// The key of the number, and the node to point at.
        var key: String
        var node: Node
        /// The key that the digits after the comma became.
        var made: String
        var written: String
        var meant: String
    }

    /// The entries of a map in braces that a decimal comma cut in two.
    static func entries(of mapping: Node.Mapping) -> [Cut] {
        zip(mapping, mapping.dropFirst()).compactMap { entry, next in
            guard let key = entry.key.scalar?.string, let whole = entry.value.scalar, whole.style == .plain,
                isWhole(whole.string), let rest = next.key.scalar, rest.style == .plain, isRest(rest.string),
                let nothing = next.value.scalar, nothing.style == .plain, nothing.string.isEmpty, isTight(whole, rest)
            else { return nil }
            return Cut(
                key: key,
                node: entry.value,
                made: rest.string,
                written: "\(whole.string),\(rest.string)",
                meant: "\(whole.string).\(rest.string)"
            )
        }
    }

    /// How a list would be written whose commas are decimal ones: those with no space behind them, where the others
    /// have one, as in `[6,5, 8,5]`. Nil for any other list.
    static func meant(by sequence: Node.Sequence) -> String? {
        guard sequence.count >= 3 else { return nil }
        let scalars = sequence.compactMap(\.scalar)
        guard scalars.count == sequence.count, scalars.allSatisfy({ $0.style == .plain && isWhole($0.string) }) else {
            return nil
        }
        let isTight = zip(scalars, scalars.dropFirst()).map(isTight)
        // Tight or not by turns, but never twice in a row: that would be a number with two commas.
        let twice = zip(isTight, isTight.dropFirst()).contains { $0 && $1 }
        guard isTight.contains(true), isTight.contains(false), !twice else { return nil }
        var numbers: [String] = []
        for (index, scalar) in scalars.enumerated() {
            if index > 0, isTight[index - 1] {
                numbers[numbers.count - 1] += "." + scalar.string
            } else {
                numbers.append(scalar.string)
            }
        }
        return "[\(numbers.joined(separator: ", "))]"
    }

    /// Whether nothing but a comma stands between the two. So they are between braces or brackets too: elsewhere each
    /// begins a line of text.
    private static func isTight(_ first: Node.Scalar, _ second: Node.Scalar) -> Bool {
        guard let from = first.mark, let to = second.mark, from.line == to.line else { return false }
        return to.column == from.column + first.string.utf8.count + 1
    }

    /// `; write 7.85` for a number with one comma; nothing for any other text.
    static func remedy(_ text: String) -> Message {
        let parts = text.split(separator: ",", omittingEmptySubsequences: false).map(String.init)
        guard parts.count == 2, isWhole(parts[0]), isRest(parts[1]) else { return "" }
        return "; the decimal sign is a point: write \(parts[0]).\(parts[1])"
    }

    private static func isWhole(_ text: String) -> Bool {
        let digits = text.drop { $0 == "-" || $0 == "+" }
        return text.utf8.count - digits.utf8.count <= 1 && !digits.isEmpty && digits.utf8.allSatisfy(isDigit)
    }

    /// Digits, and the unit of a time or a size behind them.
    private static func isRest(_ text: String) -> Bool {
        let letters = text.utf8.drop(while: isDigit)
        return letters.count < text.utf8.count
            && letters.allSatisfy { $0 == 32 || (65...90).contains($0) || (97...122).contains($0) }
    }

    private static func isDigit(_ byte: UInt8) -> Bool { (48...57).contains(byte) }
}

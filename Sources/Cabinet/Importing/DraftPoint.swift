import Domain
import Profiles

/// One point of a profile that is being written: its keys with their values as YAML.
struct DraftPoint {
    struct Key: Hashable {
        var name: String
        var value: String
    }

    var name: String
    var row: ImportRow
    var table: RegisterTable?
    /// The register's number as the profile's numbering has it.
    var number: Int
    var type: RegisterType?
    /// How many registers it takes.
    var registers: Int
    var keys: [Key] = []
    var order: WordOrder?
    /// Bits of a register that stand in a row each, by their names.
    var fields: [(name: String, bits: ClosedRange<Int>)] = []

    mutating func set(_ key: String, _ value: String) { keys.append(Key(name: key, value: value)) }

    /// Whether its words are those of a total, which only a person can say for certain.
    var isPerhapsTotal: Bool {
        guard row[.total] == nil, let type, type != .string, type != .bool, registers > 1 else { return false }
        let plain = PointNames.plain(RowReader.title(row))
        let words = [
            "total", "accumul", "cumul", "energy", "volume", "kumulatif", "zaehler", "energi", "kwh", "counter",
        ]
        return words.contains { plain.contains($0) }
    }

}

/// A value as YAML has it.
package enum YAMLText {
    /// Quoted where it could be anything but this text.
    static func scalar(_ text: String) -> String {
        let isPlain =
            text.first.map { $0.isASCII && $0.isLetter } == true
            && text.allSatisfy { $0.isASCII && ($0.isLetter || $0.isNumber || "/._-".contains($0)) }
            && !["true", "false", "null", "yes", "no", "on", "off", "y", "n"].contains(text.lowercased())
        return isPlain ? text : quoted(text)
    }

    package static func quoted(_ text: String) -> String {
        "\"" + line(text).replacing("\\", with: "\\\\").replacing("\"", with: "\\\"") + "\""
    }

    /// One line of text without what no YAML file may hold: for comments and quoted texts.
    package static func line(_ text: String, atMost most: Int = 200) -> String {
        var line = ""
        for scalar in text.unicodeScalars.prefix(most) {
            let value = scalar.value
            let isText =
                (0x20...0x7E).contains(value) || (0xA0...0x1FFF).contains(value)
                || (0x2030...0x205E).contains(value) || (0x2010...0x2027).contains(value)
                || (0x2070...0xD7FF).contains(value) || (0xF900...0xFDCF).contains(value)
                || (0xFE30...0xFEFE).contains(value) || (0xFF00...0xFFEF).contains(value)
            line.unicodeScalars.append(isText ? scalar : " ")
        }
        return line
    }
}

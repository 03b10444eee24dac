import Domain
import Profiles

extension ImportedRows {
    /// The fields of Telegraf's `inputs.modbus` (influxdata/telegraf, plugins/inputs/modbus): lists of inline tables
    /// under `holding_registers` and their like, and `fields` of a `request`. It reads no other TOML.
    init(telegraf text: String) {
        var rows: [ImportRow] = []
        var table: RegisterTable? = .holding
        var order = WordOrder.abcd
        var list: RegisterTable??
        for (index, line) in text.split(separator: "\n", omittingEmptySubsequences: false).enumerated() {
            var plain = Self.withoutComment(line)
            if plain.hasPrefix("[[") {
                // Each request begins with the defaults.
                (table, order, list) = (.holding, .abcd, nil)
                continue
            }
            if list == nil, let sign = plain.firstIndex(of: "=") {
                let key = plain[..<sign].filter { $0 != " " }
                let value = plain[plain.index(after: sign)...].filter { !" \"'".contains($0) }
                if key == "register" { table = Self.tables[value] }
                if key == "byte_order" { order = OrderText.order(value) ?? .abcd }
                if value.hasPrefix("[") {
                    if let named = Self.tables[key] { list = named }
                    if key == "fields" { list = .some(table) }
                    plain = String(plain[plain.index(after: sign)...].drop { $0 == " " }.dropFirst())
                }
            }
            guard let kind = list else { continue }
            for inline in Self.inlineTables(plain) {
                rows.append(Self.row(inline, line: index + 1, table: kind, order: order))
            }
            let rest = Self.withoutTables(plain)
            if rest.contains("]") { list = nil }
        }
        self.init(rows: rows, numbering: .from0, factor: .times)
    }

    private static let tables: [String: RegisterTable] = [
        "holding_registers": .holding, "input_registers": .input, "coils": .coil, "discrete_inputs": .discrete,
        "holding": .holding, "input": .input, "coil": .coil, "discrete": .discrete,
    ]

    private static func row(_ text: String, line: Int, table: RegisterTable?, order: WordOrder) -> ImportRow {
        let keys = keys(text)
        var values: [ImportColumn: String] = [:]
        values[.name] = keys["name"]
        values[.factor] = keys["scale"]
        let addresses = (keys["address"] ?? "").split { "[], ".contains($0) }.map(String.init)
        if let first = addresses.first, let last = addresses.last {
            values[.address] = first == last ? first : "\(first)-\(last)"
        }
        // Fixed-point numbers are whole ones with a factor; their width is that of the address list.
        switch (keys["data_type"] ?? keys["type"])?.uppercased() {
        case "FIXED"?: values[.type] = "signed"
        case "UFIXED"?: values[.type] = "unsigned"
        // In this form the word once meant a fixed-point number, and later nothing certain.
        case "FLOAT32"? where keys["data_type"] != nil: values[.type] = "FLOAT32 or UFIXED?"
        case let type?: values[.type] = type
        case nil: break
        }
        let own = keys["byte_order"].flatMap(OrderText.order)
        return ImportRow(line: line, text: text, values: values, order: own ?? order, table: table)
    }

    /// `name="a", address=[1,2]` as keys and values.
    private static func keys(_ text: String) -> [String: String] {
        var keys: [String: String] = [:]
        var key = ""
        var value = ""
        var isValue = false
        var isQuoted = false
        var depth = 0
        func end() {
            let name = key.filter { $0 != " " }
            if isValue { keys[name] = value.split(separator: " ").joined(separator: " ") }
            (key, value, isValue) = ("", "", false)
        }
        for letter in text {
            if letter == "\"" || letter == "'" {
                isQuoted.toggle()
            } else if !isQuoted, letter == "=", !isValue {
                isValue = true
            } else if !isQuoted, letter == ",", depth == 0 {
                end()
            } else {
                if !isQuoted, letter == "[" { depth += 1 }
                if !isQuoted, letter == "]" { depth -= 1 }
                if isValue { value.append(letter) } else { key.append(letter) }
            }
        }
        end()
        return keys
    }

    /// What stands between braces in a line of text.
    private static func inlineTables(_ line: String) -> [String] {
        line.split(separator: "{", omittingEmptySubsequences: false).dropFirst().compactMap { part in
            part.firstIndex(of: "}").map { String(part[..<$0]) }
        }
    }

    private static func withoutTables(_ line: String) -> String {
        line.split(separator: "{", omittingEmptySubsequences: false).enumerated().map { index, part in
            index == 0 ? part : part.firstIndex(of: "}").map { part[part.index(after: $0)...] } ?? ""
        }.joined()
    }

    private static func withoutComment(_ line: Substring) -> String {
        var isQuoted = false
        var plain = ""
        for letter in line {
            if letter == "\"" { isQuoted.toggle() }
            if letter == "#", !isQuoted { break }
            if letter != "\r" { plain.append(letter) }
        }
        return String(plain.drop { $0 == " " || $0 == "\t" })
    }
}

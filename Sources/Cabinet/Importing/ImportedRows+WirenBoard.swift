import Domain
import Profiles

extension ImportedRows {
    /// The channels of a template of wb-mqtt-serial: addresses as they are sent, words in the standard's order unless
    /// `word_order` says otherwise.
    init(wirenBoard tree: FileTree) {
        let device = tree["device"] ?? tree
        var rows: [ImportRow] = []
        var remarks: [ImportRemark] = []
        for (_, value) in device.all(under: ["channels"]) {
            for entry in value.elements {
                let name = entry.text("name") ?? entry.text("id") ?? ""
                let table = Self.tables[entry.text("reg_type") ?? ""]
                guard table != nil else {
                    let what = entry.text("reg_type") ?? (entry["consists_of"] == nil ? "device_type" : "consists_of")
                    remarks.append(ImportRemark(line: entry.line, row: name, .notRead(what)))
                    continue
                }
                rows.append(Self.row(entry, name: name, table: table))
            }
        }
        self.init(
            rows: rows,
            numbering: .from0,
            factor: .times,
            remarks: remarks,
            name: device.text("name") ?? tree.text("device_type")
        )
    }

    private static let tables: [String: RegisterTable] = [
        "holding": .holding, "holding_single": .holding, "holding_multi": .holding, "input": .input, "coil": .coil,
        "discrete": .discrete,
    ]

    private static func row(_ entry: FileTree, name: String, table: RegisterTable?) -> ImportRow {
        var values: [ImportColumn: String] = [:]
        values[.address] = entry.text("address")
        if values[.address] == nil, entry["write_address"] != nil { values[.access] = "W" }
        values[.name] = name
        let format = entry.text("format") ?? "u16"
        switch format {
        // A byte of a register is a field of it.
        case "u8" where !(entry.text("address") ?? "").contains(":"): values[.bit] = "0-7"
        default: break
        }
        values[.type] = format == "u8" ? "u16" : format
        if format == "string" { values[.count] = entry.text("string_data_size") }
        values[.factor] = entry.text("scale")
        values[.offset] = entry.text("offset")
        values[.unit] = entry.text("units") ?? units[entry.text("type") ?? ""]
        values[.invalid] = entry.text("error_value")
        let words = entry["enum_titles"]?.elements.compactMap(text)
        if let numbers = entry["enum"]?.elements.compactMap(text), let words, numbers.count == words.count {
            values[.values] = zip(numbers, words).map { "\($0): \($1)" }.joined(separator: "; ")
        }
        let order: WordOrder =
            switch (entry.text("word_order"), entry.text("byte_order")) {
            case ("little_endian"?, "little_endian"?): .dcba
            case ("little_endian"?, _): .cdab
            case (_, "little_endian"?): .badc
            default: .abcd
            }
        return ImportRow(line: entry.line, text: entry.words, values: values, order: order, table: table)
    }

    private static func text(_ tree: FileTree) -> String? {
        guard case .text(let text, _) = tree else { return nil }
        return text
    }

    /// The units of the channels' types.
    private static let units = [
        "temperature": "°C", "rel_humidity": "%", "voltage": "V", "current": "A", "power": "W",
        "power_consumption": "kWh", "atmospheric_pressure": "mbar", "lux": "lx", "illuminance": "lx",
        "water_flow": "m3/h", "water_consumption": "m3", "concentration": "ppm", "rainfall": "mm/h",
        "wind_speed": "m/s", "resistance": "Ohm",
    ]

    /// The marks of types such as `int16nan`.
    private static let notNumbers: [(type: String, mark: String)] = [
        ("int16", "0x8000"), ("uint16", "0xFFFF"), ("int32", "0x80000000"), ("uint32", "0xFFFFFFFF"),
        ("int64", "0x8000000000000000"), ("uint64", "0xFFFFFFFFFFFFFFFF"),
    ]

    /// The registers of an evcc template. Its Go lines make it no YAML, so that it is read by its indentation:
    /// `register:` with address, type and decode below it, and `scale` beside it.
    init(evcc text: String) {
        let lines = text.split(separator: "\n", omittingEmptySubsequences: false).map { line -> (Int, String, String) in
            let trimmed = line.drop { $0 == " " || $0 == "-" }
            let plain = trimmed.firstRange(of: " #").map { trimmed[..<$0.lowerBound] } ?? trimmed
            let parts = plain.split(separator: ":", maxSplits: 1, omittingEmptySubsequences: false).map(String.init)
            func unquoted(_ text: String) -> String {
                text.filter { $0 != "\"" }.split(separator: " ").joined(separator: " ")
            }
            return (line.count - trimmed.count, unquoted(parts[0]), parts.count > 1 ? unquoted(parts[1]) : "")
        }
        var rows: [ImportRow] = []
        for (index, line) in lines.enumerated() where line.1 == "register" && line.2.isEmpty {
            var values: [ImportColumn: String] = [:]
            var kind: String?
            for (indent, key, value) in lines[(index + 1)...].prefix(20) {
                if key.hasPrefix("{{") || key.isEmpty { continue }
                if indent < line.0 { break }
                if indent == line.0 {
                    if key == "scale" { values[.factor] = value }
                    if key == "register" { break }
                    continue
                }
                switch key {
                case "address": values[.address] = value
                case "type": kind = value
                case "decode":
                    values[.type] = value
                    values[.invalid] = Self.notNumbers.first { value.hasPrefix($0.type) && value.contains("nan") }?.mark
                case "length": values[.count] = value
                default: break
                }
            }
            // The quantity is the nearest key further left.
            let owner = lines[..<index].last {
                $0.0 < line.0 && !$0.1.isEmpty && !$0.1.hasPrefix("{{") && $0.1 != "add"
            }
            values[.name] = owner?.1
            if kind?.hasPrefix("write") ?? false { values[.access] = "W" }
            let text = values.sorted { $0.key.rawValue < $1.key.rawValue }.map { "\($0.key): \($0.value)" }
            let order = values[.type].flatMap { TypeText($0)?.order } ?? .abcd
            rows.append(
                ImportRow(
                    line: index + 1,
                    text: ([kind.map { "type: \($0)" }].compactMap(\.self) + text).joined(separator: ", "),
                    values: values,
                    order: order,
                    table: kind.flatMap { Self.tables[$0] }
                )
            )
        }
        self.init(rows: rows, numbering: .from0, factor: .times)
    }
}

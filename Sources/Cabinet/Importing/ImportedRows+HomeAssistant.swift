import Domain
import Profiles

extension ImportedRows {
    /// The sensors of Home Assistant's `modbus:` (home-assistant.io, integrations/modbus): addresses as they are sent,
    /// words in the standard's order unless `swap` says otherwise.
    init(homeAssistant tree: FileTree) {
        var rows: [ImportRow] = []
        var remarks: [ImportRemark] = []
        let written: Set<String> = ["switches", "lights", "fans", "covers", "climates"]
        for (key, value) in tree.all(under: written.union(["sensors", "binary_sensors"])) {
            for entry in value.elements {
                guard entry["address"] != nil else { continue }
                if written.contains(key) {
                    remarks.append(ImportRemark(line: entry.line, row: entry.text("name") ?? "", .notRead(key)))
                    continue
                }
                rows.append(Self.row(entry, isBinary: key == "binary_sensors"))
            }
        }
        self.init(rows: rows, numbering: .from0, factor: .times, remarks: remarks)
    }

    private static func row(_ entry: FileTree, isBinary: Bool) -> ImportRow {
        var values: [ImportColumn: String] = [:]
        values[.address] = entry.text("address")
        values[.name] = entry.text("name") ?? entry.text("unique_id")
        values[.count] = entry.text("count")
        values[.factor] = entry.text("scale")
        values[.offset] = entry.text("offset")
        values[.unit] = entry.text("unit_of_measurement")
        values[.invalid] = entry.text("nan_value")
        values[.formula] = entry.text("structure")
        values[.total] = entry.text("state_class") == "total_increasing" ? "yes" : nil
        // The integration's default.
        values[.type] = isBinary ? "uint16" : entry.text("data_type") ?? "int16"
        let tables: [String: RegisterTable] = [
            "holding": .holding, "input": .input, "coil": .coil, "discrete_input": .discrete,
        ]
        let table = tables[entry.text("input_type") ?? (isBinary ? "coil" : "holding")]
        let swap = entry.text("swap") ?? (entry.text("reverse_order") == "true" ? "word" : "none")
        let order = OrderText.order(swap)
        return ImportRow(line: entry.line, text: entry.words, values: values, order: order, table: table)
    }

    /// The sensors of ESPHome's `modbus_controller` (esphome.io, components/modbus_controller): addresses as they are
    /// sent, and `_R` for words in reverse.
    init(espHome tree: FileTree) {
        var rows: [ImportRow] = []
        var remarks: [ImportRemark] = []
        let written: Set<String> = ["switch", "number", "select", "output"]
        for (key, value) in tree.all(under: written.union(["sensor", "binary_sensor", "text_sensor"])) {
            for entry in value.elements where entry.text("platform") == "modbus_controller" {
                let name = Self.plain(entry.text("name") ?? entry.text("id") ?? "")
                if written.contains(key) {
                    remarks.append(ImportRemark(line: entry.line, row: name, .notRead(key)))
                    continue
                }
                rows.append(Self.espHomeRow(entry, name: name, isText: key == "text_sensor"))
            }
        }
        self.init(rows: rows, numbering: .from0, factor: .times, remarks: remarks)
    }

    private static func espHomeRow(_ entry: FileTree, name: String, isText: Bool) -> ImportRow {
        var values: [ImportColumn: String] = [:]
        values[.address] = entry.text("address")
        values[.name] = name
        values[.type] = isText ? "string" : entry.text("value_type")
        // A number's count only bridges registers that nobody reads.
        values[.count] = isText ? entry.text("register_count") : nil
        // The value may begin some bytes later in the reply.
        if let bytes = entry.text("offset").flatMap({ Int($0) }), bytes != 0 {
            let first = AddressText(entry.text("address") ?? "")?.first
            if bytes.isMultiple(of: 2), bytes > 0, let first {
                values[.address] = "\(first + bytes / 2)"
            } else {
                values[.formula] = "offset: \(bytes)"
            }
        }
        values[.unit] = entry.text("unit_of_measurement")
        values[.formula] = entry.text("lambda") ?? values[.formula]
        values[.total] = entry.text("state_class") == "total_increasing" ? "yes" : nil
        values[.bit] = entry.text("bitmask").flatMap(bits)
        for filter in entry["filters"]?.elements ?? [] {
            // Filters work one after the other: an offset before a factor is multiplied too.
            if let factor = filter.text("multiply"), values[.factor] == nil, values[.offset] == nil {
                values[.factor] = factor
            } else if let offset = filter.text("offset"), values[.offset] == nil {
                values[.offset] = offset
            } else if filter["multiply"] != nil || filter["offset"] != nil || filter["lambda"] != nil
                || filter["calibrate_linear"] != nil || filter["calibrate_polynomial"] != nil
            {
                values[.formula] = values[.formula] ?? filter.words
            }
        }
        let tables: [String: RegisterTable] = [
            "holding": .holding, "read": .input, "coil": .coil, "discrete_input": .discrete,
        ]
        let order = values[.type].flatMap { TypeText($0)?.order } ?? .abcd
        return ImportRow(
            line: entry.line,
            text: entry.words,
            values: values,
            order: order,
            table: entry.text("register_type").flatMap { tables[$0] }
        )
    }

    /// The bits of a mask such as 0x0F00; nil where they are not side by side, or all.
    private static func bits(_ mask: String) -> String? {
        guard let value = mask.lowercased().hasPrefix("0x") ? UInt16(mask.dropFirst(2), radix: 16) : UInt16(mask),
            value != 0, value != .max
        else { return nil }
        let low = value.trailingZeroBitCount
        let high = 15 - value.leadingZeroBitCount
        return value.nonzeroBitCount == high - low + 1 ? "\(low)-\(high)" : nil
    }

    /// A name without ESPHome's substitutions: `${prefix} voltage`.
    private static func plain(_ name: String) -> String {
        var plain = ""
        var rest = name[...]
        while let open = rest.firstRange(of: "${") {
            plain += rest[..<open.lowerBound]
            rest = rest[open.upperBound...]
            rest = rest.firstIndex(of: "}").map { rest[rest.index(after: $0)...] } ?? ""
        }
        return (plain + rest).split(separator: " ").joined(separator: " ")
    }
}

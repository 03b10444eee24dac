import Profiles

/// Finds the row of heads in a table, and says which column holds what.
struct TableHeads {
    /// The place of the row among the rows.
    var row: Int
    var columns: [Int: ImportColumn]
    var heads: [String]
    /// Whether the table is one of ioBroker.modbus, whose factors multiply.
    var isOfIoBroker: Bool

    /// Nil where no row of the first hundred names an address and one thing more.
    init?(_ rows: [TableText.Row], said: [(head: String, column: ImportColumn)]) {
        var best: (row: Int, columns: [Int: ImportColumn])?
        for (index, row) in rows.prefix(100).enumerated() {
            let columns = Self.columns(row.cells, said: said)
            guard columns.values.contains(.address), columns.count >= 2 else { continue }
            if columns.count > best?.columns.count ?? 0 { best = (index, columns) }
        }
        guard let best else { return nil }
        row = best.row
        columns = Self.corrected(best.columns, rows[best.row].cells, Array(rows.dropFirst(best.row + 1)), said: said)
        heads = rows[best.row].cells
        isOfIoBroker = heads.contains("_address")
    }

    /// Where several heads may mean the address, the column whose cells are addresses has it: in some tables names
    /// stand under "register".
    private static func corrected(
        _ columns: [Int: ImportColumn],
        _ heads: [String],
        _ rows: [TableText.Row],
        said: [(head: String, column: ImportColumn)]
    ) -> [Int: ImportColumn] {
        guard !said.contains(where: { $0.column == .address }) else { return columns }
        func addresses(_ column: Int) -> Int {
            rows.prefix(200).count { column < $0.cells.count && AddressText($0.cells[column]) != nil }
        }
        guard let first = columns.first(where: { $0.value == .address })?.key else { return columns }
        let others = heads.indices.filter { columns[$0] == nil && ImportColumn.named(heads[$0]) == .address }
        guard let best = others.max(by: { addresses($0) < addresses($1) }), addresses(best) > addresses(first) * 2
        else {
            return columns
        }
        var corrected = columns
        corrected[best] = .address
        corrected[first] = columns.values.contains(.name) ? nil : .name
        return corrected
    }

    /// The first column that a word names has it; a second one is ignored, or joins where texts may be two.
    private static func columns(
        _ cells: [String],
        said: [(head: String, column: ImportColumn)]
    ) -> [Int: ImportColumn] {
        var columns: [Int: ImportColumn] = [:]
        for (head, column) in said {
            let plain = ImportColumn.plain(head)
            let index = cells.firstIndex { $0 == head } ?? cells.firstIndex { ImportColumn.plain($0) == plain }
            let number = Int(head).flatMap { (1...cells.count).contains($0) ? $0 - 1 : nil }
            if let index = index ?? number { columns[index] = column }
        }
        var taken = Set(columns.values)
        for (index, cell) in cells.enumerated() where columns[index] == nil {
            guard let column = ImportColumn.named(cell), column != .ignore else { continue }
            if taken.insert(column).inserted {
                columns[index] = column
            } else if column == .name, taken.insert(.description).inserted {
                columns[index] = .description
            }
        }
        // A table that has no names, only descriptions, is named by them.
        if !taken.contains(.name), let index = columns.first(where: { $0.value == .description })?.key {
            columns[index] = .name
        }
        return columns
    }

    /// Whether the addresses are hexadecimal without a sign of it: the head says so, or one of them is `000A`.
    func hasHexadecimalAddresses(_ rows: [TableText.Row]) -> Bool {
        guard let column = columns.first(where: { $0.value == .address })?.key else { return false }
        let head = heads[column].lowercased()
        if head.contains("hex") || head.contains("16进制") || head.contains("十六进制") { return true }
        let cells = rows.dropFirst(row + 1).compactMap { column < $0.cells.count ? $0.cells[column] : nil }
            .filter { !$0.isEmpty }
        let areFour = cells.allSatisfy { $0.count == 4 && $0.allSatisfy { $0.isASCII && $0.isHexDigit } }
        return areFour && cells.contains { $0.contains { $0.isLetter } }
    }

    /// Whether every address ends in ".0".
    func hasDecimalAddresses(_ rows: [TableText.Row]) -> Bool {
        guard let column = columns.first(where: { $0.value == .address })?.key else { return false }
        let cells = rows.dropFirst(row + 1).compactMap { column < $0.cells.count ? $0.cells[column] : nil }
            .filter { $0.first?.isNumber == true }
        return cells.count > 1 && cells.allSatisfy { $0.hasSuffix(".0") }
    }

    /// The heads that no word of ours names.
    var unknown: [String] {
        heads.indices.filter { columns[$0] == nil && !heads[$0].isEmpty && ImportColumn.named(heads[$0]) == nil }
            .map { heads[$0] }
    }
}

extension ImportedRows {
    /// The rows of a table.
    package init(table: TableText, options: ImportOptions) {
        guard let heads = TableHeads(table.rows, said: options.columns) else {
            let first = table.rows.first?.cells.filter { !$0.isEmpty } ?? []
            self.init(rows: [], remarks: [ImportRemark(first.isEmpty ? .noRows : .noAddressColumn(first))])
            return
        }
        let isHexadecimal = heads.hasHexadecimalAddresses(table.rows)
        let areDecimals = heads.hasDecimalAddresses(table.rows)
        var rows: [ImportRow] = []
        for row in table.rows[(heads.row + 1)...] {
            let text = row.cells.filter { !$0.isEmpty }.joined(separator: " | ")
            var values: [ImportColumn: String] = [:]
            var cells = row.cells
            // A text at the row's end that was not quoted holds the separator itself: `0: off; 1: on`.
            if cells.count > heads.heads.count, let last = heads.heads.indices.last {
                cells[last] = cells[last...].filter { !$0.isEmpty }.joined(separator: "\(table.separator) ")
            }
            for (index, column) in heads.columns where index < cells.count { values[column] = cells[index] }
            // A spreadsheet makes decimal numbers of whole ones; 40010.0 alone is a bit.
            if areDecimals, let digits = values[.address] { values[.address] = String(digits.prefix { $0 != "." }) }
            // So does one cell with a number's type: no bit is an int16.
            if let digits = values[.address], digits.hasSuffix(".0"), let type = values[.type]?.lowercased(),
                ["int", "float", "real", "word"].contains(where: type.contains)
            {
                values[.address] = String(digits.dropLast(2))
            }
            if isHexadecimal, let digits = values[.address] { values[.address] = Self.hexadecimal(digits) }
            let read = ImportRow(line: row.line, text: text, values: values)
            // The heads again on the next page of a manual, and the title of a section.
            let isHead = TableHeads([row], said: options.columns) != nil
            let isAlone = row.cells.count { !$0.isEmpty } <= 1
            if isHead || isAlone, read[.address].flatMap(AddressText.init) == nil { continue }
            rows.append(read)
        }
        let named = heads.columns.sorted { $0.key < $1.key }.map { "\(heads.heads[$0.key]) = \($0.value.rawValue)" }
        var remarks = [ImportRemark(.columns(named))]
        remarks += heads.unknown.map { ImportRemark(.unknownHead($0)) }
        let addressHead = heads.columns.first { $0.value == .address }.map { ImportColumn.plain(heads.heads[$0.key]) }
        self.init(
            rows: rows,
            numbering: addressHead.flatMap(Self.numbering),
            factor: heads.isOfIoBroker ? .times : nil,
            remarks: remarks
        )
    }

    /// `0010-0011` as `0x0010-0x0011`.
    private static func hexadecimal(_ text: String) -> String {
        let plain = text.lowercased()
        return plain.contains("0x") || plain.contains("h")
            ? text : text.split(separator: "-").map { "0x" + $0.filter { $0 != " " } }.joined(separator: "-")
    }

    /// What a head says about the first address.
    private static func numbering(_ head: String) -> ModbusAccess.Numbering? {
        let head = " \(head) "
        let fromZero = [" pdu ", " protocol ", " from 0 ", " 0 based ", " zero based ", " mulai 0 ", " ab 0 ", "从0"]
        let fromOne = [" from 1 ", " 1 based ", " one based ", " mulai 1 ", " ab 1 ", "从1"]
        if fromZero.contains(where: { head.contains($0) }) { return .from0 }
        return fromOne.contains { head.contains($0) } ? .from1 : nil
    }
}

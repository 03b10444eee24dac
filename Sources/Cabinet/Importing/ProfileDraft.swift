import Documents
import Domain
import Profiles

/// A profile made from a table: the text of its file, and what was not understood.
///
/// What the table does not say is a blank: a value that begins with `TODO`, with the choices after it. The profile's
/// reader refuses each blank by name, so that nothing is read by a guess.
package struct ProfileDraft: Sendable {
    /// The file's text.
    package let text: String
    package let remarks: [ImportRemark]
    /// Rows of values, how many of them became points, and with how many of these nothing is left to do.
    package let rows: Int
    package let points: Int
    package let whole: Int
    /// A point whose value on the display settles most: a number of several registers, where there is one.
    package let telling: String?
    package let isNumberingOpen: Bool
    package let isTableOpen: Bool
    package let isOrderOpen: Bool

    /// - Parameters:
    ///   - file: the table's name, for the comment at the top.
    ///   - said: says a remark in words, for the comments beside the points.
    package init(_ imported: ImportedRows, from file: String, options: ImportOptions, said: (ImportRemark) -> String) {
        var built = DraftBuilder(imported, options: options)
        let head = DraftHead(built, options: options, name: options.name ?? imported.name ?? options.id, file: file)
        built.repair(head)
        text = head.text(of: built, said: said)
        let whole = built.remarks.filter { $0.line == nil }
        remarks = whole + built.remarks.filter { $0.line != nil }.sorted { ($0.line ?? 0) < ($1.line ?? 0) }
        rows = imported.rows.count
        points = built.points.reduce(0) { $0 + max(1, $1.fields.count) }
        let withRemarks = Set(built.remarks.compactMap(\.line))
        self.whole = built.points.reduce(0) { sum, point in
            sum + (withRemarks.contains(point.row.line) ? 0 : max(1, point.fields.count))
        }
        let numbers = built.points.filter { $0.fields.isEmpty && $0.table?.holdsBits != true && $0.type != .string }
        telling = (numbers.first { $0.registers > 1 && $0.order == nil } ?? numbers.first)?.name
        isNumberingOpen = head.numbering == nil
        isTableOpen = head.isTableOpen
        isOrderOpen = head.order == nil
    }
}

/// The points that the rows of a table become, and the rows that become none.
struct DraftBuilder {
    var points: [DraftPoint] = []
    var leftOut: [(row: ImportRow, remark: ImportRemark)] = []
    private(set) var remarks: [ImportRemark] = []
    private(set) var numbering: ModbusAccess.Numbering?
    /// Whether a point stands in no table that the file names.
    private(set) var isTableOpen = false

    init(_ imported: ImportedRows, options: ImportOptions) {
        var placed: [(row: ImportRow, address: AddressText, table: RegisterTable?)] = []
        remarks = imported.remarks
        for row in imported.rows {
            guard let text = row[.address], let address = AddressText(text) else {
                leave(row, .noAddress(row[.address] ?? ""))
                continue
            }
            if RowReader.isOnlyWritten(row) {
                leave(row, .noWrite)
                continue
            }
            placed.append((row, address, row.table ?? table(row)))
        }
        let plan = AddressPlan(
            placed.map { ($0.address, $0.table) },
            said: options.numbering,
            file: imported.numbering
        )
        remarks += plan.remarks
        numbering = plan.numbering
        let starts = Array(Set(placed.map { $0.address.first })).sorted()
        var reader = RowReader(options: options, factor: imported.factor, addresses: starts)
        var names = PointNames()
        for (row, address, function) in placed {
            let place = plan.place(address)
            let table = function ?? place.table ?? options.table ?? (RowReader.isWritable(row) ? .holding : nil)
            let before = reader.remarks.count
            guard let point = reader.point(row, at: address, number: place.number, table: table) else {
                if reader.remarks.count > before, let remark = reader.remarks.last { leftOut.append((row, remark)) }
                continue
            }
            if table == nil { isTableOpen = true }
            add(point, &names, otherwise: "register_\(place.number)")
        }
        remarks += reader.remarks
    }

    /// The table that the row's function names.
    private mutating func table(_ row: ImportRow) -> RegisterTable? {
        guard let text = row[.function] else { return nil }
        if case .some(.some(let table)) = FunctionText.table(text) { return table }
        remarks.append(ImportRemark(line: row.line, row: RowReader.title(row), .unknownTable(text)))
        return nil
    }

    private mutating func leave(_ row: ImportRow, _ kind: ImportRemark.Kind) {
        let remark = ImportRemark(line: row.line, row: RowReader.title(row), kind)
        leftOut.append((row, remark))
        remarks.append(remark)
    }

    /// Adds a point; bits of one register are fields of one point.
    private mutating func add(_ point: DraftPoint, _ names: inout PointNames, otherwise: String) {
        var point = point
        let title = RowReader.title(point.row)
        guard let bits = point.fields.first?.bits else {
            point.name = names.name(for: title, otherwise: otherwise)
            points.append(point)
            return
        }
        let same = points.firstIndex { !$0.fields.isEmpty && $0.number == point.number && $0.table == point.table }
        var fields = PointNames()
        for field in same.map({ points[$0].fields }) ?? [] { _ = fields.name(for: field.name, otherwise: "bit") }
        let name = fields.name(for: title, otherwise: "bit_\(bits.lowerBound)")
        if let same {
            points[same].fields.append((name, bits))
        } else {
            point.fields = [(name, bits)]
            point.name = names.name(for: "", otherwise: otherwise)
            points.append(point)
        }
    }

    // MARK: What the profile's reader says

    /// Takes out what the profile's reader would refuse, so that only blanks keep the file from being used.
    mutating func repair(_ head: DraftHead) {
        for _ in 0..<20 {
            let text = DraftBlanks.filled(head.text(of: self) { _ in "" })
            let problems = DraftBlanks.problems(of: text, id: head.options.id)
            var isChanged = false
            for problem in problems {
                let path = problem.keyPath.split(separator: ".").map(String.init)
                guard path.count >= 2, path[0] == "points", let index = points.firstIndex(where: { $0.name == path[1] })
                else { continue }
                isChanged = true
                let point = points[index]
                let key = path.count > 2 ? path[2] : nil
                if let key, !["type", "holding", "input", "coil", "discrete", "registers", "bits"].contains(key),
                    let place = point.keys.firstIndex(where: { $0.name == key })
                {
                    let words = "\(key): \(point.keys[place].value)"
                    points[index].keys.remove(at: place)
                    remarks.append(
                        ImportRemark(
                            line: point.row.line,
                            row: RowReader.title(point.row),
                            .droppedKey(words, problem.message.description)
                        )
                    )
                } else {
                    points.remove(at: index)
                    leave(point.row, .unreadable(problem.message.description))
                }
            }
            if !isChanged { return }
        }
    }
}

import Domain
import Glibc
import Platform
import Spreadsheet
import Store

extension CityExport {
    /// Writes a workbook: typed cells, times as the local clocks show them, and a sheet that explains the columns.
    ///
    /// A sheet has room for a million rows, and all of them are in memory.
    func workbook(_ query: RowQuery, to path: String, name: String) throws -> File {
        var rows: [[Workbook.Cell]] = []
        try RowCursor.read(query.wholeTextSQL, query.values, in: database) { piece throws(TooManyRows) in
            guard rows.count + piece.count < Workbook.mostRows else {
                throw TooManyRows(rows: rows.count + piece.count)
            }
            for row in 0..<piece.count {
                rows.append(query.columns.enumerated().map { cell(piece[row, $0], $1) })
            }
        }
        let columns = query.columns.map { Workbook.Column($0.name, width: width(of: $0)) }
        let meanings = query.columns.map { column -> [Workbook.Cell] in
            [.text(column.name), .text(column.words.indonesian), .text(column.words.english)]
        }
        let book = Workbook(sheets: [
            .init(name: query.view.name, columns: columns, rows: rows),
            .init(
                name: "kolom",
                columns: [.init("kolom", width: 22), .init("arti", width: 70), .init("meaning", width: 70)],
                rows: meanings
            ),
        ])
        // libxlsxwriter writes to a path only: the draft takes the file's name when it is whole.
        let draft = path + "." + String(UInt64.random(in: .min ... .max), radix: 36) + ".new"
        defer { unlink(draft) }
        try book.write(to: draft)
        var status = stat()
        let bytes = stat(draft, &status) == 0 ? Int64(status.st_size) : 0
        try system("rename", path) { rename(draft, path) }
        return File(name: name, rows: rows.count, bytes: bytes)
    }

    private func local(_ clock: Instant?) -> Workbook.Cell? {
        clock.map { .local(milliseconds: $0.millisecondsSince1970) }
    }

    private func width(of column: CityView.Column) -> Double {
        switch column.kind {
        case .moment: 17
        case .text: 22
        default: 13
        }
    }

    private func cell(_ text: String?, _ column: CityView.Column) -> Workbook.Cell {
        guard let text else { return .empty }
        switch column.kind {
        case .integer, .number: return Double(text).map { .number($0) } ?? .text(text)
        case .moment:
            // A time without a zone is local already.
            if column.type == "timestamp without time zone" {
                return local(Instant(iso8601: text + "Z")) ?? .text(text)
            }
            let moment = Instant(iso8601: text)
            return local(moment.map { $0 + .seconds(zone.offset($0)) }) ?? .text(text)
        default: return text.isEmpty ? .empty : .text(text.visible)
        }
    }
}

import CXlsxWriter
import Glibc

extension Workbook {
    /// Writes the workbook as an XLSX file (ISO/IEC 29500), replacing an existing file.
    ///
    /// The rows go through temporary files, so that a long sheet needs little memory.
    public func write(to path: String) throws(WorkbookError) {
        for sheet in sheets where sheet.rows.count >= Self.mostRows {
            throw WorkbookError(
                code: 0,
                operation: "write",
                subject: sheet.name,
                message: "\(sheet.rows.count) rows are more than a sheet has room for; choose fewer days or windows"
            )
        }
        let file = try WorkbookFile(path: path)
        for sheet in sheets { try file.add(sheet) }
        try file.close(path)
    }
}

/// A workbook while it is written: owns libxlsxwriter's handle until it is closed or given up.
private struct WorkbookFile: ~Copyable {
    private let handle: UnsafeMutablePointer<lxw_workbook>
    private let bold: UnsafeMutablePointer<lxw_format>
    private let percent: UnsafeMutablePointer<lxw_format>
    private let moment: UnsafeMutablePointer<lxw_format>

    /// Days from 1899-12-30, from which spreadsheets count, to 1970-01-01.
    private static let daysBefore1970 = 25_569.0

    init(path: String) throws(WorkbookError) {
        func missing(_ what: String) -> WorkbookError {
            WorkbookError(code: ENOMEM, operation: "make \(what) for", subject: path, message: "no memory")
        }
        var options = lxw_workbook_options()
        options.constant_memory = 1
        guard let handle = workbook_new_opt(path, &options) else { throw missing("a workbook") }
        func format(_ number: String?) -> UnsafeMutablePointer<lxw_format>? {
            let format = workbook_add_format(handle)
            if let format, let number { format_set_num_format(format, number) }
            return format
        }
        guard let bold = format(nil), let percent = format("0.0%"), let moment = format("yyyy-mm-dd hh:mm") else {
            lxw_workbook_free(handle)
            throw missing("formats")
        }
        format_set_bold(bold)
        self.handle = handle
        self.bold = bold
        self.percent = percent
        self.moment = moment
    }

    deinit { lxw_workbook_free(handle) }

    func add(_ sheet: Workbook.Sheet) throws(WorkbookError) {
        guard let target = workbook_add_worksheet(handle, sheet.name) else {
            throw WorkbookError(
                code: Int32(LXW_ERROR_SHEETNAME_ALREADY_USED.rawValue),
                operation: "add",
                subject: sheet.name,
                message: "this is no name for a sheet"
            )
        }
        let last = lxw_col_t(max(0, sheet.columns.count - 1))
        for (number, column) in sheet.columns.enumerated() {
            let number = lxw_col_t(number)
            try check(worksheet_set_column(target, number, number, column.width, nil), sheet)
        }
        worksheet_freeze_panes(target, 1, 0)
        try check(worksheet_autofilter(target, 0, 0, lxw_row_t(sheet.rows.count), last), sheet)
        // Write rows in order: an earlier row has left the memory.
        for (number, column) in sheet.columns.enumerated() {
            try check(worksheet_write_string(target, 0, lxw_col_t(number), column.title, bold), sheet)
        }
        for (index, row) in sheet.rows.enumerated() {
            for (number, cell) in row.enumerated() {
                try check(write(cell, to: target, lxw_row_t(index + 1), lxw_col_t(number)), sheet)
            }
        }
    }

    private func write(
        _ cell: Workbook.Cell,
        to sheet: UnsafeMutablePointer<lxw_worksheet>,
        _ row: lxw_row_t,
        _ column: lxw_col_t
    ) -> lxw_error {
        switch cell {
        case .empty: LXW_NO_ERROR
        case .text(let text):
            worksheet_write_string(sheet, row, column, String(text.prefix(Workbook.longestText)), nil)
        case .number(let number): worksheet_write_number(sheet, row, column, number, nil)
        case .share(let share): worksheet_write_number(sheet, row, column, share, percent)
        case .local(let milliseconds):
            worksheet_write_number(
                sheet,
                row,
                column,
                Double(milliseconds) / 86_400_000 + Self.daysBefore1970,
                moment
            )
        }
    }

    /// Writes everything; libxlsxwriter frees the handle in every case.
    consuming func close(_ path: String) throws(WorkbookError) {
        let handle = handle
        discard self
        let result = workbook_close(handle)
        if result != LXW_NO_ERROR { throw Self.error(result, "write", path) }
    }

    private func check(_ result: lxw_error, _ sheet: Workbook.Sheet) throws(WorkbookError) {
        if result != LXW_NO_ERROR { throw Self.error(result, "write", sheet.name) }
    }

    /// The single place that turns libxlsxwriter's result codes into a typed error.
    private static func error(_ result: lxw_error, _ operation: String, _ subject: String) -> WorkbookError {
        let words = lxw_strerror(result).map { String(cString: $0) } ?? "error \(result.rawValue)"
        return WorkbookError(
            code: Int32(result.rawValue),
            operation: operation,
            subject: subject,
            message: words
        )
    }
}

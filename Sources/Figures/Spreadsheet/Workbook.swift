/// A workbook as values: sheets of typed cells under bold headings.
public struct Workbook: Sendable {
    public enum Cell: Sendable, Hashable {
        case empty
        case text(String)
        case number(Double)
        /// A part of a whole, 0 to 1, shown as a percentage.
        case share(Double)
        /// A date with its time, as local clocks show it: milliseconds since 1970 as if they were UTC.
        case local(milliseconds: Int64)
    }

    public struct Column: Sendable, Hashable {
        public var title: String
        /// The width in letters.
        public var width: Double

        public init(_ title: String, width: Double) {
            self.title = title
            self.width = width
        }
    }

    /// The headings stay in view, and each can filter its column.
    public struct Sheet: Sendable {
        /// At most 31 letters, none of `[]:*?/\`.
        public var name: String
        public var columns: [Column]
        public var rows: [[Cell]]

        public init(name: String, columns: [Column], rows: [[Cell]]) {
            self.name = name
            self.columns = columns
            self.rows = rows
        }
    }

    public var sheets: [Sheet]

    public init(sheets: [Sheet]) { self.sheets = sheets }

    /// How many rows a sheet has room for, its headings among them.
    public static let mostRows = 1_048_576
    /// How many letters a cell has room for.
    static let longestText = 32_767
}

/// Why a workbook could not be written.
public struct WorkbookError: Error, Hashable, CustomStringConvertible {
    /// libxlsxwriter's `lxw_error`, or `errno`.
    public var code: Int32
    public var operation: String
    public var subject: String
    public var message: String

    public var description: String { "\(operation) \(subject): \(message)" }
}

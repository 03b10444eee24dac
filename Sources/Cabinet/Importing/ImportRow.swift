package import Domain
package import Profiles

/// One row of a table, or one entry of another tool's file: what it says about one value, as texts.
package struct ImportRow: Hashable, Sendable {
    /// Where it begins in the file, from 1; 0 where the file's format gives no lines.
    package var line: Int
    /// The row as it stands in the file, for the comment beside the point.
    package var text: String
    package var values: [ImportColumn: String]
    /// What a library says about the order, type and table, where its words are not those of a table.
    package var order: WordOrder?
    package var table: RegisterTable?

    package init(
        line: Int,
        text: String,
        values: [ImportColumn: String],
        order: WordOrder? = nil,
        table: RegisterTable? = nil
    ) {
        self.line = line
        self.text = text
        self.values = values.filter { !$0.value.isEmpty }
        self.order = order
        self.table = table
    }

    subscript(column: ImportColumn) -> String? { values[column] }
}

/// What a person says about a table that the table does not say itself.
package struct ImportOptions: Sendable {
    /// The profile's id, which is its file's name too.
    package var id: String
    package var name: String?
    package var measures: Profile.Measures?
    package var source: String?
    package var numbering: ModbusAccess.Numbering?
    package var wordOrder: WordOrder?
    package var table: RegisterTable?
    package var factor: FactorSense?
    /// The type of rows that name none.
    package var type: RegisterType?
    /// Columns by head, or by number from 1.
    package var columns: [(head: String, column: ImportColumn)] = []

    package init(id: String) { self.id = id }

    /// An id in small letters, digits and hyphens from a file's name; empty where no letter is left.
    package static func id(from name: String) -> String {
        String(PointNames.plain(name).replacing("_", with: "-").prefix(48))
    }
}

/// Whether a number under "factor" multiplies the raw number or divides it.
package enum FactorSense: String, Sendable, CaseIterable {
    case times
    case divided
}

/// All that a file says, whatever its format was.
package struct ImportedRows: Sendable {
    package var rows: [ImportRow]
    /// What the format says about numbering: addresses as they are sent; nil where a table may say it.
    package var numbering: ModbusAccess.Numbering?
    /// Whether a number under "factor" multiplies, as in this format.
    package var factor: FactorSense?
    /// Remarks about the file as a whole.
    package var remarks: [ImportRemark] = []
    /// The device's name, where the file gives it.
    package var name: String?

    package init(
        rows: [ImportRow],
        numbering: ModbusAccess.Numbering? = nil,
        factor: FactorSense? = nil,
        remarks: [ImportRemark] = [],
        name: String? = nil
    ) {
        self.rows = rows
        self.numbering = numbering
        self.factor = factor
        self.remarks = remarks
        self.name = name
    }
}

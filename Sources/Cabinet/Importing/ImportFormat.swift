package import Documents

/// The tool whose file an import reads.
package enum ImportFormat: String, Sendable, CaseIterable {
    /// A register table of rows and columns.
    case table
    case homeassistant
    case esphome
    /// A template of wb-mqtt-serial.
    case wb
    case evcc
    case telegraf

    /// All that a file says; what is no YAML or JSON is said in the log.
    package func rows(of text: String, options: ImportOptions, log: ProblemLog) -> ImportedRows {
        let none = ImportedRows(rows: [])
        switch self {
        case .table: return ImportedRows(table: TableText(text), options: options)
        case .homeassistant: return FileTree(text, log: log).map { ImportedRows(homeAssistant: $0) } ?? none
        case .esphome: return FileTree(text, log: log).map { ImportedRows(espHome: $0) } ?? none
        case .wb: return FileTree(FileTree.withoutComments(text), log: log).map { ImportedRows(wirenBoard: $0) } ?? none
        case .evcc: return ImportedRows(evcc: text)
        case .telegraf: return ImportedRows(telegraf: text)
        }
    }
}

/// What an import did not understand, or understood in a way that a person should know.
package struct ImportRemark: Hashable, Sendable {
    package enum Kind: Hashable, Sendable {
        // Why a row became no point.
        case noAddress(String)
        case noWrite
        case noTypeWord(String)
        case tooManyRegisters(type: String, registers: Int)
        case stringLength
        case unreadable(String)
        // What of a row is missing in its point.
        case unknownUnit(String)
        case openUnit(String, likely: String)
        case unknownFactor(String)
        case factorSense(String)
        case unknownOrder(String)
        case unknownTable(String)
        case unknownValues(String)
        case missingType
        case formula(String)
        case droppedKey(String, String)
        case maxRate
        // What concerns the file as a whole.
        case noRows
        case noAddressColumn([String])
        case columns([String])
        case unknownHead(String)
        case referenceForm
        case hexadecimal
        /// A part of another tool's file that means nothing here.
        case notRead(String)
    }

    /// The row's line in the file; nil for the file as a whole.
    package var line: Int?
    /// The row's name, or its text.
    package var row: String
    package var kind: Kind

    package init(line: Int? = nil, row: String = "", _ kind: Kind) {
        self.line = line
        self.row = row
        self.kind = kind
    }
}

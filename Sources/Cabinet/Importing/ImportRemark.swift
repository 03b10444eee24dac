/// What an import did not understand, or understood in a way that a person should know.
package struct ImportRemark: Hashable, Sendable {
    package enum Kind: Hashable, Sendable {
        // Why a row became no point.
        case noAddress(String), noWrite, noTypeWord(String), tooManyRegisters(type: String, registers: Int)
        case stringLength, unreadable(String)
        // What of a row is missing in its point.
        case unknownUnit(String), openUnit(String, likely: String), unknownFactor(String), factorSense(String)
        case unknownOrder(String), unknownTable(String), unknownValues(String), missingType, formula(String)
        case droppedKey(String, String), maxRate
        // What concerns the file as a whole.
        case noRows, noAddressColumn([String]), columns([String]), unknownHead(String), referenceForm, hexadecimal
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

/// What a search for the display's value tells while it goes on.
package enum ExpectationNews: Sendable {
    /// Without a profile nobody knows what a register does when it is read.
    case registersMayAct
    /// Addresses that are not read, since the profile avoids them, and the number of the first register in its manual.
    case avoided([ClosedRange<Int>], countedFrom: Int)
    case found([ExpectationHit], DisplayValue, registers: Int)
    /// The display shows what it did before.
    case notMoved
    /// The registers are read until they show this.
    case waiting(DisplayValue)
    /// The hits that are left, and how many there were.
    case followed([ExpectationHit], of: Int)
}

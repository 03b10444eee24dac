/// What a search for the display's value reports while it goes on.
package enum ExpectationNews: Sendable {
    /// Without a profile it is unknown what a register does when it is read.
    case registersMayAct
    /// Addresses that are not read, because the profile avoids them, and the number of the first register in its
    /// manual.
    case avoided([ClosedRange<Int>], countedFrom: Int)
    case found([ExpectationHit], DisplayValue, registers: Int)
    /// The display shows the same as before.
    case notMoved
    /// The registers are read until they show this.
    case waiting(DisplayValue)
    /// The hits that are left, and how many there were before.
    case followed([ExpectationHit], of: Int)
}

/// How many requests a Modbus TCP device is sent before it has answered the first, and how many it turned out to take.
///
/// Many take one at a time, and so it is unless the configuration knows better. Where that says too much, readings would never come:
/// so a device that answers fewer requests at once, and has never answered as many, is asked no more than it has answered.
public struct RequestsAtOnce: Sendable {
    private static let strikesThatCount = 3

    /// The most that may be tried.
    private var limit: Int
    /// The most that were ever answered at once: where so many fail, that has other causes.
    private var proven = 1
    /// Whether more than that have just failed: the next poll asks fewer, to see whether that is why.
    private var isDoubtful = false
    /// How often fewer were answered right after more were not. A device that was just away can do that too.
    private var strikes = 0

    /// - Parameter configured: 1...16.
    public init(_ configured: Int) { limit = configured }

    /// How many may be asked at once now.
    public var allowed: Int { isDoubtful ? proven : limit }

    /// Whether a failure among so many requests at once says nothing of the one that failed: perhaps they were too many.
    public func isToBlame(for most: Int) -> Bool { most > proven }

    /// A poll is over.
    ///
    /// - Parameters:
    ///   - most: how many requests it sent at once.
    ///   - failed: whether one of them got no reply, or none but that the device is busy.
    /// - Returns: whether it has just turned out that the device takes no more than `allowed`.
    public mutating func polled(_ most: Int, failed: Bool) -> Bool {
        if most > proven {
            isDoubtful = failed
            if !failed { proven = most }
            return false
        }
        guard isDoubtful else { return false }
        isDoubtful = false
        if !failed { strikes += 1 }
        guard strikes == Self.strikesThatCount else { return false }
        strikes = 0
        limit = proven
        return true
    }
}

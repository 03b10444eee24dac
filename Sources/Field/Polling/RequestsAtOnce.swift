/// How many requests a Modbus TCP device gets before it has answered the first, and how many it proved to accept.
///
/// Many devices accept one at a time, so one is the default of the configuration. Where the configured number is too
/// high, readings would never come: so a device that answers fewer requests at once, and has never answered as many,
/// gets no more than it has answered.
public struct RequestsAtOnce: Sendable {
    private static let strikesThatCount = 3

    /// The most that may be tried.
    private var limit: Int
    /// The most that were ever answered at once: a failure of that many has other causes.
    private var proven = 1
    /// Whether more than that have just failed: the next poll asks fewer, to see whether that is the cause.
    private var isDoubtful = false
    /// How often fewer were answered right after more were not. A device that was away for a moment can cause that too.
    private var strikes = 0

    /// - Parameter configured: 1...16.
    public init(_ configured: Int) { limit = configured }

    /// How many may be asked at once now.
    public var allowed: Int { isDoubtful ? proven : limit }

    /// Whether a failure among that many requests at once says nothing about the failed request: perhaps they were too
    /// many.
    public func isToBlame(for most: Int) -> Bool { most > proven }

    /// A poll is over.
    ///
    /// - Parameters:
    ///   - most: how many requests it sent at once.
    ///   - failed: whether one of them got no reply, or only the reply that the device is busy.
    /// - Returns: whether it has just become clear that the device accepts no more than `allowed`.
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

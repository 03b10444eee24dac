/// How many requests a Modbus TCP device is sent before it has answered the first, and whether it turned out to take as many.
///
/// Many take one at a time, and so it is unless the configuration knows better. Where that is wrong, readings would never come: so a
/// device that answers single requests, and has never answered several at once, is asked one at a time from then on.
public struct RequestsAtOnce: Sendable {
    private enum Experience {
        case none
        /// Several at once were answered: what fails later has other causes.
        case good
        /// Several at once have failed; the next poll asks one at a time, to see whether that is why.
        case doubtful
        case bad
    }

    private let configured: Int
    private var experience = Experience.none
    /// How often single requests were answered right after several at once were not. A device that was just away can do that too.
    private var strikes = 0
    private static let strikesThatCount = 3

    /// - Parameter configured: 1...16.
    public init(_ configured: Int) { self.configured = configured }

    /// How many may be asked at once now.
    public var allowed: Int {
        switch experience {
        case .none, .good: configured
        case .doubtful, .bad: 1
        }
    }

    /// Whether a failure among so many requests at once says nothing of the one that failed: perhaps they were too many.
    public func isToBlame(for most: Int) -> Bool { most > 1 && experience != .good }

    /// A poll is over.
    ///
    /// - Parameters:
    ///   - most: how many requests it sent at once.
    ///   - failed: whether one of them got no reply at all.
    /// - Returns: whether it has just turned out that the device takes one at a time.
    public mutating func polled(_ most: Int, failed: Bool) -> Bool {
        switch experience {
        case .none where most > 1: experience = failed ? .doubtful : .good
        case .doubtful where failed: experience = .none
        case .doubtful:
            strikes += 1
            experience = strikes < Self.strikesThatCount ? .none : .bad
        default: return false
        }
        return experience == .bad
    }
}

import Foundation

/// The result of computing days again.
public struct RecomputeStatus: Codable, Sendable, Equatable {
    /// One day of one source: a device's point.
    public struct Part: Codable, Sendable, Equatable {
        public var day: String
        /// `flow-1/volume#increase`.
        public var source: String
        /// How many readings it was computed from before, and now.
        public var before: Int
        public var after: Int

        public init(day: String, source: String, before: Int, after: Int) {
            self.day = day
            self.source = source
            self.before = before
            self.after = after
        }
    }

    /// The device that this gateway does not know; then nothing was done.
    public var unknownDevice: String?
    public var isDone = false
    public var changed: [Part] = []
    /// Left as they were, because their readings are no longer complete.
    public var refused: [Part] = []
    public var unchanged = 0

    public init() {}
}

extension RecomputeStatus {
    /// As one line of text.
    public var json: [UInt8] {
        // Encoding our own values cannot fail; if it ever does, the client reports that the answer is no status.
        (try? JSONEncoder().encode(self)).map { Array($0) } ?? []
    }

    public init(json: [UInt8]) throws { self = try JSONDecoder().decode(RecomputeStatus.self, from: Data(json)) }
}

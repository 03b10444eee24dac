package import Domain

/// A message of an MQTT device as it came, for a record.
package struct ReceivedMessage: Hashable, Sendable {
    /// More of a payload than this, in bytes, is not kept.
    static let longest = 4_096

    package var at: Instant
    package var topic: String
    package var isRetained: Bool
    /// The text; bytes that are no text are replaced.
    package var payload: String

    package init(at: Instant, topic: String, isRetained: Bool, payload: String) {
        self.at = at
        self.topic = topic
        self.isRetained = isRetained
        self.payload = payload
    }
}

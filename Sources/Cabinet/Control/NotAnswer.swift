import JSON

/// The daemon has answered something else than what was asked for, or has refused.
public struct NotAnswer: Error, Hashable, Sendable, CustomStringConvertible {
    /// The reason that the daemon gave; nil where its text is no answer at all.
    public let reason: String?
    /// Whether the daemon does not know the request: it is of an earlier version.
    public let isUnknownRequest: Bool

    init(_ answer: [UInt8]) {
        let tree = JSONTree.parse(answer)
        func member(_ name: String) -> String? { JSONPath(name).flatMap { tree?[$0]?.text } }
        reason = member("error") ?? member("refused")
        // On the socket for looking, an earlier version takes what it does not know for a request that changes things.
        isUnknownRequest =
            reason == ControlRequest.unknown
            || member("refusal") == BorrowedAnswer.Refusal.onlyShows.rawValue
    }

    public var description: String {
        if isUnknownRequest {
            return "the running gateway is of an earlier version and does not know this request: restart it"
        }
        return reason.map { "the gateway answers: \($0)" } ?? "the gateway's answer cannot be read"
    }
}

extension ControlRequest {
    /// What a daemon says to a request that it does not know.
    public static let unknown = "unknown request"

    /// The line that says why a request has no answer.
    public static func error(_ words: String) -> [UInt8] {
        var text = JSONText()
        text.raw("{\"error\":")
        text.string(words)
        text.raw("}")
        return text.bytes
    }
}

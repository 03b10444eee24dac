import Foundation

/// The days to compute again, the reason, and who asks for it.
public struct RecomputeRequest: Codable, Sendable, Equatable {
    /// `YYYY-MM-DD`, both included.
    public var from: String
    public var to: String
    public var reason: String
    /// The user's name as the client gives it; the socket may know it better.
    public var by: String
    /// A device whose readings of those days must no longer count anywhere; and one whose readings must count again.
    public var without: String?
    public var with: String?

    /// In characters; a longer reason makes an event that no subscriber expects.
    public static let longestReason = 500

    public init(
        from: String,
        to: String,
        reason: String,
        by: String,
        without: String? = nil,
        with: String? = nil
    ) {
        self.from = from
        self.to = to
        self.reason = reason
        self.by = by
        self.without = without
        self.with = with
    }
}

extension RecomputeRequest {
    /// The request's line of text.
    public var line: String {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        // Encoding our own values cannot fail; if it ever does, the daemon reports that this is no request.
        let json = (try? encoder.encode(self)).map { String(decoding: $0, as: UTF8.self) } ?? ""
        return ControlRequest.recompute + " " + json
    }

    /// - Parameter json: what follows the word; nil when it is no request.
    public init?(json: String) {
        // Whatever is wrong with the text, the client gets the answer that it is no request.
        guard let request = try? JSONDecoder().decode(Self.self, from: Data(json.utf8)) else { return nil }
        self = request
    }
}

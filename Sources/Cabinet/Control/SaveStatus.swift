import Foundation

/// What the running gateway answers to the request to save its indicators.
public struct SaveStatus: Codable, Sendable, Equatable {
    /// Whether everything that was accepted before the request is on the disk.
    public var saved: Bool
    /// The journal's row through which the indicators were to be saved.
    public var through: Int64
    /// Why they are not saved; nil when they are.
    public var reason: String?

    public init(saved: Bool, through: Int64, reason: String? = nil) {
        self.saved = saved
        self.through = through
        self.reason = reason
    }
}

extension SaveStatus {
    /// As one line of text.
    public var json: [UInt8] {
        // Encoding our own values cannot fail; if it ever does, the client reports that the answer is no status.
        (try? JSONEncoder().encode(self)).map { Array($0) } ?? []
    }

    public init(json: [UInt8]) throws { self = try JSONDecoder().decode(SaveStatus.self, from: Data(json)) }
}

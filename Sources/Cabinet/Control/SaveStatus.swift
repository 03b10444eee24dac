import Foundation

/// What the running gateway answers when it was asked to save its indicators.
public struct SaveStatus: Codable, Sendable, Equatable {
    /// Whether everything that was accepted before the question is on the disk.
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
    /// As one line.
    public var json: [UInt8] {
        // Encoding values of our own cannot fail; if it ever does, the client says that the answer is no status.
        (try? JSONEncoder().encode(self)).map { Array($0) } ?? []
    }

    public init(json: [UInt8]) throws { self = try JSONDecoder().decode(SaveStatus.self, from: Data(json)) }
}

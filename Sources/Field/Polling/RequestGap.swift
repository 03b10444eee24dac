/// The silence that a device needs between the last frame and its next request. It is learned from lost requests.
///
/// Some devices, and some converters, hear nothing for a while after their own reply. Then the first request of each
/// poll is answered, and the one right after it is lost.
public struct RequestGap: Sendable {
    /// What is tried, one after the other, when requests right after a reply are lost.
    private static let steps: [Duration] = [.milliseconds(50), .milliseconds(250)]

    private let configured: Duration
    private let courtesy: Duration
    private var tried: Duration?
    private var isProven = false
    private var isExhausted = false

    /// - Parameters:
    ///   - configured: kept before each request; zero where nothing is configured.
    ///   - courtesy: kept between the requests of one poll, because the line has the time.
    public init(configured: Duration, courtesy: Duration = .zero) {
        self.configured = configured
        self.courtesy = courtesy
    }

    /// The gap to keep before a request.
    ///
    /// - Parameter isFirst: whether it is the first one of a poll.
    public func before(isFirst: Bool) -> Duration {
        max(configured, tried ?? .zero, isFirst ? .zero : courtesy)
    }

    /// A request right after a reply of the same device brought silence.
    ///
    /// - Returns: whether a longer gap is tried next; false where gaps are not the cause.
    public mutating func lostAfterReply() -> Bool {
        guard !isProven, !isExhausted else { return false }
        let present = before(isFirst: false)
        tried = Self.steps.first { $0 > present }
        isExhausted = tried == nil
        return !isExhausted
    }

    /// All requests of a poll with several were answered.
    ///
    /// - Returns: the gap, where it has just proved to be what the device needs.
    public mutating func allAnswered() -> Duration? {
        guard let tried, !isProven else { return nil }
        isProven = true
        return tried
    }
}

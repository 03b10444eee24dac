import Decoding
package import Domain

/// What a person should know about the time that a device gives its messages: the gateway does not use such a time.
package enum TimeNote: Hashable, Sendable {
    case absent(path: String)
    case unreadable(path: String, format: String)
    /// Its year is outside 2020 to 2100.
    case implausible(path: String, format: String, readAs: Instant)
    /// A live message's time is an hour or more away from its arrival; positive where the time is earlier.
    case far(Duration)

    /// Less than an hour, because a device's clock may be a little wrong.
    private static let hour = Duration.seconds(3_540)

    /// - Returns: nil where nothing is wrong with the time.
    static func of(_ message: TopicMessage, at stamp: Stamp) -> TimeNote? {
        switch message.timeFault {
        case .absent?: return .absent(path: message.timePath)
        case .unreadable?: return .unreadable(path: message.timePath, format: message.timeFormat)
        case .implausible(let instant)?:
            return .implausible(path: message.timePath, format: message.timeFormat, readAs: instant)
        case nil:
            guard !message.isRetained, let time = message.sourceTime else { return nil }
            let away = stamp.time - time
            return away >= hour || away <= .zero - hour ? .far(away) : nil
        }
    }
}

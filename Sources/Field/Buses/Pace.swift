import Domain
import Modbus
import Polling
import Profiles

/// How a device is asked: the timing of its configuration, and what was learned about it. Pure.
struct Pace: Sendable {
    /// How long the line rests after an attempt to reach a device that has been silent for long.
    private static let shortRest = Duration.milliseconds(100)
    /// How many failures in a row make a device one that has been silent for long.
    private static let longSilence = 3

    private var configured: ReplyTiming
    private var gap: RequestGap
    private let isShared: Bool
    /// How many replies in a row came late.
    private var lateReplies = 0

    /// - Parameters:
    ///   - courtesy: the gap between requests of one poll where nothing is configured.
    ///   - isShared: whether a failed request costs a rest of the line.
    init(_ access: ModbusAccess, courtesy: Duration, isShared: Bool) {
        configured = ReplyTiming(access)
        gap = RequestGap(configured: access.requestGap ?? .zero, courtesy: access.requestGap == nil ? courtesy : .zero)
        self.isShared = isShared
    }

    /// The timing of the next request.
    ///
    /// - Parameters:
    ///   - isFirst: whether it is the first request of a poll.
    ///   - failures: how many polls in a row the device has not answered.
    func timing(isFirst: Bool, failures: Int) -> ReplyTiming {
        var timing = configured
        timing.requestGap = gap.before(isFirst: isFirst)
        timing.rest = rest(failures: failures)
        return timing
    }

    /// How long the line rests after a failed request.
    func rest(failures: Int) -> Duration {
        guard isShared else { return .zero }
        return failures < Self.longSilence ? configured.worstReply : min(configured.worstReply, Self.shortRest)
    }

    var replyTime: Duration { configured.replyTime }

    var worstReply: Duration { configured.worstReply }

    /// Whether each request needs a pause before it, so that several cannot be sent at once.
    var needsGap: Bool { gap.before(isFirst: true) > .zero }

    /// Notes that a request right after a reply of the device was lost.
    ///
    /// - Returns: whether a longer gap is tried next.
    mutating func lostAfterReply() -> Bool { gap.lostAfterReply() }

    /// Notes that a whole poll was answered in time.
    ///
    /// - Parameter requests: how many it had.
    /// - Returns: the gap, where it has just proved to be needed.
    mutating func allAnswered(_ requests: Int) -> Duration? {
        lateReplies = 0
        return requests > 1 ? gap.allAnswered() : nil
    }

    /// Notes a reply that came after its request was given up. The second one in a row gives the device more time.
    ///
    /// - Parameter after: how long after the request it came, if that is known.
    /// - Returns: the new reply time, if it is longer.
    mutating func cameLate(after: Duration?) -> Duration? {
        lateReplies += 1
        let longer = min(configured.worstReply, after.map { $0 * 1.5 } ?? configured.worstReply)
        guard lateReplies > 1, longer > configured.replyTime else { return nil }
        configured.replyTime = longer
        return longer
    }
}

extension ReplyTiming {
    /// The timing of a device, as its profile and the configuration say.
    init(_ access: ModbusAccess) {
        self.init(replyTime: access.replyTime, worstReply: access.worstReply)
        requestGap = access.requestGap ?? .zero
        connectPause = access.connectPause
        mayRepeat = access.retries > 0
    }
}

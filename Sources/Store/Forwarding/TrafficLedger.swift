public import Domain

/// What one destination has cost today and this month, in the days of the configured time zone.
///
/// Only a synchronised clock begins a day or a month: until it comes, bytes go to the stored day. A clock that is set
/// back opens no old day again, unless the stored day lies more than a month ahead: that one was never right.
public struct TrafficLedger: Hashable, Sendable {
    /// The day that `today` is about, counted from 1970 in local time; nil while no clock has said which it is.
    public private(set) var day: Int64?
    public private(set) var today = Traffic()
    /// The calendar month of `day`.
    public private(set) var month = Traffic()
    /// The highest threshold of a budget that was reported in its present period.
    private var reported: Reported?

    private struct Reported: Hashable {
        var budget: TrafficBudget
        var percent: Int
    }

    /// The shares of a budget, in percent, that are reported.
    public static let thresholds = [80, 100]
    /// A day on which the ledger stands further ahead than this is a mistake of the clock.
    private static let greatestLead: Int64 = 31

    public init() {}

    /// Adds bytes that were carried up to that moment.
    ///
    /// - Parameter offset: the seconds by which the zone is ahead of UTC then.
    public mutating func add(_ traffic: Traffic, at stamp: Stamp, offset: (Instant) -> Int64) {
        turn(at: stamp, offset: offset)
        today += traffic
        month += traffic
    }

    /// Begins the day and the month of that moment, where they are new.
    public mutating func turn(at stamp: Stamp, offset: (Instant) -> Int64) {
        guard stamp.clock == .synchronised else { return }
        let local = stamp.time.millisecondsSince1970 + offset(stamp.time) * 1_000
        let now = local.flooredDivision(by: 86_400_000).quotient
        guard let day else {
            self.day = now
            return
        }
        guard now > day || day > now + Self.greatestLead else { return }
        if Self.month(of: day) != Self.month(of: now) {
            month = Traffic()
            if reported?.budget.period == .month { reported = nil }
        }
        if reported?.budget.period == .day { reported = nil }
        today = Traffic()
        self.day = now
    }

    private static func month(of day: Int64) -> Int64 {
        let date = CivilDate.from(daysSince1970: day)
        return date.year * 12 + date.month
    }

    /// What counts against a budget: both directions.
    public func used(of budget: TrafficBudget) -> Int64 { budget.period == .day ? today.total : month.total }

    /// The first day of the period that a budget is about, `YYYY-MM-DD`; nil while no clock has said which day it is.
    public func since(of budget: TrafficBudget) -> String? {
        guard let day else { return nil }
        let date = CivilDate.from(daysSince1970: day)
        let first = budget.period == .day ? day : day - date.day + 1
        return String(Instant(millisecondsSince1970: first * 86_400_000).description.prefix(10))
    }

    /// The threshold that the use has reached and that was not reported in this period, in percent; it counts as
    /// reported from now on. A budget that was changed is a new one.
    public mutating func crossing(of budget: TrafficBudget) -> Int? {
        let used = Double(used(of: budget)) * 100
        guard let reached = Self.thresholds.last(where: { used >= Double($0) * Double(budget.bytes) }) else {
            return nil
        }
        if let reported, reported.budget == budget, reported.percent >= reached { return nil }
        reported = Reported(budget: budget, percent: reached)
        return reached
    }
}

extension TrafficLedger {
    private static let version = "1"

    /// The stored form: one line of words.
    public var stored: [UInt8] {
        var words = [Self.version, day.map { "\($0)" } ?? "-"]
        for traffic in [today, month] {
            words += TrafficKind.allCases.map { "\(traffic[$0])" } + ["\(traffic.sent)", "\(traffic.received)"]
        }
        words += reported.map { ["\($0.budget.bytes)", $0.budget.period.rawValue, "\($0.percent)"] } ?? []
        return Array(words.joined(separator: " ").utf8)
    }

    /// - Returns: nil for bytes that are no stored ledger.
    public init?(stored: [UInt8]) {
        let words = String(decoding: stored, as: UTF8.self).split(separator: " ").map(String.init)
        let kinds = TrafficKind.allCases
        let width = kinds.count + 2
        let end = 2 + 2 * width
        guard words.count == end || words.count == end + 3, words[0] == Self.version else { return nil }
        let numbers = words[2..<end].compactMap { Int64($0) }
        guard numbers.count == 2 * width, words[1] == "-" || Int64(words[1]) != nil else { return nil }
        func traffic(_ start: Int) -> Traffic {
            var traffic = Traffic()
            for (place, kind) in kinds.enumerated() { traffic[kind] = numbers[start + place] }
            traffic.sent = numbers[start + kinds.count]
            traffic.received = numbers[start + kinds.count + 1]
            return traffic
        }
        day = Int64(words[1])
        today = traffic(0)
        month = traffic(width)
        if words.count > end, let bytes = Int64(words[end]), let percent = Int(words[end + 2]),
            let period = TrafficBudget.Period(rawValue: words[end + 1])
        {
            reported = Reported(budget: TrafficBudget(bytes: bytes, per: period), percent: percent)
        }
    }
}

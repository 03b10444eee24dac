public import Domain

extension Event {
    /// A destination has used that share of its budget.
    ///
    /// - Parameters:
    ///   - percent: 80 or 100.
    ///   - used: bytes of the period so far, in both directions.
    ///   - since: the first day of the period, `YYYY-MM-DD`; nil where the clock has not said it yet.
    public static func uplinkBudget(
        _ budget: TrafficBudget,
        of destination: String,
        percent: Int,
        used: Int64,
        since: String?,
        stamp: Stamp
    ) -> Event {
        var data: [(key: String, value: DataValue)] = [
            ("destination", .string(destination)), ("percent", .integer(percent)), ("bytes", .integer(used)),
            ("budget", .integer(budget.bytes)), ("per", .string(budget.period.rawValue)),
        ]
        if let since { data.append(("since", .string(since))) }
        return Event(.uplinkBudget, severity: percent >= 100 ? .alarm : .warning, stamp: stamp, data: data)
    }
}

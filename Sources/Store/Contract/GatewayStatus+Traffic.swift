import Domain

extension GatewayStatus.Destination.Traffic {
    /// As it stands in the status: the totals of both directions, and this month by kind. The message goes out once a
    /// minute, so it is short.
    var value: DataValue {
        var members: [(String, DataValue)] = [
            ("today", .integer(today.total)),
            (
                "month",
                .object(
                    [("total", .integer(month.total))]
                        + TrafficKind.allCases.map { ($0.rawValue, .integer(month[$0])) }
                        + [("overhead", .integer(month.overhead)), ("received", .integer(month.received))]
                )
            ),
        ]
        if let budget {
            members.append(
                ("budget", .object([("bytes", .integer(budget.bytes)), ("per", .string(budget.period.rawValue))]))
            )
        }
        return .object(members)
    }

    /// Today has its total alone, as bytes that were sent.
    init?(_ read: DataMembers) {
        guard let total = read.integer("today"), let month = read.object("month"),
            let received = month.integer("received"), let all = month.integer("total")
        else { return nil }
        var now = Domain.Traffic()
        now.sent = Int64(total)
        var then = Domain.Traffic()
        then.received = Int64(received)
        then.sent = Int64(all - received)
        for kind in TrafficKind.allCases { then[kind] = Int64(month.integer(kind.rawValue) ?? 0) }
        let budget = read.object("budget").flatMap { read -> TrafficBudget? in
            guard let bytes = read.integer("bytes"),
                let period = read.string("per").flatMap({ TrafficBudget.Period(rawValue: $0) })
            else { return nil }
            return TrafficBudget(bytes: Int64(bytes), per: period)
        }
        self.init(today: now, month: then, budget: budget)
    }
}

import Contract
public import Domain

extension SpanJudgement {
    /// The judgement as the database and `gateway-city complete --json` hold it.
    public var data: DataValue {
        var members: [DataValue.Member] = [
            .init("verdict", .string(verdict.rawValue)), .init("missing", .integer(missing)),
            .init("absent", .array(absences.map(\.data))),
        ]
        if !crashes.isEmpty {
            members.append(
                .init(
                    "killed",
                    .array(
                        crashes.map {
                            .object([.init("epoch", .string($0.epoch)), .init("above", .integer($0.above))])
                        }
                    )
                )
            )
        }
        if hasNewJournal { members.append(.init("new_journal", .bool(true))) }
        return .object(members)
    }
}

extension Absence {
    fileprivate var data: DataValue {
        .object([
            .init("epoch", .string(epoch)), .init("why", .string(why.word)), .init("count", .integer(count)),
            .init(
                "ranges",
                .array(
                    numbers.ranges.map { .array([.integer($0.lowerBound), .integer($0.upperBound - 1)]) }
                )
            ),
        ])
    }
}

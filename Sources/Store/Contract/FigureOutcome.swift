public import Domain

/// A figure's value, and how much it is based on.
public struct FigureOutcome: Hashable, Sendable {
    public var value: FigureMessage.Outcome?
    /// UCUM code; nil for what has none.
    public var unit: String?
    public var doubt: FigureMessage.Doubt?
    /// From 0 to 1.
    public var completeness: DecimalNumber?
    public var account: FigureMessage.Account
    public var unknown: FigureMessage.Unknown?

    public init(
        value: FigureMessage.Outcome?,
        unit: String?,
        doubt: FigureMessage.Doubt?,
        completeness: DecimalNumber?,
        account: FigureMessage.Account,
        unknown: FigureMessage.Unknown?
    ) {
        self.value = value
        self.unit = unit
        self.doubt = doubt
        self.completeness = completeness
        self.account = account
        self.unknown = unknown
    }
}

extension FigureOutcome {
    /// The members of a payload.
    var members: [(String, DataValue)] {
        var members: [(String, DataValue)] = []
        switch value {
        case .number(let number): members.append(("value", .decimal(number)))
        case .word(let word): members.append(("value", .string(word)))
        case nil: members.append(("value", .null))
        }
        if let unit { members.append(("unit", .string(unit))) }
        if let doubt {
            members.append(("quality", .string(doubt.quality.rawValue)))
            members.append(("reason", .string(doubt.reason)))
        }
        if let completeness { members.append(("completeness", .decimal(completeness))) }
        members += [
            ("expected", .integer(account.expected)), ("received", .integer(account.received)),
            ("counted", .integer(account.counted)), ("excluded", .integer(account.excluded)),
        ]
        if account.unverified > 0 { members.append(("unverified", .integer(account.unverified))) }
        if let unknown {
            members.append(
                ("unknown", .object([("times", .integer(unknown.times)), ("seconds", .seconds(unknown.milliseconds))]))
            )
        }
        return members
    }

    /// - Returns: nil for a payload that does not count its readings.
    init?(_ read: DataMembers) {
        guard let account = FigureMessage.Account(read) else { return nil }
        self.init(
            value: Self.value(read["value"]),
            unit: read.string("unit"),
            doubt: FigureMessage.Doubt(read),
            completeness: read.decimal("completeness"),
            account: account,
            unknown: read.object("unknown").flatMap(FigureMessage.Unknown.init)
        )
    }

    private static func value(_ value: DataValue?) -> FigureMessage.Outcome? {
        switch value {
        case .number(let number): number.decimal.map { .number($0) }
        case .string(let word): .word(word)
        default: nil
        }
    }
}

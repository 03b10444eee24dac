import Contract

extension FigureMessage.Account {
    /// The sums of all of them.
    static func sum(of accounts: [FigureMessage.Account]) -> FigureMessage.Account {
        FigureMessage.Account(
            expected: accounts.reduce(0) { $0 + $1.expected },
            received: accounts.reduce(0) { $0 + $1.received },
            counted: accounts.reduce(0) { $0 + $1.counted },
            excluded: accounts.reduce(0) { $0 + $1.excluded },
            unverified: accounts.reduce(0) { $0 + $1.unverified }
        )
    }
}

import Contract
import Domain
import Indicators

/// What one gateway gives to a merged figure: its parts of one scope or several, of all its journals.
struct Share {
    var gateway: String
    /// The newest part of each of the gateway's scopes.
    var newest: [Part] = []
    /// Parts of the journals before.
    var earlier: [Part] = []
    var expected = 0

    var all: [Part] { newest + earlier }
    var isFinal: Bool { !newest.isEmpty && newest.allSatisfy { !$0.message.isProvisional } }
    var hasData: Bool { all.contains(where: \.hasData) }

    /// - Parameter parts: the gateway's parts of one window in the scopes that count.
    init(gateway: String, parts: [Part]) {
        self.gateway = gateway
        for parts in Dictionary(grouping: parts, by: \.message.scope).sorted(by: { $0.key < $1.key }).map(\.value) {
            let byLineage = parts.sorted { $0.lineage < $1.lineage }
            newest += byLineage.suffix(1)
            earlier += byLineage.dropLast()
            // Each journal expects the readings of the whole window.
            expected += parts.map(\.message.account.expected).max() ?? 0
        }
    }

    /// Goes on with what is expected of a silent gateway: its last figure says it only until it was made.
    ///
    /// - Parameter elapsed: milliseconds of the window that have passed.
    mutating func expect(through elapsed: Int64) {
        guard !isFinal, let minutes = newest.map(\.message.revision).max(), minutes > 0 else { return }
        let length = Int64(minutes) * 60_000
        guard elapsed > length else { return }
        expected = Int(Int128(expected) * Int128(elapsed) / Int128(length))
    }

    /// The readings of all its journals. No more count than are expected.
    ///
    /// The last figure of an earlier journal counts no more readings than were expected until then. The next ones came
    /// soon after, so all of its good readings count.
    var account: FigureMessage.Account {
        var account = FigureMessage.Account.sum(of: all.map(\.message.account))
        let good = earlier.map(\.message.account).reduce(0) { $0 + $1.received - $1.excluded }
        account.expected = expected
        account.counted = min(newest.reduce(0) { $0 + $1.message.account.counted } + good, expected)
        return account
    }
}

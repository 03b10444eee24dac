import Contract
import Control
import Domain
import Indicators
import Platform

/// Days that somebody wants computed again, and the event that tells of it afterwards.
struct Recomputing: Sendable {
    var days: ClosedRange<Day>
    var reason: String
    /// A device to be left out of those days, and one to count there again.
    var without: String?
    var with: String?
    /// The user's name as the client gives it.
    var claimed: String
    /// The user of the asking process, as the kernel says it.
    var userID: UInt32?

    /// How many changed figures the event names; it says how many more there are.
    static let mostChanges = 50
    /// What the kernel shows of a user whom this process' user namespace does not have; the service has such a
    /// namespace.
    private static let overflowUser: UInt32 = 65_534

    /// - Throws: the words for whoever asked.
    init(_ request: RecomputeRequest, userID: UInt32?) throws(Refusal) {
        guard let from = Day(request.from), let to = Day(request.to), from <= to else {
            throw Refusal(words: "no days from \(request.from) to \(request.to)")
        }
        let most = RecomputeRequest.longestReason
        guard !request.reason.allSatisfy(\.isWhitespace), request.reason.count <= most else {
            throw Refusal(words: "computing days again needs a reason of 1 to \(most) letters")
        }
        days = from...to
        reason = request.reason
        claimed = request.by
        without = request.without
        with = request.with
        self.userID = userID
    }

    struct Refusal: Error {
        var words: String
    }

    /// Who asks. The kernel's word holds, except for root, behind whom sudo knows somebody, and where the kernel shows
    /// nobody: then it is the client's. Looks into the user database, which may take its time.
    var user: String {
        if let userID, userID != 0, userID != Self.overflowUser, let name = UserName.of(userID) { return name }
        if !claimed.isEmpty { return claimed }
        return userID.flatMap { UserName.of($0) } ?? "unknown"
    }

    /// The gateway's event: who computed which days again and why, and which figures read differently now.
    func event(by user: String, _ changes: [FigureChange], refused: Int, stamp: Stamp) -> Event {
        let told = changes.prefix(Self.mostChanges).map { change in
            DataValue.object([
                .init("indicator", .string(change.indicator)), .init("scope", .string(change.scope)),
                .init("window", .string(change.window.kind.rawValue)),
                .init("from", .string("\(change.window.from)")),
                .init("old", change.old.map { .string($0) } ?? .null),
                .init("new", change.new.map { .string($0) } ?? .null),
            ])
        }
        let device = [("without", without), ("with", with)].compactMap { key, device in
            device.map { (key: key, value: DataValue.string($0)) }
        }
        return Event(
            .recomputed,
            severity: .info,
            stamp: stamp,
            data: device + [
                ("reason", .string(reason)), ("by", .string(user)), ("from", .string("\(days.lowerBound)")),
                ("to", .string("\(days.upperBound)")), ("changed", .array(told)),
                ("more", .integer(changes.count - told.count)), ("refused", .integer(refused)),
            ]
        )
    }
}

import Domain
import JSON

/// A request to a gateway to send entries of one epoch again, because a broker has lost them.
public struct ResendRequest: Hashable, Sendable {
    public static let mostRanges = 100
    /// In bytes of the payload.
    public static let mostBytes = 16 << 10
    /// The numbers that an entry can have.
    public static let numbers: ClosedRange<UInt64> = 1...1 << 62

    public let epoch: String
    /// The numbers of the entries, in the order of the request; ranges may overlap.
    public let ranges: [ClosedRange<UInt64>]

    /// - Returns: nil for an epoch that no gateway gives, for no range or too many, and for numbers that no entry has.
    public init?(epoch: String, ranges: [ClosedRange<UInt64>]) {
        guard Self.isEpoch(epoch), (1...Self.mostRanges).contains(ranges.count),
            ranges.allSatisfy({ Self.numbers.contains($0.lowerBound) && Self.numbers.contains($0.upperBound) })
        else { return nil }
        self.epoch = epoch
        self.ranges = ranges
    }

    /// Reads a peer's text: with spaces, its members in any order, members that nobody knows among them.
    ///
    /// - Returns: nil for a payload that is no request.
    public init?(payload: [UInt8]) {
        guard payload.count <= Self.mostBytes, case .object(let members)? = JSONTree.parse(payload),
            case .integer(let version)? = members[ExactText("v")], version == EntryMessage.version,
            case .string(let epoch)? = members[ExactText("epoch")],
            case .array(let ranges)? = members[ExactText("ranges")], ranges.count <= Self.mostRanges
        else { return nil }
        let numbers = ranges.compactMap { ClosedRange<UInt64>($0.dataValue) }
        guard numbers.count == ranges.count else { return nil }
        self.init(epoch: epoch, ranges: numbers)
    }

    public var payload: [UInt8] {
        DataValue.payload([("epoch", .string(epoch)), ("ranges", .array(ranges.map(\.value)))])
    }

    /// `<counter>-<8 hexadecimal digits>`.
    public static func isEpoch(_ text: String) -> Bool {
        let parts = text.utf8.split(separator: UInt8(ascii: "-"), omittingEmptySubsequences: false)
        guard parts.count == 2, (1...19).contains(parts[0].count), parts[1].count == 8 else { return false }
        let digits = UInt8(ascii: "0")...UInt8(ascii: "9")
        let letters = UInt8(ascii: "a")...UInt8(ascii: "f")
        return parts[0].first != digits.lowerBound && parts[0].allSatisfy(digits.contains)
            && parts[1].allSatisfy { digits.contains($0) || letters.contains($0) }
    }
}

extension ClosedRange<UInt64> {
    /// A range of numbers as payloads have it: `[97,106]`, both ends in it.
    var value: DataValue { .array([.integer(lowerBound), .integer(upperBound)]) }

    /// - Returns: nil for anything else than two numbers in order.
    init?(_ value: DataValue) {
        guard case .array(let ends) = value, ends.count == 2,
            case .number(.integer(let first)) = ends[0], case .number(.integer(let last)) = ends[1],
            first >= 0, first <= last
        else { return nil }
        self = UInt64(first)...UInt64(last)
    }
}

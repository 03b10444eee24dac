import Domain

extension GatewayStatus.Destination {
    /// The numbers of the entries that a destination is owed, so that a reader can tell what is on its way from what a
    /// broker has lost.
    ///
    /// The message goes out once a minute, so the list is short: numbers between two ranges may be within one of them.
    /// An entry outside of the ranges of its epoch has been acknowledged, or a `gap` reports it.
    public struct Owed: Hashable, Sendable {
        public struct Epoch: Hashable, Sendable {
            public var name: String
            /// In order.
            public var ranges: [ClosedRange<UInt64>]

            public init(name: String, ranges: [ClosedRange<UInt64>]) {
                self.name = name
                self.ranges = ranges
            }
        }

        /// The most ranges of all epochs together.
        public static let mostRanges = 8

        /// The oldest epoch first.
        public var epochs: [Epoch]
        /// Whether entries of older epochs than the first one here are owed too.
        public var hasOlder: Bool

        public init(epochs: [Epoch], hasOlder: Bool) {
            self.epochs = epochs
            self.hasOlder = hasOlder
        }

        public static let nothing = Owed(epochs: [], hasOlder: false)

        init(_ read: DataMembers) {
            epochs = (read.object("owed")?.all ?? []).compactMap { member in
                guard case .array(let ranges) = member.value else { return nil }
                return Epoch(name: member.key, ranges: ranges.compactMap { ClosedRange<UInt64>($0) })
            }
            hasOlder = read.truth("owed_older") ?? false
        }

        var members: [(String, DataValue)] {
            if epochs.isEmpty { return [] }
            let owed = epochs.map { ($0.name, DataValue.array($0.ranges.map(\.value))) }
            return [("owed", .object(owed))] + (hasOlder ? [("owed_older", .bool(true))] : [])
        }
    }
}

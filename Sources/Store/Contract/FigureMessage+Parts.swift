public import Domain

extension FigureMessage {
    /// How a figure is made of the parts of several gateways.
    public enum Merging: String, Hashable, Sendable, CaseIterable {
        /// `sum`: what was counted.
        case sum
        /// `count`: how many.
        case count
        /// `integral / seconds`: the mean over all time.
        case mean
        /// The sum of the figures' values: each is the mean of another part of the whole.
        case sumOfMeans = "sum_of_means"
        /// `sum / (1000 integral)`: the harmonic mean of values, each weighted by what was counted with it.
        case spaceMean = "space_mean"
        /// The least `minimum`.
        case minimum
        /// The greatest `maximum`.
        case maximum
        /// `100 within / seconds`: percent of the time.
        case share
        /// 100 times `counted` over `expected`, which stand beside the parts.
        case availability
        /// `devices`: how many sites had anything.
        case distinct
    }

    /// Sums that merge with those of other gateways. All add up, except the least and the greatest.
    public struct Parts: Hashable, Sendable {
        /// Nil for a figure that does not merge; such parts stand only where another program may expect them.
        public var merging: Merging?
        public var count: Int
        public var sum: DecimalNumber
        public var minimum: DecimalNumber?
        public var maximum: DecimalNumber?
        /// Values times the seconds for which they held. For a space mean it is a thousandth of what was counted,
        /// divided by the values that were counted with it.
        public var integral: DecimalNumber
        /// How long values held, and how long they were within the limits.
        public var milliseconds: Int64
        public var within: Int64
        public var devices: Int
        /// The share of the expected readings that a certain figure needs, 0 to 1.
        public var completeAbove: DecimalNumber
        /// The parts of each word of a breakdown whose values do not merge by themselves, as those of means do not.
        public var by: [Breakdown]

        /// The parts of the words of one dimension, such as `parameter`.
        public struct Breakdown: Hashable, Sendable {
            public var name: String
            public var words: [Word]

            public init(name: String, words: [Word]) {
                self.name = name
                self.words = words
            }
        }

        /// The parts of one word of a breakdown.
        public struct Word: Hashable, Sendable {
            public var word: String
            public var sum: DecimalNumber
            public var integral: DecimalNumber
            public var milliseconds: Int64
            public var within: Int64

            public init(
                word: String,
                sum: DecimalNumber,
                integral: DecimalNumber,
                milliseconds: Int64,
                within: Int64
            ) {
                self.word = word
                self.sum = sum
                self.integral = integral
                self.milliseconds = milliseconds
                self.within = within
            }
        }

        /// The share that holds where a payload names none.
        public static let usualCompleteAbove = DecimalNumber(negative: false, magnitude: 9, exponent: -1)

        public init(
            merging: Merging?,
            count: Int = 0,
            sum: DecimalNumber = .zero,
            minimum: DecimalNumber? = nil,
            maximum: DecimalNumber? = nil,
            integral: DecimalNumber = .zero,
            milliseconds: Int64 = 0,
            within: Int64 = 0,
            devices: Int = 0,
            completeAbove: DecimalNumber = usualCompleteAbove,
            by: [Breakdown] = []
        ) {
            self.merging = merging
            self.count = count
            self.sum = sum
            self.minimum = minimum
            self.maximum = maximum
            self.integral = integral
            self.milliseconds = milliseconds
            self.within = within
            self.devices = devices
            self.completeAbove = completeAbove
            self.by = by
        }
    }
}

extension FigureMessage.Parts {
    /// - Parameter withZeros: whether sums that are zero stand in the payload too. They do in the scopes that several
    ///   gateways share; elsewhere what is absent is zero, so that a figure of one device stays short.
    func data(withZeros: Bool) -> DataValue {
        var members: [(String, DataValue)] = []
        func add(_ name: String, _ value: DataValue, isZero: Bool) {
            if withZeros || !isZero { members.append((name, value)) }
        }
        if let merging { members.append(("merging", .string(merging.rawValue))) }
        add("count", .integer(count), isZero: count == 0)
        add("sum", .decimal(sum), isZero: sum == .zero)
        if let minimum { members.append(("minimum", .decimal(minimum))) }
        if let maximum { members.append(("maximum", .decimal(maximum))) }
        add("integral", .decimal(integral), isZero: integral == .zero)
        add("seconds", .seconds(milliseconds), isZero: milliseconds == 0)
        add("within", .seconds(within), isZero: within == 0)
        add("devices", .integer(devices), isZero: devices == 0)
        if completeAbove != Self.usualCompleteAbove { members.append(("complete_above", .decimal(completeAbove))) }
        if !by.isEmpty {
            members.append(
                ("by", .object(by.map { ($0.name, .object($0.words.map { ($0.word, $0.data) })) }))
            )
        }
        return .object(members)
    }

    init?(_ read: DataMembers) {
        self.init(
            merging: read.string("merging").flatMap { FigureMessage.Merging(rawValue: $0) },
            count: read.integer("count") ?? 0,
            sum: read.decimal("sum") ?? .zero,
            minimum: read.decimal("minimum"),
            maximum: read.decimal("maximum"),
            integral: read.decimal("integral") ?? .zero,
            milliseconds: read.milliseconds("seconds") ?? 0,
            within: read.milliseconds("within") ?? 0,
            devices: read.integer("devices") ?? 0,
            completeAbove: read.decimal("complete_above") ?? Self.usualCompleteAbove,
            by: (read.object("by")?.all ?? []).compactMap { name in
                DataMembers(name.value).map { words in
                    Breakdown(name: name.key, words: words.all.compactMap { Word($0.key, DataMembers($0.value)) })
                }
            }
        )
    }
}

extension FigureMessage.Parts.Word {
    fileprivate var data: DataValue {
        var members: [(String, DataValue)] = []
        if sum != .zero { members.append(("sum", .decimal(sum))) }
        if integral != .zero { members.append(("integral", .decimal(integral))) }
        if milliseconds != 0 { members.append(("seconds", .seconds(milliseconds))) }
        if within != 0 { members.append(("within", .seconds(within))) }
        return .object(members)
    }

    fileprivate init?(_ word: String, _ read: DataMembers?) {
        guard let read else { return nil }
        self.init(
            word: word,
            sum: read.decimal("sum") ?? .zero,
            integral: read.decimal("integral") ?? .zero,
            milliseconds: read.milliseconds("seconds") ?? 0,
            within: read.milliseconds("within") ?? 0
        )
    }
}

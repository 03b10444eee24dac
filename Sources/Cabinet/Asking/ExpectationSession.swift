public import Domain
public import Modbus
public import Profiles

/// Finds what a display shows in a device's registers, and goes on until what was found has followed the display.
public struct ExpectationSession {
    /// Where to look, and by what rules.
    public struct Question: Sendable {
        public var unit: UnitID
        public var scope: ExpectationScope
        public var timing: ReplyTiming
        /// Of a device whose kind is known: its word order, its numbering, its points' names, what it avoids.
        public var profile: Profile?
        /// In the display's unit; nil is one step of its last digit.
        public var tolerance: Double?

        public init(
            unit: UnitID,
            scope: ExpectationScope,
            timing: ReplyTiming,
            profile: Profile? = nil,
            tolerance: Double? = nil
        ) {
            self.unit = unit
            self.scope = scope
            self.timing = timing
            self.profile = profile
            self.tolerance = tolerance
        }
    }

    private let question: Question
    private let bus: any ProbeBus
    private let style: TextStyle
    private let asJSON: Bool
    private let stop: StopFlag
    private let time: any TimeSource
    private let text: ExpectationText
    private let show: (StyledText) -> Void
    private var reader: MemoryReader
    private var hits: [ExpectationHit] = []
    private var display: DisplayValue
    /// Whether the display has moved, and what is left with it.
    public private(set) var isConfirmed = false

    public init(
        _ question: Question,
        display: DisplayValue,
        bus: any ProbeBus,
        style: TextStyle,
        asJSON: Bool,
        stop: StopFlag,
        time: any TimeSource,
        show: @escaping (StyledText) -> Void
    ) {
        self.question = question
        self.display = display
        self.bus = bus
        self.style = style
        self.asJSON = asJSON
        self.stop = stop
        self.time = time
        self.show = show
        text = ExpectationText(style: style, profile: question.profile)
        reader = MemoryReader(
            bus: bus,
            unit: question.unit,
            timing: question.timing,
            most: question.profile?.modbus?.maxRegisters ?? 100
        )
    }

    /// How many readings are still in question.
    public var count: Int { hits.count }

    /// Reads everything and searches; tells what it found.
    ///
    /// - Returns: what is wrong where nothing could be read.
    public mutating func search() throws(ProbeFailure) -> Finding? {
        warn()
        var scope = question.scope
        if let avoid = question.profile?.modbus?.avoid { scope = scope.sparing(avoid) }
        let image = try reader.read(scope.ranges, stop: stop)
        hits = search(for: display, meant: scope.meant).hits(in: image)
        if !asJSON { say(text.found(hits, of: display, in: image.count)) }
        if image.count > 0 { return nil }
        return Diagnoser().finding(of: reader.exchanges, at: bus.endpoint)
    }

    /// The display shows another value now: what read as the first and reads as this one too is left.
    ///
    /// - Parameter patience: how long to read again until something does; zero reads once.
    public mutating func confirm(_ now: DisplayValue, patience: Duration = .zero) throws(ProbeFailure) {
        guard now.number != display.number else {
            if !asJSON { say([style.text(ExpectationPhrase.notMoved)]) }
            return
        }
        let deadline = time.uptime() + patience
        let search = search(for: now, meant: [])
        if patience > .zero, !asJSON { say([style.text(Sentence(ExpectationPhrase.waiting, now.text))]) }
        var left: [ExpectationHit] = []
        while !stop.isRaised {
            // What stands still while the display moves does not follow it, however small the step.
            left = search.confirmed(hits, in: try reader.read(ranges, stop: stop)).filter { hit in
                !hits.contains { $0.isSameReading(as: hit) && $0.value == hit.value }
            }
            if !left.isEmpty || time.uptime() >= deadline { break }
            stop.sleep(.milliseconds(500), time: time)
        }
        if !asJSON { say(text.followed(left, of: hits.count)) }
        // What was typed wrongly, or moved in the meantime, loses nothing.
        if left.isEmpty { return }
        isConfirmed = true
        hits = left
        display = now
    }

    /// Says the result once more, as something to keep.
    public func finish() {
        guard let best = hits.first else { return }
        if asJSON {
            for hit in hits {
                let line = text.json(
                    hit,
                    display: display,
                    bus: bus.endpoint.description,
                    unit: question.unit,
                    isConfirmed: isConfirmed
                )
                show(StyledText(json: line))
            }
        } else {
            say(text.paste(best, display: display, isConfirmed: isConfirmed))
        }
    }

    /// What to ask a person between two readings.
    public var prompt: StyledText { style.text(ExpectationPhrase.ask) }

    public func refuse(_ answer: String) {
        say([style.text(Sentence(ExpectationPhrase.noNumber, answer))])
    }

    private func search(for display: DisplayValue, meant: Set<Int>) -> ExpectationSearch {
        ExpectationSearch(
            display,
            tolerance: question.tolerance,
            expectedOrder: question.profile?.modbus?.wordOrder,
            meant: meant
        )
    }

    /// Only what is still in question.
    private var ranges: [RegisterRange] {
        [RegisterTable.holding, .input].flatMap { table in
            var addresses: Set<Int> = []
            for hit in hits where hit.range.table == table { addresses.formUnion(hit.range.start..<hit.range.end) }
            return ExpectationScope.stretches(of: addresses.sorted(), in: table)
        }
    }

    private func warn() {
        if asJSON { return }
        guard let access = question.profile?.modbus else {
            say(StyledText.wrapped(style.text(ExpectationPhrase.registersMayAct), to: style.columns).map(style.yellow))
            return
        }
        let first = access.numbering.first
        let touched = access.avoid.filter { avoided in
            question.scope.ranges.contains { avoided.overlaps($0.start...$0.end - 1) }
        }
        if touched.isEmpty { return }
        let numbers = touched.map { range in
            range.count == 1
                ? "\(range.lowerBound + first)" : "\(range.lowerBound + first)-\(range.upperBound + first)"
        }
        let sentence = Sentence(ExpectationPhrase.avoided, numbers.joined(separator: ", "))
        say(StyledText.wrapped(style.text(sentence), to: style.columns).map(style.yellow))
    }

    private func say(_ lines: [StyledText]) { for line in lines { show(line) } }

    /// What to say of a display that shows nothing that could be found; nil for any other.
    public static func refusal(of display: DisplayValue, in language: Language) -> String? {
        display.number == .zero ? Sentence(ExpectationPhrase.zeroIsEverywhere).text(in: language) : nil
    }
}

package import Diagnosing
package import Domain
package import Modbus
package import Profiles

/// Finds what a display shows in a device's registers, and goes on until the findings have followed the display.
package struct ExpectationSession {
    /// Where to look, and by what rules.
    package struct Question: Sendable {
        package var unit: UnitID
        package var scope: ExpectationScope
        package var timing: ReplyTiming
        /// When the kind of the device is known: its word order, numbering, point names and registers to avoid.
        package var profile: Profile?
        /// In the display's unit; nil means one step of the display's last digit.
        package var tolerance: Double?

        package init(
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
    private let stop: StopFlag
    private let time: any TimeSource
    private let tell: (ExpectationNews) -> Void
    private var reader: MemoryReader
    /// The readings that are still possible, likeliest first.
    package private(set) var hits: [ExpectationHit] = []
    /// What the display showed last.
    package private(set) var display: DisplayValue
    /// Whether the display has moved, and some readings have moved with it.
    package private(set) var isConfirmed = false

    package init(
        _ question: Question,
        display: DisplayValue,
        bus: any ProbeBus,
        stop: StopFlag,
        time: any TimeSource,
        tell: @escaping (ExpectationNews) -> Void
    ) {
        self.question = question
        self.display = display
        self.bus = bus
        self.stop = stop
        self.time = time
        self.tell = tell
        reader = MemoryReader(
            bus: bus,
            unit: question.unit,
            timing: question.timing,
            most: question.profile?.modbus?.maxRegisters ?? 100
        )
    }

    /// Reads everything and searches; reports what it found.
    ///
    /// - Returns: what is wrong when nothing could be read; else nil.
    package mutating func search() throws(ProbeFailure) -> Finding? {
        warn()
        var scope = question.scope
        if let avoid = question.profile?.modbus?.avoid { scope = scope.sparing(avoid) }
        let image = try reader.read(scope.ranges, stop: stop)
        hits = search(for: display, meant: scope.meant).hits(in: image)
        tell(.found(hits, display, registers: image.count))
        if image.count > 0 { return nil }
        return Diagnoser().finding(of: reader.exchanges, at: bus.endpoint)
    }

    /// Takes another value that the display shows now, and keeps the readings that gave the first value and give this
    /// one too.
    ///
    /// - Parameter patience: how long to repeat the reading until one of them follows; zero reads once.
    package mutating func confirm(_ now: DisplayValue, patience: Duration = .zero) throws(ProbeFailure) {
        guard now.number != display.number else { return tell(.notMoved) }
        let deadline = time.uptime() + patience
        let search = search(for: now, meant: [])
        if patience > .zero { tell(.waiting(now)) }
        var left: [ExpectationHit] = []
        while !stop.isRaised {
            // A reading that stands still while the display moves does not follow it, however small the step.
            left = search.confirmed(hits, in: try reader.read(ranges, stop: stop)).filter { hit in
                !hits.contains { $0.isSameReading(as: hit) && $0.value == hit.value }
            }
            if !left.isEmpty || time.uptime() >= deadline { break }
            stop.sleep(.milliseconds(500), time: time)
        }
        tell(.followed(left, of: hits.count))
        // When the value was mistyped, or moved in the meantime, the earlier hits stay.
        if left.isEmpty { return }
        isConfirmed = true
        hits = left
        display = now
    }

    private func search(for display: DisplayValue, meant: Set<Int>) -> ExpectationSearch {
        ExpectationSearch(
            display,
            tolerance: question.tolerance,
            expectedOrder: question.profile?.modbus?.wordOrder,
            meant: meant
        )
    }

    /// Only the registers of readings that are still possible.
    private var ranges: [RegisterRange] {
        [RegisterTable.holding, .input].flatMap { table in
            var addresses: Set<Int> = []
            for hit in hits where hit.range.table == table { addresses.formUnion(hit.range.start..<hit.range.end) }
            return ExpectationScope.stretches(of: addresses.sorted(), in: table)
        }
    }

    private func warn() {
        guard let access = question.profile?.modbus else { return tell(.registersMayAct) }
        let touched = access.avoid.filter { avoided in
            question.scope.ranges.contains { avoided.overlaps($0.start...$0.end - 1) }
        }
        if !touched.isEmpty { tell(.avoided(touched, countedFrom: access.numbering.first)) }
    }
}

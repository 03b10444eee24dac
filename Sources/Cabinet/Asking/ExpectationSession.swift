package import Diagnosing
package import Domain
package import Modbus
package import Profiles

/// Finds what a display shows in a device's registers, and goes on until what was found has followed the display.
package struct ExpectationSession {
    /// Where to look, and by what rules.
    package struct Question: Sendable {
        package var unit: UnitID
        package var scope: ExpectationScope
        package var timing: ReplyTiming
        /// Of a device whose kind is known: its word order, its numbering, its points' names, what it avoids.
        package var profile: Profile?
        /// In the display's unit; nil is one step of its last digit.
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
    /// The readings that are still in question, likeliest first.
    package private(set) var hits: [ExpectationHit] = []
    /// What the display showed last.
    package private(set) var display: DisplayValue
    /// Whether the display has moved, and what is left with it.
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

    /// Reads everything and searches; tells what it found.
    ///
    /// - Returns: what is wrong where nothing could be read.
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

    /// The display shows another value now: what read as the first and reads as this one too is left.
    ///
    /// - Parameter patience: how long to read again until something does; zero reads once.
    package mutating func confirm(_ now: DisplayValue, patience: Duration = .zero) throws(ProbeFailure) {
        guard now.number != display.number else { return tell(.notMoved) }
        let deadline = time.uptime() + patience
        let search = search(for: now, meant: [])
        if patience > .zero { tell(.waiting(now)) }
        var left: [ExpectationHit] = []
        while !stop.isRaised {
            // What stands still while the display moves does not follow it, however small the step.
            left = search.confirmed(hits, in: try reader.read(ranges, stop: stop)).filter { hit in
                !hits.contains { $0.isSameReading(as: hit) && $0.value == hit.value }
            }
            if !left.isEmpty || time.uptime() >= deadline { break }
            stop.sleep(.milliseconds(500), time: time)
        }
        tell(.followed(left, of: hits.count))
        // What was typed wrongly, or moved in the meantime, loses nothing.
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

    /// Only what is still in question.
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

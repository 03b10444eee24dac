import Domain
import Installation

/// Computes the traffic of a road.
extension Calculation {
    /// What gets a judgement of its own: a road as a whole, or each direction of a divided one.
    private struct Carriageway {
        /// The direction; nil for a road as a whole.
        var word: String?
        var capacity: DecimalNumber?
        var lanes: Int

        func holds(_ key: String) -> Bool { word.map { Calculation.word("direction", in: key) == $0 } ?? true }
    }

    private var carriageways: [Carriageway] {
        guard let road = assignment.road else { return [] }
        guard !road.directions.isEmpty else { return [.init(capacity: road.capacity, lanes: road.lanes)] }
        return road.directions.map { .init(word: $0.word, capacity: $0.capacity, lanes: $0.lanes) }
    }

    private var carUnits: CarUnitTable? { assignment.road?.carUnits.flatMap { catalogue.carUnits[$0] } }

    // MARK: Flow

    /// Passenger car units per hour of each breakdown, on one carriageway.
    ///
    /// - Returns: nil when vehicles have no class and the site gives no mix.
    private func carUnits(_ values: Breakdown, _ way: Carriageway, milliseconds: Int64) -> [String: Ratio]? {
        guard let road = assignment.road, let table = carUnits, milliseconds > 0 else { return nil }
        let perHour = Ratio(3_600_000, over: Int128(milliseconds))
        let held = values.filter { way.holds($0.key) && $0.value.hasSum }
        let motors = held.reduce(Fixed.zero) { sum, part in
            table.isOfMotors(Self.word("class", in: part.key) ?? "-") ? sum + part.value.sum : sum
        }
        let lanes = Int128(table.perLane ? way.lanes : 1)
        let units = table.units(atFlow: Ratio(motors) * perHour * Ratio(1, over: lanes))
        var found: [String: Ratio] = [:]
        for (key, tally) in held {
            let flow = Ratio(tally.sum) * perHour
            if let unit = units[Self.word("class", in: key) ?? "-"] {
                found[key] = flow * Ratio(unit)
            } else if tally.sum > .zero {
                guard !road.classMix.isEmpty else { return nil }
                // A class that is not in the table counts like a car.
                let mixed = road.classMix.sorted { $0.key < $1.key }.reduce(Ratio.zero) { sum, part in
                    sum + Ratio(Fixed(part.value) ?? .zero) * Ratio(units[part.key] ?? Fixed(1))
                }
                found[key] = flow * mixed
            }
        }
        return found
    }

    /// All carriageways' flows; nil, with the reason, when one of them is not known.
    private func flows(
        _ values: Breakdown,
        milliseconds: Int64,
        _ figure: inout Figure
    ) -> [(way: Carriageway, units: [String: Ratio])]? {
        var ways = carriageways
        // On a divided road a vehicle without a direction makes the flow unknown: nobody knows which carriageway it
        // fills.
        let isLost = values.contains { key, tally in tally.sum > .zero && !ways.contains { $0.holds(key) } }
        // A direction without a count is unknown, not empty.
        let counted = ways.filter { way in
            way.word == nil || values.contains { way.holds($0.key) && $0.value.hasSum }
        }
        if counted.count < ways.count { figure.doubt = .missingPart }
        ways = counted
        let found = ways.compactMap { way in
            carUnits(values, way, milliseconds: milliseconds).map { (way: way, units: $0) }
        }
        guard !isLost, found.count == ways.count else {
            figure.doubt = .unclassified
            return nil
        }
        return found
    }

    func flow(_ figure: inout Figure) {
        guard let flows = flows(values, milliseconds: elapsed, &figure) else { return }
        let sum = flows.flatMap(\.units.values).reduce(Ratio.zero, +)
        figure.value = .number(sum.rounded())
        tellTables(&figure)
    }

    /// The part of the flow for each word, in the same units as the whole.
    func flowBreakdown(by name: String) -> (name: String, values: [(word: String, value: DecimalNumber)])? {
        var sums: [String: Ratio] = [:]
        for way in carriageways {
            for (key, units) in carUnits(values, way, milliseconds: elapsed) ?? [:] {
                guard let word = Self.word(name, in: key), word != "-" else { continue }
                sums[word, default: .zero] += units
            }
        }
        guard !sums.isEmpty else { return nil }
        return (name, sums.sorted { $0.key < $1.key }.map { (word: $0.key, value: $0.value.rounded()) })
    }

    private func tellTables(_ figure: inout Figure, _ levels: LevelTable? = nil) {
        var unsourced: [DataValue] = []
        if let carUnits, levels?.kind != .speed {
            figure.extras.append(("car_units", .string(carUnits.name)))
            if carUnits.isUnsourced { unsourced.append(.string("car_units")) }
        }
        if let levels {
            figure.extras.append(("levels", .string(levels.name)))
            if let year = levels.year { figure.extras.append(("levels_year", .integer(year))) }
            if levels.isUnsourced { unsourced.append(.string("levels")) }
        }
        if !unsourced.isEmpty { figure.extras.append(("unsourced", .array(unsourced))) }
    }

    // MARK: Saturation

    /// Flow over capacity for each carriageway, as it is published.
    private func saturations(
        _ values: Breakdown,
        milliseconds: Int64,
        _ figure: inout Figure
    ) -> [(way: Carriageway, saturation: DecimalNumber)]? {
        guard let flows = flows(values, milliseconds: milliseconds, &figure) else { return nil }
        let found = flows.compactMap { way, units in
            way.capacity.flatMap { Fixed($0) }.map { capacity in
                (way: way, saturation: (units.values.reduce(.zero, +) / Ratio(capacity)).rounded())
            }
        }
        return found.count == flows.count && !found.isEmpty ? found : nil
    }

    func saturation(_ figure: inout Figure) {
        guard let found = saturations(values, milliseconds: elapsed, &figure),
            let worst = found.max(by: { $0.saturation < $1.saturation })
        else { return }
        figure.value = .number(worst.saturation)
        tellCapacity(worst.way, &figure)
        tell(found.map { ($0.way, $0.saturation, nil) }, &figure)
        tellTables(&figure)
    }

    private func tellCapacity(_ way: Carriageway, _ figure: inout Figure) {
        guard let capacity = way.capacity else { return }
        figure.extras.append(("capacity", .number(.decimal(capacity))))
        if let method = assignment.road?.capacityMethod {
            figure.extras.append(("capacity_method", .string(method)))
        }
    }

    /// Adds the result of each direction of a divided road; the worst one is the site's result.
    private func tell(
        _ found: [(way: Carriageway, saturation: DecimalNumber, level: String?)],
        _ figure: inout Figure
    ) {
        let members = found.compactMap { way, saturation, level -> DataValue.Member? in
            guard let word = way.word else { return nil }
            var said: [DataValue.Member] = [.init("saturation", .number(.decimal(saturation)))]
            if let level { said.append(.init("level", .string(level))) }
            return .init(word, .object(said))
        }
        if !members.isEmpty { figure.extras.append(("directions", .object(members))) }
    }

    // MARK: Levels of service

    /// A short window has its own level; a day has the level of its peak hour, and the share of bins that met the
    /// target.
    func level(_ figure: inout Figure) {
        guard let table = assignment.road?.levels.flatMap({ catalogue.levels[$0] }) else { return }
        if table.kind == .speed { speedLevel(table, &figure) } else { saturationLevel(table, &figure) }
        guard figure.value != nil else { return }
        tellTables(&figure, table)
        guard let target = assignment.road?.targetLevel else { return }
        figure.extras.append(("target_level", .string(target)))
        guard window.kind == .day else { return }
        let bins = merged
        let judged = window.bins.filter { isSound($0..<$0 + 1) && isComplete($0) }.compactMap { number -> String? in
            var ignored = figure
            return table.kind == .speed
                ? speed(over: number..<number + 1).map { table.level(at: $0) }
                : bins[number].flatMap { saturations($0, milliseconds: Window.bin, &ignored) }
                    .flatMap { found in found.map { table.level(at: $0.saturation) }.reduce(nil as String?, table.worst)
                    }
        }
        let met = judged.count { table.meets($0, target: target) }
        if let share = percent(Int64(met), of: Int64(judged.count)) {
            figure.extras.append(("share_at_target", .number(.decimal(share))))
        }
    }

    private func saturationLevel(_ table: LevelTable, _ figure: inout Figure) {
        var found: [(way: Carriageway, saturation: DecimalNumber, level: String?)] = []
        if window.kind == .day {
            let bins = merged
            for way in carriageways {
                // Each direction has a peak hour of its own.
                let own = bins.mapValues { $0.filter { way.holds($0.key) } }
                guard let peak = peak(own) else { continue }
                let hour = peak.bins.reduce(into: Breakdown()) { $0.merge(bins[$1] ?? [:]) }
                guard let judged = saturations(hour, milliseconds: 3_600_000, &figure) else { return }
                found += judged.filter { $0.way.word == way.word }.map { ($0.way, $0.saturation, nil) }
                if !isSound(peak.bins) { figure.doubt = doubt(over: peak.bins) }
            }
        } else {
            guard let judged = saturations(values, milliseconds: elapsed, &figure) else { return }
            found = judged.map { ($0.way, $0.saturation, nil) }
        }
        for index in found.indices { found[index].level = table.level(at: found[index].saturation) }
        guard let worst = found.max(by: { $0.saturation < $1.saturation }), let level = worst.level else { return }
        figure.value = .word(level)
        figure.extras.append(("saturation", .number(.decimal(worst.saturation))))
        tellCapacity(worst.way, &figure)
        tell(found, &figure)
    }

    private func speedLevel(_ table: LevelTable, _ figure: inout Figure) {
        var numbers = window.bins
        if window.kind == .day {
            guard let peak = peak(merged) else { return }
            numbers = peak.bins
            if !isSound(peak.bins) { figure.doubt = doubt(over: peak.bins) }
        }
        guard let speed = speed(over: numbers) else { return }
        figure.value = .word(table.level(at: speed))
        figure.extras.append(("speed", .number(.decimal(speed))))
    }

    /// The mean speed over bins in km/h, as it is published.
    private func speed(over numbers: Range<Int64>) -> DecimalNumber? {
        var whole = Tally()
        for source in counting.flatMap(\.speeds) {
            for number in numbers { whole.merge(source.bins[number]?.whole ?? Tally()) }
        }
        return whole.mean?.rounded()
    }

    // MARK: The peak hour

    /// All sources' bins in the window, merged into one. Bins without a value are left out, unless a device of events
    /// was present in them.
    private var merged: [Int64: Breakdown] {
        var merged: [Int64: Breakdown] = [:]
        for bins in sources.map(\.bins) + counting.map(\.quiet) {
            for (number, piece) in bins
            where window.bins.contains(number) && (piece.isEmpty || piece.whole.hasSum) {
                merged[number, default: [:]].merge(piece)
            }
        }
        return merged
    }

    /// The four successive bins with the largest sum; the earliest of equals.
    private func peak(_ bins: [Int64: Breakdown]) -> (bins: Range<Int64>, sum: Fixed, largest: Fixed)? {
        let sums = bins.mapValues { $0.whole.sum }
        var best: (bins: Range<Int64>, sum: Fixed, largest: Fixed)?
        for first in window.bins.lowerBound..<max(window.bins.lowerBound, window.bins.upperBound - 3) {
            let four = (first..<first + 4).compactMap { sums[$0] }
            guard let largest = four.max(), case let sum = four.reduce(.zero, +), best.map({ $0.sum < sum }) ?? true
            else { continue }
            best = (first..<first + 4, sum, largest)
        }
        return best
    }

    /// Why the sum of these bins is not certain: increases were lost, or only shared out.
    private func doubt(over numbers: Range<Int64>) -> Figure.Doubt? {
        var whole = Tally()
        var carried = Carried.Share()
        for source in sources {
            for number in numbers { whole.merge(source.bins[number]?.whole ?? Tally()) }
            carried = carried + source.carried(over: numbers)
        }
        if let reason = whole.unknown.reason { return .unknown(reason) }
        let length = Int64(numbers.count) * Window.bin
        return isInterpolated(amount: whole.sum, carried: carried, of: length) ? .interpolated : nil
    }

    private func isSound(_ numbers: Range<Int64>) -> Bool { doubt(over: numbers) == nil }

    /// Whether every device was received in a bin as often as a certain figure needs.
    private func isComplete(_ number: Int64) -> Bool {
        counting.allSatisfy { member in
            let expected = Window.bin / member.member.interval
            let quiet = member.quiet[number] != nil
            let counted = member.values.map { $0.bins[number]?.whole.counted ?? 0 }.min() ?? 0
            return quiet
                || Ratio(Int128(counted), over: 1)
                    >= Ratio(Int128(expected), over: 1) * Ratio(assignment.indicator.completeAbove)
        }
    }

    func peakHour(_ figure: inout Figure) {
        guard let peak = peak(merged) else { return }
        figure.value = .number(peak.sum.decimal)
        let from = Self.start(ofBin: peak.bins.lowerBound)
        figure.doubt = doubt(over: peak.bins)
        figure.extras.append(("peak_from", .string(from.description)))
        figure.extras.append(("peak_to", .string((from + .seconds(3_600)).description)))
        guard peak.largest > .zero, peak.bins.allSatisfy({ isSound($0..<$0 + 1) && isComplete($0) }) else { return }
        let factor = Ratio(peak.sum) / (Ratio(peak.largest) * Ratio(4, over: 1))
        figure.extras.append(("peak_hour_factor", .number(.decimal(factor.rounded()))))
    }
}

extension LevelTable {
    /// The worse level of the two; the first may be missing.
    fileprivate func worst(_ worst: String?, _ level: String) -> String? { worst.map { worse($0, level) } ?? level }
}

import Decoding
package import Domain
package import Profiles

/// Finds which numbering, table and word order make a device's registers show what its display shows.
///
/// A profile made from a table leaves open what the table does not say. Each point is read in every way that is still
/// open, and a display's value leaves those ways that show it.
package struct Settlement: Sendable {
    /// One way to read the profile's numbers.
    package struct Way: Hashable, Sendable {
        package var table: RegisterTable
        /// The printed number less this is the address: 0 counts from 0, 1 from 1, 40,001 are references.
        package var shift: Int
        package var order: WordOrder
    }

    /// A point as the profile has it with its blanks filled and `from_0`, and what its display shows.
    package struct Question: Sendable {
        package var point: Point
        package var display: DisplayValue

        package init(point: Point, display: DisplayValue) {
            self.point = point
            self.display = display
        }
    }

    package let shifts: [Int]?
    package let isTableOpen: Bool
    package let orders: [WordOrder]
    package let tolerance: Double?
    /// The ways that every value so far leaves; nil before the first.
    package private(set) var ways: Set<Way>?

    /// - Parameters:
    ///   - shifts: nil where the numbering is open.
    ///   - orders: one where the word order is known.
    ///   - tolerance: how far a value may be from the display; nil for one step of its last digit.
    package init(shifts: [Int]?, isTableOpen: Bool, orders: [WordOrder], tolerance: Double? = nil) {
        self.shifts = shifts
        self.isTableOpen = isTableOpen
        self.orders = orders
        self.tolerance = tolerance
    }

    /// What must be read for a point; empty for one that has no registers of its own.
    package func ranges(of point: Point) -> [RegisterRange] {
        guard case .registers(let printed, _, _) = point.origin else { return [] }
        let tables = isTableOpen && printed.table == .holding ? [.holding, .input] : [printed.table]
        return tables.flatMap { table in
            shifts(of: printed).compactMap { shift in
                let start = printed.start - shift
                guard start >= 0, start + printed.count <= 65_536 else { return nil }
                return RegisterRange(table, start: start, count: printed.count)
            }
        }
    }

    private func shifts(of printed: RegisterRange) -> [Int] {
        if let shifts { return shifts }
        // References whose first digit the table did not show to be one.
        let references = [30_000, 40_000].filter { (0...9_999).contains(printed.start - $0) }.flatMap { [$0, $0 + 1] }
        return [0, 1] + references
    }

    /// Leaves the ways in which the point shows what the display shows.
    ///
    /// - Parameter words: what the device answered for each range; nil where it refused it.
    package mutating func take(_ question: Question, words: (RegisterRange) -> [UInt16]?) {
        guard case .registers(let printed, let type, _) = question.point.origin else { return }
        var fitting: Set<Way> = []
        for range in ranges(of: question.point) {
            guard let words = words(range), words.count == range.count else { continue }
            for order in orders where isShown(words, as: type, order, question) {
                fitting.insert(Way(table: range.table, shift: printed.start - range.start, order: order))
            }
        }
        // A point of another table says nothing about the table that is open.
        ways =
            ways.map { before in
                let isOther = printed.table != .holding
                return before.filter { way in
                    fitting.contains { other in
                        other.shift == way.shift && other.order == way.order && (isOther || other.table == way.table)
                    }
                }
            } ?? fitting
    }

    private func isShown(_ words: [UInt16], as type: RegisterType, _ order: WordOrder, _ question: Question) -> Bool {
        guard let raw = RegisterDecoder.value(type, of: words, order: order).value?.double else { return false }
        let point = question.point
        let shifted = raw * (point.scale?.double ?? 1) / DecimalNumber(1).shifted(by: point.decimals).double
        var value = shifted + (point.offset?.double ?? 0)
        if let shown = question.display.unit, let unit = point.unit, unit.isConvertible(to: shown) {
            value = unit.convert(value, to: shown)
        }
        let step = tolerance ?? question.display.step
        return value.isFinite && abs(value - question.display.number.double) <= step * (1 + 1e-9)
    }

    // MARK: What is settled

    /// The shift, where all ways that are left agree.
    package var shift: Int? { only(\.shift) }
    package var table: RegisterTable? { only(\.table) }
    package var order: WordOrder? { only(\.order) }

    private func only<T: Hashable>(_ part: (Way) -> T) -> T? {
        let parts = Set((ways ?? []).map(part))
        return parts.count == 1 ? parts.first : nil
    }
}

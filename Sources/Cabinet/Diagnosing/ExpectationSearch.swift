import Decoding
import Domain
import Glibc
package import Profiles

/// Searches the registers' contents for what the display shows: every type, word order, power of ten and common unit.
///
/// The likeliest reading comes first. Each hit has a cost, the sum of:
/// - 0 when it rounds to the display's digits, 1 when they are cut off, 4 when it is only within the tolerance;
/// - for the type: 0 for 16 bits and float32, 1 for 32 bits, 2 for float64, 3 for BCD;
/// - for the word order: 0 for the profile's, 2 for another; without a profile ABCD 0, CDAB 1, DCBA 2, BADC 3;
/// - for a power of ten: its exponent without sign, and 2 more for floating point, which needs none;
/// - 4 for a unit that is not the display's, or 1 when the display's unit was given;
/// - 2 for each decade by which the registers' own steps are coarser than the display's: a hit by luck;
/// - up to 3 for as many other addresses where the same reading fits too;
/// - the distance from the addresses that were meant, at most 2.
/// When costs are equal, the lower address of the holding registers comes first.
package struct ExpectationSearch: Sendable {
    package var display: DisplayValue
    /// How far a reading may be from the display, in the display's unit.
    package var tolerance: Double
    /// The profile's word order, when there is a profile.
    package var expectedOrder: WordOrder?
    /// The addresses that were meant, such as those of a profile's points; empty when a whole range was meant.
    package var meant: Set<Int>

    /// - Parameter tolerance: nil means one step of the display's last digit, because its value moves during the
    ///   reading.
    package init(
        _ display: DisplayValue,
        tolerance: Double? = nil,
        expectedOrder: WordOrder? = nil,
        meant: Set<Int> = []
    ) {
        self.display = display
        self.tolerance = tolerance ?? display.step
        self.expectedOrder = expectedOrder
        self.meant = meant
    }

    /// Where the value stands in these registers, likeliest first. A value of 0 is not searched: it stands everywhere.
    package func hits(in image: MemoryImage) -> [ExpectationHit] {
        guard display.number != .zero else { return [] }
        var found: [ExpectationHit] = []
        let conversions = self.conversions
        for table in [RegisterTable.holding, .input] {
            for address in image.addresses(of: table) {
                found += distinct(hits(in: image, table, at: address, conversions))
            }
        }
        var fits: [Reading: Int] = [:]
        for hit in found { fits[Reading(hit), default: 0] += 1 }
        for index in found.indices {
            found[index].cost += min(3, (fits[Reading(found[index])] ?? 1) - 1)
        }
        return found.sorted(by: Self.isLikelier)
    }

    /// Returns the earlier hits that now read as the display does.
    package func confirmed(_ hits: [ExpectationHit], in image: MemoryImage) -> [ExpectationHit] {
        hits.compactMap { hit in
            guard let words = image.words(hit.range), let raw = Self.number(hit.type, of: words, order: hit.order),
                let now = self.hit(raw, hit.range, hit.type, hit.order, power: hit.power, hit.conversion)
            else { return nil }
            var hit = hit
            hit.value = now.value
            hit.exactness = max(hit.exactness, now.exactness)
            return hit
        }
    }

    private static let types: [RegisterType] = [
        .uint16, .int16, .float32, .uint32, .int32, .float64, .bcd16, .bcd32,
    ]

    private func hits(
        in image: MemoryImage,
        _ table: RegisterTable,
        at address: Int,
        _ conversions: [UnitConversion]
    ) -> [ExpectationHit] {
        var found: [ExpectationHit] = []
        for type in Self.types {
            let range = RegisterRange(table, start: address, count: type.registers)
            guard let words = image.words(range) else { continue }
            // In one register only the bytes can be swapped.
            for order in type.registers == 1 ? [WordOrder.abcd, .badc] : WordOrder.asTried {
                guard let raw = Self.number(type, of: words, order: order) else { continue }
                for power in -4...4 {
                    if let hit = hit(raw, range, type, order, power: power, nil) { found.append(hit) }
                    // Floating point carries a power of ten as another unit; whole numbers carry it as their scale.
                    if !type.isWhole, power != 0 { continue }
                    for conversion in conversions where !(type.isWhole && conversion.isDecimal) {
                        if let hit = hit(raw, range, type, order, power: power, conversion) { found.append(hit) }
                    }
                }
            }
        }
        return found
    }

    /// The number in these words, when it is finite and not 0.
    private static func number(_ type: RegisterType, of words: [UInt16], order: WordOrder) -> Double? {
        guard let value = RegisterDecoder.value(type, of: words, order: order).value?.decimal?.double, value != 0 else {
            return nil
        }
        return value
    }

    /// The conversions from what the registers may hold to what the display shows.
    private var conversions: [UnitConversion] { display.unit.map(UnitConversion.into) ?? UnitConversion.common }

    private func hit(
        _ raw: Double,
        _ range: RegisterRange,
        _ type: RegisterType,
        _ order: WordOrder,
        power: Int,
        _ conversion: UnitConversion?
    ) -> ExpectationHit? {
        let scale = pow(10, Double(abs(power)))
        let scaled = power < 0 ? raw / scale : raw * scale
        let value = conversion.map { $0(scaled) } ?? scaled
        let shown = display.number.double
        guard value.isFinite else { return nil }
        // A difference that comes only from decimal digits in binary does not count.
        let grain = abs(shown) * 1e-7
        let difference = value - shown
        let exactness: ExpectationHit.Exactness
        if abs(difference) <= display.step / 2 + grain {
            exactness = .rounded
        } else if difference * (shown < 0 ? -1 : 1) >= 0, abs(difference) < display.step {
            exactness = .truncated
        } else if abs(difference) <= tolerance + grain {
            exactness = .near
        } else {
            return nil
        }
        guard abs(difference) <= max(tolerance, display.step / 2) + grain else { return nil }
        var hit = ExpectationHit(
            range: range,
            type: type,
            order: order,
            power: power,
            conversion: conversion,
            value: value,
            exactness: exactness,
            cost: 0
        )
        hit.cost = cost(of: hit, raw: raw)
        return hit
    }

    private func cost(of hit: ExpectationHit, raw: Double) -> Int {
        var cost = [.rounded: 0, .truncated: 1, .near: 4][hit.exactness] ?? 0
        switch hit.type {
        case .uint32, .int32: cost += 1
        case .float64: cost += 2
        case .bcd16, .bcd32: cost += 3
        default: break
        }
        if let expectedOrder, hit.type.registers > 1 {
            cost += hit.order == expectedOrder ? 0 : 2
        } else {
            cost += [.abcd: 0, .cdab: 1, .dcba: 2, .badc: 3][hit.order] ?? 0
        }
        if hit.power != 0 { cost += abs(hit.power) + (hit.type.isWhole ? 0 : 2) }
        if hit.conversion != nil { cost += display.unit == nil ? 4 : 1 }
        if hit.type.isWhole {
            // One count more or less moves the reading by this much.
            let grain = abs(hit.value / raw) / display.step
            if grain > 1.5 { cost += 2 * Int(log10(grain).rounded(.up)) }
        }
        if let nearest = meant.map({ abs($0 - hit.range.start) }).min() { cost += min(2, nearest) }
        return cost
    }

    /// Keeps one hit, the cheaper one, of those that read the same under different types; it lists the other types.
    private func distinct(_ hits: [ExpectationHit]) -> [ExpectationHit] {
        var kept: [ExpectationHit] = []
        for hit in hits.sorted(by: Self.isLikelier) {
            let same = kept.firstIndex {
                $0.range == hit.range && $0.power == hit.power && $0.conversion == hit.conversion
                    && $0.value == hit.value
            }
            guard let same else {
                kept.append(hit)
                continue
            }
            if kept[same].type != hit.type, !kept[same].sameAs.contains(hit.type) { kept[same].sameAs.append(hit.type) }
        }
        return kept
    }

    private static func isLikelier(_ a: ExpectationHit, _ b: ExpectationHit) -> Bool {
        func key(_ hit: ExpectationHit) -> (Int, Int, Int, Int, Int) {
            let type = types.firstIndex(of: hit.type) ?? types.count
            return (hit.cost, hit.range.table == .holding ? 0 : 1, hit.range.start, type, abs(hit.power))
        }
        return key(a) < key(b)
    }

    /// A hit without its address.
    private struct Reading: Hashable {
        var table: RegisterTable
        var type: RegisterType
        var order: WordOrder
        var power: Int
        var conversion: UnitConversion?

        init(_ hit: ExpectationHit) {
            table = hit.range.table
            type = hit.type
            order = hit.order
            power = hit.power
            conversion = hit.conversion
        }
    }
}

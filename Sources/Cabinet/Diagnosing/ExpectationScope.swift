package import Domain
package import Profiles

/// The registers that a search reads: in both tables of registers, at addresses given by a person or a profile.
package struct ExpectationScope: Hashable, Sendable {
    /// In order, each address once.
    package var ranges: [RegisterRange]
    /// The addresses that were meant, before two more were added on either side; empty when whole ranges were given.
    package var meant: Set<Int>

    /// Manuals count from 0 or from 1, and some devices are off by a register pair: so two more on either side are
    /// read.
    private static let around = 2

    /// Ranges that a person gave: those, and nothing else.
    package init(ranges: [RegisterRange]) {
        self.ranges = ranges
        meant = []
    }

    /// What is read when no range is given: the first hundred of both tables.
    package static let standard = ExpectationScope(
        ranges: [RegisterRange(.holding, start: 0, count: 100), RegisterRange(.input, start: 0, count: 100)]
    )

    /// Around some registers, but never the registers that a profile avoids.
    package init(around registers: [Range<Int>], first: RegisterTable = .holding, avoid: [ClosedRange<Int>] = []) {
        meant = Set(registers.map(\.lowerBound))
        var addresses: Set<Int> = []
        for range in registers {
            addresses.formUnion(max(0, range.lowerBound - Self.around)..<min(65_536, range.upperBound + Self.around))
        }
        for range in avoid { addresses.subtract(range) }
        let tables: [RegisterTable] = first == .input ? [.input, .holding] : [.holding, .input]
        ranges = tables.flatMap { Self.stretches(of: addresses.sorted(), in: $0) }
    }

    /// Around every point of a profile.
    package init(profile: Profile) {
        let registers = profile.points.compactMap { point -> Range<Int>? in
            guard case .registers(let range, _, _) = point.origin, !range.table.holdsBits else { return nil }
            return range.start..<range.end
        }
        self.init(around: registers, avoid: profile.modbus?.avoid ?? [])
    }

    /// What is left without the addresses of a profile's `avoid`.
    package func sparing(_ avoid: [ClosedRange<Int>]) -> ExpectationScope {
        var scope = self
        scope.ranges = ranges.flatMap { range in
            var addresses = Set(range.start..<range.end)
            for avoided in avoid { addresses.subtract(avoided) }
            return Self.stretches(of: addresses.sorted(), in: range.table)
        }
        return scope
    }

    package static func stretches(of addresses: [Int], in table: RegisterTable) -> [RegisterRange] {
        var ranges: [RegisterRange] = []
        for address in addresses {
            if let last = ranges.last, last.end == address {
                ranges[ranges.count - 1].count += 1
            } else {
                ranges.append(RegisterRange(table, start: address, count: 1))
            }
        }
        return ranges
    }

    /// Parses a person's `holding:0-99` or `input:7`, counted from 0; nil for anything else.
    package static func range(_ text: String) -> RegisterRange? {
        let parts = text.split(separator: ":" as Character, omittingEmptySubsequences: false)
        guard parts.count == 2, let table = RegisterTable(rawValue: String(parts[0])), !table.holdsBits else {
            return nil
        }
        let ends = parts[1].split(separator: "-" as Character, omittingEmptySubsequences: false).map { Int($0) }
        guard (1...2).contains(ends.count), let first = ends[0], let last = ends[ends.count - 1],
            (0...65_535).contains(first), first <= last, last <= 65_535
        else { return nil }
        return RegisterRange(table, start: first, count: last - first + 1)
    }
}

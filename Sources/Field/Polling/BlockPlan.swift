public import Domain
public import Profiles

/// The requests that read all of a device's registers: the fewest that the profile allows.
public struct BlockPlan: Sendable, Hashable {
    /// One request and the points that it reads, as indices into the profile's points.
    public struct Block: Sendable, Hashable {
        public var range: RegisterRange
        public var points: [Int]
        /// How often it is asked, where that is less often than the device.
        public var every: Duration?
    }

    public var blocks: [Block]

    /// Plans the reads of a profile's points.
    ///
    /// Taking values in order of their address and extending a block as far as `max_registers`, `max_gap` and `avoid`
    /// allow is optimal: a block that began later or ended sooner could only leave more for the next one.
    ///
    /// - Parameter lacking: indices of points that the device does not have.
    public init(points: [Point], access: ModbusAccess, without lacking: Set<Int> = []) {
        var values: [(range: RegisterRange, point: Int)] = []
        for (index, point) in points.enumerated() where !lacking.contains(index) {
            if case .registers(let range, _, _) = point.origin { values.append((range, index)) }
        }
        blocks = []
        // Points with a rhythm of their own are asked after the others, each rhythm in requests of its own.
        let rhythms = Set(points.compactMap(\.every)).sorted()
        for every in [nil] + rhythms.map(Optional.some) {
            for table in RegisterTable.allCases {
                let inTable = values.filter { $0.range.table == table && points[$0.point].every == every }
                    .sorted { ($0.range.start, $0.range.end, $0.point) < ($1.range.start, $1.range.end, $1.point) }
                blocks += Self.blocks(of: inTable, access: access, every: every)
            }
        }
    }

    init(blocks: [Block]) { self.blocks = blocks }

    private static func blocks(
        of values: [(range: RegisterRange, point: Int)],
        access: ModbusAccess,
        every: Duration?
    ) -> [Block] {
        var blocks: [Block] = []
        for (range, point) in values {
            if var block = blocks.last, block.takes(range, access: access) {
                block.range.count = max(block.range.end, range.end) - block.range.start
                block.points.append(point)
                blocks[blocks.count - 1] = block
            } else {
                blocks.append(Block(range: range, points: [point], every: every))
            }
        }
        return blocks
    }
}

extension BlockPlan.Block {
    fileprivate func takes(_ next: RegisterRange, access: ModbusAccess) -> Bool {
        let most = next.table.holdsBits ? next.table.maximumPerRequest : access.maxRegisters
        guard max(range.end, next.end) - range.start <= most else { return false }
        guard next.start > range.end else { return true }
        let gap = range.end...next.start - 1
        return gap.count <= access.maxGap && (next.table.holdsBits || !access.avoid.contains { $0.overlaps(gap) })
    }

    /// Returns the block as two, cut at a boundary that no value crosses; nil where there is none.
    public func halves(_ points: [Point]) -> (BlockPlan.Block, BlockPlan.Block)? {
        let middle = self.points.count / 2
        // Values that overlap (one register read as two points) stay together, so the cut moves to the nearest clear
        // boundary.
        let cuts = (0..<self.points.count).sorted { abs($0 - middle) < abs($1 - middle) }
        return cuts.lazy.compactMap { parts(cutAt: $0, points) }.first
    }

    /// Returns the block without its last or its first values; the parts with the most points come first. Each is one
    /// request, so that its values are of one moment.
    public func shorter(_ points: [Point]) -> [BlockPlan.Block] {
        (0..<self.points.count).compactMap { parts(cutAt: $0, points) }
            .flatMap { [$0, $1] }
            .sorted { ($1.points.count, $0.range.start) < ($0.points.count, $1.range.start) }
    }

    /// Returns the points before the cut and those from it on; nil where a value crosses it or a side is empty.
    private func parts(cutAt cut: Int, _ points: [Point]) -> (BlockPlan.Block, BlockPlan.Block)? {
        func range(_ point: Int) -> RegisterRange {
            guard case .registers(let range, _, _) = points[point].origin else { return self.range }
            return range
        }
        let left = self.points[..<cut]
        let right = self.points[cut...]
        guard let end = left.map({ range($0).end }).max(), let start = right.map({ range($0).start }).min(),
            let rightEnd = right.map({ range($0).end }).max(), end <= start
        else { return nil }
        return (
            BlockPlan.Block(
                range: RegisterRange(self.range.table, start: self.range.start, count: end - self.range.start),
                points: Array(left),
                every: every
            ),
            BlockPlan.Block(
                range: RegisterRange(self.range.table, start: start, count: rightEnd - start),
                points: Array(right),
                every: every
            )
        )
    }
}

import Domain
import Polling
import Profiles
import Testing

@Suite struct BlockPlanTests {
    struct Case: Sendable, CustomTestStringConvertible {
        var name: String
        var layout: Layout
        var blocks: [RegisterRange]

        var testDescription: String { name }

        init(_ name: String, _ layout: Layout, _ blocks: [RegisterRange]) {
            self.name = name
            self.layout = layout
            self.blocks = blocks
        }
    }

    static let cases = [
        Case("one value", Layout(values: [holding(0)]), [holding(0)]),
        Case("borders without gap", Layout(values: [holding(0, 2), holding(2, 2)]), [holding(0, 4)]),
        Case("borders with gap", Layout(values: [holding(0, 2), holding(3, 2)]), [holding(0, 2), holding(3, 2)]),
        Case("gap of exactly max_gap", Layout(values: [holding(0, 2), holding(5, 2)], maxGap: 3), [holding(0, 7)]),
        Case(
            "gap one wider than max_gap",
            Layout(values: [holding(0, 2), holding(6, 2)], maxGap: 3),
            [holding(0, 2), holding(6, 2)]
        ),
        Case(
            "exactly max_registers",
            Layout(values: [holding(0, 6), holding(6, 4)], maxRegisters: 10),
            [holding(0, 10)]
        ),
        Case(
            "value never split at max_registers",
            Layout(values: [holding(0, 8), holding(8, 4)], maxRegisters: 10),
            [holding(0, 8), holding(8, 4)]
        ),
        Case("value as large as max_registers", Layout(values: [holding(3, 10)], maxRegisters: 10), [holding(3, 10)]),
        Case(
            "avoid in the gap",
            Layout(values: [holding(0), holding(2)], maxGap: 4, avoid: [1...1]),
            [holding(0), holding(2)]
        ),
        Case(
            "avoid beside the gap",
            Layout(values: [holding(0), holding(2)], maxGap: 4, avoid: [3...9]),
            [holding(0, 3)]
        ),
        Case(
            "avoid at the gap's last register",
            Layout(values: [holding(0), holding(5)], maxGap: 9, avoid: [4...4]),
            [holding(0), holding(5)]
        ),
        Case("a gap may be bridged between values only", Layout(values: [holding(5)], maxGap: 124), [holding(5)]),
        Case("overlapping points", Layout(values: [holding(0, 4), holding(2, 4)]), [holding(0, 6)]),
        Case("one register as two points", Layout(values: [holding(7), holding(7)]), [holding(7)]),
        Case("a point within another", Layout(values: [holding(0, 8), holding(2, 2), holding(8)]), [holding(0, 9)]),
        Case(
            "overlapping points wider than max_registers",
            Layout(values: [holding(0, 6), holding(4, 6)], maxRegisters: 8),
            [holding(0, 6), holding(4, 6)]
        ),
        Case("out of order", Layout(values: [holding(4, 2), holding(0, 2), holding(2, 2)]), [holding(0, 6)]),
        Case(
            "holding and input apart",
            Layout(values: [RegisterRange(.input, start: 1, count: 1), holding(0)]),
            [holding(0), RegisterRange(.input, start: 1, count: 1)]
        ),
        Case(
            "bits tables",
            Layout(
                values: [
                    RegisterRange(.discrete, start: 3, count: 1), RegisterRange(.coil, start: 0, count: 1),
                    RegisterRange(.coil, start: 1, count: 1),
                ]
            ),
            [RegisterRange(.coil, start: 0, count: 2), RegisterRange(.discrete, start: 3, count: 1)]
        ),
        Case(
            "bits beyond max_registers",
            Layout(
                values: (0..<200).map { RegisterRange(.coil, start: $0, count: 1) },
                maxRegisters: 10
            ),
            [RegisterRange(.coil, start: 0, count: 200)]
        ),
        Case(
            "avoid is of registers, not of bits",
            Layout(
                values: [RegisterRange(.coil, start: 0, count: 1), RegisterRange(.coil, start: 2, count: 1)],
                maxGap: 2,
                avoid: [1...1]
            ),
            [RegisterRange(.coil, start: 0, count: 3)]
        ),
        Case("the last address", Layout(values: [holding(65_534, 2)]), [holding(65_534, 2)]),
    ]

    @Test(arguments: cases) func valuesAreReadInTheseBlocks(shape: Case) throws {
        #expect(try shape.layout.plan().blocks.map(\.range) == shape.blocks)
    }

    @Test(arguments: cases) func everyPointIsInOneBlockThatCarriesItWhole(shape: Case) throws {
        let plan = try shape.layout.plan()
        #expect(plan.blocks.flatMap(\.points).sorted() == Array(shape.layout.values.indices))
        for block in plan.blocks {
            for point in block.points {
                let value = shape.layout.values[point]
                #expect(value.table == block.range.table)
                #expect(block.range.start <= value.start && value.end <= block.range.end)
            }
        }
    }

    /// Every partition of a few values is tried; none that the profile allows has fewer blocks.
    @Test(arguments: [1, 2, 3, 4]) func noPartitionHasFewerBlocks(seed: UInt64) throws {
        var dice = Dice(state: seed)
        for _ in 0..<60 {
            let most = Int.random(in: 4...10, using: &dice)
            var layout = Layout(values: [], maxRegisters: most, maxGap: Int.random(in: 0...3, using: &dice))
            for _ in 0..<Int.random(in: 1...6, using: &dice) {
                layout.values.append(
                    holding(Int.random(in: 0...20, using: &dice), Int.random(in: 1...min(4, most), using: &dice))
                )
            }
            if Bool.random(using: &dice) {
                // Avoided registers hold no value.
                let free = (0...24).filter { register in
                    !layout.values.contains { $0.start <= register && register < $0.end }
                }
                layout.avoid = free.randomElement(using: &dice).map { [$0...$0] } ?? []
            }
            let blocks = try layout.plan().blocks
            #expect(blocks.allSatisfy { Self.isAllowed($0.points.map { layout.values[$0] }, layout) }, "\(layout)")
            #expect(blocks.count == Self.fewest(layout.values[...], into: [], layout), "\(layout)")
        }
    }

    private static func fewest(
        _ rest: ArraySlice<RegisterRange>,
        into groups: [[RegisterRange]],
        _ layout: Layout
    ) -> Int {
        guard let value = rest.first else {
            return groups.allSatisfy { isAllowed($0, layout) } ? groups.count : .max
        }
        var best = fewest(rest.dropFirst(), into: groups + [[value]], layout)
        for index in groups.indices {
            var groups = groups
            groups[index].append(value)
            best = min(best, fewest(rest.dropFirst(), into: groups, layout))
        }
        return best
    }

    private static func isAllowed(_ values: [RegisterRange], _ layout: Layout) -> Bool {
        guard let start = values.map(\.start).min(), let end = values.map(\.end).max() else { return false }
        var gap = 0
        for register in start..<end {
            let used = values.contains { $0.start <= register && register < $0.end }
            gap = used ? 0 : gap + 1
            if gap > layout.maxGap { return false }
            if !used, layout.avoid.contains(where: { $0.contains(register) }) { return false }
        }
        return end - start <= layout.maxRegisters
    }

    @Test(
        arguments: [
            ("one value", Layout(values: [holding(0, 4)]), []),
            ("two values", Layout(values: [holding(0, 2), holding(2, 4)]), [holding(0, 2), holding(2, 4)]),
            (
                "three values", Layout(values: [holding(0, 2), holding(2, 4), holding(6)]),
                [holding(0, 6), holding(2, 5), holding(0, 2), holding(6)]
            ),
            ("values that overlap", Layout(values: [holding(0, 4), holding(2, 4)]), []),
            (
                "a gap between", Layout(values: [holding(0), holding(1), holding(5)], maxGap: 4),
                [holding(0, 2), holding(1, 5), holding(0), holding(5)]
            ),
        ] as [(String, Layout, [RegisterRange])]
    )
    func `a block gets shorter at either end, losing few points first, and splits no value`(
        name: String,
        layout: Layout,
        ranges: [RegisterRange]
    ) throws {
        let block = try #require(try layout.plan().blocks.first)
        let shorter = block.shorter(try layout.points())
        #expect(shorter.map(\.range) == ranges)
        #expect(
            shorter.allSatisfy { $0.points.count < block.points.count && Set($0.points).isSubset(of: block.points) }
        )
    }
}

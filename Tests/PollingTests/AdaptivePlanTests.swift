import Domain
import Profiles
import Testing

@testable import Polling

@Suite struct AdaptivePlanTests {
    /// A device that refuses some registers, read as the poll loop does.
    final class Refusing {
        var plan: AdaptivePlan
        var refuses: Set<Int>
        private(set) var asked: [RegisterRange] = []

        init(_ layout: Layout, refuses: Set<Int>) throws {
            plan = AdaptivePlan(plan: try layout.plan(), points: try layout.points(), rest: .seconds(600))
            self.refuses = refuses
        }

        /// Returns the ranges read and the ranges that rest.
        func poll(_ now: Uptime) -> (read: [RegisterRange], resting: [RegisterRange]) {
            asked = []
            var read: [RegisterRange] = []
            var resting: [RegisterRange] = []
            var open = Array(plan.steps(now: now).reversed())
            while let step = open.popLast() {
                switch step {
                case .resting(let block, _): resting.append(block.range)
                case .read(let block):
                    asked.append(block.range)
                    if refuses.contains(where: { block.range.start <= $0 && $0 < block.range.end }) {
                        open += plan.refused(block, reason: .exception(2), now: now).reversed().map { .read($0) }
                    } else {
                        read.append(block.range)
                    }
                }
            }
            return (read, resting)
        }
    }

    private static let eight = Layout(values: (0..<8).map { holding($0) })

    @Test func aBlockThatIsNotRefusedIsReadWhole() throws {
        let device = try Refusing(Self.eight, refuses: [])
        let (read, resting) = device.poll(at(0))
        #expect(read == [holding(0, 8)])
        #expect(resting == [])
    }

    @Test func aRefusedBlockSplitsUntilWhatIsRefusedStandsAlone() throws {
        let device = try Refusing(Self.eight, refuses: [5])
        #expect(device.poll(at(0)).read == [holding(0, 4), holding(4), holding(6, 2)])
        #expect(
            device.asked == [
                holding(0, 8), holding(0, 4), holding(4, 4), holding(4, 2), holding(4), holding(5), holding(6, 2),
            ]
        )
    }

    @Test func whatIsRefusedRestsAndTheOthersAreReadWithoutAskingForIt() throws {
        let device = try Refusing(Self.eight, refuses: [5])
        _ = device.poll(at(0))
        let (read, resting) = device.poll(at(1))
        #expect(read == [holding(0, 4), holding(4), holding(6, 2)])
        #expect(resting == [holding(5)])
        #expect(device.asked == read)
    }

    @Test func theBlockIsTriedWholeAgainAfterTheRest() throws {
        let device = try Refusing(Self.eight, refuses: [5])
        _ = device.poll(at(0))
        device.refuses = []
        #expect(device.poll(at(599)).resting == [holding(5)])
        let (read, resting) = device.poll(at(600))
        #expect(read == [holding(0, 8)])
        #expect(resting == [])
    }

    @Test func whatIsStillRefusedAfterTheRestSplitsAndRestsOnceMore() throws {
        let device = try Refusing(Self.eight, refuses: [5])
        _ = device.poll(at(0))
        #expect(device.poll(at(600)).read == [holding(0, 4), holding(4), holding(6, 2)])
        #expect(device.poll(at(1_199)).resting == [holding(5)])
        #expect(device.poll(at(1_200)).resting == [])
    }

    @Test func aGapThatIsRefusedCostsNoValue() throws {
        let device = try Refusing(Layout(values: [holding(0), holding(3)], maxGap: 2), refuses: [1])
        let (read, resting) = device.poll(at(0))
        #expect(read == [holding(0), holding(3)])
        #expect(resting == [])
        #expect(device.poll(at(1)).resting == [])
    }

    @Test func overlappingValuesStayTogether() throws {
        let device = try Refusing(Layout(values: [holding(0), holding(1, 2), holding(2, 2), holding(4)]), refuses: [2])
        #expect(device.poll(at(0)).read == [holding(0), holding(4)])
        #expect(device.poll(at(1)).resting == [holding(1, 3)])
    }

    @Test func aValueOfManyRegistersIsNeverCut() throws {
        let device = try Refusing(Layout(values: [holding(0, 4)]), refuses: [3])
        #expect(device.poll(at(0)).read == [])
        #expect(device.asked == [holding(0, 4)])
        #expect(device.poll(at(1)).resting == [holding(0, 4)])
    }

    @Test func oneBlocksRefusalLeavesTheOthersWhole() throws {
        let device = try Refusing(Layout(values: [holding(0), holding(1), holding(10), holding(11)]), refuses: [0])
        #expect(device.poll(at(0)).read == [holding(1), holding(10, 2)])
    }

    @Test func theRefusalOfABlockThatIsNotInThePlanChangesNothing() throws {
        let device = try Refusing(Self.eight, refuses: [])
        let strange = BlockPlan.Block(range: holding(90), points: [])
        let pieces = device.plan.refused(strange, reason: .exception(2), now: at(0))
        #expect(pieces == [])
        #expect(device.poll(at(0)).read == [holding(0, 8)])
    }

    /// A device may answer some registers and be silent about others: that costs the line a timeout each time.
    @Test func aSilentBlockRestsTenTimesItsCostAndThenTwiceAsLong() throws {
        let layout = Layout(values: [holding(0), holding(10)])
        var plan = AdaptivePlan(plan: try layout.plan(), points: try layout.points())
        let start = Uptime(nanoseconds: 0)
        let block = try #require(plan.steps(now: start).compactMap(\.block).last)
        #expect(plan.silent(block, reason: .timeout, cost: .seconds(2), now: start) == .rests(block.range))
        #expect(plan.steps(now: start + .milliseconds(19_999)).last == .resting(block, .timeout))
        #expect(plan.steps(now: start + .seconds(20)).last == .read(block))
        _ = plan.silent(block, reason: .timeout, cost: .seconds(2), now: start + .seconds(20))
        #expect(plan.steps(now: start + .seconds(59)).last == .resting(block, .timeout))
        #expect(plan.steps(now: start + .seconds(60)).last == .read(block))
        plan.answered(block)
        _ = plan.silent(block, reason: .timeout, cost: .seconds(2), now: start + .seconds(60))
        #expect(plan.steps(now: start + .seconds(80)).last == .read(block))
    }
}

extension AdaptivePlan.Step {
    fileprivate var block: BlockPlan.Block? {
        if case .read(let block) = self { block } else { nil }
    }
}

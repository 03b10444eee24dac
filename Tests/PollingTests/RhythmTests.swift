import Domain
import Profiles
import Testing

@testable import Polling

@Suite struct `Points with a rhythm of their own` {
    /// Four registers each poll, two hourly, one daily.
    private static func plan() throws -> (plan: AdaptivePlan, points: [Point]) {
        let layout = Layout(values: (0..<7).map { holding($0) })
        var points = try layout.points()
        for index in 4...5 { points[index].every = .seconds(3_600) }
        points[6].every = .seconds(86_400)
        let plan = BlockPlan(points: points, access: try layout.access())
        return (AdaptivePlan(plan: plan, points: points), points)
    }

    private static func ask(_ plan: inout AdaptivePlan, at seconds: Double, answered: Bool = true) -> [RegisterRange] {
        let steps = plan.steps(now: at(seconds))
        return steps.compactMap { step -> RegisterRange? in
            guard case .read(let block) = step else { return nil }
            if answered { plan.answered(block) }
            return block.range
        }
    }

    @Test func `are asked in requests of their own, and then not until it is time`() throws {
        var (plan, _) = try Self.plan()
        let all = [holding(0, 4), holding(4, 2), holding(6)]
        #expect(Self.ask(&plan, at: 0) == all)
        #expect(Self.ask(&plan, at: 5) == [holding(0, 4)])
        #expect(plan.unasked(in: plan.steps(now: at(10))).sorted() == [4, 5, 6])
        #expect(Self.ask(&plan, at: 3_500) == [holding(0, 4)])
        // A poll that begins a little early is still the hour's.
        #expect(Self.ask(&plan, at: 3_599.9) == [holding(0, 4), holding(4, 2)])
        #expect(plan.unasked(in: plan.steps(now: at(3_605))).sorted() == [4, 5, 6])
        #expect(Self.ask(&plan, at: 86_400) == all)
    }

    @Test func `are asked again with the next poll where no answer came`() throws {
        var (plan, _) = try Self.plan()
        _ = Self.ask(&plan, at: 0, answered: false)
        #expect(Self.ask(&plan, at: 5).count == 3)
        #expect(Self.ask(&plan, at: 10).count == 1)
    }

    @Test func `take little of a line`() throws {
        let (_, points) = try Self.plan()
        let access = try Layout(values: [holding(0)]).access()
        let line = SerialSettings()
        let all = LineTime.load([(BlockPlan(points: points, access: access), .seconds(1))], on: line)
        let fast = LineTime.load([(BlockPlan(points: Array(points[..<4]), access: access), .seconds(1))], on: line)
        #expect(all > fast && all < fast * 1.01)
    }
}

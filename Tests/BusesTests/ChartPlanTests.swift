import Charting
import Domain
import Installation
import TestSupport
import Testing

@testable import Buses

@Suite struct `Charts of points` {
    private func device(_ id: String) throws -> Device {
        let profile = try writtenProfile(
            """
            modbus: { numbering: from_0, word_order: ABCD }
            points:
              level: { holding: 0, type: uint16, unit: m }
              name: { holding: 1, type: string, registers: 4 }
              raw: { holding: 5, type: uint16, private: true }
              flow: { holding: 6, type: float32, unit: L/s }
            """
        )
        return BusesTests.device(profile, id: id)
    }

    @Test func `are those of published numbers`() throws {
        let plan = ChartPlan([try device("a")])
        #expect(plan.points == ["a": ["level", "flow"]] && plan.leftOut == 0)
    }

    @Test func `end where the memory ends, in the configuration's order`() throws {
        let plan = ChartPlan([try device("a"), try device("b"), try device("c")], most: 3)
        #expect(plan.points == ["a": ["level", "flow"], "b": ["level"], "c": []] && plan.leftOut == 3)
    }

    @Test func `have room for two thousand points in 24 MB`() {
        #expect(ChartPlan.memory / DeviceChart.bytesPerPoint > 2_000)
    }

    @Test func `stay when a reload keeps the device, and go with it`() throws {
        let clock = HandClock()
        let gate = try device("gate")
        let board = DeviceBoard(devices: [gate])
        let shape = ReadingMaker(device: gate, recalling: { _ in nil }).shape
        let samples = shape.points.map { _ in Sample(value: .unsigned(3)) }
        board.note(Reading(shape: shape, stamp: clock.stamp(), samples: samples))
        func points() -> [String]? { board.chart(of: "gate")?.lines(.day, now: clock.uptime()).map(\.point) }
        #expect(points() == ["level", "flow"])
        board.set([gate, try device("b")])
        #expect(points() == ["level", "flow"])
        board.set([])
        #expect(points() == nil)
        board.set([gate])
        #expect(points() == [])
    }
}

import Charting
import Domain
import Testing

/// Moments of a test, in seconds since the boot.
private func at(_ seconds: Double) -> Uptime { Uptime(nanoseconds: Int64(seconds * 1e9)) }

@Suite struct `The values of the last day` {
    private let chart = DeviceChart(keeping: ["flow", "head"])
    private let shape = ReadingShape(
        site: "soyo",
        device: "flow-soyo",
        points: [PointFace(name: "flow", unit: Unit("L/s")), PointFace(name: "text", unit: nil)]
    )

    private func note(_ value: Value?, _ reason: Reason? = nil, at seconds: Double, in shape: ReadingShape? = nil) {
        let shape = shape ?? self.shape
        let stamp = Stamp(
            time: Instant(millisecondsSince1970: 0),
            clock: .synchronised,
            boot: "b00t",
            uptime: at(seconds)
        )
        var samples: [Sample?] = Array(repeating: Sample(value: .string("x")), count: shape.points.count)
        if let flow = shape.points.firstIndex(where: { $0.name == "flow" }) {
            samples[flow] = value == nil && reason == nil ? nil : Sample(value: value, reason: reason)
        }
        chart.note(Reading(shape: shape, stamp: stamp, samples: samples))
    }

    private func steps(_ span: ChartSpan = .day, at seconds: Double) -> [ValueStep] {
        chart.lines(of: ["flow"], span, now: at(seconds)).first?.steps ?? []
    }

    @Test func `the step that is not over comes last, and the day before it has 288 steps`() {
        note(.integer(5), at: 86_400 + 10)
        let steps = steps(at: 86_400 + 20)
        #expect(steps.count == 289)
        #expect(steps.last?.mean == 5 && steps.last?.readings == 1)
        #expect(steps.dropLast().allSatisfy { !$0.hasValue && $0.readings == 0 })
        #expect(self.steps(.recent, at: 86_400 + 20).count == 41)
    }

    @Test func `a step has the least, the mean and the greatest of its values`() {
        for (index, number) in [4, 1, 7].enumerated() { note(.integer(Int64(number)), at: 300 + Double(index) * 100) }
        let open = steps(at: 599).last
        #expect(open?.least == 1 && open?.mean == 4 && open?.greatest == 7 && open?.readings == 3)
        note(.integer(100), at: 601)
        let over = steps(at: 602).suffix(2).first
        #expect(over == open)
    }

    @Test func `values lie in the steps of the boot's clock, at its edges too`() {
        note(.integer(1), at: 299.999)
        note(.integer(2), at: 300)
        let seen = steps(at: 300)
        #expect(seen.suffix(2).map(\.mean) == [1, 2])
    }

    @Test func `a bad value is counted and is none, an uncertain one counts`() {
        note(.integer(900), .outOfRange, at: 10)
        note(nil, .timeout, at: 11)
        note(.integer(3), .unstable, at: 12)
        let open = steps(at: 13).last
        #expect(open?.least == 3 && open?.greatest == 3)
        #expect(open?.readings == 3 && open?.unsure == 3)
        note(nil, .timeout, at: 310)
        let silent = steps(at: 311).last
        #expect(silent?.hasValue == false && silent?.readings == 1 && silent?.unsure == 1)
    }

    @Test func `a message that does not speak of the point counts nowhere`() {
        note(.integer(3), at: 10)
        note(nil, at: 11)
        #expect(steps(at: 12).last?.readings == 1)
    }

    @Test func `a device that was away leaves a gap, also where its slots were used a day before`() {
        for minute in 0..<1_500 { note(.integer(Int64(minute)), at: Double(minute) * 60) }
        // Two hours of silence, then a value.
        note(.integer(7), at: 97_200)
        let seen = steps(at: 97_210)
        #expect(seen.last?.mean == 7)
        let gap = seen.suffix(25).dropLast()
        #expect(gap.allSatisfy { !$0.hasValue && $0.readings == 0 })
        #expect(seen.dropLast(25).allSatisfy { $0.readings == 5 })
    }

    @Test func `a day later nothing of the day before is seen`() {
        note(.integer(1), at: 0)
        note(.integer(2), at: 86_399)
        #expect(steps(at: 86_400).first?.mean == 1)
        #expect(steps(at: 86_700).first?.hasValue == false)
        #expect(steps(at: 172_900).allSatisfy { !$0.hasValue })
        #expect(steps(at: 3_000_000).allSatisfy { !$0.hasValue })
    }

    @Test func `looking changes nothing, and an empty step needs no reading to be over`() {
        note(.integer(1), at: 10)
        #expect(steps(at: 1_000).last?.hasValue == false)
        #expect(steps(at: 1_000).suffix(4).first?.mean == 1)
        note(.integer(3), at: 20)
        #expect(steps(at: 20).last?.mean == 2)
    }

    @Test func `ten minutes are seen in steps of 15 s`() {
        for second in 0..<700 { note(.integer(Int64(second / 15)), at: Double(second)) }
        let seen = steps(.recent, at: 699)
        #expect(seen.map(\.mean) == (6...46).map(Double.init))
        #expect(seen.dropLast().allSatisfy { $0.readings == 15 })
    }

    @Test func `a reading that is stamped before another, and comes after it, counts in the open step`() {
        note(.integer(1), at: 301)
        note(.integer(2), at: 299)
        #expect(steps(at: 302).last?.readings == 2)
        #expect(steps(at: 302).dropLast().allSatisfy { $0.readings == 0 })
    }

    @Test func `a text has no chart, and a device without a reading none`() {
        #expect(chart.lines(.day, now: at(1)).isEmpty)
        note(.integer(1), at: 1)
        #expect(chart.lines(.day, now: at(1)).map(\.point) == ["flow"])
    }

    // MARK: Digits

    @Test func `the mean of equal values is that value, to the last digit`() {
        for second in 0..<299 { note(.float32(12.43), at: Double(second)) }
        #expect(steps(at: 299).last?.mean == 12.43)
        note(.float32(12.43), at: 301)
        let over = steps(at: 302).suffix(2).first
        #expect(over?.mean == 12.43 && over?.least == 12.43 && over?.greatest == 12.43)
        #expect(steps(.recent, at: 302).suffix(2).first?.mean == 12.43)
    }

    @Test func `a mean of floats has seven digits`() {
        note(.float32(12.43), at: 0)
        note(.float32(12.46), at: 1)
        note(.float32(12.46), at: 2)
        #expect(steps(at: 3).last?.mean == 12.45)
        #expect(steps(at: 3).last?.greatest == 12.46)
    }

    @Test func `a mean of other numbers has fifteen digits`() {
        for (second, tenths) in [1, 2, 2].enumerated() {
            note(.decimal(DecimalNumber(tenths).shifted(by: -1)), at: Double(second))
        }
        #expect(steps(at: 3).last?.mean == 0.166666666666667)
    }

    @Test func `the mean of a counter of many digits keeps them`() {
        for second in 0..<300 { note(.unsigned(9_007_199_254_000 + UInt64(second)), at: 300 + Double(second)) }
        note(.unsigned(9_007_199_254_300), at: 600)
        #expect(steps(at: 601).suffix(2).first?.mean == 9_007_199_254_149.5)
    }

    @Test func `numbers have the unit in which people are shown them`() throws {
        let unit = try #require(Unit("m3/h"))
        let words = PointWords(label: nil, show: unit, names: [:])
        let face = PointFace(name: "flow", unit: Unit("L/s"), words: words)
        let shown = ReadingShape(site: "soyo", device: "flow-soyo", points: [face])
        note(.float32(10.175), at: 1, in: shown)
        let line = try #require(chart.lines(.day, now: at(2)).first)
        #expect(line.unit == unit)
        #expect(line.steps.last?.mean == 36.63)
        #expect(face.shown(.float32(10.175)).value.double == line.steps.last?.mean)
    }

    @Test func `a mean is never beyond what was measured`() {
        // Floats of eight digits, of which a mean of seven would lie above both.
        note(.float32(16_777_214), at: 0)
        note(.float32(16_777_215), at: 1)
        let open = steps(at: 2).last
        #expect(open.map { $0.least <= $0.mean && $0.mean <= $0.greatest } == true)
    }

    // MARK: Reload

    @Test func `a point that stays keeps its steps when the device's points change`() {
        note(.integer(1), at: 10)
        note(.integer(2), at: 310)
        let changed = ReadingShape(
            site: "soyo",
            device: "flow-soyo",
            points: [PointFace(name: "head", unit: Unit("m")), PointFace(name: "flow", unit: Unit("L/s"))]
        )
        note(.integer(4), at: 320, in: changed)
        #expect(steps(at: 330).suffix(2).map(\.mean) == [1, 3])
        #expect(chart.lines(.day, now: at(330)).map(\.point) == ["head", "flow"])
    }

    @Test func `a point that got another unit begins anew`() {
        note(.integer(1), at: 10)
        let changed = ReadingShape(
            site: "soyo",
            device: "flow-soyo",
            points: [PointFace(name: "flow", unit: Unit("m3/h"))]
        )
        note(.integer(4), at: 320, in: changed)
        #expect(steps(at: 330).suffix(2).map(\.hasValue) == [false, true])
    }

    @Test func `a point that is no longer kept is gone at once`() {
        note(.integer(1), at: 10)
        chart.keep([])
        #expect(chart.lines(.day, now: at(11)).isEmpty)
        note(.integer(1), at: 12)
        #expect(chart.lines(.day, now: at(13)).isEmpty)
    }

    @Test func `a point takes eleven thousand bytes`() {
        #expect(DeviceChart.bytesPerPoint < 11_000)
    }
}

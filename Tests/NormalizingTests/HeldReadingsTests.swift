import Domain
import Normalizing
import TestSupport
import Testing

@Suite struct `Readings that go out by exception` {
    private static let points = ["level", "total", "state"]

    private static func shape(
        _ deadbands: [Deadband?] = [.absolute(DecimalNumber(5).shifted(by: -2)), nil, nil],
        atLeastEvery: Duration = .seconds(300)
    ) -> ReadingShape {
        ReadingShape(
            site: "spring",
            device: "flow",
            points: points.map { PointFace(name: $0, unit: nil) },
            sends: SendRules(deadbands: deadbands, atLeastEvery: atLeastEvery)
        )
    }

    private static func stamp(_ second: Int, clock: ClockState = .synchronised) -> Stamp {
        Stamp(
            time: Instant(millisecondsSince1970: 1_795_000_000_000 + Int64(second) * 1_000),
            clock: clock,
            boot: "a",
            uptime: Uptime(nanoseconds: Int64(second) * 1_000_000_000)
        )
    }

    private static func decimal(_ text: String) -> Value { DecimalNumber(text).map { .decimal($0) } ?? .string(text) }

    /// A reading of a level, and of a total that was counted since ten seconds before.
    private static func reading(
        _ shape: ReadingShape,
        at second: Int,
        level: String? = "1.00",
        increase: String? = "0",
        total: String = "100",
        reason: Reason? = nil,
        clock: ClockState = .synchronised,
        missed: Int = 0
    ) -> Reading {
        Reading(
            shape: shape,
            stamp: stamp(second, clock: clock),
            samples: [
                level.map { Sample(value: decimal($0), reason: reason) } ?? .bad(.timeout),
                increase.map {
                    Sample(value: decimal(total), increase: decimal($0), since: stamp(second - 10).time)
                } ?? Sample(value: decimal(total)),
                Sample(value: .string("run")),
            ],
            missed: missed
        )
    }

    private func isHeld(_ outcome: HeldReadings.Outcome) -> Bool { outcome.isHeld && outcome.rows.isEmpty }

    @Test func `a value within its deadband of the last sent one is held, though it drifts from poll to poll`() throws {
        let shape = Self.shape()
        var held = try #require(HeldReadings(shape))
        #expect(held.take(Self.reading(shape, at: 0), remembering: nil).rows.count == 1)
        for (second, level) in [(10, "1.02"), (20, "1.04"), (30, "1.05"), (40, "0.95")] {
            #expect(isHeld(held.take(Self.reading(shape, at: second, level: level), remembering: nil)))
        }
        let row = try #require(
            held.take(Self.reading(shape, at: 50, level: "1.06"), remembering: nil).rows.last?.reading
        )
        #expect(row.held == 4)
        #expect(row.heldUntil == Self.stamp(40).time)
        #expect(isHeld(held.take(Self.reading(shape, at: 60, level: "1.10"), remembering: nil)))
    }

    @Test func `a deadband in hundredths is of the last sent value`() throws {
        let shape = Self.shape([.percent(DecimalNumber(1)), nil, nil])
        var held = try #require(HeldReadings(shape))
        _ = held.take(Self.reading(shape, at: 0, level: "-7.00"), remembering: nil)
        #expect(isHeld(held.take(Self.reading(shape, at: 10, level: "-7.07"), remembering: nil)))
        #expect(!held.take(Self.reading(shape, at: 20, level: "-7.08"), remembering: nil).isHeld)
        _ = held.take(Self.reading(shape, at: 30, level: "0"), remembering: nil)
        #expect(!held.take(Self.reading(shape, at: 40, level: "0.001"), remembering: nil).isHeld)
    }

    @Test func `a point whose deadband is any is no news, and its quality is`() throws {
        let shape = Self.shape([nil, nil, .any])
        var held = try #require(HeldReadings(shape))
        _ = held.take(Self.reading(shape, at: 0), remembering: nil)
        var other = Self.reading(shape, at: 10)
        other.samples[2] = Sample(value: .string("stop"))
        #expect(isHeld(held.take(other, remembering: nil)))
        other = Self.reading(shape, at: 20)
        other.samples[2] = .bad(.timeout)
        #expect(!held.take(other, remembering: nil).isHeld)
    }

    @Test func `a counter without a deadband goes out whenever it grew`() throws {
        let shape = Self.shape()
        var held = try #require(HeldReadings(shape))
        _ = held.take(Self.reading(shape, at: 0), remembering: nil)
        #expect(isHeld(held.take(Self.reading(shape, at: 10), remembering: nil)))
        let outcome = held.take(Self.reading(shape, at: 20, increase: "0.001", total: "100.001"), remembering: nil)
        let row = try #require(outcome.rows.last?.reading)
        #expect(row.held == 1)
        #expect(row.samples[1]?.increase == Self.decimal("0.001"))
        #expect(row.samples[1]?.since == Self.stamp(0).time)
    }

    @Test func `the increase of a row goes from the row before to this one`() throws {
        let shape = Self.shape([nil, .absolute(DecimalNumber(5)), nil])
        var held = try #require(HeldReadings(shape))
        _ = held.take(Self.reading(shape, at: 0), remembering: nil)
        for (second, total) in [(10, "102"), (20, "104")] {
            #expect(isHeld(held.take(Self.reading(shape, at: second, increase: "2", total: total), remembering: nil)))
        }
        let row = try #require(
            held.take(Self.reading(shape, at: 30, increase: "3.5", total: "107.5"), remembering: nil).rows.last?.reading
        )
        #expect(row.samples[1]?.increase == Self.decimal("7.5"))
        #expect(row.samples[1]?.since == Self.stamp(0).time)
    }

    @Test func `what was counted goes out before a counter begins anew`() throws {
        let shape = Self.shape([nil, .absolute(DecimalNumber(5)), nil])
        var held = try #require(HeldReadings(shape))
        _ = held.take(Self.reading(shape, at: 0), remembering: nil)
        _ = held.take(Self.reading(shape, at: 10, increase: "2", total: "102"), remembering: nil)
        let outcome = held.take(Self.reading(shape, at: 20, increase: nil, total: "0"), remembering: nil)
        #expect(outcome.rows.map(\.reading.stamp) == [Self.stamp(10), Self.stamp(20)])
        #expect(outcome.rows.map(\.reading.held) == [0, 0])
        #expect(outcome.rows.first?.reading.samples[1]?.increase == Self.decimal("2"))
    }

    @Test func `growth before a reset goes out good, and the chain begins anew at the reset`() throws {
        let shape = Self.shape([nil, .absolute(DecimalNumber(5)), nil])
        var held = try #require(HeldReadings(shape))
        func reset(at second: Int, increase: String?) -> Reading {
            var reading = Self.reading(shape, at: second, increase: increase, total: "1")
            reading.samples[1] = Sample(
                value: reading.samples[1]?.value,
                reason: .counterReset,
                increase: reading.samples[1]?.increase,
                since: reading.samples[1]?.since
            )
            return reading
        }
        _ = held.take(Self.reading(shape, at: 0), remembering: nil)
        _ = held.take(Self.reading(shape, at: 10, increase: "2", total: "102"), remembering: nil)
        let rows = held.take(reset(at: 20, increase: "1"), remembering: nil).rows.map(\.reading)
        #expect(rows.map { $0.samples[1]?.increase } == [Self.decimal("2"), Self.decimal("1")])
        #expect(rows.map { $0.samples[1]?.reason } == [nil, .counterReset])
        // A reset without an increase after polls that stood: the next increase begins at the reset.
        _ = held.take(Self.reading(shape, at: 30, increase: "0", total: "1"), remembering: nil)
        _ = held.take(Self.reading(shape, at: 40, increase: "0", total: "1"), remembering: nil)
        _ = held.take(reset(at: 50, increase: nil), remembering: nil)
        let next = held.take(Self.reading(shape, at: 60, increase: "9", total: "10"), remembering: nil).rows.last?
            .reading
        #expect(next?.samples[1]?.since == Self.stamp(50).time)
    }

    @Test func `a reset after polls that stood goes back to the last row, since no subscriber knows of the polls`()
        throws
    {
        let shape = Self.shape([nil, nil, nil])
        var held = try #require(HeldReadings(shape))
        _ = held.take(Self.reading(shape, at: 0), remembering: nil)
        _ = held.take(Self.reading(shape, at: 10), remembering: nil)
        _ = held.take(Self.reading(shape, at: 20), remembering: nil)
        var reset = Self.reading(shape, at: 30, increase: "1", total: "1")
        reset.samples[1] = Sample(
            value: reset.samples[1]?.value,
            reason: .counterReset,
            increase: reset.samples[1]?.increase,
            since: reset.samples[1]?.since
        )
        let rows = held.take(reset, remembering: nil).rows.map(\.reading)
        #expect(rows.map(\.held) == [2])
        #expect(rows.map { $0.samples[1]?.increase } == [Self.decimal("1")])
        #expect(rows.map { $0.samples[1]?.since } == [Self.stamp(0).time])
    }

    @Test func `an older reading stores nothing over what a newer one stored`() throws {
        let shape = Self.shape()
        var held = try #require(HeldReadings(shape))
        func part(_ second: Int, _ carried: [Bool], increase: String? = nil) -> Reading {
            var reading = Self.reading(shape, at: second, increase: increase)
            for (index, isCarried) in carried.enumerated() where !isCarried { reading.samples[index] = nil }
            return reading
        }
        let (state, total) = ([false, false, true], [false, true, false])
        _ = held.take(part(0, state), remembering: ("counters/flow", [0]))
        _ = held.take(part(1, total), remembering: ("counters/flow", [1]))
        _ = held.take(part(10, state), remembering: ("counters/flow", [10]))
        let row = held.take(part(11, total, increase: "1"), remembering: ("counters/flow", [11])).rows.last
        #expect(row?.remembering?.value == [11])
        let last = try #require(held.letGo().first)
        #expect(last.reading.stamp == Self.stamp(10))
        #expect(last.remembering == nil)
    }

    @Test func `another quality or reason goes out at once, and so does the return`() throws {
        let shape = Self.shape()
        var held = try #require(HeldReadings(shape))
        _ = held.take(Self.reading(shape, at: 0), remembering: nil)
        #expect(!held.take(Self.reading(shape, at: 10, reason: .unstable), remembering: nil).isHeld)
        #expect(held.take(Self.reading(shape, at: 20, reason: .unstable), remembering: nil).isHeld)
        #expect(!held.take(Self.reading(shape, at: 30, level: nil), remembering: nil).isHeld)
        #expect(held.take(Self.reading(shape, at: 40, level: nil), remembering: nil).isHeld)
        let back = try #require(held.take(Self.reading(shape, at: 50), remembering: nil).rows.last?.reading)
        #expect(back.held == 1)
    }

    @Test func `a row goes out at least as often as was said`() throws {
        let shape = Self.shape(atLeastEvery: .seconds(30))
        var held = try #require(HeldReadings(shape))
        let rows = (0...12).filter { poll in
            !held.take(Self.reading(shape, at: poll * 10), remembering: nil).isHeld
        }
        #expect(rows == [0, 3, 6, 9, 12])
    }

    @Test func `missed polls add up to the row that goes out`() throws {
        let shape = Self.shape()
        var held = try #require(HeldReadings(shape))
        _ = held.take(Self.reading(shape, at: 0), remembering: nil)
        _ = held.take(Self.reading(shape, at: 20, missed: 1), remembering: nil)
        _ = held.take(Self.reading(shape, at: 50, missed: 2), remembering: nil)
        let row = held.take(Self.reading(shape, at: 60, level: "2"), remembering: nil).rows.last?.reading
        #expect(row?.missed == 3)
        #expect(row?.held == 2)
    }

    @Test func `the last held reading goes out as it is when all must be counted, and nothing when nothing is held`()
        throws
    {
        let shape = Self.shape()
        var held = try #require(HeldReadings(shape))
        _ = held.take(Self.reading(shape, at: 0), remembering: ("counters/flow", [1]))
        #expect(held.letGo().isEmpty)
        for second in [10, 20, 30] {
            _ = held.take(
                Self.reading(shape, at: second, level: "1.0\(second / 10)"),
                remembering: ("counters/flow", [2])
            )
        }
        #expect(held.remembered == ["counters/flow"])
        let row = try #require(held.letGo().first)
        #expect(row.reading.held == 2)
        #expect(row.reading.heldUntil == Self.stamp(20).time)
        #expect(row.reading.samples[0]?.value == Self.decimal("1.03"))
        #expect(row.remembering?.value == [2])
        #expect(held.letGo().isEmpty)
    }

    @Test func `what was held under one clock goes out before the first reading of another`() throws {
        let shape = Self.shape()
        var held = try #require(HeldReadings(shape))
        _ = held.take(Self.reading(shape, at: 0, clock: .unsynchronised), remembering: nil)
        _ = held.take(Self.reading(shape, at: 10, clock: .unsynchronised), remembering: nil)
        let outcome = held.take(Self.reading(shape, at: 20), remembering: nil)
        #expect(outcome.rows.map(\.reading.stamp.clock) == [.unsynchronised, .synchronised])
        #expect(held.take(Self.reading(shape, at: 30), remembering: nil).isHeld)
        // The clock was set back.
        #expect(held.take(Self.reading(shape, at: 25), remembering: nil).rows.count == 2)
    }

    @Test func `readings with a time of their own are never held`() throws {
        let shape = Self.shape()
        var held = try #require(HeldReadings(shape))
        var reading = Self.reading(shape, at: 0)
        reading.sourceTime = reading.stamp.time
        #expect(!held.take(reading, remembering: nil).isHeld)
        #expect(!held.take(reading, remembering: nil).isHeld)
    }

    @Test func `messages with other points are held beside each other, and in order where they share one`() throws {
        let shape = Self.shape()
        var held = try #require(HeldReadings(shape))
        func part(_ second: Int, _ carried: [Bool]) -> Reading {
            var reading = Self.reading(shape, at: second)
            for (index, isCarried) in carried.enumerated() where !isCarried { reading.samples[index] = nil }
            return reading
        }
        let (level, state, both) = ([true, false, false], [false, false, true], [true, false, true])
        _ = held.take(part(0, level), remembering: nil)
        _ = held.take(part(1, state), remembering: nil)
        #expect(isHeld(held.take(part(10, level), remembering: nil)))
        #expect(isHeld(held.take(part(11, state), remembering: nil)))
        let outcome = held.take(part(20, both), remembering: nil)
        #expect(outcome.rows.map(\.reading.stamp) == [10, 11, 20].map { Self.stamp($0) })
        #expect(outcome.rows.map(\.reading.held) == [0, 0, 0])
    }

    @Test func `rows and what they hold are all readings, and their increases all that was counted`() throws {
        var generator = SeededChance(20)
        for _ in 0..<200 {
            let shape = Self.shape([
                .absolute(DecimalNumber(3).shifted(by: -1)),
                .absolute(DecimalNumber(Int.random(in: 0...4, using: &generator))), nil,
            ])
            var held = try #require(HeldReadings(shape))
            var rows: [Reading] = []
            var total = 0
            var sum = DecimalNumber.zero
            let polls = Int.random(in: 1...60, using: &generator)
            for poll in 0..<polls {
                let step = Int.random(in: 0...2, using: &generator)
                if poll > 0 { total += step }
                let reading = Self.reading(
                    shape,
                    at: poll * 10,
                    level: Int.random(in: 0...9, using: &generator) == 0
                        ? nil : "\(Int.random(in: 0...1, using: &generator))",
                    increase: poll == 0 ? nil : "\(step)",
                    total: "\(total)"
                )
                rows += held.take(reading, remembering: nil).rows.map(\.reading)
                if Int.random(in: 0...20, using: &generator) == 0 { rows += held.letGo().map(\.reading) }
            }
            rows += held.letGo().map(\.reading)
            #expect(rows.count + rows.reduce(0) { $0 + $1.held } == polls)
            for row in rows { sum = sum + (row.samples[1]?.increase?.decimal ?? .zero) }
            #expect(sum == DecimalNumber(total))
            for (before, row) in zip(rows, rows.dropFirst()) {
                #expect(row.stamp.uptime > before.stamp.uptime)
                if let since = row.samples[1]?.since { #expect(since == before.stamp.time) }
                if let until = row.heldUntil { #expect(until > before.stamp.time && until < row.stamp.time) }
            }
        }
    }
}

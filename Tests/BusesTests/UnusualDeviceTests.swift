import Decoding
import Domain
import Modbus
import Polling
import Testing

@testable import Buses

/// Devices that are fine, and need to be asked in their own way.
@Suite struct `A device that` {
    private func range(_ start: Int, _ count: Int = 1) -> RegisterRange {
        RegisterRange(.holding, start: start, count: count)
    }

    private func news(
        _ bench: WorkBench,
        _ seconds: Range<Int>,
        _ step: (WorkBench) throws -> Void
    ) throws
        -> [BusWork.News]
    {
        var news: [BusWork.News] = []
        for second in seconds {
            bench.now = max(bench.now, at(Double(second)))
            var isOver = false
            while !isOver {
                switch bench.next() {
                case .ask: try step(bench)
                case .report(let tick): news += tick.news
                case .wait: isOver = true
                }
            }
        }
        return news
    }

    // MARK: Refusals

    @Test(arguments: [1, 4, 6] as [UInt8])
    func `answers with exceptions only is down with the second one, and up with its first value`(code: UInt8) throws {
        let bench = try WorkBench()
        for second in 0..<3 {
            bench.now = at(Double(second))
            try bench.fail(.exception(code))
            let tick = try bench.tick()
            #expect(tick.words == "values")
            let detail = failure(.exception(code)).description
            let down = BusWork.News.health(device: 0, .down(.exception(code), detail: detail))
            #expect(tick.news == (second == 1 ? [down] : []))
        }
        bench.now = at(3)
        try bench.answer()
        #expect(try bench.tick().news == [.health(device: 0, .up)])
    }

    @Test func `refuses everything while it starts is read soon after it can answer`() throws {
        let bench = try WorkBench()
        var readAt: Double?
        for second in 0..<120 where readAt == nil {
            bench.now = max(bench.now, at(Double(second)))
            guard case .ask = bench.next() else { continue }
            if second < 6 {
                try bench.fail(.exception(2))
                _ = try bench.tick()
            } else {
                try bench.answer()
                readAt = Double(second)
            }
        }
        #expect(readAt.map { $0 <= 32 } == true)
    }

    @Test func `refuses one register and has others is not down`() throws {
        let bench = try WorkBench(registers: [0, 10])
        for second in 0..<4 {
            bench.now = at(Double(second))
            try bench.fail(.exception(4))
            try bench.answer()
            #expect(try bench.tick().news.isEmpty)
        }
    }

    /// Once it was never down: after the first poll all registers rested, and nothing was asked any more.
    @Test func `refuses all its addresses is down with the second tick, and its readings say so`() throws {
        let bench = try WorkBench()
        try bench.fail(.exception(2))
        #expect(try bench.tick().news.isEmpty)
        bench.now = at(1)
        let tick = try bench.tick()
        #expect(tick.words == "exception_2")
        let detail = failure(.exception(2)).description
        #expect(tick.news == [.health(device: 0, .down(.exception(2), detail: detail))])
        bench.now = at(2)
        #expect(try bench.tick().news.isEmpty)
    }

    @Test func `refuses long requests with exception 3 is read in shorter ones in the same poll`() throws {
        let bench = try WorkBench(registers: Array(0..<4))
        try bench.fail(.exception(3))
        for asked in [range(0, 2), range(2, 2)] {
            #expect(try bench.request().ranges == [asked])
            try bench.answer()
        }
        guard case .values(let poll) = try bench.tick().content else { return #expect(Bool(false), "no values") }
        #expect(poll.raw.allSatisfy { $0?.value != nil })
    }

    @Test func `refuses a single value with exception 3 is asked for it at the next poll again`() throws {
        let bench = try WorkBench()
        #expect(try bench.fail(.exception(3)) == nil)
        _ = try bench.tick()
        bench.now = at(1)
        try bench.answer()
        #expect(try bench.tick().words == "values")
    }

    // MARK: Length

    @Test func `is silent about long requests is read in shorter ones, and that is news once`() throws {
        let bench = try WorkBench(registers: Array(0..<30))
        var values = 0
        let said = try news(bench, 0..<120) { bench in
            let count = try bench.request().ranges[0].count
            if count > 10 { try bench.fail(.timeout, after: .milliseconds(500)) } else { try bench.answer() }
            values += count <= 10 ? count : 0
        }
        #expect(said.contains(.learned(device: 0, .takesAtMost(registers: 8))))
        #expect(said.count { if case .learned = $0 { true } else { false } } == 1)
        bench.now = at(200)
        var counts: [Int] = []
        while case .ask(let request) = bench.next() {
            counts.append(request.ranges[0].count)
            try bench.answer()
        }
        #expect(counts.reduce(0, +) == 30 && counts.allSatisfy { $0 <= 10 })
    }

    @Test func `was away at the start is read whole soon after it came`() throws {
        let bench = try WorkBench(registers: Array(0..<8))
        _ = try news(bench, 0..<3) { try $0.fail(.timeout, after: .milliseconds(500)) }
        _ = try news(bench, 3..<12) { try $0.answer() }
        bench.now = at(20)
        #expect(try bench.request().ranges == [range(0, 8)])
    }

    @Test func `was read whole and falls silent is asked for the whole again`() throws {
        let bench = try WorkBench(registers: Array(0..<8))
        try bench.answer()
        _ = try bench.tick()
        for second in 1..<3 {
            bench.now = at(Double(second))
            #expect(try bench.request().ranges == [range(0, 8)])
            try bench.fail(.timeout, after: .milliseconds(100))
            _ = try bench.tick()
        }
    }

    // MARK: Pauses

    @Test func `hears nothing right after its reply gets a pause, and that is news once`() throws {
        let bench = try WorkBench(registers: [0, 10, 20])
        let said = try news(bench, 0..<40) { bench in
            let request = try bench.request()
            if request.ranges[0].start > 0, request.timing.requestGap < .milliseconds(120) {
                try bench.fail(.timeout, after: .milliseconds(500))
            } else {
                try bench.answer()
            }
        }
        #expect(said == [.needsGap(device: 0, .milliseconds(250))])
        bench.now = at(50)
        #expect(try bench.request().timing.requestGap == .milliseconds(250))
    }

    @Test func `is silent about a block whatever the pause is read without it`() throws {
        let bench = try WorkBench(registers: [0, 10])
        var asked = 0
        let said = try news(bench, 0..<100) { bench in
            if try bench.request().ranges[0].start > 0 {
                asked += 1
                try bench.fail(.timeout, after: .milliseconds(500))
            } else {
                try bench.answer()
            }
        }
        #expect(said == [.learned(device: 0, .rests(range(10)))])
        #expect(asked < 10)
    }

    @Test func `is alone on a serial line that has the time is left a pause between its requests`() throws {
        let line = SerialSettings()
        let idle = try WorkBench(registers: [0, 10], isShared: true, settings: line)
        #expect(try idle.request().timing.requestGap == .zero)
        try idle.answer()
        #expect(try idle.request().timing.requestGap == .milliseconds(25))
        let busy = try WorkBench(registers: [0, 10], interval: .milliseconds(100), isShared: true, settings: line)
        try busy.answer()
        #expect(try busy.request().timing.requestGap == .zero)
    }

    @Test func `has a configured pause gets it before each request`() throws {
        let bench = try WorkBench(registers: [0, 10], pace: ", request_gap: 80ms, connect_pause: 2s")
        let timing = try bench.request().timing
        #expect(timing.requestGap == .milliseconds(80) && timing.connectPause == .seconds(2))
    }

    // MARK: Repeats

    @Test func `has retries is asked again in the same poll`() throws {
        let bench = try WorkBench(pace: ", retries: 2")
        try bench.fail(.timeout)
        try bench.fail(.crc)
        try bench.answer()
        #expect(try bench.tick().words == "values")
        bench.now = at(1)
        for _ in 0..<3 { try bench.fail(.timeout) }
        #expect(try bench.tick().words == "timeout")
    }

    @Test func `is silent on a new connection is asked six times on it`() throws {
        let bench = try WorkBench()
        for _ in 0..<5 { try bench.fail(.timeout, isFresh: true) }
        try bench.answer()
        #expect(try bench.tick().words == "values")
    }

    @Test func `answers late twice in a row is given more time, and that is news once`() throws {
        let bench = try WorkBench()
        let late = LateReply(unit: UnitID(1), after: .milliseconds(800))
        #expect(bench.work.cameLate(late) == nil)
        #expect(bench.work.cameLate(late) == .isSlow(device: 0, replyTime: .milliseconds(1_200)))
        #expect(bench.work.cameLate(late) == nil)
        #expect(try bench.request().timing.replyTime == .milliseconds(1_200))
        #expect(bench.work.cameLate(LateReply(unit: UnitID(9), after: nil)) == nil)
    }

    // MARK: Coming back

    /// Runs a bus until the device with unit 1 has been away for two minutes and has come back.
    ///
    /// - Returns: how long after that it was read, and the mean interval of the others in tenths of their own.
    private func comesBack(_ units: [UInt8], interval: Duration, isShared: Bool) throws -> (Duration, Double) {
        let settings = isShared ? SerialSettings() : nil
        let bench = try WorkBench(units: units, interval: interval, isShared: isShared, settings: settings)
        let back = at(120.3)
        var others: [Uptime] = []
        while bench.now < at(300) {
            switch bench.next() {
            case .wait(let until):
                bench.now = try #require(until)
            case .report: break
            case .ask(let request):
                if request.unit == UnitID(1), bench.now < back {
                    let rest = isShared ? request.timing.rest : .zero
                    try bench.fail(.timeout, after: request.timing.replyTime + rest)
                } else if request.unit == UnitID(1) {
                    let mean =
                        others.count > 1 ? (others[others.count - 1] - others[0]) / Double(others.count - 1) : interval
                    return (bench.now - back, mean / interval)
                } else {
                    others.append(bench.now)
                    try bench.answer(after: .milliseconds(60))
                    others = request.unit.number == units.last ? others : others.dropLast()
                }
            }
        }
        return (.seconds(999), 9)
    }

    @Test(arguments: [1, 2, 5]) func `comes back on a connection of its own is read within five seconds`(
        interval: Int
    ) throws {
        let (after, _) = try comesBack([1], interval: .seconds(interval), isShared: false)
        #expect(after <= .seconds(5))
    }

    @Test(arguments: [1, 2, 5], [2, 6]) func `comes back on a line with room is read within fifteen seconds`(
        interval: Int,
        devices: Int
    ) throws {
        let units = (1...UInt8(devices)).map { $0 }
        let (after, mean) = try comesBack(units, interval: .seconds(interval), isShared: true)
        #expect(after <= .seconds(15))
        #expect(mean <= 1.1)
    }

    @Test func `is silent on a line without room costs the others at most a tenth`() throws {
        let (_, mean) = try comesBack((1...14).map { UInt8($0) }, interval: .seconds(1), isShared: true)
        #expect(mean <= 1.1)
    }
}

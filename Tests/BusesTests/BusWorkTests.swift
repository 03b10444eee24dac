import Decoding
import Domain
import Modbus
import Testing

@testable import Buses

@Suite struct `The decisions of a bus` {
    private func range(_ start: Int, _ count: Int = 1) -> RegisterRange {
        RegisterRange(.holding, start: start, count: count)
    }

    // MARK: Ticks

    @Test func `a device is asked at its tick, and then nothing is due before the next one`() throws {
        let bench = try WorkBench(registers: [0, 1])
        #expect(try bench.request().ranges == [range(0, 2)])
        try bench.answer(after: .milliseconds(30))
        let tick = try bench.tick()
        #expect(tick.words == "values" && tick.missed == 0 && tick.news.isEmpty)
        #expect(bench.waiting() == at(1))
        bench.now = at(1)
        #expect(try bench.request().ranges == [range(0, 2)])
    }

    @Test func `a request that is not answered is returned again`() throws {
        let bench = try WorkBench()
        #expect(try bench.request().ranges == [range(0)])
        #expect(try bench.request().ranges == [range(0)])
    }

    @Test func `ticks that pass during a poll are counted with the next one, and not made up for`() throws {
        let bench = try WorkBench()
        try bench.answer(after: .milliseconds(3_500))
        #expect(try bench.tick().missed == 0)
        try bench.answer()
        #expect(try bench.tick().missed == 2)
        #expect(bench.waiting() == at(4))
    }

    @Test func `a bus without devices waits for ever`() throws {
        let bench = try WorkBench(units: [])
        guard case .wait(until: nil) = bench.next() else {
            Issue.record("it does something")
            return
        }
    }

    @Test func `while a client has the line, each tick is a reading of reason borrowed and nothing is asked`() throws {
        let bench = try WorkBench()
        bench.isBorrowed = true
        for second in 0..<4 {
            bench.now = at(Double(second))
            let tick = try bench.tick()
            #expect(tick.words == "borrowed" && tick.news.isEmpty)
        }
        bench.isBorrowed = false
        bench.now = at(4)
        try bench.answer()
        // A borrowed line says nothing about the device.
        let tick = try bench.tick()
        #expect(tick.words == "values" && tick.news.isEmpty)
    }

    // MARK: Blocks

    @Test func `a refused block is cut until what is refused stands alone, and the others are read`() throws {
        let bench = try WorkBench(registers: [0, 1, 2, 3])
        #expect(try bench.fail(.exception(2)) == nil)
        #expect(try bench.request().ranges == [range(0, 2)])
        try bench.answer()
        #expect(try bench.request().ranges == [range(2, 2)])
        #expect(try bench.fail(.exception(2)) == nil)
        try bench.answer()
        #expect(try bench.request().ranges == [range(3)])
        #expect(try bench.fail(.exception(2)) == .refuses(device: 0, range(3)))
        let tick = try bench.tick()
        guard case .values(let poll) = tick.content else { return #expect(Bool(false), "no values") }
        #expect(poll.raw.map { $0?.value == nil } == [false, false, false, true])
        #expect(tick.news.isEmpty)
        bench.now = at(1)
        for asked in [range(0, 2), range(2)] {
            #expect(try bench.request().ranges == [asked])
            try bench.answer()
        }
        #expect(try bench.tick().words == "values")
    }

    @Test func `a device that was silent once in a poll is not asked for its other blocks`() throws {
        let bench = try WorkBench(registers: [0, 10])
        try bench.answer()
        try bench.fail(.timeout, after: .seconds(1))
        let tick = try bench.tick()
        // The device had answered before: that is a reading, and the device is not down.
        #expect(tick.words == "values" && tick.news.isEmpty)
        let first = try WorkBench(registers: [0, 10])
        try first.fail(.timeout, after: .seconds(1))
        #expect(try first.tick().words == "timeout")
    }

    @Test func `a block that is in doubt is read without its last or first values`() throws {
        let bench = try WorkBench(registers: [0, 1, 2, 3])
        bench.doubts = [range(0, 4)]
        let asked = try #require(try bench.request().ranges.first)
        #expect(asked.count == 3)
        try bench.answer()
        guard case .values(let poll) = try bench.tick().content else { return #expect(Bool(false), "no values") }
        #expect(poll.raw.count { $0?.value != nil } == 3)
    }

    @Test func `where every block is in doubt, the reading says distrusted, and the device is not blamed`() throws {
        let bench = try WorkBench()
        bench.doubts = [range(0)]
        for second in 0..<4 {
            bench.now = at(Double(second))
            let tick = try bench.tick()
            #expect(tick.words == "distrusted" && tick.news.isEmpty)
        }
    }

    @Test func `several requests leave at once where the device takes them, and are answered in order`() throws {
        let bench = try WorkBench(registers: [0, 10, 20], atOnce: 2)
        #expect(try bench.request().ranges == [range(0), range(10)])
        bench.work.sent(2)
        try bench.answer()
        #expect(try bench.request().ranges == [range(10)])
        try bench.answer()
        #expect(try bench.request().ranges == [range(20)])
        try bench.answer()
        #expect(try bench.tick().words == "values")
    }

    @Test func `a device that fails several requests at once three times takes fewer, and that is news once`() throws {
        let bench = try WorkBench(registers: [0, 10], atOnce: 2)
        var news: [BusWork.News] = []
        for second in 0..<9 {
            bench.now = at(Double(second))
            if try bench.request().ranges.count == 2 {
                bench.work.sent(2)
                try bench.answer()
                try bench.fail(.timeout)
            } else {
                bench.work.sent(1)
                try bench.answer()
                bench.work.sent(1)
                try bench.answer()
            }
            news += try bench.tick().news
        }
        #expect(news == [.takesFewer(device: 0, requests: 1)])
    }

    // MARK: Silence

    @Test func `a device that is silent twice is down, rests, and is asked again after ten times its cost`() throws {
        let bench = try WorkBench()
        try bench.fail(.timeout, after: .milliseconds(200))
        #expect(try bench.tick().news.isEmpty)
        bench.now = at(1)
        try bench.fail(.timeout, after: .milliseconds(200))
        let error = failure(.timeout)
        #expect(try bench.tick().news == [.health(device: 0, .down(.timeout, detail: error.description))])
        // From 1.2 s on it rests for 2 s.
        for second in [2.0, 3] {
            bench.now = at(second)
            let tick = try bench.tick()
            #expect(tick.words == "timeout" && tick.news.isEmpty)
        }
        bench.now = at(4)
        try bench.answer()
        let tick = try bench.tick()
        #expect(tick.words == "values")
        #expect(tick.news == [.health(device: 0, .up)])
    }

    @Test func `silence costs a serial line its rest too, so that the device rests longer`() throws {
        func answersAfter(isShared: Bool) throws -> Int {
            let bench = try WorkBench(isShared: isShared)
            for second in 0..<2 {
                bench.now = at(Double(second))
                try bench.fail(.timeout, after: .milliseconds(100))
                _ = try bench.tick()
            }
            for second in 2..<400 {
                bench.now = at(Double(second))
                if case .ask = bench.next() { return second }
            }
            return 400
        }
        #expect(try answersAfter(isShared: true) > answersAfter(isShared: false))
    }

    @Test func `a device that answers garbage is asked five times before it rests`() throws {
        let bench = try WorkBench()
        var downAt: [Int] = []
        for second in 0..<5 {
            bench.now = at(Double(second))
            try bench.fail(.crc, after: .milliseconds(500))
            if try !bench.tick().news.isEmpty { downAt.append(second) }
        }
        #expect(downAt == [1])
        bench.now = at(5)
        #expect(try bench.tick().words == "crc")
    }

    @Test func `a device that was down before the bus began again is up at its first answer, and not down twice`()
        throws
    {
        let bench = try WorkBench(down: ["d1"])
        for second in 0..<2 {
            bench.now = at(Double(second))
            try bench.fail(.timeout)
            #expect(try bench.tick().news.isEmpty)
        }
        bench.now = at(2)
        try bench.answer()
        #expect(try bench.tick().news == [.health(device: 0, .up)])
    }

    @Test func `only a unit that answered when last asked counts as answering`() throws {
        let bench = try WorkBench(units: [1, 7])
        try bench.answer()
        _ = try bench.tick()
        try bench.fail(.timeout)
        _ = try bench.tick()
        #expect(bench.work.answers(UnitID(1)))
        #expect(!bench.work.answers(UnitID(7)))
        #expect(!bench.work.answers(UnitID(9)))
    }

    // MARK: The bus as a whole

    @Test func `a bus that fails asks nobody for a second, then two, then three, and its failure is news once`()
        throws
    {
        let bench = try WorkBench(interval: .milliseconds(100))
        let refused = failure(.tcpRefused)
        var news: [BusWork.News] = []
        var asked: [Uptime] = []
        for step in 0..<1_000 {
            bench.now = at(Double(step) / 10)
            var turn = bench.next()
            if case .ask = turn {
                asked.append(bench.now)
                try bench.fail(.tcpRefused)
                turn = bench.next()
            }
            guard case .report(let tick) = turn else { continue }
            #expect(tick.words == "no_connection")
            news += tick.news
        }
        #expect(zip(asked, asked.dropFirst()).prefix(5).map { $1 - $0 } == [1, 2, 3, 3, 3].map { .seconds($0) })
        #expect(news == [.busFailed(refused), .health(device: 0, .down(.noConnection, detail: refused.description))])
        bench.now = at(200)
        try bench.answer()
        #expect(try bench.tick().news == [.busIsBack, .health(device: 0, .up)])
    }

    @Test func `every device of a failed bus is down after two failures, though one alone was asked`() throws {
        let bench = try WorkBench(units: [1, 2])
        try bench.fail(.tcpRefused)
        #expect(try bench.tick().news == [.busFailed(failure(.tcpRefused))])
        #expect(try bench.tick().news.isEmpty)
        bench.now = at(1)
        try bench.fail(.tcpRefused)
        let changes = try [bench.tick(), bench.tick()].flatMap(\.news)
        let detail = failure(.tcpRefused).description
        #expect(changes == [0, 1].map { .health(device: $0, .down(.noConnection, detail: detail)) })
    }

    @Test func `a poll that has all that it asked for only has to be made a reading`() throws {
        let bench = try WorkBench()
        #expect(!bench.work.isPolling && !bench.work.isThrough)
        _ = try bench.request()
        #expect(bench.work.isPolling && bench.work.isAsking && !bench.work.isThrough)
        try bench.answer()
        #expect(bench.work.isThrough && !bench.work.isAsking)
        _ = try bench.tick()
        #expect(!bench.work.isPolling)
    }
}

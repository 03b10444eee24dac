import Domain
import Installation
import Modbus
import Profiles
import Testing

@testable import Buses

/// The decisions of a bus of devices, with a clock that the test moves.
final class WorkBench {
    let work: BusWork
    var now = at(0)
    /// Whether a client has the whole line.
    var isBorrowed = false
    /// Reads whose reply could be mistaken for a late one.
    var doubts: Set<RegisterRange> = []

    /// - Parameter registers: for each device, one point a register; adjacent registers are one block.
    init(
        registers: [Int] = [0],
        units: [UInt8] = [1],
        interval: Duration = .seconds(1),
        isShared: Bool = false,
        atOnce: Int = 1,
        settings: SerialSettings? = nil,
        pace: String = "",
        down: Set<String> = []
    ) throws {
        let points = registers.map { "  p\($0): { holding: \($0), type: uint16 }\n" }.joined()
        let profile = try writtenProfile("modbus: { numbering: from_0, word_order: ABCD\(pace) }\npoints:\n" + points)
        let access = try #require(profile.modbus)
        work = BusWork(
            devices: units.map { (device(profile, id: "d\($0)", unit: $0, interval: interval), access) },
            isShared: isShared,
            settings: settings,
            requestsAtOnce: atOnce,
            gridStart: at(0),
            now: at(0),
            isDown: { down.contains($0) }
        )
    }

    func next() -> BusWork.Turn {
        work.next(now: now, isBorrowed: { isBorrowed }, isInDoubt: { range, _, _ in doubts.contains(range) })
    }

    /// Returns the request that the bus makes next.
    func request() throws -> BusWork.Request {
        guard case .ask(let request) = next() else {
            Issue.record("nothing is asked")
            throw Nothing()
        }
        return request
    }

    /// Returns the tick that is over.
    func tick() throws -> BusWork.Tick {
        guard case .report(let tick) = next() else {
            Issue.record("no tick is over")
            throw Nothing()
        }
        return tick
    }

    /// Returns until when the bus has nothing to do; nil when it has work.
    func waiting() -> Uptime? {
        guard case .wait(let until) = next() else { return nil }
        return until
    }

    /// Answers the next request of the bus after that time; each register holds its own address.
    func answer(after time: Duration = .zero) throws {
        let range = try #require(try request().ranges.first)
        now = now + time
        let words = (range.start..<range.end).map { UInt16($0) }
        work.answered(RegisterBlock(range: range, words: words, arrived: now))
    }

    /// Lets the next request of the bus fail after that time.
    @discardableResult
    func fail(_ kind: ModbusError.Kind, after time: Duration = .zero, isFresh: Bool = false) throws -> BusWork.News? {
        let unit = try request().unit
        now = now + time
        return work.failed(failure(kind, unit: unit.number), now: now, isFresh: isFresh)
    }

    private struct Nothing: Error {}
}

extension BusWork.Tick {
    /// The tick's reading in words: `values`, or the reason why nothing is known.
    var words: String {
        switch content {
        case .values: "values"
        case .nothing(let reason): reason.word
        }
    }
}

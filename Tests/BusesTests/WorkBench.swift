import Domain
import Installation
import Modbus
import Polling
import Profiles
import Testing

@testable import Buses

/// The decisions of a bus of devices, by a clock that the test holds.
final class WorkBench {
    let work: BusWork
    var now = at(0)
    /// Whether a client has the whole line.
    var isBorrowed = false
    /// Reads whose reply could not be told from a late one.
    var doubts: Set<RegisterRange> = []

    /// - Parameter registers: of each device, each one a point; those that are next to each other are one block.
    init(
        registers: [Int] = [0],
        units: [UInt8] = [1],
        interval: Duration = .seconds(1),
        isShared: Bool = false,
        atOnce: Int = 1,
        down: Set<String> = []
    ) throws {
        let points = registers.map { "  p\($0): { holding: \($0), type: uint16 }\n" }.joined()
        let profile = try writtenProfile("modbus: { numbering: from_0, word_order: ABCD }\npoints:\n" + points)
        let access = try #require(profile.modbus)
        work = BusWork(
            devices: units.map { (device(profile, id: "d\($0)", unit: $0, interval: interval), access) },
            isShared: isShared,
            requestsAtOnce: atOnce,
            gridStart: at(0),
            now: at(0),
            isDown: { down.contains($0) }
        )
    }

    func next() -> BusWork.Turn {
        work.next(now: now, isBorrowed: { isBorrowed }, isInDoubt: { range, _, _ in doubts.contains(range) })
    }

    /// The request that the bus makes next.
    func request() throws -> BusWork.Request {
        guard case .ask(let request) = next() else {
            Issue.record("nothing is asked")
            throw Nothing()
        }
        return request
    }

    /// The tick that is over.
    func tick() throws -> BusWork.Tick {
        guard case .report(let tick) = next() else {
            Issue.record("no tick is over")
            throw Nothing()
        }
        return tick
    }

    /// Until when the bus has nothing to do; nil when it has.
    func waiting() -> Uptime? {
        guard case .wait(let until) = next() else { return nil }
        return until
    }

    /// The next request of the bus is answered, a register by its own address, so long after it was made.
    func answer(after time: Duration = .zero) throws {
        let range = try #require(try request().ranges.first)
        now = now + time
        let words = (range.start..<range.end).map { UInt16($0) }
        work.answered(RegisterBlock(range: range, words: words, arrived: now))
    }

    /// The next request of the bus fails, so long after it was made.
    @discardableResult
    func fail(_ kind: ModbusError.Kind, after time: Duration = .zero) throws -> BusWork.News? {
        let unit = try request().unit
        now = now + time
        return work.failed(failure(kind, unit: unit.number), now: now)
    }

    private struct Nothing: Error {}
}

extension BusWork.Tick {
    /// What the tick's reading says: `values`, or the reason why nothing is known.
    var words: String {
        switch content {
        case .values: "values"
        case .nothing(let reason): reason.word
        }
    }
}

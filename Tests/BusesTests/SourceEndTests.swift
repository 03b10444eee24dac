import Domain
import Platform
import Synchronization
import TestSupport
import Testing

@testable import Buses

@Suite struct `The end of a source` {
    private final class Count: Sendable {
        let count = Atomic(0)
        func add() { count.add(1, ordering: .relaxed) }
        var value: Int { count.load(ordering: .relaxed) }
    }

    @Test func `a successor begins when the end comes, and not before`() {
        let end = SourceEnd()
        let begun = Count()
        end.handOver { begun.add() }
        #expect(begun.value == 0)
        end.come()
        #expect(begun.value == 1)
    }

    @Test func `a successor of one that has ended begins at once`() {
        let end = SourceEnd()
        end.come()
        let begun = Count()
        end.handOver { begun.add() }
        #expect(begun.value == 1)
    }

    @Test func `whoever waits for the end goes on when it comes`() {
        let end = SourceEnd()
        let clock = HandClock()
        // The deadline has passed, and the end has not come.
        #expect(!end.wait(until: clock.uptime(), time: clock))
        end.come()
        #expect(end.wait(until: clock.uptime(), time: clock))
    }

    /// Three configurations in a row on one bus, while the first one's transaction takes its time.
    @Test func `a source that was stopped before it began ends only after the one before it`() throws {
        let clock = HandClock()
        let context = try testContext(RecordingSink(), clock)
        let first = SourceEnd()
        let second = FieldSources.source(of: .field, devices: [], in: context)
        first.handOver { second.start() }
        second.requestStop()?()
        let third = Count()
        second.handOver { third.add() }
        #expect(third.value == 0)
        first.come()
        #expect(third.value == 1)
        #expect(second.join(until: clock.uptime()))
    }

    @Test func `a Modbus bus that was stopped before it began ends when it is to begin`() throws {
        let clock = HandClock()
        let context = try testContext(RecordingSink(), clock)
        let second = FieldSources.source(of: .line, devices: [], in: context)
        #expect(second.requestStop() == nil)
        let third = Count()
        second.handOver { third.add() }
        #expect(third.value == 0)
        second.start()
        #expect(third.value == 1)
    }

    @Test func `a line can be borrowed of a Modbus bus only`() throws {
        let context = try testContext(RecordingSink(), HandClock())
        #expect(FieldSources.source(of: .line, devices: [], in: context).lender?.id == "line")
        #expect(FieldSources.source(of: .field, devices: [], in: context).lender == nil)
    }
}

import Domain
import Testing

@testable import Buses

@Suite struct `The load of a bus` {
    @Test func `is the busy part of the last full minute`() {
        var meter = LoadMeter(start: at(0))
        meter.add(.seconds(15), now: at(60))
        #expect(meter.share == 0.25)
        meter.add(.seconds(30), now: at(90))
        // The minute is not over.
        #expect(meter.share == 0.25)
        meter.add(.zero, now: at(120))
        #expect(meter.share == 0.5)
    }

    @Test func `is known after the first second, and never more than all of the time`() {
        var meter = LoadMeter(start: at(0))
        meter.add(.seconds(1), now: at(1))
        #expect(meter.share == 0)
        meter.add(.seconds(1), now: at(4))
        #expect(meter.share == 0.5)
        meter.add(.seconds(100), now: at(61))
        #expect(meter.share == 1)
    }
}

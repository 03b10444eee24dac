import Domain
import Forwarding
import Testing

@Suite struct `What an uplink has carried` {
    /// Two days and two months lie around these: the zone is 7 h ahead of UTC.
    private static func stamp(_ time: String, _ clock: ClockState = .synchronised) -> Stamp {
        Stamp(
            time: Instant(iso8601: "2026-" + time + "Z") ?? Instant(millisecondsSince1970: 0),
            clock: clock,
            boot: "b",
            uptime: Uptime(nanoseconds: 0)
        )
    }

    private static func bytes(_ sent: Int64, _ received: Int64 = 0, readings: Int64 = 0) -> Traffic {
        var traffic = Traffic()
        (traffic.sent, traffic.received, traffic.readings) = (sent, received, readings)
        return traffic
    }

    private var ledger = TrafficLedger()

    private mutating func add(_ bytes: Int64, at time: String, _ clock: ClockState = .synchronised) {
        ledger.add(Self.bytes(bytes), at: Self.stamp(time, clock)) { _ in 7 * 3_600 }
    }

    @Test mutating func `is counted in the days and months of the zone`() {
        add(10, at: "11-29T16:59:59")
        #expect((ledger.today.total, ledger.month.total) == (10, 10))
        add(5, at: "11-29T17:00:00")
        #expect((ledger.today.total, ledger.month.total) == (5, 15))
        add(1, at: "11-30T17:00:00")
        #expect((ledger.today.total, ledger.month.total) == (1, 1))
        #expect(ledger.since(of: TrafficBudget(bytes: 1, per: .month)) == "2026-12-01")
    }

    @Test mutating func `begins no day while the clock is not set`() {
        add(10, at: "11-27T03:00:00")
        add(5, at: "12-24T03:00:00", .unsynchronised)
        #expect(ledger.today.total == 15)
        add(1, at: "11-27T04:00:00")
        #expect((ledger.today.total, ledger.month.total) == (16, 16))
        add(2, at: "11-28T04:00:00")
        #expect((ledger.today.total, ledger.month.total) == (2, 18))
    }

    @Test mutating func `belongs to the first day that the clock says where no day was known`() {
        add(10, at: "01-01T00:00:00", .unsynchronised)
        #expect(ledger.day == nil)
        add(5, at: "11-28T04:00:00")
        #expect((ledger.today.total, ledger.month.total) == (15, 15))
    }

    @Test mutating func `opens no old day when the clock is set back`() {
        add(10, at: "12-01T03:00:00")
        add(5, at: "11-30T03:00:00")
        #expect((ledger.today.total, ledger.month.total) == (15, 15))
        add(1, at: "12-01T05:00:00")
        #expect(ledger.today.total == 16)
    }

    @Test mutating func `does not wait for a day that a mistaken clock has said`() {
        ledger.add(Self.bytes(10), at: Self.stamp("12-30T00:00:00")) { _ in 40 * 365 * 86_400 }
        add(5, at: "11-30T03:00:00")
        #expect((ledger.today.total, ledger.month.total) == (5, 5))
    }

    @Test mutating func `is read back as it was stored`() throws {
        let budget = TrafficBudget(bytes: 100, per: .month)
        ledger.add(Self.bytes(90, 7, readings: 80), at: Self.stamp("11-28T04:00:00")) { _ in 0 }
        #expect(ledger.crossing(of: budget) == 80)
        #expect(try #require(TrafficLedger(stored: ledger.stored)) == ledger)
        #expect(try #require(TrafficLedger(stored: TrafficLedger().stored)) == TrafficLedger())
        for words in ["", "1", "2 - 0 0 0 0 0 0 0 0 0 0 0 0", "1 x 0 0 0 0 0 0 0 0 0 0 0 0"] {
            #expect(TrafficLedger(stored: Array(words.utf8)) == nil)
        }
    }

    @Test mutating func `reaches each threshold of a budget once in its period, over restarts too`() throws {
        let budget = TrafficBudget(bytes: 100, per: .month)
        add(79, at: "11-28T04:00:00")
        #expect(ledger.crossing(of: budget) == nil)
        add(1, at: "11-28T04:00:00")
        #expect(ledger.crossing(of: budget) == 80)
        #expect(ledger.crossing(of: budget) == nil)
        ledger = try #require(TrafficLedger(stored: ledger.stored))
        #expect(ledger.crossing(of: budget) == nil)
        add(20, at: "11-29T04:00:00")
        #expect(ledger.crossing(of: budget) == 100)
        #expect(ledger.crossing(of: budget) == nil)
        add(85, at: "12-02T04:00:00")
        #expect(ledger.crossing(of: budget) == 80)
    }

    @Test mutating func `is held against a changed budget anew`() {
        add(100, at: "11-28T04:00:00")
        #expect(ledger.crossing(of: TrafficBudget(bytes: 100, per: .month)) == 100)
        #expect(ledger.crossing(of: TrafficBudget(bytes: 200, per: .month)) == nil)
        #expect(ledger.crossing(of: TrafficBudget(bytes: 110, per: .month)) == 80)
        #expect(ledger.crossing(of: TrafficBudget(bytes: 100, per: .day)) == 100)
        add(100, at: "11-29T04:00:00")
        #expect(ledger.crossing(of: TrafficBudget(bytes: 100, per: .day)) == 100)
    }

    @Test func `beside its messages is never negative`() {
        var traffic = Self.bytes(100, readings: 120)
        #expect(traffic.overhead == 0)
        traffic.sent = 200
        #expect(traffic.overhead == 80)
    }
}

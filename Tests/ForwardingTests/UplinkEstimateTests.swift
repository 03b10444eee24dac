import Domain
import Forwarding
import Testing

@Suite struct `What an uplink will carry` {
    private let wire = UplinkEstimate.Wire(tls: true, keepalive: .seconds(15))

    @Test func `is each message, and what TLS, TCP and its PUBACK add`() {
        let day = UplinkEstimate([UplinkStream(.readings, bytes: 300, every: .seconds(10))], over: wire).most
        #expect(day.messages == [.readings: 8_640])
        #expect(day.bytes == [.readings: 2_592_000])
        #expect(day.overhead == 8_640 * (22 + 52 + 52))
        #expect(day.received == 8_640 * (4 + 22 + 52))
        #expect(day.total == 8_640 * (300 + 126 + 78))
        #expect(day.messagesPerMinute == 6)
    }

    @Test func `has no TLS where the broker has none`() {
        let plain = UplinkEstimate.Wire(tls: false, keepalive: .seconds(15))
        let day = UplinkEstimate([UplinkStream(.readings, bytes: 300, every: .seconds(10))], over: plain).most
        #expect(day.total == 8_640 * (300 + 104 + 56))
    }

    @Test func `has pings where the link is silent for longer than the keepalive`() {
        let status = [UplinkStream(.rest, bytes: 500, every: .seconds(60))]
        let often = UplinkEstimate(status, over: wire).most
        let seldom = UplinkEstimate(status, over: .init(tls: true, keepalive: .seconds(600))).most
        #expect(often.total - seldom.total == (5_760 - 1_440) * (2 + 126 + 76))
    }

    @Test func `is a range where readings may be held`() {
        let estimate = UplinkEstimate([UplinkStream(.readings, bytes: 100, perDay: 10...1_000)], over: wire)
        #expect(estimate.least.bytes == [.readings: 1_000])
        #expect(estimate.most.bytes == [.readings: 100_000])
    }

    @Test func `is a share of a budget at its most`() {
        let estimate = UplinkEstimate([UplinkStream(.readings, bytes: 796, perDay: 1...1_000)], over: wire)
        // 5,760 pings less those that messages make needless.
        #expect(estimate.most.total == 1_000 * 1_000 + 4_760 * 204)
        let day = estimate.shares(of: TrafficBudget(bytes: 10_000_000, per: .day)).most
        let month = estimate.shares(of: TrafficBudget(bytes: 10_000_000, per: .month)).most
        #expect(day == estimate.most.total / 10_000_000)
        #expect(month == day * UplinkEstimate.daysPerMonth)
    }
}

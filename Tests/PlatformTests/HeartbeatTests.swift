import Domain
import Platform
import Testing

@Suite struct HeartbeatTests {
    @Test func aPromiseIsBrokenOnlyBeyondItsGrace() {
        let heartbeat = Heartbeat(name: "bus")
        heartbeat.promise(Uptime(nanoseconds: 1_000_000_000))
        #expect(!heartbeat.isLate(now: Uptime(nanoseconds: 2_000_000_000), grace: .seconds(1)))
        #expect(heartbeat.isLate(now: Uptime(nanoseconds: 2_000_000_001), grace: .seconds(1)))
    }

    @Test func aLoopThatWaitsWithoutADeadlineIsNeverLate() {
        let heartbeat = Heartbeat(name: "bus")
        heartbeat.promise(Uptime(nanoseconds: 0))
        heartbeat.rest()
        #expect(!heartbeat.isLate(now: Uptime(nanoseconds: .max), grace: .zero))
    }
}

import Domain
import Forwarding
import TestSupport
import Testing

@Suite struct `The status goes out` {
    private let clock = HandClock()
    private var rhythm = StatusRhythm()

    /// A round of the housekeeper, a second after the one before.
    private mutating func round(answering: Int = 2, connected: [Bool] = [true]) -> Bool {
        clock.advance(by: .seconds(1))
        return rhythm.isDue(answering: answering, connected: connected, now: clock.uptime())
    }

    @Test mutating func `at once, and then every 60 s`() {
        var sent: [Int] = []
        for second in 0..<130 where round() { sent.append(second) }
        #expect(sent == [0, 60, 120])
    }

    @Test mutating func `when a device or a connection changes`() {
        let first = round()
        let before = round()
        let device = round(answering: 1)
        let connection = round(answering: 1, connected: [false])
        let after = round(answering: 1, connected: [false])
        #expect([first, before, device, connection, after] == [true, false, true, true, false])
    }

    @Test mutating func `when a broker came back before anybody saw that it was away`() {
        let first = round()
        let before = round()
        rhythm.sessionBegan()
        let back = round()
        let after = round()
        #expect([first, before, back, after] == [true, false, true, false])
    }

    @Test mutating func `once a second where a connection comes and goes on and on`() {
        _ = round()
        var sent = 0
        for _ in 0..<10 {
            for _ in 0..<5 { rhythm.sessionBegan() }
            if round() { sent += 1 }
        }
        #expect(sent == 10)
        let after = round()
        #expect(!after)
    }
}

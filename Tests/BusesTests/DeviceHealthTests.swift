import Domain
import Testing

@testable import Buses

@Suite struct `A device's health` {
    @Test func `one failure of a device that is asked is no news, and two in a row are`() {
        var health = DeviceHealth(isDown: false, patience: 2)
        #expect(health.failed(inARow: 1, .timeout) == nil)
        #expect(!health.isDown)
        #expect(health.failed(inARow: 2, .timeout, detail: "no reply") == .down(.timeout, detail: "no reply"))
        #expect(health.isDown)
    }

    @Test func `a device that is down goes down no second time, whatever the reason`() {
        var health = DeviceHealth(isDown: false, patience: 1)
        #expect(health.failed(.notSeen) == .down(.notSeen, detail: nil))
        #expect(health.failed(.offline) == nil)
        #expect(health.failed(inARow: 9, .notSeen) == nil)
    }

    @Test func `a device that answers is up once, and only after it was down`() {
        var health = DeviceHealth(isDown: false, patience: 2)
        #expect(health.answered() == nil)
        _ = health.failed(inARow: 2, .crc)
        #expect(health.answered() == .up)
        #expect(!health.isDown)
        #expect(health.answered() == nil)
    }

    @Test func `what was told before a restart of the bus is not told again`() {
        var health = DeviceHealth(isDown: true, patience: 2)
        #expect(health.failed(inARow: 2, .timeout) == nil)
        #expect(health.answered() == .up)
    }

    @Test func `the detail is made for a change only`() {
        var made = 0
        func detail() -> String {
            made += 1
            return "words"
        }
        var health = DeviceHealth(isDown: false, patience: 2)
        _ = health.failed(inARow: 1, .timeout, detail: detail())
        #expect(made == 0)
        _ = health.failed(inARow: 2, .timeout, detail: detail())
        _ = health.failed(inARow: 3, .timeout, detail: detail())
        #expect(made == 1)
    }
}

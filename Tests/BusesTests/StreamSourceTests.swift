import Domain
import Installation
import Logging
import Platform
import Profiles
import Synchronization
import TestSupport
import Testing

@testable import Buses

/// A line of text at work, on a pty.
@Suite struct `A line on which a device sends text` {
    /// Wakes the test for each reading.
    private final class WakingSink: FieldSink {
        private let words: Mutex<[String]> = Mutex([])
        private let news = WakeFlag()
        private let clock = SystemClock()

        /// Waits until a reading with these words has come.
        func sees(_ wanted: String) -> Bool {
            let deadline = clock.uptime() + .seconds(20)
            while !words.withLock({ $0.contains(wanted) }) {
                guard clock.uptime() < deadline else { return false }
                news.wait(until: deadline, time: clock)
            }
            return true
        }

        func accept(_ reading: Reading, remembering: (key: String, value: [UInt8])?, since: Uptime?) {
            words.withLock { $0.append(reading.words) }
            news.raise()
        }

        func accept(_ event: DeviceEvent) {}
        func accept(_ change: DeviceHealth.Change, of device: Device, stamp: Stamp) {}
        func isDown(_ device: String) -> Bool { false }
        func recall(_ key: String) -> [UInt8]? { nil }
    }

    @Test func `is read, says when it is gone, and is read again`() throws {
        let profile = try writtenProfile(
            """
            stream:
              end: "\\r\\n"
              frames: { weight: { pattern: "{status:2},{weight:6}kg" } }
            points:
              weight: { frame: weight, field: weight, unit: kg, stable: status }
              status: { frame: weight, field: status, words: { ST: 1, US: 0 }, private: true }

            """
        )
        let line = PseudoTerminal()
        let sender = TextSender(on: line, ["ST,001.50kg\r\n"])
        let sink = WakingSink()
        let clock = SystemClock()
        let context = FieldContext(
            time: clock,
            sink: sink,
            log: Logger(label: "test") { _ in SwiftLogNoOpLogHandler() },
            loop: try EventLoop(name: "test", time: clock),
            gridStart: clock.uptime(),
            gateway: "box-1"
        )
        let endpoint = StreamEndpoint.serial(path: line.path, settings: SerialSettings())
        let bus = Configuration.Bus(id: "line", kind: .stream(endpoint))
        let made = device(profile, interval: .milliseconds(500))
        let source = FieldSources.source(of: bus, devices: [made], in: context)
        source.start()
        #expect(sink.sees("1.5"))
        #expect(source.snapshot.connected)
        sender.stop()
        line.pull()
        #expect(sink.sees("null port"))
        #expect(source.snapshot.error?.contains(line.path) == true)
        _ = source.requestStop()
        #expect(source.join(until: clock.uptime() + .seconds(10)))
    }
}

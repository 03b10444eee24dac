import Domain
import Logging
import Platform
import Synchronization
import Testing

/// A log that keeps its log lines, and a clock that the test moves.
private final class Desk: TimeSource, Sendable {
    private let lines = Mutex<[String]>([])
    private let seconds = Mutex(0)

    struct Paper: LogHandler {
        let desk: Desk
        var logLevel = Logger.Level.trace
        var metadata: Logger.Metadata = [:]

        subscript(metadataKey key: String) -> Logger.Metadata.Value? {
            get { metadata[key] }
            set { metadata[key] = newValue }
        }

        func log(event: LogEvent) {
            let times = event.metadata?["times"].map { " \($0)" } ?? ""
            desk.lines.withLock { $0.append(event.message.description + times) }
        }
    }

    func uptime() -> Uptime { Uptime(nanoseconds: Int64(seconds.withLock { $0 }) * 1_000_000_000) }

    func stamp(at uptime: Uptime) -> Stamp {
        Stamp(
            time: Instant(millisecondsSince1970: uptime.milliseconds),
            clock: .synchronised,
            boot: "b",
            uptime: uptime
        )
    }

    func pass(_ more: Int) { seconds.withLock { $0 += more } }

    func take() -> [String] {
        lines.withLock { lines in
            defer { lines = [] }
            return lines
        }
    }
}

@Suite struct `Lines that a peer can cause` {
    private let desk = Desk()
    private let counted: CountedLog
    private let log: Logger

    init() {
        let counted = CountedLog(Desk.Paper(desk: desk), LineCounts(time: desk))
        self.counted = counted
        log = Logger(label: "test") { _ in counted }
    }

    @Test func `the first is logged at once, and the others of its minute in one line`() {
        for _ in 0..<1_074 { log.warning("refused", metadata: ["destination": "city"]) }
        #expect(desk.take() == ["refused"])
        counted.logDue()
        #expect(desk.take() == [])
        desk.pass(60)
        counted.logDue()
        #expect(desk.take() == ["refused 1073"])
    }

    @Test func `another destination is another kind`() {
        log.warning("refused", metadata: ["destination": "city"])
        log.warning("refused", metadata: ["destination": "province"])
        log.warning("lost", metadata: ["destination": "city"])
        #expect(desk.take() == ["refused", "refused", "lost"])
    }

    @Test func `changing errors are no new kind`() {
        for number in 0..<100 { log.warning("lost", metadata: ["bus": "field", "error": "\(number)"]) }
        #expect(desk.take() == ["lost"])
    }

    @Test func `after a quiet minute the next one is logged at once`() {
        log.warning("lost")
        desk.pass(60)
        counted.logDue()
        log.warning("lost")
        #expect(desk.take() == ["lost", "lost"])
    }

    @Test func `a peer that goes on for an hour costs a line a minute`() {
        var lines = 0
        for _ in 0..<3_600 {
            for _ in 0..<10 { log.warning("lost") }
            desk.pass(1)
            counted.logDue()
            lines += desk.take().count
        }
        #expect((59...61).contains(lines))
    }
}

import Control
import Domain
import TestSupport
import Testing

@testable import Answering

@Suite struct `The newest events` {
    private let board = EventBoard()
    private let clock = HandClock()

    private func note(
        _ name: String,
        stamp: Stamp? = nil,
        byDevice: Bool = false,
        data: [(key: String, value: DataValue)] = []
    ) {
        clock.advance(by: .seconds(1))
        board.note(
            Event(
                EventName(rawValue: name),
                severity: .warning,
                stamp: stamp ?? clock.stamp(),
                site: "soyo",
                device: "flow-soyo",
                byDevice: byDevice,
                data: data
            )
        )
    }

    private var names: [String] { board.recent(clock).events.map(\.name) }

    @Test func `come first, and a hundred and fifty of them stay`() {
        for number in 0..<250 { note("event_\(number)") }
        #expect(names.count == 150 && names.first == "event_249" && names.last == "event_100")
    }

    @Test func `of a busy camera drive out no alarm`() {
        note("device_down")
        for _ in 0..<10_000 { note("passage", byDevice: true) }
        note("device_up")
        #expect(names.count == 52 && names.first == "device_up" && names.last == "device_down")
    }

    @Test func `say what the message says`() throws {
        note("device_down", data: [("reason", .string("time\"out")), ("polls", .integer(2))])
        let event = try #require(board.recent(clock).events.first)
        #expect(event.data == #"{"reason":"time\"out","polls":2}"#)
        #expect(event.severity == "warning" && event.site == "soyo" && event.device == "flow-soyo")
        #expect(event.time == "\(clock.stamp().time)" && event.clock == nil)
        #expect(try RecentEvents(json: board.recent(clock).json) == board.recent(clock))
    }

    @Test func `have the time of the corrected clock, those of another boot their own`() throws {
        let first = clock.stamp()
        var stamp = first
        stamp.time = Instant(millisecondsSince1970: 7)
        stamp.clock = .unsynchronised
        note("start", stamp: stamp)
        stamp.boot = "another"
        note("older", stamp: stamp)
        let events = board.recent(clock).events
        #expect(events.map(\.clock) == [nil, "unsynchronised"])
        #expect(events.map(\.time) == ["\(first.time)", "1970-01-01T00:00:00.007Z"])
    }

    @Test func `with more text than anybody reads say how much was left out`() {
        note("passage", data: [("text", .string(String(repeating: "x", count: 9_000)))])
        #expect(board.recent(clock).events.first?.data == #"{"bytes_left_out":9011}"#)
    }
}

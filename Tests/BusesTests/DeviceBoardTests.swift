import Domain
import Installation
import TestSupport
import Testing

@testable import Buses

@Suite struct `The last that was heard of a device` {
    private let clock = HandClock()
    private let board: DeviceBoard
    private let gate: Device

    init() throws {
        gate = device(try writtenProfile("mqtt: { messages: { m: { topic: t } } }\npoints:\n  v: { message: m }\n"))
        board = DeviceBoard(devices: [gate])
    }

    private func note(_ samples: [Sample?], inParts: Bool = true, missed: Int = 0) {
        let points = samples.indices.map { PointFace(name: "p\($0)", unit: nil) }
        let shape = ReadingShape(site: "pond", device: "gate", points: points, comesInParts: inParts)
        board.note(Reading(shape: shape, stamp: clock.stamp(), samples: samples, missed: missed))
    }

    private func value(_ number: UInt64) -> Sample { Sample(value: .unsigned(number)) }

    @Test func `a message that carries some of the points leaves the others as they were`() {
        note([value(1), value(2)])
        note([nil, value(3)])
        #expect(board["gate"].reading?.words == "1, 3")
        note([nil, value(4)], inParts: false)
        #expect(board["gate"].reading?.words == "-, 4")
    }

    @Test func `a reading of silence is a failure, and the device's age goes on`() {
        note([value(1)], missed: 2)
        let answered = clock.uptime()
        clock.advance(by: .seconds(5))
        note([.bad(.timeout)], missed: 1)
        let entry = board["gate"]
        #expect(entry.answering == false && entry.answeredAt == answered)
        #expect((entry.readings, entry.failures, entry.missed) == (2, 1, 3))
        #expect(board.answering == 0)
    }

    @Test func `a device that says that it has no value answers all the same`() {
        for reason in [Reason.invalid, .notANumber, .decode] {
            note([.bad(reason)])
            #expect(board["gate"].answering == true, "\(reason)")
        }
        // A refusal is no value. These come from a gateway before the device, or have an unknown age.
        for sample in [.bad(.exception(2)), .bad(.exception(11)), Sample(value: .unsigned(1), reason: .retained)] {
            note([sample])
            #expect(board["gate"].answering == false, "\(sample)")
        }
    }

    @Test func `a device that is down does not answer, and a reload remembers that`() {
        note([value(1)])
        board.note(.down(.timeout, detail: nil), of: "gate", at: clock.uptime())
        #expect(board["gate"].isDown && board["gate"].answering == false)
        board.set([gate])
        #expect(board["gate"].isDown)
        board.note(.up, of: "gate", at: clock.uptime())
        #expect(!board["gate"].isDown)
        board.set([])
        board.set([gate])
        #expect(board["gate"].readings == 0)
    }

    @Test func `a device is down since the first reading without a value, whenever that is noticed`() {
        note([value(1)])
        clock.advance(by: .seconds(1))
        note([.bad(.timeout)])
        let first = clock.uptime()
        clock.advance(by: .seconds(1))
        note([.bad(.timeout)])
        board.note(.down(.timeout, detail: nil), of: "gate", at: clock.uptime())
        #expect(board["gate"].failingSince == first)
        note([value(1)])
        #expect(board["gate"].failingSince == nil)
    }

    @Test func `an event shows that the device is there`() {
        board.noteEvent(of: "gate", at: clock.uptime())
        #expect(board["gate"].events == 1 && board["gate"].answering == true)
        #expect(board.answering == 1)
    }
}

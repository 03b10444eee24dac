import Decoding
import Domain
import Installation
import Profiles
import Testing

@testable import Buses

@Suite struct `What makes readings` {
    private static let water = """
        modbus: { numbering: from_0, word_order: ABCD }
        points:
          level: { holding: 0, type: uint16, unit: m, decimals: 2 }
          raw: { holding: 1, type: uint16, private: true }
          total: { holding: 2, type: uint32, unit: m3, counter: { bits: 32, max_rate: 100000 } }

        """

    private func stamp(_ seconds: Double) -> Stamp {
        Stamp(
            time: Instant(millisecondsSince1970: 1_795_000_000_000 + Int64(seconds * 1_000)),
            clock: .synchronised,
            boot: "a",
            uptime: at(seconds)
        )
    }

    private func raw(level: UInt64, total: UInt64) -> [RawValue?] {
        [.value(.unsigned(level)), .value(.unsigned(1)), .value(.unsigned(total))]
    }

    @Test func `a reading has the public points only, in the profile's order`() throws {
        var maker = ReadingMaker(device: device(try writtenProfile(Self.water))) { _ in nil }
        let reading = maker.reading(raw(level: 1_253, total: 7), stamp: stamp(0), missed: 2)
        #expect(reading.shape.points.map(\.name) == ["level", "total"])
        #expect(reading.shape.site == "pond" && reading.shape.device == "gate")
        #expect(reading.words == "12.53, 7")
        #expect(reading.missed == 2)
    }

    @Test func `where nothing is known every point is null, with the reason`() throws {
        let maker = ReadingMaker(device: device(try writtenProfile(Self.water))) { _ in nil }
        let reading = maker.reading(unknown: .timeout, stamp: stamp(0), missed: 1)
        #expect(reading.words == "null timeout, null timeout")
        #expect(reading.missed == 1)
    }

    @Test func `a polled device is read whole, and one that is heard comes in parts`() throws {
        let heard = try writtenProfile("mqtt: { messages: { m: { topic: t } } }\npoints:\n  v: { message: m }\n")
        #expect(!ReadingMaker(device: device(try writtenProfile(Self.water))) { _ in nil }.shape.comesInParts)
        #expect(ReadingMaker(device: device(heard)) { _ in nil }.shape.comesInParts)
    }

    @Test func `a counter goes on from what was remembered of the same meter`() throws {
        let gate = device(try writtenProfile(Self.water))
        var first = ReadingMaker(device: gate) { _ in nil }
        #expect(first.remembering == nil)
        _ = first.reading(raw(level: 0, total: 100), stamp: stamp(0))
        let remembered = try #require(first.remembering)
        #expect(remembered.key == "counters/gate")

        func increase(of device: Device) -> Value? {
            var maker = ReadingMaker(device: device) { $0 == remembered.key ? remembered.value : nil }
            return maker.reading(raw(level: 0, total: 130), stamp: stamp(60)).samples[1]?.increase
        }
        #expect(increase(of: gate)?.description == "30")
        // Another meter in its place has its own total.
        var exchanged = gate
        exchanged.serial = "4711"
        #expect(increase(of: exchanged) == nil)
        // A later edition of the profile reads the same counter only where it says so.
        var upgraded = gate
        upgraded.profile.hash = "later"
        #expect(increase(of: upgraded) == nil)
        upgraded.profile.supersedes = ["earlier", gate.profile.hash]
        #expect(increase(of: upgraded)?.description == "30")
    }

    @Test func `a device without counters has nothing to remember`() throws {
        let profile = try writtenProfile(
            "modbus: { numbering: from_0, word_order: ABCD }\npoints:\n  v: { holding: 0, type: uint16 }\n"
        )
        var maker = ReadingMaker(device: device(profile)) { _ in nil }
        _ = maker.reading([.value(.unsigned(1))], stamp: stamp(0))
        #expect(maker.remembering == nil)
    }
}

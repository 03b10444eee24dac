import Domain
import Installation
import TestSupport
import Testing

@testable import Indicators

/// Saved values that differ from what was written: each is read or is malformed, and a value that was read can be used.
/// (The journal keeps a checksum beside each, so such a value comes from a program, and not from a card.)
@Suite struct SavedFuzzTests {
    private static let words: [[UInt8]] = [
        [0], [1], [0x7F], [0x80, 0x01], Array(repeating: 0xFF, count: 9) + [0x01],
        Array(repeating: 0xFF, count: 18) + [0x03],
        Array(repeating: 0xFF, count: 8) + [0x7F], Array(repeating: 0xFF, count: 40), Array(repeating: 0x80, count: 30),
    ]

    @Test func `bins`() {
        for var chance in FuzzRounds("saved bins", 3_000) {
            var generator = SplitMix(seed: chance.next())
            var bytes = chance.bent(`Bins as bytes`.random(&generator).bytes, with: Self.words)
            if chance.isLucky(oneIn: 4), !bytes.isEmpty { bytes[0] = 1 }
            guard var bins = try? Bins(saved: bytes) else { continue }  // malformed is an answer
            // Use them as the engine does: sums, means, one day more, and saved again.
            _ = bins.sum().whole.mean
            _ = bins.sum(0..<1_000)
            bins.merge(bins.sum().whole, "", at: 1)
            let again = bins.bytes
            #expect(try! Bins(saved: again).bytes == again)  // what was just written is read
        }
    }

    @Test func `series`() {
        for var chance in FuzzRounds("saved series", 3_000) {
            var series = Series()
            for _ in 0..<chance.next(in: 0..<20) {
                var mark = Series.Mark(time: Int64(chance.next(in: 0..<1 << 41)))
                if !chance.isLucky(oneIn: 4) { mark.value = Fixed(chance.next(in: -1_000..<1_000)) }
                if mark.value != nil {
                    mark.link = chance.one(of: [
                        .none, .increase(Fixed(3)), .unknown(.counterGap), .unknown(.deviceClock),
                    ])
                }
                series.put(mark)
            }
            #expect(try! Series(bytes: series.bytes) == series)  // what was just written is read
            // Malformed is a valid answer.
            guard var read = try? Series(bytes: chance.bent(series.bytes, with: Self.words)) else { continue }
            let time = Int64(chance.next(in: 0..<1 << 41))
            _ = (read.at(time), read.before(time), read.after(.min))
            read.put(Series.Mark(time: time))
            read.remove(at: time)
            let again = read.bytes
            #expect(try! Series(bytes: again).bytes == again)  // what was just written is read
        }
    }

    @Test func `the last marks`() {
        let marks: [SourceKey: Series.Mark] = [
            SourceKey(device: "flow", taken: "volume.increase"): Series.Mark(time: 1_795_000_000_000, value: Fixed(3)),
            SourceKey(device: "level", taken: "level.value"): Series.Mark(time: 1_795_000_000_001),
        ]
        for var chance in FuzzRounds("saved marks", 3_000) {
            guard let read = LastMarks.read(chance.bent(LastMarks.bytes(marks), with: Self.words)) else { continue }
            #expect(LastMarks.read(LastMarks.bytes(read)) == read)
        }
    }

    @Test func `placements`() throws {
        var book = PlacementBook()
        let before = try Field.configuration().devices
        book.settle(before, now: at("20 10:00")) { _, _ in false }
        book.settle(Array(before.dropFirst(2)), now: at("21 10:00")) { _, _ in false }
        let whole = book.bytes
        let words = [
            "-9223372036854775808", "9223372036854775807", "1e400", "null", "{}", "[]", "\"", "\\ud800", "-1",
            "9999-99-99",
        ]
        for var chance in FuzzRounds("saved placements", 60) {
            guard var read = PlacementBook(bytes: chance.bent(whole, with: words.map { Array($0.utf8) })) else {
                continue
            }
            _ = (read.placements(of: before), read.isPlain, read.unreadable)
            read.settle(before, now: at("22 10:00")) { $0.device == $1.device }
            #expect(PlacementBook(bytes: read.bytes) == read)
        }
    }
}

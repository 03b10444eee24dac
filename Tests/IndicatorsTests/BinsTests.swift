import Domain
import Testing

@testable import Indicators

@Suite struct `Bins as bytes` {
    static func random(_ generator: inout SplitMix) -> Bins {
        var bins = Bins()
        for _ in 0..<Int.random(in: 0...12, using: &generator) {
            let name = ["", "class=car", "class=bus,direction=utara"].randomElement(using: &generator) ?? ""
            var tally = Tallies.random(&generator)
            tally.received += 1
            bins.merge(tally, name, at: Int64.random(in: -5...2_000_000, using: &generator))
        }
        return bins
    }

    @Test func `come back as they were`() throws {
        var generator = SplitMix(seed: 3)
        for _ in 0..<200 {
            let bins = Self.random(&generator)
            #expect(try Bins(bytes: bins.bytes) == bins)
        }
    }

    @Test func `come back at the edges of their numbers`() throws {
        var bins = Bins()
        var tally = Tally()
        tally.received = .max
        tally.sum = Fixed(billionths: .min)
        tally.minimum = Fixed(billionths: .min)
        tally.maximum = Fixed(billionths: .max)
        tally.since = Instant(millisecondsSince1970: .min)
        tally.identities = [IdentityRange(epoch: "1-ffffffff", from: 0, to: .max)]
        bins.merge(tally, "category=sisa makanan é", at: .max / 2)
        #expect(try Bins(bytes: bins.bytes) == bins)
    }

    @Test func `cut anywhere, or with more behind, are malformed`() {
        var generator = SplitMix(seed: 4)
        var bytes: [UInt8] = []
        while bytes.count < 60 { bytes = Self.random(&generator).bytes }
        for count in 0..<bytes.count {
            #expect(throws: ByteReader.Malformed.self) { try Bins(bytes: Array(bytes.prefix(count))) }
        }
        #expect(throws: ByteReader.Malformed.self) { try Bins(bytes: bytes + [0]) }
    }

    @Test(
        arguments: [
            ("of another format", [2, 0, 0, 0]), ("with a number without end", [UInt8](repeating: 0xFF, count: 40)),
            ("with a name of no list", [1, 0, 0, 1, 2, 1, 5]), ("with a text that is no UTF-8", [1, 1, 1, 0xFF, 0, 0]),
            (
                "with steps beyond all numbers",
                [1, 0, 0, 2, 0xFE, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0x01, 0, 2, 0]
            ),
        ] as [(String, [UInt8])]
    ) func `are malformed`(_: String, bytes: [UInt8]) {
        #expect(throws: ByteReader.Malformed.self) { try Bins(bytes: bytes) }
    }

    @Test func `of any damage never stop the program`() {
        var generator = SplitMix(seed: 5)
        for _ in 0..<500 {
            var bytes = Self.random(&generator).bytes
            for _ in 0..<3 {
                guard let index = bytes.indices.randomElement(using: &generator) else { continue }
                bytes[index] = UInt8.random(in: 0...255, using: &generator)
            }
            // Whatever it reads is thrown away: it came back.
            _ = try? Bins(bytes: bytes)
        }
    }
}

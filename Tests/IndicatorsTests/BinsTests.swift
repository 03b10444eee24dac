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
            #expect(try Bins(saved: bins.bytes) == bins)
        }
    }

    @Test func `come back at the edges of their numbers`() throws {
        var bins = Bins()
        var tally = Tally()
        tally.received = .max
        tally.sum = Fixed(billionths: .min)
        tally.extremes = (Fixed(billionths: .min), Fixed(billionths: .max))
        tally.integral = .min
        tally.milliseconds = .min
        tally.carried.head = .init(amount: Fixed(billionths: .max), milliseconds: .min)
        tally.carried.covering = 1
        tally.unknown = Unknown(.deviceClock, isEnded: true, milliseconds: .max)
        tally.identities = [IdentityRange(epoch: "1-ffffffff", from: 0, to: .max)]
        bins.merge(tally, "category=sisa makanan é", at: .max / 2)
        #expect(try Bins(saved: bins.bytes) == bins)
    }

    /// Bytes from the first release: 3 readings of 10, 12 and 11 a minute apart, one out of limits; and an increase
    /// from before.
    @Test func `of the first format hold each value for one interval`() throws {
        let begin: Int64 = 1_795_000_500_000
        var writer = ByteWriter()
        for number in [1, 1] as [UInt64] { writer.unsigned(number) }
        writer.text("")
        writer.count(1)
        writer.text("1-00000001")
        writer.count(1)
        writer.signed(Int128(begin / Window.bin))
        writer.count(1)
        writer.count(0)
        for number in [3, 0, 0, 3, 2] { writer.count(number) }
        writer.signed(33_000_000_000)
        writer.count(7)
        writer.signed(10_000_000_000)
        writer.signed(12_000_000_000)
        writer.signed(Int128(begin - 600_000))
        for number in [1, 0, 5, 2] { writer.count(number) }
        let tally = try Bins(saved: writer.bytes)[begin / Window.bin].whole
        #expect(tally.mean == Ratio(11, over: 1))
        #expect(tally.milliseconds == 180_000)
        #expect(tally.within == 120_000)
        #expect(tally.identities == [IdentityRange(epoch: "1-00000001", from: 5, to: 7)])
        #expect(tally.carried.head == .init(amount: fixed("33"), milliseconds: Window.bin))
    }

    @Test func `cut anywhere, or with more behind, are malformed`() {
        var generator = SplitMix(seed: 4)
        var bytes: [UInt8] = []
        while bytes.count < 60 { bytes = Self.random(&generator).bytes }
        for count in 0..<bytes.count {
            #expect(throws: ByteReader.Malformed.self) { try Bins(saved: Array(bytes.prefix(count))) }
        }
        #expect(throws: ByteReader.Malformed.self) { try Bins(saved: bytes + [0]) }
    }

    @Test(
        arguments: [
            ("of another format", [3, 0, 0, 0]), ("with a number without end", [UInt8](repeating: 0xFF, count: 40)),
            ("with a name of no list", [2, 0, 0, 1, 2, 1, 5]), ("with a text that is no UTF-8", [2, 1, 1, 0xFF, 0, 0]),
            (
                "with steps beyond all numbers",
                [2, 0, 0, 2, 0xFE, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0x01, 0, 2, 0]
            ),
        ] as [(String, [UInt8])]
    ) func `are malformed`(_: String, bytes: [UInt8]) {
        #expect(throws: ByteReader.Malformed.self) { try Bins(saved: bytes) }
    }

    @Test func `of any damage never stop the program`() {
        var generator = SplitMix(seed: 5)
        for _ in 0..<500 {
            var bytes = Self.random(&generator).bytes
            for _ in 0..<3 {
                guard let index = bytes.indices.randomElement(using: &generator) else { continue }
                bytes[index] = UInt8.random(in: 0...255, using: &generator)
            }
            // The result does not matter: the call returned.
            _ = try? Bins(saved: bytes)
        }
    }
}

extension Bins {
    /// Bins of a day, for a device that is read each minute.
    init(saved bytes: [UInt8]) throws(ByteReader.Malformed) {
        try self.init(bytes: bytes, interval: 60_000) { (begin: $0 &* Window.bin, length: Window.bin) }
    }
}

import Diagnosing
import Domain
import Profiles
import Testing

@Suite struct `Faces of a register` {
    /// Words and Python's struct values for them: `struct.unpack(">i", ...)` and `">f"` of the bytes in each order.
    struct Vector: Sendable, CustomTestStringConvertible {
        var testDescription: String
        var words: [UInt16]
        /// In the order ABCD, CDAB, BADC, DCBA.
        var integers: [Int32]
        /// With nine digits, which is exact.
        var floats: [String]
        var plausibleFloats: [WordOrder] = []
        var plausibleIntegers: [WordOrder] = []
    }

    static let vectors: [Vector] = [
        // TUF-2000F manual: 36.625408 m3/h as CDAB, 3.1e26 as BADC.
        Vector(
            testDescription: "flow words of the TUF-2000F manual",
            words: [0x806B, 0x4212],
            integers: [-2_140_454_382, 1_108_508_779, 1_803_555_394, 306_342_784],
            floats: ["-9.85009965e-39", "36.6254082", "3.0965745e+26", "6.13481102e-28"],
            plausibleFloats: [.cdab]
        ),
        Vector(
            testDescription: "total 123456 as the TUF-2000M sends a LONG",
            words: [0xE240, 0x0001],
            integers: [-499_122_175, 123_456, 1_088_553_216, 16_793_826],
            floats: ["-8.85443786e+20", "1.72998703e-40", "7.06262207", "2.35564382e-38"],
            plausibleFloats: [.badc],
            plausibleIntegers: [.cdab]
        ),
        Vector(
            testDescription: "gross 100000 of a Laumas TLB",
            words: [0x0001, 0x86A0],
            integers: [100_000, -2_036_334_591, 16_818_310, -1_601_830_656],
            floats: ["1.40129846e-40", "-6.01853165e-35", "2.36250569e-38", "-2.27011447e-19"],
            plausibleIntegers: [.abcd]
        ),
        Vector(
            testDescription: "pH probe: 25.0 Cel and pH 7.00 are no pair",
            words: [0x00FA, 0x02BC],
            integers: [16_384_700, 45_875_450, -100_615_166, -1_140_655_616],
            floats: ["2.29598549e-38", "2.76246778e-37", "-1.67106812e+35", "-0.00799417496"],
            plausibleFloats: [.dcba]
        ),
        Vector(
            testDescription: "-1.5 as ABCD",
            words: [0xBFC0, 0x0000],
            integers: [-1_077_936_128, 49_088, -1_061_224_448, 49_343],
            floats: ["-1.5", "6.8786939e-41", "-5.96875", "6.91442701e-41"],
            plausibleFloats: [.abcd, .badc],
            plausibleIntegers: [.cdab, .dcba]
        ),
        Vector(
            testDescription: "-2 as a 32-bit number",
            words: [0xFFFF, 0xFFFE],
            integers: [-2, -65_537, -257, -16_777_217],
            floats: ["nan", "nan", "nan", "-1.70141173e+38"],
            plausibleIntegers: [.abcd, .cdab, .badc]
        ),
        Vector(
            testDescription: "infinity",
            words: [0x7F80, 0x0000],
            integers: [2_139_095_040, 32_640, -2_139_160_576, 32_895],
            floats: ["inf", "4.57383819e-41", "-1.1663108e-38", "4.6095713e-41"],
            plausibleIntegers: [.cdab, .dcba]
        ),
        Vector(
            testDescription: "nothing",
            words: [0x0000, 0x0000],
            integers: [0, 0, 0, 0],
            floats: ["0.0", "0.0", "0.0", "0.0"]
        ),
        Vector(
            testDescription: "1481.0 with the bytes of each word swapped",
            words: [0xB944, 0x0020],
            integers: [-1_186_725_856, 2_144_580, 1_152_983_040, 536_888_505],
            floats: ["-0.000186920632", "3.00519666e-39", "1481.0", "1.08647601e-19"],
            plausibleFloats: [.badc],
            plausibleIntegers: [.cdab]
        ),
    ]

    @Test(arguments: vectors) func `every word order side by side`(vector: Vector) throws {
        let faces = RegisterFaces(table: .holding, address: 0, word: vector.words[0], next: vector.words[1])
        #expect(faces.pairs.map(\.order) == [.abcd, .cdab, .badc, .dcba])
        #expect(faces.pairs.map(\.int32) == vector.integers)
        for (pair, text) in zip(faces.pairs, vector.floats) {
            let expected = try #require(Float(text))
            #expect(pair.float32.bitPattern == expected.bitPattern || (pair.float32.isNaN && expected.isNaN))
        }
        #expect(faces.pairs.filter(\.isPlausibleFloat).map(\.order) == vector.plausibleFloats)
        #expect(faces.pairs.filter(\.isPlausibleInteger).map(\.order) == vector.plausibleIntegers)
    }

    @Test(
        arguments: [
            (0, 0, false, false), (1, 1, true, false), (10_000, 10_000, true, false), (10_001, 10_001, false, false),
            (0x7FFF, 32_767, false, false), (0x8000, -32_768, false, false), (0xD8F0, -10_000, false, true),
            (0xFFFF, -1, false, true),
        ] as [(UInt16, Int16, Bool, Bool)]
    )
    func `one register, unsigned and signed`(word: UInt16, signed: Int16, plausible: Bool, negative: Bool) {
        let faces = RegisterFaces(table: .input, address: 7, word: word, next: nil)
        #expect(faces.signed == signed)
        #expect(faces.isPlausibleUnsigned == plausible)
        #expect(faces.isPlausibleSigned == negative)
        #expect(faces.pairs.isEmpty)
    }

    @Test func `each register of a block is paired with the one that follows`() {
        let range = RegisterRange(.holding, start: 100, count: 3)
        let faces = RegisterFaces.of(
            RegisterBlock(range: range, words: [0x4248, 0, 0x0102], arrived: Uptime(nanoseconds: 0))
        )
        #expect(faces.map(\.address) == [100, 101, 102])
        #expect(faces.map(\.word) == [0x4248, 0, 0x0102])
        #expect(faces[0].pairs[0].float32 == 50)
        #expect(faces[1].pairs[0].int32 == 0x0000_0102)
        #expect(faces[2].pairs.isEmpty)
    }
}

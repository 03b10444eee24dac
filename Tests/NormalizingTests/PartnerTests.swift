import Decoding
import Documents
import Domain
import Normalizing
import Profiles
import Testing

@Suite struct `Numbers that other points take part in` {
    @Test(arguments: [
        (Int64(-2), "23.45"), (0, "2345"), (2, "234500"), (10, "23450000000000"), (11, "null decode"),
        (-32_768, "null decode"),
    ])
    func `a signed power of ten may stand in another register`(exponent: Int64, words: String) throws {
        let bench = try Bench(
            "  w: { holding: 0, type: int16, exponent_from: e }\n  e: { holding: 1, type: int16, private: true }"
        )
        #expect(bench.first(.value(.integer(2_345)), .value(.integer(exponent)))?.words == words)
    }

    @Test func `a mark in the exponent makes the value bad for that reason`() throws {
        let bench = try Bench(
            "  w: { holding: 0, type: int16, exponent_from: e }\n"
                + "  e: { holding: 1, type: int16, invalid: [0x8000], private: true }"
        )
        var raw: [RawValue?] = [nil, nil]
        let block = RegisterBlock(
            range: RegisterRange(.holding, start: 0, count: 2),
            words: [2_345, 0x8000],
            arrived: Uptime(nanoseconds: 0)
        )
        RegisterDecoder(points: bench.profile.points).decode(block, points: [0, 1], into: &raw)
        #expect(bench.samples(raw)["w"]?.words == "null invalid")
    }

    @Test func `decimals may be a field of a word without a point of its own`() throws {
        let bench = try Bench(
            "  w: { holding: 0, type: uint16, decimals_from: s.d }\n"
                + "  s: { holding: 1, bits: { d: 0-3 }, private: true }"
        )
        #expect(bench.first(.whole(1_234), .whole(0xA2))?.words == "12.34")
        #expect(bench.first(.whole(1_234), .missing(.crc))?.words == "null crc")
        #expect(bench.first(.whole(1_234), .whole(0x0B))?.words == "null decode")
    }

    @Test func `ratios multiply and divide, and a division by 0 is no number`() throws {
        let bench = try Bench(
            """
              p: { holding: 0, type: int16, scale: 0.1, times: ct, divided_by: n, least: 0 }
              ct: { holding: 1, type: uint16, range: [1, 9000], private: true }
              n: { holding: 2, type: uint16, private: true }
            """
        )
        #expect(bench.first(.value(.integer(125)), .whole(40), .whole(4))?.words == "125")
        #expect(bench.first(.value(.integer(-125)), .whole(40), .whole(4))?.words == "0")
        #expect(bench.first(.value(.integer(125)), .whole(40), .whole(0))?.words == "null not_a_number")
        #expect(bench.first(.value(.integer(125)), .whole(0), .whole(4))?.words == "null out_of_range")
        #expect(bench.first(.value(.integer(125)), .whole(40), .missing(.exception(2)))?.words == "null exception_2")
    }

    @Test func `a part that is not stable makes the sum uncertain`() throws {
        let bench = try Bench(
            "  w: { holding: 0, type: uint16, plus: f }\n  f: { holding: 1, type: uint16, stable: s, private: true }\n"
                + "  s: { holding: 2, type: uint16, private: true }"
        )
        #expect(bench.first(.whole(5), .whole(1), .whole(1))?.words == "6")
        #expect(bench.first(.whole(5), .whole(1), .whole(0))?.words == "6 unstable")
    }

    // MARK: What vouches

    @Test func `a condition, a sign and a flag may be a field that is a point`() throws {
        let bench = try Bench(
            """
              w: { holding: 0, type: uint16, good_when: { ok: 1 }, negative_when: minus, stable: still }
              s: { holding: 1, bits: { ok: 0, minus: 1, still: 2 }, private: true }
              ok: { field: s.ok, private: true }
              minus: { field: s.minus, private: true }
              still: { field: s.still, private: true }
            """
        )
        // A poll marks all that no register brought as silent.
        let none = RawValue.missing(.timeout)
        func words(_ status: RawValue) -> String? { bench.samples([.whole(5), status, none, none, none])["w"]?.words }
        #expect(words(.whole(0b101)) == "5")
        #expect(words(.whole(0b111)) == "-5")
        #expect(words(.whole(0b001)) == "5 unstable")
        #expect(words(.whole(0b100)) == "5 condition")
        #expect(words(.missing(.crc)) == "null crc")
    }

    @Test func `what vouches is held to its own marks, range and conditions`() throws {
        let bench = try Bench(
            """
              w: { holding: 0, type: uint16, good_when: { f: [1, 15] } }
              v: { holding: 1, type: uint16, good_when: { r: 1 } }
              s: { holding: 2, bits: { f: 0-3 }, private: true }
              f: { field: s.f, invalid: [15], private: true }
              r: { holding: 3, type: uint16, range: [0, 9], good_when: { a: 1 }, private: true }
              a: { holding: 4, type: uint16, private: true }
            """
        )
        func both(_ status: UInt64, _ r: UInt64, _ alive: UInt64) -> [String?] {
            let raw: [RawValue?] = [.whole(5), .whole(6), .whole(status), nil, .whole(r), .whole(alive)]
            let samples = bench.samples(raw)
            return [samples["w"]?.words, samples["v"]?.words]
        }
        #expect(both(1, 1, 1) == ["5", "6"])
        #expect(both(15, 1, 0) == ["5 invalid", "6 condition"])
    }

    // MARK: Counters

    @Test func `a counter whose power of ten changes leaves one increase unknown`() throws {
        let bench = try Bench(
            "  e: { holding: 0, type: uint32, exponent_from: x, unit: W.h, counter: { bits: 32 } }\n"
                + "  x: { holding: 2, type: int16, private: true }"
        )
        func read(_ total: UInt64, _ exponent: Int64, at seconds: Double) -> Sample? {
            bench.first(.whole(total), .value(.integer(exponent)), at: stamp(seconds))
        }
        _ = read(123_400, 0, at: 0)
        #expect(read(123_456, 0, at: 10)?.increase?.description == "56")
        let changed = read(12_346, 1, at: 20)
        #expect(changed?.words == "123460 counter_gap" && changed?.increase == nil)
        #expect(read(12_348, 1, at: 30)?.increase?.description == "20")
    }

    @Test func `a counter with a factor of its place counts, wraps and judges by it`() throws {
        let bench = try Bench(
            "  e: { holding: 0, type: uint16, unit: kW.h, scale: 0.1, range: [0, 7000],\n"
                + "    counter: { bits: 16, max_rate: 0.1 } }"
        )
        let placed = bench.profile.adjusted(by: ["e": Adjustment(factor: decimal("20"))])
        #expect(placed.hash != bench.profile.hash && placed.points[0].range?.upperBound == decimal("140000"))
        var normalizer = Normalizer(points: placed.points)
        _ = normalizer.normalize([.whole(65_530)], stamp: stamp(0))
        let sample = normalizer.normalize([.whole(4)], stamp: stamp(60))[0]
        #expect(sample?.words == "8" && sample?.increase?.description == "20")
    }

    @Test(arguments: ["float32", "bcd32", "uint32", "int32", "float64"])
    func `a counter of any type may wrap at a decimal number`(type: String) throws {
        let bench = try Bench(
            "  e: { holding: 0, type: \(type), unit: kW.h, scale: 0.01, "
                + "counter: { wraps_at: 999999, max_rate: 0.01 } }"
        )
        func raw(_ number: Int) -> RawValue {
            switch type {
            case "float32": .value(.float32(Float(number)))
            case "float64": .value(.float64(Double(number)))
            default: .value(.integer(Int64(number)))
            }
        }
        _ = bench.first(raw(999_990), at: stamp(0))
        #expect(bench.first(raw(11), at: stamp(60))?.increase?.description == "0.2")
    }

    // MARK: The place

    @Test func `a place's factor, offset and height are added to the value and to its range`() throws {
        let bench = try Bench(
            """
              level: { holding: 0, type: int16, unit: m, scale: -0.001, range: [-10, 0] }
              q: { weir: { level: level, angle: 90, coefficient: 1.365, zero: 5 }, unit: m3/s }
              t: { holding: 1, type: int16, unit: Cel, publish: "[degF]" }
            """
        )
        let placed = bench.profile.adjusted(by: [
            "level": Adjustment(zero: decimal("112.35")), "q": Adjustment(zero: decimal("110")),
            "t": Adjustment(offset: decimal("-0.5")),
        ])
        var normalizer = Normalizer(points: placed.points)
        let samples = normalizer.normalize([.whole(2_250), nil, .whole(20)], stamp: stamp(0))
        #expect(samples.map { $0?.words } == ["110.1", "0.004316509", "67.1"])
        let low = normalizer.normalize([.whole(12_000), nil, .whole(20)], stamp: stamp(0))[0]
        #expect(low?.words == "100.35 out_of_range")
    }
}

import Decoding
import Domain
import Normalizing
import Profiles
import Testing

/// Python's struct module computed the numbers of other word orders from the bytes.
@Suite struct TinyFloatTests {
    private static func float(_ pattern: UInt32) -> RawValue { .value(.float32(Float(bitPattern: pattern))) }

    private static func said(_ point: String, _ raw: RawValue) throws -> String? {
        try Bench("  p: { holding: 0, \(point) }").first(raw)?.words
    }

    /// 36.625408 (4212 806B) as CDAB is -9.85e-39; 25 (41C8 0000) as CDAB is 2.4e-41 and as DCBA 7.2e-41.
    @Test(arguments: [0x806B_4212, 0x0000_41C8, 0x0000_C841] as [UInt32])
    func aFloatInAWrongWordOrderIsNotGood(pattern: UInt32) throws {
        #expect(try Self.said("type: float32", Self.float(pattern)) == "null decode")
        #expect(try Self.said("type: float32, range: [0, 400]", Self.float(pattern)) == "null decode")
    }

    @Test func whatFitsNoOrderIsUncertain() throws {
        // The other orders of 0C00 0000 are 4e-42, 1e-39 and 2e-44.
        #expect(try Self.said("type: float32", Self.float(0x0C00_0000)) == "9.8607613e-32 tiny")
        // The only order of 0001 16C2 that is not tiny gives -37.5: outside the range.
        #expect(try Self.said("type: float32, range: [0, 400]", Self.float(0x0001_16C2)) == "1e-40 tiny")
        #expect(try Self.said("type: float32, range: [-40, 400]", Self.float(0x0001_16C2)) == "null decode")
    }

    /// 36.625408 is 4212806B: read in another order than the device's it can be small without being tiny.
    @Test func aSmallFloatThatAnotherOrderPutsIntoTheRangeIsUncertain() throws {
        // 6.1e-28, where the bytes of each word are swapped.
        let swapped = Self.float(0x1242_6B80)
        #expect(try Self.said("type: float32, range: [-2000, 2000]", swapped)?.hasSuffix(" tiny") == true)
        #expect(try Self.said("type: float32", swapped)?.contains(" ") == false)
        #expect(try Self.said("type: float32, range: [-1e-9, 1e-9]", swapped)?.contains(" ") == false)
        #expect(try Self.said("type: float32, tiny: zero, range: [-2000, 2000]", swapped)?.contains(" ") == false)
    }

    @Test func theProfileSaysThatADampedValueIsZero() throws {
        #expect(try Self.said("type: float32, tiny: zero", Self.float(0x806B_4212)) == "0.0")
        #expect(try Self.said("type: float32, tiny: zero, offset: 3", Self.float(0x0C00_0000)) == "3")
        #expect(try Self.said("type: float64, tiny: zero", .value(.float64(.leastNonzeroMagnitude))) == "0.0")
        // A value that is not tiny stays unchanged.
        #expect(try Self.said("type: float32, tiny: zero", Self.float(0x4212_806B)) == "36.62541")
    }

    @Test(
        arguments: [
            (0, "0.0"), (0x8000_0000, "-0.0"), (0x0DA2_4260, "1e-30"), (0x3586_37BD, "1e-06"),
        ] as [(UInt32, String)]
    )
    func zeroAndWhatIsNotBelow1e30AreGood(pattern: UInt32, words: String) throws {
        #expect(try Self.said("type: float32", Self.float(pattern)) == words)
        #expect(try Self.said("type: float32", Self.float(pattern | 0x8000_0000))?.contains(" ") == false)
    }

    @Test func theOtherNumberIsScaledBeforeItIsCompared() throws {
        // 25 in the other order, times 0.1 and plus 100, is 102.5.
        let raw = Self.float(0x0000_41C8)
        #expect(try Self.said("type: float32, scale: 0.1, offset: 100, range: [102, 103]", raw) == "null decode")
        let own = try Self.said("type: float32, scale: 0.1, offset: 100, range: [99, 101]", raw)
        #expect(own == "100 tiny")
    }

    @Test func theProfilesOwnOrderIsWhatTheBitsAreOf() throws {
        let order = "type: float32, word_order: CDAB, unit: m3/h, publish: L/s, range: [0, 400]"
        let bench = try Bench("  p: { holding: 0, \(order) }")
        let raw = [Optional(Self.float(0x806B_4212))]
        #expect(bench.samples(raw)["p"]?.words == "null decode")
        let fits = bench.normalizer.fittingOrders(of: 0, raw)
        #expect(fits.map(\.order) == [.abcd])
        // 36.625408 m3/h x 5 / 18.
        #expect(fits.map(\.value.description) == ["10.17372"])
    }

    /// 184223.75 is 41067CFE00000000, and 1.04e-314 as CDAB.
    @Test func aFloat64InAWrongWordOrderIsNotGood() throws {
        let raw = RawValue.value(.float64(Double(bitPattern: 0x0000_0000_7CFE_4106)))
        let bench = try Bench("  p: { holding: 0, type: float64, unit: m3, range: [0, 1e9] }")
        #expect(bench.first(raw)?.words == "null decode")
        #expect(bench.normalizer.fittingOrders(of: 0, [raw]).map(\.order) == [.cdab])
        #expect(bench.normalizer.fittingOrders(of: 0, [raw]).map(\.value) == [.float64(184_223.75)])
    }

    @Test func aFractionInAWrongWordOrderSpoilsItsTotal() throws {
        let bench = try Bench(
            "  p: { holding: 0, type: int32, plus: f }\n"
                + "  f: { holding: 2, type: float32, range: [0, 1], private: true }"
        )
        let wrong = [Optional(RawValue.whole(5)), Self.float(0x0000_803E)]  // 0.25 as DCBA
        #expect(bench.samples(wrong)["p"]?.words == "null decode")
        #expect(bench.normalizer.fittingOrders(of: 0, wrong).map(\.point) == [1])
        #expect(bench.samples([.whole(5), Self.float(0x0C00_0000)])["p"]?.words == "5 tiny")
        #expect(bench.samples([.whole(5), Self.float(0x3E80_0000)])["p"]?.words == "5.25")
    }

    @Test func anOutOfRangeFloatHasItsOrderToo() throws {
        // 36.625408 as BADC is 3.1e26.
        let bench = try Bench("  p: { holding: 0, type: float32, range: [0, 400] }")
        let raw = Self.float(0x6B80_1242)
        #expect(bench.first(raw)?.reason == .outOfRange)
        #expect(bench.normalizer.fittingOrders(of: 0, [raw]).map(\.order) == [.dcba])
    }

    @Test func whatFitsHasNoOtherOrder() throws {
        let bench = try Bench("  p: { holding: 0, type: float32, range: [0, 400] }\n  w: { holding: 2, type: uint32 }")
        #expect(bench.normalizer.fittingOrders(of: 0, [Self.float(0x4212_806B), .whole(1)]) == [])
        #expect(bench.normalizer.fittingOrders(of: 1, [Self.float(0x4212_806B), .whole(1)]) == [])
        #expect(bench.normalizer.fittingOrders(of: 0, [.missing(.timeout), .whole(1)]) == [])
    }

    @Test func aMessagesNumberIsWhatItSays() throws {
        let bench = try Bench("  p: { message: m, path: p }", mqtt: true)
        #expect(bench.first(.value(.float64(1e-40)))?.words == "1e-40")
    }

    @Test func aTinyValueThatIsNotYetStableIsTiny() throws {
        let bench = try Bench("  p: { holding: 0, type: float32, stable: 2 }")
        let words = [0x0C00_0000, 0x4212_806B, 0x4212_806B].map { bench.first(Self.float($0))?.words }
        #expect(words == ["9.8607613e-32 tiny", "36.62541 unstable", "36.62541"])
    }
}

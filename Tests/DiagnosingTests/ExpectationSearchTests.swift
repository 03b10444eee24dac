import Decoding
import Diagnosing
import Documents
import Domain
import Normalizing
import Platform
import Profiles
import Testing

@Suite struct `What the display shows` {
    @Test(
        arguments: [
            ("12.34", "12.34", 2, nil), ("12,34", "12.34", 2, nil), ("-0.5", "-0.5", 1, nil),
            ("36,63 m³/h", "36.63", 2, "m3/h"), ("23,45 °C", "23.45", 2, "Cel"), ("610.42 lpm", "610.42", 2, "L/min"),
            ("50%", "50", 0, "%"), ("12m3", "12", 0, "m3"), ("12.34 liter", "12.34", 2, "L"), ("1204", "1204", 0, nil),
            ("12.30", "12.3", 2, nil), ("45,2 m3/h", "45.2", 1, "m3/h"), ("26.9 Cel", "26.9", 1, "Cel"),
        ] as [(String, String, Int, String?)]
    )
    func `is a number with its digits and its unit`(text: String, number: String, decimals: Int, unit: String?) throws {
        let display = try DisplayValue(text)
        #expect(display.number.description == number)
        #expect(display.decimals == decimals)
        #expect(display.unit?.code == unit)
    }

    @Test(arguments: ["", "abc", "12.34 litres of it", "1,2.3,4", "12 gpm", "--5", "0x10"])
    func `is refused where it is none`(text: String) {
        #expect(throws: DisplayValue.Flaw.self) { try DisplayValue(text) }
    }

    @Test(arguments: [
        ("1.234,5", "1234.5"), ("1,234.5", "1234.5"), ("1.234.567", "1234567"), ("1 234,5", "1234.5"),
        ("1.234,5 m3/h", "1234.5"),
    ])
    func `is refused with the number to write where it has signs of thousands`(text: String, meant: String) {
        #expect(throws: DisplayValue.Flaw.thousands(meant: meant)) { try DisplayValue(text) }
    }

    @Test(arguments: [("1.234", true), ("12,345", true), ("0.123", false), ("1234.567", false), ("1.23", false)])
    func `with three decimals may be meant as thousands`(text: String, may: Bool) throws {
        #expect(try DisplayValue(text).mayBeThousands == may)
    }
}

/// Parses the text of a display that is known to be right.
private func shown(_ text: String) throws -> DisplayValue { try DisplayValue(text) }

@Suite struct `The search for what the display shows` {
    /// A device's registers with the display's value; the words come from Python's struct or from the named document.
    struct Case: Sendable, CustomTestStringConvertible {
        var testDescription: String
        var display: String
        var words: [UInt16]
        var start = 0
        var table = RegisterTable.holding
        var order: WordOrder?
        /// The expected first hit: `address type order 10^power from>to`.
        var best: String
    }

    static let cases: [Case] = [
        Case(
            testDescription: "TUF-2000F manual: 36.625408 m3/h as CDAB",
            display: "36.63",
            words: [0x806B, 0x4212],
            best: "0 float32 CDAB"
        ),
        Case(
            testDescription: "the same, cut off by its display",
            display: "36.62",
            words: [0x806B, 0x4212],
            best: "0 float32 CDAB"
        ),
        Case(
            testDescription: "the same, shown in L/s",
            display: "10.17 L/s",
            words: [0x806B, 0x4212],
            best: "0 float32 CDAB m3/h>L/s"
        ),
        Case(
            testDescription: "the same, its unit not told",
            display: "10.1737",
            words: [0x806B, 0x4212],
            best: "0 float32 CDAB m3/h>L/s"
        ),
        Case(
            testDescription: "Supmea pH probe, its manual's frame: pH 7.00",
            display: "7.00",
            words: [0x00FA, 0x02BC, 0x0006],
            best: "1 uint16 ABCD 10^-2"
        ),
        Case(
            testDescription: "Supmea pH probe: 25.0 Cel on a display in degF",
            display: "77.0 [degF]",
            words: [0x00FA, 0x02BC, 0x0006],
            best: "0 uint16 ABCD 10^-1 Cel>[degF]"
        ),
        Case(
            testDescription: "a negative number of 16 bits",
            display: "-1.5",
            words: [0, 0xFFF1],
            best: "1 int16 ABCD 10^-1"
        ),
        Case(
            testDescription: "Laumas weight of two words",
            display: "123456",
            words: [0x0001, 0xE240],
            table: .input,
            best: "0 uint32 ABCD"
        ),
        Case(
            testDescription: "MAG 6000's double",
            display: "1204.75",
            words: [0x4092, 0xD300, 0, 0],
            best: "0 float64 ABCD"
        ),
        Case(testDescription: "BCD", display: "56.78", words: [0x5678], best: "0 bcd16 ABCD 10^-2"),
        Case(
            testDescription: "BCD of two words",
            display: "123456.78",
            words: [0x1234, 0x5678],
            best: "0 bcd32 ABCD 10^-2"
        ),
        Case(
            testDescription: "a float with the bytes of its words swapped",
            display: "1481",
            words: [0xB944, 0x0020],
            best: "0 float32 BADC"
        ),
        Case(
            testDescription: "metres shown in centimetres by a float",
            display: "123.4 cm",
            words: [0x3F9D, 0xF3B6],
            best: "0 float32 ABCD m>cm"
        ),
        Case(testDescription: "a scale before any unit", display: "3.6", words: [36, 1], best: "0 uint16 ABCD 10^-1"),
    ]

    @Test(arguments: cases) func `puts the right reading first`(example: Case) throws {
        let display = try DisplayValue(example.display)
        let hits = ExpectationSearch(display, expectedOrder: example.order).hits(in: Self.image(example))
        #expect(hits.first.map(Self.text) == example.best, "\(hits.prefix(5).map { "\(Self.text($0)) \($0.cost)" })")
    }

    /// The gateway must read the same value from the printed lines.
    @Test(arguments: cases, [ModbusAccess.Numbering.from0, .from1])
    func `prints lines with which a profile reads the display's value`(
        example: Case,
        numbering: ModbusAccess.Numbering
    ) throws {
        let display = try DisplayValue(example.display)
        let hit = try #require(ExpectationSearch(display).hits(in: Self.image(example)).first)
        let lines = ProfileLines(numbering: numbering).point(hit, name: "value", unit: display.unit)
        let text = """
            profile: pasted
            name: Pasted
            measures: water
            source: a test
            modbus: { numbering: \(numbering.rawValue), word_order: ABCD }
            points:

            """ + lines.joined(separator: "\n")
        let log = ProblemLog()
        let map = try #require(Document.mapping(of: text, file: "pasted.yaml", log: log))
        let profile = ProfileReader.read(map, expectedID: nil, hash: "")
        #expect(log.problems.map(\.description) == [])
        let point = try #require(profile?.points.first)
        guard case .registers(let range, _, _) = point.origin else {
            Issue.record("no register")
            return
        }
        #expect(range == hit.range)
        var raw: [RawValue?] = [.missing(.timeout)]
        let words = try #require(Self.image(example).words(range))
        let block = RegisterBlock(range: range, words: words, arrived: Uptime(nanoseconds: 0))
        RegisterDecoder(points: [point]).decode(block, points: [0], into: &raw)
        var normalizer = Normalizer(points: [point])
        let sample = normalizer.normalize(raw, stamp: SystemClock().stamp())[0]
        let value = try #require(sample?.value?.double)
        #expect(abs(value - display.number.double) <= display.step)
    }

    static func image(_ example: Case) -> MemoryImage {
        var image = MemoryImage()
        let range = RegisterRange(example.table, start: example.start, count: example.words.count)
        image.add(RegisterBlock(range: range, words: example.words, arrived: Uptime(nanoseconds: 0)))
        return image
    }

    static func text(_ hit: ExpectationHit) -> String {
        "\(hit.range.start) \(hit.type.rawValue) \(hit.order.rawValue)" + (hit.power == 0 ? "" : " 10^\(hit.power)")
            + (hit.conversion.map { " \($0.from)>\($0.to)" } ?? "")
    }

    @Test func `says what else the same number could be`() throws {
        let example = Case(testDescription: "", display: "12.34", words: [1234], best: "")
        let hit = try #require(
            ExpectationSearch(try shown("12.34")).hits(in: Self.image(example)).first
        )
        #expect(hit.sameAs == [.int16])
        #expect(hit.exactness == .rounded)
    }

    /// A reading that fits at many addresses fits by luck.
    @Test func `puts what fits in one place before what fits in many`() throws {
        var image = MemoryImage()
        func add(_ start: Int, _ words: [UInt16]) {
            let range = RegisterRange(.holding, start: start, count: words.count)
            image.add(RegisterBlock(range: range, words: words, arrived: Uptime(nanoseconds: 0)))
        }
        add(0, [50, 50, 50, 50, 50])
        add(10, [500])
        let hits = ExpectationSearch(try shown("5.0")).hits(in: image)
        let texts = hits.map(Self.text)
        #expect(texts.first == "10 uint16 ABCD 10^-2", "\(texts)")
    }

    @Test func `keeps to the profile's word order and to the addresses that were meant`() throws {
        var image = MemoryImage()
        // 12.5 twice: ABCD at 0, CDAB at 4.
        let range = RegisterRange(.holding, start: 0, count: 6)
        image.add(
            RegisterBlock(range: range, words: [0x4148, 0, 1, 1, 0, 0x4148], arrived: Uptime(nanoseconds: 0))
        )
        let display = try DisplayValue("12.5")
        #expect(ExpectationSearch(display).hits(in: image).first.map(Self.text) == "0 float32 ABCD")
        #expect(
            ExpectationSearch(display, expectedOrder: .cdab).hits(in: image).first.map(Self.text) == "4 float32 CDAB"
        )
        #expect(ExpectationSearch(display, meant: [4]).hits(in: image).first.map(Self.text) == "4 float32 CDAB")
    }

    @Test func `goes on with those that follow the display`() throws {
        let before = Case(testDescription: "", display: "", words: [1234, 1234, 617], best: "")
        let after = Case(testDescription: "", display: "", words: [1250, 1234, 617], best: "")
        let first = ExpectationSearch(try shown("12.34"))
        let hits = first.hits(in: Self.image(before))
        #expect(hits.count >= 2)
        let second = ExpectationSearch(try shown("12.50"))
        let confirmed = second.confirmed(hits, in: Self.image(after))
        #expect(confirmed.map(Self.text) == ["0 uint16 ABCD 10^-2"])
        #expect(confirmed.map(\.value) == [12.5])
    }

    @Test func `takes a wider tolerance when told`() throws {
        let example = Case(testDescription: "", display: "", words: [1250], best: "")
        let display = try DisplayValue("12.34")
        #expect(ExpectationSearch(display).hits(in: Self.image(example)).isEmpty)
        let near = ExpectationSearch(display, tolerance: 0.2).hits(in: Self.image(example))
        #expect(near.first.map(Self.text) == "0 uint16 ABCD 10^-2")
        #expect(near.first?.exactness == .near)
    }

    @Test func `finds no zero, for zero is everywhere`() throws {
        let example = Case(testDescription: "", display: "", words: [0, 0, 0, 0], best: "")
        #expect(ExpectationSearch(try shown("0.00")).hits(in: Self.image(example)).isEmpty)
    }

    /// 1.7e308 as a double: any power of ten or unit of it is no longer a number.
    @Test func `takes nothing for a hit that is no number`() throws {
        let example = Case(testDescription: "", display: "", words: [0x7FEE, 0x42D1, 0x30DA, 0xEA70], best: "")
        let hits = ExpectationSearch(try shown("123.4 m3/h")).hits(in: Self.image(example))
        #expect(hits.allSatisfy { abs($0.value - 123.4) <= 0.1 }, "\(hits.map(Self.text))")
    }

    /// 400 random words: 16 bits of a number's four digits fit somewhere, but few of them exactly.
    @Test func `finds little in noise, and looks through it in no time`() throws {
        var image = MemoryImage()
        var state: UInt32 = 1
        let words = (0..<400).map { _ in
            state = state &* 1_664_525 &+ 1_013_904_223
            return UInt16(state >> 16)
        }
        image.add(
            RegisterBlock(
                range: RegisterRange(.holding, start: 0, count: 400),
                words: words,
                arrived: Uptime(nanoseconds: 0)
            )
        )
        let hits = ExpectationSearch(try shown("1234.5")).hits(in: image)
        #expect(hits.count < 40, "\(hits.count)")
        #expect(hits.allSatisfy { $0.cost > 2 }, "\(hits.prefix(3).map { "\(Self.text($0)) \($0.cost)" })")
    }
}

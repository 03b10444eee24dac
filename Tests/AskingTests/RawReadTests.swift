import Diagnosing
import Domain
import Speech
import Testing

@Suite struct `Mbpoll's letters` {
    @Test(arguments: [
        ("1", [1]), ("1,3:7", [1, 3, 4, 5, 6, 7]), ("32,33,34,36:40", [32, 33, 34, 36, 37, 38, 39, 40]), ("0x21", [33]),
    ])
    func `-a lists units and ranges`(text: String, units: [Int]) throws {
        #expect(try RawReadLetters.list(text, in: 1...247, of: "-a") == units)
    }

    @Test(arguments: ["", "0", "248", "7:3", "1,", "a", "1:2:3"])
    func `-a refuses what is no unit`(text: String) {
        #expect(throws: RawReadLetters.Problem.self) { try RawReadLetters.list(text, in: 1...247, of: "-a") }
    }

    @Test(
        arguments: [
            ("0", .coil, .bit), ("1", .discrete, .bit), ("3", .input, .decimal), ("4", .holding, .decimal),
            ("4:int16", .holding, .int16), ("3:hex", .input, .hex), ("4:string", .holding, .string),
            ("4:int", .holding, .int), ("3:float", .input, .float),
        ] as [(String, RegisterTable, RawRead.Format)]
    )
    func `-t names a table and how it is shown`(text: String, table: RegisterTable, format: RawRead.Format) throws {
        let type = try RawReadLetters.type(text)
        #expect(type.0 == table)
        #expect(type.1 == format)
    }

    @Test(arguments: ["", "2", "5", "4:", "4:double", "0:hex", "4:decimal", "x"])
    func `-t refuses what mbpoll does not know`(text: String) {
        #expect(throws: RawReadLetters.Problem.self) { try RawReadLetters.type(text) }
    }

    @Test(arguments: [
        ("/dev/ttyUSB0", true), ("/tmp/line", true), ("ttyS1", true), ("COM3", true), ("10.0.0.5", false),
        ("plc", false),
    ])
    func `the mode is guessed from the argument`(device: String, isSerial: Bool) {
        #expect(RawReadLetters.isSerial(device) == isSerial)
    }
}

@Suite struct `The table of a raw read` {
    private func block(_ words: [UInt16], table: RegisterTable = .holding, start: Int = 0) -> RegisterBlock {
        RegisterBlock(
            range: RegisterRange(table, start: start, count: words.count),
            words: words,
            arrived: Uptime(nanoseconds: 0)
        )
    }

    /// The words of the TUF-2000F manual.
    @Test func `shows every reading of a register in 79 columns`() {
        let read = RawRead(format: .float, count: 1)
        let table = RawReadTable(read, style: TextStyle(language: .en))
        #expect(
            table.columns + table.lines(of: block([0x806B, 0x4212])) == [
                "from 0 from 1  hex  uint    int  int32 ABCD        CDAB        BADC        DCBA",
                "                                 float ABCD        CDAB        BADC        DCBA",
                "     0      1 806B 32875 -32661 -2140454382  1108508779  1803555394   306342784",
                "                .k                -9.85e-39   >36.62541  3.0966e+26  6.1348e-28",
                "     1      2 4212 16914  16914",
                "                B.",
            ]
        )
    }

    @Test func `takes one line a register where the terminal is wide`() {
        let table = RawReadTable(RawRead(format: .float, count: 1), style: TextStyle(language: .en, columns: 140))
        let lines = (table.columns + table.lines(of: block([0x806B, 0x4212]))).map(\.plain)
        #expect(lines.count == 3)
        #expect(lines.allSatisfy { $0.count <= 132 }, "\(lines)")
        #expect(lines[0].hasSuffix("float ABCD        CDAB        BADC        DCBA"))
        #expect(lines[1].hasSuffix("   .k   -9.85e-39   >36.62541  3.0966e+26  6.1348e-28"), "\(lines[1])")
        #expect(lines[1].count == lines[0].count)
        #expect(lines[2].hasSuffix("   B."))
    }

    @Test(arguments: [Language.en, .id])
    func `never takes more than 79 columns`(language: Language) {
        let widest: [UInt16] = [0x8000, 0x0001, 0xFFFF, 0x8080, 0x80FF, 0x7F7F]
        let table = RawReadTable(RawRead(format: .int16, count: 6), style: TextStyle(language: language))
        let lines =
            table.columns + table.lines(of: block(widest, start: 65_530)) + table.legend
        for line in lines { #expect(line.columns <= 79, "\(line.columns): \(line)") }
    }

    @Test func `shows bits as bits`() {
        let table = RawReadTable(RawRead(table: .coil, format: .bit, count: 2), style: TextStyle(language: .id))
        #expect(
            table.columns + table.lines(of: block([1, 0], table: .coil, start: 9)) == [
                "alamat  nomor  nilai", "     9     10      1", "    10     11      0",
            ]
        )
    }

    @Test func `paints what stands out on a terminal, at the same width`() {
        let read = RawRead(format: .float, count: 1)
        let plain = RawReadTable(read, style: TextStyle(language: .en)).lines(of: block([0x806B, 0x4212]))
        let painted = RawReadTable(read, style: TextStyle(language: .en, colour: true)).lines(
            of: block([0x806B, 0x4212])
        )
        #expect(painted[1].terminal.contains("\u{1B}[1m>36.62541\u{1B}[0m"))
        #expect(painted.map { $0.terminal.replacing(/\u{1B}\[\d*m/, with: "") } == plain.map(\.plain))
    }

    @Test func `asks for long ranges in requests that devices take`() {
        let read = RawRead(format: .float, starts: [10], count: 125)
        #expect(read.ranges == [RegisterRange(.holding, start: 10, count: 250)])
        let requests = RawRead.requests(for: read.ranges[0])
        #expect(requests.map(\.count) == [124, 124, 2])
        #expect(requests.map(\.start) == [10, 134, 258])
    }
}

import Documents
import Domain
import Foundation
import Testing

/// Files as editors, other programs and people write them.
@Suite struct `A document as people write it` {
    private func read(_ text: String) throws -> (map: DocumentMap, log: ProblemLog) {
        let log = ProblemLog()
        return (try #require(Document.mapping(of: text, file: "f.yaml", log: log)), log)
    }

    private func problems(_ text: String) -> [String] {
        let log = ProblemLog()
        _ = Document.mapping(of: text, file: "f.yaml", log: log)
        return log.problems.map(\.description)
    }

    @Test(arguments: ["on: 5", "'on': 5", "\"on\": 5", "{ 'on': 5 }", "{\"on\":5}", "? on\n: 5"])
    func `may quote its keys`(text: String) throws {
        #expect(try read(text + "\n").map.required("on")?.integer(in: 0...9) == 5)
    }

    @Test func `may be JSON, indented with tabs`() throws {
        let (map, log) = try read("{\n\t\"a\": {\"b\": [1, 2.5e1, \"x\\/y \\u00b0\"]},\n\t\"c\": true\n}\n")
        let list = try #require(map.required("a")?.mapping()?.required("b")?.list())
        #expect(list[0].integer(in: 0...9) == 1)
        #expect(list[1].number()?.double == 25)
        #expect(list[2].string() == "x/y °")
        #expect(map.required("c")?.bool() == true)
        #expect(log.problems.map(\.description) == [])
    }

    @Test func `may begin with a byte-order mark`() throws {
        #expect(try read("\u{FEFF}a: 1\n").map.required("a")?.integer(in: 0...9) == 1)
        #expect(try read("\u{FEFF}# note\na: 1\n").map.contentHash == (try read("# note\na: 1\n").map.contentHash))
    }

    @Test(
        arguments: [
            ("UTF-16 with a mark", [0xFF, 0xFE, 0x61, 0x00, 0x3A, 0x00, 0x20, 0x00]),
            ("UTF-16, the higher byte first", [0xFE, 0xFF, 0x00, 0x61, 0x00, 0x3A]),
            ("UTF-16 without a mark", [0x61, 0x00, 0x3A, 0x00, 0x20, 0x00]),
        ] as [(String, [UInt8])]
    )
    func `in UTF-16 is refused with the remedy`(name: String, bytes: [UInt8]) throws {
        #expect(
            try problems(ofBytes: bytes) == [
                "f.yaml: is UTF-16 text, as some editors of Windows write it; save it as UTF-8"
            ]
        )
    }

    @Test func `in an older encoding is refused with the line of the letter`() throws {
        let bytes = Array("a: 1\nunit: ".utf8) + [0xB0] + Array("C\n".utf8)
        #expect(
            try problems(ofBytes: bytes) == ["f.yaml: line 2 has a letter that is not UTF-8; save the file as UTF-8"]
        )
    }

    private func problems(ofBytes bytes: [UInt8]) throws -> [String] {
        let file = FileManager.default.temporaryDirectory.appendingPathComponent("written-\(UUID().uuidString).yaml")
        try Data(bytes).write(to: file)
        defer { try? FileManager.default.removeItem(at: file) }  // a file left over harms nobody
        let log = ProblemLog()
        #expect(Document.mapping(ofFile: file.path, shownAs: "f.yaml", log: log) == nil)
        return log.problems.map(\.description)
    }

    @Test(arguments: [
        ("a:\n\tb: 1\n", "2:1"), ("a:\n  b: 1\n\tc: 2\n", "3:1"), ("a:\n  \tb: 1\n", "2:3"), ("\ta: 1\n", "1:1"),
        ("a:\n  - b: 1\n\t  c: 2\n", "3:1"),
    ])
    func `is told of a tab at its place`(text: String, place: String) {
        #expect(problems(text) == ["f.yaml:\(place): a tab stands here; YAML is indented with spaces only"])
    }

    @Test func `is told to quote a sign that YAML uses itself`() {
        #expect(problems("a: { unit: %, b: 1 }\n").first?.contains("quote it: \"%\"") == true)
        #expect(problems("a: @home\n").first?.contains("quote it: \"@home\"") == true)
    }

    @Test(arguments: [
        ("a: { latitude: -7,85, longitude: 112 }\n", "-7,85", "-7.85"), ("a: { interval: 0,5s }\n", "0,5s", "0.5s"),
        ("a: { latitude: 7,05 }\n", "7,05", "7.05"),
    ])
    func `is told of a decimal comma that began an entry`(text: String, written: String, meant: String) throws {
        let (map, log) = try read(text)
        let inner = try #require(map.required("a")?.mapping())
        _ = inner.optional("latitude")
        _ = inner.optional("longitude")
        _ = inner.optional("interval")
        inner.finish()
        let problem = try #require(log.problems.first)
        #expect(log.problems.count == 1)
        #expect(
            problem.message.description
                == "a comma begins a new entry here; for the number \(written) write \(meant)"
        )
    }

    @Test func `is told of a decimal comma where the names of entries are its own`() throws {
        let (map, log) = try read("mix: { car: 0,25, truck: 0,75 }\n")
        #expect(map.required("mix")?.mapping()?.entries().map(\.name) == ["car", "truck"])
        #expect(log.problems.count == 2)
    }

    @Test(
        arguments: [
            ("[6,5, 8,5]", "[6.5, 8.5]"), ("[-1,5, 2]", "[-1.5, 2]"), ("[0, 8,5]", "[0, 8.5]"), ("[6,5]", nil),
            ("[6, 5, 8, 5]", nil), ("[1,2,3]", nil), ("[1,2,3, 4]", nil), ("[a,b, c]", nil),
        ] as [(String, String?)]
    )
    func `is told of decimal commas in a list`(list: String, meant: String?) throws {
        let (map, log) = try read("a: \(list)\n")
        _ = map.required("a")?.list()
        #expect(log.isEmpty)
        let told = log.advice.map(\.message.description)
        #expect(told.contains { $0.contains(meant ?? "decimals") } == (meant != nil), "\(told)")
    }

    @Test func `is told of a decimal comma in a number`() throws {
        let (map, log) = try read("a: -7,85\nb: 0,5s\nc: 1.234,5\n")
        #expect(map.required("a")?.number() == nil)
        #expect(map.required("b")?.duration(in: .zero ... .seconds(9)) == nil)
        #expect(map.required("c")?.number() == nil)
        #expect(
            log.problems.map(\.message.description) == [
                "expected a number, found \"-7,85\"; the decimal sign is a point: write -7.85",
                "expected a time such as 500ms, 5s, 1min or 2h, found \"0,5s\"; "
                    + "the decimal sign is a point: write 0.5s",
                "expected a number, found \"1.234,5\"",
            ]
        )
    }

    @Test(arguments: [
        ("°C", "Cel"), ("C", "Cel"), ("pH", "[pH]"), ("lpm", "L/min"), ("NTU", "[NTU]"), ("m³/h", "m3/h"),
        ("m3/jam", "m3/h"), ("l/s", "L/s"), ("µS/cm", "uS/cm"), ("mg/l", "mg/L"), ("Liter", "L"),
        ("kendaraan", "{vehicles}"), ("ppm", "[ppm]"),
    ])
    func `may spell a unit as labels do`(unit: String, code: String) throws {
        let (map, log) = try read("unit: \(unit)\n")
        #expect(map.required("unit")?.unit()?.code == code)
        #expect(log.problems.isEmpty)
    }

    @Test(arguments: [
        ("gpm", "write \"[gal_us]/min\""), ("[pH]", "quote"), ("{vehicles}", "quote"), ("furlong", "UCUM codes"),
    ])
    func `is told the code of a unit`(unit: String, remedy: String) throws {
        let (map, log) = try read("unit: \(unit)\n")
        #expect(map.required("unit")?.unit() == nil)
        #expect(log.problems.first?.message.description.contains(remedy) == true, "\(log.problems)")
    }
}

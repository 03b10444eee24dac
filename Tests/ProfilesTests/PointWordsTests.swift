import Documents
import Domain
import Profiles
import Testing

@Suite struct `The words of a point` {
    private static func read(_ point: String) -> (Point?, [String]) {
        let log = ProblemLog()
        let text = """
            profile: meter
            name: Meter
            measures: water
            source: the tests
            modbus: { numbering: from_0, word_order: ABCD }
            points: { p: { \(point) } }
            """
        let profile = Document.mapping(of: text, file: "meter.yaml", log: log).flatMap {
            ProfileReader.read($0, expectedID: "meter", hash: "")
        }
        return (profile?.points.first, log.problems.map(\.message.description))
    }

    @Test func `are one for both languages, or one for each`() {
        let (point, problems) = Self.read(
            "holding: 0, type: uint16, unit: L/s, label: { id: debit, en: discharge }, show: m3/h, "
                + "names: { 0: idle, 0x10: { id: jalan, en: run }, 2: { id: rusak } }"
        )
        #expect(problems == [])
        #expect(point?.words?.label == Label(en: "discharge", id: "debit"))
        #expect(point?.words?.show?.code == "m3/h")
        #expect(
            point?.words?.names == [
                0: Label(en: "idle", id: "idle"), 16: Label(en: "run", id: "jalan"), 2: Label(en: "rusak", id: "rusak"),
            ]
        )
        // A condition says what a number means by the same words.
        #expect(point?.codes[16] == "run")
    }

    @Test func `are none where the profile says none`() {
        #expect(Self.read("holding: 0, type: uint16").0?.words == nil)
    }

    @Test(arguments: [
        ("holding: 0, type: uint16, scale: 0.1, names: { 0: idle }", "take \"scale\" away"),
        ("holding: 0, type: string, registers: 2, names: { 0: idle }", "only a number has names"),
        ("holding: 0, type: uint16, names: { x: idle }", "\"x\" is no whole number"),
        ("holding: 0, type: uint16, show: m3/h", "\"show\" needs \"unit\""),
        ("holding: 0, type: uint16, unit: kg, show: m3/h", "kg cannot be shown in m3/h"),
        ("holding: 0, type: uint16, label: {}", "names no word"),
        ("holding: 0, type: uint16, label: { in: debit }", "unknown key"),
    ]) func `say what is wrong in them`(point: String, message: String) {
        let problems = Self.read(point).1
        #expect(problems.contains { $0.contains(message) }, "\(problems)")
    }

    @Test func `name a whole number of any kind, and no other`() {
        let words = PointWords(label: nil, show: nil, names: [1: Label(en: "run", id: "jalan")])
        let named: [Value] = [
            .integer(1), .unsigned(1), .bool(true), .float32(1), .float64(1), .decimal(DecimalNumber(1)),
        ]
        for value in named { #expect(words?.name(of: value)?.en == "run", "\(value)") }
        for value: Value in [.integer(2), .unsigned(.max), .bool(false), .float32(1.5), .float64(1e300), .string("1")] {
            #expect(words?.name(of: value) == nil, "\(value)")
        }
    }

    @Test func `of a status word are the flags that are set, and the words of its other fields`() {
        let face = PointFace(
            name: "status",
            unit: nil,
            fields: [
                .init(name: "overload", low: 0, high: 0, label: Label(en: "overload", id: "kelebihan beban")),
                .init(name: "zero", low: 1, high: 1), .init(name: "quality", low: 2, high: 3),
                .init(name: "step", low: 4, high: 5, names: [2: Label(en: "run", id: "jalan")]),
            ]
        )
        #expect(face.meanings(of: .unsigned(0b10_1101)).map(\.en) == ["overload", "step: run"])
        #expect(face.meanings(of: .unsigned(0b10_1101)).map(\.id) == ["kelebihan beban", "step: jalan"])
        #expect(face.meanings(of: .unsigned(0b1110)).map(\.en) == ["zero"])
        #expect(face.meanings(of: .unsigned(0)) == [])
    }

    @Test func `show a value in the unit of the display`() {
        let words = PointWords(label: nil, show: Unit("m3/h"), names: [:])
        let face = PointFace(name: "discharge", unit: Unit("L/s"), words: words)
        let shown = face.shown(.decimal(DecimalNumber("10.1737244") ?? .zero))
        #expect(shown.value == .decimal(DecimalNumber("36.62541") ?? .zero))
        #expect(shown.unit?.code == "m3/h")
        #expect(PointFace(name: "discharge", unit: Unit("L/s")).shown(.integer(3)).unit?.code == "L/s")
    }
}

import Documents
import Profiles
import Testing

/// A wrong profile: lines of text in a good one are replaced, and the problems must be reported.
struct Wrong: Sendable, CustomTestStringConvertible {
    var name: String
    var text: String
    var problems: [String]

    var testDescription: String { name }

    static let good = """
        profile: test-meter
        name: Test meter
        measures: water
        source: a manual
        modbus:
          numbering: from_1
          word_order: ABCD
        points:
          flow:
            holding: 1
            type: float32
            unit: m3/h
            publish: L/s
          total:
            holding: 3
            type: uint32
            unit: m3
          status:
            holding: 9
            bits: { ok: 0, step: 8-15 }

        """

    static let message = """
        profile: test-meter
        name: Test scale
        measures: waste
        source: a manual
        mqtt:
          messages:
            sensor:
              topic: tele/{node}/SENSOR
        points:
          weight:
            message: sensor
            path: HX711.WeightRaw
            unit: g

        """

    /// The good profile with one line of text replaced (several by several), and each problem without the file's name.
    init(_ name: String, _ line: String, _ replacement: String, _ problems: String..., of text: String = Self.good) {
        self.name = name
        self.text = text.split(separator: line + "\n", omittingEmptySubsequences: false)
            .joined(separator: replacement + "\n")
        self.problems = problems
        if !text.contains(line + "\n") { self.problems = ["the case's line is not in the text"] }
    }

    /// A separate text.
    init(_ name: String, text: String, _ problems: String...) {
        self.name = name
        self.text = text
        self.problems = problems
    }

    func told() -> [String] {
        let log = ProblemLog()
        if let map = Document.mapping(of: text, file: "test-meter.yaml", log: log) {
            let profile = ProfileReader.read(map, expectedID: "test-meter", hash: map.contentHash)
            if profile != nil, !log.isEmpty { return ["a profile came of it all the same"] }
        }
        return log.problems.map { String($0.description.dropFirst("test-meter.yaml".count)) }
    }
}

@Suite struct WrongProfileTests {
    @Test(arguments: [Wrong.good, Wrong.message]) func theProfileThatTheCasesSpoilIsGood(text: String) throws {
        #expect(Wrong("good", text: text).told() == [])
    }

    @Test(
        arguments: Wrong.top + Wrong.modbus + Wrong.points + Wrong.references + Wrong.mqtt + Wrong.vectors + Wrong.texts
    )
    func aMistakeIsToldWithItsPlaceAndRemedy(wrong: Wrong) {
        #expect(wrong.told() == wrong.problems)
    }

    /// A problem in one file must not hide a circle in the next.
    @Test func aCircleIsFoundEvenAfterAnotherFilesProblem() throws {
        let log = ProblemLog()
        log.add(Problem(file: "earlier.yaml", message: "something else"))
        let text = Wrong.references.first { $0.name == "circle of one" }?.text ?? ""
        let map = try #require(Document.mapping(of: text, file: "test-meter.yaml", log: log))
        #expect(ProfileReader.read(map, expectedID: nil, hash: "") == nil)
        #expect(log.problems.count == 2)
    }
}

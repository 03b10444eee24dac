import Foundation
@testable import Speech
import TestSupport
import Testing

@Suite struct `Everything said to a person` {
    /// Every catalogue; a new one is added here.
    static let catalogues: [any Phrase.Type] = [
        BenchPhrase.self, BrokerPhrase.self, CheckPhrase.self, CommandHelpPhrase.self, DevicePhrase.self,
        DisplayPhrase.self, DoubtPhrase.self, ErrorPhrase.self, ExceptionPhrase.self, ExpectationPhrase.self,
        FaultPhrase.self, FigurePhrase.self, HerePhrase.self, LendingNotice.self, LendingPhrase.self,
        ImportHelpPhrase.self, ImportPhrase.self, InitHelpPhrase.self, InitPhrase.self, SettlePhrase.self,
        LetterHelpPhrase.self, LostUnitPhrase.self, MetricsHelpPhrase.self, OptionHelpPhrase.self, PackPhrase.self,
        ParserPhrase.self, DestinationPhrase.self,
        ProbePhrase.self,
        ProfileHintPhrase.self, QualityPhrase.self, RawReadPhrase.self, ReasonPhrase.self, RecordPhrase.self,
        RefusalPhrase.self, ScanHelpPhrase.self, ScanNotice.self, ScanPhrase.self, SendPhrase.self, SheetPhrase.self,
        StatusPhrase.self,
        TermPhrase.self, StreamPhrase.self, UplinkPhrase.self, UsagePhrase.self, VectorPhrase.self, VerifyPhrase.self,
        CityHelpPhrase.self, CityHTTPPhrase.self, CityPhrase.self, CityReadHelpPhrase.self, FleetPhrase.self,
        DoubtWordPhrase.self, GlancePhrase.self, OperatorPhrase.self,
        PagePhrase.self, PageStartPhrase.self,
        QuestionPhrase.self, WatchPhrase.self,
        WhyPhrase.self,
    ]

    @Test(arguments: catalogues.flatMap(Self.wordings))
    func `is said in both languages, with the same blanks`(_ wording: Wording) {
        #expect(!wording.english.isEmpty)
        #expect(!wording.indonesian.isEmpty)
        #expect(Self.blanks(wording.english) == Self.blanks(wording.indonesian), "\(wording)")
    }

    @Test func `has its blanks filled in the order of the language`() {
        #expect(Sentence(Sample.order, "A", "B").text(in: .en) == "A before B: 5 %")
        #expect(Sentence(Sample.order, "A", "B").text(in: .id) == "B sesudah A: 5 %")
    }

    @Test(
        arguments: [
            (["LC_ALL": "id_ID.UTF-8", "LANG": "C"], Language.id), (["LC_MESSAGES": "id"], .id),
            (["LANG": "id_ID"], .id), (["LC_ALL": "C", "LANG": "id_ID"], .en), (["LC_ALL": "", "LANG": "id_ID"], .id),
            ([:], .en), (["LANG": "fr_FR"], .en),
        ] as [([String: String], Language)]
    )
    func `is in the language of the environment`(_ variables: [String: String], _ language: Language) {
        #expect(Language { variables[$0] } == language)
    }

    @Test(arguments: Set(try FileManager.default.contentsOfDirectory(atPath: Self.folder)))
    func `is in a catalogue that is looked at here`(file: String) throws {
        let text = try String(contentsOfFile: Self.folder + file, encoding: .utf8)
        for match in text.matches(of: /enum (\w+): (?:\w+, )?Phrase\b/) {
            #expect(Self.catalogues.contains { "\($0)" == match.1 }, "\(match.1)")
        }
    }

    private static let folder = Repository.root + "/Sources/Cabinet/Speech/"

    @Test(arguments: [
        (["probe", "--lang", "id"], "C", Language.id), (["check", "--lang=en"], "id_ID.UTF-8", .en),
        (["status"], "id_ID.UTF-8", .id), (["probe", "--lang", "fr"], "C", .en), (["probe", "--lang"], "id_ID", .id),
        (["probe", "--", "--lang", "id"], "C", .en),
    ])
    func `is in the language of the command line before that`(
        _ arguments: [String],
        _ locale: String,
        _ language: Language
    ) {
        #expect(Language(commandLine: arguments) { $0 == "LANG" ? locale : nil } == language)
    }

    @Test func `has the decimal sign of its language in durations and numbers`() {
        #expect(Duration.milliseconds(1_250).spoken(in: .en) == "1.2 s")
        #expect(Duration.milliseconds(1_250).spoken(in: .id) == "1,2 s")
        #expect(Duration.microseconds(400).spoken(in: .id) == "0,4 ms")
        #expect(Language.id.number("6.5") == "6,5")
    }

    @Test(
        arguments: [
            Sentence(RawReadPhrase.statistics, "1", "1", "0", "0"), Sentence(RecordPhrase.communication, "1"),
            Sentence(RecordPhrase.requests, "1", "1", "0", "0", "0", "0", "0"), Sentence(ProbePhrase.strays, "1"),
            Sentence(StatusPhrase.moreFigures, "1"), Sentence(ScanPhrase.topicSummary, "1", "1"),
        ]
    )
    func `reads right where a count is one`(_ sentence: Sentence) {
        let text = sentence.text(in: .en)
        #expect(!text.contains(/\b1 [a-z]+s\b/), "\(text)")
    }

    private enum Sample: Phrase {
        case order
        var wording: Wording { Wording("%1 before %2: 5 %", "%2 sesudah %1: 5 %") }
    }

    static func wordings(_ catalogue: any Phrase.Type) -> [Wording] {
        func all<P: Phrase>(_: P.Type) -> [Wording] { P.allCases.map(\.wording) }
        return all(catalogue)
    }

    private static func blanks(_ text: String) -> Set<Character> {
        Set(zip(text, text.dropFirst()).filter { $0.0 == "%" && $0.1.isNumber }.map(\.1))
    }
}

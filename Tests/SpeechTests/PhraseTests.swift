@testable import Speech
import Testing

@Suite struct `Everything said to a person` {
    /// Every catalogue; a new one is added here.
    static let catalogues: [any Phrase.Type] = [
        BrokerPhrase.self, ExceptionPhrase.self, FaultPhrase.self, ProbePhrase.self, ScanNotice.self, ScanPhrase.self,
        WatchPhrase.self,
        ExpectationPhrase.self, RawReadPhrase.self, RecordPhrase.self, VerifyPhrase.self,
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

    private enum Sample: Phrase {
        case order
        var wording: Wording { Wording("%1 before %2: 5 %", "%2 sesudah %1: 5 %") }
    }

    private static func wordings(_ catalogue: any Phrase.Type) -> [Wording] {
        func all<P: Phrase>(_: P.Type) -> [Wording] { P.allCases.map(\.wording) }
        return all(catalogue)
    }

    private static func blanks(_ text: String) -> Set<Character> {
        Set(zip(text, text.dropFirst()).filter { $0.0 == "%" && $0.1.isNumber }.map(\.1))
    }
}

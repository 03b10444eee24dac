import Documents
import Foundation
import Testing

@Suite struct NearestWordTests {
    static let words = ["holding", "input", "coil", "discrete", "publish", "word_order", "range"]

    @Test(
        arguments: [
            ("holdin", "holding"), ("hodling", "holding"), ("Holding", "holding"), ("imput", "input"), ("cioll", nil),
            ("coli", "coil"), ("wordorder", "word_order"), ("word-order", "word_order"), ("", nil), ("xyz", nil),
            ("publication", nil), ("rang", "range"), ("orange", "range"),
        ] as [(String, String?)]
    )
    func findsTheWordThatWasMeant(word: String, nearest: String?) {
        #expect(NearestWord.to(word, in: Self.words) == nearest)
    }

    @Test func ofTwoEquallyNearTheFirstInTheAlphabetIsMeant() {
        #expect(NearestWord.to("bat", in: ["cat", "bar"]) == "bar")
    }

    @Test func aLongWordIsNotCompared() {
        #expect(NearestWord.to(String(repeating: "a", count: 10_000), in: ["a"]) == nil)
    }

    @Test func ofManyWrongWordsBesideManyRightOnesTheFirstGetAHint() {
        let log = ProblemLog()
        // The words are so long that none of them is near, which is quickly clear.
        let words = ["even"] + (0..<10_000).map { "a-name-of-a-good-length-\($0)" }
        let hints = (0..<100).map { _ in log.hint(for: "evn", in: words) }
        #expect(hints[0].description == "; did you mean \"even\"?")
        #expect(hints.prefix { !$0.isEmpty }.count == hints.count { !$0.isEmpty })
        #expect(hints.last == "")
        #expect(log.hint(for: "evn", in: ["even", "odd"]).description == "; did you mean \"even\"?")
    }

    @Test func theHintNamesTheWholeChoiceWhereItIsShort() {
        #expect(NearestWord.hint(for: "evn", in: ["even", "odd"]).description == "; did you mean \"even\"?")
        #expect(NearestWord.hint(for: "zzzzzz", in: ["odd", "even"]).description == "; known: even, odd")
        #expect(NearestWord.hint(for: "zzzzzz", in: (0..<17).map { "word\($0)" }) == "")
        #expect(NearestWord.hint(for: "zzzzzz", in: [String]()) == "")
    }
}

@Suite struct DocumentTests {
    private func problems(of text: String) -> [String] {
        let log = ProblemLog()
        _ = Document.mapping(of: text, file: "f.yaml", log: log)
        return log.problems.map(\.description)
    }

    @Test(arguments: [
        "a: b & c\n", "a: \"*x\"\n", "a: '*x'\n", "a: 2*3\n", "# &a *b\na: 1\n", "a: x # *note\nb: 2\n",
        "a: it's *fine*\n",
        "a: \"say \\\"*hi*\\\"\"\n", "a: 'it''s *'\n",
    ])
    func anAmpersandOrStarInTextIsNoAlias(text: String) {
        #expect(problems(of: text) == [])
    }

    @Test(arguments: [
        ("a: &x 1\n", 1, 4), ("# note\na: *x\n", 2, 4), ("a: [1, *x]\n", 1, 8), ("a:\n  - *x\n", 2, 5),
        ("a: \"\\\\\"\nb: *x\n", 2, 4), ("a: 'it''s'\nb: *x\n", 2, 4), ("a: 1 # it's\nb: *x\n", 2, 4),
        ("<<: *x\n", 1, 5), ("*x : 1\n", 1, 1),
    ])
    func anAliasIsRefusedAtItsPlace(text: String, line: Int, column: Int) {
        #expect(
            problems(of: text) == [
                "f.yaml:\(line):\(column): YAML anchors and aliases are not supported; "
                    + "write the value out, or quote the text if & or * is meant"
            ]
        )
    }

    /// A file that is there by mistake: a disk image, a photo, a database.
    @Test(
        arguments: [
            ("binary", [0xFF, 0xD8, 0xFF, 0xE0, 0x00, 0x10], "is not a text file (UTF-8); is this the right file?"),
            ("text with NUL", [0x61, 0x3A, 0x20, 0x00, 0x0A], "is not a text file (UTF-8); is this the right file?"),
            (
                "too large", [UInt8](repeating: 0x20, count: 1 << 20 + 1),
                "is larger than 1024 KiB; is this the right file?"
            ),
            ("empty", [], "the file is empty"),
        ] as [(String, [UInt8], String)]
    )
    func aWrongFileIsTold(name: String, bytes: [UInt8], message: String) throws {
        let file = FileManager.default.temporaryDirectory.appendingPathComponent("document-\(UUID().uuidString).yaml")
        try Data(bytes).write(to: file)
        defer { try? FileManager.default.removeItem(at: file) }  // a file left over harms nobody
        let log = ProblemLog()
        #expect(Document.mapping(ofFile: file.path, shownAs: "x.yaml", log: log) == nil)
        #expect(log.problems.map(\.description) == ["x.yaml: \(message)"])
    }

    @Test func aFileThatIsNotThereIsToldWithItsReason() {
        let log = ProblemLog()
        #expect(Document.mapping(ofFile: "/nowhere.yaml", log: log) == nil)
        #expect(log.problems.map(\.description) == ["/nowhere.yaml: cannot be opened: No such file or directory"])
    }

    @Test func aFolderIsNoFile() {
        let log = ProblemLog()
        #expect(Document.mapping(ofFile: "/tmp", log: log) == nil)
        #expect(log.problems.map(\.description) == ["/tmp: cannot be read: Is a directory"])
    }

    @Test func theHashTellsOneTextFromAnother() throws {
        let log = ProblemLog()
        let one = try #require(Document.mapping(of: "a: 1\n", file: "f", log: log))
        let same = try #require(Document.mapping(of: "a: 1\n", file: "g", log: log))
        let other = try #require(Document.mapping(of: "a: 2\n", file: "f", log: log))
        #expect(one.contentHash == same.contentHash)
        #expect(one.contentHash != other.contentHash)
        #expect(one.contentHash.count == 16)
    }

    @Test func theSameProblemIsToldOnce() {
        let log = ProblemLog()
        let problem = Problem(file: "f", line: 1, column: 2, keyPath: "a.b", message: "wrong")
        log.add(problem)
        log.add(problem)
        #expect(log.problems.map(\.description) == ["f:1:2: a.b: wrong"])
    }
}

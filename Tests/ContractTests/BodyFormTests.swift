import Contract
import Domain
import JSON
import Testing

@Suite("A body's form")
struct BodyFormTests {
    private func filled(_ text: String, _ gaps: [Int], _ filling: String) -> String? {
        guard let form = BodyForm(text: Array(text.utf8), gaps: gaps) else { return nil }
        var json = JSONText()
        form.write(filling: Array(filling.utf8), to: &json)
        return String(decoding: json.bytes, as: UTF8.self)
    }

    struct Case: CustomTestStringConvertible, Sendable {
        var testDescription: String
        var text: String
        var gaps: [Int]
        var filling: String
        var filled: String?
    }

    static let cases = [
        Case(testDescription: "a gap within", text: "a=;", gaps: [2], filling: "1\n", filled: "a=1;"),
        Case(testDescription: "gaps at both ends", text: "-", gaps: [0, 1], filling: "1\n2\n", filled: "1-2"),
        Case(testDescription: "two gaps in one place", text: "ab", gaps: [1, 1], filling: "1\n2\n", filled: "a12b"),
        Case(testDescription: "empty pieces", text: "a=;b=.", gaps: [2, 5], filling: "\n\n", filled: "a=;b=."),
        Case(
            testDescription: "more behind the form",
            text: "a=;",
            gaps: [2],
            filling: "1\n,\"m\":2",
            filled: "a=1;,\"m\":2"
        ),
        Case(testDescription: "no gap", text: "a", gaps: [], filling: "b", filled: "ab"),
        Case(testDescription: "a filling too short", text: "a=;b=.", gaps: [2, 5], filling: "1\n", filled: "a=1;b=."),
        Case(testDescription: "a filling cut off", text: "a=;b=.", gaps: [2, 5], filling: "1\n2", filled: "a=1;b=2."),
        Case(testDescription: "gaps that fall", text: "abc", gaps: [2, 1], filling: "", filled: nil),
        Case(testDescription: "a gap outside", text: "abc", gaps: [4], filling: "", filled: nil),
        Case(testDescription: "a gap before", text: "abc", gaps: [-1], filling: "", filled: nil),
    ]

    @Test("is filled piece by piece", arguments: cases)
    func filling(_ example: Case) {
        #expect(filled(example.text, example.gaps, example.filling) == example.filled)
    }

    @Test("has a digest of its text and its gaps")
    func digest() {
        let digests = [("ab", [1]), ("ab", [2]), ("ba", [1]), ("ab", [])].map { text, gaps in
            BodyForm(text: Array(text.utf8), gaps: gaps)?.digest
        }
        #expect(Set(digests).count == 4)
    }
}

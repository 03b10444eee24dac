import Decoding
import Domain
import Testing

@Suite("A document made to keep its reader busy")
struct HostileDocumentTests {
    /// What a peer can build from 256 KiB to keep a reader busy.
    static let hostile: [(name: String, text: String)] = {
        let size = 256 * 1_024
        func fill(_ unit: String, _ open: String, _ close: String) -> String {
            let room = size - open.utf8.count - close.utf8.count - unit.utf8.count
            return open + String(repeating: unit + ",", count: room / (unit.utf8.count + 1)) + unit + close
        }
        func run(_ unit: String, _ open: String, _ close: String) -> String {
            open + String(repeating: unit, count: (size - open.utf8.count - close.utf8.count) / unit.utf8.count) + close
        }
        return [
            ("lists nested as deep as may be", fill(run64("[", "]"), "[", "]")),
            ("lists nested without end", run("[", "", "")),
            ("objects nested", fill(run64(#"{"a":"#, "}", "1"), "[", "]")),
            ("empty objects", fill("{}", "[", "]")),
            ("digits", fill("1", "[", "]")),
            ("powers", fill("1e300", "[", "]")),
            ("long fractions", fill("0.12345678901234567890123e-5", "[", "]")),
            ("one number", run("9", "", "")),
            ("one fraction", run("7", "0.", "")),
            ("zeros", run("0", "0.", "1")),
            ("escapes", run("\\u00e9", "\"", "\"")),
            ("one name again and again", fill(#""a":{"b":1}"#, "{", "}")),
            ("combining marks in a name", run("\u{301}\u{316}", "{\"a", "\":1}")),
            ("combining marks in the wanted text", run("\u{301}\u{316}", "{\"a\":{\"b\":\"a", "\"}}")),
            ("a list where it is wanted", fill(#"{"d":1}"#, #"{"a":{"c":["#, "]}}")),
        ]
    }()

    private static func run64(_ open: String, _ close: String, _ inner: String = "") -> String {
        String(repeating: open, count: 63) + inner + String(repeating: close, count: 63)
    }

    /// In an optimised build each takes a few milliseconds; a busy machine may need longer. Quadratic time would be
    /// minutes.
    @Test(arguments: hostile) func noDocumentKeepsItsReaderBusy(name: String, text: String) throws {
        for type in ["number", "bool", "string"] {
            let profile = try Written.profile(
                """
                profile: written
                name: Written
                measures: traffic
                source: a test
                mqtt: { messages: { m: { topic: t, time: { path: a.b, format: iso8601 } } } }
                points: { p: { message: m, path: a.b, type: \(type) }, q: { message: m, path: "a.c[3].d" } }
                events: { e: { message: m, when: { a.b: [x] }, id: a.b, data: { a: a } } }
                """
            )
            let decoder = PayloadDecoder(profile: profile) { _ in 0 }
            let start = ContinuousClock.now
            _ = decoder.decode(Array(text.utf8), message: 0)
            #expect(ContinuousClock.now - start < .seconds(3), "\(type)")
        }
    }
}

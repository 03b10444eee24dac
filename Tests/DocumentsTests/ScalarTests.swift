import Documents
import Domain
import Testing

/// One value as a person writes it, and the result or the problem.
@Suite struct ScalarTests {
    /// Reads `value: <text>` and returns the result, or the problem's message.
    private func read<T>(_ text: String, _ reader: (DocumentNode) -> T?) -> String {
        let log = ProblemLog()
        let value = Document.mapping(of: "value: \(text)\n", file: "f", log: log)?.required("value").flatMap(reader)
        return value.map { "\($0)" } ?? log.problems.map(\.message.description).joined(separator: "|")
    }

    @Test(arguments: [
        ("500ms", "500ms"), ("5s", "5s"), ("5 s", "5s"), ("1.5s", "1500ms"), ("60s", "1min"), ("90s", "90s"),
        ("1min", "1min"), ("2h", "2h"), ("24h", "1d"), ("7d", "7d"), ("0.5h", "30min"), ("\"5s\"", "5s"),
        ("500", #"expected a time such as 500ms, 5s, 1min or 2h, found "500""#),
        ("5m", #"expected a time such as 500ms, 5s, 1min or 2h, found "5m""#),
        ("-5s", #"expected a time such as 500ms, 5s, 1min or 2h, found "-5s""#),
        ("s", #"expected a time such as 500ms, 5s, 1min or 2h, found "s""#),
        ("1.2.3s", #"expected a time such as 500ms, 5s, 1min or 2h, found "1.2.3s""#),
        ("0.1ms", "0.1ms is outside 1ms to 7d"), ("8d", "8d is outside 1ms to 7d"),
        ("110000d", "110000d is too long a time"),
        ("999999999999999999999d", "999999999999999999999d is too long a time"),
        ("", "has no value; expected a time such as 500ms, 5s, 1min or 2h"),
        ("[5s]", "expected a time such as 500ms, 5s, 1min or 2h, found a list"),
    ])
    func readsTimes(text: String, expected: String) {
        #expect(read(text) { $0.duration(in: .milliseconds(1) ... .seconds(604_800))?.inWords } == expected)
    }

    @Test(arguments: [
        ("512MB", "512000000"), ("2GB", "2000000000"), ("64MiB", "67108864"), ("1 GiB", "1073741824"),
        ("1048576B", "1048576"), ("1500kB", "1500000"), ("1500KB", "1500000"), ("1024KiB", "1048576"),
        ("512", #"expected a size such as 512MB or 2GB, found "512""#),
        ("1.5GB", #"expected a size such as 512MB or 2GB, found "1.5GB""#),
        ("512mb", #"expected a size such as 512MB or 2GB, found "512mb""#),
        ("99999999999999999GB", #"expected a size such as 512MB or 2GB, found "99999999999999999GB""#),
        ("9999999999GB", #"expected a size such as 512MB or 2GB, found "9999999999GB""#),
        ("1kB", "1kB is outside 1MB to 100000MB"), ("101GB", "101GB is outside 1MB to 100000MB"),
    ])
    func readsSizes(text: String, expected: String) {
        #expect(read(text) { $0.size(in: 1_000_000...100_000_000_000) } == expected)
    }

    @Test(arguments: [
        ("12", "12"), ("-3", "-3"), ("0x2500", "9472"), ("0XfF", "255"), ("\"7\"", "7"),
        ("1.5", #"expected a whole number, found "1.5""#), ("1e3", #"expected a whole number, found "1e3""#),
        ("0x", #"expected a whole number, found "0x""#), ("0x-5", #"expected a whole number, found "0x-5""#),
        ("0x10x5", #"expected a whole number, found "0x10x5""#), ("0xG", #"expected a whole number, found "0xG""#),
        ("1_000", #"expected a whole number, found "1_000""#), ("true", #"expected a whole number, found "true""#),
        ("10001", "10001 is outside -10 to 10000"), ("{ a: 1 }", "expected a whole number, found keys with values"),
        ("~", "has no value; expected a whole number"), ("null", "has no value; expected a whole number"),
        ("99999999999999999999", #"expected a whole number, found "99999999999999999999""#),
    ])
    func readsWholeNumbers(text: String, expected: String) {
        #expect(read(text) { $0.integer(in: -10...10_000) } == expected)
    }

    @Test(arguments: [
        ("0.1", "0.1"), ("-1.5e-3", "-0.0015"), ("0x10", "16"), ("1.38", "1.38"), ("12.50", "12.5"),
        ("0,1", #"expected a number, found "0,1"; the decimal sign is a point: write 0.1"#),
        (".inf", #"expected a number, found ".inf""#),
        (".nan", #"expected a number, found ".nan""#),
        ("1e-9223372036854775808", #"expected a number, found "1e-9223372036854775808""#),
    ])
    func readsNumbersExactlyAsWritten(text: String, expected: String) {
        #expect(read(text) { $0.number() } == expected)
    }

    @Test(arguments: [
        ("true", "true"), ("false", "false"), ("yes", #"expected true or false, found "yes""#),
        ("True", #"expected true or false, found "True""#), ("1", #"expected true or false, found "1""#),
    ])
    func readsTrueAndFalse(text: String, expected: String) {
        #expect(read(text) { $0.bool() } == expected)
    }

    @Test(arguments: [
        ("even", "even"), ("evn", #"unknown word "evn"; did you mean "even"?"#),
        ("mark", #"unknown word "mark"; known: even, none, odd"#),
    ])
    func readsWordsOfAClosedSet(text: String, expected: String) {
        #expect(read(text) { $0.word(SerialSettings.Parity.self)?.rawValue } == expected)
    }

    @Test(arguments: [
        ("L/s", "L/s"), ("\"[pH]\"", "[pH]"), ("l/s", "L/s"), ("m³/jam", "m3/h"), ("\"[rpm]\"", "1/min"),
        ("watu", #"unknown unit "watu"; did you mean "W"? (UCUM codes)"#),
        ("mwh", #"unknown unit "mwh", which has more than one meaning; if it is that, write MW.h"#),
        ("furlong", #"unknown unit "furlong" (UCUM codes)"#),
    ])
    func readsUnits(text: String, expected: String) {
        #expect(read(text) { $0.unit()?.code } == expected)
    }

    @Test func emptyTextIsNoText() {
        #expect(read("\"\"") { $0.string() } == "must not be empty")
        #expect(read("\"null\"") { $0.string() } == "null")
    }
}

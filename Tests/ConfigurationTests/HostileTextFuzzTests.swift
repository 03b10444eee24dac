import Configuration
import Documents
import Domain
import Foundation
import Indicators
import Installation
import Platform
import Profiles
import TestSupport
import Testing

/// Texts that nobody wrote on purpose, in place of profiles, configurations and catalogues: reading ends in time, with
/// problems or with a value.
@Suite struct HostileTextFuzzTests {
    private enum Kind: String, CaseIterable {
        case profile, configuration, indicators
    }

    private static let words =
        [
            "&a ", "*a", "<<: *a", "<<: {}", "!!binary ", "!!python/object:os.system ", "!<tag:yaml.org,2002:int> ",
            "!!set ", "? ",
            "- ", ": ", "{", "}", "[", "]", ",", "|\n", ">-\n", "|9\n", "\t", "'", "\"", "\\x00", "\\U0010FFFF", "\\u",
            "%YAML 9.9\n",
            "%TAG ! tag:a,2000:\n", "---\n", "...\n", "#", "@", "`", "\u{0}", "\u{FEFF}", "\u{85}", "\u{2028}", "\r",
            "\u{202E}", "é",
            "~", "null", ".nan", ".inf", "-1", "0", "1e400", "1e-400", "1e999999999999999999999",
            "999999999999999999999",
            "0x7fffffffffffffff", "0x", "0xffffffffffffffffff", "-0x1", "9223372036854775807", "18446744073709551616",
            "0s",
            "1000000000000h", "9e12ms", "٣s", "99999999999999999999MB", "9999-99-99", "2026-02-30", "uint64", "CDAB",
            "holding: 65535",
            "input: -1", "bits: 0", "bits: 64", "scale: 0", "scale: 1e-300", "decimals: 400", "decimals: -400",
            "interval: 10ms",
            "unit: 256", "max_rate: 0", "max_length: 0", "count: 0", "range: [1, 0]", "range: []", "path: \"a..b[\"",
            "topic: \"#\"",
            "timezone: Mars/North", "timezone: \"\"", "mqtt://", "mqtt://[::", "tcp: \":\"",
            "tcp: a:99999999999999999999",
        ].map { Array($0.utf8) } + [[0xFF, 0xFE], [0xC0, 0x80], [0xED, 0xA0, 0x80], [0xF8, 0x88, 0x80, 0x80, 0x80]]

    private static func texts(_ folder: String, _ suffix: String) throws -> [[UInt8]] {
        try Folder.files(in: folder).filter { $0.hasSuffix(suffix) }.map {
            Array(try Data(contentsOf: URL(fileURLWithPath: "\(folder)/\($0)")))
        }
    }

    @Test func `mutations of what is shipped`() throws {
        let folder = try ScratchFolder()
        let seeds: [Kind: [[UInt8]]] = [
            .profile: try Self.texts(Repository.devices, ".yaml"),
            .configuration: try Self.texts(Repository.root + "/config", "gateway.yaml")
                + [Array(Wrong.good.utf8), try Self.texts(Repository.root + "/config", "demo.yaml")[0]],
            .indicators: try Self.texts(Repository.root + "/config", "indicators.yaml"),
        ]
        for var chance in FuzzRounds("YAML texts", 40) {
            let kind = chance.one(of: Kind.allCases + [.profile, .configuration])
            let seed = chance.one(of: try #require(seeds[kind]))
            let text = chance.isLucky(oneIn: 2) ? chance.bent(seed, with: Self.words) : Self.shuffled(seed, &chance)
            expectAnEnd(of: text, as: kind, in: folder)
        }
    }

    /// The text with lines removed, doubled, indented differently, or changed.
    private static func shuffled(_ text: [UInt8], _ chance: inout SeededChance) -> [UInt8] {
        var lines = text.split(separator: 10, omittingEmptySubsequences: false).map { Array($0) }
        for _ in 0...chance.next(in: 0..<5) where lines.count > 1 {
            let index = chance.next(in: 0..<lines.count)
            let colon = lines[index].firstIndex(of: UInt8(ascii: ":"))
            switch chance.next(in: 0..<5) {
            case 0: lines.remove(at: index)
            case 1: lines.insert(chance.one(of: lines), at: index)
            case 2:
                let words = lines[index].drop { $0 == 32 }
                lines[index] = [UInt8](repeating: 32, count: chance.next(in: 0..<8)) + words
            case 3 where colon != nil: lines[index] = lines[index][...(colon ?? 0)] + [32] + chance.one(of: words)
            default:
                let words = lines[index].split(separator: 32).map { Array($0) } + [chance.one(of: words)]
                lines[index] = Array(words.shuffled(using: &chance).joined(separator: [32]))
            }
        }
        return Array(lines.joined(separator: [10]))
    }

    /// The largest size that is read; in a short run an eighth of it.
    private static let size = (Document.maximumBytes - 1_000) / (getenv("FUZZ_SECONDS") == nil ? 8 : 1)

    private static func filled(_ head: String, _ piece: String, _ tail: String = "", _ count: Int? = nil) -> [UInt8] {
        let count = count ?? (size - head.utf8.count - tail.utf8.count) / piece.utf8.count
        return Array(head.utf8) + Array(repeating: Array(piece.utf8), count: count).joined() + Array(tail.utf8)
    }

    private static func numbered(_ head: String, _ count: Int, _ line: (Int) -> String) -> [UInt8] {
        Array((head + (0..<count).map(line).joined()).utf8.prefix(size))
    }

    private static let large: [(name: String, text: [UInt8])] = [
        ("lists nested to the end", filled("gateway: ", "[")),
        ("mappings nested to the end", filled("gateway: ", "{a: ")),
        ("lists nested in flow and closed", filled("gateway: ", "[", String(repeating: "]", count: 900), 900)),
        ("lists nested in lines", filled("gateway:\n  ", "- ")),
        ("keys nested in lines", filled("gateway:\n  ", "? ")),
        ("mappings nested by indentation", numbered("", 1_400) { String(repeating: " ", count: $0) + "a:\n" }),
        ("brackets closed only", filled("gateway: ", "]")),
        ("a huge text", filled("gateway: ", "a")), ("a huge text in quotes", filled("gateway: \"", "a", "\"")),
        ("a huge name", filled("", "a", ": 1")), ("a huge number", filled("gateway: ", "9")),
        ("a huge fraction", filled("gateway: 0.", "9")), ("a huge time", filled("interval: ", "9", "s")),
        ("a huge block text", filled("gateway: |\n", "  a\n")),
        ("escapes only", filled("gateway: \"", "\\n", "\"")),
        ("a long list", filled("gateway: [", "a,", "]")), ("a long list of lists", filled("gateway: [", "[],", "]")),
        ("a long list of mappings", filled("gateway: [", "{a: b},", "]")),
        ("a long list in lines", filled("gateway:\n", "- a\n")),
        ("many keys", numbered("", 2_000) { "k\($0): 1\n" }),
        ("many names of a mapping", numbered("gateway:\n", 70_000) { "  k\($0): 1\n" }),
        ("many keys in flow", numbered("gateway: {", 70_000) { "k\($0): 1, " } + Array("}".utf8)),
        ("one key many times", filled("", "gateway: a\n")),
        ("many sites that are wrong", numbered("sites:\n", 2_000) { "  s\($0): 1\n" }),
        ("many points that are wrong", numbered("profile: a\npoints:\n", 2_000) { "  p\($0): 1\n" }),
        ("many indicators that are wrong", numbered("indicators:\n", 1_000) { "  i\($0): 1\n" }),
        ("many tags", filled("gateway: [", "!a b, ", "]")), ("a huge tag", filled("gateway: !", "a", " b")),
        ("many documents", filled("", "---\na: b\n")),
        ("many directives", numbered("", 40_000) { "%TAG !a\($0)! b:\n" }),
        ("comments only", filled("", "# a\n")), ("newlines only", filled("", "\n")), ("blanks only", filled("", " ")),
        ("tabs only", filled("gateway:", "\t")), ("NUL only", filled("", "\0")), ("anchors only", filled("", "&a ")),
        ("byte order marks only", filled("", "\u{FEFF}")), ("quotes only", filled("", "'")),
        ("question marks only", filled("", "? a\n")), ("carriage returns only", filled("gateway: a", "\r")),
        ("colons only", filled("", ":")), ("dashes only", filled("", "-")), ("merge keys only", filled("", "<<: {}\n")),
    ]

    @Test(arguments: large.map(\.name)) func `texts as large as may be`(name: String) throws {
        let folder = try ScratchFolder()
        let text = try #require(Self.large.first { $0.name == name }).text
        for kind in Kind.allCases { expectAnEnd(of: text, as: kind, in: folder) }
    }

    private func expectAnEnd(of text: [UInt8], as kind: Kind, in folder: ScratchFolder) {
        let path = folder.path + "/text.yaml"
        let log = ProblemLog()
        #expect(throws: Never.self) { try Data(text).write(to: URL(fileURLWithPath: path)) }
        let began = SystemClock().uptime()
        let hasValue =
            switch kind {
            case .profile:
                Document.mapping(ofFile: path, log: log)
                    .flatMap { ProfileReader.read($0, expectedID: nil, hash: $0.contentHash) } != nil
            case .configuration: ConfigurationReader.read(file: path, catalogue: Shipped.catalogue, log: log) != nil
            case .indicators: IndicatorCatalogue.read(file: path, log: log) != nil
            }
        let took = SystemClock().uptime() - began
        let words = log.problems.map(\.description)
        #expect(hasValue || !words.isEmpty)
        // Unoptimised and beside other tests: work without a bound takes minutes.
        #expect(took < .seconds(20), "as \(kind): \(took)")
        if took > .seconds(1), getenv("FUZZ_TRACE") != nil { print("as \(kind): \(took), \(words.count) problems") }
    }
}

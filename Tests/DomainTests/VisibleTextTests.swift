import Domain
import Foundation
import JSON
import Testing

@Suite struct VisibleTextTests {
    /// Text that a terminal would execute or hide.
    static let hostile: [(String, String)] = [
        ("\u{1B}[2J", "\\u{1B}[2J"), ("\u{1B}]0;title\u{7}", "\\u{1B}]0;title\\u{7}"), ("\u{9B}31m", "\\u{9B}31m"),
        ("a\u{0}b", "a\\u{0}b"), ("a\nb", "a\\u{A}b"), ("a\r\nb", "a\\u{D}\\u{A}b"), ("a\tb", "a\\u{9}b"),
        ("\u{7F}", "\\u{7F}"), ("\u{85}", "\\u{85}"), ("\u{2028}\u{2029}", "\\u{2028}\\u{2029}"),
        ("\u{202E}gpj.exe", "\\u{202E}gpj.exe"), ("\u{2066}x\u{2069}", "\\u{2066}x\\u{2069}"),
        ("\u{200E}\u{200F}\u{61C}", "\\u{200E}\\u{200F}\\u{61C}"), ("ad\u{200B}min", "ad\\u{200B}min"),
        ("a\u{200D}b", "a\\u{200D}b"), ("\u{FEFF}a", "\\u{FEFF}a"), ("a\u{AD}b", "a\\u{AD}b"),
        ("\u{E0041}", "\\u{E0041}"), ("\u{3164}", "\\u{3164}"), ("\u{FE0F}", "\\u{FE0F}"),
        ("\\u{1B}", "\\u{5C}u{1B}"), ("\\\u{1B}", "\\\\u{1B}"),
    ]

    @Test(arguments: hostile) func whatIsNotSeenIsMadeVisible(text: String, shown: String) {
        #expect(text.visible == shown)
    }

    @Test(arguments: ["Sumber Soyo", "jalan C:\\users", "قطر الأمطار", "ꦗꦮ ꦲꦏ꧀ꦱꦫ", "温度 25 °C", "é ñ ́ ✓ 🚰", ""])
    func lettersOfEveryScriptStayAsTheyAre(text: String) { #expect(text.visible == text) }

    @Test(arguments: hostile) func inJSONItIsEscapedAndMeansTheSame(text: String, shown: String) throws {
        var json = JSONText()
        json.object([("k", .string(text))])
        let line = JSONText.visible(String(decoding: json.bytes, as: UTF8.self))
        #expect(line.unicodeScalars.allSatisfy { $0.value >= 0x20 && $0.properties.generalCategory != .format })
        let back = try JSONDecoder().decode([String: String].self, from: Data(line.utf8))
        #expect(back == ["k": text])
    }

    @Test(arguments: [("abc", 3), ("温度", 4), ("e\u{301}", 1), ("🚰", 2), ("قطر", 3), ("ｱ", 1)])
    func columnsAreThoseOfATerminal(text: String, columns: Int) { #expect(text.columns == columns) }
}

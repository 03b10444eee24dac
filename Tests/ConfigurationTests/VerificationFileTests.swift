import Configuration
import Documents
import Installation
import Testing

@Suite struct VerificationFileTests {
    /// A file that cannot be read would prevent the gateway's next start.
    @Test(arguments: [
        "Dewi", "a \"b\" \\ c", "x\u{9B}31m\u{7F}\u{85}", "\u{1B}[2J\n", "a\u{FEFF}\u{202E}\u{E0041}🚰", "ꦗꦮ",
    ])
    func saysWhoVouchesWhateverTheNameHolds(name: String) {
        let file = VerificationFile(
            by: name,
            on: "2026-10-03",
            profileHash: "h",
            serial: name,
            record: "/tmp/r.json",
            recordHash: "r"
        )
        let log = ProblemLog()
        let map = Document.mapping(of: file.text, file: "v.yaml", log: log)
        #expect(log.problems == [])
        #expect(map?.optional("by")?.string() == name)
        #expect(map?.optional("serial")?.string() == name)
    }
}

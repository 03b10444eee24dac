import TestSupport
import Testing

extension Commands {
    /// `--lang`, otherwise the environment: one rule for everything that a person reads.
    @Suite struct `Every command speaks the language asked for` {
        private let desk: Desk

        init() throws {
            desk = try Desk()
            try desk.configure()
        }

        private static let said: [(arguments: [String], english: String, indonesian: String)] = [
            (["check"], "all well", "semua baik"),
            (["check"], "not verified, so counted", "belum diverifikasi, jadi tidak dihitung"),
            (["status"], "no gateway runs here", "tidak ada gateway yang berjalan"),
            (["probe"], "1 with a fault", "1 bermasalah"),
            (
                ["probe", "flw"], "no device is named \"flw\"; did you mean",
                "tidak ada perangkat bernama \"flw\"; maksudnya"
            ),
            (["probe", "--watch", "90000"], "--watch is 0 to 86400 s", "--watch antara 0 dan 86400 s"),
            (["probe", "--tcp", "h", "--serial", "s", "--scan"], "not both", "jangan keduanya"),
            (["verify", "flow", "--by", " ", "--record", "r"], "--by is a name", "--by harus berisi nama"),
            (["verify", "flow", "--by", "B", "--record", "/no/r"], "cannot be read", "tidak bisa dibaca"),
            (
                ["indicators", "recompute", "--from", "2026-01-02", "--to", "2026-01-01", "--reason", "r"],
                "--from is after --to", "--from lebih lambat"
            ),
            (
                ["indicators", "recompute", "--from", "2026-01-01", "--to", "2026-01-01", "--reason", "r"],
                "recompute needs a running gateway", "recompute memerlukan gateway yang berjalan"
            ),
        ]

        @Test(arguments: said.indices) func `by option and by environment`(index: Int) throws {
            let (arguments, english, indonesian) = Self.said[index]
            #expect(try text(arguments, "LANG=C").contains(english))
            #expect(try text(arguments, "LANG=id_ID.UTF-8").contains(indonesian))
            #expect(try text(arguments + ["--lang", "id"], "LANG=C").contains(indonesian))
            #expect(try text(arguments + ["--lang=en"], "LC_MESSAGES=id_ID.UTF-8").contains(english))
        }

        /// A default stood twice where both the sentence and the option had it.
        @Test(arguments: ["en", "id"]) func `and says a default once`(_ language: String) throws {
            let help = try ChildProcess.run(GatewayProgram.path, ["init", "--help", "--lang", language]).lines
            let words = help.joined(separator: " ").split(separator: " ").joined(separator: " ")
            #expect(words.contains("/etc/gateway/gateway.yaml)"))
            #expect(words.firstMatch(of: /\((?:default|bawaan): [^)]*\) \((?:default|bawaan):/) == nil, "\(words)")
        }

        private func text(_ arguments: [String], _ variable: String) throws -> String {
            let profiles = arguments[0] == "status" ? [] : ["--profiles", desk.folder + "/profiles"]
            let command = [GatewayProgram.path] + arguments + ["--config", desk.configuration] + profiles
            let clean = ["-u", "LC_ALL", "-u", "LC_MESSAGES", "-u", "LANG", variable]
            return try ChildProcess.run("/usr/bin/env", clean + command).lines.joined(separator: "\n")
        }
    }
}

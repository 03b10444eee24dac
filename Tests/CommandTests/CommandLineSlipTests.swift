import TestSupport
import Testing

extension Commands {
    /// A misspelt command or option is told as that, whatever else is wrong, in the language of the user.
    @Suite struct `A slip in a command line` {
        private func text(_ arguments: [String]) throws -> (status: Int32, text: String) {
            let (status, lines) = try ChildProcess.run(
                "/usr/bin/env",
                ["-u", "LC_ALL", "-u", "LC_MESSAGES", "LANG=C", GatewayProgram.path] + arguments
            )
            return (status, lines.joined(separator: "\n"))
        }

        @Test(arguments: [
            (["statsu"], "no command is named \"statsu\"; did you mean \"status\"?"),
            (["indicators", "shwo"], "no command is named \"shwo\"; did you mean \"show\"?"),
            (
                ["probe", "--serial", "/dev/x", "--boud", "9600"],
                "no option is named \"--boud\"; did you mean \"--baud\"?"
            ),
            (["probe", "--unit", "abc", "--boud=9600"], "did you mean \"--baud\"?"),
            (["probe", "--serial", "--boud", "9600"], "did you mean \"--baud\"?"),
            (["check", "--cnfig", "x", "surplus"], "did you mean \"--config\"?"),
            (["status", "--whatever"], "no option is named \"--whatever\""),
            (["check", "-config", "x"], "no option is named \"-config\"; did you mean \"--config\"?"),
            (["probe", "-serial", "/dev/x"], "did you mean \"--serial\"?"),
            (["--config", "x", "check"], "--config: the command comes first, such as gateway check --config"),
        ])
        func `is told before anything else`(arguments: [String], words: String) throws {
            let (status, said) = try text(arguments)
            #expect(status == 2)
            #expect(said.split(separator: "\n").first?.contains(words) == true, "\(said)")
        }

        @Test(arguments: [
            (["check", "surplus"], "Kesalahan: Argumen 'surplus' tidak dipakai di sini"),
            (["statsu"], "tidak ada perintah bernama \"statsu\"; maksudnya \"status\"?"),
            (["check", "--config"], "Nilai untuk '--config <config>' belum diisi"),
            (["probe", "--unit", "abc"], "Nilai 'abc' tidak cocok untuk '--unit <unit>'"),
            (["verify"], "belum diisi"), (["run", "surplus"], "tidak dipakai"),
            (["simulate", "--speed", "fast"], "tidak cocok"), (["replay"], "belum diisi"),
            (["profiles", "show"], "belum diisi"),
        ])
        func `is told in Indonesian`(arguments: [String], words: String) throws {
            let (_, said) = try text(arguments + ["--lang", "id"])
            #expect(said.contains(words), "\(said)")
            #expect(!said.contains("Error") && !said.contains("Usage") && !said.contains("See '"), "\(said)")
        }

        @Test(arguments: ["run", "check", "status", "probe", "verify", "indicators", "profiles", "simulate", "replay"])
        func `is helped in Indonesian`(command: String) throws {
            let (status, lines) = try ChildProcess.run(
                "/usr/bin/env",
                ["LC_ALL=id_ID.UTF-8", GatewayProgram.path, command, "--help"]
            )
            let said = lines.joined(separator: "\n")
            #expect(status == 0)
            #expect(said.hasPrefix("RINGKASAN: ") && said.contains("Menampilkan bantuan."), "\(said)")
            for word in [" the ", "OPTIONS:", "USAGE:", " which "] { #expect(!said.contains(word), "\(said)") }
        }

        @Test func `of a manual's number for mbpoll's -r names the register`() throws {
            let (_, said) = try text(["probe", "-m", "tcp", "-p", "1", "-r", "40001", "-1", "127.0.0.1"])
            #expect(said.contains("if it means holding 1, counted from 1, write -r 1"), "\(said)")
            let (status, beyond) = try text(["probe", "-m", "tcp", "-r", "400010", "-1", "127.0.0.1"])
            #expect(status == 2)
            #expect(beyond.contains("if it means holding 10, counted from 1, write -r 10"), "\(beyond)")
        }
    }
}

import Foundation
import TestSupport
import Testing

extension Commands {
    @Suite struct `The probe's command line` {
        private let desk: Desk

        init() throws {
            desk = try Desk()
        }

        @Test(
            arguments: [
                (["--mqtt", "b"], "--mqtt BROKER goes with --scan"),
                (["--serial", "/dev/no-such"], "go with --profile"),
                (["--scan", "--serial", "/dev/a", "--tcp", "b"], "not both"),
                (["--scan", "--serial", "/dev/a", "--baud", "9601"], "--baud cannot be \"9601\""),
                (["--scan", "--serial", "/dev/a", "--parity", "mark"], "--parity cannot be \"mark\""),
                (["--scan", "--serial", "/dev/a", "--units", "0-3"], "--units is like"),
                (["--scan", "--serial", "/dev/a", "--units", "9-3"], "--units is like"),
                (["--scan", "--serial", "/dev/a", "--reply-time", "1"], "--reply-time is 20 to 10000"),
                (["--profile", "meter", "--tcp", "host:0"], "--tcp is HOST or HOST:PORT"),
                (["--profile", "meter", "--serial", "/dev/a", "--unit", "0"], "--unit is 1 to 255"),
                (["--profile", "meter", "--serial", "/dev/a", "--baud", "9600,19200"], "several only with --scan"),
                (["--profile", "meter"], "name the line"),
                (["--profile", "metre", "--tcp", "a"], "did you mean \"meter\"?"),
                (["--profile", "meter", "flow"], "not both"), (["--watch", "100000"], "--watch is 0 to 86400"),
                (["flaw"], "no device is named \"flaw\"; did you mean \"flow\"?"), (["--lang", "fr"], "lang"),
            ] as [([String], String)]
        )
        func `says what is wrong with it and ends with 2`(_ arguments: [String], _ words: String) throws {
            try desk.configure()
            let options = ["--config", desk.configuration, "--profiles", desk.folder + "/profiles"]
            let (status, lines) = try ChildProcess.run(GatewayProgram.path, ["probe"] + options + arguments)
            let text = lines.joined(separator: "\n")
            #expect(status == 2, "\(text)")
            #expect(text.contains(words), "\(text)")
        }

        @Test(arguments: [("en", "1 device: 0 ok, 1 with a fault"), ("id", "1 perangkat: 0 baik, 1 bermasalah")])
        func `speaks the language asked for, in 80 columns and without colours elsewhere than on a terminal`(
            _ language: String,
            _ summary: String
        ) throws {
            try desk.configure()
            let (status, text) = try desk.gateway("probe", "--lang", language)
            #expect(status == 1)
            #expect(text.contains("port_missing"))
            #expect(text.contains(summary))
            #expect(!text.contains("\u{1B}"))
            #expect(text.split(separator: "\n").allSatisfy { $0.count <= 80 }, "\(text)")
        }

        @Test func `leaves a summary when it is interrupted`() throws {
            let asked = DispatchSemaphore(value: 0)
            let peer = ScriptedPeer(tcp: { _, _ in
                asked.signal()
                return []
            })
            defer { peer.stop() }
            try desk.configure(
                buses: "  line: { tcp: \"127.0.0.1:\(peer.port)\" }",
                devices: """
                      one: { profile: meter, bus: line, unit: 1, site: pond, interval: 1s }
                      two: { profile: meter, bus: line, unit: 2, site: pond, interval: 1s }
                    """
            )
            let child = try ChildProcess(
                GatewayProgram.path,
                ["probe", "--config", desk.configuration, "--profiles", desk.folder + "/profiles", "--lang", "en"]
            )
            #expect(asked.wait(timeout: .now() + 20) == .success)
            child.signal(SIGINT)
            #expect(child.line(with: "interrupted") != nil, "\(child.lines)")
            #expect(child.exitStatus() == 1)
        }
    }
}

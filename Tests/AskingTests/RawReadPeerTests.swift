import Domain
import Foundation
import TestSupport
import Testing

/// Compares mbpoll, a program of other authors, with `gateway probe` in its letters: both read one pymodbus server.
@Suite(.serialized) struct `Raw reads beside mbpoll` {
    /// The words of the TUF-2000F manual, a LONG, the frame of the pH probe's manual, letters, negative numbers.
    private static let memory = """
        {"holding": {"0": [32875, 16914, 57920, 1, 250, 700, 6, 65522, 20565, 19792, 49088, 0, 1, 34464, 52719, 35243]},
         "input": {"0": [65535, 65534, 16840, 0, 0, 16840]},
         "coil": {"0": [true, false, true, true, false, false, true, false, \
        false, true, true, true, true, false, false, true]},
         "discrete": {"0": [false, true, true, false, false, true, false, false, \
        true, false, true, true, false, false, true, true]}}
        """

    private static let reads: [[String]] = [
        ["-t", "4", "-r", "1", "-c", "16"], ["-t", "4:int16", "-c", "16"], ["-t", "4:hex", "-c", "16"],
        ["-t", "4:int", "-c", "8"], ["-t", "4:int", "-c", "8", "-B"], ["-t", "4:float", "-c", "8"],
        ["-t4:float", "-c8", "-B"], ["-t", "4:float", "-r", "2", "-c", "3"], ["-t", "3", "-c", "6"],
        ["-t", "3:int", "-c", "3"], ["-t", "3:float", "-c", "3", "-B"], ["-t", "4:int", "-0", "-r", "2", "-c", "1"],
        ["-t", "4", "-0"], ["-t", "0", "-c", "16"], ["-t", "1", "-r", "3", "-c", "9"], [],
    ]

    @Test(.enabled(if: FileManager.default.fileExists(atPath: "/usr/bin/mbpoll"), "apt install mbpoll"))
    func `bring the same values for the same letters`() throws {
        let tcp = try PythonPeer("modbus_memory_server.py", arguments: ["tcp", Self.memory])
        for letters in Self.reads {
            let arguments = ["-m", "tcp", "-p", tcp.ready, "-1"] + letters + ["127.0.0.1"]
            try compare(arguments, letters)
        }
        let rtu = try PythonPeer("modbus_memory_server.py", arguments: ["rtu", Self.memory])
        for letters in Self.reads.prefix(7) {
            // A pty has no parity: neither end refuses mbpoll's own default, even, but the pty does not keep it.
            try compare(["-m", "rtu", "-b", "9600", "-P", "none", "-1"] + letters + [rtu.ready], letters)
        }
    }

    private func compare(_ arguments: [String], _ letters: [String]) throws {
        // mbpoll 1.0 of Debian 12 has no int16, but prints the signed number in brackets after the unsigned one.
        let signed = letters.contains("4:int16")
        let theirs = try ChildProcess.run("/usr/bin/mbpoll", arguments.map { $0 == "4:int16" ? "4" : $0 })
        #expect(theirs.status == 0, "\(theirs.lines)")
        let ours = try ChildProcess.run(GatewayProgram.path, ["probe", "--json"] + arguments)
        #expect(ours.status == 0, "\(ours.lines)")
        let values = theirs.lines.compactMap { line in
            line.wholeMatch(of: /\[(\d+)\]:\s+(\S+)(?: \((-\d+)\))?/).map { match in
                (String(match.1), String(signed ? match.3 ?? match.2 : match.2))
            }
        }
        #expect(!values.isEmpty)
        guard case .array(let registers) = JSONNode(text: ours.lines.joined())["registers"] else {
            Issue.record("\(ours.lines)")
            return
        }
        let found = registers.compactMap { register in register["value"].string.map { (register, $0) } }
        #expect(found.count == values.count, "\(letters)")
        for ((number, value), (register, own)) in zip(values, found) {
            let counted = letters.contains("-0") ? register["address"] : register["number"]
            #expect(counted.integer.map(String.init) == number, "\(letters)")
            if letters.contains(where: { $0.contains("float") }) {
                // mbpoll prints six digits (%g), and a NaN's sign.
                let printed = Float(own).map { String(format: "%g", $0) }
                #expect(printed == value.replacing("-nan", with: "nan"), "\(letters) at \(number)")
            } else {
                #expect(own == value, "\(letters) at \(number)")
            }
        }
    }

    @Test(arguments: [
        (["-m", "tcp", "127.0.0.1", "5"], "nothing to write"), (["-a", "1"], "device file or a host"),
        (["-t", "5", "host"], "-t 5"), (["-c", "126", "host"], "-c is"), (["-a", "300", "host"], "-a 300"),
        (["-r", "0", "host"], "-r 0"), (["-l", "5", "host"], "-l is"), (["-b", "12345", "/dev/ttyS0"], "-b is"),
    ])
    func `refuse wrong letters with exit 2`(arguments: [String], words: String) throws {
        let (status, lines) = try ChildProcess.run(GatewayProgram.path, ["probe"] + arguments)
        #expect(status == 2)
        #expect(lines.joined(separator: "\n").contains(words), "\(lines)")
    }

    @Test func `say what is wrong and exit 1 when nobody answers`() throws {
        let port = try freePort()
        for (language, words) in [("en", "failed: 1"), ("id", "gagal: 1")] {
            let (status, lines) = try ChildProcess.run(
                GatewayProgram.path,
                ["probe", "-1", "-p", "\(port)", "127.0.0.1", "--lang", language]
            )
            #expect(status == 1)
            let text = lines.joined(separator: "\n")
            #expect(text.contains("tcp_refused: ") && text.contains(words), "\(text)")
        }
    }
}

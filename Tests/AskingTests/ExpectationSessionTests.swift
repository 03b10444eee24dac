import Asking
import Diagnosing
import Domain
import Foundation
import Modbus
import Profiles
import Speech
import Testing
import TestSupport

@Suite struct `Where a search looks` {
    @Test func `two registers to either side, in both tables, and never what is to be avoided`() {
        let scope = ExpectationScope(around: [1..<3, 40..<41], avoid: [4...4])
        #expect(
            scope.ranges == [
                RegisterRange(.holding, start: 0, count: 4), RegisterRange(.holding, start: 38, count: 5),
                RegisterRange(.input, start: 0, count: 4), RegisterRange(.input, start: 38, count: 5),
            ]
        )
        #expect(scope.meant == [1, 40])
        let said = ExpectationScope(ranges: [RegisterRange(.holding, start: 0, count: 10)]).sparing([4...5])
        #expect(
            said.ranges == [RegisterRange(.holding, start: 0, count: 4), RegisterRange(.holding, start: 6, count: 4)]
        )
    }

    @Test func `around every point of a profile`() throws {
        let scope = ExpectationScope(
            profile: try profile(
                """
                modbus: { numbering: from_1, word_order: CDAB, avoid: [11] }
                points:
                  level: { holding: 5, type: float32 }
                  pump: { coil: 1 }
                """
            )
        )
        // The manual's 5 and 6 are 4 and 5 on the wire, the 11 to avoid is 10.
        #expect(scope.ranges.first == RegisterRange(.holding, start: 2, count: 6))
        #expect(scope.ranges.count == 2)
    }

    @Test(arguments: ["holding:0-99", "input:7", "holding:65535"])
    func `in a range that is written so`(text: String) { #expect(ExpectationScope.range(text) != nil) }

    @Test(arguments: ["0-99", "coil:0-9", "holding:", "holding:9-3", "holding:0-65536", "holding:a"])
    func `in no range that is written otherwise`(text: String) { #expect(ExpectationScope.range(text) == nil) }
}

@Suite(.serialized) struct `Finding what a device shows` {
    /// The words of the TUF-2000F manual at addresses far from 0, between addresses that pymodbus refuses.
    @Test func `finds its way around registers that are not there`() throws {
        let memory = #"{"holding": {"3": [7], "40": [32875, 16914, 1]}, "input": {"60": [3663]}}"#
        let server = try PythonPeer("modbus_memory_server.py", arguments: ["tcp", memory])
        let (status, lines) = try ChildProcess.run(
            GatewayProgram.path,
            ["probe", "--expect", "36.63", "--tcp", "127.0.0.1:\(server.ready)", "--json"]
        )
        #expect(status == 0)
        let hits = lines.map { JSONNode(text: $0) }
        #expect(hits.map { $0["address"].integer } == [40, 60], "\(lines)")
        #expect(hits.map { $0["type"].string } == ["float32", "uint16"])
        #expect(hits.map { $0["scale"].double } == [1, 0.01])
        #expect(hits[0]["word_order"] == "CDAB")
        #expect(hits[0]["lines"].string?.contains("word_order: CDAB") == true)
    }

    /// Three registers show 12.34 at first; two move, one of them with the display.
    private func peer() -> ScriptedPeer {
        let reads: [[UInt16]] = [[1234, 1234, 1234], [1250, 1234, 1300], [1260, 1234, 1300]]
        return ScriptedPeer(tcp: { number, request in
            let start = Int(request[9])
            let count = Int(request[11])
            guard request[7] == 3, start + count <= 3 else {
                return [.send(ModbusFrames.tcp(to: request, [1, request[7] | 0x80, 2]))]
            }
            let words = reads[min(number, 2)][start..<start + count]
            let bytes = words.flatMap { [UInt8($0 >> 8), UInt8($0 & 0xFF)] }
            return [.send(ModbusFrames.tcp(to: request, [1, 3, UInt8(bytes.count)] + bytes))]
        })
    }

    private static let text = ExpectationText(style: TextStyle(language: .en), profile: nil)

    private func session(_ peer: ScriptedPeer, told: @escaping (String) -> Void) throws -> ExpectationSession {
        ExpectationSession(
            .init(
                unit: UnitID(1),
                scope: ExpectationScope(ranges: [RegisterRange(.holding, start: 0, count: 3)]),
                timing: .init(replyTime: .seconds(2), worstReply: .milliseconds(100))
            ),
            display: try DisplayValue("12.34"),
            bus: OwnBus(endpoint: .modbusTCP(host: "127.0.0.1", port: peer.port), time: clock),
            stop: StopFlag(),
            time: clock,
            tell: { news in for line in Self.text.lines(news) { told(line.plain) } }
        )
    }

    @Test func `goes on until one reading is left that moves with the display`() throws {
        let peer = peer()
        defer { peer.stop() }
        var told: [String] = []
        var session = try session(peer) { told.append($0) }
        #expect(try session.search() == nil)
        #expect(session.hits.count == 3)
        try session.confirm(try DisplayValue("12.34"))
        #expect(session.hits.count == 3 && !session.isConfirmed)
        try session.confirm(try DisplayValue("12.50"))
        #expect(session.hits.count == 1 && session.isConfirmed)
        told += Self.text.paste(session.hits[0], display: session.display, isConfirmed: true).map(\.plain)
        let text = told.joined(separator: "\n")
        #expect(text.contains("holding: 0"))
        #expect(text.contains("It follows the display."))
        #expect(told.allSatisfy { $0.count <= 80 }, "\(told.filter { $0.count > 80 })")
    }

    @Test func `loses nothing to a wrong answer, nor to a register that stands still nearby`() throws {
        let peer = peer()
        defer { peer.stop() }
        var session = try session(peer) { _ in }
        _ = try session.search()
        // Registers read 12.50, 12.34 and 13.00 now.
        try session.confirm(try DisplayValue("99.99"))
        #expect(session.hits.count == 3 && !session.isConfirmed)
        try session.confirm(try DisplayValue("12.35"))
        #expect(session.hits.count == 3 && !session.isConfirmed)
    }

    @Test func `takes later values from the command line`() throws {
        let peer = peer()
        defer { peer.stop() }
        let (status, lines) = try ChildProcess.run(
            GatewayProgram.path,
            [
                "probe", "--expect", "12.34", "--expect", "12.50", "--range", "holding:0-2", "--tcp",
                "127.0.0.1:\(peer.port)", "--json",
            ]
        )
        #expect(status == 0)
        #expect(lines.count == 1)
        #expect(JSONNode(text: lines[0])["confirmed"] == true)
    }

    @Test(arguments: [
        (["--expect", "0.0", "--tcp", "127.0.0.1:1"], "register"), (["--expect", "abc", "--tcp", "h"], "\"abc\""),
        (["--expect", "5", "--range", "coil:1", "--tcp", "h"], "--range"), (["--confirm"], "--expect"),
        (["--expect", "5"], "one device"),
    ])
    func `is exit 2 for wrong use`(arguments: [String], words: String) throws {
        let (status, lines) = try ChildProcess.run(GatewayProgram.path, ["probe"] + arguments)
        #expect(status == 2)
        #expect(lines.joined().contains(words), "\(lines)")
    }
}

import Domain
import Foundation
import Modbus
import Platform
import Synchronization
import TestSupport

let clock = SystemClock()
let quick = ReplyTiming(replyTime: .milliseconds(300), worstReply: .milliseconds(100))
/// For tests that expect a reply: a busy machine may delay the peer's answer.
let patient = ReplyTiming(replyTime: .seconds(5), worstReply: quick.worstReply)

/// The machine's clock, advanced by a test that need not wait.
final class ShiftedClock: TimeSource {
    private let shift = Mutex(Duration.zero)

    func uptime() -> Uptime { clock.uptime() + shift.withLock { $0 } }
    func stamp(at uptime: Uptime) -> Stamp { clock.stamp(at: uptime) }
    func advance(by duration: Duration) { shift.withLock { $0 += duration } }
}

extension ModbusBus {
    /// The kind of error that a read ends in; nil when it brings a value.
    func failure(
        _ range: RegisterRange = RegisterRange(.holding, start: 0, count: 2),
        unit: UInt8 = 1,
        timing: ReplyTiming = quick
    ) -> ModbusError.Kind? {
        do throws(ModbusError) {
            _ = try read(range, unit: UnitID(unit), timing: timing)
            return nil
        } catch {
            return error.kind
        }
    }

    /// The words that a read brings.
    func words(
        _ range: RegisterRange = RegisterRange(.holding, start: 0, count: 2),
        unit: UInt8 = 1,
        timing: ReplyTiming = patient
    ) throws -> [UInt16] {
        try read(range, unit: UnitID(unit), timing: timing).words
    }
}

/// Runs a test's body against a bus over TCP to a scripted peer.
func withTCPPeer(
    _ script: @escaping ScriptedPeer.Script,
    body: (ModbusBus, ScriptedPeer) throws -> Void
) throws {
    let peer = ScriptedPeer(tcp: script)
    defer { peer.stop() }
    try body(ModbusBus(endpoint: .modbusTCP(host: "127.0.0.1", port: peer.port), time: clock), peer)
}

/// Runs a test's body against a bus on a pty with a scripted peer at its other end.
func withSerialPeer(
    baud: Int = 115_200,
    time: any TimeSource = clock,
    _ script: @escaping ScriptedPeer.Script,
    body: (ModbusBus, ScriptedPeer) throws -> Void
) throws {
    let line = PseudoTerminal()
    defer { line.close() }
    let peer = ScriptedPeer(on: line, script: script)
    defer { peer.stop() }
    try body(ModbusBus(endpoint: .serialLine(path: line.path, settings: .init(baud: baud)), time: time), peer)
}

/// Returns a path that is not in use; nothing is there yet.
func freshPath() -> String {
    FileManager.default.temporaryDirectory.appending(path: "gateway-test-\(UUID().uuidString)").path
}

import Asking
import Diagnosing
import Domain
import TestSupport
import Testing

/// A TCP port that is asked in the wrong framing.
@Suite(.serialized) struct FramingDiagnosisTests {
    /// A port that answers requests of one framing, and leaves the others open.
    private func finding(asked endpoint: (Int) -> ModbusEndpoint, speaks framing: ModbusFraming) throws -> Finding? {
        let length = framing == .mbap ? 12 : 8
        let peer = ScriptedPeer(
            tcp: { _, request in
                let isMBAP = request[2] == 0 && request[3] == 0 && request[4] == 0 && request[5] == 6
                guard isMBAP == (framing == .mbap) else { return [.hangUp] }
                return [.send(isMBAP ? ModbusFrames.tcpAddresses(to: request) : ModbusFrames.rtuAddresses(to: request))]
            },
            requestLength: length
        )
        defer { peer.stop() }
        return probed(try longProfile(), at: endpoint(peer.port)).first?.finding
    }

    @Test func `a serial server that is asked in Modbus TCP is told`() throws {
        let found = try finding(asked: { .modbusTCP(host: "127.0.0.1", port: $0) }, speaks: .rtu)
        guard case .otherFraming(_, .rtu)? = found else {
            Issue.record("\(String(describing: found))")
            return
        }
    }

    @Test func `a Modbus TCP device that is asked in RTU is told`() throws {
        let found = try finding(asked: { .lineOverTCP(host: "127.0.0.1", port: $0) }, speaks: .mbap)
        guard case .otherFraming(_, .mbap)? = found else {
            Issue.record("\(String(describing: found))")
            return
        }
    }

    @Test func `a serial server that is asked in RTU gives its device's values`() throws {
        #expect(try finding(asked: { .lineOverTCP(host: "127.0.0.1", port: $0) }, speaks: .rtu) == nil)
    }
}

import Asking
import Diagnosing
import Domain
import Modbus
import Profiles
import Testing
import TestSupport

/// A device whose id nobody knows, alone on a pty.
@Suite(.serialized) struct `A lost unit id` {
    private func outcome(
        profiles: [Profile] = [],
        _ script: @escaping ScriptedPeer.Script
    ) throws -> LostUnit.Outcome {
        let line = PseudoTerminal()
        let peer = ScriptedPeer(on: line, script: script)
        defer {
            peer.stop()
            line.close()
        }
        let bus = OwnBus(endpoint: .serialLine(path: line.path, settings: SerialSettings()), time: clock)
        let search = LostUnit(bus: bus, profiles: profiles, replyTime: .milliseconds(100))
        return try search.run { _ in }
    }

    /// The reply of a unit to a request, whatever unit it asks for.
    private static func reply(of unit: UInt8, to request: [UInt8]) -> [ScriptedPeer.Step] {
        [.send(ModbusFrames.rtuAddresses(to: [unit] + request.dropFirst()))]
    }

    @Test(arguments: LostUnit.generalAddresses) func `stands in a reply to a general address`(_ address: UInt8) throws {
        let outcome = try outcome { _, request in
            request[0] == address || request[0] == 17 ? Self.reply(of: 17, to: request) : []
        }
        #expect(outcome == .found(UnitID(17), at: address))
    }

    /// The scripted device's registers hold their addresses: register 17 holds its id, 17.
    @Test func `stands in the register where a profile keeps it`() throws {
        let profile = try profile(
            """
            modbus: { numbering: from_0, word_order: ABCD, unit_register: 17 }
            points: { level: { holding: 3, type: uint16 } }
            """
        )
        let outcome = try outcome(profiles: [profile]) { _, request in
            request[0] == 254 || request[0] == 17 ? Self.reply(of: request[0], to: request) : []
        }
        #expect(outcome == .found(UnitID(17), at: 254))
    }

    @Test func `is not guessed where nothing says it`() throws {
        let outcome = try outcome { _, request in request[0] == 250 ? Self.reply(of: 250, to: request) : [] }
        #expect(outcome == .nameless(at: 250))
        #expect(try self.outcome { _, _ in [] } == .silent)
        let noise = try self.outcome { _, request in request[0] == 248 ? [.send([0x80, 0x01, 0xFF, 0x00, 0x12])] : [] }
        #expect(noise == .garbled(at: 248))
    }
}

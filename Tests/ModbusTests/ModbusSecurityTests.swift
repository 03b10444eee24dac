import Domain
import Foundation
import Modbus
import TestSupport
import Testing

/// Modbus/TCP Security against pymodbus.
@Suite(.serialized) struct ModbusSecurityTests {
    private let folder: String
    private let certificates: BrokerCertificates

    init() throws {
        folder = freshPath()
        try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
        certificates = try BrokerCertificates(folder: folder)
    }

    private func bus(_ port: Int, _ files: TLSFiles, host: String = "127.0.0.1") -> ModbusBus {
        ModbusBus(endpoint: .modbusTCP(host: host, port: port, security: files), time: clock)
    }

    private var own: TLSFiles {
        TLSFiles(
            caFile: certificates.authority,
            certificateFile: certificates.certificate,
            keyFile: certificates.key
        )
    }

    private func server(asking: Bool) throws -> (PythonPeer, Int) {
        let files = [certificates.certificate, certificates.key] + (asking ? [certificates.authority] : [])
        let server = try PythonPeer("modbus_framed_server.py", arguments: ["tls"] + files)
        return (server, try #require(Int(server.ready)))
    }

    @Test func `a device that asks for a certificate is read with one`() throws {
        let (server, port) = try server(asking: true)
        defer { withExtendedLifetime(server) {} }
        let bus = bus(port, own)
        for start in 0..<50 {
            let words = try bus.words(RegisterRange(.holding, start: start, count: 100))
            #expect(words == (start..<start + 100).map { UInt16($0 * 257) })
        }
        #expect(bus.failure(RegisterRange(.holding, start: 299, count: 2)) == .exception(2))
        #expect(bus.counters.connections == 1)
    }

    @Test func `a device of a foreign authority, or with another name, is not asked`() throws {
        let (server, port) = try server(asking: false)
        defer { withExtendedLifetime(server) {} }
        let foreign = bus(port, TLSFiles(caFile: certificates.foreignAuthority))
        guard case .tlsFailed(let words)? = foreign.failure() else {
            Issue.record("it was trusted")
            return
        }
        #expect(words.contains("certificate"))
        #expect(foreign.counters.requests == 0)
        let elsewhere = folder + "/elsewhere"
        try FileManager.default.createDirectory(atPath: elsewhere, withIntermediateDirectories: true)
        let theirs = try BrokerCertificates(folder: elsewhere, names: "IP:127.0.0.9")
        let second = try PythonPeer("modbus_framed_server.py", arguments: ["tls", theirs.certificate, theirs.key])
        let other = bus(try #require(Int(second.ready)), TLSFiles(caFile: theirs.authority))
        guard case .tlsFailed(let mismatch)? = other.failure() else {
            Issue.record("any name will do")
            return
        }
        #expect(mismatch.contains("mismatch"))
    }

    @Test func `without the certificate that the device asks for there is no value, and the reason is told`() throws {
        let (server, port) = try server(asking: true)
        defer { withExtendedLifetime(server) {} }
        let kind = bus(port, TLSFiles(caFile: certificates.authority)).failure()
        guard case .tlsFailed(let words)? = kind else {
            Issue.record("\(String(describing: kind))")
            return
        }
        #expect(words.contains("certificate"))
    }

    @Test func `a port without TLS, and a file that is not there, are told`() throws {
        let peer = ScriptedPeer(tcp: { _, _ in [.send(Array("no TLS here\r\n".utf8))] })
        defer { peer.stop() }
        guard case .tlsFailed? = bus(peer.port, own).failure() else {
            Issue.record("it was taken for TLS")
            return
        }
        guard case .tlsFailed(let words)? = bus(peer.port, TLSFiles(caFile: "/no/such.pem")).failure() else {
            Issue.record("it was trusted")
            return
        }
        #expect(words.hasPrefix("/no/such.pem: "))
    }
}

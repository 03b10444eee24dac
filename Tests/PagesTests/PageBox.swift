import Control
import Foundation
import Glibc
import TestSupport
import Testing

/// A small field, a gateway and its pages, each a process of its own.
final class PageBox: @unchecked Sendable {  // its suites are serialized: one test at a time uses it
    static let pin = "246810"

    let folder: String
    let page: Int
    private let field: ChildProcess
    private(set) var gateway: ChildProcess
    private let pages: ChildProcess
    private let broker: BrokerProcess

    var configuration: String { folder + "/gateway.yaml" }
    var socket: String { folder + "/control.sock" }

    /// - Parameter keys: further keys of `page`.
    init(keys: String = "") throws {
        folder = try temporaryFolder()
        page = try freePort()
        broker = try BrokerProcess()
        // The silent device has a line of its own, so that questions to the other wait for nobody.
        let (modbus, other) = (try freePort(), try freePort())
        let text = """
            gateway: kdr-page-01
            clock: trusted
            sites:
              sumber-soyo:
                name: "Sumber <Soyo> & \\"Bawang\\""
                kecamatan: Pesantren
                latitude: -7.85
                longitude: 112.06
            buses: { meter: { tcp: 127.0.0.1:\(modbus) }, other: { tcp: 127.0.0.1:\(other) } }
            devices:
              flow-soyo: { profile: tuf-2000m, bus: meter, unit: 1, site: sumber-soyo, interval: 1s }
              silent: { profile: sup-ph8001, bus: other, unit: 9, site: sumber-soyo, interval: 1s }
            destinations: { city: { mqtt: mqtt://127.0.0.1:\(broker.port) } }
            storage: { path: \(folder)/journal, limit: 16MB }
            control: { socket: \(folder)/control.sock }
            page: { listen: 127.0.0.1:\(page), pin_file: \(folder)/pin\(keys) }

            """
        try text.write(toFile: folder + "/gateway.yaml", atomically: true, encoding: .utf8)
        try (Self.pin + "\n").write(toFile: folder + "/pin", atomically: true, encoding: .utf8)
        let profiles = ["--profiles", Repository.root + "/devices"]
        let config = ["--config", folder + "/gateway.yaml"]
        field = try ChildProcess(GatewayProgram.path, ["simulate"] + config + profiles + ["--fault", "silent:silence"])
        _ = field.line(with: "ready")
        gateway = try ChildProcess(GatewayProgram.path, ["run"] + config + profiles)
        _ = gateway.line(with: "gateway runs")
        pages = try ChildProcess(GatewayProgram.path, ["page"] + config + profiles)
        guard pages.line(with: "pages") != nil else { throw BrokerFailure(words: "the pages did not begin") }
    }

    deinit {
        pages.stop()
        gateway.stop()
        field.stop()
        broker.stop()
        removeFolder(folder)
    }

    func stopGateway() { gateway.stop() }

    /// Starts it again with the same journal.
    func startGateway() throws {
        gateway = try ChildProcess(
            GatewayProgram.path,
            ["run", "--config", configuration, "--profiles", Repository.root + "/devices"]
        )
        guard gateway.line(with: "gateway runs") != nil else { throw BrokerFailure(words: "the gateway did not begin") }
    }

    func status() throws -> SystemStatus { try ControlClient(path: socket).status() }

    /// Waits until the gateway's status is as wanted; a status of the last moment otherwise.
    func status(within limit: Double = 20, where isIt: (SystemStatus) -> Bool) throws -> SystemStatus {
        let deadline = Date(timeIntervalSinceNow: limit)
        while true {
            let status = try status()
            if isIt(status) || Date() > deadline { return status }
            usleep(50_000)
        }
    }

    /// Asks until the answer is as wanted; the last answer otherwise.
    func ask(_ path: String, within limit: Double = 20, where isIt: (HTTPAnswer) -> Bool) throws -> HTTPAnswer {
        let deadline = Date(timeIntervalSinceNow: limit)
        while true {
            let answer = try ask(path)
            if isIt(answer) || Date() > deadline { return answer }
            usleep(50_000)
        }
    }

    /// The answer to one request on a connection of its own.
    func ask(
        _ path: String,
        _ method: String = "GET",
        headers: [String] = [],
        body: String = ""
    ) throws -> HTTPAnswer {
        try HTTPAnswer(
            port: page,
            "\(method) \(path) HTTP/1.1\r\nConnection: close\r\nContent-Length: \(body.utf8.count)\r\n"
                + (["Host: 127.0.0.1:\(page)"] + headers).joined(separator: "\r\n") + "\r\n\r\n" + body
        )
    }
}

/// One box for all tests of a suite, which ends with it.
struct PagesTrait: SuiteTrait, TestScoping {
    @TaskLocal static var box: PageBox?

    @concurrent func provideScope(
        for test: Test,
        testCase: Test.Case?,
        performing function: @concurrent @Sendable () async throws -> Void
    ) async throws {
        try await Self.$box.withValue(try PageBox()) { try await function() }
    }
}

extension Trait where Self == PagesTrait {
    static var withPages: Self { Self() }
}

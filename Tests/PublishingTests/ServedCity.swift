import Domain
import Foundation
import Store
import TestSupport
import Testing

/// A database with rows and the program that serves it.
final class ServedCity: @unchecked Sendable {  // its suites are serialized: one test at a time uses it
    let database: CityDatabase
    let configuration: String
    private let server: ChildProcess
    private let port: Int

    init() throws {
        database = try CityDatabase(CityRows.gateways, CityRows.readings, CityRows.figures)
        port = try freePort()
        configuration = database.server.folder + "/city.yaml"
        let text = """
            city: kediri
            broker: { mqtt: "mqtt://127.0.0.1:1" }
            database: { url: "\(database.server.url())" }
            serve: { listen: "127.0.0.1:\(port)" }

            """
        try text.write(toFile: configuration, atomically: true, encoding: .utf8)
        server = try ChildProcess(CityProgram.path, ["serve", "--config", configuration, "--lang", "en"])
        guard server.line(with: "http://127.0.0.1:") != nil else {
            throw BrokerFailure(words: "nothing serves: " + server.lines.joined(separator: "\n"))
        }
    }

    deinit { server.stop() }

    func ask(_ path: String, _ method: String = "GET", headers: [String] = []) throws -> HTTPAnswer {
        let host = headers.contains { $0.hasPrefix("Host:") } ? [] : ["Host: 127.0.0.1:\(port)"]
        let lines = ["\(method) \(path) HTTP/1.1", "Connection: close"] + host + headers
        return try HTTPAnswer(port: port, lines.joined(separator: "\r\n") + "\r\n\r\n")
    }

    /// Asks until the answer has this status.
    func ask(_ path: String, until status: Int, within limit: Double = 20) throws -> HTTPAnswer {
        let deadline = Date(timeIntervalSinceNow: limit)
        while true {
            let answer = try ask(path)
            if answer.status == status || Date() > deadline { return answer }
            usleep(100_000)
        }
    }

    func run(_ arguments: String...) throws -> (status: Int32, text: String) {
        try CityProgram.run(arguments + ["--config", configuration])
    }
}

/// One city for all tests of a suite, which ends with it.
struct ServedTrait: SuiteTrait, TestScoping {
    @TaskLocal static var city: ServedCity?

    @concurrent func provideScope(
        for test: Test,
        testCase: Test.Case?,
        performing function: @concurrent @Sendable () async throws -> Void
    ) async throws {
        try await Self.$city.withValue(try ServedCity()) { try await function() }
    }
}

extension Trait where Self == ServedTrait {
    static var withCity: Self { Self() }
}

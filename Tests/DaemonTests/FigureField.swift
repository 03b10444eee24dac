import Foundation
import TestSupport

/// A box whose scale and water meter use MQTT, so that only the test's own messages are read; and `gateway indicators`
/// beside it.
final class FigureField {
    let box: GatewayBox
    private let broker: BrokerProcess
    private var seconds = 0.0

    /// What a command printed.
    struct Output {
        var status: Int32
        var lines: [String]

        var text: String { lines.joined(separator: "\n") }
        var figures: [JSONNode] { lines.filter { $0.hasPrefix("{") }.map { JSONNode(text: $0) } }

        /// The figure of the site.
        subscript(indicator: String, window: String) -> JSONNode {
            figures.first {
                $0["indicator"].string == indicator && $0["window"].string == window && $0["scope"] == "site-pond"
            } ?? .absent
        }
    }

    /// - Parameter destination: a further destination, as a line of text in the configuration.
    init(_ broker: BrokerProcess, journal: String? = nil, destination: String = "") throws {
        self.broker = broker
        box = try GatewayBox(journal: journal)
        try box.configure(
            """
            timezone: Asia/Jakarta
            buses: { field: { mqtt: mqtt://127.0.0.1:\(broker.port) } }
            destinations:
              city: { mqtt: mqtt://127.0.0.1:\(broker.port) }
            \(destination)
            devices:
              scale-07:
                profile: scale
                bus: field
                node: bsu-07
                site: pond
                interval: 24h
                verified: { by: T, on: 2026-01-01 }
                labels: { category: plastik }
              flow:
                { profile: meter, bus: field, node: m1, site: pond, interval: 24h, verified: { by: T, on: 2026-01-01 } }
            """
        )
        func indicator(_ id: String, _ lines: String...) -> String {
            let common = [
                "name: { id: \(id), en: \(id) }", "theme: environment", "dimension: environment",
                "method: { name: sum, source: the tests }", "measure: sum", "windows: [day, year]",
                "scopes: [device, site]",
            ]
            return "  \(id):\n" + (common + lines).map { "    \($0)\n" }.joined()
        }
        let catalogue =
            "weighings: [{ profile: scale, net: weight, minimum: 0.1 }]\nindicators:\n"
            + indicator(
                "waste-collected",
                "unit: kg",
                "by: [category]",
                "from: [{ event: weighing, amount: net, alive: [weight], category: data.labels.category }]"
            )
            + indicator("water-volume", "unit: m3", "from: [{ profile: meter, increase: [volume] }]")
        try catalogue.write(toFile: box.folder + "/indicators.yaml", atomically: true, encoding: .utf8)
    }

    /// Returns once the gateway has subscribed to the devices.
    func start() throws {
        let before = broker.lines.count { $0.contains("box-1.field 1 m1/total") }
        try box.start()
        let deadline = Date(timeIntervalSinceNow: 20)
        while broker.lines.count(where: { $0.contains("box-1.field 1 m1/total") }) == before {
            if Date() > deadline { throw BrokerFailure(words: "the gateway does not listen to its devices") }
            sched_yield()
        }
    }

    /// Sends a weight, a second later than the one before.
    func weigh(_ grams: Int) throws {
        let formatter = ISO8601DateFormatter()
        formatter.timeZone = TimeZone(identifier: "Asia/Jakarta")
        formatter.formatOptions = [
            .withYear, .withMonth, .withDay, .withTime, .withDashSeparatorInDate, .withColonSeparatorInTime,
        ]
        seconds += 1
        let time = formatter.string(from: Date(timeIntervalSinceNow: seconds))
        try publish(
            #"{"Time":"\#(time)","HX711":{"WeightRaw":\#(grams)}}"#,
            to: "tele/bsu-07/SENSOR",
            at: broker
        )
    }

    func tell(volume: String) throws { try publish(volume, to: "m1/total", at: broker) }

    /// Waits until everything in the journal's memory is on the disk.
    func waitUntilCommitted() throws {
        let deadline = Date(timeIntervalSinceNow: 20)
        while true {
            let (_, lines) = try ChildProcess.run(
                GatewayProgram.path,
                ["status", "--socket", box.folder + "/control.sock", "--json"]
            )
            let journal = JSONNode(text: lines.joined())["journal"]
            if journal["waiting"] == 0, (journal["stored"].integer ?? 0) > 0 { return }
            if Date() > deadline { throw BrokerFailure(words: "the journal does not commit: \(lines)") }
        }
    }

    /// The options that name this day, which the figures' windows begin on.
    var today: [String] {
        let formatter = DateFormatter()
        formatter.locale = Locale(identifier: "en_US_POSIX")
        formatter.timeZone = TimeZone(identifier: "Asia/Jakarta")
        formatter.dateFormat = "yyyy-MM-dd"
        let day = formatter.string(from: Date())
        return ["--from", day, "--to", day]
    }

    /// The options that name all windows of this year.
    private var thisYear: [String] { ["--from", today[1].prefix(4) + "-01-01", "--to", today[1]] }

    func arguments(_ words: [String]) -> [String] {
        [words[0], "--config", box.configuration, "--profiles", box.folder + "/profiles"] + words.dropFirst()
    }

    /// Runs `gateway indicators`.
    func run(_ words: [String], environment: [String] = []) throws -> Output {
        let command = environment + [GatewayProgram.path, "indicators"] + arguments(words)
        let (status, lines) = try ChildProcess.run("/usr/bin/env", command)
        return Output(status: status, lines: lines)
    }

    func show() throws -> Output { try run(["show", "--window", "year", "--json"]) }

    func export(_ words: String..., environment: [String] = []) throws -> Output {
        let span = thisYear + ["--window", "day", "--window", "year", "--format", "json"]
        let output = try run(["export"] + span + words, environment: environment)
        // Days before this one have nothing.
        let figures = output.lines.filter { !$0.hasPrefix("{") || !$0.contains(#""reason":"no_data""#) }
        return Output(status: output.status, lines: figures)
    }

    /// The rows of this year's export as csv.
    func rows(_ words: String..., environment: [String] = []) throws -> [String] {
        let span = thisYear + ["--window", "year"]
        return try run(["export"] + span + words, environment: environment).lines
    }

    /// Removes a device's saved sums from the journal while no gateway holds it.
    func forgetSums(of device: String) throws {
        let (status, text) = try PythonPeer.run("forget_sums.py", box.journal + "/journal.sqlite", device)
        if status != 0 { throw BrokerFailure(words: text) }
    }
}

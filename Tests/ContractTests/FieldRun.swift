import Foundation
import TestSupport

/// What a subscriber receives from a gateway between a simulated field and a city's broker: late entries, live ones,
/// figures, reloads, a kill. The run knows the program only by its command line.
struct FieldRun {
    struct Heard: Sendable {
        var topic: String
        var payload: String

        /// The name of the schema that describes it; nil for a topic that the contract does not know.
        var kind: String? {
            switch topic.split(separator: "/").dropFirst().first {
            case "readings": "reading"
            case "backfill": "backfill"
            case "events": "device-event"
            case "meta": "meta"
            case "indicators": "indicator"
            case "gateways": topic.hasSuffix("/status") ? "status" : topic.hasSuffix("/events") ? "gateway-event" : nil
            default: nil
            }
        }
    }

    /// The one run of all tests: everything published, in order, except messages that only clear a topic.
    static let heard = Result { try FieldRun().play() }

    private let folder = needed(try ScratchFolder())
    private let sensors: BrokerProcess
    private let cityPort: Int
    private let tcpPort: Int
    private let silentPort: Int

    private init() throws {
        sensors = try BrokerProcess()
        (cityPort, tcpPort, silentPort) = (try freePort(), try freePort(), try freePort())
        try folder.write(
            String(contentsOfFile: Repository.root + "/config/indicators.yaml", encoding: .utf8),
            to: "indicators.yaml"
        )
    }

    // MARK: The field

    private static let verified = "verified: { by: Diskominfo, on: 2020-01-01 }"

    /// The devices that are simulated from the beginning.
    private static let played = """
          loops: { profile: iologik-e1210, bus: net, unit: 1, site: simpang-alun, interval: 1s, \(verified) }
          scale:
            profile: laumas-w100
            bus: net
            unit: 2
            site: bsu-tosaren
            interval: 1s
            labels: { category: kertas }
            \(verified)

        """

    /// The devices that use MQTT: the test simulates them, a message at a time.
    private static let told = """
          scale-07:
            profile: tasmota-hx711
            bus: sensors
            node: bsu-07
            site: bsu-tosaren
            interval: 60s
            serial: "A1"
            owner: DLHKP
            labels: { category: plastik }
            \(verified)
          camera: { profile: frigate, bus: sensors, site: simpang-alun, interval: 60s }

        """

    /// A device that is silent at first, and moves.
    private static func probe(at site: String) -> String {
        "  probe: { profile: sup-ph8001, bus: dead, unit: 1, site: \(site), interval: 1s, \(verified) }\n"
    }

    private func configuration(
        buses: [String],
        devices: String,
        destinations: [String],
        limit: String = "16MB"
    ) -> String {
        """
        gateway: kdr-soyo-01
        timezone: Asia/Jakarta
        clock: trusted
        sites:
          sumber-soyo:
            { name: Sumber Soyo, kelurahan: Bawang, kecamatan: Pesantren, latitude: -7.85, longitude: 112.06 }
          sumber-bulus: { name: Sumber Bulus }
          simpang-alun:
            kelurahan: Pocanan
            road:
              capacity: 2900
              capacity_method: example
              car_units: mkji-2-2ud-narrow
              levels: km-14-2006
              class_mix: { motorcycle: 0.7, car: 0.3 }
          bsu-tosaren: { name: Bank Sampah Tosaren, kelurahan: Tosaren, kecamatan: Pesantren }
        buses: { \(buses.joined(separator: ", ")) }
        devices:
        \(devices)
        destinations: { \(destinations.joined(separator: ", ")) }
        storage: { path: \(folder.path)/journal, limit: \(limit) }
        control: { socket: \(folder.path)/control.sock }

        """
    }

    private var net: String { "net: { tcp: 127.0.0.1:\(tcpPort) }" }
    private var dead: String { "dead: { tcp: 127.0.0.1:\(silentPort) }" }
    private var broker: String { "sensors: { mqtt: mqtt://127.0.0.1:\(sensors.port) }" }
    private var city: String { "city: { mqtt: mqtt://127.0.0.1:\(cityPort) }" }

    private func write(_ text: String, to name: String = "gateway.yaml") throws { try folder.write(text, to: name) }

    /// Starts a command of the program, and waits until it reports that it is ready.
    private func start(
        _ command: String,
        _ file: String,
        _ options: [String],
        until words: String
    ) throws -> ChildProcess {
        let places = ["--config", "\(folder.path)/\(file)", "--profiles", Repository.devices]
        let child = try ChildProcess(GatewayProgram.path, [command] + places + options)
        guard child.line(with: words) != nil else { throw Missing(words: child.lines.joined(separator: "\n")) }
        return child
    }

    private func startGateway() throws -> ChildProcess {
        try start("run", "gateway.yaml", [], until: "gateway runs")
    }

    private func simulate(_ buses: [String], _ devices: String, seed: String) throws -> ChildProcess {
        let name = "simulate-\(seed).yaml"
        try write(configuration(buses: buses, devices: devices, destinations: [city]), to: name)
        return try start("simulate", name, ["--pace", "60", "--seed", seed], until: "ready")
    }

    private func publish(_ payload: String, to topic: String) throws {
        let options = ["-p", "\(sensors.port)", "-q", "1", "-t", topic, "-m", payload]
        let (status, lines) = try ChildProcess.run("/usr/bin/mosquitto_pub", options)
        if status != 0 { throw Missing(words: lines.joined(separator: "\n")) }
    }

    // MARK: The run

    private func play() throws -> [Heard] {
        let field = try simulate([net], Self.played, seed: "1")
        defer { field.stop() }
        try endBeforeTheCityListens()
        let listener = ["listener \(cityPort) 127.0.0.1", "allow_anonymous true"]
        let cityBroker = try BrokerProcess(configuration: listener, port: cityPort) { _ in }
        let archive = try Archive(of: cityBroker)
        try killAfterReloads(archive)
        try endInOrder(archive)
        return archive.heard()
    }

    /// A first run, without a reachable destination: everything that it records arrives late. It also has a second
    /// destination.
    private func endBeforeTheCityListens() throws {
        let second = "archive: { mqtt: mqtt://127.0.0.1:\(silentPort) }"
        try write(configuration(probeAt: "sumber-soyo", destinations: [city, second]))
        let gateway = try startGateway()
        guard gateway.line(with: "device is silent") != nil else { throw Missing(words: "a silent device") }
        gateway.stop()
    }

    private func killAfterReloads(_ archive: Archive) throws {
        try write(configuration(probeAt: "sumber-soyo"))
        let gateway = try startGateway()
        try archive.wait(for: "\"clean\":true", "kediri/backfill/", "kediri/readings/", "\"destination_removed\"")
        try archive.wait(for: "kediri/indicators/")
        try tellByMQTT(archive)
        try archive.wait(for: "a silent probe") {
            $0.contains("\"event\":\"device_down\"") && $0.contains("\"epoch\":\"2-")
                && $0.contains("\"device\":\"probe\"")
        }
        let late = try simulate([dead], Self.probe(at: "sumber-soyo"), seed: "2")
        defer { late.stop() }
        try archive.wait(for: "\"event\":\"device_up\"")
        try write(configuration(probeAt: "sumber-bulus"))
        gateway.signal(SIGHUP)
        try archive.wait(for: "\"event\":\"moved\"", "\"accepted\":true")
        try write("gateway: [ this is none ]\n")
        gateway.signal(SIGHUP)
        try archive.wait(for: "\"accepted\":false")
        // Another limit makes another journal, and so another epoch.
        try write(configuration(probeAt: "sumber-bulus", limit: "17MB"))
        gateway.signal(SIGHUP)
        try archive.wait(for: "\"reason\":\"configuration\"")
        try archive.wait(for: "the third epoch's status") {
            $0.contains("\"state\":\"online\"") && $0.contains("\"epoch\":\"3-")
        }
        gateway.stop(SIGKILL)
        try archive.wait(for: "the third epoch's will") {
            $0.contains("\"state\":\"offline\"") && $0.contains("\"epoch\":\"3-")
        }
    }

    /// - Parameter destinations: nil for the city's only.
    private func configuration(
        probeAt site: String,
        destinations: [String]? = nil,
        limit: String = "16MB"
    ) -> String {
        configuration(
            buses: [net, dead, broker],
            devices: Self.played + Self.told + Self.probe(at: site),
            destinations: destinations ?? [city],
            limit: limit
        )
    }

    private func tellByMQTT(_ archive: Archive) throws {
        try archive.wait(for: "\"event\":\"passage\"") { _ in
            try publish(
                #"{"type":"end","after":{"id":"1607123955.475377-mxklsc","camera":"simpang_4","label":"car","#
                    + #""entered_zones":["utara"],"end_time":\#(Date().timeIntervalSince1970)}}"#,
                to: "frigate/events"
            )
        }
        try archive.wait(for: "\"event\":\"weighing\"") { try weigh(second: $0, daysAgo: 0) }
        // Weighings of yesterday change figures that are closed.
        try archive.wait(for: "/final ") { try weigh(second: $0, daysAgo: 1) }
        try archive.wait(for: "\"data\":{\"reason\":\"offline\"}") { _ in
            try publish("offline", to: "frigate/available")
        }
    }

    /// Loads the scale at every other second, and clears it.
    private func weigh(second: Int, daysAgo: Int) throws {
        let formatter = DateFormatter()
        formatter.locale = Locale(identifier: "en_US_POSIX")
        formatter.timeZone = TimeZone(identifier: "Asia/Jakarta")
        formatter.dateFormat = "yyyy-MM-dd'T'HH:mm:ss"
        let time = formatter.string(from: Date(timeIntervalSinceNow: Double(second - 86_400 * daysAgo)))
        let weight = second % 2 == 0 ? 5_000 : 0
        try publish(#"{"Time":"\#(time)","HX711":{"WeightRaw":\#(weight)}}"#, to: "tele/bsu-07/SENSOR")
    }

    private func endInOrder(_ archive: Archive) throws {
        let gateway = try startGateway()
        try archive.wait(for: "\"clean\":false")
        gateway.stop()
        try archive.wait(for: "\"reason\":\"asked\"")
    }
}

/// A subscriber to everything, in a program that this project did not write.
private struct Archive {
    private let child: ChildProcess

    /// Returns once the broker has accepted the subscription.
    init(of broker: BrokerProcess) throws {
        child = try ChildProcess(
            "/usr/bin/mosquitto_sub",
            ["-V", "5", "-p", "\(broker.port)", "-q", "1", "-t", "kediri/#", "-F", "%t %p", "-i", "city-archive"]
        )
        guard broker.line(with: "Sending SUBACK to city-archive") != nil else { throw Missing(words: "a SUBACK") }
    }

    func wait(for words: String...) throws {
        for words in words { try wait(for: words) { $0.contains(words) } }
    }

    /// Repeats an action until the words arrive: the gateway listens to devices only some time after the start.
    func wait(for words: String, doing act: (Int) throws -> Void) throws {
        for round in 0..<60 {
            try act(round)
            if child.line(with: words, within: 0.5) != nil { return }
        }
        try wait(for: words)
    }

    /// - Parameter what: the text of the failure when it does not come.
    func wait(for what: String, _ isIt: (String) -> Bool) throws {
        if child.line(within: 30, where: isIt) != nil { return }
        throw Missing(words: what + " in\n" + child.lines.suffix(30).joined(separator: "\n"))
    }

    /// Ends it, and returns all that it received except empty payloads.
    func heard() -> [FieldRun.Heard] {
        child.stop()
        return child.lines.compactMap { line in
            let words = line.split(separator: " ", maxSplits: 1).map(String.init)
            return words.count == 2 ? FieldRun.Heard(topic: words[0], payload: words[1]) : nil
        }
    }
}

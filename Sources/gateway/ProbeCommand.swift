import ArgumentParser
import Configuration
import Daemon
import Documents
import Domain
import Glibc
import MQTT
import Platform
import Probing
import Profiles

struct ProbeCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "probe",
        abstract: "Ask devices and say what is wrong and what to check next; it never writes to a device.",
        discussion: """
            Without options: every device of the configuration, or the ones named.
            A device that is in no configuration yet: --profile NAME with --serial PATH or --tcp HOST, and --unit N.
            A line that nobody knows: --scan with --serial PATH or --tcp HOST.
            What a display shows: --expect 12.34 with a device, or --serial or --tcp and --unit; --confirm to be sure.
            The commissioning record of a device: --record FILE --by NAME, and --expect POINT=VALUE as its display shows.
            Registers as they are: mbpoll's letters, and its argument: -m rtu -b 9600 -P none -a 1 -r 1 -c 4 /dev/ttyUSB0
            """
    )

    @Argument(
        help: "Ids of devices of the configuration, all without one; with mbpoll's letters a device file or host."
    )
    var devices: [String] = []

    @OptionGroup var options: ConfigurationOptions

    @Option(name: .long, help: "Probe a device that is in no configuration, by this profile.")
    var profile: String?

    @OptionGroup var line: LineOptions

    @OptionGroup var scan: ScanOptions

    @Option(name: .long, help: "Seconds that MQTT devices are waited for; without it 1.5 intervals, 30 at most.")
    var wait: Double?

    @OptionGroup var report: ReportOptions

    @OptionGroup(title: "What the display shows") var expectation: ExpectationOptions

    @OptionGroup(title: "Commissioning record") var recording: RecordOptions

    @OptionGroup(title: "Raw reads, in mbpoll's letters") var raw: RawReadOptions

    func validate() throws {
        if raw.isGiven {
            if devices.count > 1 {
                throw ValidationError("the probe only reads: there is nothing to write to \(devices[0])")
            }
            if devices.isEmpty { throw ValidationError("mbpoll's letters go with a device file or a host") }
        }
        if profile != nil, !devices.isEmpty {
            throw ValidationError("name devices of the configuration, or a --profile, not both")
        }
        if profile == nil, line.isGiven, !scan.scan, !expectation.isGiven {
            throw ValidationError("--serial and --tcp go with --profile NAME, --scan or --expect VALUE")
        }
        if line.serial != nil, line.tcp != nil { throw ValidationError("--serial or --tcp, not both") }
        if scan.scan, !line.isGiven { throw ValidationError("--scan goes with --serial PATH or --tcp HOST[:PORT]") }
        if let wait, !(0.1...3_600).contains(wait) { throw ValidationError("--wait is 0.1 to 3600 seconds") }
    }

    func run() async throws {
        let stop = StopFlag()
        let code = try await untilInterrupted(stop) {
            if scan.scan { return try runScan(stop: stop) }
            if let file = recording.record { return try record(to: file, stop: stop) }
            if expectation.isGiven { return try findExpected(stop: stop) }
            if raw.isGiven { return try readRaw(stop: stop) }
            if let profile { return try probe(profile: profile, stop: stop) }
            return try probeConfigured(stop: stop)
        }
        if code != .success { throw code }
    }

    // MARK: Devices of the configuration

    private func probeConfigured(stop: StopFlag) throws -> ExitCode {
        let configuration = try options.load()
        LocalTime.setZone(configuration.timezone)
        let wanted = try devices.map { try configuration.device(named: $0) }
        let chosen = wanted.isEmpty ? configuration.devices : wanted
        let buses = configuration.buses.compactMap { bus in
            let targets = chosen.filter { $0.bus == bus.id }.map { ProbeTarget($0) }
            return targets.isEmpty ? nil : (bus: bus, targets: targets)
        }
        return probe(buses, of: configuration.gateway, allPoints: wanted.count == 1, stop: stop)
    }

    // MARK: A device that is in no configuration

    private func probe(profile name: String, stop: StopFlag) throws -> ExitCode {
        let (endpoint, target) = try target(profile: name)
        let bus = Configuration.Bus(id: endpoint.description, kind: .modbus(endpoint))
        return probe([(bus, [target])], of: "gateway", allPoints: true, stop: stop)
    }

    func target(profile name: String) throws -> (ModbusEndpoint, ProbeTarget) {
        let log = ProblemLog()
        let catalogue = try options.profileOptions.loadSome(into: log)
        guard let profile = catalogue[name] else {
            if !log.isEmpty { printProblems(log) }
            complain(
                "gateway: no profile is named \"\(name)\"\(NearestWord.hint(for: name, in: catalogue.profiles.keys))"
            )
            throw ExitCode.wrongUse
        }
        guard let access = profile.modbus else {
            complain("gateway: \(name) is an MQTT device: put it into a configuration and probe it by its id")
            throw ExitCode.wrongUse
        }
        let endpoint = try line.endpoint(standard: access.line ?? SerialSettings())
        let unit = line.unit ?? 1
        if case .serial = endpoint, !(1...247).contains(unit) {
            throw ValidationError("--unit is 1 to 247 on a serial line")
        }
        return (endpoint, ProbeTarget(profile: profile, bus: endpoint.description, unit: UnitID(unit)))
    }

    // MARK: Both

    func ways(of gateway: String, time: SystemClock) -> FieldProbe.Ways {
        FieldProbe.Ways(
            bus: { _, endpoint in OwnBus(endpoint: endpoint, time: time) },
            broker: { bus, broker in MQTTSettings(broker, clientID: "\(gateway).\(bus.id).probe") },
            gatewayOffset: LocalTime.offset(whenClocksShow:)
        )
    }

    private func probe(
        _ buses: [(bus: Configuration.Bus, targets: [ProbeTarget])],
        of gateway: String,
        allPoints: Bool,
        stop: StopFlag
    ) -> ExitCode {
        let time = SystemClock()
        let ways = ways(of: gateway, time: time)
        let style = report.style
        let targets = buses.flatMap(\.targets)
        let text = ReportText(style: style, names: targets.map(\.name))
        var reports: [DeviceReport] = []
        FieldProbe(ways: ways, wait: wait.map { .seconds($0) }, time: time).run(buses, stop: stop) { report in
            reports.append(report)
            if self.report.json {
                show(ReportJSON.line(report, language: style.language))
            } else {
                show(text.lines(report, allPoints: allPoints).joined(separator: "\n"))
            }
        }
        if !report.json { show(text.summary(reports, of: targets.count)) }
        return reports.count == targets.count && reports.allSatisfy(\.isWell) ? .success : .field
    }
}

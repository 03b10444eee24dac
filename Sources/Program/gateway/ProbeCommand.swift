import ArgumentParser
import Asking
import Commands
import Diagnosing
import Documents
import Domain
import Glibc
import Installation
import MQTT
import Platform
import Profiles
import Records
import Speech

struct ProbeCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "probe",
        abstract: spoken(CommandHelpPhrase.probe),
        discussion: spoken(CommandHelpPhrase.probeWays)
    )

    @Argument(
        help: .said(OptionHelpPhrase.devices)
    )
    var devices: [String] = []

    @OptionGroup var options: ConfigurationOptions

    @Option(name: .long, help: .said(OptionHelpPhrase.profile))
    var profile: String?

    @OptionGroup var set: SetOptions

    @OptionGroup var line: LineOptions

    @OptionGroup var scan: ScanOptions

    @Option(name: .customLong("wait"), help: .said(OptionHelpPhrase.wait))
    var typedWait: TypedNumber?

    var wait: Double? { typedWait?.value }

    @Option(
        name: .long,
        defaultAsFlag: 0,
        help: .said(OptionHelpPhrase.watch)
    )
    var watch: Double?

    @OptionGroup var report: ReportOptions

    @OptionGroup(title: spoken(OptionHelpPhrase.displayTitle)) var expectation: ExpectationOptions

    @OptionGroup(title: spoken(OptionHelpPhrase.recordTitle)) var recording: RecordOptions

    @OptionGroup(title: spoken(OptionHelpPhrase.lettersTitle)) var raw: RawReadOptions

    func validate() throws {
        if raw.isGiven {
            if devices.count > 1 {
                throw wrongUse(.onlyReads, devices[0])
            }
            if devices.isEmpty { throw wrongUse(.lettersNeedDevice) }
            if recording.record != nil {
                throw wrongUse(.recordNotRaw)
            }
        }
        if profile != nil, !devices.isEmpty {
            throw wrongUse(.devicesOrProfile)
        }
        if profile == nil, line.isGiven, !scan.scan, !scan.lostID, !expectation.isGiven {
            throw wrongUse(.lineNeedsProfile)
        }
        if expectation.write, !settles { throw ValidationError(spoken(SettlePhrase.needsProfile)) }
        if line.serialPort != nil, line.tcpHost != nil { throw wrongUse(.serialOrTCP) }
        if let watch, !(0...86_400).contains(watch) { throw wrongUse(.betweenOf, "--watch", "0", "86400", "s") }
        if watch != nil, scan.scan { throw wrongUse(.watchOrScan) }
        if let wait, !(0.1...3_600).contains(wait) { throw wrongUse(.betweenOf, "--wait", "0.1", "3600", "s") }
    }

    func run() async throws {
        let stop = StopFlag()
        let code = try await untilInterrupted(stop) {
            do {
                return try probe(stop: stop)
            } catch let failure as ProbeFailure {
                complain(failure.sentence)
                return .field
            }
        }
        if code != .success { throw code }
    }

    private func probe(stop: StopFlag) throws -> ExitCode {
        if scan.lostID { return try findLostID(stop: stop) }
        if scan.scan, let broker = scan.mqtt { return try listen(to: broker, stop: stop) }
        if scan.scan, !line.isGiven { return listPorts() }
        if scan.scan { return try runScan(stop: stop) }
        if let file = recording.record { return try record(to: file, stop: stop) }
        if let profile, settles { return try settle(profile, stop: stop) }
        if expectation.isGiven { return try findExpected(stop: stop) }
        if raw.isGiven { return try readRaw(stop: stop) }
        if let profile { return try probe(profile: profile, stop: stop) }
        return try probeConfigured(stop: stop)
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
        if watch != nil {
            let time = SystemClock()
            let access = try lineAccess(configuration, stop: stop, time: time)
            return runWatch(buses, stop: stop) { access.bus($0, $1) }
        }
        if buses.contains(where: { $0.bus.broker != nil }) {
            ProbeTurn.take(options.config, stop: stop, time: SystemClock())
        }
        let probe = try fieldProbe(of: configuration, stop: stop)
        return show(buses.flatMap(\.targets), allPoints: wanted.count == 1) { probe.run(buses, stop: stop, tell: $0) }
    }

    func fieldProbe(of configuration: Configuration, stop: StopFlag) throws -> FieldProbe {
        let time = SystemClock()
        let access = try lineAccess(configuration, stop: stop, time: time)
        let gateway = configuration.gateway
        let ways = FieldProbe.Ways(
            bus: { bus, endpoint in access.bus(bus.id, endpoint) },
            broker: { bus, broker in MQTTSettings(broker.forProbe, clientID: "\(gateway).\(bus.id).probe") },
            gatewayOffset: LocalTime.offset(whenClocksShow:)
        )
        // Problems of other profiles do not concern this probe.
        let profiles = options.profileOptions.load(into: ProblemLog()).all
        return FieldProbe(ways: ways, wait: wait.map { .seconds($0) }, profiles: profiles, time: time)
    }

    // MARK: A device that is in no configuration

    private func probe(profile name: String, stop: StopFlag) throws -> ExitCode {
        if let (endpoint, target) = try streamTarget(profile: name) {
            return show([target], allPoints: true) { tell in tell(listen(target, endpoint, stop: stop)) }
        }
        let (endpoint, target) = try target(profile: name)
        let time = SystemClock()
        return try onLine(endpoint, stop: stop, time: time) { bus in
            if watch != nil {
                // Made here, then used by the watch's thread alone.
                nonisolated(unsafe) let bus = bus
                let place = Configuration.Bus(id: endpoint.place, kind: .modbus(endpoint))
                return runWatch([(place, [target])], stop: stop) { _, _ in bus }
            }
            return show([target], allPoints: true) { tell in
                let profiles = options.profileOptions.load(into: ProblemLog()).all
                BusProbe(bus: bus, time: time, profiles: profiles, isStopping: { stop.isRaised })
                    .run([target], tell: tell)
            }
        }
    }

    func target(profile name: String) throws -> (ModbusEndpoint, ProbeTarget) {
        let log = ProblemLog()
        let catalogue = try options.profileOptions.loadSome(into: log)
        guard let named = catalogue[name] else {
            if !log.isEmpty { printProblems(log) }
            complain(UsagePhrase.noProfile, name, NearestWord.spokenHint(for: name, in: catalogue.profiles.keys))
            throw ExitCode.wrongUse
        }
        let profile = try set.chosen(for: named, needed: true)
        guard let access = profile.modbus else {
            complain(UsagePhrase.mqttNotByProfile, name)
            throw ExitCode.wrongUse
        }
        let endpoint = try line.endpoint(standard: access.line ?? SerialSettings())
        let unit = line.unit ?? 1
        if !endpoint.framing.unitIDs.contains(unit) {
            throw wrongUse(.unitOfLine)
        }
        return (endpoint, ProbeTarget(profile: profile, bus: endpoint.description, unit: UnitID(unit)))
    }

    /// Gives the line to the body: opened by this process, or through a daemon that has it open.
    ///
    /// - Throws: `ExitCode.wrongUse` where the daemon has it open with other settings and `--take-line` was not given.
    func onLine<T>(
        _ endpoint: ModbusEndpoint,
        stop: StopFlag,
        time: SystemClock,
        _ body: (any ProbeBus) throws -> T
    ) throws -> T {
        let access = try lineAccess(stop: stop, time: time)
        guard let held = access.held(endpoint), let borrowed = access.borrowed(held.id, held.endpoint) else {
            return try body(access.own(endpoint))
        }
        // Over the network a framing that was not said is that of the configuration.
        let isUnsaid = endpoint.serialPath == nil && line.framing == nil
        if isUnsaid || held.endpoint.framing == endpoint.framing && held.endpoint.lineSettings == endpoint.lineSettings
        {
            return try body(borrowed)
        }
        guard line.takeLine else {
            complain(UsagePhrase.otherSettings, "\(held.endpoint)")
            throw ExitCode.wrongUse
        }
        return try taken(borrowed) { try body(OwnBus(endpoint: endpoint, time: time)) }
    }

    /// Makes the daemon leave its line while the body runs.
    func taken<T>(_ bus: BorrowedBus, _ body: () throws -> T) throws -> T {
        do throws(ProbeFailure) {
            try bus.take()
        } catch {
            complain(error.sentence)
            throw ExitCode.field
        }
        // The end of the connection releases it too.
        defer { try? bus.release() }
        return try body()
    }

    /// Finds the running daemon, if there is one with a readable configuration; problems in it do not concern this
    /// probe.
    func lineAccess(stop: StopFlag, time: SystemClock) throws -> LineAccess {
        let configuration = access(options.config, R_OK) == 0 ? options.load(into: ProblemLog()) : nil
        return try lineAccess(configuration, stop: stop, time: time)
    }

    private func lineAccess(_ configuration: Configuration?, stop: StopFlag, time: SystemClock) throws -> LineAccess {
        try LineAccess(
            configuration,
            time: time,
            waiting: isPatient ? waiting(stop: stop, time: time) : nil,
            ownWaiting: isPatient ? ownWaiting(stop: stop, time: time) : nil
        )
    }

    /// A person at a terminal can end the waiting; a program wants an answer, unless it asked to wait.
    private var isPatient: Bool { line.waitLine || (Terminal.columns != nil && !report.json) }

    private func ownWaiting(stop: StopFlag, time: SystemClock) -> OwnBus.Waiting {
        OwnBus.Waiting(stop: stop, time: time) { port, holder in
            complain(LendingNotice.probeAtWork, port, holder)
        }
    }

    /// Prints once what it waits for.
    func waiting(stop: StopFlag, time: SystemClock) -> BorrowedBus.Waiting {
        let language = report.style.language
        return BorrowedBus.Waiting(stop: stop, time: time) { holder in
            complain(holder.waiting.text(in: language))
        }
    }

    // MARK: Both

    /// Shows each report as it comes, then the summary.
    private func show(
        _ targets: [ProbeTarget],
        allPoints: Bool,
        probe: ((DeviceReport) -> Void) -> Void
    ) -> ExitCode {
        let style = report.style
        let text = ReportText(style: style, names: targets.map(\.name))
        var reports: [DeviceReport] = []
        var waiting = targets.map(\.name)
        let below = StatusLine(isShown: Terminal.columns != nil && !report.json)
        below.show(text.waiting(for: waiting))
        probe { report in
            reports.append(report)
            if let place = waiting.firstIndex(of: report.target.name) { waiting.remove(at: place) }
            below.erase()
            if self.report.json {
                Commands.show(json: ReportJSON.line(report, language: style.language).utf8)
            } else {
                Commands.show(text.lines(report, allPoints: allPoints))
            }
            if !waiting.isEmpty { below.show(text.waiting(for: waiting)) }
        }
        below.erase()
        if !report.json { Commands.show(text.summary(reports, of: targets.count)) }
        return reports.count == targets.count && reports.allSatisfy(\.isWell) ? .success : .field
    }
}

import Buses
import Contract
import Control
import Domain
import Forwarding
import Glibc
import Indicators
import Installation
import Journal
import Logging
import MQTT
import Platform
import Synchronization

/// Every part of the running gateway and the arrows between them: journal, destinations, buses, brokers, control socket.
final class RunningSystem: Sendable {
    let time: SystemClock
    let log: Logger
    /// The log for what peers can cause again and again: it counts lines of one kind.
    let peerLog: Logger
    let lineCounts: CountedLog
    let journal: Journal
    let board: DeviceBoard
    let intake: Intake
    let indicators = IndicatorService()
    /// Of the start; a reload gives the service another.
    private let plan: IndicatorPlan
    let destinations: Destinations
    /// What stays true of the status message while this system runs.
    let status: GatewayStatus
    let field: Mutex<Field>
    let gridStart: Uptime
    /// Which polls the Modbus TCP endpoints and serves the destinations.
    let network: EventLoop
    /// What forwarders notice, for the housekeeper.
    let notices = NoticeQueue()
    private let control: Mutex<ControlServer?> = Mutex(nil)
    private let housekeeper: Mutex<Housekeeper?> = Mutex(nil)

    init(
        deployment: Deployment,
        version: String,
        log: Logger,
        onFailure: @escaping @Sendable (String) -> Void
    ) throws {
        self.log = log
        let configuration = deployment.configuration
        let time = SystemClock(trusted: configuration.clockTrusted)
        self.time = time
        lineCounts = CountedLog(log.handler, LineCounts(time: time))
        peerLog = Logger(label: log.label) { [lineCounts] _ in lineCounts }
        let since = time.stamp()
        gridStart = since.uptime
        network = try EventLoop(name: "network", time: time)
        // Incidents come on the journal's thread, before there is an intake to tell of them: they wait for the housekeeper.
        let incidents = IncidentQueue()
        let journal = try Journal(
            settings: JournalSettings(
                directory: configuration.storage.path,
                gateway: configuration.gateway,
                limit: configuration.storage.limit,
                destinations: configuration.destinations.map(JournalDestination.init)
            ),
            time: time,
            onIncident: { incidents.add($0) },
            onFailure: { onFailure("the journal failed: \($0)") }
        )
        for incident in journal.incidents { incidents.add(incident) }
        self.journal = journal
        destinations = Destinations([])
        board = DeviceBoard(devices: configuration.devices)
        intake = Intake(journal: journal, board: board, destinations: destinations, indicators: indicators)
        field = Mutex(Field(deployment: deployment))
        plan = deployment.indicators
        status = GatewayStatus(
            gateway: configuration.gateway,
            state: "online",
            version: version,
            epoch: journal.epoch,
            since: since.time,
            configuration: configuration.hash
        )
        let control = try Self.controlServer(
            path: configuration.controlSocket,
            call: { [weak self] in self?.answer($0) },
            gone: { [weak self] in self?.forget(client: $0) }
        )
        if let problem = control.readingProblem {
            log.warning("status is answered on the control socket only", metadata: ["error": "\(problem)"])
        }
        self.control.withLock { $0 = control }
        housekeeper.withLock { $0 = Housekeeper(incidents: incidents, notices: notices) }
    }

    /// When those work next that do so once a second: together, and a tenth of a second after the grid's tick, since on a box with
    /// one core they would hold up the readings of its polls.
    var nextRound: Uptime {
        let offset = Duration.milliseconds(100)
        let seconds = (time.uptime() - gridStart - offset).inSeconds.rounded(.down) + 1
        return gridStart + offset + .seconds(Int64(seconds))
    }

    /// The folder is systemd's RuntimeDirectory in service; elsewhere it is made.
    private static func controlServer(
        path: String,
        call: @escaping @Sendable (ControlCall) -> Void,
        gone: @escaping @Sendable (Int) -> Void
    ) throws(SystemError) -> ControlServer {
        if let slash = path.lastIndex(of: "/") { mkdir(String(path[..<slash]), 0o755) }
        return try ControlServer(path: path, call: call, gone: gone)
    }

    /// A server on another path in place of the one before.
    func moveControl(to path: String) throws(SystemError) {
        let new = try Self.controlServer(
            path: path,
            call: { [weak self] in self?.answer($0) },
            gone: { [weak self] in self?.forget(client: $0) }
        )
        let old = control.withLock { control in
            defer { control = new }
            return control
        }
        old?.stop()
    }

    func start() throws(SystemError) {
        let configuration = configuration
        try network.start()
        let served = configuration.destinations.map { ($0, forwarder(to: $0)) }
        _ = destinations.replace(with: served)
        intake.accept(startEvent())
        announceDevices()
        for (destination, forwarder) in served { start(forwarder, to: destination) }
        try indicators.start(self, plan: plan)
        startBuses(of: configuration)
        try housekeeper.withLock { $0 }?.start(self)
        ServiceManager().ready()
        log.notice(
            "gateway runs",
            metadata: [
                "gateway": "\(configuration.gateway)", "version": "\(status.version)", "epoch": "\(journal.epoch)",
                "devices": "\(configuration.devices.count)", "buses": "\(configuration.buses.count)",
            ]
        )
    }

    /// Ends everything in order, sources first: what is read is committed, what can be sent is sent.
    ///
    /// - Parameters:
    ///   - reason: stands in the `stop` event.
    ///   - limit: what hangs for longer is left behind.
    ///   - closesWhole: waits for the disk, however long it takes, so that the journal can be opened again.
    func stop(reason: String, within limit: Duration = .milliseconds(4_800), closesWhole: Bool = false) {
        let begin = time.uptime()
        func until(_ share: Double) -> Uptime { begin + limit * share }
        log.notice("stopping")
        announceStatus(state: "stopping")
        stopBuses(field.withLock { Array($0.sources.values) }, until: until(0.3))
        let housekeeper = housekeeper.withLock { $0 }
        inParallel([{ [indicators] in indicators.stop() }, { housekeeper?.stop() }], until: until(0.45))
        intake.accept(.stop(reason: reason, stamp: time.stamp()))
        announceStatus(state: "offline")
        stop(destinations.forwarders, until: until(0.75))
        let control = control.withLock { $0 }
        inParallel([{ [network] in network.stop() }, { control?.stop() }], until: until(0.8))
        let journal = journal
        if !inParallel([{ journal.close() }], until: closesWhole ? Uptime(nanoseconds: .max) : until(1)) {
            log.error("the disk takes too long; the next start will say that this one did not end in order")
        }
        log.notice("stopped", metadata: ["milliseconds": "\((time.uptime() - begin).wholeMilliseconds)"])
    }

    /// Runs each action on a thread of its own; one for which the machine has no thread runs here.
    ///
    /// - Returns: whether all had ended by the deadline; one that has not is left behind.
    @discardableResult
    func inParallel(_ actions: [@Sendable () -> Void], until deadline: Uptime) -> Bool {
        var threads: [WorkerThread] = []
        for action in actions {
            do { threads.append(try WorkerThread(name: "stopping", body: action)) } catch { action() }
        }
        return threads.map { $0.join(until: deadline, time: time) }.allSatisfy { $0 }
    }

    private func startEvent() -> Event {
        Event.start(
            version: status.version,
            configuration: configuration.hash,
            previous: journal.previous.map {
                .init(epoch: $0.epoch, committedThrough: $0.committedThrough, clean: $0.clean)
            },
            stamp: time.stamp()
        )
    }
}

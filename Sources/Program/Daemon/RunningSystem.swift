import Answering
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
import Platform
import Profiles
import Synchronization

/// Every part of the running gateway and the connections between them: journal, destinations, buses, brokers, figures,
/// control sockets. It makes and ends the parts; no part has a reference to it.
final class RunningSystem: Sendable {
    let time: SystemClock
    let intake: Intake
    let log: Logger
    let current: CurrentDeployment
    private let base: GatewayStatus
    private let gridStart: Uptime
    private let journal: Journal
    let board: DeviceBoard
    let destinations: Destinations
    private let announcer: Announcer
    let sources: RunningSources
    let figures = FigureService()
    /// Polls the Modbus TCP endpoints and serves the destinations.
    private let network: EventLoop
    private let desk: ControlDesk
    private let peerLog: Logger
    private let counts: CountedLog
    // The journal and the forwarders notice things on threads that must return; the notices wait for the housekeeper.
    private let incidents = NoticeQueue<JournalIncident>()
    private let notices = NoticeQueue<(destination: String, notice: ForwarderNotice)>()
    private let housekeeper: Mutex<Housekeeper?> = Mutex(nil)
    private let control: Mutex<ControlServer?> = Mutex(nil)

    init(
        deployment: Deployment,
        version: String,
        log: Logger,
        onFailure: @escaping @Sendable (String) -> Void
    ) throws {
        let configuration = deployment.configuration
        let time = SystemClock(trusted: configuration.clockTrusted)
        let since = time.stamp()
        let current = CurrentDeployment(deployment)
        // Peers can cause log lines again and again: equal kinds are counted.
        counts = CountedLog(log.handler, LineCounts(time: time))
        peerLog = Logger(label: log.label) { [counts] _ in counts }
        network = try EventLoop(name: "network", time: time)
        journal = try Self.journal(of: configuration, time, incidents, onFailure)
        figures.follow(journal)
        base = Self.status(of: configuration, version: version, epoch: journal.epoch, since: since.time)
        let topics = Topics(prefix: configuration.topicPrefix, gateway: configuration.gateway)
        let surroundings = Destinations.Surroundings(
            journal: journal,
            time: time,
            loop: network,
            topics: topics,
            lastWill: base.lastWill.payload,
            notify: { [notices] in notices.add((destination: $1, notice: $0)) }
        )
        destinations = Destinations(configuration.destinations, in: surroundings)
        announcer = Announcer(base: base, topics: topics, journal: journal, destinations: destinations, time: time)
        board = DeviceBoard(devices: configuration.devices)
        let events = EventBoard()
        Self.fill(events, from: journal)
        intake = Intake(journal: journal, board: board, events: events, destinations: destinations)
        let field = FieldContext(
            time: time,
            sink: intake,
            log: peerLog,
            loop: network,
            gridStart: since.uptime,
            gateway: configuration.gateway
        )
        sources = RunningSources(in: field)
        desk = ControlDesk(
            base: base,
            configuration: { current.configuration },
            journal: journal,
            board: board,
            events: events,
            sources: sources,
            destinations: destinations,
            figures: figures,
            time: time
        )
        self.time = time
        self.log = log
        self.current = current
        gridStart = since.uptime
        try moveControl(to: configuration.controlSocket)
    }

    var deployment: Deployment { current.now }

    var configuration: Configuration { current.configuration }

    private static func status(
        of configuration: Configuration,
        version: String,
        epoch: String,
        since: Instant
    ) -> GatewayStatus {
        GatewayStatus(
            gateway: configuration.gateway,
            state: "online",
            version: version,
            epoch: epoch,
            since: since,
            configuration: configuration.hash
        )
    }

    private static func journal(
        of configuration: Configuration,
        _ time: SystemClock,
        _ incidents: NoticeQueue<JournalIncident>,
        _ onFailure: @escaping @Sendable (String) -> Void
    ) throws(JournalError) -> Journal {
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
        return journal
    }

    /// Shows events of earlier runs too. It has a thread of its own: a disk that hangs must not keep the gateway from
    /// starting.
    private static func fill(_ events: EventBoard, from journal: Journal) {
        let epoch = journal.epoch
        // Without a thread to spare, pages begin with the events of this run.
        _ = try? WorkerThread(name: "past events") {
            let gateway = journal.newest(.gatewayEvent, EventBoard.mostOfGateway)
            let devices = journal.newest(.deviceEvent, EventBoard.mostOfDevices)
            events.fill(
                ofGateway: gateway.filter { $0.epoch != epoch },
                ofDevices: devices.filter { $0.epoch != epoch }
            )
        }
    }

    /// Answers on a new path instead of the earlier one.
    ///
    /// In service the folder is systemd's RuntimeDirectory; elsewhere it is made.
    func moveControl(to path: String) throws(SystemError) {
        if let slash = path.lastIndex(of: "/") { mkdir(String(path[..<slash]), 0o755) }
        let new = try ControlServer(
            path: path,
            call: { [desk] in desk.answer($0) },
            gone: { [desk] in desk.forget(client: $0) }
        )
        if let problem = new.readingProblem {
            log.warning("status is answered on the control socket only", metadata: ["error": "\(problem)"])
        }
        let old = control.withLock { control in
            defer { control = new }
            return control
        }
        old?.stop()
    }

    func start() throws(SystemError) {
        let configuration = configuration
        try network.start()
        intake.accept(startEvent())
        MachineMark.note(in: journal, log) { machine, before in
            intake.accept(.clonedStorage(machine: machine, before: before, stamp: time.stamp()))
        }
        announceDevices()
        destinations.start()
        try figures.start(plan: deployment.indicators, in: figureSurroundings)
        sources.start(of: configuration)
        let housekeeper = Housekeeper(for: household)
        self.housekeeper.withLock { $0 = housekeeper }
        try housekeeper.start()
        ServiceManager().ready()
        log.notice(
            "gateway runs",
            metadata: [
                "gateway": "\(configuration.gateway)", "version": "\(base.version)", "epoch": "\(journal.epoch)",
                "devices": "\(configuration.devices.count)", "buses": "\(configuration.buses.count)",
            ]
        )
    }

    private var figureSurroundings: FigureSurroundings {
        let rounds = Rounds(gridStart: gridStart, time: time)
        return FigureSurroundings(
            journal: journal,
            destinations: destinations,
            topics: Topics(prefix: configuration.topicPrefix, gateway: configuration.gateway),
            timezone: configuration.timezone,
            time: time,
            log: log,
            nextRound: { rounds.next() },
            append: { [intake] in intake.accept($0) },
            letGo: { [intake] in intake.letGo() }
        )
    }

    private var household: Household {
        Household(
            time: time,
            rounds: Rounds(gridStart: gridStart, time: time),
            log: log,
            peerLog: peerLog,
            counts: counts,
            current: current,
            journal: journal,
            board: board,
            intake: intake,
            destinations: destinations,
            announcer: announcer,
            sources: sources,
            loops: [journal.heartbeat, figures.heartbeat, network.heartbeat],
            incidents: incidents,
            notices: notices
        )
    }

    private func startEvent() -> Event {
        Event.start(
            version: base.version,
            configuration: configuration.hash,
            previous: journal.previous.map {
                .init(epoch: $0.epoch, committedThrough: $0.committedThrough, clean: $0.clean)
            },
            sendingByException: configuration.devices.count { $0.send.isByException },
            stamp: time.stamp()
        )
    }

    func announceDevices() {
        for event in announcer.announceDevices(of: configuration) { intake.accept(event) }
    }

    func announceStatus(_ word: String, to forwarders: [Forwarder]? = nil) {
        announcer.announceStatus(
            word,
            of: configuration,
            answering: board.answering,
            field: .init(configuration.devices, board: board, sources: sources),
            box: .init(BoxFacts(), folder: configuration.storage.path),
            to: forwarders
        )
    }

    // MARK: End

    /// Ends everything in order, sources first: readings that were made are committed, and what can be sent is sent.
    ///
    /// - Parameters:
    ///   - reason: the reason in the `stop` event.
    ///   - limit: parts that hang for longer are left behind.
    ///   - closesWhole: waits for the disk, however long it takes, so that the journal can be opened again.
    func stop(reason: String, within limit: Duration = .milliseconds(4_800), closesWhole: Bool = false) {
        let begin = time.uptime()
        func until(_ share: Double) -> Uptime { begin + limit * share }
        log.notice("stopping")
        announceStatus("stopping")
        sources.stop(until: until(0.3))
        intake.letGo()
        let housekeeper = housekeeper.withLock { $0 }
        inParallel([{ [figures] in figures.stop() }, { housekeeper?.stop() }], until: until(0.45), time: time)
        intake.accept(.stop(reason: reason, stamp: time.stamp()))
        announceStatus("offline")
        destinations.stop(until: until(0.75))
        destinations.traffic.store()
        let control = control.withLock { $0 }
        inParallel([{ [network] in network.stop() }, { control?.stop() }], until: until(0.8), time: time)
        let closing = closesWhole ? Uptime(nanoseconds: .max) : until(1)
        if !inParallel([{ [journal] in journal.close() }], until: closing, time: time) {
            log.error("the disk takes too long; the next start will say that this one did not end in order")
        }
        log.notice("stopped", metadata: ["milliseconds": "\((time.uptime() - begin).wholeMilliseconds)"])
    }
}

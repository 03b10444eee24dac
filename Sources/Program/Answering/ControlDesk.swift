public import Buses
public import Contract
public import Control
public import Domain
public import Forwarding
public import Indicators
public import Installation
public import Journal
import Platform

/// Answers the clients of the control sockets. Both sockets give the status and what else pages show; the asking socket
/// also gives a read on a bus between two polls, a line for a while, and the saving or computing again of figures.
public final class ControlDesk: Sendable {
    private let view: StatusView
    let history: HistoryAnswer
    private let events: EventBoard
    let configuration: @Sendable () -> Configuration
    private let journal: Journal
    private let sources: RunningSources
    let figures: FigureService
    private let time: any TimeSource

    /// - Parameters:
    ///   - base: the members of the status that stay true while the gateway runs.
    ///   - configuration: returns the running one.
    public init(
        base: GatewayStatus,
        configuration: @escaping @Sendable () -> Configuration,
        journal: Journal,
        board: DeviceBoard,
        events: EventBoard,
        sources: RunningSources,
        destinations: Destinations,
        figures: FigureService,
        time: any TimeSource
    ) {
        view = StatusView(
            base: base,
            configuration: configuration,
            journal: journal,
            board: board,
            sources: sources,
            destinations: destinations,
            figures: figures,
            time: time
        )
        history = HistoryAnswer(configuration: configuration, board: board, sources: sources, time: time)
        self.events = events
        self.configuration = configuration
        self.journal = journal
        self.sources = sources
        self.figures = figures
        self.time = time
    }

    /// Answers one request of a control socket, at once or when the bus has answered.
    public func answer(_ call: ControlCall) {
        if let line = answer(call.request) {
            call.answer(line)
        } else if let json = ControlRequest.arguments(of: call.request, after: ControlRequest.figures) {
            answerFigures(json, call)
        } else if !call.mayChange {
            let socket = configuration().controlSocket
            let words = "this socket only shows; ask on \(socket), as the group gateway may"
            refuse(words, call, as: .onlyShows, about: [socket])
        } else if call.request == ControlRequest.saveIndicators {
            let row = journal.lastRow
            figures.askToSave(through: row) { isSaved in
                let reason = isSaved ? nil : "the disk takes nothing now"
                call.answer(SaveStatus(saved: isSaved, through: row, reason: reason).json)
            }
        } else if let json = ControlRequest.arguments(of: call.request, after: ControlRequest.recompute) {
            recompute(json, call)
        } else if let json = ControlRequest.arguments(of: call.request, after: ControlRequest.borrow) {
            borrow(json, call)
        } else if let bus = ControlRequest.arguments(of: call.request, after: ControlRequest.take) {
            if let lender = lender(of: bus, call) { send(.take, to: lender, call) }
        } else if let bus = ControlRequest.arguments(of: call.request, after: ControlRequest.release) {
            guard let lender = lender(of: bus, call) else { return }
            lender.takeBack(from: call.client)
            call.answer(BorrowedAnswer().json)
        } else {
            call.answer(ControlRequest.error(ControlRequest.unknown))
        }
    }

    /// The answer that needs no waiting; nil for an unknown request.
    private func answer(_ request: String) -> [UInt8]? {
        switch request {
        case ControlRequest.status: view.status().json
        case ControlRequest.recomputed: RecomputeStatus(figures.recomputed).json
        case ControlRequest.events: events.recent(time).json
        case ControlRequest.configuration: configurationText.json
        default: ControlRequest.arguments(of: request, after: ControlRequest.history).map(answerHistory)
        }
    }

    /// Call when a client's connection has ended: what it had borrowed returns to the gateway.
    public func forget(client: Int) {
        for source in sources.all { source.lender?.takeBack(from: client) }
    }

    private func recompute(_ json: String, _ call: ControlCall) {
        guard let request = RecomputeRequest(json: json) else {
            return refuse("computing days again needs days, a reason and who asks", call)
        }
        do throws(Recomputing.Refusal) {
            figures.askToRecompute(try Recomputing(request, userID: call.user))
            call.answer(BorrowedAnswer().json)
        } catch {
            refuse(error.words, call)
        }
    }

    private func borrow(_ json: String, _ call: ControlCall) {
        guard let read = BorrowedRead(json: json) else { return refuse("this is no borrowed read", call, as: .noRead) }
        guard let lender = lender(of: read.bus, call) else { return }
        guard lender.address == read.endpoint else {
            return refuse(
                "the running gateway has bus \(read.bus) at \(lender.address), not at \(read.endpoint): "
                    + "`systemctl reload gateway` if the configuration is new",
                call,
                as: .otherPlace,
                about: [read.bus, lender.address, read.endpoint]
            )
        }
        guard let range = read.range else {
            let about = ["\(read.count)", read.table, "\(read.start)"]
            let words = "no request reads \(about[0]) of \(about[1]) from \(about[2])"
            return refuse(words, call, as: .noRange, about: about)
        }
        if !lender.unitIDs.contains(read.unit) {
            return refuse("no unit \(read.unit) on a serial line", call, as: .noUnit, about: ["\(read.unit)"])
        }
        let second: Int64 = 1_000_000_000
        guard (1...10 * second).contains(read.replyTime), (0...30 * second).contains(read.worstReply),
            (0...10 * second).contains(read.listen), (0...60 * second).contains(read.patience)
        else {
            return refuse("a borrowed read waits 10 s at most, and lets the line rest for 30 s", call, as: .tooLong)
        }
        send(.read(LendRead(read, range)), to: lender, call)
    }

    private func send(_ request: LendRequest, to lender: any LineLender, _ call: ControlCall) {
        let now = time.stamp()
        let borrower = LineShare.Borrower(
            client: call.client,
            user: call.peer.user,
            process: call.peer.process,
            since: now.time
        )
        let line = lender.id
        let reception = lender.lend(request, to: borrower) { call.answer(BorrowedAnswer($0, line: line).json) }
        switch reception {
        case .taken: break
        case .closed: refuse("bus \(line) is being restarted; try again", call, as: .restarting, about: [line])
        case .refused(let verdict): call.answer(BorrowedAnswer(verdict, line: line, now: now).json)
        }
    }

    private func lender(of bus: String, _ call: ControlCall) -> (any LineLender)? {
        if let lender = sources.all.lazy.compactMap(\.lender).first(where: { $0.id == bus }) { return lender }
        refuse("the running gateway has no Modbus bus \"\(bus)\" with devices", call, as: .noBus, about: [bus])
        return nil
    }

    private func refuse(
        _ words: String,
        _ call: ControlCall,
        as refusal: BorrowedAnswer.Refusal? = nil,
        about: [String]? = nil
    ) {
        call.answer(BorrowedAnswer(refused: words, as: refusal, about: about).json)
    }
}

import Control
import Domain
import Installation
import Journal
import Platform

/// What a client of the control sockets may ask: the status, and over the asking one a read on a bus between two polls,
/// a line for a while, the figures saved or computed again.
extension RunningSystem {
    /// Answers one line of a control socket, at once or when the bus has served it.
    func answer(_ call: ControlCall) {
        if let line = answer(call.request) {
            call.answer(line)
        } else if !call.mayChange {
            refuse("this socket only shows; ask on \(configuration.controlSocket), as the group gateway may", call)
        } else if call.request == ControlRequest.saveIndicators {
            indicators.askToSave(through: journal.lastRow) { call.answer($0.json) }
        } else if let json = ControlRequest.arguments(of: call.request, after: ControlRequest.recompute) {
            recompute(json, call)
        } else if let json = ControlRequest.arguments(of: call.request, after: ControlRequest.borrow) {
            borrow(json, call)
        } else if let bus = ControlRequest.arguments(of: call.request, after: ControlRequest.take) {
            if let poller = poller(of: bus, call) { send(.take, to: poller, call) }
        } else if let bus = ControlRequest.arguments(of: call.request, after: ControlRequest.release) {
            guard let poller = poller(of: bus, call) else { return }
            poller.takeBack(from: call.client)
            call.answer(BorrowedAnswer().json)
        } else {
            call.answer(Array(#"{"error":"unknown request"}"#.utf8))
        }
    }

    /// A client's connection has ended: what it had borrowed is the gateway's again.
    func forget(client: Int) {
        for poller in pollers { poller.takeBack(from: client) }
    }

    private func recompute(_ json: String, _ call: ControlCall) {
        guard let request = RecomputeRequest(json: json) else {
            return refuse("computing days again needs days, a reason and who asks", call)
        }
        do throws(Recomputing.Refusal) {
            indicators.askToRecompute(try Recomputing(request, userID: call.user))
            call.answer(BorrowedAnswer().json)
        } catch {
            refuse(error.words, call)
        }
    }

    private func borrow(_ json: String, _ call: ControlCall) {
        guard let read = BorrowedRead(json: json) else { return refuse("this is no borrowed read", call) }
        guard let poller = poller(of: read.bus, call) else { return }
        guard poller.endpoint.description == read.endpoint else {
            return refuse(
                "the running gateway has bus \(read.bus) at \(poller.endpoint), not at \(read.endpoint): "
                    + "`systemctl reload gateway` if the configuration is new",
                call
            )
        }
        guard let range = read.range else {
            return refuse("no request reads \(read.count) of \(read.table) from \(read.start)", call)
        }
        if !poller.endpoint.framing.unitIDs.contains(read.unit) {
            return refuse("no unit \(read.unit) on a serial line", call)
        }
        let second: Int64 = 1_000_000_000
        guard (1...10 * second).contains(read.replyTime), (0...30 * second).contains(read.worstReply),
            (0...10 * second).contains(read.listen), (0...60 * second).contains(read.patience)
        else { return refuse("a borrowed read waits 10 s at most, and lets the line rest for 30 s", call) }
        send(.read(read, range), to: poller, call)
    }

    private func send(_ kind: BusErrand.Kind, to poller: BusPoller, _ call: ControlCall) {
        let now = time.stamp()
        let borrower = LineShare.Borrower(client: call.client, peer: call.peer, since: now.time)
        let errand = BusErrand(kind: kind, borrower: borrower, came: now.uptime) { call.answer($0.json) }
        switch poller.lend(errand) {
        case .taken: break
        case .closed: refuse("bus \(poller.bus.id) is being restarted; try again", call)
        case .refused(let verdict): call.answer(Self.answer(verdict, line: poller.bus.id, now: now).json)
        }
    }

    /// Why a line is not lent now, for people and for programs.
    private static func answer(_ verdict: LineShare.Verdict, line: String, now: Stamp) -> BorrowedAnswer {
        var answer = BorrowedAnswer()
        switch verdict {
        case .granted: break
        case .held(let borrower):
            let holder = BorrowedAnswer.Holder(borrower.peer, since: borrower.since)
            answer.holder = holder
            answer.refused =
                "the line \(line) is lent to \(holder.user ?? "another user") (process \(holder.processName)) since "
                + "\(LocalTime.clock(at: borrower.since)): one probe borrows a line at a time"
        case .owed(let until):
            let free = now.time + (until - now.uptime)
            answer.freeFrom = free.millisecondsSince1970
            answer.refused =
                "the polls have the line \(line) until \(LocalTime.clock(at: free)): it is lent for at most half of "
                + "the time"
        }
        return answer
    }

    private func poller(of bus: String, _ call: ControlCall) -> BusPoller? {
        if let poller = pollers.first(where: { $0.bus.id == bus }) { return poller }
        refuse("the running gateway has no Modbus bus \"\(bus)\" with devices", call)
        return nil
    }

    private func refuse(_ words: String, _ call: ControlCall) { call.answer(BorrowedAnswer(refused: words).json) }
}

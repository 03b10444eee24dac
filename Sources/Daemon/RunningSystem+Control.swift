import Configuration
import Control
import Domain
import Journal
import Platform

/// What a client of the control socket may ask: the status, a read on a bus between two polls, a line for a while,
/// the figures saved or computed again.
extension RunningSystem {
    /// Answers one line of the control socket, at once or when the bus has served it.
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
            send(.take(until: time.uptime() + Lending.longestTake), to: bus, call)
        } else if let bus = ControlRequest.arguments(of: call.request, after: ControlRequest.release) {
            send(.release, to: bus, call)
        } else {
            call.answer(Array(#"{"error":"unknown request"}"#.utf8))
        }
    }

    /// A client's connection has ended: what it had borrowed is the gateway's again.
    func forget(client: Int) {
        for poller in pollers where poller.mailbox.forget(client: client) {
            poller.lend(BusErrand(kind: .release, client: client, came: time.uptime(), answer: { _ in }))
        }
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
        if case .serial = poller.endpoint, !(1...247).contains(read.unit) {
            return refuse("no unit \(read.unit) on a serial line", call)
        }
        let second: Int64 = 1_000_000_000
        guard (1...10 * second).contains(read.replyTime), (0...60 * second).contains(read.worstReply),
            (0...10 * second).contains(read.listen), (0...60 * second).contains(read.patience)
        else { return refuse("a borrowed read waits 10 s at most, and lets the line rest for 60 s", call) }
        send(.read(read, range), to: poller, call)
    }

    private func send(_ kind: BusErrand.Kind, to bus: String, _ call: ControlCall) {
        guard let poller = poller(of: bus, call) else { return }
        send(kind, to: poller, call)
    }

    private func send(_ kind: BusErrand.Kind, to poller: BusPoller, _ call: ControlCall) {
        let errand = BusErrand(kind: kind, client: call.client, came: time.uptime()) { call.answer($0.json) }
        if !poller.lend(errand) { refuse("bus \(poller.bus.id) is being restarted; try again", call) }
    }

    private func poller(of bus: String, _ call: ControlCall) -> BusPoller? {
        if let poller = pollers.first(where: { $0.bus.id == bus }) { return poller }
        refuse("the running gateway has no Modbus bus \"\(bus)\" with devices", call)
        return nil
    }

    private func refuse(_ words: String, _ call: ControlCall) { call.answer(BorrowedAnswer(refused: words).json) }
}

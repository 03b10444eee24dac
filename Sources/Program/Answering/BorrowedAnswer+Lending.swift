import Buses
import Control
import Domain
import Modbus
import Platform

/// Converts a probe's requests and answers between the control socket and the field.
extension LendRead {
    init(_ read: BorrowedRead, _ range: RegisterRange) {
        self.init(
            range: range,
            unit: UnitID(read.unit),
            timing: ReplyTiming(replyTime: .nanoseconds(read.replyTime), worstReply: .nanoseconds(read.worstReply)),
            listen: .nanoseconds(read.listen),
            patience: .nanoseconds(read.patience)
        )
    }
}

extension BorrowedAnswer {
    init(_ answer: LendAnswer, line: String) {
        switch answer {
        case .exchange(let exchange): self.init(exchange)
        case .taken: self.init()
        case .isTheClients:
            self.init(
                refused: "this probe has taken the line \(line): it has the port itself",
                as: .taken,
                about: [line]
            )
        case .closing:
            self.init(refused: "the gateway is restarting this bus; try again", as: .restarting, about: [line])
        }
    }

    /// Why a line is not lent now, for people and for programs.
    init(_ verdict: LineShare.Verdict, line: String, now: Stamp) {
        self.init()
        switch verdict {
        case .granted: break
        case .held(let borrower):
            let peer = ControlPeer(user: borrower.user, process: borrower.process)
            let holder = BorrowedAnswer.Holder(peer, since: borrower.since)
            self.holder = holder
            refused =
                "the line \(line) is lent to \(holder.user ?? "another user") (process \(holder.processName)) since "
                + "\(LocalTime.clock(at: borrower.since)): one probe borrows a line at a time"
        case .owed(let until):
            let free = now.time + (until - now.uptime)
            freeFrom = free.millisecondsSince1970
            refused =
                "the polls have the line \(line) until \(LocalTime.clock(at: free)): it is lent for at most half of "
                + "the time"
        }
    }
}

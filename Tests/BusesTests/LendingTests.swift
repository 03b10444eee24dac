import Domain
import Modbus
import Synchronization
import Testing

@testable import Buses

@Suite struct `Lending a line` {
    private final class Answers: Sendable {
        let words = Mutex<[String]>([])
    }

    private static let tcp = ModbusEndpoint.modbusTCP(host: "127.0.0.1", port: 502)
    private static let line = ModbusEndpoint.serialLine(path: "/dev/ttyS0", settings: SerialSettings(baud: 9_600))

    /// A line with a mailbox, with a clock that the test moves.
    private final class Bench {
        let mailbox = BusMailbox()
        var lending: Lending
        /// The answers to clients, by their numbers.
        let answers = Answers()

        init(at endpoint: ModbusEndpoint = tcp, settling: Duration = .seconds(1)) {
            lending = Lending(mailbox: mailbox, at: endpoint, settling: settling)
        }

        @discardableResult
        func ask(_ request: LendRequest, client: Int = 1, at now: Uptime = at(0)) -> LendReception {
            let since = Instant(millisecondsSince1970: 0)
            let borrower = LineShare.Borrower(client: client, user: 1_000, process: nil, since: since)
            let errand = BusErrand(request: request, borrower: borrower, came: now) { [answers] answer in
                answers.words.withLock { $0.append("\(client): \(answer)") }
            }
            return mailbox.add(errand)
        }

        /// The step for clients, in a word: `read 1`, `give 1`, `refuse 1`, `wait`, or `wait 3.0` s from the start.
        func step(
            _ now: Uptime,
            nextDue: Uptime? = nil,
            restingUntil: Uptime? = nil,
            answers: Bool = true,
            cost: Duration = .milliseconds(100)
        ) -> String {
            let taken = lending.look(now).until
            let step = lending.next(
                taken: taken,
                nextDue: nextDue,
                restingUntil: restingUntil,
                now: now,
                answers: { _ in answers }
            )
            switch step {
            case .wait(let until): return until.map { "wait \(($0 - at(0)).inSeconds)" } ?? "wait"
            case .read(_, let errand, _):
                lending.done(errand, from: now, until: now + cost)
                return "read \(errand.borrower.client)"
            case .give(let errand, let isNews): return "give \(errand.borrower.client)\(isNews ? "" : " again")"
            case .refuse(let errand): return "refuse \(errand.borrower.client)"
            }
        }
    }

    /// 200 ms for the reply, and 20 ms more.
    private static let read = LendRequest.read(
        LendRead(
            range: RegisterRange(.holding, start: 0, count: 2),
            unit: UnitID(5),
            timing: ReplyTiming(replyTime: .milliseconds(200), worstReply: .seconds(1)),
            listen: .zero,
            patience: .zero
        )
    )

    @Test func `nothing is done where nobody asks`() {
        #expect(Bench().step(at(0), nextDue: at(9)) == "wait")
    }

    @Test func `a read is made when no poll is due before it must have ended`() {
        let bench = Bench()
        bench.ask(Self.read)
        #expect(bench.step(at(0), nextDue: at(0.25)) == "read 1")
        #expect(bench.step(at(0.1), nextDue: at(0.25)) == "wait")
    }

    @Test func `a read waits for polls that are due sooner, but three seconds at most`() {
        let bench = Bench()
        bench.ask(Self.read)
        #expect(bench.step(at(0), nextDue: at(0.2)) == "wait 3.0")
        #expect(bench.step(at(2.9), nextDue: at(3)) == "wait 3.0")
        #expect(bench.step(at(3), nextDue: at(3)) == "read 1")
    }

    @Test func `on a serial line a unit that does not answer is expected to cost a rest`() {
        for (answers, word) in [(true, "read 1"), (false, "wait 3.0")] {
            let bench = Bench(at: Self.line)
            bench.ask(Self.read)
            #expect(bench.step(at(0), nextDue: at(1), answers: answers) == word)
        }
        // Over TCP nothing rests.
        let bench = Bench()
        bench.ask(Self.read)
        #expect(bench.step(at(0), nextDue: at(1), answers: false) == "read 1")
    }

    @Test func `a line that rests is expected to rest once more`() {
        let bench = Bench(at: Self.line)
        bench.ask(Self.read)
        #expect(bench.step(at(0), nextDue: at(1), restingUntil: at(0.5)) == "wait 3.0")
    }

    @Test func `one request is served at a time, in the order of their coming`() {
        let bench = Bench()
        bench.ask(Self.read)
        bench.ask(Self.read)
        #expect(bench.step(at(0)) == "read 1")
        #expect(bench.lending.hasMore)
        #expect(bench.step(at(0.2)) == "read 1")
        #expect(!bench.lending.hasMore)
    }

    @Test func `after a long read the polls have the line for as long`() {
        let bench = Bench()
        bench.ask(Self.read)
        #expect(bench.step(at(0), cost: .seconds(10)) == "read 1")
        bench.ask(Self.read, at: at(10))
        // The polls are due ten seconds, less a credit of two.
        #expect(bench.step(at(10)) == "wait 18.0")
        #expect(bench.step(at(18)) == "read 1")
    }

    @Test func `a client that takes the line has it until it goes, and its last late reply has had its time`() {
        let bench = Bench(settling: .seconds(2))
        bench.ask(.take)
        #expect(bench.lending.look(at(0)).until == nil)
        #expect(bench.step(at(0)) == "give 1")
        #expect(bench.lending.look(at(1)).until == at(600))
        #expect(bench.mailbox.leave(client: 1, now: at(10)))
        #expect(bench.lending.look(at(11)) == (at(12), false))
        // The line has come back, and that is reported once.
        #expect(bench.lending.look(at(12)) == (nil, true))
        #expect(bench.lending.look(at(13)) == (nil, false))
    }

    @Test func `a client that has the line may take it again, and gets no read made`() {
        let bench = Bench()
        bench.ask(.take)
        #expect(bench.step(at(0)) == "give 1")
        bench.ask(.take, at: at(1))
        #expect(bench.step(at(1)) == "give 1 again")
        bench.ask(Self.read, at: at(2))
        #expect(bench.step(at(2)) == "refuse 1")
    }

    @Test func `a second client is refused while the first has the line`() {
        let bench = Bench()
        bench.ask(Self.read)
        guard case .refused(.held(let holder)) = bench.ask(Self.read, client: 2) else {
            Issue.record("it was taken")
            return
        }
        #expect(holder.client == 1)
        #expect(bench.step(at(0)) == "read 1")
        #expect(bench.step(at(0.2)) == "wait")
    }

    @Test func `nothing is done for a client that has gone`() {
        let bench = Bench()
        bench.ask(Self.read)
        #expect(bench.mailbox.isInUse)
        _ = bench.mailbox.leave(client: 1, now: at(1))
        #expect(bench.step(at(1)) == "wait")
        #expect(!bench.mailbox.isInUse)
    }

    @Test func `a bus that ends answers what waits, and takes nothing more`() {
        let bench = Bench()
        bench.ask(Self.read)
        bench.mailbox.close()
        #expect(bench.answers.words.withLock { $0 } == ["1: closing"])
        guard case .closed = bench.ask(Self.read) else {
            Issue.record("it was taken")
            return
        }
    }
}

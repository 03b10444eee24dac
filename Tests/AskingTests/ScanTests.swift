import Asking
import Diagnosing
import Documents
import Domain
import Modbus
import Platform
import Profiles
import Speech
import Testing
import TestSupport

@Suite(.serialized) struct `A scan` {
    private static let shipped = ProfileCatalogue.load(
        folders: [(path: Repository.devices, required: true)],
        log: ProblemLog()
    ).all

    private static let lines = ScanPlan.settings(bauds: [9_600, 19_200], parities: [.none, .even], stopBits: [1])

    private struct Outcome {
        var finds: [ScanFind] = []
        var asked: [ScanPlan.Step] = []
        var garbled: [ScanPlan.Step] = []
        var failed: [ProbeExchange] = []
    }

    private func scan(
        path: String,
        plan: ScanPlan,
        replyTime: Duration,
        profiles: [Profile] = []
    ) -> Outcome {
        var outcome = Outcome()
        let scanner = Scanner(profiles: profiles, replyTime: replyTime, time: clock) { settings in
            OwnBus(endpoint: .serialLine(path: path, settings: settings ?? SerialSettings()), time: clock)
        }
        scanner.run(plan) { news in
            switch news {
            case .asking(let step, _, _, _): outcome.asked.append(step)
            case .found(let find): outcome.finds.append(find)
            case .garbled(let step, _): outcome.garbled.append(step)
            case .failed(let exchange): outcome.failed.append(exchange)
            case .lost(let failure): Issue.record("\(failure)")
            }
        }
        return outcome
    }

    /// pymodbus at 19200 baud; the pty ignores parity, so the likelier 8N1 is found.
    @Test func `finds one device among 128 questions in little more than their reply times`() throws {
        let peer = try PythonPeer("modbus_rtu_server.py", arguments: ["19200", "17"])
        let replyTime = Duration.milliseconds(150)
        let began = clock.uptime()
        let plan = ScanPlan(settings: Self.lines, units: Array(1...32))
        let outcome = scan(path: peer.ready, plan: plan, replyTime: replyTime)
        let took = clock.uptime() - began
        #expect(outcome.finds.map(\.unit) == [UnitID(17)])
        #expect(outcome.finds.first?.settings == SerialSettings(baud: 19_200))
        let alone = replyTime * (outcome.asked.count - 1)
        #expect(took <= alone * 1.25, "\(took) of \(alone)")
        #expect(outcome.asked.count <= plan.count)
    }

    @Test func `asks likely settings and units first, and where one answered its whole line next`() {
        var plan = ScanPlan(settings: Self.lines, units: Array(1...5))
        #expect(Self.lines.map(\.description) == ["9600 8N1", "19200 8N1", "9600 8E1", "19200 8E1"])
        #expect(plan.count == 20)
        let first = (0..<5).compactMap { _ in plan.next() }
        #expect(first.map(\.unit.number) == [1, 2, 3, 1, 2])
        #expect(first.last?.settings?.baud == 19_200)
        plan.found(ScanPlan.Step(settings: Self.lines[1], unit: UnitID(2)))
        #expect(plan.queue.prefix(3).map(\.unit.number) == [3, 4, 5])
        #expect(plan.queue.prefix(3).allSatisfy { $0.settings == Self.lines[1] })
        #expect(!plan.queue.contains { $0.unit == UnitID(2) })
    }

    @Test func `takes an exception for an answer, and reads nothing that a profile avoids`() throws {
        let line = PseudoTerminal()
        let peer = ScriptedPeer(on: line) { _, request in
            request[0] == 3 ? [.send(ModbusFrames.rtu([3, request[1] | 0x80, 2]))] : []
        }
        defer {
            peer.stop()
            line.close()
        }
        let careful = try profile(
            """
            modbus: { numbering: from_0, word_order: ABCD, avoid: [0, 1, 7] }
            points:
              near: { holding: 6, type: uint16 }
              avoided: { holding: 30, type: uint16 }
            """
        )
        let daring = try profile(
            """
            modbus: { numbering: from_0, word_order: ABCD }
            points: { command: { holding: 7, type: uint16 }, plain: { holding: 9, type: uint16 } }
            """,
            id: "daring"
        )
        let plan = ScanPlan(settings: [SerialSettings()], units: [1, 2, 3, 4])
        let outcome = scan(path: line.path, plan: plan, replyTime: .milliseconds(60), profiles: [careful, daring])
        #expect(outcome.finds.map(\.unit.number) == [3])
        #expect(outcome.finds.first?.matches == [])
        let asked = Set(peer.requests.map { Int($0[2]) << 8 | Int($0[3]) })
        #expect(asked.contains(2), "the lowest register that no profile avoids")
        #expect(asked.isDisjoint(with: [0, 1, 7]), "\(asked)")
        #expect(peer.requests.allSatisfy { (1...4).contains($0[1]) })
    }

    @Test func `finds a unit that answers later than the scan waits`() throws {
        let line = PseudoTerminal()
        let peer = ScriptedPeer(on: line) { _, request in
            request[0] == 4 ? [.pause(.milliseconds(90)), .send(ModbusFrames.rtuAddresses(to: request))] : []
        }
        defer {
            peer.stop()
            line.close()
        }
        let plan = ScanPlan(settings: [SerialSettings(baud: 115_200)], units: Array(1...8))
        let outcome = scan(path: line.path, plan: plan, replyTime: .milliseconds(60))
        #expect(outcome.finds.map(\.unit.number) == [4])
    }

    @Test func `tells of garbage and goes on`() throws {
        let line = PseudoTerminal()
        let peer = ScriptedPeer(on: line) { _, request in
            request[0] == 2 ? [.send([0xFE, 0x80, 0x00, 0x11, 0x22])] : []
        }
        defer {
            peer.stop()
            line.close()
        }
        let plan = ScanPlan(settings: [SerialSettings(baud: 115_200)], units: Array(1...4))
        let outcome = scan(path: line.path, plan: plan, replyTime: .milliseconds(50))
        #expect(outcome.garbled.map(\.unit.number) == [2])
        #expect(outcome.asked.count == 4)
    }

    @Test func `ends at a port that is not there`() {
        let plan = ScanPlan(settings: Self.lines, units: Array(1...32))
        let outcome = scan(path: "/dev/no-such", plan: plan, replyTime: .milliseconds(50))
        #expect(outcome.failed.count == 1)
        #expect(outcome.asked.count == 1)
    }

    /// The manual's words of each shipped profile, served by a peer that refuses everything else.
    @Test func `names the profile of what answers first`() throws {
        let tuf = try #require(Self.shipped.first { $0.id == "tuf-2000m" })
        var words: [Int: UInt16] = [:]
        for vector in tuf.vectors {
            guard case .registers(let blocks) = vector.input else { continue }
            for (range, values) in blocks {
                for (offset, word) in values.enumerated() { words[range.start + offset] = word }
            }
        }
        words[1_441] = 1  // its own unit id
        let known = words
        let line = PseudoTerminal()
        let peer = ScriptedPeer(on: line) { _, request in
            let start = Int(request[2]) << 8 | Int(request[3])
            let range = start..<start + (Int(request[4]) << 8 | Int(request[5]))
            guard request[1] == 3, range.upperBound <= 130 || start == 1_441 else {
                return [.send(ModbusFrames.rtu([request[0], request[1] | 0x80, request[1] == 3 ? 2 : 1]))]
            }
            return [.send(ModbusFrames.rtuReply(to: request, words: range.map { known[$0] ?? 0 }))]
        }
        defer {
            peer.stop()
            line.close()
        }
        let plan = ScanPlan(settings: [SerialSettings()], units: [1])
        let outcome = scan(path: line.path, plan: plan, replyTime: .milliseconds(300), profiles: Self.shipped)
        #expect(outcome.finds.first?.matches.first?.profile == "tuf-2000m", "\(outcome.finds)")
        let safe = SafeRegister(profiles: Self.shipped)
        for request in peer.requests where request[1] >= 3 {
            let start = Int(request[2]) << 8 | Int(request[3])
            let range = RegisterRange(.holding, start: start, count: Int(request[4]) << 8 | Int(request[5]))
            #expect(safe.allows(range), "\(range)")
        }
    }

    @Test(arguments: [(1442, 7, 1.0), (1442, 8, 0.5), (nil, 0, 1.0)] as [(Int?, UInt16, Double)])
    func `knows a device by the register that holds its own unit id`(
        _ register: Int?,
        _ word: UInt16,
        _ score: Double
    ) throws {
        let meter = try profile(
            """
            modbus: { numbering: from_1, word_order: ABCD\(register.map { ", unit_register: \($0)" } ?? "") }
            points: { level: { holding: 1, type: uint16, unit: m, range: [0, 100] } }
            """
        )
        let safe = SafeRegister(profiles: [meter])
        #expect(ProfileMatch.identity(of: meter, safe: safe)?.start == register.map { $0 - 1 })
        var answers: ProfileMatch.Answers = [RegisterRange(.holding, start: 0, count: 1): [42]]
        if let range = ProfileMatch.identity(of: meter, safe: safe) { answers[range] = [word] }
        #expect(ProfileMatch.score(meter, of: UnitID(7), answers: answers) == score)
    }

    @Test func `is shown in 80 columns and told in JSON`() {
        let endpoint = ModbusEndpoint.serialLine(path: "/dev/gateway/usb-FTDI_FT232R_USB_UART_A1", settings: .init())
        let find = ScanFind(
            unit: UnitID(17),
            settings: SerialSettings(baud: 19_200, parity: .even),
            latency: .milliseconds(34),
            matches: [ProfileMatch(profile: "tuf-2000m", score: 0.92)]
        )
        for language in Language.allCases {
            let text = ScanText(style: TextStyle(language: language), endpoint: endpoint)
            let step = ScanPlan.Step(settings: find.settings, unit: find.unit)
            let bar = text.progress(step, done: 30, of: 128, left: .seconds(61))
            #expect(bar.columns <= 79 && bar.plain.contains("23 %") && bar.plain.contains("1:01"), "\(bar)")
            #expect(text.lines(find).joined().plain.contains("tuf-2000m (92 %)"))
            let end = text.summary([find], asked: 128, of: 128, took: .seconds(40), isInterrupted: false)
            #expect(end.allSatisfy { $0.columns <= 80 }, "\(end)")
            #expect(end.joined(separator: " ").plain.contains("--baud 19200 --parity even --unit 17"))
        }
        #expect(
            ScanText.json(find)
                == #"{"found":true,"unit":17,"baud":19200,"parity":"even","stop_bits":1,"latency_ms":34.0,"#
                + #""profiles":["tuf-2000m"]}"#
        )
    }
}

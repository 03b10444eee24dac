import Asking
import Diagnosing
import Domain
import Installation
import Modbus
import Platform
import Profiles
import Speech
import Testing
import TestSupport

@Suite(.serialized) struct `The bus doctor` {
    /// Watches until this many passes were made over the first device.
    private func watched(
        _ profile: Profile,
        units: [UInt8] = [1],
        at endpoint: ModbusEndpoint,
        passes: Int
    ) -> WatchState {
        let targets = units.map {
            ProbeTarget(device: "d\($0)", profile: profile, bus: "line", unit: UnitID($0), interval: .seconds(1))
        }
        let stop = StopFlag()
        let watch = FieldWatch([(Configuration.Bus(id: "line", kind: .modbus(endpoint)), targets)], time: clock)
        watch.run(for: nil, stop: stop) { _, endpoint in
            PassCounting(OwnBus(endpoint: endpoint, time: clock), requests: passes * units.count, stop: stop)
        } show: { _ in
        }
        return watch.snapshot
    }

    private func watchedOnPort(
        _ profile: Profile,
        passes: Int,
        _ script: @escaping ScriptedPeer.Script
    ) throws -> WatchState {
        let peer = ScriptedPeer(tcp: script)
        defer { peer.stop() }
        return watched(profile, at: .modbusTCP(host: "127.0.0.1", port: peer.port), passes: passes)
    }

    private func watchedOnLine(
        _ profile: Profile,
        units: [UInt8] = [1],
        passes: Int,
        _ script: @escaping ScriptedPeer.Script
    ) -> WatchState {
        let line = PseudoTerminal()
        let peer = ScriptedPeer(on: line, script: script)
        defer {
            peer.stop()
            line.close()
        }
        let settings = SerialSettings(baud: 115_200)
        return watched(profile, units: units, at: .serialLine(path: line.path, settings: settings), passes: passes)
    }

    @Test func `finds a value that stands still while others move`() throws {
        let profile = try profile(
            """
            modbus: { numbering: from_0, word_order: ABCD, reply_time: 300ms }
            points:
              moving: { holding: 0, type: uint16, unit: m, decimals: 2 }
              resting: { holding: 1, type: uint16, unit: Cel, decimals: 1 }
              count: { holding: 2, type: uint16, unit: "{vehicles}", counter: { bits: 16, max_rate: 100 } }
              zero: { holding: 3, type: uint16, unit: m3/h, decimals: 1 }
            """
        )
        let state = try watchedOnPort(profile, passes: 14) { number, request in
            let words = [100 + UInt16(number), 251, 7, 0]
            let bytes = words.flatMap { [UInt8($0 >> 8), UInt8($0 & 0xFF)] }
            return [.send(ModbusFrames.tcp(to: request, [request[6], request[7], 8] + bytes))]
        }
        let report = state.lines[0].reports.first
        expect(report, is: .frozen)
        #expect(report?.finding?.seen.text(in: .en).hasPrefix("resting stood still in ") == true)
    }

    @Test func `counts what each transaction brought, and says what it means`() throws {
        let profile = try longProfile(replyTime: "60ms", worstReply: "300ms")
        let state = watchedOnLine(profile, units: [1, 2, 3], passes: 8) { number, request in
            let right = ModbusFrames.rtuAddresses(to: request)
            switch request[0] {
            case 2:
                var wrong = right
                if wrong.count > 20 { wrong[9] ^= 1 }
                return [.send(wrong)]
            case 3: return [.pause(.milliseconds(120)), .send(right)]
            default: return [.send(right)]
            }
        }
        let tallies = state.lines[0].tallies
        #expect(tallies[0].transactions > 1)
        #expect([tallies[0].crcErrors, tallies[0].timeouts, tallies[0].late, tallies[0].others] == [0, 0, 0, 0])
        #expect(tallies[1].crcErrors > 0 && tallies[1].timeouts == 0)
        #expect(tallies[2].timeouts > 0 && tallies[2].late == tallies[2].timeouts)
        let reports = state.lines[0].reports
        #expect(reports[0].isWell)
        expect(reports[1], is: .crc)
        #expect(reports[1].finding?.next.text(in: .en).contains("120 ohm") == true)
        expect(reports[2], is: .silence)
        #expect(reports[2].finding?.seen.text(in: .en).contains("answers too late") == true)
        for language in Language.allCases {
            let text = WatchText(style: TextStyle(language: language))
            let lines = text.table(state) + text.verdict(state, now: clock.uptime())
            #expect(lines.allSatisfy { $0.columns <= 80 }, "\(lines)")
        }
        let json = WatchText.json(reports[2], tallies[2], load: 0.5, language: .en)
        #expect(json.contains(#""diagnosis":"silence""#) && json.contains(#""late":"#), "\(json)")
        #expect(json.hasSuffix("\"line_load\":0.5}}"))
    }

    @Test func `takes one error in many for the noise that every line has`() throws {
        let profile = try longProfile()
        var tally = WatchTally(ProbeTarget(device: "d", profile: profile, bus: "line", unit: UnitID(1)))
        let endpoint = ModbusEndpoint.modbusTCP(host: "127.0.0.1", port: 502)
        let request = ProbeRequest(
            unit: UnitID(1),
            range: RegisterRange(.holding, start: 0, count: 1),
            timing: ReplyTiming(replyTime: .milliseconds(100), worstReply: .milliseconds(100))
        )
        func exchange(_ latency: Int, failed: Bool = false) throws -> ProbeExchange {
            var exchange = BusExchange()
            if failed { exchange.failure = .init(word: "timeout") } else { exchange.words = [1] }
            exchange.latency = .milliseconds(latency)
            return try ProbeExchange(request, exchange, at: endpoint)
        }
        for number in 1...300 {
            var report = DeviceReport(target: tally.target)
            report.exchanges = [try exchange(number % 100 + 1, failed: number == 150)]
            tally.add(report)
        }
        #expect(tally.timeouts == 1)
        #expect(tally.report(at: endpoint, othersAnswer: nil).finding == nil)
        #expect(tally.latency(0.5) == .milliseconds(50) || tally.latency(0.5) == .milliseconds(51))
        #expect(tally.latency(0.99) == .milliseconds(100))
    }
}

/// Raises the stop flag after a number of requests, so that a test does not wait for a clock.
private final class PassCounting: ProbeBus {
    private let bus: OwnBus
    private let stop: StopFlag
    private var left: Int

    init(_ bus: OwnBus, requests: Int, stop: StopFlag) {
        self.bus = bus
        self.stop = stop
        left = requests
    }

    var endpoint: ModbusEndpoint { bus.endpoint }
    var counters: BusCounters { bus.counters }

    func exchange(_ request: ProbeRequest) throws(ProbeFailure) -> ProbeExchange {
        left -= 1
        if left <= 0 { stop.raise() }
        return try bus.exchange(request)
    }

    func close() { bus.close() }
}
